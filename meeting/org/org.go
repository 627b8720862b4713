// Package org is the organisation above the branches (党总支) as a pure state
// machine beside the meeting's: who works in it, their join codes, and what its
// notice says of the year.
//
// It is made like package meeting: a [Request] asks for a [Command]; [Decide]
// answers with the events that follow, or with a refusal; [Apply] folds an event
// into the next [State], which is never changed once it was published. Its log
// has a place of its own beside the branches' ([ID]).
package org

import (
	"time"

	"pingyi/meeting"
)

// ID is the place of the organisation's log among those of the branches. No
// branch has this id.
const ID = "org"

// maxName is the longest name of an organisation or a person, in characters.
const maxName = 60

// Request asks for a command at a moment.
type Request struct {
	ID meeting.RequestID
	By meeting.MemberID // [meeting.Keeper]: who works on the server's own machine
	At time.Time
	Do Command

	// Code is the hash of the join code on which the caller's session stands; Device
	// the public key of the remembered device instead.
	Code, Device string
}

// Command is something that a person may ask for. The commands are the exported
// structs with a decide method.
type Command interface {
	decide(s *State, r Request) ([]Fact, error)
}

// Fact is something that happened, as it is stored.
type Fact interface {
	apply(s *State)
}

// Event is a fact with its time, its author and the request that led to it.
type Event struct {
	ID   meeting.RequestID
	By   meeting.MemberID
	At   time.Time
	Fact Fact
}

// State is the organisation at a moment. It is a value that is never changed.
type State struct {
	Name   string // "": not founded yet
	People []Person
	Codes  map[meeting.MemberID]string // keyed hashes of join codes, hexadecimal
	Former map[string]meeting.MemberID // whose codes these hashes were before they were replaced or ended: see CodeEnded
	Year   *Year                       // what the notice of the year says; nil: none was imported
	At     time.Time                   // of the newest event

	Devices    []meeting.Device // that are remembered
	LastDevice int              // the highest number that a device has had
}

// Decide returns the events that follow from r, or a *[meeting.Refusal] or a
// *[Fault]. Time
// never runs back in a log. The keeper does everything but what is about a person's
// own devices.
func Decide(s *State, r Request) ([]Event, error) {
	if no := s.mayAsk(r); no != nil {
		return nil, no
	}
	facts, err := r.Do.decide(s, r)
	if err != nil {
		return nil, err
	}
	at := r.At.UTC().Round(0) // no monotonic part: as it is read back
	if at.Before(s.At) {
		at = s.At
	}
	events := make([]Event, len(facts))
	for i, f := range facts {
		events[i] = Event{ID: r.ID, By: r.By, At: at, Fact: f}
	}
	return events, nil
}

// mayAsk refuses what is not the caller's, and everything once the code or the
// device on which they stand has ended.
func (s *State) mayAsk(r Request) *meeting.Refusal {
	switch r.Do.(type) {
	case RememberKey, ForgetKey:
	default:
		if r.By != meeting.Keeper {
			return &meeting.Refusal{Code: meeting.KeeperOnly}
		}
		return nil
	}
	if _, there := s.Person(r.By); !there {
		return &meeting.Refusal{Code: meeting.NotOnRoster}
	}
	if r.Device != "" {
		return s.DeviceEnded(r.By, r.Device)
	}
	return s.CodeEnded(r.By, r.Code)
}

// Apply returns the state after e. It never fails and leaves s as it was.
func Apply(s *State, e Event) *State {
	next := *s
	next.At = e.At
	e.Fact.apply(&next)
	return &next
}

// Found begins the organisation's log.
type Found struct{ Name string }

func (c Found) decide(s *State, _ Request) ([]Fact, error) {
	if s.Name != "" {
		return nil, &meeting.Refusal{Code: meeting.BranchExists, Args: []string{ID}}
	}
	if no := meeting.CheckText(c.Name, maxName); no != nil {
		return nil, no
	}
	return []Fact{Founded(c)}, nil
}

// Founded is the first fact of the log.
type Founded struct {
	Name string `json:"name"`
}

func (f Founded) apply(s *State) { s.Name = f.Name }
