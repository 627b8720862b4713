// Package terminal puts a program's views onto a terminal, by lines.
//
// It replaces Bubble Tea's renderer, which keeps a cell of memory for every
// cell of the window, rewrites every line that holds a wide character, and
// wakes up sixty times a second (SCREENS.md §4.2). Models, messages and commands
// stay Bubble Tea's, and on one's own machine its program does; where many screens
// are shown, one loop for each ([Screen.Run]) is enough. A [Screen] remembers the lines that its terminal shows and
// sends those that a new view changes; a view that changes nothing sends
// nothing.
//
// A view consists of lines of text and styles, without other control
// characters. It takes the whole window, on the alternate screen. The package
// knows nothing about what is shown.
package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// ErrBroken says that the program, or its drawing, has panicked.
var ErrBroken = errors.New("terminal: broken")

// Screen is the screen of one terminal. [New] takes the terminal and
// [Screen.Close] gives it back; in between [Screen.Run], or a [Screen.Program], runs
// on it.
//
// A terminal that does not read stops nobody: it misses all views but the
// newest.
type Screen struct {
	// Turns has a place for each of the screens that may be at work on what has moved.
	// Many screens share it: when something moves for all, who does something waits for
	// a few of them and not for all.
	Turns chan struct{}

	// Sizes gets the newest size of the window, for [Screen.Run]; nil: it stays as it is.
	// The view is drawn anew for each, so that the next is taken after Pause.
	Sizes <-chan tea.WindowSizeMsg
	Pause time.Duration

	out     io.Writer
	profile colorprofile.Profile

	frame  frame                 // used by the program's goroutine only
	stop   func()                // ends the program, because nobody sees it any more
	broken atomic.Pointer[error] // the first panic of the program or of a command

	msgs chan tea.Msg  // for [Screen.Run]
	quit chan struct{} // asks it to return; capacity 1
	over chan struct{} // closed when it has returned

	done    chan struct{}
	err     error          // why nothing more is sent; read when done is closed
	running sync.WaitGroup // who sends, and the program's commands

	mu      sync.Mutex
	closed  bool   // no more commands begin, and the last line is sent
	last    string // that line
	next    *frame // the newest frame that is not being sent yet; nil: there is none
	sending bool   // somebody sends

	line  sync.Mutex // held while something is written
	glass glass
}

// frame is a view for a window.
type frame struct {
	rows          []*Row
	cursor        *tea.Cursor
	width, height int
	windows       int // counts the window's changes: nothing of the old window stays
	rings         int // counts the rings of the bell
}

// ringer is a model that rings the terminal's bell: Rings counts how often until
// now. However often it rang between two frames, the bell is heard once.
type ringer interface{ Rings() int }

// New returns a screen that writes to out, one Write for each change, in the
// colours of profile. Nothing is written before the first view.
func New(out io.Writer, profile colorprofile.Profile) *Screen {
	return &Screen{
		Turns: make(chan struct{}, 1), out: out, profile: profile, glass: glass{profile: profile}, done: make(chan struct{}),
		msgs: make(chan tea.Msg), quit: make(chan struct{}, 1), over: make(chan struct{}),
	}
}

// Program returns a program whose views appear on the screen. There is one for
// each screen.
func (s *Screen) Program(m tea.Model, options ...tea.ProgramOption) *tea.Program {
	program := tea.NewProgram(seen{m, s}, append(options,
		tea.WithoutRenderer(), tea.WithOutput(io.Discard), tea.WithColorProfile(s.profile),
		tea.WithFPS(1), // for the renderer that is not there: the lowest possible rate
	)...)
	s.stop = program.Quit // it accepts messages until it ends, because no frame makes it wait
	return program
}

// Close leaves the alternate screen, gives the terminal back as it was, and
// prints a last line, if any. It is called once, after the program has ended,
// and does not wait longer than ctx for a terminal that does not read. Its
// error says what went wrong on this screen, also in the program's Update.
// [Screen.Wait] waits for what may still go on.
func (s *Screen) Close(ctx context.Context, last string) error {
	s.mu.Lock()
	s.closed, s.last = true, last
	s.begin()
	s.mu.Unlock()
	select {
	case <-s.done:
		return errors.Join(s.fault(), s.err)
	case <-ctx.Done():
		return errors.Join(s.fault(), fmt.Errorf("terminal: it does not read: %w", context.Cause(ctx)))
	}
}

// Wait returns when nothing goes on any more for a closed screen: the last
// write to its terminal has ended, at the latest when the terminal is closed,
// and so has every command of its program. Bubble Tea waits for no command.
func (s *Screen) Wait() { s.running.Wait() }

// pause gives the terminal back with a line of text, as [Screen.Close] does.
// Nothing is written until resume; then the next view is drawn anew. It is not
// called on a closed screen, and resume is called once.
func (s *Screen) pause(last string) (resume func()) {
	s.line.Lock()
	if s.err == nil {
		s.err = s.write(s.glass.leave(last))
	}
	s.glass = s.glass.anew()
	return s.line.Unlock
}

// rower is a model whose view is rows, which others may show too.
type rower interface {
	Rows() ([]*Row, *tea.Cursor)
}

// show makes the model's view the one that the terminal should show. It never waits.
func (s *Screen) show(m tea.Model) {
	if s.frame.windows == 0 {
		return // the window's size is not known yet
	}
	if r, ok := m.(rower); ok {
		s.frame.rows, s.frame.cursor = r.Rows()
	} else {
		v := m.View()
		s.frame.rows, s.frame.cursor = rowsOf(v.Content), v.Cursor
	}
	f := s.frame
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = &f // an older one that was not sent is not missed
	s.begin()
}

// resize is called when the window has changed. A repeated size counts as a
// change, because the terminal may have missed what was sent in between.
func (s *Screen) resize(width, height int) {
	s.frame.width, s.frame.height = width, height
	s.frame.windows++
}

// begin sends what there is to send, unless somebody does. The screen is locked.
func (s *Screen) begin() {
	if !s.sending {
		s.sending = true
		s.running.Go(s.send)
	}
}

// send writes the changes of each frame until there is none, and on a closed screen
// what restores the terminal. If writing fails the program is ended, because nobody
// sees it any more.
func (s *Screen) send() {
	deep()
	for {
		s.mu.Lock()
		f, closed, last := s.next, s.closed, s.last
		s.next = nil
		s.sending = f != nil || closed
		s.mu.Unlock()
		switch {
		case f != nil:
			s.sendNext(*f)
		case closed:
			s.sendLast(last)
			return
		default:
			return
		}
	}
}

// deep makes the stack of a new goroutine large enough for a write through SSH, in one
// step and while there is nothing on it: else it grows twice, far down in the library,
// which costs a tenth of the time of a frame.
//
//go:noinline
func deep() byte {
	var room [2 << 10]byte
	return room[len(os.Args)%len(room)] // so that it is not left out
}

func (s *Screen) sendNext(f frame) {
	s.line.Lock()
	defer s.line.Unlock()
	if s.err != nil {
		return // the program is ending
	}
	if s.err = s.sendFrame(&s.glass, f); s.err != nil {
		s.stop()
	}
}

func (s *Screen) sendLast(last string) {
	s.line.Lock()
	defer s.line.Unlock()
	if s.err == nil || errors.Is(s.err, ErrBroken) {
		s.err = errors.Join(s.err, s.write(s.glass.leave(last)))
	}
	close(s.done)
}

// buffers are for frames on their way to a terminal: none is kept for a screen. They
// are kept empty, since a frame may show a code or a choice.
var buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

func (s *Screen) sendFrame(g *glass, f frame) (err error) {
	defer func() {
		if recover() != nil { // not the panic's value: it could hold what somebody wrote
			err = fmt.Errorf("%w: a frame\n%s", ErrBroken, debug.Stack())
		}
	}()
	out, _ := buffers.Get().(*bytes.Buffer)
	defer func() {
		clear(out.Bytes())
		out.Reset()
		buffers.Put(out)
	}()
	g.show(out, f)
	return s.write(out)
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

// seen is a model whose views go to a screen instead of Bubble Tea.
type seen struct {
	tea.Model
	on *Screen
}

// Update passes a message on and shows the model's view afterwards.
func (m seen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer m.on.hush("the program")
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		m.on.resize(size.Width, size.Height)
	}
	var cmd tea.Cmd
	m.Model, cmd = m.Model.Update(msg)
	if r, ok := m.Model.(ringer); ok {
		m.on.frame.rings = r.Rings()
	}
	m.on.show(m.Model)
	return m, m.on.quiet(cmd)
}

// Init returns the model's first command.
func (m seen) Init() tea.Cmd { return m.on.quiet(m.Model.Init()) }

// quiet wraps a command, or a batch of them, so that a panic in it is hushed
// and [Screen.Wait] waits for it.
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

// begins counts a command that is about to run. On a closed screen it returns
// false, and the command does not run.
func (s *Screen) begins() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.running.Add(1)
	}
	return !s.closed
}

// hush is deferred. It drops the value of a panic, which could hold what
// somebody wrote and which Bubble Tea would print.
func (s *Screen) hush(what string) {
	if recover() != nil {
		err := fmt.Errorf("%w: %s\n%s", ErrBroken, what, debug.Stack())
		s.broken.CompareAndSwap(nil, &err)
		panic(ErrBroken)
	}
}

// fault returns the first thing that broke.
func (s *Screen) fault() error {
	if err := s.broken.Load(); err != nil {
		return *err
	}
	return nil
}

// View is empty: there is no renderer that would draw it.
func (seen) View() tea.View { return tea.View{} }
