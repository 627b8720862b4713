package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// page is a model that shows what it was told last.
type page struct{ text string }

type (
	say   string
	crash struct{}
	work  func() // what a command does
)

func (p page) Init() tea.Cmd { return nil }

func (p page) View() tea.View { return tea.NewView(p.text) }

func (p page) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	switch m := m.(type) {
	case say:
		p.text = string(m)
	case crash:
		panic("党员01的话")
	case work:
		return p, func() tea.Msg { m(); return nil }
	}
	return p, nil
}

// wall is a terminal that a test looks at; it reads only what it is allowed to.
type wall struct {
	reads chan bool // closed: reads everything
	more  chan string
}

func (w *wall) Write(p []byte) (int, error) {
	if _, open := <-w.reads; open {
		return 0, io.ErrClosedPipe // it has gone
	}
	w.more <- string(p)
	return len(p), nil
}

func newWall() *wall { return &wall{reads: make(chan bool), more: make(chan string, 1000)} }

// wait fails a test that would hang.
func wait[T any](t *testing.T, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(10 * time.Second):
		t.Fatalf("no %s", what)
		panic("unreachable")
	}
}

// run starts a program on a terminal.
func run(t *testing.T, w io.Writer, m tea.Model) (*Screen, *tea.Program, <-chan error) {
	t.Helper()
	s := New(w, colorprofile.TrueColor)
	program := s.Program(m, tea.WithContext(t.Context()), tea.WithInput(nil), tea.WithoutSignalHandler(), tea.WithWindowSize(40, 3))
	ended := make(chan error, 1)
	go func() {
		_, err := program.Run()
		ended <- err
	}()
	return s, program, ended
}

func (w *wall) until(t *testing.T, text string) {
	t.Helper()
	for !strings.Contains(wait(t, text, w.more), text) {
	}
}

func TestAProgramIsSeenAndTheTerminalGivenBack(t *testing.T) {
	w := newWall()
	close(w.reads)
	s, program, ended := run(t, w, page{"会议"})
	w.until(t, "会议")
	program.Send(say("党员02 发言"))
	w.until(t, "党员02 发言")
	program.Quit()
	if err := wait(t, "end", ended); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context(), "再见。"); err != nil {
		t.Fatal(err)
	}
	if last := wait(t, "farewell", w.more); !strings.HasPrefix(last, Leave) || !strings.HasSuffix(last, "再见。\r\n") {
		t.Errorf("it leaves with %q", last)
	}
}

func TestNothingIsWrittenToATerminalThatHasSeenNothing(t *testing.T) {
	var out bytes.Buffer
	s := New(&out, colorprofile.TrueColor)
	if err := s.Close(t.Context(), ""); err != nil || out.Len() > 0 {
		t.Errorf("%q, %v", out.String(), err)
	}
}

// TestATerminalThatDoesNotReadStopsNobody: the program goes on and ends, and
// whoever reads again sees the newest view, not all that were missed.
func TestATerminalThatDoesNotReadStopsNobody(t *testing.T) {
	w := newWall()
	s, program, ended := run(t, w, page{"会议"})
	for i := range 1000 {
		program.Send(say(strings.Repeat("一", i%20)))
	}
	program.Send(say("最后"))
	program.Quit()
	if err := wait(t, "end", ended); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("no time"))
	if err := s.Close(short, "再见。"); err == nil || !strings.Contains(err.Error(), "no time") {
		t.Errorf("closing says %v", err)
	}
	close(w.reads)
	s.Wait()
	close(w.more)
	var writes []string
	for text := range w.more {
		writes = append(writes, text)
	}
	if len(writes) > 3 || !strings.Contains(writes[len(writes)-2], "最后") || !strings.Contains(writes[len(writes)-1], "再见。") {
		t.Errorf("it saw %q", writes)
	}
}

func TestAProgramEndsWhenItsTerminalHasGone(t *testing.T) {
	w := newWall()
	s, _, ended := run(t, w, page{"会议"})
	w.reads <- true
	if err := wait(t, "end", ended); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context(), ""); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("closing says %v", err)
	}
}

func TestAPanicGivesTheTerminalBackAndNothingAway(t *testing.T) {
	w := newWall()
	close(w.reads)
	s, program, ended := run(t, w, page{"会议"})
	w.until(t, "会议")
	program.Send(crash{})
	if err := wait(t, "end", ended); !errors.Is(err, tea.ErrProgramPanic) {
		t.Errorf("it ends with %v", err)
	}
	err := s.Close(t.Context(), "出错了。")
	if !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "terminal_test.go") || strings.Contains(err.Error(), "党员01") {
		t.Errorf("closing says %v", err)
	}
	w.until(t, Leave+"出错了。")
}

// TestAScreenIsOverWhenAllIsThatItBegan: the last write, and the commands that
// Bubble Tea leaves behind.
func TestAScreenIsOverWhenAllIsThatItBegan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWall()
		s, program, ended := run(t, w, page{"会议"})
		begun, done := make(chan struct{}), make(chan struct{})
		program.Send(work(func() { close(begun); <-done }))
		<-begun
		program.Quit()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := s.Close(short, ""); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("closing says %v", err)
		}
		over := false
		var waiting sync.WaitGroup
		waiting.Go(func() { s.Wait(); over = true })
		if synctest.Wait(); over {
			t.Error("a write and a command go on")
		}
		close(w.reads)
		if synctest.Wait(); over {
			t.Error("a command goes on")
		}
		close(done)
		waiting.Wait()
		if late := s.quiet(func() tea.Msg { return say("太晚") }); late() != nil {
			t.Error("a command has begun on a screen that is over")
		}
	})
}
