package tui

import (
	"strings"
	"testing"

	"pingyi/meeting"
)

// In a gallery every screen is what it is without one, in both languages and at
// every moment of the meeting, whoever saw it first.
func TestAScreenFromTheGalleryIsTheSame(t *testing.T) {
	gallery := &Gallery{}
	for _, tongue := range tongues {
		for _, m := range story() {
			alone, shared := m.play(t), m.play(t)
			alone.env, shared.env, shared.gallery = tongue.env, tongue.env, gallery
			for _, who := range []meeting.MemberID{"m05", "m07", "m02", "m01", "g1", "q1", meeting.Screen, "m05"} {
				want, got := alone.as(who).app, shared.as(who).app
				if got.View().Content != want.View().Content || got.beat != want.beat {
					t.Errorf("%s at %s sees\n%s\nand not\n%s", who, m.name, shared.as(who).screen(), alone.as(who).screen())
				}
			}
		}
	}
}

func TestWhoSeesTheSameHasItDrawnOnce(t *testing.T) {
	p := newPlay(t, "seed-2017", 30)
	p.gallery = &Gallery{}
	p.SignsIn()
	for _, m := range p.State().Roster {
		if m.ID != "m03" {
			p.as(m.ID)
		}
	}
	if n := len(p.gallery.views); n > 3 { // members, a guest, 群众
		t.Errorf("%d screens were drawn for 31 people who see the same", n)
	}
}

// Nothing of a ballot or of a text may be kept where others' screens are.
func TestNothingOfOnePersonHangsInTheGallery(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.gallery = &Gallery{}
	p.as("m05").press("enter", "1", "enter", "2")
	q := momentOf(t, "criticism-critic")
	q.gallery = p.gallery
	q.as("m02").press("1", "enter").types("到基层少")
	for key, pic := range p.gallery.views {
		for _, text := range append([]string{key}, pic.texts()...) {
			if strings.Contains(text, "> 2 合格") || strings.Contains(text, "到基层少") {
				t.Errorf("it hangs there:\n%s", text)
			}
		}
	}
}

// texts are the rows of a picture.
func (p *picture) texts() []string {
	var list []string
	for _, r := range p.rows {
		list = append(list, r.String())
	}
	return list
}
