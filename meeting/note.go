package meeting

import "time"

// What may be written into the minutes.
const (
	ActNote    Action = "note"
	ActResolve Action = "resolve"
)

var noteActions = []action{
	{ActNote, forRecorder, (*State).whileLive},
	{ActResolve, forRecorder, (*State).whileLive},
}

// TooManyHands refuses a count.
const TooManyHands Code = "too-many-hands" // hands, 正式党员 present

// Note is what the recorder wrote down during an item.
type Note struct {
	Item int // number of the item, from 1
	By   MemberID
	At   time.Time
	Text string
}

// TakeNote writes into the minutes of the open item.
type TakeNote struct{ Text string }

func (c TakeNote) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActNote); no != nil {
		return nil, no
	}
	if bad := badSpeech(c.Text); bad != nil {
		return nil, bad
	}
	return []Fact{Noted{Item: s.itemNo(), Text: tidy(c.Text)}}, nil
}

// Noted carries what the recorder wrote.
type Noted struct {
	Item int    `json:"item"` // number of the item that was open
	Text string `json:"text"`
}

func (f Noted) apply(s *State, e Event) {
	s.Notes = added(s.Notes, Note{Item: f.Item, By: e.By, At: e.At, Text: f.Text})
}

// Hands is a show of hands of the 正式党员 in the room.
type Hands struct {
	Yes     int `json:"yes"`
	No      int `json:"no"`
	Abstain int `json:"abstain"`
}

// Resolution is an open vote by show of hands (DOMAIN.md §3.1).
type Resolution struct {
	Resolved
	At time.Time
}

// Resolve records an open vote. It passes with more than half of the 正式党员
// expected, not of those present.
type Resolve struct {
	Text string
	Hands
}

func (c Resolve) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActResolve); no != nil {
		return nil, no
	}
	if bad := badText(c.Text, 500); bad != nil {
		return nil, bad
	}
	if no := s.badHands(c.Hands); no != nil {
		return nil, no
	}
	return []Fact{s.weigh(c.Text, c.Hands)}, nil
}

// badHands refuses impossible counts: negative ones, no hands at all, or more
// hands than 正式党员 in the room.
func (s *State) badHands(h Hands) *Refusal {
	here, sum := s.Roll().HereFormal, 0
	for _, n := range []int{h.Yes, h.No, h.Abstain} {
		switch {
		case n < 0:
			return refuse(BadNumber, n, 0, here)
		case n > here:
			return refuse(TooManyHands, n, here)
		}
		sum += n
	}
	if sum > here {
		return refuse(TooManyHands, sum, here)
	}
	return need(sum > 0, BadNumber, 0, 1, here)
}

// Resolved says how an open vote went: the counts, their base, and whether it
// passed.
type Resolved struct {
	Item int    `json:"item"` // number of the item that was open
	Text string `json:"text"`
	Hands
	Present  int  `json:"present"`  // 正式党员 in the room
	Expected int  `json:"expected"` // 正式党员 expected: the base of the majority
	Quorum   bool `json:"quorum"`
	Passed   bool `json:"passed"`
}

func (f Resolved) apply(s *State, e Event) {
	s.Resolutions = added(s.Resolutions, f.resolution(e.At))
}

func (f Resolved) resolution(at time.Time) Resolution { return Resolution{Resolved: f, At: at} }

// weigh decides whether a show of hands carries a proposal.
func (s *State) weigh(text string, h Hands) Resolved {
	roll := s.Roll()
	quorum := s.quorum(roll.Here, roll.HereFormal, roll)
	return Resolved{
		Item: s.itemNo(), Text: text, Hands: h,
		Present: roll.HereFormal, Expected: roll.ExpectedFormal, Quorum: quorum,
		Passed: quorum && s.Rules.Decision.Passed(h.Yes, roll.ExpectedFormal),
	}
}
