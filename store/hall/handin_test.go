package hall_test

import (
	"crypto/rand"
	"maps"
	"sync/atomic"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// meter is the system's randomness, and counts what is drawn of it. Every
// encryption, proof and signature draws a fixed number of bytes, so that the
// count is the work.
type meter struct{ drawn atomic.Int64 }

func (m *meter) Read(p []byte) (int, error) {
	m.drawn.Add(int64(len(p)))
	return rand.Read(p)
}

// graded gives every subject one grade; "" is 弃权, chosen.
func graded(h *house, g meeting.Grade) meeting.Choices {
	c := meetingtest.Alike(h.State(), "优秀")
	for subject := range c.Grades {
		c.Grades[subject] = g
	}
	return c
}

// without leaves some subjects of c open; a voter leaves themself out.
func without(c meeting.Choices, open ...meeting.MemberID) meeting.Choices {
	c.Grades = maps.Clone(c.Grades)
	for _, subject := range open {
		delete(c.Grades, subject)
	}
	return c
}

// commented adds comments to c.
func commented(c meeting.Choices, texts map[meeting.MemberID]string) meeting.Choices {
	c.Comments = texts
	return c
}

// filling is a way to fill in a ballot: what is chosen after each page, the last
// of it when the overview opens.
type filling struct {
	name  string
	pages []meeting.Choices
}

func fillings(h *house) []filling {
	const excellent, qualified, unqualified = meeting.Grade("优秀"), meeting.Grade("合格"), meeting.Grade("不合格")
	five := map[meeting.MemberID]string{id(1): "好", id(2): "多学习", id(3): "多联系群众", id(4): "按时到会", id(6): "好"}
	mixed := graded(h, qualified)
	mixed.Grades[id(2)], mixed.Grades[id(6)] = "", unqualified
	return []filling{
		{"all 优秀", []meeting.Choices{graded(h, excellent)}},
		{"all 不合格", []meeting.Choices{graded(h, unqualified)}},
		{"all 弃权", []meeting.Choices{graded(h, "")}},
		{"nothing", []meeting.Choices{{}}},
		{"some open", []meeting.Choices{without(graded(h, qualified), id(1), id(4), id(6))}},
		{"mixed", []meeting.Choices{mixed}},
		{"page by page", []meeting.Choices{
			without(mixed, id(2), id(3), id(4), id(6)), without(mixed, id(3), id(4), id(6)), without(mixed, id(6)), mixed,
		}},
		{"changed several times", []meeting.Choices{
			graded(h, excellent), graded(h, ""), graded(h, unqualified), without(mixed, id(1)), mixed,
		}},
		{"taken back", []meeting.Choices{graded(h, excellent), {}}},
		{"a comment", []meeting.Choices{commented(mixed, map[meeting.MemberID]string{id(1): "好"})}},
		{"all comments", []meeting.Choices{commented(graded(h, ""), five)}},
	}
}

// What is left to do at hand-in is the same whatever was chosen, left open,
// changed or written.
func TestTheWorkAtHandInDoesNotTellTheChoice(t *testing.T) {
	for name, way := range map[string]func(h *house, who meeting.MemberID, f filling){
		"on a screen": func(h *house, who meeting.MemberID, f filling) {
			for i, c := range f.pages {
				c.Comments = nil // the screen keeps them until the end
				h.Prepare(who, without(c, who), i == len(f.pages)-1)
			}
		},
		"in words": func(*house, meeting.MemberID, filling) {},
	} {
		t.Run(name, func(t *testing.T) {
			h, drawn := metered(t)
			var want int64
			for i, f := range fillings(h) {
				switch got := drawn(f.pages[len(f.pages)-1], func(who meeting.MemberID) { way(h, who, f) }); {
				case i == 0:
					want = got
				case got != want:
					t.Errorf("%s: %d bytes of randomness are drawn at hand-in, %d for another choice", f.name, got, want)
				}
			}
		})
	}
}

// Neither does the work tell how far a ballot agrees with one that was begun on
// a screen and is then handed in by the word vote.
func TestTheWorkAtHandInDoesNotTellWhatWasChosenBefore(t *testing.T) {
	h, drawn := metered(t)
	final := graded(h, "合格")
	work := func(before meeting.Choices) int64 {
		return drawn(final, func(who meeting.MemberID) { h.Prepare(who, without(before, who), false) })
	}
	want := work(without(graded(h, "合格"), id(1)))
	for _, g := range []meeting.Grade{"优秀", "不合格", ""} {
		if got := work(without(graded(h, g), id(1))); got != want {
			t.Errorf("%d bytes are drawn after %q, %d after the same choices", got, g, want)
		}
	}
	// The test would see a leak: who is still on the pages has rows to be
	// encrypted, and who is on the overview has none.
	if got := drawn(final, func(who meeting.MemberID) { h.Prepare(who, without(final, who), true) }); got >= want {
		t.Errorf("%d bytes are drawn with everything made ahead, %d without", got, want)
	}
}

// metered is a house with an open box, and a function that has the next voter
// hand in c and returns how much is drawn meanwhile.
func metered(t *testing.T) (*house, func(c meeting.Choices, before func(who meeting.MemberID)) int64) {
	t.Helper()
	m := &meter{}
	h := newHouse(t, 20)
	h.DrawsFrom(m)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	h.Rests()
	voter := 7 // nobody whom the choices name
	return h, func(c meeting.Choices, before func(who meeting.MemberID)) int64 {
		t.Helper()
		voter++
		who := id(voter)
		c = without(c, who) // nobody grades themself
		before(who)
		start := m.drawn.Load()
		if _, err := h.Cast(t.Context(), who, c); err != nil {
			t.Fatal(err)
		}
		return m.drawn.Load() - start
	}
}
