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
// criticism.go, outline.go, selfrating.go, vote.go, rating.go, note.go, feedback.go, ledger.go,
// rehearsal.go. What a person may do now, and why not, is [May]; what the
// facilitator would sensibly do next is [NextStep], what takes back their last
// step [LastStep].
package meeting

import (
	"fmt"
	"strings"
	"time"
)

// MemberID is the 编号 of a person on the roster, as m01.
type MemberID string

// Keeper is who works on the server's own machine: founds a branch, imports
// its roster, issues codes. No person on a roster has this id.
const Keeper MemberID = ""

// Screen is the projector: it sees, and may do nothing.
const Screen MemberID = "screen"

// Booth is a terminal that members without a device share: it may do nothing
// either. Who has typed their code at it acts in their own name.
const Booth MemberID = "booth"

// RequestID tells a request that is sent again, after a line broke or an answer
// was lost, from a new one. "" is a request that nobody sends again.
type RequestID string

// Request is a wish of a person at a moment. At comes from the caller's clock.
type Request struct {
	ID RequestID
	By MemberID
	At time.Time
	Do Command
}

// Command is something that a person may ask for. The commands are the
// exported structs with a decide method, beside the noun they concern.
type Command interface {
	decide(s *State, r Request) ([]Fact, error)
}

// Fact is something that happened. Facts are what is stored; each knows its
// stable name (codec.go) and how it changes the state.
type Fact interface {
	apply(s *State, e Event)
}

// Event is a fact with who and when, and from which request it follows.
type Event struct {
	ID   RequestID
	By   MemberID
	At   time.Time
	Fact Fact
}

// Decide returns the events that follow from r, or a *[Refusal]. It changes
// nothing. Time never runs back in a log: a request from before the newest event
// counts as of its moment.
func Decide(s *State, r Request) ([]Event, error) {
	r.At = r.At.UTC().Round(0) // no monotonic part: as it is read back
	if s.Chronicle != nil && r.At.Before(s.Chronicle.At) {
		r.At = s.Chronicle.At
	}
	facts, err := r.Do.decide(s, r)
	if err != nil {
		return nil, err
	}
	events := make([]Event, len(facts))
	for i, f := range facts {
		events[i] = Event{ID: r.ID, By: r.By, At: r.At, Fact: f}
	}
	return events, nil
}

// Apply returns the state after e. It never fails and leaves s as it was. What
// does not fit the state, as only a foreign log can hold, changes nothing but
// the chronicle.
func Apply(s *State, e Event) *State {
	next := *s
	if s.Rules != nil || begins(e.Fact) {
		e.Fact.apply(&next, e)
	}
	next.Chronicle = &Chronicle{Event: e, N: s.Chronicle.Len() + 1, Item: s.itemNo(), before: s.Chronicle}
	return &next
}

// begins reports whether f is the first fact of a log.
func begins(f Fact) bool {
	switch f.(type) {
	case Founded, RehearsalBegun:
		return true
	}
	return false
}

// Code names a reason for a refusal or a check, in the file of its noun. What
// its arguments are stands behind it. Every code has a sentence where a person
// reads it.
type Code string

// Refusal says why a command was refused. The domain does not speak: Code is
// turned into a sentence where a person reads it. Args are the numbers, names
// and words that the sentence needs; never a choice in a vote.
type Refusal struct {
	Code Code
	Args []string
}

// Error gives the code and its arguments, for logs.
func (r *Refusal) Error() string {
	return "refused: " + string(r.Code) + " " + strings.Join(r.Args, " ")
}

func refuse(code Code, args ...any) *Refusal {
	r := &Refusal{Code: code}
	for _, a := range args {
		r.Args = append(r.Args, fmt.Sprint(a))
	}
	return r
}
