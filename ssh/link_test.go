package ssh

import (
	"errors"
	"net"
	"os"
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

func TestWhoSaysNothingIsShownOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		ours, theirs := net.Pipe()
		defer theirs.Close()
		l := h.enter(ours)
		if err := l.SetDeadline(time.Time{}); err != nil { // the library lifts every limit
			t.Fatal(err)
		}
		if took := silence(t, l); took != handshakeTime {
			t.Errorf("before the question: %v", took)
		}
		l.asked()
		if took := silence(t, l); took != answerTime {
			t.Errorf("at the question: %v", took)
		}
		if len(h.busy) != 0 || len(h.waiting) != 1 {
			t.Errorf("at the question: %d busy, %d waiting", len(h.busy), len(h.waiting))
		}
		l.admitted()
		if took := silence(t, l); took != idleTime {
			t.Errorf("before the first session: %v", took)
		}
		for range 2 { // closing twice gives nothing back twice
			l.Close()
		}
		if len(h.busy) != 0 || len(h.waiting) != 0 || len(h.links) != 0 {
			t.Errorf("a place is lost: %d, %d, %d", len(h.busy), len(h.waiting), len(h.links))
		}
	})
}

func TestOnlySoManyStrangersAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		var links []*link
		for range handshakes {
			links = append(links, h.enter(discard{}))
		}
		began := time.Now()
		if l := h.enter(discard{}); l != nil || time.Since(began) != handshakeTime {
			t.Errorf("one more is let in after %v", time.Since(began))
		}
		late := make(chan *link)
		go func() { late <- h.enter(discard{}) }()
		synctest.Wait()
		links[0].asked() // the next may begin
		if l := <-late; l == nil {
			t.Error("a place was not handed on")
		}
		for i := len(h.waiting); i < strangers; i++ {
			h.waiting <- struct{}{}
		}
		links[1].asked()
		if h.enter(discard{}) != nil {
			t.Error("the hallway is never full")
		}
		h.close()
		if len(h.links) != 0 || len(h.busy) != 0 {
			t.Errorf("%d links, %d busy", len(h.links), len(h.busy))
		}
		if h.enter(discard{}) != nil {
			t.Error("a closed hallway lets in")
		}
	})
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
		l.used(d, t.Context().Done())
		l.used(d, t.Context().Done()) // further sessions ask no further questions
		if _, err := theirs.Read(make([]byte, 1)); err == nil || time.Since(began) != keepaliveLimit {
			t.Errorf("%v after %v", err, time.Since(began))
		}
		close(d.gone)
		synctest.Wait()
	})
}

func TestTheHallwayIsClosedWhenNobodyIsAskedAnyMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		l := h.enter(discard{})
		l.admitted()
		d := dead{gone: make(chan struct{})}
		l.used(d, t.Context().Done())
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
