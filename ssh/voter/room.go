package voter

import (
	"context"
	"sync"
	"time"

	"pingyi/meeting"
	"pingyi/store"
	"pingyi/tui"
)

// ErrOnlyVotes says that nothing but voting is done from a member's own machine.
const ErrOnlyVotes store.Code = "voter.only-votes"

// Room is the room that the ballot's screen needs, at a member's own machine:
// nothing moves in it, and casting encrypts here. The methods that it does not
// have are never called, since its state allows nothing but voting.
type Room struct {
	tui.Room
	Voter *Voter
	Over  func() // called when casting ended, well or not

	mu      sync.Mutex
	receipt meeting.Receipt
	err     error
}

// State is the voter's.
func (r *Room) State() *meeting.State { return r.Voter.State() }

// Watch returns a channel on which nothing comes.
func (r *Room) Watch() (moved <-chan struct{}, stop func()) { return make(chan struct{}), func() {} }

// Stale reports that nothing is behind.
func (r *Room) Stale() (since time.Time, why error) { return time.Time{}, nil }

// Now is this machine's clock.
func (r *Room) Now() time.Time { return time.Now() }

// Ahead returns 0: nothing is recorded here.
func (r *Room) Ahead() time.Duration { return 0 }

// Act refuses everything.
func (r *Room) Act(context.Context, meeting.MemberID, meeting.Command) ([]meeting.Event, error) {
	return nil, ErrOnlyVotes
}

// ActOnce refuses everything.
func (r *Room) ActOnce(context.Context, meeting.RequestID, meeting.MemberID, meeting.Command) ([]meeting.Event, error) {
	return nil, ErrOnlyVotes
}

// Prepare does nothing: one ballot is encrypted fast enough.
func (r *Room) Prepare(meeting.MemberID, meeting.Choices, bool) {}

// Rehearsing reports that no rehearsal is on.
func (r *Room) Rehearsing() bool { return false }

// Cast is [Voter.Cast], after which the screen ends.
func (r *Room) Cast(ctx context.Context, _ meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	receipt, err := r.Voter.Cast(ctx, c)
	r.mu.Lock()
	r.receipt, r.err = receipt, err
	r.mu.Unlock()
	r.Over()
	return receipt, err
}

// Outcome returns how casting ended; both are zero if nothing was cast.
func (r *Room) Outcome() (meeting.Receipt, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.receipt, r.err
}
