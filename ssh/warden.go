package ssh

import (
	"maps"
	"slices"
	"sync"
)

// warden looks after the codes on which sessions stand: whenever what they depend on
// has moved, each session whose code no longer counts is asked to leave. One of it
// waits for each year of a branch, however many look.
type warden struct {
	waiting sync.WaitGroup

	mu    sync.Mutex
	posts map[string]*post // by what codes depend on: [person.stands]
}

// post is where the warden waits for one of them.
type post struct {
	sessions map[*session]bool
	moved    chan struct{}
	unasked  func()        // nothing is sent to moved any more
	over     chan struct{} // closed when the last session has left
}

// guards looks after a session until it leaves.
func (w *warden) guards(one *session) (leave func()) {
	of := one.who.stands()
	w.mu.Lock()
	at := w.posts[of]
	if at == nil {
		at = &post{sessions: map[*session]bool{}, moved: make(chan struct{}, 1), over: make(chan struct{})}
		at.unasked = one.who.notify(at.moved)
		w.posts[of] = at
		w.waiting.Go(func() { w.wait(at) })
	}
	at.sessions[one] = true
	w.mu.Unlock()
	one.checked() // what has moved before is not told
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if delete(at.sessions, one); len(at.sessions) == 0 {
			at.unasked()
			close(at.over)
			delete(w.posts, of)
		}
	}
}

// wait looks at all sessions of a post whenever something has moved.
func (w *warden) wait(at *post) {
	for {
		select {
		case <-at.over:
			return
		case <-at.moved:
		}
		w.mu.Lock()
		all := slices.Collect(maps.Keys(at.sessions))
		w.mu.Unlock()
		for _, one := range all {
			one.checked()
		}
	}
}
