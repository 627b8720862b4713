//go:build cluster

package etcdtest

import (
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// Line is a line to an address, which can be cut: what is connected is dropped without a word, and what comes hears nothing until it is mended.
type Line struct {
	Addr string
	to   string

	mu   sync.Mutex
	cut  bool // nothing comes through
	deaf bool // no answer comes through
	ends map[net.Conn]bool
	wake *sync.Cond
	over bool
	work sync.WaitGroup
}

// NewLine lays a line that ends with the test. to is HOST:PORT.
func NewLine(t *testing.T, to string) *Line {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	line := &Line{Addr: l.Addr().String(), to: to, ends: map[net.Conn]bool{}}
	line.wake = sync.NewCond(&line.mu)
	line.work.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			line.work.Go(func() { line.carry(conn) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		line.mu.Lock()
		line.over = true
		for c := range line.ends {
			_ = c.Close()
		}
		line.wake.Broadcast()
		line.mu.Unlock()
		line.work.Wait()
	})
	return line
}

// Lines lays a line to every member and returns their URLs.
func (c *Cluster) Lines(t *testing.T) (lines []*Line, urls []string) {
	t.Helper()
	for _, m := range c.Members {
		scheme, addr, _ := strings.Cut(m.URL, "://")
		l := NewLine(t, addr)
		lines = append(lines, l)
		urls = append(urls, scheme+"://"+l.Addr)
	}
	return lines, urls
}

// Cut holds everything up that comes from now on, so that nobody learns that the line is cut.
func (l *Line) Cut() { l.set(true, true) }

// HoldAnswers lets requests through and holds the answers up.
func (l *Line) HoldAnswers() { l.set(false, true) }

// Mend lets everything through again that was held up.
func (l *Line) Mend() { l.set(false, false) }

func (l *Line) set(cut, deaf bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut, l.deaf = cut, deaf
	l.wake.Broadcast()
}

// Drop closes all connections.
func (l *Line) Drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.ends {
		_ = c.Close()
	}
	clear(l.ends)
}

// open waits while the line is cut, and reports whether it still lives.
func (l *Line) open(answer bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for (l.cut || answer && l.deaf) && !l.over {
		l.wake.Wait()
	}
	return !l.over
}

func (l *Line) carry(from net.Conn) {
	defer from.Close()
	to, err := net.Dial("tcp", l.to)
	if err != nil {
		return
	}
	defer to.Close()
	l.mu.Lock()
	l.ends[from], l.ends[to] = true, true
	l.mu.Unlock()
	var both sync.WaitGroup
	pass := func(to, from net.Conn, answer bool) {
		defer from.Close()
		defer to.Close()
		_, _ = io.Copy(held{to, l, answer}, from)
	}
	both.Go(func() { pass(to, from, false) })
	both.Go(func() { pass(from, to, true) })
	both.Wait()
	l.mu.Lock()
	delete(l.ends, from)
	delete(l.ends, to)
	l.mu.Unlock()
}

// held writes while the line is open.
type held struct {
	to     io.Writer
	line   *Line
	answer bool
}

func (h held) Write(p []byte) (int, error) {
	if !h.line.open(h.answer) {
		return 0, net.ErrClosed
	}
	return h.to.Write(p)
}
