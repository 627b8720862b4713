package face_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"pingyi/tui/draw/face"
)

func TestANameIsWholeInOneFace(t *testing.T) {
	for text, want := range map[string]struct{ wide, high int }{
		"王芳":    {24, 12},
		"党员05":  {36, 12},
		"欧阳·娜娜": {54, 12},
		"欧阳・娜娜": {54, 12}, // the interpunct of our own texts is as narrow
		"Li Ai": {30, 12},
		"王赟":    {32, 16}, // FaceSC has a blank for it
		"焱":     {16, 16},
		"赟·焱":   {40, 16},
		"㛃":     {16, 16}, // extension A
		"王𠮷":    {0, 0},   // neither face
		"":      {0, 0},
		" ":     {0, 0},
	} {
		var rows []string
		if set := face.Set(text); set != nil {
			rows = set[0]
		}
		if len(rows) != want.high {
			t.Errorf("%s: %d rows, want %d", text, len(rows), want.high)
		}
		for _, row := range rows {
			if len(row) != want.wide {
				t.Errorf("%s: a row of %d dots, want %d: %q", text, len(row), want.wide, row)
			}
			if strings.Trim(row, "# ") != "" {
				t.Errorf("%s: %q", text, row)
			}
		}
	}
}

func TestACharacterLooksLikeItself(t *testing.T) {
	for text, want := range map[string]string{
		"十": `
     #
     #
     #
     #
###########
     #
     #
     #
     #
     #
     #
`,
		"赟": `
 #     ### # #
  #        #
##### #########
   #    #  #
 # #  # ##  #
  #   # #   # #
 # # ######  ##
#             #
   #########
   #       #
   #   #   #
   #   #   #
   #   #   #
      #  ##
    ##     ##
 ###         #`,
	} {
		got := ""
		for _, row := range face.Set(text)[0] {
			got += "\n" + strings.TrimRight(row, " ")
		}
		if got != want {
			t.Errorf("%s is drawn as\n%s", text, got)
		}
	}
}

func TestLinesBelowOneAnotherAreInOneFace(t *testing.T) {
	set := face.Set("买买提", "赟")
	if len(set) != 2 || len(set[0]) != 16 || len(set[1]) != 16 {
		t.Errorf("%d lines: %q", len(set), set)
	}
	if face.Set("王芳", "𠮷") != nil || face.Set("王芳", "") != nil {
		t.Error("a line is left out")
	}
}

// Every 汉字 of GBK can be set, as rosters have them.
func TestEveryCharacterOfGBKCanBeSet(t *testing.T) {
	n := 0
	for high := 0x81; high <= 0xfe; high++ {
		for low := 0x40; low <= 0xfe; low++ {
			text, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{byte(high), byte(low)})
			r := []rune(string(text))
			if err != nil || len(r) != 1 || r[0] < 0x3400 || r[0] > 0x9fff {
				continue
			}
			n++
			if face.Set(string(text)) == nil {
				t.Errorf("%s (%U) can't be set", text, r)
			}
		}
	}
	if n < 20902 {
		t.Errorf("only %d characters of GBK were tried", n)
	}
}

func BenchmarkSet(b *testing.B) {
	for _, name := range []string{"王小明", "王赟"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				face.Set(name)
			}
		})
	}
}
