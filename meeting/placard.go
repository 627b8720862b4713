package meeting

import "time"

// ActSay puts a sentence on the wall, or a break of some minutes, and takes it
// down.
const ActSay Action = "say"

var placardActions = []action{{ActSay, forConsole, (*State).untilOver}}

// maxPlacard is the longest sentence on the wall, in characters: more is not
// read from afar.
const maxPlacard = 60

// Placard is what the facilitator put on the wall in front of the open item: a
// sentence, or that there is a break. The zero Placard is none. It falls when
// another item is opened. A break is for the room to see: unlike in a recess
// (休会), what members do goes on.
type Placard struct {
	Text    string // may be "" in a break
	Break   bool
	Seconds int `json:",omitzero"` // how long the break lasts; 0: it is not said
	Since   time.Time
	clock   bool // the break stopped the speaker's clock
}

// Hangs reports whether there is a placard.
func (p Placard) Hangs() bool { return p.Text != "" || p.Break }

// ClockHeld reports whether a break holds the speaker's clock, which goes on when it
// is over.
func (s *State) ClockHeld() bool { return s.Placard.clock && s.Floor.Paused }

// Say puts a sentence on the wall in place of the last one. With Break there is
// a break as well, in which the speaker's clock stands still. The zero Say takes
// down what hangs there, and the clock goes on.
type Say struct {
	Text    string
	Break   bool
	Seconds int // of a break, how long it lasts, at most an hour; 0: it is not said
}

func (c Say) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActSay); no != nil {
		return nil, no
	}
	if c.Text != "" {
		if bad := badText(c.Text, maxPlacard); bad != nil {
			return nil, bad
		}
	}
	if c.Seconds < 0 || c.Seconds > longestLimit || c.Seconds > 0 && !c.Break {
		return nil, refuse(BadNumber, c.Seconds, 0, longestLimit)
	}
	if c.Text == s.Placard.Text && c.Break == s.Placard.Break && c.Seconds == s.Placard.Seconds {
		return nil, nil
	}
	var facts []Fact
	runs := s.Floor.Speaker != "" && !s.Floor.Paused
	stopped := s.ClockHeld()
	switch {
	case c.Break && runs:
		facts, stopped = append(facts, ClockPaused{Paused: true}), true
	case !c.Break && stopped:
		facts, stopped = append(facts, ClockPaused{Paused: false}), false
	}
	return append(facts, PlacardChanged{Text: c.Text, Break: c.Break, Seconds: c.Seconds, Clock: stopped}), nil
}

// PlacardChanged says what the wall shows in front of the item; nothing: the
// placard was taken down.
type PlacardChanged struct {
	Text    string `json:"text"`
	Break   bool   `json:"break"`
	Seconds int    `json:"seconds,omitempty"` // of a break; 0: it is not said how long it lasts
	Clock   bool   `json:"clock"`             // the speaker's clock stands still because of the break
}

func (f PlacardChanged) apply(s *State, e Event) {
	s.Placard = Placard{}
	if f.Text != "" || f.Break {
		s.Placard = Placard{Text: f.Text, Break: f.Break, Seconds: f.Seconds, Since: e.At, clock: f.Clock}
	}
}
