package web

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// mostVisitors is how many HTTP connections there are at once. A websocket is none.
const mostVisitors = 256

// visitors accepts connections and knows those that are no websocket. Nobody is
// refused: when all places are taken, one of the address that has most of them makes
// room, an idle one before one that is served, the oldest first. It is safe for
// concurrent use.
type visitors struct {
	net.Listener
	secure *tls.Config // nil: plain http

	mu   sync.Mutex
	from map[netip.Prefix]map[*visitor]bool
	all  int
	pace map[netip.Prefix]*rate.Limiter
}

// What an address may ask for as HTTP, in bytes at once and a second: a hall full of
// phones behind one address loads the page at once, and nobody loads it without end.
// Who asks for more waits.
const (
	asksAtOnce = 1 << 20
	asksSecond = 256 << 10
	effort     = 1 << 10 // what a request, and a handshake of TLS, counts as beside its bytes: it costs processor time
)

func newVisitors(l net.Listener, cert *tls.Certificate) *visitors {
	vs := &visitors{Listener: l, from: map[netip.Prefix]map[*visitor]bool{}, pace: map[netip.Prefix]*rate.Limiter{}}
	if cert != nil {
		vs.secure = &tls.Config{Certificates: []tls.Certificate{*cert}, NextProtos: []string{"http/1.1"}}
	}
	return vs
}

// visitor is a browser's TCP connection, as HTTP and, if it becomes a websocket, as
// SSH.
type visitor struct {
	net.Conn // with TLS, if there is any
	tcp      net.Conn
	origin   netip.Prefix
	pace     *rate.Limiter // of the address
	greets   int           // what its first Read counts as beside its bytes
	gone     chan struct{} // closed with the connection
	leaving  sync.Once

	since time.Time // of its state; guarded by the visitors, like the next
	busy  bool      // a request is served

	ssh   atomic.Bool  // it is a websocket now
	bytes atomic.Int64 // that were read since then
	asSSH atomic.Int64 // of them what was in messages
}

// Accept returns the next visitor.
func (vs *visitors) Accept() (net.Conn, error) {
	c, err := vs.Listener.Accept()
	if err != nil {
		return nil, err
	}
	v := &visitor{Conn: c, tcp: c, origin: origin(c.RemoteAddr()), since: time.Now(), gone: make(chan struct{})}
	if vs.secure != nil {
		v.Conn, v.greets = tls.Server(c, vs.secure), effort
	}
	if out := vs.enter(v); out != nil {
		_ = out.Close()
	}
	return v, nil
}

// enter gives a visitor a place, and returns who has to go for it.
func (vs *visitors) enter(v *visitor) (out *visitor) {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	if vs.all >= mostVisitors {
		out = vs.leastWelcome(v.origin)
		vs.forget(out)
	}
	if vs.from[v.origin] == nil {
		vs.from[v.origin] = map[*visitor]bool{}
	}
	vs.from[v.origin][v] = true
	vs.all++
	v.pace = vs.paceOf(v.origin)
	return out
}

// paceOf returns the pace of an address. The visitors are locked.
func (vs *visitors) paceOf(from netip.Prefix) *rate.Limiter {
	if len(vs.pace) >= 4*mostVisitors {
		for other, pace := range vs.pace {
			if pace.Tokens() >= asksAtOnce { // it has been quiet, and a new one is the same
				delete(vs.pace, other)
			}
		}
	}
	if vs.pace[from] == nil {
		vs.pace[from] = rate.NewLimiter(asksSecond, asksAtOnce)
	}
	return vs.pace[from]
}

// leastWelcome returns the one who makes room for another of an address.
func (vs *visitors) leastWelcome(from netip.Prefix) (out *visitor) {
	for other, list := range vs.from {
		if len(list) > len(vs.from[from]) {
			from = other
		}
	}
	for v := range vs.from[from] {
		if out == nil || out.busy && !v.busy || out.busy == v.busy && v.since.Before(out.since) {
			out = v
		}
	}
	return out
}

// forget gives a visitor's place back, if there is one. The visitors are locked.
func (vs *visitors) forget(v *visitor) {
	if !vs.from[v.origin][v] {
		return
	}
	delete(vs.from[v.origin], v)
	if len(vs.from[v.origin]) == 0 {
		delete(vs.from, v.origin)
	}
	vs.all--
}

// is is told by the HTTP server what a connection does now.
func (vs *visitors) is(c net.Conn, state http.ConnState) {
	v, ok := c.(*visitor)
	if !ok {
		return
	}
	vs.mu.Lock()
	defer vs.mu.Unlock()
	switch state {
	case http.StateActive, http.StateIdle:
		v.busy, v.since = state == http.StateActive, time.Now()
	case http.StateHijacked, http.StateClosed:
		vs.forget(v)
	case http.StateNew: // it has entered already
	}
}

// carriesSSH is called when a visitor has become a websocket.
func (v *visitor) carriesSSH() { v.ssh.Store(true) }

// frames is how many bytes of a websocket may be beside what it carries: as many as
// that, and so many more. Every message has some; pings and the empty parts of a
// message have nothing else.
const frames = 64 << 10

// errNoise says that a websocket carries little but its own frames.
var errNoise = errors.New("web: a websocket with too many frames for what is in them")

// Read reads what the browser sends, as HTTP at the pace of its address.
func (v *visitor) Read(p []byte) (int, error) {
	if v.greets > 0 {
		v.asks(v.greets)
		v.greets = 0
	}
	n, err := v.Conn.Read(p)
	switch {
	case !v.ssh.Load():
		v.asks(n)
	case v.bytes.Add(int64(n)) > 2*v.asSSH.Load()+frames:
		return 0, errNoise
	}
	return n, err
}

// asks waits until the address may ask for so many bytes more, or the connection is
// closed.
func (v *visitor) asks(bytes int) {
	d := v.pace.ReserveN(time.Now(), bytes).Delay()
	if d <= 0 {
		return
	}
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
	case <-v.gone:
	}
}

// CloseWrite tells the browser that nothing more comes, so that it can read the end.
func (v *visitor) CloseWrite() error {
	if half, ok := v.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// Close closes the connection without a farewell of TLS, for which a frozen browser
// would have to read.
func (v *visitor) Close() error {
	v.leaving.Do(func() { close(v.gone) })
	return v.tcp.Close()
}

// SetReadBuffer sets how much waits in the kernel.
func (v *visitor) SetReadBuffer(bytes int) error {
	if tcp, ok := v.tcp.(interface{ SetReadBuffer(bytes int) error }); ok {
		return tcp.SetReadBuffer(bytes)
	}
	return nil
}

// origin is the unit in which addresses are counted, as for SSH: an IPv4 address, or
// the /64 of an IPv6 one.
func origin(addr net.Addr) netip.Prefix {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	prefix, _ := ip.Prefix(min(ip.BitLen(), 64))
	return prefix
}
