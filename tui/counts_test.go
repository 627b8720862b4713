package tui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"pingyi/meeting"
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

// Sixty people have a row and a column each of who criticised whom: side by side
// at 120 columns, in two parts at 80.
func TestTheMatrixOfSixtyIsALineEach(t *testing.T) {
	p := newPlay(t, "seed-2017", 60)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{}, meeting.Advance{})
	p.Does("m60", meeting.Criticise{Of: p.State().Subject, Text: "多联系群众。"})
	for _, c := range []struct{ w, columns, parts int }{{120, 60, 1}, {80, 30, 2}} {
		s := p.as("m03").sized(c.w, 200).press("esc", "i")
		rows := regexp.MustCompile(fmt.Sprintf(`(?m)^ *\d+ 党员\d\d +[-.1]{%d}( +\d+ +\d\d:\d\d)?$`, c.columns)).FindAllString(s.screen(), -1)
		if len(rows) != 60*c.parts {
			t.Errorf("%d rows at %d columns:\n%s", len(rows), c.w, s.screen())
		}
		said := strings.TrimSpace(regexp.MustCompile(`(?m)^ *60 党员60 .*$`).FindString(s.screen()))
		if want := "1"; !strings.Contains(said[len("60 党员60"):], want) {
			t.Errorf("who criticised has none at %d columns: %q", c.w, said)
		}
	}
}
