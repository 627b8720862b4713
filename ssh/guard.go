package ssh

import (
	"net"
	"net/netip"
	"sync"
	"time"
)

// What wrong join codes cost an address.
const (
	wrongCodes  = 5                // wrong codes from one address that lock it out
	lockedFor   = time.Minute      // how long an address is locked out
	forgottenIn = 10 * time.Minute // after the last one, wrong codes are forgotten
)

// guard counts wrong join codes by address. It is safe for concurrent use.
type guard struct {
	now func() time.Time

	mu   sync.Mutex
	from map[netip.Prefix]attempts
}

type attempts struct {
	wrong  int
	last   time.Time // of the last wrong code
	locked time.Time // locked out until then
}

func newGuard(now func() time.Time) *guard {
	return &guard{now: now, from: map[netip.Prefix]attempts{}}
}

// verdict is the outcome of trying one code.
type verdict int

const (
	right verdict = iota
	wrong
	locked
)

// try asks check about one code from addr, unless the address is locked out:
// then not even a right code is looked at. Attempts at the same time are
// counted one after another.
func (g *guard) try(addr net.Addr, check func() bool) verdict {
	g.mu.Lock()
	defer g.mu.Unlock()
	from, now := origin(addr), g.now()
	a := g.from[from]
	switch {
	case now.Before(a.locked):
		return locked
	case check():
		return right // earlier wrong codes stay counted, so that an own code buys no more guesses
	}
	if now.Sub(a.last) > forgottenIn {
		a.wrong = 0
	}
	a.wrong, a.last = a.wrong+1, now
	if a.wrong >= wrongCodes {
		a = attempts{last: now, locked: now.Add(lockedFor)}
	}
	g.forget(now)
	g.from[from] = a
	return wrong
}

// isLocked reports whether try would not look at a code from addr.
func (g *guard) isLocked(addr net.Addr) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.now().Before(g.from[origin(addr)].locked)
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

// loopback reports whether a connection comes from the server's own machine.
func loopback(addr net.Addr) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
