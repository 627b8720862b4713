package tui

import (
	"regexp"
	"strings"
	"testing"

	"pingyi/meeting/preset"
)

// Sixty people have a line each, under heads that stay where they are.
func TestTheCountsOfSixtyAreALineEach(t *testing.T) {
	for _, size := range []struct{ w, h int }{{40, 20}, {60, 24}, {80, 24}, {120, 40}} {
		p := sixty(t, preset.AnnounceFull)
		p.width, p.height = size.w, size.h
		s := p.as("m03").press("l")
		seen := map[string]bool{}
		line := regexp.MustCompile(`^ *(\d+) 党员\d\d +\d+ +\d+ +\d+ +\d+ +\d+ +60$`)
		for range 60 {
			heads := 0
			for _, l := range s.app.drawn.lines {
				text := strings.TrimRight(l.Text(), " ")
				if m := line.FindStringSubmatch(text); m != nil {
					seen[m[1]] = true
				}
				if strings.Contains(text, "优") && strings.HasSuffix(text, "收") || strings.HasSuffix(text, "弃权  收回") {
					heads++
				}
			}
			if heads != 1 {
				t.Fatalf("%d lines of heads at %dx%d:\n%s", heads, size.w, size.h, s.screen())
			}
			s.press("pgdown")
		}
		if len(seen) != 60 {
			t.Errorf("%d of 60 lines at %dx%d:\n%s", len(seen), size.w, size.h, s.screen())
		}
	}
}
