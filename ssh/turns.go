package ssh

import (
	"slices"
	"sync"
	"time"
)

// turns lets so many work at once, in turn by whom they work for: however many
// wait for one, the next place goes to another. It is safe for concurrent use.
type turns[K comparable] struct {
	places int // at once
	each   int // of them for one
	cools  int // places stay empty for so many times as long as work took

	mu    sync.Mutex
	taken int
	owed  time.Duration // how long a place has to stay empty
	holds map[K]int
	waits map[K][]chan struct{} // closed when the place is theirs
	order []K                   // for whom somebody waits, the next first
}

func newTurns[K comparable](places, each int) *turns[K] {
	return &turns[K]{places: places, each: each, holds: map[K]int{}, waits: map[K][]chan struct{}{}}
}

// take waits for a place to work for who. It returns false when gone is closed
// before there is one. Who got a place must give it back.
func (t *turns[K]) take(who K, gone <-chan struct{}) bool {
	t.mu.Lock()
	if t.taken < t.places && t.holds[who] < t.each { // who waits can't have it
		t.hold(who)
		t.mu.Unlock()
		return true
	}
	mine := make(chan struct{})
	if len(t.waits[who]) == 0 {
		t.order = append(t.order, who)
	}
	t.waits[who] = append(t.waits[who], mine)
	t.mu.Unlock()
	select {
	case <-mine:
		return true
	case <-gone:
	}
	t.mu.Lock()
	at := slices.Index(t.waits[who], mine)
	if at >= 0 {
		t.waits[who] = slices.Delete(t.waits[who], at, at+1)
		t.settle(who)
	}
	t.mu.Unlock()
	if at < 0 { // it came at the same moment
		t.give(who, 0)
	}
	return false
}

// hold gives who a free place.
func (t *turns[K]) hold(who K) {
	t.taken++
	t.holds[who]++
}

// How long a place stays empty after work: not at all after little, which counts until
// it is worth waiting for, and not too long after much, as work on a busy machine
// takes longer than it works.
const (
	leastCooling   = 2 * time.Millisecond
	longestCooling = 100 * time.Millisecond
)

// give gives a place of who back on which they have worked for so long.
func (t *turns[K]) give(who K, worked time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.holds[who]--; t.holds[who] == 0 {
		delete(t.holds, who)
	}
	t.owed += min(time.Duration(t.cools)*worked, longestCooling)
	if cool := t.owed; cool >= leastCooling {
		t.owed = 0
		time.AfterFunc(cool, t.cooled)
	} else {
		t.taken--
	}
	t.handOut()
}

// cooled is called when a place has been empty for long enough.
func (t *turns[K]) cooled() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.taken--
	t.handOut()
}

// handOut gives free places to those who are next.
func (t *turns[K]) handOut() {
	for t.taken < t.places {
		at := slices.IndexFunc(t.order, func(who K) bool { return t.holds[who] < t.each })
		if at < 0 {
			return
		}
		who := t.order[at]
		close(t.waits[who][0])
		t.waits[who] = t.waits[who][1:]
		t.hold(who)
		t.order = append(slices.Delete(t.order, at, at+1), who) // the others are before it now
		t.settle(who)
	}
}

// settle forgets who if nobody waits for it any more.
func (t *turns[K]) settle(who K) {
	if len(t.waits[who]) > 0 {
		return
	}
	delete(t.waits, who)
	if at := slices.Index(t.order, who); at >= 0 {
		t.order = slices.Delete(t.order, at, at+1)
	}
}

// shift is somebody's work, which has a place while it goes on. It is safe for
// concurrent use.
type shift[K comparable] struct {
	of   *turns[K]
	who  K
	gone <-chan struct{} // closed before the last rest

	mu     sync.Mutex
	works  bool
	since  time.Time // when it began
	queues bool      // it waits for a place
}

// begin waits for a place, unless the work has one or gone is closed.
func (t *shift[K]) begin() {
	t.mu.Lock()
	works := t.works
	t.queues = !works
	t.mu.Unlock()
	if works {
		return
	}
	got := t.of.take(t.who, t.gone)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queues = false
	if !got {
		return
	}
	select {
	case <-t.gone: // nobody may give it back later
		t.of.give(t.who, 0)
	default:
		t.works, t.since = true, time.Now()
	}
}

// queued reports whether the work waits for a place.
func (t *shift[K]) queued() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.queues
}

// rest gives the place back, and reports whether the work had one.
func (t *shift[K]) rest() (worked bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	worked = t.works
	if worked {
		t.works = false
		t.of.give(t.who, time.Since(t.since))
	}
	return worked
}
