package meeting

import (
	"slices"
	"time"
)

// A recess (休会) interrupts the meeting until another day. Nothing of the
// meeting can be done meanwhile, and no clock counts it.

// What may be done about a recess.
const (
	ActAdjourn Action = "adjourn" // begin it
	ActResume  Action = "resume"  // 续会: end it
)

var recessActions = []action{
	{ActAdjourn, forConsole, (*State).mayAdjourn},
	{ActResume, forConsole, (*State).mayResume},
}

// Why something about a recess, or in it, is refused.
const (
	InRecess  Code = "in-recess" // the day on which the meeting goes on
	NoRecess  Code = "no-recess"
	RecessDay Code = "recess-day" // what is no day to come
)

// duringRecess are the actions that make sense while the meeting rests: to come
// back, to be there again, and what is written or read at any time.
var duringRecess = []Action{
	ActResume, ActStep, ActUndo, ActSignIn, ActAbsent, ActName, ActNote, ActPlace,
	ActResult, ActComments, ActBoard, ActBox, ActReceipt,
	ActPapers, ActRoster, ActCodes, ActKey, ActPrune, ActWriteOut,
}

// mayAdjourn refuses a recess while a vote is between its opening and its count:
// ballots and keys do not lie about for days.
func (s *State) mayAdjourn(Member) *Refusal {
	v := s.Vote()
	return first(s.live(), need(!s.boxIsOpen(), BoxIsOpen), need(v == nil || v.State != BoxClosed, VoteGoesOn))
}

func (s *State) mayResume(Member) *Refusal {
	_, rests := s.Resting()
	return first(s.live(), need(rests, NoRecess))
}

// whileResting refuses what can't be done in a recess. Records are written at any
// time.
func (s *State) whileResting(act Action) *Refusal {
	now, rests := s.Resting()
	if !rests || actionNamed(act).form != nil || slices.Contains(duringRecess, act) {
		return nil
	}
	return refuse(InRecess, now.Until)
}

// Recess is an interruption of the meeting.
type Recess struct {
	From  time.Time
	To    time.Time // zero: it lasts
	Until string    // the day on which the meeting was to go on, as 2017-03-27
}

// Resting returns the recess that lasts now; ok is false if there is none.
func (s *State) Resting() (now Recess, ok bool) {
	if n := len(s.Recesses); n > 0 && s.Recesses[n-1].To.IsZero() && s.Phase == Live {
		return s.Recesses[n-1], true
	}
	return Recess{}, false
}

// Worked returns the time between two moments without the recesses.
func (s *State) Worked(from, to time.Time) time.Duration {
	d := to.Sub(from)
	for _, r := range s.Recesses {
		begin, end := r.From, r.To
		if end.IsZero() || end.After(to) {
			end = to
		}
		if begin.Before(from) {
			begin = from
		}
		d -= max(0, end.Sub(begin))
	}
	return max(0, d)
}

// BeginRecess ends the present speech and interrupts the meeting until a day.
type BeginRecess struct{ Until string }

func (c BeginRecess) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActAdjourn); no != nil {
		return nil, no
	}
	today := r.At.In(s.Branch.Location()).Format(time.DateOnly)
	if _, err := time.Parse(time.DateOnly, c.Until); err != nil || c.Until < today {
		return nil, refuse(RecessDay, c.Until)
	}
	return append(s.endSpeech(r.At), RecessBegun(c)), nil
}

// RecessBegun says that the meeting rests until a day.
type RecessBegun struct {
	Until string `json:"until"`
}

func (f RecessBegun) apply(s *State, e Event) {
	s.Floor, s.Placard = Floor{}, Placard{}
	s.Recesses = added(s.Recesses, Recess{From: e.At, Until: f.Until})
}

// EndRecess goes on with the meeting where it stood.
type EndRecess struct{}

func (EndRecess) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActResume); no != nil {
		return nil, no
	}
	return []Fact{RecessEnded{}}, nil
}

// RecessEnded says that the meeting goes on.
type RecessEnded struct{}

func (RecessEnded) apply(s *State, e Event) {
	n := len(s.Recesses) - 1
	if n < 0 {
		return
	}
	now := s.Recesses[n]
	now.To = e.At
	s.Recesses = replaced(s.Recesses, n, now)
}
