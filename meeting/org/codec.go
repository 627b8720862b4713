package org

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pingyi/meeting"
)

// version is the version of every fact as it is written.
const version = 1

// ErrRecord is returned by [Machine.Decode] for bytes that are no event.
var ErrRecord = errors.New("org: not an event")

// stored is an event as it stands in a record.
type stored struct {
	ID      meeting.RequestID `json:"id,omitempty"`
	Kind    string            `json:"kind"`
	Version int               `json:"v"`
	By      meeting.MemberID  `json:"by"`
	At      time.Time         `json:"at"`
	Fact    json.RawMessage   `json:"fact"`
}

// kindOf returns the stable name of a fact.
func kindOf(f Fact) string {
	switch f.(type) {
	case Founded:
		return "founded"
	case PersonAdded:
		return "person-added"
	case PersonRemoved:
		return "person-removed"
	case CodesIssued:
		return "codes-issued"
	case YearSet:
		return "year-set"
	case KeyRemembered:
		return "key-remembered"
	case KeyForgotten:
		return "key-forgotten"
	}
	return ""
}

// read returns the fact of a kind from its JSON.
func read(kind string, text []byte) (Fact, error) {
	switch kind {
	case "founded":
		return readAs[Founded](text)
	case "person-added":
		return readAs[PersonAdded](text)
	case "person-removed":
		return readAs[PersonRemoved](text)
	case "codes-issued":
		return readAs[CodesIssued](text)
	case "year-set":
		return readAs[YearSet](text)
	case "key-remembered":
		return readAs[KeyRemembered](text)
	case "key-forgotten":
		return readAs[KeyForgotten](text)
	}
	return nil, fmt.Errorf("unknown kind %q", kind)
}

func readAs[F Fact](text []byte) (Fact, error) {
	var f F
	err := json.Unmarshal(text, &f)
	return f, err
}

// Machine gives [Decide], [Apply] and the codec the form that the room of
// package store expects.
type Machine struct{}

// New returns the state before the first event.
func (Machine) New() *State { return &State{} }

// Prepare returns the request: nothing of it takes long.
func (Machine) Prepare(r Request) Request { return r }

// Decide is [Decide].
func (Machine) Decide(s *State, r Request) ([]Event, error) { return Decide(s, r) }

// Apply is [Apply].
func (Machine) Apply(s *State, e Event) *State { return Apply(s, e) }

// Encode returns an event as it is stored. None has a blob.
func (Machine) Encode(e Event) (body []byte, class string, blob []byte, err error) {
	fact, err := json.Marshal(e.Fact)
	if err != nil {
		return nil, "", nil, fmt.Errorf("org: encode: %w", err)
	}
	body, err = json.Marshal(stored{e.ID, kindOf(e.Fact), version, e.By, e.At, fact})
	return body, "", nil, err
}

// Sum returns the SHA-256 of a blob.
func (Machine) Sum(_ Event, blob []byte) [32]byte { return sha256.Sum256(blob) }

// Decode reads what Encode wrote. It returns [ErrRecord] for anything else.
func (Machine) Decode(body, _ []byte) (Event, error) {
	var raw stored
	if err := json.Unmarshal(body, &raw); err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	if raw.Version != version {
		return Event{}, fmt.Errorf("%w: version %d, of which this program knows nothing", ErrRecord, raw.Version)
	}
	f, err := read(raw.Kind, raw.Fact)
	if err != nil {
		return Event{}, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	return Event{ID: raw.ID, By: raw.By, At: raw.At.UTC(), Fact: f}, nil
}

// RequestKey identifies a request by its id and caller.
func (Machine) RequestKey(r Request) string { return requestKey(r.By, r.ID) }

// EventKey returns the [Machine.RequestKey] of the request that led to an
// event.
func (Machine) EventKey(e Event) string { return requestKey(e.By, e.ID) }

func requestKey(by meeting.MemberID, id meeting.RequestID) string {
	if id == "" {
		return ""
	}
	return string(by) + " " + string(id)
}
