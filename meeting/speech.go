package meeting

import "slices"

// ActMend changes or withdraws words of one's own in 批评与自我批评.
const ActMend Action = "criticisms"

var speechActions = []action{{ActMend, forMembers, (*State).mayMend}}

// Why words are not changed.
const (
	NoSpeech    Code = "no-speech"
	RoundIsOver Code = "round-is-over" // name
)

func (s *State) mayMend(m Member) *Refusal {
	if no := s.mayCriticise(m); no != nil {
		return no // before it is asked who has said what, which is a walk
	}
	return need(len(s.OwnSpeeches(m.ID)) > 0, NoSpeech)
}

// SpeechKind says what words in a round are.
type SpeechKind string

// The kinds of words.
const (
	SelfSpeech      SpeechKind = "self"
	CriticismSpeech SpeechKind = "criticism"
	ResponseSpeech  SpeechKind = "response"
)

// speeches returns the words of a kind in a round.
func (r *Round) speeches(k SpeechKind) *[]Speech {
	switch k {
	case SelfSpeech:
		return &r.Own
	case CriticismSpeech:
		return &r.Criticisms
	case ResponseSpeech:
		return &r.Responses
	}
	return new([]Speech)
}

// find returns the place of a person's nth words of a kind in a round, from 1;
// -1 if there are none.
func (r *Round) find(k SpeechKind, from MemberID, nth int) int {
	for i, w := range *r.speeches(k) {
		if w.From != from {
			continue
		}
		if nth--; nth == 0 {
			return i
		}
	}
	return -1
}

// SpeechID names somebody's words in a round.
type SpeechID struct {
	Kind SpeechKind `json:"kind"`
	Of   MemberID   `json:"of"`  // whose round it is
	Nth  int        `json:"nth"` // of this person's words of the kind in the round, from 1
}

// NumberedSpeech is a speech with its number in the meeting.
type NumberedSpeech struct {
	No int
	ID SpeechID
	Speech
}

// Speeches lists the words in 批评与自我批评 that a person may read, in the order
// in which they came, numbered from 1 with gaps: their own, those about them,
// and for who keeps the minutes all, or those in the own 党小组.
func (s *State) Speeches(who MemberID) []NumberedSpeech {
	return having(s.allSpeeches(), func(w NumberedSpeech) bool {
		return w.From == who || w.ID.Of == who || s.RecordsFor(who, w.ID.Of)
	})
}

// allSpeeches are the words of everybody.
func (s *State) allSpeeches() []NumberedSpeech {
	return once(s, func(a *answers) *answer[[]NumberedSpeech] { return &a.speeches }, func(s *State) []NumberedSpeech {
		var all []NumberedSpeech
		for r := range s.Rounds.All() {
			for _, k := range []SpeechKind{SelfSpeech, CriticismSpeech, ResponseSpeech} {
				nth := map[MemberID]int{}
				for _, w := range *r.speeches(k) {
					nth[w.From]++
					all = append(all, NumberedSpeech{ID: SpeechID{k, r.Subject, nth[w.From]}, Speech: w})
				}
			}
		}
		slices.SortStableFunc(all, func(a, b NumberedSpeech) int { return a.At.Compare(b.At) })
		for i := range all {
			all[i].No = i + 1
		}
		return all
	})
}

// OwnSpeeches lists the words that a person has handed in, or that were written
// down for them.
func (s *State) OwnSpeeches(who MemberID) []NumberedSpeech {
	return once(s, func(a *answers) *answer[map[MemberID][]NumberedSpeech] { return &a.authors }, func(s *State) map[MemberID][]NumberedSpeech {
		own := map[MemberID][]NumberedSpeech{}
		for _, w := range s.allSpeeches() {
			if w.Text != "" {
				own[w.From] = append(own[w.From], w)
			}
		}
		return own
	})[who]
}

// MayMend returns why a person may not change or withdraw words of theirs now,
// nil if they may: until the round ends.
func MayMend(s *State, who MemberID, id SpeechID) *Refusal {
	round, _ := s.Round(id.Of)
	own := slices.ContainsFunc(s.OwnSpeeches(who), func(w NumberedSpeech) bool { return w.ID == id })
	return first(May(s, who, ActMend), need(own, NoSpeech), need(round.Part != PartDone, RoundIsOver, s.Called(id.Of)))
}

// MendSpeech changes words that the caller has handed in.
type MendSpeech struct {
	ID   SpeechID
	Text string
}

func (c MendSpeech) decide(s *State, r Request) ([]Fact, error) {
	if no := MayMend(s, r.By, c.ID); no != nil {
		return nil, no
	}
	if bad := badSpeech(c.Text); bad != nil {
		return nil, bad
	}
	return []Fact{SpeechMended{From: r.By, SpeechID: c.ID, Text: tidy(c.Text)}}, nil
}

// WithdrawSpeech takes back words that the caller has handed in. That they spoke
// from the floor stays.
type WithdrawSpeech struct{ ID SpeechID }

func (c WithdrawSpeech) decide(s *State, r Request) ([]Fact, error) {
	if no := MayMend(s, r.By, c.ID); no != nil {
		return nil, no
	}
	return []Fact{SpeechMended{From: r.By, SpeechID: c.ID, Heard: s.heard(r.By, c.ID)}}, nil
}

// heard reports whether words were also spoken, so that without them the speech
// itself still counts.
func (s *State) heard(who MemberID, id SpeechID) bool {
	round, _ := s.Round(id.Of)
	switch id.Kind {
	case SelfSpeech:
		return len(round.Own) > 1 || !round.Part.unheard()
	case CriticismSpeech:
		if round.find(id.Kind, who, 2) >= 0 {
			return false // the other one says that they criticised
		}
		for c := range s.Chronicle.Backward() {
			if f, ok := c.Fact.(FloorYielded); ok && f.ID == who && f.Criticised == id.Of {
				return true
			}
		}
	}
	return false
}

// SpeechMended says that a person changed their words, or took them back.
type SpeechMended struct {
	From MemberID `json:"from"`
	SpeechID
	Text  string `json:"text"`            // "": taken back
	Heard bool   `json:"heard,omitempty"` // of words taken back: the person's speech still counts
}

func (f SpeechMended) apply(s *State, e Event) {
	round, _ := s.Round(f.Of)
	i := round.find(f.Kind, f.From, f.Nth)
	if i < 0 {
		return
	}
	s.change(f.Of, func(r *Round) {
		list := r.speeches(f.Kind)
		w := (*list)[i]
		w.Text, w.By = f.Text, e.By
		if f.Text == "" && f.Kind == SelfSpeech {
			r.Spoke = f.Heard
		}
		if f.Text == "" && !(f.Heard && f.Kind == CriticismSpeech) {
			*list = slices.Delete(slices.Clone(*list), i, i+1)
			return
		}
		*list = replaced(*list, i, w)
	})
}
