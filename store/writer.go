package store

import (
	"errors"
)

// encodings is memory for the records of one Append after the other, of all rooms. A sync.Pool would not do: who puts it back runs on another
// processor than who takes it, so that a burst of ballots would make it anew each time.
var encodings = make(chan []byte, 4)

// writer is the goroutine of a room that decides. While one group of requests is being appended, it decides the next on the state that the
// first will make. If the Append fails, what was decided on it is decided anew.
type writer[S, R, E any] struct {
	*Room[S, R, E]
	flying *group[S, R, E] // is being appended; nil: nothing is
	landed chan error      // the outcome of that, capacity 1
	next   group[S, R, E]  // decided, and not yet being appended
	late   []*ask[R, E]    // found no room in next
}

func newWriter[S, R, E any](r *Room[S, R, E]) *writer[S, R, E] {
	w := &writer[S, R, E]{Room: r, landed: make(chan error, 1)}
	w.begin(nil)
	return w
}

// run decides until the room is closed.
func (w *writer[S, R, E]) run() {
	for {
		w.launch()
		asks, jobs := w.asks, w.jobs
		if len(w.late) > 0 {
			asks = nil
		}
		if w.flying != nil || len(w.next.asks) > 0 {
			jobs = nil
		}
		select {
		case a := <-asks:
			w.decide(a)
		case err := <-w.landed:
			w.land(err)
		case job := <-jobs:
			job()
			w.begin(nil)
		case <-w.life.Done():
			w.end()
			return
		}
	}
}

// begin decides requests on what is being appended, or on what is durable, as many as one Append takes.
func (w *writer[S, R, E]) begin(asks []*ask[R, E]) {
	w.next = group[S, R, E]{done: &w.done, before: w.flying, next: *w.now.Load()}
	if w.flying != nil {
		w.next.next = w.flying.next
	}
	w.next.after, _ = w.next.next.chain.Head()
	w.late = w.next.fill(asks)
}

// decide decides one more request.
func (w *writer[S, R, E]) decide(a *ask[R, E]) { w.late = w.next.fill([]*ask[R, E]{a}) }

// launch has what was decided appended, with every request that waits at this moment and finds room, unless an Append is under way.
func (w *writer[S, R, E]) launch() {
	if w.flying != nil {
		return
	}
	w.gather()
	for !w.next.settle() { // somebody gave up: nothing may rest on what they asked for
		w.begin(append(w.next.asks, w.late...))
	}
	if len(w.next.records) == 0 {
		return
	}
	g := w.next
	w.flying = &g
	w.work.Go(func() {
		_, err := w.log.Append(w.life, g.after, g.records...)
		g.forget()
		w.landed <- err
	})
	w.begin(w.late)
}

// gather decides every request that waits at this moment and finds room.
func (w *writer[S, R, E]) gather() {
	for len(w.late) == 0 {
		select {
		case a := <-w.asks:
			w.decide(a)
		default:
			return
		}
	}
}

// land publishes what was appended and answers, or decides anew what rests on an Append that failed.
func (w *writer[S, R, E]) land(err error) {
	g := w.flying
	w.flying = nil
	if errors.Is(err, ErrConflict) {
		if err = w.catchUp(); err == nil {
			w.begin(append(g.reopened(), append(w.next.asks, w.late...)...))
			return
		}
	}
	if err == nil {
		for _, e := range g.events {
			w.done.add(g.next.machine.EventKey(e), e)
		}
		w.behind.Store(nil)
		w.publish(g.next)
		g.tell(nil)
		w.next.before = nil
		if len(w.next.records) == 0 {
			w.next.tell(nil)
		}
		w.serve()
		return
	}
	if w.life.Err() != nil {
		err = ErrClosed
	}
	g.tell(err)
	w.begin(append(w.next.asks, w.late...))
}

// serve does a job that waits, although requests were decided: where they come without end there is no other moment.
func (w *writer[S, R, E]) serve() {
	was := w.now.Load()
	select {
	case job := <-w.jobs:
		job()
	default:
	}
	if w.now.Load() != was {
		w.begin(append(w.next.asks, w.late...))
	}
}

// end answers everybody when the room is closed.
func (w *writer[S, R, E]) end() {
	if w.flying != nil {
		w.land(<-w.landed)
	}
	w.next.tell(ErrClosed)
	for _, a := range w.late {
		a.answer <- ErrClosed
	}
}

// group is the requests that one Append carries.
type group[S, R, E any] struct {
	done    *recent[E]      // before the group and the one before it
	before  *group[S, R, E] // is being appended; nil: everything before the group is durable
	after   uint64          // number of the record before the group
	asks    []*ask[R, E]
	next    moment[S, R, E] // after all of them
	events  []E
	records [][]byte
	memory  []byte // of records; nil: none was needed yet
	size    int    // bytes of records
}

// tell answers the requests of a group: each its verdict, or err to all.
func (g *group[S, R, E]) tell(err error) {
	for _, a := range g.asks {
		if err != nil {
			a.verdict = err
		}
		a.answer <- a.verdict
	}
	g.asks = nil
}

// settle takes from who asked the right to give up, and reports whether nobody has done so.
func (g *group[S, R, E]) settle() bool {
	for i, a := range g.asks {
		if a.ctx.Err() != nil || !a.settled.CompareAndSwap(false, true) {
			for _, before := range g.asks[:i] {
				before.settled.Store(false)
			}
			return false
		}
	}
	return true
}

// reopened returns the requests of a group that is to be decided anew.
func (g *group[S, R, E]) reopened() []*ask[R, E] {
	for _, a := range g.asks {
		a.settled.Store(false)
	}
	return g.asks
}

// fill decides waiting requests one after the other and returns those for which there is no room. A request that is refused where everything
// is durable is answered at once. One that is refused after that may be refused because of events that are not durable yet, so it is
// answered together with them.
func (g *group[S, R, E]) fill(waiting []*ask[R, E]) (rest []*ask[R, E]) {
	for i, a := range waiting {
		if err := a.ctx.Err(); err != nil {
			a.answer <- err
			continue
		}
		next, records, size := g.decide(a)
		if g.size+size > MaxAppend || len(g.records)+len(records) > MaxRecords {
			return waiting[i:]
		}
		if g.before == nil && len(g.records)+len(records) == 0 {
			a.answer <- a.verdict
			continue
		}
		g.asks, g.next, g.size = append(g.asks, a), next, g.size+size
		if len(records) > 0 {
			g.events = append(g.events, a.events...)
			g.encode(records, size)
		}
	}
	return nil
}

// encode adds records of so many bytes.
func (g *group[S, R, E]) encode(records []Record, size int) {
	all := g.memory
	if all == nil {
		select {
		case all = <-encodings:
		default:
		}
	}
	if cap(all)-len(all) < size {
		all = make([]byte, 0, max(size, min(2*cap(all), MaxAppend))) // those before stay where they are
	}
	for _, r := range records {
		start := len(all)
		all = r.appendTo(all)
		g.records = append(g.records, all[start:len(all):len(all)])
	}
	g.memory = all
}

// forget gives the memory of the records back once they are appended.
func (g *group[S, R, E]) forget() {
	select {
	case encodings <- g.memory[:0]:
	default:
	}
}

// decide sets the verdict and the events of one request. It returns the moment after it and the records to write, if any.
func (g *group[S, R, E]) decide(a *ask[R, E]) (next moment[S, R, E], records []Record, size int) {
	a.verdict = nil
	if a.events = g.known(a.request); a.events != nil {
		return g.next, nil, 0
	}
	next, a.events, records, a.verdict = g.next.decide(a.request)
	for _, r := range records {
		size += r.size()
	}
	if size > MaxAppend || len(records) > MaxRecords {
		a.verdict = ErrSize
	}
	if a.verdict != nil {
		return g.next, nil, 0
	}
	return next, records, size
}

// known returns the events of a request that was done before, nil for a new one.
func (g *group[S, R, E]) known(request R) (events []E) {
	m := g.next.machine
	key := m.RequestKey(request)
	if key == "" {
		return nil
	}
	if events := g.done.events[key]; events != nil {
		return events
	}
	if g.before != nil {
		events = g.before.having(key)
	}
	return append(events, g.having(key)...)
}

// having returns the events of a group under a request's key.
func (g *group[S, R, E]) having(key string) (events []E) {
	for _, e := range g.events {
		if g.next.machine.EventKey(e) == key {
			events = append(events, e)
		}
	}
	return events
}
