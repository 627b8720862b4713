package tui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// stop is where somebody's finger or a paste falls by mistake: a screen of the
// meeting, or a page that somebody opened.
type stop struct {
	name, moment string
	who          meeting.MemberID
	keys         string
}

// stops are all screens of the story at every seat, and all pages that people
// open.
func stops() []stop {
	var list []stop
	for _, m := range story() {
		for _, who := range []meeting.MemberID{"m03", "m05", "m07", "m02", "g1", "q1", meeting.Screen, meeting.Booth} {
			list = append(list, stop{fmt.Sprintf("%s at %s", who, m.name), m.name, who, ""})
		}
	}
	for _, v := range views {
		list = append(list, stop{v.name, v.moment, v.who, v.keys})
	}
	return list
}

// comes is a terminal at a stop, some time after the last key.
func (s stop) comes(t *testing.T) *seat {
	p := momentOf(t, s.moment)
	seat := p.as(s.who).opens(s.keys)
	p.room.Later(time.Minute)
	return seat
}

// done is how much has happened in the meeting.
func (s *seat) done() int { return s.State().Chronicle.Len() }

// holds keeps Enter down for a time: it comes at once, again after the delay of a
// keyboard, and then every few milliseconds.
func (s *seat) holds(long, delay, every time.Duration) *seat {
	s.strike("enter")
	for d := delay; d < long; d += every {
		s.room.Later(every)
		if d == delay {
			s.room.Later(delay - every)
		}
		s.strike("enter")
	}
	return s
}

// byEnter are the pages on which one Enter may do what others see: the questions
// of the console's next step, as Enter alone runs a meeting, and what somebody
// has just written and ended.
var byEnter = []string{"confirm-scrutineers", "confirm-open", "confirm-adjourn", "note-done"}

// A finger that stays on Enter does what one press does: on a console a step,
// elsewhere nothing. Four seconds on every tenth screen, one on the others: what
// passes the first second passes the rest.
func TestAHeldEnterIsOneEnter(t *testing.T) {
	for i, stop := range stops() {
		long, delay := time.Second, []time.Duration{40 * time.Millisecond, 500 * time.Millisecond}[i%2]
		every := []time.Duration{40 * time.Millisecond, 70 * time.Millisecond}[i/2%2]
		if i%10 == 0 {
			long = 4 * time.Second
		}
		s := stop.comes(t)
		base, console := s.done(), s.app.place == placeConsole && len(s.app.layers) == 1
		once := s.strike("enter").done()
		held := stop.comes(t).holds(long, max(delay, every), every)
		if held.done() != once {
			t.Errorf("%s: Enter, held (%s), does %d things and not %d", stop.name, delay, held.done()-base, once-base)
		}
		if once != base && !console && !slices.Contains(byEnter, stop.name) {
			t.Errorf("%s: one Enter moves", stop.name)
		}
	}
}

// What is pasted is never taken for keys.
func TestAPasteMovesNothing(t *testing.T) {
	for _, stop := range stops() {
		s := stop.comes(t)
		before := s.State()
		for _, text := range []string{"1\r", "y\r1\r", "2\n1\n\n1\n", "1 yes\r\n1\r\n", "abcdefghijklmnopqrstuvwxyz"} {
			if s.update(tea.PasteMsg{Content: text}); s.State() != before {
				t.Errorf("%s: pasting %q moves the meeting", stop.name, text)
			}
		}
	}
}
