package ssh

import (
	"cmp"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// Connections that do not become a login are worth a line in the log, but not one
// each: an attacker, or a clock that looks whether the port is open, would fill it.
const (
	summedUp    = time.Minute // what is summed up in one line
	mostOrigins = 8           // addresses of a line; the others are one number
)

// reason is why a connection did not become a login.
type reason string

const (
	wrongCode    reason = "wrong code" // each of them, also where the next one is right
	tooManyTries reason = "too many tries"
	hasLeft      reason = "has left the branch"
	hasEnded     reason = "the archive is closed"
	oldCode      reason = "a code that was replaced or revoked"
	timedOut     reason = "timed out"
	notSSH       reason = "not an SSH client"
	hungUp       reason = "hung up"
	unclear      reason = "broken handshake"
)

// silenced tells why nothing more came of a client before its login; "" where the
// server ended the connection and has said why.
func silenced(err error) reason {
	switch {
	case errors.Is(err, net.ErrClosed):
		return ""
	case errors.Is(err, os.ErrDeadlineExceeded):
		return timedOut
	case errors.Is(err, errNoHello):
		return notSSH
	}
	return hungUp
}

// reasonOf tells why a handshake failed; "" where the connection ended, which its
// link says ([silenced]). Nothing that the client sent is in it.
func reasonOf(err error) reason {
	var none *gossh.AlgorithmNegotiationError
	var auth *gossh.ServerAuthError
	var network net.Error
	switch {
	case errors.As(err, &none):
		return "no common " + reason(none.What) // host key, key exchange, …
	case errors.As(err, &auth):
		if len(auth.Errors) > 0 && goodbye(auth.Errors[len(auth.Errors)-1]) {
			return tooManyTries
		}
		return ""
	case goodbye(err):
		return hungUp
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, errNoHello), errors.As(err, &network):
		return ""
	}
	return unclear
}

// goodbye reports whether an error is a message that one side ends the connection,
// for which the library has no name.
func goodbye(err error) bool { return strings.HasPrefix(err.Error(), "ssh: disconnect") }

// failures sums up why connections did not become logins. The first one of a
// reason is logged at once, those of each minute after it in one line. It is safe
// for concurrent use.
type failures struct {
	log *slog.Logger

	mu     sync.Mutex
	sums   map[reason]*sum
	counts map[string]uint64 // by reason, since the start
	closed bool
}

// sum is what came of one reason since its last line.
type sum struct {
	from  map[netip.Prefix]int
	timer *time.Timer
}

func newFailures(log *slog.Logger) *failures {
	return &failures{log: log, sums: map[reason]*sum{}, counts: map[string]uint64{}}
}

// note counts a failure of an address.
func (f *failures) note(why reason, addr net.Addr) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.counts[string(why)]++
	s := f.sums[why]
	switch {
	case f.closed:
	case s == nil:
		f.sums[why] = &sum{from: map[netip.Prefix]int{}, timer: time.AfterFunc(summedUp, func() { f.minute(why) })}
		f.tell(why, map[netip.Prefix]int{origin(addr): 1})
	case len(s.from) < mostOrigins*mostOrigins || s.from[origin(addr)] > 0:
		s.from[origin(addr)]++
	default:
		s.from[netip.Prefix{}]++ // of too many addresses
	}
}

// minute logs what came of a reason in the last minute; after a minute without any
// the next one is the first again.
func (f *failures) minute(why reason) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.sums[why]
	switch {
	case f.closed:
	case len(s.from) == 0:
		delete(f.sums, why)
	default:
		f.tell(why, s.from)
		s.from = map[netip.Prefix]int{}
		s.timer.Reset(summedUp)
	}
}

// close logs what has not been logged yet, and takes no more.
func (f *failures) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed = true
	for _, why := range slices.Sorted(maps.Keys(f.sums)) {
		s := f.sums[why]
		s.timer.Stop()
		if len(s.from) > 0 {
			f.tell(why, s.from)
		}
	}
}

// tell writes the line of a reason: how often, and from where, the busiest first.
func (f *failures) tell(why reason, from map[netip.Prefix]int) {
	all, elsewhere := 0, from[netip.Prefix{}]
	var addrs []any
	busiest := slices.SortedFunc(maps.Keys(from), func(a, b netip.Prefix) int {
		return cmp.Or(cmp.Compare(from[b], from[a]), a.Compare(b))
	})
	for _, addr := range busiest {
		all += from[addr]
		switch {
		case !addr.IsValid():
		case len(addrs) < mostOrigins:
			addrs = append(addrs, slog.Int(addr.String(), from[addr]))
		default:
			elsewhere += from[addr]
		}
	}
	if elsewhere > 0 {
		addrs = append(addrs, slog.Int("elsewhere", elsewhere))
	}
	f.log.Warn("no login", "reason", string(why), "count", all, slog.Group("from", addrs...))
}
