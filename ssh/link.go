package ssh

import (
	"maps"
	"net"
	"slices"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Limits before authentication.
const (
	handshakes = 32  // key exchanges at once
	strangers  = 512 // connections at once that have not authenticated

	handshakeTime = 20 * time.Second // from the start to the question for the code
	answerTime    = 2 * time.Minute  // from the question to the right code
	idleTime      = 2 * time.Minute  // from the code to the first session
)

// How soon a dead connection is noticed.
const (
	keepaliveEvery = 30 * time.Second
	keepaliveLimit = 90 * time.Second
)

// hallway knows all connections. It limits how many may wait unauthenticated,
// and, more tightly, how many may be in a key exchange, which costs processor
// time.
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

// link is one TCP connection with the time limits before its first session. The
// SSH library's limits cannot tell a key exchange from a person who looks for a
// slip.
type link struct {
	net.Conn
	hallway *hallway
	gone    chan struct{} // closed with the connection
	leaving sync.Once

	mu      sync.Mutex
	busy    bool // holds a place in a key exchange
	waiting bool // has not authenticated

	keepalive sync.Once
}

// enter gives a connection a place. It returns nil if there is none, or if the
// key exchange cannot begin in time.
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
	l := &link{Conn: c, hallway: h, gone: make(chan struct{}), busy: true, waiting: true}
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

// close ends every connection, also those in a key exchange, and lets no other
// in. It returns when all keepalives have ended.
func (h *hallway) close() {
	h.mu.Lock()
	h.closed = true
	links := slices.Collect(maps.Keys(h.links))
	h.mu.Unlock()
	for _, l := range links {
		// It may be closed already.
		_ = l.Close()
	}
	h.keeping.Wait() // a keepalive on a closed connection gets no answer and ends
}

// keep begins a link's keepalive, unless the hallway is closed.
func (h *hallway) keep(ask func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.keeping.Go(ask)
	}
}

// SetDeadline does nothing, so that the library cannot lift the limits set
// here.
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

// asked is called when the key exchange is over and the person is asked for the
// code.
func (l *link) asked() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(&l.busy, l.hallway.busy)
	l.limit(answerTime)
}

// hold waits for d, or until the server closes the connection.
func (l *link) hold(d time.Duration) {
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-l.gone:
	}
}

// admitted is called when the person is known.
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

// Close closes the connection and gives back its places.
func (l *link) Close() error {
	l.leaving.Do(func() { close(l.gone) })
	l.hallway.left(l)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(&l.busy, l.hallway.busy)
	l.release(&l.waiting, l.hallway.waiting)
	return l.Conn.Close()
}

// used is called when the first session begins. It lifts the limits before
// login, because a silent listener is normal, and starts keepalives, which end
// a connection that does not answer.
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
