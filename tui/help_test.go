package tui

import (
	"testing"

	"pingyi/tui/draw"
)

// Digits are offered first, and the help says why: the number of times that an
// arrow key is pressed tells the choice.
func TestDigitsAreOfferedFirst(t *testing.T) {
	for _, width := range []int{40, 80, 120} { // phone, pages, table
		p := momentOf(t, "ballot-open")
		p.width = width
		s := p.as("m05").press("enter")
		if first := s.app.keys()[0]; !first.has(draw.Stroke{Name: "1"}) || first.quiet {
			t.Errorf("%d columns: the keys begin with %v", width, first.Keys())
		}
		s.press("?").sees("请用数字选").press("esc").press("b").press("?").seesNo("请用数字选")
	}
}
