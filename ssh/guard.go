package ssh

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// What wrong join codes cost an address. A right code is never delayed, so
// that people who share an address do not pay for one of them.
const (
	freeGuesses  = 3                // wrong codes from one address that are answered at once
	firstDelay   = time.Second      // before the answer to the next one; it doubles with every further one
	longestDelay = 8 * time.Second  // and grows no further
	forgottenIn  = 10 * time.Minute // after the last one, wrong codes are forgotten
)

// guard counts wrong join codes by address. It is safe for concurrent use.
type guard struct {
	now func() time.Time

	mu   sync.Mutex
	from map[netip.Prefix]attempts
}

type attempts struct {
	wrong int
	last  time.Time // of the last wrong code
}

func newGuard(now func() time.Time) *guard {
	return &guard{now: now, from: map[netip.Prefix]attempts{}}
}

// wrong counts a wrong code from addr and returns how long its answer waits. A
// right code does not reset the count, so that an own code buys no more guesses.
func (g *guard) wrong(addr net.Addr) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	from, now := origin(addr), g.now()
	a := g.from[from]
	if now.Sub(a.last) > forgottenIn {
		a.wrong = 0
	}
	a.wrong, a.last = a.wrong+1, now
	g.forget(now)
	g.from[from] = a
	delay := time.Duration(0)
	for n := freeGuesses; n < a.wrong && delay < longestDelay; n++ {
		delay = max(firstDelay, 2*delay)
	}
	return delay
}

// forget drops addresses that have been quiet, once there are many of them.
func (g *guard) forget(now time.Time) {
	if len(g.from) < 1024 {
		return
	}
	for from, a := range g.from {
		if now.Sub(a.last) > forgottenIn {
			delete(g.from, from)
		}
	}
}

// origin is the unit in which addresses are counted: an IPv4 address, or the
// /64 of an IPv6 one, of which a single person has 2^64.
func origin(addr net.Addr) netip.Prefix {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	prefix, _ := ip.Prefix(bits)
	return prefix
}
