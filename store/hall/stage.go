package hall

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"pingyi/meeting"
)

// Stage is what people see of a branch: its rehearsal while one is on, its own
// meeting otherwise. Records, papers and the command line work on the [Hall]
// and never see a rehearsal.
//
// A rehearsal is on only while the branch's meeting has not begun: it ends the
// moment that one does, whoever began it. It is safe for concurrent use.
type Stage struct {
	own *Hall
	now atomic.Pointer[rehearsal] // nil: none

	change   sync.Mutex // one rehearsal begins or ends at a time
	mu       sync.Mutex
	watchers map[chan<- struct{}]struct{}
}

// NewStage returns the stage of a hall.
func NewStage(own *Hall) *Stage {
	return &Stage{own: own, watchers: map[chan<- struct{}]struct{}{}}
}

// on returns the rehearsal that is on, or nil.
func (st *Stage) on() *rehearsal {
	if r := st.now.Load(); r != nil && st.own.State().Phase == meeting.Before {
		return r
	}
	return nil
}

// hall is where things happen now.
func (st *Stage) hall() *Hall {
	if r := st.on(); r != nil {
		return r.Hall
	}
	return st.own
}

// State returns the newest durable state. Who may come in is the branch's own
// matter: a rehearsal's state has the codes that are valid now.
func (st *Stage) State() *meeting.State {
	r := st.on()
	if r == nil {
		return st.own.State()
	}
	s := *r.State()
	s.Codes = st.own.State().Codes
	return &s
}

// Watch returns a channel that gets a value when State moved, also because a
// rehearsal began or ended.
func (st *Stage) Watch() (moved <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	leave := st.own.Notify(c)
	st.mu.Lock()
	defer st.mu.Unlock()
	st.watchers[c] = struct{}{}
	return c, func() {
		leave()
		st.mu.Lock()
		defer st.mu.Unlock()
		delete(st.watchers, c)
	}
}

// tell says to everybody that State moved.
func (st *Stage) tell() {
	st.mu.Lock()
	defer st.mu.Unlock()
	for c := range st.watchers {
		select {
		case c <- struct{}{}:
		default: // it has not looked since the last time
		}
	}
}

// Rehearse begins a rehearsal, or ends it.
func (st *Stage) Rehearse(ctx context.Context, who meeting.MemberID, on bool) error {
	st.change.Lock()
	defer st.change.Unlock()
	r := st.on()
	if !on {
		if _, err := meeting.Decide(st.State(), meeting.Request{By: who, At: st.Now(), Do: meeting.EndRehearsal{}}); err != nil {
			return err
		}
		st.end(r)
		return nil
	}
	if r != nil {
		return &meeting.Refusal{Code: meeting.RehearsalIsOn}
	}
	if no := meeting.May(st.own.State(), who, meeting.ActRehearse); no != nil {
		return no
	}
	r, err := rehearse(ctx, st.own, who)
	if err != nil {
		return err
	}
	st.now.Store(r)
	go st.follow(r)
	st.tell()
	return nil
}

// follow tells everybody when a rehearsal moves, and ends it when the meeting
// has begun.
func (st *Stage) follow(r *rehearsal) {
	own, stop := st.own.Watch()
	defer stop()
	moved, stopMoved := r.Watch()
	defer stopMoved()
	st.tell() // of what came before this
	for st.own.State().Phase == meeting.Before {
		select {
		case <-r.over:
			return
		case <-own:
		case <-moved:
			st.tell()
		}
	}
	st.change.Lock()
	defer st.change.Unlock()
	st.end(r)
}

// end ends a rehearsal, if it is still there. To be called with change held.
func (st *Stage) end(r *rehearsal) {
	if r == nil || !st.now.CompareAndSwap(r, nil) {
		return
	}
	r.end()
	st.tell()
}

// Rehearsing reports whether a rehearsal is on.
func (st *Stage) Rehearsing() bool { return st.on() != nil }

// Peek returns all that is kept of who's ballots in the rehearsal.
func (st *Stage) Peek(ctx context.Context, who meeting.MemberID) (meeting.Peek, error) {
	if r := st.on(); r != nil {
		return r.peek(ctx, who)
	}
	return meeting.Peek{}, &meeting.Refusal{Code: meeting.NoRehearsal}
}

// Close ends the rehearsal that is on: the server stops.
func (st *Stage) Close() {
	st.change.Lock()
	defer st.change.Unlock()
	st.end(st.now.Load())
}

// Now is the hall's clock.
func (st *Stage) Now() time.Time { return st.own.Now() }

// Act is [Hall.Act]. In a rehearsal the box is closed, counted and announced in
// one step, and the next item is the meeting's first: it begins.
func (st *Stage) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) error {
	r := st.on()
	if r == nil {
		return st.own.Act(ctx, who, c)
	}
	switch c.(type) {
	case meeting.Next:
		return st.own.Act(ctx, who, c)
	case meeting.EndRehearsal:
		return st.Rehearse(ctx, who, false)
	case meeting.CloseBox:
		return r.close(ctx, who)
	}
	return r.Act(ctx, who, c)
}

// Code is [Hall.Code].
func (st *Stage) Code(who meeting.MemberID) (string, error) { return st.hall().Code(who) }

// Seal is [Hall.Seal].
func (st *Stage) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	return st.hall().Seal(ctx, who, code)
}

// SealOwn is [Hall.SealOwn].
func (st *Stage) SealOwn(ctx context.Context, who meeting.MemberID, record []byte) error {
	return st.hall().SealOwn(ctx, who, record)
}

// Holds is [Hall.Holds].
func (st *Stage) Holds(who meeting.MemberID) bool { return st.hall().Holds(who) }

// Open is [Hall.Open].
func (st *Stage) Open(ctx context.Context, who meeting.MemberID) error {
	return st.hall().Open(ctx, who)
}

// Prepare is [Hall.Prepare].
func (st *Stage) Prepare(who meeting.MemberID, c meeting.Choices) { st.hall().Prepare(who, c) }

// Cast is [Hall.Cast].
func (st *Stage) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	return st.hall().Cast(ctx, who, c)
}

// Unseal is [Hall.Unseal].
func (st *Stage) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	return st.hall().Unseal(ctx, who, code)
}

// UnsealOwn is [Hall.UnsealOwn].
func (st *Stage) UnsealOwn(ctx context.Context, who meeting.MemberID, records ...[]byte) error {
	return st.hall().UnsealOwn(ctx, who, records...)
}
