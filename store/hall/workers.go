package hall

import (
	"runtime"
	"sync"
)

// workers lets as many ballots be finished at once as there are processors, in
// the order in which they came: when sixty hand theirs in together, each waits
// for those before and not for all. What is made ahead of time waits while
// anybody does. It is safe for concurrent use.
type workers struct {
	mu    sync.Mutex
	free  int
	queue []chan struct{} // closed when the place is theirs, the next first
	calm  chan struct{}   // closed and replaced when nobody waits any more; nil: nobody does
}

func newWorkers() *workers { return &workers{free: runtime.NumCPU()} }

// take waits for a place. It is given back with give.
func (w *workers) take() {
	w.mu.Lock()
	if w.free > 0 {
		w.free--
		w.mu.Unlock()
		return
	}
	mine := make(chan struct{})
	w.queue = append(w.queue, mine)
	if w.calm == nil {
		w.calm = make(chan struct{})
	}
	w.mu.Unlock()
	<-mine
}

// give gives a place to the next who waits.
func (w *workers) give() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		w.free++
		return
	}
	close(w.queue[0])
	w.queue = w.queue[1:]
	if len(w.queue) == 0 {
		close(w.calm)
		w.calm = nil
	}
}

// yield waits until nobody waits for a place.
func (w *workers) yield() {
	w.mu.Lock()
	calm := w.calm
	w.mu.Unlock()
	if calm != nil {
		<-calm
	}
}
