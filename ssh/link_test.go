package ssh

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// silence reads until the server's patience ends, and says when that was.
func silence(t *testing.T, l *link) time.Duration {
	t.Helper()
	began := time.Now()
	if _, err := l.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("reading ends with %v", err)
	}
	return time.Since(began)
}

// hello is what every client begins with.
const hello = "SSH-2.0-client\r\n"

func TestWhoSaysNothingIsShownOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		ours, theirs := net.Pipe()
		defer theirs.Close()
		l := h.enter(ours)
		if err := l.SetDeadline(time.Time{}); err != nil { // the library lifts every limit
			t.Fatal(err)
		}
		if took := silence(t, l); took != helloTime {
			t.Errorf("before the version line: %v", took)
		}
		l.limit(helloTime)
		go func() { _, _ = theirs.Write([]byte(hello)) }()
		if _, err := io.ReadFull(l, make([]byte, len(hello))); err != nil {
			t.Fatal(err)
		}
		if took := silence(t, l); took != handshakeTime {
			t.Errorf("before the question: %v", took)
		}
		l.asked(nil)
		if took := silence(t, l); took != answerTime {
			t.Errorf("at the question: %v", took)
		}
		if h.waiting != 1 {
			t.Errorf("at the question: %d wait", h.waiting)
		}
		l.admitted()
		late := time.AfterFunc(24*time.Hour, func() { theirs.Close() })
		if _, err := l.Read(make([]byte, 1)); !errors.Is(err, io.EOF) || late.Stop() {
			t.Errorf("before the first session: %v", err)
		}
		for range 2 { // closing twice gives nothing back twice
			l.Close()
		}
		if h.waiting != 0 || len(h.from) != 0 || len(h.links) != 0 {
			t.Errorf("a place is lost: %d, %d, %d", h.waiting, len(h.from), len(h.links))
		}
	})
}

// The first line is the client's version and has an end; a byte now and then does
// not keep the connection.
func TestTheFirstLineIsTheClientsVersion(t *testing.T) {
	for name, first := range map[string]string{
		"another protocol":  "GET / HTTP/1.1\r\n",
		"a line before it":  "hello\r\n" + hello,
		"an endless line":   "SSH-2.0-" + strings.Repeat("A", longestHello),
		"lines without end": strings.Repeat("\r\n", 1<<10),
	} {
		t.Run(name, func(t *testing.T) {
			h := newHallway()
			ours, theirs := net.Pipe()
			defer theirs.Close()
			go func() { _, _ = theirs.Write([]byte(first)) }()
			if _, err := h.enter(ours).Read(make([]byte, 1)); !errors.Is(err, errNoHello) {
				t.Errorf("it is answered with %v", err)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		ours, theirs := net.Pipe()
		l := h.enter(ours)
		var slow sync.WaitGroup
		slow.Go(func() {
			for i, err := 0, error(nil); err == nil; i++ {
				time.Sleep(300 * time.Millisecond)
				_, err = theirs.Write([]byte(hello[i : i+1]))
			}
		})
		if took := silence(t, l); took != helloTime {
			t.Errorf("a slow one has %v", took)
		}
		ours.Close()
		slow.Wait()
	})
}

// counted is a connection that counts how often it is read.
type counted struct {
	net.Conn
	reads int
}

func (c *counted) Read(p []byte) (int, error) {
	c.reads++
	return c.Conn.Read(p)
}

// The library reads version lines a byte at a time; that does not cost a system
// call each.
func TestAVersionLineIsReadAtOnce(t *testing.T) {
	h := newHallway()
	ours, theirs := net.Pipe()
	defer theirs.Close()
	c := &counted{Conn: ours}
	l := h.enter(c)
	go func() { _, _ = theirs.Write([]byte(hello)) }()
	for range hello {
		if _, err := l.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if c.reads != 1 {
		t.Errorf("%d reads", c.reads)
	}
}

// A place for work is held only while there is something to work on, so that it
// costs nobody anything when a client begins a key exchange and stops.
func TestWhoIsWaitedForHoldsNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		h.work = newTurns[netip.Prefix](1, 1)
		begin := func() (*link, net.Conn) {
			ours, theirs := net.Pipe()
			l := h.enter(ours)
			go func() { _, _ = theirs.Write([]byte(hello)) }()
			if _, err := io.ReadFull(l, make([]byte, len(hello))); err != nil {
				t.Fatal(err)
			}
			return l, theirs
		}
		read := func(l *link) chan error {
			read := make(chan error, 1)
			go func() {
				_, err := l.Read(make([]byte, 4))
				read <- err
			}()
			synctest.Wait()
			return read
		}
		one, other := begin()
		two, another := begin()
		go func() { _, _ = other.Write([]byte("half")) }()
		if err := <-read(one); err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = another.Write([]byte("more")) }()
		second := read(two)
		if len(second) != 0 {
			t.Fatal("two work in one place")
		}
		first := read(one) // waits for the client again
		if err := <-second; err != nil {
			t.Fatal(err)
		}
		two.Close()
		one.Close()
		if err := <-first; err == nil {
			t.Error("a closed line is read")
		}
		if h.work.taken != 0 {
			t.Error("a place is lost")
		}
	})
}

// comer is a stranger's connection from an address.
type comer struct {
	discard
	from net.Addr
}

func (c comer) RemoteAddr() net.Addr { return c.from }

// comes lets one in from an address, a moment after the one before.
func comes(h *hallway, ip string) *link {
	time.Sleep(time.Microsecond)
	l := h.enter(comer{from: stranger(ip)})
	synctest.Wait() // somebody may have had to make room
	return l
}

// out reports whether a link was ended.
func (l *link) out() bool {
	select {
	case <-l.gone:
		return true
	default:
		return false
	}
}

// When all places are taken, a fresh one is let in and the oldest of the busiest
// address goes.
func TestTheBusiestAddressMakesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		person := comes(h, "10.0.0.1")
		var busy, others []*link
		for range fromOne {
			busy = append(busy, comes(h, "10.0.0.2"))
		}
		for i := h.waiting; i < strangers; i++ {
			others = append(others, comes(h, fmt.Sprintf("10.1.%d.1", i%256)))
		}
		comes(h, "10.0.0.3")
		if !busy[0].out() || busy[1].out() || person.out() || others[0].out() {
			t.Error("somebody else made room")
		}
		if h.waiting != strangers {
			t.Errorf("%d wait", h.waiting)
		}
		person.admitted() // is no stranger any more
		comes(h, "10.0.0.4")
		if busy[1].out() {
			t.Error("somebody makes room without need")
		}
		h.close()
		if len(h.links) != 0 || h.waiting != 0 || len(h.from) != 0 {
			t.Errorf("%d links, %d wait", len(h.links), h.waiting)
		}
		if h.enter(discard{}) != nil {
			t.Error("a closed hallway lets in")
		}
	})
}

// Many people share an address. Those who look for their slips stay when somebody
// floods it with connections that say nothing; when it is flooded with ones that
// stop at the question, who has just come stays.
func TestPeopleWhoShareAnAddressStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		var people []*link
		for range 80 {
			l := comes(h, "10.0.0.1")
			l.asked(&waits{})
			people = append(people, l)
		}
		for range 2 * strangers {
			comes(h, "10.0.0.1")
		}
		for i, l := range people {
			if l.out() {
				t.Fatalf("person %d had to go", i)
			}
		}
		h.close()

		h = newHallway()
		for range fromOne {
			comes(h, "10.0.0.1").asked(&waits{})
		}
		fresh := comes(h, "10.0.0.1")
		comes(h, "10.0.0.1").asked(&waits{})
		if fresh.out() {
			t.Error("who has just come had to go")
		}
		time.Sleep(2 * helloTime)
		comes(h, "10.0.0.1")
		if !fresh.out() {
			t.Error("who says nothing stays")
		}
		h.close()
	})
}

// Where the server itself is late, nobody has to go for that.
func TestWhoWaitsForTheServerStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		for h.work.taken < h.work.places {
			h.work.take(origin(stranger("10.0.0.9")), nil)
		}
		late := comes(h, "10.0.0.1")
		go late.work.begin()
		synctest.Wait()
		for range fromOne - 1 {
			comes(h, "10.0.0.1").asked(&waits{})
		}
		time.Sleep(2 * helloTime)
		comes(h, "10.0.0.1").asked(&waits{})
		if late.out() {
			t.Error("who waits for a place to work had to go")
		}
		h.close()
	})
}

// Who has to go hears why where the protocol has a way to say it.
func TestWhoMakesRoomHearsWhy(t *testing.T) {
	h := newHallway()
	l, w := h.enter(discard{}), &waits{}
	l.asked(w)
	l.makeRoom(l.asks)
	if !l.out() || !strings.HasPrefix(w.heard, "Too many wait here") || !strings.Contains(w.heard, "请再连接一次") {
		t.Errorf("out: %v, hears %q", l.out(), w.heard)
	}
}

// waits is a stranger at the question.
type waits struct {
	gossh.ServerPreAuthConn
	heard string
}

func (w *waits) SendAuthBanner(text string) error {
	w.heard = text
	return nil
}

// dead is the connection of a phone that lost its line.
type dead struct {
	gossh.Conn
	gone chan struct{}
}

func (d dead) SendRequest(string, bool, []byte) (bool, []byte, error) {
	<-d.gone
	return false, nil, net.ErrClosed
}

func TestALostLineIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		ours, theirs := net.Pipe()
		l := h.enter(ours)
		l.admitted()
		d := dead{gone: make(chan struct{})}
		began := time.Now()
		l.used(d)
		l.used(d) // further sessions ask no further questions
		if _, err := theirs.Read(make([]byte, 1)); err == nil || time.Since(began) != (1+keepaliveMost)*keepaliveEvery {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		close(d.gone)
		synctest.Wait()
	})
}

// asleep is a connection whose clock a test moves, as a laptop does whose lid was
// shut.
type asleep struct {
	dead
	now   time.Time
	keeps *keepalive
	asked int
}

func (a *asleep) SendRequest(name string, reply bool, payload []byte) (bool, []byte, error) {
	a.asked++
	return a.dead.SendRequest(name, reply, payload)
}

// later lets the clock go on, and then tick.
func (a *asleep) later(d time.Duration) {
	a.now = a.now.Add(d)
	go a.keeps.ask(a.now)
	synctest.Wait()
}

// Only questions without an answer end a connection, not time that has passed
// while this machine slept.
func TestNobodyIsShownOutBecauseTheServerSlept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		l := h.enter(discard{})
		l.admitted()
		a := &asleep{dead: dead{gone: make(chan struct{})}, now: time.Now()}
		a.keeps = keptAlive(l, a)
		there := func() bool { h.mu.Lock(); defer h.mu.Unlock(); return h.links[l] }
		a.later(keepaliveEvery)
		for range 5 {
			a.later(95 * time.Second)
			a.later(keepaliveEvery)
		}
		if !there() || a.asked != 1 {
			t.Fatalf("after sleep: there %v, asked %d times", there(), a.asked)
		}
		a.later(keepaliveEvery)
		if !there() {
			t.Error("shown out too soon")
		}
		a.later(keepaliveEvery)
		if there() {
			t.Errorf("%d questions have no answer", keepaliveMost)
		}
		close(a.gone)
	})
}

func TestTheHallwayIsClosedWhenNobodyIsAskedAnyMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		l := h.enter(discard{})
		l.admitted()
		d := dead{gone: make(chan struct{})}
		l.used(d)
		time.Sleep(keepaliveEvery)
		synctest.Wait() // a question is on its way
		closed := false
		var closing sync.WaitGroup
		closing.Go(func() { h.close(); closed = true })
		if synctest.Wait(); closed {
			t.Error("a question goes on")
		}
		close(d.gone)
		closing.Wait()
		h.keep(func() { t.Error("a link is kept alive in a closed hallway") })
		synctest.Wait()
	})
}
