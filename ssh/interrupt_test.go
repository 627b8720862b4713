package ssh

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// A word that goes on ends with Ctrl+C on a terminal, and without one when the
// client sends what Ctrl+C is. The connection stays.
func TestAWordThatGoesOnIsInterrupted(t *testing.T) {
	h := newHouse(t, 2)
	c := h.dial("m02")
	for name, interrupts := range map[string]func(*screen) error{
		"Ctrl+C":       func(s *screen) error { _, err := s.keys.Write([]byte("x\x03")); return err },
		"SIGINT":       func(s *screen) error { return s.sess.Signal(gossh.SIGINT) },
		"SIGTERM":      func(s *screen) error { return s.sess.Signal(gossh.SIGTERM) },
		"end of input": func(s *screen) error { return errors.Join(s.keys.Close(), s.sess.Signal(gossh.SIGINT)) },
	} {
		s := h.word(c, "status --follow", name == "Ctrl+C")
		s.sees(branchName)
		if err := interrupts(s); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- s.sess.Wait() }()
		select {
		case err := <-ended:
			var exit *gossh.ExitError
			if !errors.As(err, &exit) || exit.ExitStatus() != exitInterrupted {
				t.Errorf("%s: it ends with %v", name, err)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s: it goes on", name)
		}
	}
	if s := h.word(c, "status --follow", false); s.sess.Signal(gossh.SIGUSR1) != nil {
		t.Error("a signal breaks the connection")
	} else {
		s.sees(branchName)
	}
	if a := h.saysOn(c, "whoami", ""); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
}

// word says a word, on a terminal or without one.
func (h *house) word(c *gossh.Client, words string, terminal bool) *screen {
	h.t.Helper()
	sess, err := c.NewSession()
	if err != nil {
		h.t.Fatal(err)
	}
	s := &screen{t: h.t, line: c, sess: sess, over: make(chan struct{}), more: make(chan struct{}, 1)}
	sess.Stdout = s
	if s.keys, err = sess.StdinPipe(); err != nil {
		h.t.Fatal(err)
	}
	if terminal {
		if err := sess.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}); err != nil {
			h.t.Fatal(err)
		}
	}
	if err := sess.Start(words); err != nil {
		h.t.Fatal(err)
	}
	return s
}

// A text whose line breaks in the middle, as Ctrl+C breaks it, is not recorded.
func TestHalfATextIsNotRecorded(t *testing.T) {
	h := newHouse(t, 2)
	h.says("m01", "next --reason 测试", "")
	before, base := h.hall.State(), runtime.NumGoroutine()
	for i := range 20 {
		c := h.dial("m01")
		s := h.word(c, "note", false)
		if _, err := s.keys.Write([]byte("这半句话")); err != nil {
			t.Fatal(err)
		}
		if _, err := s.sess.SendRequest("window-change", true, nil); err != nil { // what was written has come
			t.Fatal(err)
		}
		if i%2 == 0 {
			err := s.sess.Close() // only the session, as on a connection that is shared
			if err != nil {
				t.Fatal(err)
			}
		}
		c.Close()
		settles(t, base)
	}
	if h.hall.State() != before {
		t.Error("half a text was recorded")
	}
	if a := h.says("m01", "note", "这一句话"); a.exit != exitOK || h.hall.State() == before {
		t.Errorf("%+v", a)
	}
}

// Who ends the lines, on a terminal or by closing their input, has left: that is
// no failure.
func TestLeavingLinesIsNoFailure(t *testing.T) {
	h := newHouse(t, 2)
	c := h.dial("m02")
	closes := func(s *screen) error { return s.keys.Close() }
	types := func(keys string) func(*screen) error {
		return func(s *screen) error { _, err := s.keys.Write([]byte(keys)); return err }
	}
	for name, leave := range map[string]struct {
		terminal bool
		does     func(*screen) error
	}{
		"Ctrl+D": {true, types("\x04")}, "Ctrl+D twice": {true, types("\x04\x04")}, "a closed input on a terminal": {true, closes},
		"a closed input": {false, closes}, "q": {false, types("q\nq\n")},
	} {
		s := h.word(c, "plain", leave.terminal)
		s.sees(branchName)
		if err := leave.does(s); err != nil {
			t.Fatal(err)
		}
		if err := s.sess.Wait(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(s.text(), "已退出") {
			t.Errorf("%s: it says %q", name, s.text())
		}
	}
}
