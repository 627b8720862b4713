package store

import (
	"context"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// Room is the one live copy of a state in this process, such as that of a branch's meeting: the fold of its log by a machine, kept up to
// date. All methods may be called from many goroutines at once.
//
// What a request needs and the state does not is made on the goroutine of who asks. One goroutine decides, each request against the state that
// the ones before it will make. It has all their events appended in one Append, and only when that is durable does it publish the state and
// answer. Meanwhile it decides what comes next. So a burst of votes costs one fsync, the disk waits for no rule, and nobody sees what a crash
// could take back.
type Room[S, R, E any] struct {
	log  Log
	now  atomic.Pointer[moment[S, R, E]]
	asks chan *ask[R, E] // without a buffer: a request that is still being sent was not decided
	jobs chan func()     // other work for the goroutine that decides

	behind atomic.Pointer[Trouble] // nil: the last read of the log succeeded
	ails   atomic.Pointer[Trouble] // of the log's shelf; nil: none was told

	done recent[E] // the newest requests; only the goroutine that decides uses it

	life context.Context
	end  context.CancelFunc
	work sync.WaitGroup

	mu       sync.Mutex
	watchers map[chan<- struct{}]struct{}
}

// ask is a request on its way, and the channel for its one answer. Who asks may give up until it is being written.
type ask[R, E any] struct {
	ctx     context.Context
	request R
	settled atomic.Bool // it is being written, or was given up
	answer  chan error  // capacity 1: whoever gave up takes none
	verdict error       // of the newest decision; told once the decisions before it are durable
	events  []E         // what the request led to; read only after the answer nil
}

// PanicError says that a rule panicked over a request. Nothing was changed and the room goes on. The panic's value is left out because it
// could hold a choice in a vote.
type PanicError struct {
	Stack []byte // for the server's log
}

// Error says only that it happened, for logs.
func (*PanicError) Error() string { return "a rule panicked" }

// Reason gives the code.
func (*PanicError) Reason() (code string, args []string) { return string(panicked), nil }

// Failures of a room beside the errors of its log and its machine.
const (
	classUnknown  Code = "store.class-unknown" // class
	panicked      Code = "store.panicked"
	recordUnknown Code = "store.record-unknown" // number
)

// OpenRoom folds the log with the machine and keeps following it. The log must stay open as long as the room, which does not close it. ctx
// bounds the reading only. If the log cannot be understood it returns a *ChainError or an error that names the record.
func OpenRoom[S, R, E any](ctx context.Context, log Log, m Machine[S, R, E]) (*Room[S, R, E], error) {
	var done recent[E]
	start, err := begun(ctx, log, m, &done)
	if err != nil {
		return nil, err
	}
	life, end := context.WithCancel(context.Background())
	r := &Room[S, R, E]{
		log: log, asks: make(chan *ask[R, E]), jobs: make(chan func()),
		done: done, life: life, end: end, watchers: map[chan<- struct{}]struct{}{},
	}
	r.now.Store(&start)
	r.work.Go(newWriter(r).run)
	r.work.Go(r.follow)
	return r, nil
}

// State returns the newest durable state. It never changes: read it as long as you like.
func (r *Room[S, R, E]) State() S { return r.now.Load().state }

// Head returns number and hash of the newest record, as the minutes print them; zero while the log is empty.
func (r *Room[S, R, E]) Head() (seq uint64, hash [32]byte) { return r.now.Load().chain.Head() }

// HashAt returns the hash of a record as it stands in the log, zero if there is none of that number.
func (r *Room[S, R, E]) HashAt(ctx context.Context, seq uint64) (hash [32]byte, err error) {
	if last, _ := r.Head(); seq < 1 || seq > last {
		return hash, nil
	}
	for b, err := range r.log.Read(ctx, seq-1) {
		if err != nil {
			return hash, err
		}
		rec, err := Decode(b)
		return rec.Hash, err
	}
	return hash, nil
}

// Stale returns since when and why the room is not as it should be, why nil if it is: with ErrStopped nothing is recorded, with ErrLow that
// may come, and with any other error State may be behind the log, because a read of what another server wrote failed and is being tried
// again. Watchers get a value when that changes.
func (r *Room[S, R, E]) Stale() (since time.Time, why error) {
	if t := r.ails.Load(); t != nil && t.Why != nil {
		return t.Since, t.Why
	}
	if b := r.behind.Load(); b != nil {
		return b.Since, b.Why
	}
	return time.Time{}, nil
}

// Ails tells the room what its log's shelf is in, which Stale then returns.
func (r *Room[S, R, E]) Ails(t Trouble) {
	r.ails.Store(&t)
	r.tell()
}

// Do has a request decided and returns its events. A request whose key is among the newest 4,096 in the log is not done again: the events
// of the first time are returned. With nil the events are durable and State shows them. After a refusal by the machine, a *PanicError,
// ErrSize, ErrClosed while waiting, or the error of ctx nothing was changed. ctx counts until the writing begins; after it the answer is
// waited for. After any other error, which is the log's, the log shows whether the events are in it: State does sooner or later, and the
// next request is decided on what is there.
func (r *Room[S, R, E]) Do(ctx context.Context, request R) ([]E, error) {
	if err := Alive(ctx, r.life); err != nil {
		return nil, err
	}
	a := &ask[R, E]{ctx: ctx, answer: make(chan error, 1)}
	if err := a.prepare(r.now.Load().machine.Prepare, request); err != nil {
		return nil, err
	}
	select {
	case r.asks <- a:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.life.Done():
		return nil, ErrClosed
	}
	select {
	case err := <-a.answer:
		return a.answered(err)
	case <-ctx.Done():
		if a.settled.CompareAndSwap(false, true) {
			return nil, ctx.Err()
		}
		return a.answered(<-a.answer)
	}
}

// prepare sets the request, made ready to be decided.
func (a *ask[R, E]) prepare(ready func(R) R, request R) (err error) {
	defer recovered(&err)
	a.request = ready(request)
	return nil
}

// answered is what Do returns.
func (a *ask[R, E]) answered(err error) ([]E, error) {
	if err != nil {
		return nil, err
	}
	return a.events, nil
}

// Watch returns a channel that gets a value when State moved, never more than one before it is taken: look at State, then wait again. A
// watcher that never looks delays nobody. stop ends it.
func (r *Room[S, R, E]) Watch() (moved <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	return c, r.Notify(c)
}

// Notify is Watch on a channel of capacity 1 that the watcher brings and may use for other values too.
func (r *Room[S, R, E]) Notify(c chan<- struct{}) (stop func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.watchers[c] = struct{}{}
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.watchers, c)
	}
}

// Close ends the room once the Append under way is answered. Requests that still wait get ErrClosed. State stays as it is. Closing twice is
// allowed.
func (r *Room[S, R, E]) Close() {
	r.end()
	r.work.Wait()
}

// catchUp reads and publishes what others appended. It returns the error of the read.
func (r *Room[S, R, E]) catchUp() error {
	was, behind := *r.now.Load(), r.behind.Load()
	m, err := was.read(r.life, r.log, &r.done)
	switch {
	case err == nil:
		r.behind.Store(nil)
	case behind == nil:
		r.behind.Store(&Trouble{time.Now(), err})
	}
	switch {
	case m.chain != was.chain:
		r.publish(m)
	case (err == nil) != (behind == nil):
		r.tell()
	}
	return err
}

// Refresh folds the whole log anew and publishes the result. After pruning, nothing in the room then holds the removed blobs, while
// watchers go on. An error changes nothing.
func (r *Room[S, R, E]) Refresh(ctx context.Context) error {
	return r.have(ctx, func(ctx context.Context) error {
		var done recent[E]
		machine := r.now.Load().machine
		m, err := begun(ctx, r.log, machine, &done)
		if err != nil {
			return err
		}
		r.done = done
		r.behind.Store(nil)
		r.publish(m)
		return nil
	})
}

// have runs work on the goroutine that decides, between two Appends. The work's ctx ends with the room too: what did not succeed then is
// ErrClosed.
func (r *Room[S, R, E]) have(ctx context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(r.life, cancel)()
	done := make(chan error, 1)
	var err error
	select {
	case r.jobs <- func() { done <- work(ctx) }:
		err = <-done
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil && r.life.Err() != nil {
		return ErrClosed
	}
	return err
}

// publish makes a durable state the one that State returns.
func (r *Room[S, R, E]) publish(m moment[S, R, E]) {
	r.now.Store(&m)
	r.tell()
}

// tell sends every watcher the value that says: look at State.
func (r *Room[S, R, E]) tell() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.watchers {
		select {
		case c <- struct{}{}:
		default: // it has not looked yet, and will see this too
		}
	}
}

// How long follow waits before it reads again after a failed read: twice as long each time, between these.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = 5 * time.Second
)

// follow has the writer catch up whenever the log grew, so that State shows what another server appended. After a failed read it tries
// again until the room is closed.
func (r *Room[S, R, E]) follow() {
	for pause := firstPause; ; {
		seq, _ := r.Head()
		if err := r.log.Wait(r.life, seq); err != nil {
			return
		}
		if err := r.have(r.life, func(context.Context) error { return r.catchUp() }); err == nil {
			pause = firstPause
			continue
		}
		select {
		case <-time.After(pause):
			pause = min(2*pause, longestPause)
		case <-r.life.Done():
			return
		}
	}
}

// moment is a state with its place in the log. It is a value.
type moment[S, R, E any] struct {
	machine Machine[S, R, E]
	state   S
	chain   Chain
}

// decide returns the moment after a request, with the events and records that lead there, or why there are none.
func (m moment[S, R, E]) decide(request R) (next moment[S, R, E], events []E, records []Record, err error) {
	defer recovered(&err)
	events, err = m.machine.Decide(m.state, request)
	if err != nil {
		return m, nil, nil, err
	}
	next = m
	for _, e := range events {
		body, class, blob, err := m.machine.Encode(e)
		if err == nil && len(blob) > 0 && !goodClass(class) {
			err = ErrRecord.By(classUnknown.Of(class))
		}
		if err != nil {
			return m, nil, nil, err
		}
		rec := next.chain.next(body, class, blob, m.machine.Sum(e, blob))
		if err := next.chain.Add(rec); err != nil {
			return m, nil, nil, err
		}
		next.state = m.machine.Apply(next.state, e)
		records = append(records, rec)
	}
	return next, events, records, nil
}

// recovered turns a panic into a *PanicError. To be deferred.
func recovered(err *error) {
	if recover() != nil {
		*err = &PanicError{Stack: debug.Stack()}
	}
}
