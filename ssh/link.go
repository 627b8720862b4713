package ssh

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"maps"
	"net"
	"net/netip"
	"runtime"
	"slices"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
	tempo "golang.org/x/time/rate" // a word here is called rate
)

// Limits before authentication.
const (
	strangers    = 2048 // connections at once that have not authenticated
	fromOne      = 1024 // of them from one address
	longestHello = 255  // bytes of a client's version line (RFC 4253 §4.2)

	helloTime     = 3 * time.Second  // for the client's version line
	handshakeTime = 20 * time.Second // from there to the question for the code
	answerTime    = 2 * time.Minute  // from the question to the right code
	farewellTime  = time.Second      // for the sentence to somebody who makes room
)

// unread is how many bytes wait in the kernel until they are read. They are read at
// a pace, and only after them it is seen that a client has hung up.
const unread = 128 << 10

// What a connection may send between the code and its first session, in bytes at
// once and a second: ssh -N asks now and then whether the server is there. Who is
// further ahead than unusedTime is hung up on.
const (
	beforeUse       = 64 << 10
	beforeUseSecond = 16
	unusedTime      = 20 * time.Second
)

// opening is what a channel that a person opens counts as beside its bytes, at the
// pace of these: it costs more to answer than to ask for. As many words as a person may
// say take two fifths of the pace.
const opening = 2 << 10

// How soon a dead connection is noticed.
const (
	keepaliveEvery = 30 * time.Second
	keepaliveMost  = 3 // questions in a row without an answer
)

// hallway knows all connections. Nobody is refused: when all places of strangers
// are taken, one of the address that has most of them makes room. A key exchange
// costs processor time, so half of the processors work for strangers at most and for
// half of the time, in turn by address, and only while something of the client's is
// there to work on.
type hallway struct {
	work *turns[netip.Prefix]

	mu      sync.Mutex
	links   map[*link]bool
	from    map[netip.Prefix]map[*link]bool // strangers
	waiting int                             // all strangers
	closed  bool
	keeping sync.WaitGroup // the keepalives of all links, and who makes room
}

func newHallway() *hallway {
	processors := max(1, runtime.NumCPU()/2)
	work := newTurns[netip.Prefix](processors, processors)
	work.cools = 1
	return &hallway{work: work, links: map[*link]bool{}, from: map[netip.Prefix]map[*link]bool{}}
}

// link is one TCP connection with the limits before its first session. The SSH
// library's limits cannot tell a key exchange from a person who looks for a slip.
type link struct {
	net.Conn
	hallway *hallway
	origin  netip.Prefix
	work    shift[netip.Prefix] // on what a stranger sends
	came    time.Time
	failed  func(error) // is told once why a stranger is gone; nil: nobody is
	failing sync.Once
	gone    chan struct{} // closed with the connection
	leaving sync.Once
	asks    gossh.ServerPreAuthConn // nil before the question; guarded by the hallway, like being a stranger

	in    *bufio.Reader // the library reads version lines a byte at a time
	hello int           // bytes of the version line that the library has not read
	heard bool          // the version line is here

	mu    sync.Mutex
	pace  *tempo.Limiter // nil for a stranger
	keeps *keepalive     // nil before the first session
}

// enter gives a connection a place. It returns nil if the hallway is closed, and
// never waits.
func (h *hallway) enter(c net.Conn) *link {
	l := &link{
		Conn: c, hallway: h, origin: origin(c.RemoteAddr()), came: time.Now(),
		gone: make(chan struct{}), in: bufio.NewReaderSize(c, 2*longestHello),
	}
	l.work.of, l.work.who, l.work.gone = h.work, l.origin, l.gone
	if tcp, ok := c.(interface{ SetReadBuffer(bytes int) error }); ok {
		_ = tcp.SetReadBuffer(unread) // the kernel's own choice is good, too
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil
	}
	if out := h.tooMany(l.origin); out != nil {
		h.known(out)
		asks := out.asks
		h.keeping.Go(func() { out.makeRoom(asks) })
	}
	if h.from[l.origin] == nil {
		h.from[l.origin] = map[*link]bool{}
	}
	h.links[l], h.from[l.origin][l] = true, true
	h.waiting++
	l.limit(helloTime)
	return l
}

// tooMany returns who has to go before another may come from an address; nil if
// there is a place.
func (h *hallway) tooMany(from netip.Prefix) *link {
	switch {
	case len(h.from[from]) >= fromOne:
	case h.waiting >= strangers:
		for other, links := range h.from {
			if len(links) > len(h.from[from]) {
				from = other
			}
		}
	default:
		return nil
	}
	return leastWelcome(h.from[from])
}

// leastWelcome returns the one of an address that makes room: the oldest of those
// who are silent before the question, unless they are few and new; else the oldest
// at the question; else the oldest of those who wait for this server's work.
func leastWelcome(links map[*link]bool) *link {
	var silent, asked, queued *link
	n := 0
	for l := range links {
		oldest := &silent
		switch {
		case l.asks != nil:
			oldest = &asked
		case l.work.queued():
			oldest = &queued
		default:
			n++
		}
		if *oldest == nil || l.came.Before((*oldest).came) {
			*oldest = l
		}
	}
	switch {
	case silent != nil && (n > len(links)/2 || time.Since(silent.came) > helloTime):
		return silent
	case asked != nil:
		return asked
	}
	return cmp.Or(queued, silent)
}

// known gives the place of a stranger back, who is none any more. The hallway is
// locked.
func (h *hallway) known(l *link) {
	if !h.from[l.origin][l] {
		return
	}
	delete(h.from[l.origin], l)
	if len(h.from[l.origin]) == 0 {
		delete(h.from, l.origin)
	}
	h.waiting--
}

func (h *hallway) left(l *link) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.known(l)
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

// keep asks a question of a link's keepalive, unless the hallway is closed.
func (h *hallway) keep(ask func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.keeping.Go(ask)
	}
}

// makeRoom ends a stranger's connection for another's sake. Before the question
// there is no way to say why.
func (l *link) makeRoom(asks gossh.ServerPreAuthConn) {
	if asks != nil {
		l.limit(farewellTime)
		// If it does not arrive, the person notices that the line is dead.
		_ = asks.SendAuthBanner("Too many wait here, connect again / 门口的人太多，请再连接一次。\r\n")
	}
	_ = l.Close()
}

// errUnused says that a connection sends a lot and has no session.
var errUnused = errors.New("ssh: a connection without a session sends too much")

// errNoHello says that a connection is not one of an SSH client.
var errNoHello = errors.New("ssh: the first line is not a client's version")

// Read reads what the client sends. For a stranger it waits for the version line,
// and for a place to work on what came, which is held until the next Read. What
// a person sends is read at a pace; without a session it has an end.
func (l *link) Read(p []byte) (int, error) {
	n, err := l.read(p)
	return n, l.noted(err)
}

// Write sends something to the client.
func (l *link) Write(p []byte) (int, error) {
	n, err := l.Conn.Write(p)
	return n, l.noted(err)
}

// noted tells of the first error before the login, which it returns.
func (l *link) noted(err error) error {
	if err != nil && l.failed != nil && l.paced() == nil {
		l.failing.Do(func() { l.failed(err) })
	}
	return err
}

func (l *link) read(p []byte) (int, error) {
	l.work.rest()
	if !l.heard {
		if err := l.hear(); err != nil {
			return 0, err
		}
	}
	n, err := l.in.Read(p)
	switch pace := l.paced(); {
	case l.hello > 0:
		l.hello -= n
	case pace == nil:
		l.work.begin()
	default:
		late := pace.ReserveN(time.Now(), n).Delay()
		if late > unusedTime {
			return 0, errUnused
		}
		l.hold(late)
	}
	return n, err
}

// hear waits for the client's version line, which must be its first.
func (l *link) hear() error {
	for {
		_, err := l.in.Peek(l.in.Buffered() + 1)
		some, _ := l.in.Peek(min(l.in.Buffered(), longestHello))
		end := bytes.IndexByte(some, '\n')
		switch {
		case end >= 0 && bytes.HasPrefix(some, []byte("SSH-")):
			l.heard, l.hello = true, end+1
			l.limit(handshakeTime)
			return nil
		case end >= 0 || len(some) == longestHello:
			return errNoHello
		case err != nil:
			return err
		}
	}
}

// paced returns the pace at which a person's link is read; nil for a stranger.
func (l *link) paced() *tempo.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pace
}

// keepsTo has a person's link read at a pace.
func (l *link) keepsTo(pace *tempo.Limiter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pace = pace
}

// opens counts a channel that a person opens: what they send next is read later.
func (l *link) opens() {
	if pace := l.paced(); pace != nil {
		pace.ReserveN(time.Now(), opening)
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
func (l *link) asked(asks gossh.ServerPreAuthConn) {
	l.hallway.mu.Lock()
	defer l.hallway.mu.Unlock()
	l.asks = asks
	l.limit(answerTime)
}

// hold waits for d, or until the server closes the connection.
func (l *link) hold(d time.Duration) {
	if d <= 0 {
		return
	}
	l.work.rest()
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-l.gone:
	}
}

// admitted is called when the person is known. A connection without a session, as
// of ssh -N, may wait as long as it likes: the system asks whether the other side
// is there, and how many of them a person has is limited.
func (l *link) admitted() {
	l.hallway.mu.Lock()
	defer l.hallway.mu.Unlock()
	l.hallway.known(l)
	l.keepsTo(tempo.NewLimiter(beforeUseSecond, beforeUse))
	l.limit(0)
}

// Close closes the connection and gives back its places.
func (l *link) Close() error {
	l.leaving.Do(func() { close(l.gone) })
	l.mu.Lock()
	keeps := l.keeps
	l.mu.Unlock()
	if keeps != nil {
		keeps.end()
	}
	l.work.rest()
	l.hallway.left(l)
	return l.Conn.Close()
}

// used is called when the first session begins. It lifts the limits before
// login, because a silent listener is normal, and starts keepalives, which end
// a connection that does not answer.
func (l *link) used(conn gossh.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.keeps == nil {
		l.limit(0)
		l.keeps = keptAlive(l, conn)
	}
}

// keepalive asks now and then whether somebody is at the other end of a link. Only a
// question on its way has a goroutine.
type keepalive struct {
	link *link
	conn gossh.Conn

	mu   sync.Mutex
	tick *time.Timer
	last time.Time // when it ticked last
	open int       // the ticks since a question without an answer
	over bool      // the connection is closed
}

func keptAlive(l *link, conn gossh.Conn) *keepalive {
	k := &keepalive{link: l, conn: conn, last: time.Now()}
	k.mu.Lock() // the first tick may not find it half made
	defer k.mu.Unlock()
	k.tick = time.AfterFunc(keepaliveEvery, func() { l.hallway.keep(func() { k.ask(time.Now()) }) })
	return k
}

// ask asks whether somebody is there, if no question is open, and closes the
// connection when [keepaliveMost] questions in a row had no answer. A tick that comes
// late says that this machine has slept: nobody could answer it, so it counts anew.
func (k *keepalive) ask(at time.Time) {
	k.mu.Lock()
	late, asks := at.Sub(k.last) > 2*keepaliveEvery, k.open == 0
	k.last = at
	if late && !asks {
		k.open = 0
	}
	gone := k.open == keepaliveMost
	if k.open++; !k.over {
		k.tick.Reset(keepaliveEvery)
	}
	k.mu.Unlock()
	switch {
	case gone:
		_ = k.link.Close() // it may be closed already
	case asks:
		if _, _, err := k.conn.SendRequest("keepalive@openssh.com", true, nil); err != nil {
			k.end() // the connection is closed
			return
		}
		k.mu.Lock()
		k.open = 0
		k.mu.Unlock()
	}
}

// end has it ask no more.
func (k *keepalive) end() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.over = true
	k.tick.Stop()
}
