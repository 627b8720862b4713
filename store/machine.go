package store

// Machine is a small state machine whose events a Room keeps in a log: S is its state, R a request, E an event. It is pure: the same calls
// give the same answers on every machine, and a state that was returned is never changed.
type Machine[S, R, E any] interface {
	// New returns the state before the first event.
	New() S
	// Prepare returns the request with everything made that Decide, Encode and Sum need of it and the state does not, such as the packing and
	// hashing of a large part. It runs on the goroutine of who asks, many at once.
	Prepare(r R) R
	// Decide returns the events that follow from a request, or why there are none.
	Decide(s S, r R) ([]E, error)
	// Apply returns the state after an event.
	Apply(s S, e E) S
	// Encode returns an event as a record keeps it: the body for ever, the blob until the blobs of its class are pruned.
	Encode(e E) (body []byte, class string, blob []byte, err error)
	// Sum returns the SHA-256 of the blob that Encode gave for an event, which Prepare may have made.
	Sum(e E, blob []byte) [32]byte
	// Decode reads what Encode wrote. The blob of a record that was pruned is empty.
	Decode(body, blob []byte) (E, error)
	// RequestKey identifies a request among all that a log has seen; "" for a request that nobody sends again. The events that follow
	// from it have its key as EventKey.
	RequestKey(r R) string
	// EventKey returns the RequestKey of the request that led to an event.
	EventKey(e E) string
}

// Loner is a Machine that folds a log faster where nobody sees the states between.
type Loner[S any] interface {
	// Alone is New for somebody who shows the state to nobody: Apply may change it where it is, and return it.
	Alone() S
	// Shared ends that: the state is returned as one that is never changed.
	Shared(s S) S
}
