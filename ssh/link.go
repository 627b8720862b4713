package ssh

import (
	"maps"
	"net"
	"slices"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// What strangers may cost.
const (
	handshakes = 32  // key exchanges at once
	strangers  = 512 // connections at once that have not authenticated

	handshakeTime = 20 * time.Second // to come as far as the question
	answerTime    = 2 * time.Minute  // to find the slip and type the code
	idleTime      = 2 * time.Minute  // from there to the first session
)

// How soon a connection that died without a word is noticed.
const (
	keepaliveEvery = 30 * time.Second
	keepaliveLimit = 90 * time.Second
)

// hallway knows all connections. Strangers wait here: so many at most, and
// fewer still in a key exchange, which costs a processor something.
type hallway struct {
	waiting chan struct{}
	busy    chan struct{}

	mu      sync.Mutex
	links   map[*link]bool
	closed  bool
	keeping sync.WaitGroup // the keepalives of all links
}

func newHallway() *hallway {
	return &hallway{
		waiting: make(chan struct{}, strangers), busy: make(chan struct{}, handshakes), links: map[*link]bool{},
	}
}

// link is one TCP connection. The SSH library below sets no time limits that
// tell a key exchange from somebody who looks for their slip of paper, so that
// the limits are kept here.
type link struct {
	net.Conn
	hallway *hallway

	mu      sync.Mutex
	busy    bool // holds a place in a key exchange
	waiting bool // has not authenticated

	keepalive sync.Once
}

// enter takes a place in the hallway; nil if it is full or closed, or if a key
// exchange does not begin in time.
func (h *hallway) enter(c net.Conn) *link {
	select {
	case h.waiting <- struct{}{}:
	default:
		return nil
	}
	patience := time.NewTimer(handshakeTime)
	defer patience.Stop()
	select {
	case h.busy <- struct{}{}:
	case <-patience.C:
		<-h.waiting
		return nil
	}
	l := &link{Conn: c, hallway: h, busy: true, waiting: true}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		<-h.busy
		<-h.waiting
		return nil
	}
	h.links[l] = true
	l.limit(handshakeTime)
	return l
}

func (h *hallway) left(l *link) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.links, l)
}

// close ends every connection, those that are no further than the key exchange
// too, and lets no other in. It returns when nobody is asked any more.
func (h *hallway) close() {
	h.mu.Lock()
	h.closed = true
	links := slices.Collect(maps.Keys(h.links))
	h.mu.Unlock()
	for _, l := range links {
		// It may be closed already.
		_ = l.Close()
	}
	h.keeping.Wait() // a question on a closed connection has no answer and ends
}

// keep begins a link's keepalive, unless all are about to end.
func (h *hallway) keep(ask func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.keeping.Go(ask)
	}
}

// SetDeadline keeps the library from lifting the limits set here.
func (l *link) SetDeadline(time.Time) error { return nil }

// limit ends the connection after d; 0 lifts the limit.
func (l *link) limit(d time.Duration) {
	var at time.Time
	if d > 0 {
		at = time.Now().Add(d)
	}
	// It fails only on a closed connection, which needs no limit.
	_ = l.Conn.SetDeadline(at)
}

// asked says that the key exchange is over: now a person types.
func (l *link) asked() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(&l.busy, l.hallway.busy)
	l.limit(answerTime)
}

// admitted says that the person is known.
func (l *link) admitted() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(&l.waiting, l.hallway.waiting)
	l.limit(idleTime)
}

func (l *link) release(held *bool, places chan struct{}) {
	if *held {
		*held = false
		<-places
	}
}

// Close gives back whatever place the connection holds.
func (l *link) Close() error {
	l.hallway.left(l)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(&l.busy, l.hallway.busy)
	l.release(&l.waiting, l.hallway.waiting)
	return l.Conn.Close()
}

// used says that the first session has begun: no limit holds any more, a
// silent listener is normal. From here on questions keep the connection alive,
// and one that nobody answers ends it.
func (l *link) used(conn gossh.Conn, done <-chan struct{}) {
	l.keepalive.Do(func() {
		l.limit(0)
		l.hallway.keep(func() { l.ask(conn, done) })
	})
}

func (l *link) ask(conn gossh.Conn, done <-chan struct{}) {
	silent := time.AfterFunc(keepaliveLimit, func() { l.Close() })
	defer silent.Stop()
	tick := time.NewTicker(keepaliveEvery)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
		}
		if _, _, err := conn.SendRequest("keepalive@openssh.com", true, nil); err != nil {
			return
		}
		silent.Reset(keepaliveLimit)
	}
}
