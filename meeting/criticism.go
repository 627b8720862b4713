package meeting

import (
	"cmp"
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// What may be done in 批评与自我批评.
const (
	ActSelfCriticise Action = "self-criticise"
	ActCriticise     Action = "criticise"
	ActRespond       Action = "respond"
	ActTurn          Action = "turn"
	ActRecord        Action = "record" // write for somebody else
)

var criticismActions = []action{
	{ActSelfCriticise, forMembers, (*State).mayCriticise},
	{ActCriticise, forMembers, (*State).mayCriticise},
	{ActRespond, forMembers, (*State).mayCriticise},
	{ActTurn, forConsole, (*State).mayTurn},
	{ActRecord, forRecorders, (*State).mayRecord},
}

// Why something in it is refused, and what is amiss with it.
const (
	CriticisesSelf Code = "criticises-self"
	AllHeard       Code = "all-heard"
	SomeUnheard    Code = "some-unheard"    // how many
	SomeUnreviewed Code = "some-unreviewed" // how many
	SomeSilent     Code = "some-silent"     // how many
)

// mayCriticise lets every party member in the room hand in words of their own.
func (s *State) mayCriticise(m Member) *Refusal {
	return first(s.live(), need(m.InParty(), PartyOnly), s.here(m.ID), s.During(preset.Criticism))
}

func (s *State) mayTurn(Member) *Refusal { return first(s.live(), s.During(preset.Criticism)) }

var criticismItem = itemKind{
	check:     (*State).checkCriticism,
	untouched: func(s *State) bool { return s.Rounds.Len() == 0 },
	step:      (*State).criticismStep,
	left:      (*State).criticismLeft,
}

func (s *State) checkCriticism(warn warning) {
	n := len(s.Unheard())
	warn(n > 0, true, SomeUnheard, n)
	n = len(s.Unreviewed())
	warn(n > 0, true, SomeUnreviewed, n)
	n = len(s.Silent())
	warn(n > 0, false, SomeSilent, n)
	s.checkGroups(warn)
}

func (s *State) criticismStep(next Step) Step {
	step := Step{Act: ActTurn, Do: Advance{}}
	round, _ := s.Round(s.Subject)
	switch {
	case s.Subject == "" && s.NextSubject() == "":
		return next
	case s.Subject == "":
		step.Who = []MemberID{s.NextSubject()}
	case round.Part == PartCriticism && s.nextInQueue() != "":
		step.Who = []MemberID{s.nextInQueue()}
	default:
		step.Who = []MemberID{s.Subject}
	}
	return step
}

// RoundPart is how far a person's round has come.
type RoundPart string

// The parts of a round. Heard exists only where all self-criticisms come first:
// the person has spoken and waits for the others' criticism.
const (
	PartNone      RoundPart = ""
	PartSelf      RoundPart = "self"
	PartHeard     RoundPart = "heard"
	PartCriticism RoundPart = "criticism"
	PartResponse  RoundPart = "response"
	PartDone      RoundPart = "done"
)

// Round is one person's turn in 批评与自我批评: 自我批评, 批评意见 × k, 表态.
type Round struct {
	Subject    MemberID
	Part       RoundPart
	Spoke      bool     // the self-criticism was heard, or its words were handed in
	Own        []Speech // words of the self-criticism
	Criticisms []Speech // of others
	Responses  []Speech
	Read       int `json:",omitzero"` // the revision of the absent person's outline that was read out; 0: none
}

// Speech is what somebody said, as handed in or written down.
type Speech struct {
	From MemberID
	Text string // "" if only the fact that they spoke from the floor is known
	At   time.Time
	By   MemberID // who wrote it: From, or the recorder
}

// Round returns the round of a person; ok is false if it has not begun.
func (s *State) Round(id MemberID) (Round, bool) {
	if i := s.round(id); i >= 0 {
		return *s.Rounds.get(i), true
	}
	return Round{Subject: id}, false
}

func (s *State) round(id MemberID) int {
	a := s.asked()
	if a == nil {
		return s.Rounds.index(func(r *Round) bool { return r.Subject == id })
	}
	at := a.rounds.get(func() map[MemberID]int {
		at := make(map[MemberID]int, s.Rounds.Len())
		for i := range s.Rounds.Len() {
			at[s.Rounds.get(i).Subject] = i
		}
		return at
	})
	if i, begun := at[id]; begun {
		return i
	}
	return -1
}

// change lets f change a copy of a person's round, begun if needed, and puts it
// in its place.
func (s *State) change(id MemberID, f func(*Round)) {
	at, r := s.round(id), Round{Subject: id}
	if at < 0 {
		at = s.Rounds.Len()
	} else {
		r = *s.Rounds.get(at)
	}
	f(&r)
	s.Rounds = s.Rounds.with(at, &r, s.alone)
}

// Critics lists who has criticised the person, each once, in order of the first
// time.
func (r Round) Critics() []MemberID {
	var ids []MemberID
	for _, c := range r.Criticisms {
		if !slices.Contains(ids, c.From) {
			ids = append(ids, c.From)
		}
	}
	return ids
}

// unbegun reports whether nothing is known of a round.
func (r Round) unbegun() bool {
	return r.Part == PartNone && !r.Spoke && len(r.Own)+len(r.Criticisms)+len(r.Responses) == 0
}

// CountCriticism counts the self-criticisms and the criticisms (DOMAIN.md §4.10). A
// speech without words counts as one.
func (s *State) CountCriticism() (own, mutual int) {
	for r := range s.Rounds.All() {
		own += len(r.Own)
		if r.Spoke && len(r.Own) == 0 {
			own++
		}
		mutual += len(r.Criticisms)
	}
	return own, mutual
}

// Silent lists the party members in the room who have not criticised anybody
// yet.
func (s *State) Silent() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.silent }, func(s *State) []MemberID {
		spoke := map[MemberID]bool{}
		for r := range s.Rounds.All() {
			for _, c := range r.Criticisms {
				spoke[c.From] = true
			}
		}
		return having(s.Participants(), func(id MemberID) bool { return !spoke[id] && s.present(id) })
	})
}

// Unheard lists the participants who have not made their self-criticism.
func (s *State) Unheard() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.unheard }, func(s *State) []MemberID {
		return having(s.Participants(), func(id MemberID) bool { r, _ := s.Round(id); return !r.Spoke })
	})
}

// Unreviewed lists the participants who made their self-criticism and whose
// round has not ended: others may still criticise them.
func (s *State) Unreviewed() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.unreviewed }, func(s *State) []MemberID {
		return having(s.Participants(), func(id MemberID) bool {
			r, _ := s.Round(id)
			return r.Spoke && r.Part != PartDone
		})
	})
}

// takesTurn reports whether a round can be held for a person: they are in the
// room, handed in written material, or made their self-criticism before they
// left.
func (s *State) takesTurn(id MemberID) bool {
	r, _ := s.Round(id)
	return s.present(id) || s.Attendance.Of(id).Written || r.Spoke
}

// NextSubject returns the person whose round comes next, "" when all are done.
func (s *State) NextSubject() MemberID {
	return once(s, func(a *answers) *answer[MemberID] { return &a.next }, (*State).findSubject)
}

func (s *State) findSubject() MemberID {
	find := func(among []MemberID, want func(RoundPart) bool) MemberID {
		for _, id := range among {
			if r, _ := s.Round(id); want(r.Part) && s.takesTurn(id) {
				return id
			}
		}
		return ""
	}
	for _, group := range s.inGroups(s.Participants()) {
		if s.Rules.MutualReview == preset.AfterAll {
			if id := find(group, RoundPart.unheard); id != "" {
				return id
			}
		}
		if id := find(group, func(g RoundPart) bool { return g != PartDone }); id != "" {
			return id
		}
	}
	return ""
}

// ToCome lists whose turns come after the present one, in order. Where all
// self-criticisms come first, everybody comes once more for the others' criticism.
func (s *State) ToCome() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.toCome }, func(s *State) []MemberID {
		var list []MemberID
		for _, group := range s.inGroups(s.Participants()) {
			list = append(list, s.toCome(group)...)
		}
		return slices.Clip(list)
	})
}

// toCome is [State.ToCome] among those who criticise each other.
func (s *State) toCome(among []MemberID) []MemberID {
	var own, review []MemberID
	for _, id := range among {
		r, _ := s.Round(id)
		if r.Part == PartDone || !s.takesTurn(id) {
			continue
		}
		if id != s.Subject && r.Part.unheard() {
			own = append(own, id)
		}
		if id != s.Subject || r.Part.unheard() {
			review = append(review, id)
		}
	}
	if s.Rules.MutualReview == preset.AfterAll {
		return append(own, review...)
	}
	return slices.DeleteFunc(review, func(id MemberID) bool { return id == s.Subject })
}

// unheard reports whether the self-criticism has not ended yet.
func (g RoundPart) unheard() bool { return g == PartNone || g == PartSelf }

// Turn begins a person's round, the next one's if ID is "", and ends the
// present speech. A person who was heard already goes back to the criticism of
// them.
type Turn struct{ ID MemberID }

func (c Turn) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActTurn); no != nil {
		return nil, no
	}
	if c.ID == "" {
		c.ID = s.NextSubject()
	}
	if c.ID == "" {
		return nil, refuse(AllHeard)
	}
	if _, ok := s.Member(c.ID); !ok {
		return nil, s.known(c.ID)
	}
	if !slices.Contains(s.Participants(), c.ID) || !s.takesTurn(c.ID) {
		return nil, s.noPart(c.ID)
	}
	part := PartSelf
	if round, _ := s.Round(c.ID); !round.Part.unheard() {
		part = PartCriticism
	}
	return s.partFacts(r.At, c.ID, part), nil
}

// noPart is why somebody on the roster takes no part in it: a guest, however long they
// have been in the room, or a member who has neither come nor handed in anything.
func (s *State) noPart(id MemberID) *Refusal {
	m, _ := s.Member(id)
	return first(need(m.InParty(), NotInParty, s.Called(id)), refuse(TakesNoPart, s.Called(id)))
}

// partFacts ends the present speech, moves a person's round to a part, and
// gives the floor to that person where the part is theirs.
func (s *State) partFacts(at time.Time, id MemberID, part RoundPart) []Fact {
	facts := append(s.endSpeech(at), s.moved(id, part))
	if !s.present(id) {
		return facts // written material is read out by the recorder
	}
	switch part {
	case PartSelf:
		facts = append(facts, FloorGiven{ID: id, For: ForSelfCriticism, Limit: s.Limits().SelfCriticism})
	case PartResponse:
		facts = append(facts, FloorGiven{ID: id, For: ForResponse, Limit: s.Limits().Response})
	}
	return facts
}

// moved returns the fact that a round comes to a part. A person who leaves the
// self-criticism counts as heard.
func (s *State) moved(id MemberID, part RoundPart) RoundMoved {
	round, _ := s.Round(id)
	f := RoundMoved{ID: id, Part: part, Spoke: round.Spoke || round.Part == PartSelf && part != PartSelf}
	if part != PartSelf {
		f.Read = s.readOut(id)
	}
	return f
}

// RoundMoved says that a person's round came to a part of it.
type RoundMoved struct {
	ID    MemberID  `json:"id"`
	Part  RoundPart `json:"part"`
	Spoke bool      `json:"spoke"`          // the self-criticism was heard
	Read  int       `json:"read,omitempty"` // the revision of the absent person's outline that was read out with it
}

func (f RoundMoved) apply(s *State, _ Event) {
	s.Subject = f.ID
	s.change(f.ID, func(r *Round) {
		r.Part, r.Spoke, r.Read = f.Part, f.Spoke, max(r.Read, f.Read)
	})
	if f.Part == PartHeard || f.Part == PartDone {
		s.Subject = ""
	}
}

// Advance takes the next step within 批评与自我批评: it ends the present
// speech, then lets the next in the queue speak, the person respond, or the
// next round begin.
type Advance struct{}

func (Advance) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActTurn); no != nil {
		return nil, no
	}
	if s.Subject == "" {
		return Turn{}.decide(s, r)
	}
	switch round, _ := s.Round(s.Subject); round.Part {
	case PartSelf:
		if s.Rules.MutualReview == preset.AfterAll {
			return append(s.endSpeech(r.At), s.moved(s.Subject, PartHeard)), nil
		}
		return s.partFacts(r.At, s.Subject, PartCriticism), nil
	case PartCriticism:
		if next := s.nextInQueue(); next != "" {
			return append(s.endSpeech(r.At), FloorGiven{ID: next, For: ForCriticism, Limit: s.Limits().Criticism}), nil
		}
		if s.present(s.Subject) {
			return s.partFacts(r.At, s.Subject, PartResponse), nil
		}
	}
	return append(s.endSpeech(r.At), s.moved(s.Subject, PartDone)), nil
}

// nextInQueue returns the first person in the queue who is not the one under
// criticism.
func (s *State) nextInQueue() MemberID {
	for _, id := range s.Floor.Queue {
		if id != s.Subject {
			return id
		}
	}
	return ""
}

// CriticiseSelf hands in the words of the caller's self-criticism. A recorder
// writes for From.
type CriticiseSelf struct {
	From MemberID // "" for the caller
	Text string
}

func (c CriticiseSelf) decide(s *State, r Request) ([]Fact, error) {
	from, err := s.author(r, c.From, "", ActSelfCriticise, c.Text)
	if err != nil {
		return nil, err
	}
	return []Fact{SelfCriticised{ID: from, Text: tidy(c.Text)}}, nil
}

// SelfCriticised carries the words of a self-criticism.
type SelfCriticised struct {
	ID   MemberID `json:"id"`
	Text string   `json:"text"`
}

func (f SelfCriticised) apply(s *State, e Event) {
	s.change(f.ID, func(r *Round) {
		r.Spoke = true
		r.Own = added(r.Own, Speech{From: f.ID, Text: f.Text, At: e.At, By: e.By})
	})
}

// Criticise hands in the words of a criticism of a person, by the caller or, by
// a recorder, for From.
type Criticise struct {
	From MemberID // "" for the caller
	Of   MemberID
	Text string
}

func (c Criticise) decide(s *State, r Request) ([]Fact, error) {
	from, err := s.author(r, c.From, c.Of, ActCriticise, c.Text)
	if err != nil {
		return nil, err
	}
	_, ok := s.Member(c.Of)
	switch {
	case !ok:
		return nil, s.known(c.Of)
	case c.Of == from:
		return nil, refuse(CriticisesSelf)
	case !slices.Contains(s.Participants(), c.Of):
		return nil, s.noPart(c.Of)
	case s.Apart(from, c.Of) != nil:
		return nil, s.Apart(from, c.Of)
	}
	round, _ := s.Round(c.Of)
	spoken := 1 + slices.IndexFunc(round.Criticisms, func(c Speech) bool { return c.From == from && c.Text == "" })
	return []Fact{Criticised{From: from, Of: c.Of, Text: tidy(c.Text), Spoken: spoken}}, nil
}

// Criticised carries the words of a criticism.
type Criticised struct {
	From   MemberID `json:"from"`
	Of     MemberID `json:"of"`
	Text   string   `json:"text"`
	Spoken int      `json:"spoken,omitempty"` // of which criticism in the person's round these are the words, from 1; 0: of a new one
}

func (f Criticised) apply(s *State, e Event) {
	words := Speech{From: f.From, Text: f.Text, At: e.At, By: e.By}
	s.change(f.Of, func(r *Round) {
		if i := f.Spoken - 1; i >= 0 && i < len(r.Criticisms) {
			r.Criticisms = replaced(r.Criticisms, i, words)
		} else {
			r.Criticisms = added(r.Criticisms, words)
		}
	})
}

// criticised reports whether a speech counts as a criticism of the person whose
// turn it is: the speaker is another party member, and their words were not
// handed in already.
func (s *State) criticised(by MemberID, what Purpose) bool {
	m, _ := s.Member(by)
	round, ok := s.Round(s.Subject)
	return what == ForCriticism && m.InParty() && ok && by != s.Subject && !slices.Contains(round.Critics(), by)
}

// Respond hands in the words of a person's response (表态).
type Respond struct {
	From MemberID // "" for the caller
	Text string
}

func (c Respond) decide(s *State, r Request) ([]Fact, error) {
	from, err := s.author(r, c.From, "", ActRespond, c.Text)
	if err != nil {
		return nil, err
	}
	return []Fact{Responded{ID: from, Text: tidy(c.Text)}}, nil
}

// Responded carries the words of a response.
type Responded struct {
	ID   MemberID `json:"id"`
	Text string   `json:"text"`
}

func (f Responded) apply(s *State, e Event) {
	s.change(f.ID, func(r *Round) {
		r.Responses = added(r.Responses, Speech{From: f.ID, Text: f.Text, At: e.At, By: e.By})
	})
}

// author returns whose words a text is: the caller's, or those of the person
// for whom the caller writes as recorder. of is whom a criticism is about.
func (s *State) author(r Request, from, of MemberID, act Action, text string) (MemberID, error) {
	if from == "" || from == r.By {
		if no := May(s, r.By, act); no != nil {
			return "", no
		}
		from = r.By
	} else {
		if no := May(s, r.By, ActRecord); no != nil {
			return "", no
		}
		if _, ok := s.Member(from); !ok {
			return "", s.known(from)
		}
		if no := s.During(preset.Criticism); no != nil {
			return "", no
		}
		if !slices.Contains(s.Participants(), from) {
			return "", s.noPart(from)
		}
		if no := s.notFor(r.By, cmp.Or(of, from)); no != nil {
			return "", no
		}
	}
	if bad := badSpeech(text); bad != nil {
		return "", bad
	}
	return from, nil
}
