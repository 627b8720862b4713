package meeting

import (
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// What may be done with the floor.
const (
	ActFloor  Action = "floor" // ask for it
	ActYield  Action = "yield"
	ActCall   Action = "call" // give it
	ActPause  Action = "pause"
	ActExtend Action = "extend"

	ActCountdown Action = "countdown" // how long the speaker still has
)

var floorActions = []action{
	{ActFloor, forMembers, (*State).mayAskFloor},
	{ActYield, forMembers, (*State).mayYield},
	{ActCall, forConsole, (*State).whileLive},
	{ActPause, forConsole, (*State).mayTime},
	{ActExtend, forConsole, (*State).mayTime},
	{ActCountdown, forConsole, (*State).mayTime},
}

// Why something about the floor is refused.
const (
	HasFloor     Code = "has-floor" // name
	InQueue      Code = "in-queue"
	NobodySpeaks Code = "nobody-speaks"
	NotYourFloor Code = "not-your-floor"
)

func (s *State) mayAskFloor(m Member) *Refusal {
	if s.Floor.Speaker == m.ID {
		return first(s.live(), s.here(m.ID), refuse(HasFloor, s.Called(m.ID)))
	}
	return first(s.live(), s.here(m.ID),
		s.apartNow(m.ID),
		need(!slices.Contains(s.Floor.Queue, m.ID), InQueue))
}

// mayYield lets the speaker and those in the queue give up the floor, and the
// console end a speech.
func (s *State) mayYield(m Member) *Refusal {
	waits := slices.Contains(s.Floor.Queue, m.ID)
	if s.Floor.Speaker == "" && !waits {
		return first(s.live(), need(s.runs(m.ID), NotYourFloor), refuse(NobodySpeaks))
	}
	return need(s.Floor.Speaker == m.ID || waits || s.runs(m.ID), NotYourFloor)
}

// mayTime allows a change of the clock while somebody speaks.
func (s *State) mayTime(Member) *Refusal {
	return first(s.live(), need(s.Floor.Speaker != "", NobodySpeaks))
}

// Purpose is what a speaker has the floor for. It decides the time limit.
type Purpose string

// The purposes.
const (
	ForSpeech        Purpose = "speech"
	ForSelfCriticism Purpose = "self-criticism"
	ForCriticism     Purpose = "criticism"
	ForResponse      Purpose = "response"
)

// Floor is who speaks, since when, and who waits.
type Floor struct {
	Speaker MemberID // "" when nobody has the floor
	For     Purpose
	Since   time.Time
	Limit   int           // seconds; 0: none
	Spent   time.Duration // spoken before the last pause
	Paused  bool
	Queue   []MemberID
}

// OnlySpoke reports whether all that has happened since an earlier state is that the
// floor went among others than who: they do not speak and do not wait for it, then or
// now. Whether anybody speaks, and who has criticised whom, is the same too.
func (s *State) OnlySpoke(earlier *State, who MemberID) bool {
	if earlier == nil || s.Phase != Live || earlier.Phase != Live || s.Floor.concerns(who) || earlier.Floor.concerns(who) {
		return false
	}
	if (s.Floor.Speaker == "") != (earlier.Floor.Speaker == "") {
		return false
	}
	for c := range s.Chronicle.Backward() {
		if c == earlier.Chronicle {
			return true
		}
		switch f := c.Fact.(type) {
		case FloorAsked, FloorWithdrawn, FloorGiven, ClockPaused, ClockExtended, ClockSet:
		case FloorYielded:
			if f.Criticised != "" {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// concerns reports whether somebody speaks or waits for the floor.
func (f Floor) concerns(who MemberID) bool {
	return f.Speaker == who || slices.Contains(f.Queue, who)
}

// Elapsed returns how long the speaker has spoken at now, without pauses.
func (f Floor) Elapsed(now time.Time) time.Duration {
	if f.Speaker == "" || f.Paused {
		return f.Spent
	}
	return f.Spent + max(0, now.Sub(f.Since))
}

// AskFloor puts the caller at the end of the queue.
type AskFloor struct{}

func (AskFloor) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActFloor); no != nil {
		return nil, no
	}
	return []Fact{FloorAsked{ID: r.By}}, nil
}

// FloorAsked says that a person waits for the floor.
type FloorAsked struct {
	ID MemberID `json:"id"`
}

func (f FloorAsked) apply(s *State, _ Event) { s.Floor.Queue = added(s.Floor.Queue, f.ID) }

// GiveFloor lets a person speak; whoever spoke until now has finished.
type GiveFloor struct{ ID MemberID }

func (c GiveFloor) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActCall); no != nil {
		return nil, no
	}
	m, ok := s.Member(c.ID)
	switch {
	case !ok:
		return nil, s.known(c.ID)
	case !s.present(c.ID):
		return nil, refuse(NotPresent, s.Called(m.ID))
	case s.Floor.Speaker == c.ID:
		return nil, refuse(HasFloor, s.Called(m.ID))
	case s.apartNow(c.ID) != nil:
		return nil, s.apartNow(c.ID)
	}
	return append(s.endSpeech(r.At), s.floorFor(c.ID)), nil
}

// floorFor returns the purpose and the time limit with which a person would get
// the floor now.
func (s *State) floorFor(id MemberID) FloorGiven {
	limits := s.Limits()
	if round, ok := s.Round(s.Subject); ok && s.at(preset.Criticism) {
		switch {
		case id == s.Subject && round.Part == PartSelf:
			return FloorGiven{ID: id, For: ForSelfCriticism, Limit: limits.SelfCriticism}
		case id == s.Subject:
			return FloorGiven{ID: id, For: ForResponse, Limit: limits.Response}
		default:
			return FloorGiven{ID: id, For: ForCriticism, Limit: limits.Criticism}
		}
	}
	return FloorGiven{ID: id, For: ForSpeech, Limit: limits.Speech}
}

// FloorGiven says that a person began to speak.
type FloorGiven struct {
	ID    MemberID `json:"id"`
	For   Purpose  `json:"for"`
	Limit int      `json:"limit_s"` // 0: none
}

func (f FloorGiven) apply(s *State, e Event) {
	queue := slices.DeleteFunc(slices.Clone(s.Floor.Queue), func(id MemberID) bool { return id == f.ID })
	s.Floor = Floor{Speaker: f.ID, For: f.For, Since: e.At, Limit: f.Limit, Queue: queue}
}

// YieldFloor ends the present speech, asked for by the speaker or the
// facilitator. Somebody who only waits leaves the queue, unless they name whose
// speech they end.
type YieldFloor struct{ Of MemberID }

func (c YieldFloor) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActYield); no != nil {
		return nil, no
	}
	if c.Of != "" {
		if no := first(need(c.Of == r.By || s.runs(r.By), NotYourFloor), need(s.Floor.Speaker == c.Of, NobodySpeaks)); no != nil {
			return nil, no
		}
		return s.endSpeech(r.At), nil
	}
	if s.Floor.Speaker != r.By && slices.Contains(s.Floor.Queue, r.By) {
		return []Fact{FloorWithdrawn{ID: r.By}}, nil
	}
	return s.endSpeech(r.At), nil
}

// longestSpeech is as long as a speech may have lasted. What is longer was never
// measured: the server was away, and is back another day.
const longestSpeech = 12 * time.Hour

// endSpeech returns the fact that ends the present speech, or none if nobody
// speaks.
func (s *State) endSpeech(at time.Time) []Fact {
	if s.Floor.Speaker == "" {
		return nil
	}
	f := FloorYielded{ID: s.Floor.Speaker, For: s.Floor.For}
	if spoken := s.Floor.Elapsed(at); spoken <= longestSpeech {
		f.Seconds = int(spoken.Seconds())
	}
	if s.criticised(f.ID, f.For) {
		f.Criticised = s.Subject
	}
	return []Fact{f}
}

// FloorYielded says that a person finished speaking, after how many seconds; 0
// where that was not measured.
type FloorYielded struct {
	ID         MemberID `json:"id"`
	For        Purpose  `json:"for"`
	Seconds    int      `json:"seconds"`
	Criticised MemberID `json:"criticised,omitempty"` // whom the speech criticised, while its words are not written down
}

func (f FloorYielded) apply(s *State, e Event) {
	s.Floor = Floor{Queue: s.Floor.Queue}
	if f.Criticised != "" {
		s.change(f.Criticised, func(r *Round) { r.Criticisms = added(r.Criticisms, Speech{From: f.ID, At: e.At, By: e.By}) })
	}
}

// FloorWithdrawn says that a person no longer waits for the floor.
type FloorWithdrawn struct {
	ID MemberID `json:"id"`
}

func (f FloorWithdrawn) apply(s *State, _ Event) {
	s.Floor.Queue = slices.DeleteFunc(slices.Clone(s.Floor.Queue), func(id MemberID) bool { return id == f.ID })
}

// PauseClock stops the speaker's clock, or lets it run again.
type PauseClock struct{}

func (PauseClock) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActPause); no != nil {
		return nil, no
	}
	return []Fact{ClockPaused{Paused: !s.Floor.Paused}}, nil
}

// ClockPaused says that the clock was stopped or started again.
type ClockPaused struct {
	Paused bool `json:"paused"`
}

func (f ClockPaused) apply(s *State, e Event) {
	s.Floor.Spent, s.Floor.Since, s.Floor.Paused = s.Floor.Elapsed(e.At), e.At, f.Paused
}

// ExtendClock gives the speaker more seconds, at most an hour at a time. A clock
// without a limit stays without one.
type ExtendClock struct{ Seconds int }

func (c ExtendClock) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActExtend); no != nil {
		return nil, no
	}
	if c.Seconds < 1 || c.Seconds > 3600 {
		return nil, refuse(BadNumber, c.Seconds, 1, 3600)
	}
	if s.Floor.Limit == 0 {
		return nil, nil
	}
	return []Fact{ClockExtended(c)}, nil
}

// ClockExtended says that the speaker got more seconds.
type ClockExtended struct {
	Seconds int `json:"seconds"`
}

func (f ClockExtended) apply(s *State, _ Event) { s.Floor.Limit += f.Seconds }

// Countdown gives the speaker so many seconds from now, at most an hour, whatever
// their limit was.
type Countdown struct{ Seconds int }

func (c Countdown) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActCountdown); no != nil {
		return nil, no
	}
	if c.Seconds < 1 || c.Seconds > longestLimit {
		return nil, refuse(BadNumber, c.Seconds, 1, longestLimit)
	}
	return []Fact{ClockSet{Limit: int(s.Floor.Elapsed(r.At).Seconds()) + c.Seconds}}, nil
}

// ClockSet says that the speaker has another time limit.
type ClockSet struct {
	Limit int `json:"limit_s"` // of the whole speech
}

func (f ClockSet) apply(s *State, _ Event) { s.Floor.Limit = f.Limit }
