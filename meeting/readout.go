package meeting

import "slices"

// ActReadOut asks that others read out what one has written in 批评与自我批评.
const ActReadOut Action = "read-out"

var readOutActions = []action{{ActReadOut, forMembers, (*State).mayMend}}

// AskReading asks, for the rest of the meeting, that the caller's written words
// are read out when they have the floor: for somebody in the room who can't
// speak. Who may criticise now also waits for the floor then. Off takes the wish
// back.
type AskReading struct{ Off bool }

func (c AskReading) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActReadOut); no != nil {
		return nil, no
	}
	var facts []Fact
	if asked := slices.Contains(s.ReadFor, r.By); asked == c.Off {
		facts = []Fact{ReadingAsked{ID: r.By, Off: c.Off}}
	}
	round, _ := s.Round(s.Subject)
	if !c.Off && round.Part == PartCriticism && s.Subject != r.By && May(s, r.By, ActFloor) == nil {
		facts = append(facts, FloorAsked{ID: r.By})
	}
	return facts, nil
}

// ReadingAsked says that a person's words are to be read out for them, or no
// longer.
type ReadingAsked struct {
	ID  MemberID `json:"id"`
	Off bool     `json:"off,omitempty"`
}

func (f ReadingAsked) apply(s *State, _ Event) {
	s.ReadFor = slices.DeleteFunc(slices.Clone(s.ReadFor), func(id MemberID) bool { return id == f.ID })
	if !f.Off {
		s.ReadFor = append(s.ReadFor, f.ID)
	}
}

// ReadsOut reports whether somebody else speaks for who has the floor.
func (s *State) ReadsOut() bool {
	return s.Floor.Speaker != "" && slices.Contains(s.ReadFor, s.Floor.Speaker)
}

// ToRead returns the words that are to be read out for who has the floor now.
func (s *State) ToRead() []Speech {
	if !s.ReadsOut() {
		return nil
	}
	var list []Speech
	switch round, _ := s.Round(s.Subject); s.Floor.For {
	case ForSelfCriticism:
		list = round.Own
	case ForResponse:
		list = round.Responses
	case ForCriticism:
		list = round.Criticisms
	}
	return slices.DeleteFunc(slices.Clone(list), func(w Speech) bool { return w.From != s.Floor.Speaker || w.Text == "" })
}
