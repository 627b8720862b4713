package meeting

import (
	"slices"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// What may be written into the minutes.
const (
	ActNote    Action = "note"
	ActResolve Action = "resolve"
	ActPlace   Action = "place" // where the meeting is held
)

var noteActions = []action{
	{ActNote, forRecorders, (*State).mayRecord},
	{ActResolve, forRecorder, (*State).whileLive},
	{ActPlace, forRecorder, (*State).untilOver},
}

// Why something about the minutes is refused, and what they lack.
const (
	TooManyHands    Code = "too-many-hands"   // hands, 正式党员 present
	NoSuchNote      Code = "no-such-note"     // number
	NoPlace         Code = "no-place"         // where the meeting is held is not noted
	NoRecorder      Code = "no-recorder"      // nobody is named
	ItemsUnrecorded Code = "items-unrecorded" // how many, titles
	WordsMissing    Code = "words-missing"    // how many self-criticisms, how many criticisms
)

// checkMinutes lists what the minutes lack. Nothing of it keeps the meeting from
// its end.
func (s *State) checkMinutes(warn warning) {
	warn(s.Where() == "", false, NoPlace)
	warn(s.Recorder == "", false, NoRecorder)
	var titles []string
	for _, it := range s.Agenda {
		if it.Status == Done && keptByNotes(it.Kind) && !s.talked(it) && !s.noted(it.No) {
			titles = append(titles, it.Title)
		}
	}
	warn(len(titles) > 0, false, ItemsUnrecorded, len(titles), strings.Join(titles, "、"))
	own, others := 0, 0
	for r := range s.Rounds.All() {
		if r.Spoke && len(r.Own) == 0 && r.Read == 0 {
			own++
		}
		for _, c := range r.Criticisms {
			if c.Text == "" {
				others++
			}
		}
	}
	warn(own+others > 0, false, WordsMissing, own, others)
}

// keptByNotes reports whether the minutes of a kind of item are only what the
// recorder writes: the others' tell what was done.
func keptByNotes(kind string) bool {
	switch kind {
	case preset.Opening, preset.Study, preset.LastYear, preset.Briefing, preset.SelfCheck, preset.Rectification, preset.Remark:
		return true
	}
	return false
}

// noted reports whether there is a note about an item.
func (s *State) noted(item int) bool {
	return slices.ContainsFunc(s.Notes, func(n Note) bool { return n.Item == item })
}

// NotePlace notes where the meeting is held.
type NotePlace struct{ Place string }

func (c NotePlace) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActPlace); no != nil {
		return nil, no
	}
	if bad := badText(c.Place, 60); bad != nil {
		return nil, bad
	}
	if c.Place == s.Place {
		return nil, nil
	}
	return []Fact{PlaceNoted(c)}, nil
}

// Where is where the meeting is held: as noted, or as the notice that was sent
// says; "" if neither says it.
func (s *State) Where() string {
	if s.Place != "" {
		return s.Place
	}
	r, _ := s.only("notice") // none has no place
	if r = r.handed(); r.State != Sent {
		return ""
	}
	return r.Value("place")
}

// PlaceNoted says where the meeting is held.
type PlaceNoted struct {
	Place string `json:"place"`
}

func (f PlaceNoted) apply(s *State, _ Event) { s.Place = f.Place }

// Note is what the recorder wrote down during an item.
type Note struct {
	Item int // number of the item, from 1
	By   MemberID
	At   time.Time
	Text string
}

// Correction is what was written below a note that is wrong. The note stays.
type Correction struct {
	Of   int // number of the note, from 1
	By   MemberID
	At   time.Time
	Text string
}

// TakeNote writes into the minutes of an item that was opened, or corrects a
// note: what was written stays, and the correction stands below it.
type TakeNote struct {
	Text     string
	Item     int // 0: of the open item, or of the note that is corrected
	Corrects int // number of a note, from 1; 0: none
}

func (c TakeNote) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActNote); no != nil {
		return nil, no
	}
	if bad := badSpeech(c.Text); bad != nil {
		return nil, bad
	}
	if no := first(s.badNote(c), s.othersNote(r.By, c)); no != nil {
		return nil, no
	}
	f := Noted{Item: c.Item, Text: tidy(c.Text), Corrects: c.Corrects}
	switch {
	case c.Corrects > 0:
		f.Item = s.Notes[c.Corrects-1].Item
	case c.Item == 0:
		f.Item = s.itemNo()
	}
	return []Fact{f}, nil
}

// badNote refuses a note about an item that was never opened, and a correction
// of what is no note.
func (s *State) badNote(c TakeNote) *Refusal {
	if c.Corrects < 0 || c.Corrects > len(s.Notes) {
		return refuse(NoSuchNote, c.Corrects)
	}
	if c.Item != 0 && (c.Item < 1 || c.Item > len(s.Agenda)) {
		return refuse(BadNumber, c.Item, 1, len(s.Agenda))
	}
	if c.Item != 0 && s.Agenda[c.Item-1].Times == 0 {
		return refuse(WrongItem, s.Agenda[c.Item-1].Title)
	}
	return nil
}

// othersNote keeps the recorder of a 党小组 to the open item, and to their own
// notes.
func (s *State) othersNote(who MemberID, c TakeNote) *Refusal {
	elsewhere := c.Item != 0 && c.Item != s.itemNo()
	return need(s.records(who) || !elsewhere && (c.Corrects == 0 || s.Notes[c.Corrects-1].By == who), RecorderOnly)
}

// Noted carries what the recorder wrote.
type Noted struct {
	Item     int    `json:"item"` // number of the item that it is about
	Text     string `json:"text"`
	Corrects int    `json:"corrects,omitempty"` // number of the note that it corrects, from 1
}

func (f Noted) apply(s *State, e Event) {
	if f.Corrects > 0 {
		s.Corrections = append(s.Corrections, Correction{Of: f.Corrects, By: e.By, At: e.At, Text: f.Text})
		return
	}
	s.Notes = append(s.Notes, Note{Item: f.Item, By: e.By, At: e.At, Text: f.Text})
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

// allHands is the show of hands in which all 正式党员 in the room are in favour;
// nil where even that does not pass.
func (s *State) allHands() *Hands {
	h := Hands{Yes: s.Roll().HereFormal}
	if !s.weigh("", h).Passed {
		return nil
	}
	return &h
}

// passed weighs a show of hands that is to carry a proposal, and refuses one that
// does not.
func (s *State) passed(text string, h Hands) (*Resolved, *Refusal) {
	if no := s.badHands(h); no != nil {
		return nil, no
	}
	r := s.weigh(text, h)
	d := s.Rules.Decision
	return &r, first(need(r.Quorum, HandsNoQuorum, r.Present, r.Expected), need(r.Passed, NotPassed, h.Yes, r.Expected, d.PassNum, d.PassDen))
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
	s.Resolutions = append(s.Resolutions, f.resolution(e.At))
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
