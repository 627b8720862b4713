package tui

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func wrapped(text string, width int) []string {
	var rows []string
	for _, l := range wrap(line{{text, plain}}, width) {
		rows = append(rows, l.drawn().text())
	}
	return rows
}

func TestChineseTextBreaksWhereAReaderExpects(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"学习要深入，工作要扎实。", 10, "学习要深|入，工作要|扎实。"},
		{"加强（学习）", 6, "加强|（学|习）"},
		{"请用 ssh -p 2222 连接服务器", 12, "请用 ssh -p|2222 连接服|务器"},
		{"还有 6 位没有填", 6, "还有|6 位没|有填"},
		{"监票人：" + whole("党员05") + "、" + whole("党员07"), 16, "监票人：党员05、|党员07"},
		{"SHA256:abcdefghijkl", 8, "SHA256:a|bcdefghi|jkl"},
		{"", 10, ""},
	} {
		if got := strings.Join(wrapped(c.text, c.width), "|"); got != c.want {
			t.Errorf("%q at %d: %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestWrappingLosesNothingAndKeepsTheWidth(t *testing.T) {
	parts := rapid.SampledFrom([]string{"学习", "，党员", "（会议）", "「测评」", "abc", " SSH ", "12 名", "。", "㛃", "2017-03-20"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(parts).Draw(t, "parts"), "")
		width := rapid.IntRange(2, 30).Draw(t, "width")
		rows := wrapped(text, width)
		for i, row := range rows {
			if cells(row) > width {
				t.Fatalf("%q is wider than %d", row, width)
			}
			tight := width < 20 || strings.Contains(text, "。。。") || strings.Contains(text, " 。") || strings.Contains(text, " ，")
			if i > 0 && row != "" && !tight && strings.ContainsRune("，。）」", []rune(row)[0]) {
				t.Fatalf("a mark begins a row: %q", rows)
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := squeeze(strings.Join(rows, "")); got != squeeze(text) {
			t.Fatalf("%q became %q", text, rows)
		}
	})
}

func TestTheEditorKeepsItsCursorOnTheScreen(t *testing.T) {
	keys := []string{"left", "right", "up", "down", "home", "end", "backspace", "delete"}
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(4, 20).Draw(t, "width")
		e := editor{most: 60, single: rapid.Bool().Draw(t, "single")}
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "types") {
				e.insert(rapid.SampledFrom([]string{"学习", "a", "\n", "深入群众 ", "\x1b[2J", "：", "㛃"}).Draw(t, "text"))
			} else {
				e.press(stroke{name: rapid.SampledFrom(keys).Draw(t, "key")})
			}
			f := chinese.set([]block{writing{editor: &e}}, width)
			if f.cursor.x < 0 || f.cursor.x >= width || f.cursor.y < 0 || f.cursor.y >= len(f.lines) {
				t.Fatalf("cursor %v in %d rows of %d", *f.cursor, len(f.lines), width)
			}
			for _, l := range f.lines {
				if l.width() > width {
					t.Fatalf("row %q is wider than %d", l.text(), width)
				}
			}
			if len(e.text) > e.most || strings.ContainsRune(string(e.text), '\x1b') {
				t.Fatalf("the text is %q", string(e.text))
			}
		}
	})
}

func TestWritingChineseMovesTheCursorByCells(t *testing.T) {
	e := editor{most: 100, drawn: 40}
	e.insert("深入群众")
	e.press(stroke{name: "left"})
	e.insert("基层")
	e.press(stroke{name: "home"})
	e.press(stroke{name: "delete"})
	f := chinese.set([]block{writing{editor: &e}}, 40)
	if e.value() != "入群基层众" || f.cursor.x != 0 {
		t.Errorf("%q, cursor %v", e.value(), *f.cursor)
	}
	e.press(stroke{name: "end"})
	f = chinese.set([]block{writing{editor: &e}}, 40)
	if f.cursor.x != 10 {
		t.Errorf("behind five characters the cursor stands at %d", f.cursor.x)
	}
}

func TestAListTakesLongNumbers(t *testing.T) {
	l := list{}
	for _, c := range []struct {
		key  string
		want int
	}{{"1", 0}, {"2", 11}, {"3", 2}, {"1", 0}, {"9", 8}, {"down", 9}, {"up", 8}, {"home", 0}, {"up", 14}} {
		l.press(stroke{name: c.key}, 15)
		if l.at != c.want {
			t.Fatalf("after %s row %d, want %d", c.key, l.at, c.want)
		}
	}
}

func TestBigTypeIsAsLargeAsTheRoomAllows(t *testing.T) {
	for _, c := range []struct{ width, height, rows int }{{220, 40, 28}, {200, 40, 21}, {120, 20, 14}, {60, 10, 7}, {30, 7, 7}, {20, 7, 0}, {60, 6, 0}} {
		lines := big("12/14", filled, c.width, c.height)
		if len(lines) != c.rows {
			t.Errorf("%dx%d: %d rows, want %d", c.width, c.height, len(lines), c.rows)
		}
	}
}
