package draw_test

import (
	"strings"
	"testing"

	"pingyi/tui/draw"
)

// A character has 12 dots in either direction. Each dot is a block of cells.
func TestLetteringIsAsLargeAsTheRoom(t *testing.T) {
	for _, c := range []struct {
		text          string
		width, height int
		wide, high    int // 0: it can't be set
	}{
		{"王小明", 78, 14, 72, 12},
		{"王小明", 40, 14, 36, 12},
		{"王小明", 35, 14, 0, 0},
		{"王小明", 78, 11, 0, 0},
		{"王小明", 118, 28, 108, 24},
		{"王小明", 200, 40, 180, 36},
		{"欧阳娜娜", 78, 14, 48, 12},
		{"欧阳娜娜", 118, 28, 96, 24},
		{"欧阳娜娜克木", 78, 14, 72, 12},
		{"欧阳娜娜克木", 118, 28, 72, 25},   // in two lines, whose dots are wider
		{"古丽米热・艾力", 118, 28, 108, 25}, // parted at the interpunct
		{"王赟", 78, 16, 64, 16},
		{"王𠮷", 200, 60, 0, 0},
		{"", 200, 60, 0, 0},
	} {
		lines := draw.Letter(c.text, draw.Filled, c.width, c.height)
		wide := 0
		for _, l := range lines {
			wide = max(wide, l.Width())
			if strings.TrimSpace(l.Text()) != "" {
				t.Errorf("%s is not drawn in empty cells: %q", c.text, l.Text())
			}
		}
		if wide != c.wide || len(lines) != c.high {
			t.Errorf("%s in %dx%d takes %dx%d cells, want %dx%d", c.text, c.width, c.height, wide, len(lines), c.wide, c.high)
		}
	}
}

func TestASmallNumberNeedsLittleRoom(t *testing.T) {
	if lines := draw.Big("02:10", draw.Filled, 39, 6); len(lines) != 5 || lines[0].Width() != 34 {
		t.Errorf("%d lines", len(lines))
	}
	if lines := draw.Big("02:10", draw.Late, 39, 8); len(lines) != 7 || lines[0].Width() != 38 { // with its ground around it
		t.Errorf("%d lines of %d cells", len(lines), lines[0].Width())
	}
}
