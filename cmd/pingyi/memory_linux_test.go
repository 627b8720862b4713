package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"pingyi/tui"
)

// writable is what a process has in the memory that can be written.
func writable(t *testing.T, pid int) (pieces [][]byte) {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Skipf("only root may read the memory of a server: %v", err)
	}
	defer mem.Close()
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var may string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &may); err != nil || !strings.HasPrefix(may, "rw") {
			continue
		}
		piece := make([]byte, to-from)
		n, _ := mem.ReadAt(piece, from) // what cannot be read is not there
		pieces = append(pieces, piece[:n])
	}
	return pieces
}

// screen is a member at a terminal over SSH.
type screen struct {
	t    *testing.T
	conn io.Closer
	keys io.Writer
	mu   sync.Mutex
	*vt.Emulator
	moved chan struct{}
}

// opensScreen opens a member's screen, which stays open until the test ends.
func (r *rig) opensScreen(id string) *screen {
	r.t.Helper()
	c, err := r.joins(id)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = c.conn.Close() })
	sess, err := c.conn.NewSession()
	if err != nil {
		r.t.Fatal(err)
	}
	const width, height = 80, 24
	s := &screen{t: r.t, conn: c.conn, Emulator: vt.NewEmulator(width, height), moved: make(chan struct{}, 1)}
	s.keys, err = sess.StdinPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	sess.Stdout = s
	if err := errors.Join(sess.RequestPty("xterm", height, width, nil), sess.Shell()); err != nil {
		r.t.Fatal(err)
	}
	return s
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, err := s.Emulator.Write(p)
	select {
	case s.moved <- struct{}{}:
	default:
	}
	return n, err
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.String()
}

// until waits until the screen shows a text.
func (s *screen) until(text string) string {
	s.t.Helper()
	late := time.After(time.Minute)
	for {
		if now := s.text(); strings.Contains(strings.ReplaceAll(now, " ", ""), text) {
			return now
		}
		select {
		case <-s.moved:
		case <-late:
			s.t.Fatalf("%s never came:\n%s", text, s.text())
		}
	}
}

// press presses keys once they count: after a page has changed by itself they
// do not for a moment.
func (s *screen) press(keys, then string) string {
	s.t.Helper()
	time.Sleep(600 * time.Millisecond)
	if _, err := io.WriteString(s.keys, keys); err != nil {
		s.t.Fatal(err)
	}
	return s.until(then)
}

func TestAServerForgetsWhatPassedThroughIt(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	r.comesToVote(6)
	r.say("m01", 0, song, "note")
	secrets := map[string]string{}
	for id, code := range map[string]string{"m04": r.seals("m04")} {
		secrets["the recovery code of "+id] = code
		secrets["the recovery code of "+id+" in words"] = tui.LatinCode(code)
	}
	m05 := r.opensScreen("m05")
	m05.until("显示恢复码")
	page := m05.press("\r", "抄好了，现在输入")
	code := ""
	_, page, _ = strings.Cut(page, "抄下恢复码")
	for _, word := range regexp.MustCompile(`\d+ (\p{Han})\s`).FindAllStringSubmatch(page, -1) {
		code += word[1]
	}
	secrets["the recovery code of m05"], secrets["the recovery code of m05 in words"] = code, tui.LatinCode(code)
	m05.press("\r", "输入恢复码")
	m05.press(code, code) // as a paste: Enter comes by itself
	m05.press("\r", "已经封箱")
	r.say("m01", 0, "", "open")
	for i := 1; i <= 6; i++ {
		ballot := slip(1, i, "")
		secrets["the ballot of "+member(i)] = ballot
		r.say(member(i), 0, ballot, "vote")
	}
	r.say("m01", 0, "", "close")
	r.say("m01", 0, "", "confirmed --reason 无人提出异议")
	r.say("m05", 0, "", "unseal")
	r.say("m04", 0, secrets["the recovery code of m04"], "unseal")
	r.forgets(secrets, "the recovery code of m05")
	if err := m05.conn.Close(); err != nil {
		t.Fatal(err)
	}
	r.forgets(secrets)
}

// forgets waits until none of some secrets is in the server's memory, but those
// that some connection still holds.
func (r *rig) forgets(secrets map[string]string, but ...string) {
	r.t.Helper()
	late := time.After(time.Minute)
	for {
		kept := map[string]int{}
		pieces := writable(r.t, r.server.Process.Pid)
		if count(pieces, song) == 0 {
			r.t.Fatal("a note that is kept is not found, so neither is anything else")
		}
		for name, text := range secrets {
			if n := count(pieces, text); n > 0 && !slices.Contains(but, name) {
				kept[name] = n
			}
		}
		if len(kept) == 0 {
			return
		}
		select {
		case <-time.After(time.Second): // memory tells nobody when it changes
		case <-late:
			r.t.Fatalf("still in memory: %v", kept)
		}
	}
}

// count counts a text.
func count(pieces [][]byte, text string) (n int) {
	for _, p := range pieces {
		n += bytes.Count(p, []byte(text))
	}
	return n
}

// seals has a scrutineer seal the box with a word and returns the code.
func (r *rig) seals(id string) string {
	r.t.Helper()
	var sealed struct{ Code string }
	r.json(r.say(id, 0, "", "seal --json"), &sealed)
	return sealed.Code
}
