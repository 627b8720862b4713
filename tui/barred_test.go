package tui

import (
	"strings"
	"testing"
)

func TestTheMenuFoldsWhatCannotBeDoneNow(t *testing.T) {
	p := momentOf(t, "study")
	s := p.as("m03").sized(80, 60).press("m").seesNo("作废").press("end").sees("现在不能做的", "项")
	for _, c := range s.app.seen().options() {
		if c.why != "" {
			t.Errorf("%s cannot be done now", c.label)
		}
	}
	s.press("enter").sees("现在不能做的，和为什么")
	text := s.reads()
	seen := map[string]bool{}
	for _, c := range consoleChoices(s.app) {
		if c.why == "" || seen[c.why] {
			continue
		}
		seen[c.why] = true
		if n := strings.Count(text, c.why); n != 1 {
			t.Errorf("%q is said %d times in\n%s", c.why, n, text)
		}
	}
	s.press("esc", "x").sees("现在没有测评").press("esc")
	s.press("?").sees("现在不能做的")
	momentOf(t, "study").plainly("m03").types("m").takes("barred").hears("现在不能做的，和为什么", "作废")
}

// A letter that stands beside a row of the menu does what it says, and also
// those that move and leave elsewhere.
func TestTheLettersOfTheMenuWork(t *testing.T) {
	p := momentOf(t, "study")
	s := p.as("m03").press("m")
	for _, c := range consoleChoices(s.app) {
		if c.key == "" || c.key == "b" || len(c.key) > 1 {
			continue
		}
		s.press("m")
		before := s.app.top()
		s.press(c.key)
		if answered := s.app.said.Text != ""; s.app.top() == before && (!answered || c.why != "" && s.app.said.Text != c.why) {
			t.Errorf("%s (%s) says %q", c.key, c.label, s.app.said.Text)
		}
		s.press("esc", "esc", "esc")
		if s.app.own {
			s.press("tab")
		}
	}
}

func TestPagesOfAListAreWhatIsInSight(t *testing.T) {
	p := crowd(t, 60)
	s := p.as("m03").sized(80, 24).press("f")
	sight := s.app.drawn.room - 2
	m := s.app.top().(*menu) //nolint:forcetypeassert // the page that f opens
	for _, step := range []struct {
		key string
		at  int
	}{{"pgdown", sight}, {"pgdown", 2 * sight}, {"pgup", sight}, {"home", 0}, {"end", len(s.app.seen().options()) - 1}} {
		if s.press(step.key); m.At != step.at {
			t.Errorf("%s leads to row %d, not %d", step.key, m.At, step.at)
		}
	}
	s.press("esc", "?", "end")
	if s.app.drawn.below > 0 {
		t.Errorf("End does not lead to the end:\n%s", s.screen())
	}
	if s.press("home"); s.app.drawn.first > 0 {
		t.Errorf("Home does not lead to the beginning:\n%s", s.screen())
	}
}
