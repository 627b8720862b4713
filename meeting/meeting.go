// Package meeting is one branch's meeting as a pure state machine: what may
// happen, and what happened.
//
// A [Request] asks for a [Command]; [Decide] answers with the events that
// follow from it, or with a [Refusal]; [Apply] folds an event into the next
// [State]. A published State is never changed: Apply copies what it touches.
// There is no clock, no randomness and no I/O here: the time and every random
// value come with the request.
//
// Each noun of the domain has one file with its actions and who may do them, its
// refusals, its commands, its facts, its rules and its part of the state: roster.go, attendance.go, agenda.go, floor.go,
// recess.go, criticism.go, outline.go, selfrating.go, vote.go, rating.go, note.go, feedback.go, ledger.go,
// rehearsal.go. What a person may do now, and why not, is [May]; what the
// facilitator would sensibly do next is [NextStep], what takes back their last
// step [LastStep].
package meeting

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MemberID is the 编号 of a person on the roster, as m01.
type MemberID string

// Keeper stands for the person at the server's own machine, who founds
// branches, imports rosters and issues codes. It is the id of nobody on a
// roster.
const Keeper MemberID = ""

// Screen is the projector. It sees, and may do nothing.
const Screen MemberID = "screen"

// Booth is a terminal that members without a device share. It may do nothing
// itself; whoever types their code there acts in their own name.
const Booth MemberID = "booth"

// RequestID identifies a request that may be sent again after a line broke or
// an answer was lost. "" is a request that nobody sends again.
type RequestID string

// Request asks for a command. At comes from the caller's clock.
type Request struct {
	ID RequestID
	By MemberID
	At time.Time
	Do Command

	Code     string    // keyed hash of By's join code, on which the session stands; "": it stands on none
	Device   string    // public key of By's device that is remembered, on which it stands instead
	Superior *Superior // who acts in By's place for the organisation above; nil: somebody of the branch
}

// Command is something that a person may ask for: an exported struct with a
// decide method, in the file of its noun.
type Command interface {
	decide(s *State, r Request) ([]Fact, error)
}

// Fact is something that happened. Facts are stored under a stable name
// (codec.go); apply changes the state.
type Fact interface {
	apply(s *State, e Event)
}

// Event is a fact with its time, its author and the request that led to it.
type Event struct {
	ID   RequestID
	By   MemberID
	At   time.Time
	Fact Fact
}

// Decide returns the events that follow from r, or a *[Refusal]. It changes
// nothing. Time never runs back in a log: a request that is older than the
// newest event gets that event's time.
func Decide(s *State, r Request) ([]Event, error) {
	r.At = r.At.UTC().Round(0) // no monotonic part: as it is read back
	if s.Chronicle != nil && r.At.Before(s.Chronicle.At) {
		r.At = s.Chronicle.At
	}
	if r.Superior != nil {
		r.By = SuperiorID(r.Superior.ID)
	}
	if no := s.standsOn(r); no != nil {
		return nil, no
	}
	switch r.Do.(type) {
	case Prune:
	case Found: // refused, but not because of the year
	default:
		if no := s.followed(); no != nil {
			return nil, no
		}
	}
	if no := s.archived(); no != nil && !outlasts(r.Do) {
		return nil, no
	}
	facts, err := r.Do.decide(s.Knowing(r.Superior), r)
	if err != nil {
		return nil, err
	}
	facts = s.introduced(r, facts)
	events := make([]Event, len(facts))
	for i, f := range facts {
		events[i] = Event{ID: r.ID, By: r.By, At: r.At, Fact: f}
		if o, unsigned := f.(OpinionHandedIn); unsigned {
			events[i] = s.unnamed(o)
		}
	}
	return events, nil
}

// Apply returns the state after e. It never fails and never changes s. An event
// that does not fit the state, as only a foreign log can hold, changes nothing
// but the chronicle.
func Apply(s *State, e Event) *State {
	if s.alone {
		s.happen(e)
		return s
	}
	next := *s
	if !s.follows() {
		next.parted()
	}
	next.happen(e)
	return remembering(&next)
}

// happen makes s the state after e.
func (s *State) happen(e Event) {
	after := &Chronicle{Event: e, N: s.Chronicle.Len() + 1, Item: s.itemNo(), before: s.Chronicle, stood: s.standing(e.Fact)}
	if s.Rules != nil || begins(e.Fact) {
		e.Fact.apply(s, e)
	}
	s.Chronicle = after
}

// begins reports whether f is the first fact of a log.
func begins(f Fact) bool {
	switch f.(type) {
	case Founded, RehearsalBegun, YearBegun:
		return true
	}
	return false
}

// Code names the reason of a refusal or a check. It is declared in the file of
// its noun, with its arguments in a comment; its sentence is made where a
// person reads it.
type Code string

// Refusal says why a command was refused. The domain does not speak: the
// sentence is made from Code and Args where a person reads it. Args are
// numbers, names and words, never a choice in a vote.
type Refusal struct {
	Code Code
	Args []string
}

// Error gives the code and its arguments, for logs.
func (r *Refusal) Error() string {
	return "refused: " + string(r.Code) + " " + strings.Join(r.Args, " ")
}

func refuse(code Code, args ...any) *Refusal {
	return &Refusal{Code: code, Args: texts(args)}
}

// texts are what a sentence is told, as texts; nil: nothing.
func texts(args []any) []string {
	if len(args) == 0 {
		return nil
	}
	list := make([]string, len(args))
	for i, a := range args {
		switch a := a.(type) { // most are, and printing takes longer than what is decided
		case string:
			list[i] = a
		case MemberID:
			list[i] = string(a)
		case int:
			list[i] = strconv.Itoa(a)
		default:
			list[i] = fmt.Sprint(a)
		}
	}
	return list
}
