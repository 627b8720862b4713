package meeting

import "crypto/sha256"

// Machine gives [Decide], [Apply], [Encode] and [Decode] the form that the room
// of package store expects.
type Machine struct {
	Open OpenBox // nil: what was sealed for the log stays sealed
}

// OpenBox opens what the server has sealed under a key of its own before it was
// written; ok is false if it did not.
type OpenBox func(box []byte) (text []byte, ok bool)

// New is [NewState], with what opens sealed texts.
func (m Machine) New() *State {
	s := NewState()
	s.open = m.Open
	return s
}

// Prepare packs and hashes a ballot that is cast, which takes longer than all
// that depends on the state.
func (Machine) Prepare(r Request) Request {
	if c, ok := r.Do.(Cast); ok {
		r.Do = c.prepared()
	}
	return r
}

// Decide is [Decide].
func (Machine) Decide(s *State, r Request) ([]Event, error) { return Decide(s, r) }

// Apply is [Apply].
func (Machine) Apply(s *State, e Event) *State { return Apply(s, e) }

// Alone is [Machine.New] for somebody who shows the state to nobody: Apply changes it
// where it is, and returns it. So a log is folded without a copy for each of its
// facts, of which nobody would see one.
func (m Machine) Alone() *State {
	s := m.New()
	s.memo, s.alone = nil, true
	return s
}

// Shared ends that: the state may be shown, and is never changed again.
func (Machine) Shared(s *State) *State {
	s.alone = false
	return remembering(s)
}

// Encode is [Encode].
func (Machine) Encode(e Event) (body []byte, class string, blob []byte, err error) {
	body, named, blob, err := Encode(e)
	return body, string(named), blob, err
}

// Sum returns the SHA-256 of the blob of an event.
func (Machine) Sum(e Event, blob []byte) [32]byte {
	if f, ok := e.Fact.(BallotCast); ok {
		return f.sum()
	}
	return sha256.Sum256(blob)
}

// RequestKey identifies a request by its id and caller, so that an id is good
// for one person only; "" if the request has no id.
func (Machine) RequestKey(r Request) string { return requestKey(r.By, r.ID) }

// EventKey returns the [Machine.RequestKey] of the request that led to an
// event.
func (Machine) EventKey(e Event) string { return requestKey(e.By, e.ID) }

func requestKey(by MemberID, id RequestID) string {
	if id == "" {
		return ""
	}
	return string(by) + " " + string(id)
}

// Decode is [Decode].
func (Machine) Decode(body, blob []byte) (Event, error) { return Decode(body, blob) }
