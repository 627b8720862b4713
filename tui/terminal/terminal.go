// Package terminal puts a program's views onto a terminal, by lines.
//
// It takes the drawing off Bubble Tea, whose renderer keeps a cell of memory
// for every cell of the window, rewrites every line that holds a wide
// character, and wakes up sixty times a second (SCREENS.md §4.2). What remains
// of it are the messages, the commands and the input. A [Screen] remembers the
// lines that its terminal shows and sends those that a new view changes; a
// view that changes nothing sends nothing.
//
// A view is lines of text and styles, no other control character, and always
// takes the whole window, on the alternate screen. The package knows nothing of
// what is shown.
package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// ErrBroken says that the program, or what draws it, has panicked.
var ErrBroken = errors.New("terminal: broken")

// Screen is the screen of one terminal. [New] takes it and [Screen.Close] gives
// it back; in between [Screen.Program] runs on it.
//
// A terminal that does not read stops nobody: it misses the views that are
// older than the newest.
type Screen struct {
	out     io.Writer
	profile colorprofile.Profile

	frame   frame // of the program's goroutine, as program
	program *tea.Program
	broken  atomic.Pointer[error] // the first panic, of the program or of a command

	next    chan frame // the newest that is not on its way yet; capacity 1
	last    string     // what is said at the end; set when next is closed
	done    chan struct{}
	err     error          // why nothing more is sent; set when done is closed
	running sync.WaitGroup // what sends, and the program's commands

	mu     sync.Mutex
	closed bool // no command begins any more
}

// frame is a view for a window.
type frame struct {
	content       string
	cursor        *tea.Cursor
	width, height int
	windows       int // how often the window has changed: nothing of the old one stays
}

// New is a screen at the other end of out, which gets one Write for each change
// and has the colours of profile. Nothing is written before the first view.
func New(out io.Writer, profile colorprofile.Profile) *Screen {
	s := &Screen{out: out, profile: profile, next: make(chan frame, 1), done: make(chan struct{})}
	s.running.Go(s.send)
	return s
}

// Program is a program whose views appear on the screen. There is one for each
// screen.
func (s *Screen) Program(m tea.Model, options ...tea.ProgramOption) *tea.Program {
	s.program = tea.NewProgram(seen{m, s}, append(options,
		tea.WithoutRenderer(), tea.WithOutput(io.Discard), tea.WithColorProfile(s.profile),
		tea.WithFPS(1), // of the renderer that there is not: the fewest that it can be told
	)...)
	return s.program
}

// Close leaves the alternate screen, gives the terminal back as it was, and says
// one last line, if any. It is called once, when the program has ended, and does
// not wait longer than ctx for a terminal that does not read. Its error tells
// what went wrong on this screen, in the program's Update too. What may still go
// on then is for [Screen.Wait].
func (s *Screen) Close(ctx context.Context, last string) error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.last = last
	close(s.next)
	select {
	case <-s.done:
		return errors.Join(s.fault(), s.err)
	case <-ctx.Done():
		return errors.Join(s.fault(), fmt.Errorf("terminal: it does not read: %w", context.Cause(ctx)))
	}
}

// Wait returns when nothing goes on any more for a screen that was closed: the
// last write to its terminal has ended, as it does when whoever owns the terminal
// closes it, and so has every command of its program, which is the model's own
// affair. Bubble Tea waits for no command.
func (s *Screen) Wait() { s.running.Wait() }

// show makes v the view that the terminal should show. It never waits.
func (s *Screen) show(v tea.View) {
	if s.frame.windows == 0 {
		return // nobody knows yet for what window this is
	}
	s.frame.content, s.frame.cursor = v.Content, v.Cursor
	select {
	case <-s.next: // an older one that was not sent
	default:
	}
	s.next <- s.frame // only this goroutine sends
}

// resize says that the window has changed. A size that is told again is a
// change: what came between may have been missed here, but not there.
func (s *Screen) resize(width, height int) {
	s.frame.width, s.frame.height = width, height
	s.frame.windows++
}

// send writes what the frames change, and in the end what leaves the terminal
// as it was. Once that fails the program has nobody to show anything to.
func (s *Screen) send() {
	defer close(s.done)
	glass := glass{profile: s.profile}
	for f := range s.next {
		if s.err != nil {
			continue // the program is about to end
		}
		if s.err = s.sendFrame(&glass, f); s.err != nil {
			s.program.Quit() // it takes messages until it ends: no frame makes it wait
		}
	}
	if s.err == nil || errors.Is(s.err, ErrBroken) {
		s.err = errors.Join(s.err, s.write(glass.leave(s.last)))
	}
}

func (s *Screen) sendFrame(g *glass, f frame) (err error) {
	defer func() {
		if recover() != nil { // not its value: it could hold what somebody wrote
			err = fmt.Errorf("%w: a frame\n%s", ErrBroken, debug.Stack())
		}
	}()
	return s.write(g.show(f))
}

func (s *Screen) write(b *bytes.Buffer) error {
	if b.Len() == 0 {
		return nil
	}
	if _, err := s.out.Write(b.Bytes()); err != nil {
		return fmt.Errorf("terminal: %w", err)
	}
	return nil
}

// seen is a model whose views go to a screen and not to Bubble Tea.
type seen struct {
	tea.Model
	on *Screen
}

// Update passes a message on and shows what the model looks like afterwards.
func (m seen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer m.on.hush("the program")
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		m.on.resize(size.Width, size.Height)
	}
	var cmd tea.Cmd
	m.Model, cmd = m.Model.Update(msg)
	m.on.show(m.Model.View())
	return m, m.on.quiet(cmd)
}

// Init begins with what the model begins with.
func (m seen) Init() tea.Cmd { return m.on.quiet(m.Model.Init()) }

// quiet is a command, or a batch of them, that hushes when it panics and that
// [Screen.Wait] waits for.
func (s *Screen) quiet(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		if !s.begins() {
			return nil
		}
		defer s.running.Done()
		defer s.hush("a command")
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for i := range batch {
				batch[i] = s.quiet(batch[i])
			}
		}
		return msg
	}
}

// begins counts a command that is about to run; none does on a closed screen.
func (s *Screen) begins() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.running.Add(1)
	}
	return !s.closed
}

// hush is deferred: it takes the value from a panic, which could hold what
// somebody wrote and which Bubble Tea would print.
func (s *Screen) hush(what string) {
	if recover() != nil {
		err := fmt.Errorf("%w: %s\n%s", ErrBroken, what, debug.Stack())
		s.broken.CompareAndSwap(nil, &err)
		panic(ErrBroken)
	}
}

// fault is the first thing that broke.
func (s *Screen) fault() error {
	if err := s.broken.Load(); err != nil {
		return *err
	}
	return nil
}

// View is empty: there is no renderer that would draw it.
func (seen) View() tea.View { return tea.View{} }
