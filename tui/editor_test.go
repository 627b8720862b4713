package tui

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"pingyi/tui/draw"
)

func TestTheEditorKeepsItsCursorOnTheScreen(t *testing.T) {
	keys := []string{"left", "right", "up", "down", "home", "end", "backspace", "delete"}
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(4, 20).Draw(t, "width")
		e := draw.Editor{Most: 60, Single: rapid.Bool().Draw(t, "single")}
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "types") {
				e.Insert(rapid.SampledFrom([]string{"学习", "a", "\n", "深入群众 ", "\x1b[2J", "：", "㛃"}).Draw(t, "text"))
			} else {
				e.Press(draw.Stroke{Name: rapid.SampledFrom(keys).Draw(t, "key")})
			}
			f := chinese.set([]block{writing{Editor: &e}}, width)
			if f.cursor.X < 0 || f.cursor.X >= width || f.cursor.Y < 0 || f.cursor.Y >= len(f.lines) {
				t.Fatalf("cursor %v in %d rows of %d", *f.cursor, len(f.lines), width)
			}
			for _, l := range f.lines {
				if l.Width() > width {
					t.Fatalf("row %q is wider than %d", l.Text(), width)
				}
			}
			if len(e.Text) > e.Most || strings.ContainsRune(string(e.Text), '\x1b') {
				t.Fatalf("the text is %q", string(e.Text))
			}
		}
	})
}

func TestWritingChineseMovesTheCursorByCells(t *testing.T) {
	e := draw.Editor{Most: 100, Drawn: 40}
	e.Insert("深入群众")
	e.Press(draw.Stroke{Name: "left"})
	e.Insert("基层")
	e.Press(draw.Stroke{Name: "home"})
	e.Press(draw.Stroke{Name: "delete"})
	f := chinese.set([]block{writing{Editor: &e}}, 40)
	if e.Value() != "入群基层众" || f.cursor.X != 0 {
		t.Errorf("%q, cursor %v", e.Value(), *f.cursor)
	}
	e.Press(draw.Stroke{Name: "end"})
	f = chinese.set([]block{writing{Editor: &e}}, 40)
	if f.cursor.X != 10 {
		t.Errorf("behind five characters the cursor stands at %d", f.cursor.X)
	}
}
