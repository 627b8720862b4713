package hall

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"pingyi/meeting"
	"pingyi/store"
)

// Venue is what people see of a branch: its rehearsal while one is on,
// otherwise its meeting. Records, papers and the command line use the [Hall]
// and never see a rehearsal.
//
// A rehearsal lasts only until the branch's meeting begins, which ends it. A
// Venue is safe for concurrent use.
type Venue struct {
	own *Hall
	now atomic.Pointer[rehearsal] // nil: none

	change   sync.Mutex // one rehearsal begins or ends at a time
	closed   bool       // no rehearsal begins any more; guarded by change
	work     sync.WaitGroup
	mu       sync.Mutex
	watchers map[chan<- struct{}]struct{}
}

// NewVenue returns the venue of a hall.
func NewVenue(own *Hall) *Venue {
	return &Venue{own: own, watchers: map[chan<- struct{}]struct{}{}}
}

// on returns the rehearsal that is on, or nil.
func (v *Venue) on() *rehearsal {
	if r := v.now.Load(); r != nil && v.own.State().Phase == meeting.Before {
		return r
	}
	return nil
}

// hall returns the hall that people are in now.
func (v *Venue) hall() *Hall {
	if r := v.on(); r != nil {
		return r.Hall
	}
	return v.own
}

// State returns the newest durable state. Who may come in is decided by the
// branch: a rehearsal's state has the branch's valid codes and devices.
func (v *Venue) State() *meeting.State {
	r := v.on()
	if r == nil {
		return v.own.State()
	}
	s := *r.State()
	own := v.own.State()
	s.Codes, s.Devices = own.Codes, own.Devices
	return &s
}

// Watch returns a channel that gets a value when State moved, or a rehearsal
// began or ended.
func (v *Venue) Watch() (moved <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	return c, v.Notify(c)
}

// Notify is Watch on a channel of capacity 1 that the watcher brings and may use
// for other values too.
func (v *Venue) Notify(c chan<- struct{}) (stop func()) {
	leave := v.own.Notify(c)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.watchers[c] = struct{}{}
	return func() {
		leave()
		v.mu.Lock()
		defer v.mu.Unlock()
		delete(v.watchers, c)
	}
}

// tell sends every watcher the value that says: look at State.
func (v *Venue) tell() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for c := range v.watchers {
		select {
		case c <- struct{}{}:
		default: // it has not looked yet
		}
	}
}

// Rehearse begins a rehearsal, or ends it.
func (v *Venue) Rehearse(ctx context.Context, who meeting.MemberID, on bool) error {
	v.change.Lock()
	defer v.change.Unlock()
	r := v.on()
	if !on {
		if _, err := meeting.Decide(v.State(), meeting.Request{By: who, At: v.Now(), Do: meeting.EndRehearsal{}}); err != nil {
			return err
		}
		v.end(r)
		return nil
	}
	switch {
	case v.closed:
		return store.ErrClosed
	case r != nil:
		return &meeting.Refusal{Code: meeting.RehearsalIsOn}
	}
	if no := meeting.May(v.own.State(), who, meeting.ActRehearse); no != nil {
		return no
	}
	r, err := rehearse(ctx, v.own, who)
	if err != nil {
		return err
	}
	v.now.Store(r)
	v.work.Go(func() { v.follow(r) })
	v.tell()
	return nil
}

// follow tells watchers when a rehearsal moves, and ends it when the meeting
// has begun.
func (v *Venue) follow(r *rehearsal) {
	own, stop := v.own.Watch()
	defer stop()
	moved, stopMoved := r.Watch()
	defer stopMoved()
	v.tell() // about everything up to now
	for v.own.State().Phase == meeting.Before {
		select {
		case <-r.over:
			return
		case <-own:
		case <-moved:
			v.tell()
		}
	}
	v.change.Lock()
	defer v.change.Unlock()
	v.end(r)
}

// end ends a rehearsal if it is still on. The caller holds change.
func (v *Venue) end(r *rehearsal) {
	if r == nil || !v.now.CompareAndSwap(r, nil) {
		return
	}
	r.end()
	v.tell()
}

// count counts the box of a rehearsal, and records in the branch's log that it
// was counted.
func (v *Venue) count(ctx context.Context, r *rehearsal, who meeting.MemberID, c meeting.Confirm) ([]meeting.Event, error) {
	events, err := r.count(ctx, who, c)
	if err != nil {
		return nil, err
	}
	ballots := r.State().Vote().Members().Returned.Len()
	_, err = v.own.Act(context.WithoutCancel(ctx), r.chair, meeting.KeepRehearsal{Ballots: ballots})
	return events, err
}

// Rehearsing reports whether a rehearsal is on.
func (v *Venue) Rehearsing() bool { return v.on() != nil }

// Sweep is that of the branch's own hall: memory is one.
func (v *Venue) Sweep() { v.own.Sweep() }

// Peek returns everything that is kept of a person's ballots in the rehearsal.
func (v *Venue) Peek(ctx context.Context, who meeting.MemberID) (meeting.Peek, error) {
	if r := v.on(); r != nil {
		return r.peek(ctx, who)
	}
	return meeting.Peek{}, &meeting.Refusal{Code: meeting.NoRehearsal}
}

// Close ends the rehearsal that is on and its follower: the server stops.
func (v *Venue) Close() {
	v.change.Lock()
	v.closed = true
	v.end(v.now.Load())
	v.change.Unlock()
	v.work.Wait()
}

// Stale returns since when and why the branch's own meeting may be behind its
// log; why is nil if it is not. A rehearsal cannot be behind.
func (v *Venue) Stale() (since time.Time, why error) { return v.own.Stale() }

// Now is the hall's clock.
func (v *Venue) Now() time.Time { return v.own.Now() }

// Ahead is [Hall.Ahead].
func (v *Venue) Ahead() time.Duration { return v.own.Ahead() }

// Act is [Hall.Act]. In a rehearsal [meeting.Confirm] counts and announces
// in one step, the branch's own log then says that it took place, and [meeting.Next] begins the meeting itself.
func (v *Venue) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return v.ActOnce(ctx, "", who, c)
}

// ActOnce is [Venue.Act] for a request that may be sent again ([Hall.ActOnce]).
func (v *Venue) ActOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	r := v.on()
	if r == nil {
		return v.own.ActOnce(ctx, id, who, c)
	}
	switch one := c.(type) {
	case meeting.Next, meeting.RememberKey, meeting.ForgetKey: // they are of the branch itself
		return v.own.ActOnce(ctx, id, who, c)
	case meeting.EndRehearsal:
		return nil, v.Rehearse(ctx, who, false)
	case meeting.Confirm:
		return v.count(ctx, r, who, one)
	}
	return r.ActOnce(ctx, id, who, c)
}

// Own returns the branch itself, whatever is rehearsed in it: what the
// organisation above sees.
func (v *Venue) Own() *meeting.State { return v.own.State() }

// NotifyOwn sends a value to moved when the branch itself has moved.
func (v *Venue) NotifyOwn(moved chan<- struct{}) (stop func()) { return v.own.Notify(moved) }

// ActAbove is [Hall.ActAbove], in the branch itself.
func (v *Venue) ActAbove(ctx context.Context, id meeting.RequestID, who meeting.Superior, c meeting.Command) ([]meeting.Event, error) {
	return v.own.ActAbove(ctx, id, who, c)
}

// Code is [Hall.Code].
func (v *Venue) Code(who meeting.MemberID) (string, error) { return v.hall().Code(who) }

// Seal is [Hall.Seal].
func (v *Venue) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	return v.hall().Seal(ctx, who, code)
}

// SealOwn is [Hall.SealOwn].
func (v *Venue) SealOwn(ctx context.Context, who meeting.MemberID, record []byte) error {
	return v.hall().SealOwn(ctx, who, record)
}

// Holds is [Hall.Holds].
func (v *Venue) Holds(who meeting.MemberID) bool { return v.hall().Holds(who) }

// Open is [Hall.Open].
func (v *Venue) Open(ctx context.Context, who meeting.MemberID, reason string) error {
	return v.hall().Open(ctx, who, reason)
}

// Prepare is [Hall.Prepare].
func (v *Venue) Prepare(who meeting.MemberID, c meeting.Choices, whole bool) {
	v.hall().Prepare(who, c, whole)
}

// Cast is [Hall.Cast].
func (v *Venue) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	return v.hall().Cast(ctx, who, c)
}

// CastOnce is [Hall.CastOnce].
func (v *Venue) CastOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	return v.hall().CastOnce(ctx, id, who, c)
}

// Credential is [Hall.Credential].
func (v *Venue) Credential(who meeting.MemberID) (string, error) { return v.hall().Credential(who) }

// CastReady is [Hall.CastReady].
func (v *Venue) CastReady(ctx context.Context, id meeting.RequestID, who meeting.MemberID, r meeting.Ready) (meeting.Receipt, error) {
	return v.hall().CastReady(ctx, id, who, r)
}

// Unseal is [Hall.Unseal].
func (v *Venue) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	return v.hall().Unseal(ctx, who, code)
}

// UnsealOwn is [Hall.UnsealOwn].
func (v *Venue) UnsealOwn(ctx context.Context, who meeting.MemberID, records ...[]byte) error {
	return v.hall().UnsealOwn(ctx, who, records...)
}
