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

// running is what runs on a screen, Bubble Tea's program or the screen's own loop.
type running interface {
	Send(msg tea.Msg)
	Quit()
}

// runs are the ways to run a model on a terminal.
var runs = map[string]func(t *testing.T, w io.Writer, m tea.Model) (*Screen, running, <-chan error){
	"program": func(t *testing.T, w io.Writer, m tea.Model) (*Screen, running, <-chan error) {
		s, ended := New(w, colorprofile.TrueColor), make(chan error, 1)
		program := s.Program(m, tea.WithContext(t.Context()), tea.WithInput(nil), tea.WithoutSignalHandler(), tea.WithWindowSize(40, 3))
		go func() {
			_, err := program.Run()
			ended <- err
		}()
		return s, program, ended
	},
	"loop": func(t *testing.T, w io.Writer, m tea.Model) (*Screen, running, <-chan error) {
		s, ended := New(w, colorprofile.TrueColor), make(chan error, 1)
		go func() { ended <- s.Run(t.Context(), awake{m, nil, 0}, 40, 3) }()
		return s, s, ended
	},
}

// awake is a model that something wakes.
type awake struct {
	tea.Model
	moved chan struct{}
	after time.Duration
}

func (m awake) Wakes() (<-chan struct{}, time.Duration) { return m.moved, m.after }

func (m awake) Woken(moved bool) tea.Msg {
	return say(map[bool]string{true: "动了", false: "到点了"}[moved])
}

func (m awake) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	next, cmd := m.Model.Update(msg)
	m.Model = next
	if msg == say("到点了") {
		m.after = 0
	}
	return m, cmd
}

func TestALoopIsWokenByWhatMovesAndByItsClock(t *testing.T) {
	w := newWall()
	close(w.reads)
	moved := make(chan struct{}, 1)
	s, ended := New(w, colorprofile.TrueColor), make(chan error, 1)
	go func() { ended <- s.Run(t.Context(), awake{page{"会议"}, moved, time.Millisecond}, 40, 3) }()
	w.until(t, "到点了")
	moved <- struct{}{}
	w.until(t, "动了")
	close(moved) // nobody watches any more, and the screen goes on
	s.Send(say("还在"))
	w.until(t, "还在")
	s.Quit()
	if err := wait(t, "end", ended); err != nil {
		t.Error(err)
	}
	if err := s.Close(t.Context(), ""); err != nil {
		t.Error(err)
	}
	s.Wait()
}

func (w *wall) until(t *testing.T, text string) {
	t.Helper()
	for !strings.Contains(wait(t, text, w.more), text) {
	}
}

func TestAProgramIsSeenAndTheTerminalGivenBack(t *testing.T) {
	for name, run := range runs {
		t.Run(name, func(t *testing.T) {
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
		})
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
	for name, run := range runs {
		t.Run(name, func(t *testing.T) {
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
		})
	}
}

// What moves waits for its turn among all screens; what a person types does not.
func TestWhatMovesWaitsForATurnAndAKeyDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWall()
		close(w.reads)
		moved, turns := make(chan struct{}, 1), make(chan struct{}, 1)
		s, ended := New(w, colorprofile.TrueColor), make(chan error, 1)
		s.Turns = turns
		turns <- struct{}{} // another screen is at work
		go func() { ended <- s.Run(t.Context(), awake{page{"会议"}, moved, 0}, 40, 3) }()
		seen := func() (text string) {
			synctest.Wait()
			for len(w.more) > 0 {
				text += <-w.more
			}
			return text
		}
		moved <- struct{}{}
		if text := seen(); !strings.Contains(text, "会议") || strings.Contains(text, "动了") {
			t.Errorf("before its turn it saw %q", text)
		}
		s.Send(say("按了键"))
		if text := seen(); !strings.Contains(text, "按了键") {
			t.Errorf("after a key it saw %q", text)
		}
		<-turns
		if text := seen(); !strings.Contains(text, "动了") {
			t.Errorf("in its turn it saw %q", text)
		}
		s.Quit()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := s.Close(t.Context(), ""); err != nil {
			t.Error(err)
		}
		s.Wait()
	})
}

func TestAScreenThatBreaksGivesItsTurnBack(t *testing.T) {
	w := newWall()
	close(w.reads)
	moved := make(chan struct{}, 1)
	moved <- struct{}{}
	s := New(w, colorprofile.TrueColor)
	if err := s.Run(t.Context(), awake{brittle{}, moved, 0}, 40, 3); !errors.Is(err, ErrBroken) {
		t.Errorf("it ends with %v", err)
	}
	if len(s.Turns) > 0 {
		t.Error("a broken screen keeps its turn")
	}
}

// brittle is a model that breaks when something moves.
type brittle struct{ page }

func (brittle) Update(tea.Msg) (tea.Model, tea.Cmd) { panic("党员01的话") }

func TestAProgramEndsWhenItsTerminalHasGone(t *testing.T) {
	for name, run := range runs {
		t.Run(name, func(t *testing.T) {
			w := newWall()
			s, _, ended := run(t, w, page{"会议"})
			w.reads <- true
			if err := wait(t, "end", ended); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(t.Context(), ""); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("closing says %v", err)
			}
		})
	}
}

func TestAPanicGivesTheTerminalBackAndNothingAway(t *testing.T) {
	for name, run := range runs {
		t.Run(name, func(t *testing.T) {
			w := newWall()
			close(w.reads)
			s, program, ended := run(t, w, page{"会议"})
			w.until(t, "会议")
			program.Send(crash{})
			if err := wait(t, "end", ended); !errors.Is(err, tea.ErrProgramPanic) && !errors.Is(err, ErrBroken) {
				t.Errorf("it ends with %v", err)
			}
			err := s.Close(t.Context(), "出错了。")
			if !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), "terminal_test.go") || strings.Contains(err.Error(), "党员01") {
				t.Errorf("closing says %v", err)
			}
			w.until(t, Leave+"出错了。")
		})
	}
}

// TestAScreenIsOverWhenAllIsThatItBegan: the last write, and the commands that
// Bubble Tea leaves behind.
func TestAScreenIsOverWhenAllIsThatItBegan(t *testing.T) {
	for name, run := range runs {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWall()
				s, program, ended := run(t, w, page{"会议"})
				synctest.Wait() // the first frame is being written
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
		})
	}
}

// keeper is a terminal that keeps the bytes that it was given, where they lie.
type keeper struct {
	got  string
	kept []byte
}

func (k *keeper) Write(p []byte) (int, error) {
	k.got, k.kept = string(p), p
	return len(p), nil
}

// What was shown does not stay in the memory that the next frame of anybody is made in:
// it may have been a code, or a choice.
func TestNothingOfAFrameStaysWhereTheNextIsMade(t *testing.T) {
	var to keeper
	s := New(&to, colorprofile.NoTTY)
	if err := s.sendFrame(&s.glass, frame{rows: rowsOf("入会码 ABCDE"), width: 20, height: 1, windows: 1}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(to.got, "ABCDE") {
		t.Fatalf("%q does not show it", to.got)
	}
	if left := bytes.Trim(to.kept, "\x00"); len(left) > 0 {
		t.Errorf("%q is left of it", left)
	}
}
