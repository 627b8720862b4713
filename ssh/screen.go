package ssh

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
	charm "charm.land/ssh"
	"github.com/charmbracelet/colorprofile"

	"pingyi/tui"
	"pingyi/tui/terminal"
)

// Sizes of a window, in cells. The client's size is input: 4000×4000 would cost
// gigabytes (SCREENS.md §4.1).
const (
	maxWidth, maxHeight       = 200, 60
	defaultWidth, defaultRows = 80, 24
)

// clamp returns a size that can be drawn.
func clamp(w charm.Window) (width, height int) {
	width, height = min(w.Width, maxWidth), min(w.Height, maxHeight)
	if width < 1 || height < 1 {
		return defaultWidth, defaultRows
	}
	return width, height
}

// quitTime is how long a program may take to end by itself.
const quitTime = time.Second

// show runs a person's screen until they leave, their connection breaks, or
// the session is asked to end. It returns the exit code.
func (s *Server) show(sess charm.Session, one *session) (exit int) {
	s.seats.takeScreen(one)
	began := time.Now()
	pty, _, _ := sess.Pty()
	width, height := clamp(pty.Window)
	sized, over := make(chan struct{}), make(chan struct{})
	out, program := s.screen(sess, one, pty.Term, width, height, tea.WithFilter(filter(sized)))
	var goodbye atomic.Value
	var beside sync.WaitGroup
	beside.Go(func() { one.resizeProgram(program.Send, s.paces.sizes, sized, over) })
	beside.Go(func() { one.quitProgram(program, &goodbye, over) })
	one.running.Go(func() { _ = terminal.ReadKeys(sess, one.typed(program.Send)) }) // until the channel closes
	_, err := program.Run()
	close(over)
	beside.Wait()
	why, _ := goodbye.Load().(string)
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		why, exit = "程序出错了：请重新登录。", exitFailed
	case why == "":
		why = "已退出。再次登录会回到会议现在的地方。"
	default:
		exit = exitFailed
	}
	leaving, cancel := context.WithTimeout(one, quitTime)
	defer cancel()
	ended := out.Close(leaving, why)
	one.running.Go(out.Wait) // waits for as long as a client that does not read keeps its channel
	if errors.Is(err, tea.ErrProgramPanic) || errors.Is(ended, terminal.ErrBroken) {
		s.log.Error("a screen broke", "branch", one.at.branch, "who", one.at.id, "err", ended)
	} else if ended != nil { // the client is gone, or does not read
		s.log.Debug("a screen did not hear the last word", "branch", one.at.branch, "who", one.at.id, "err", ended)
	}
	s.log.Info("screen closed", "branch", one.at.branch, "who", one.at.id, "after", time.Since(began).Round(time.Second))
	return exit
}

// quitProgram ends a program when the session is asked to leave, and stores the
// sentence that says why. A program that does not quit in time is killed.
func (s *session) quitProgram(program *tea.Program, goodbye *atomic.Value, over <-chan struct{}) {
	select {
	case <-over:
	case why := <-s.goodbye:
		goodbye.Store(why)
		kill := time.AfterFunc(quitTime, program.Kill)
		defer kill.Stop()
		program.Quit()
		<-over
	}
}

// filter drops a program's request to suspend, which would stop the server's
// process, and closes sized when the program's first size has arrived.
func filter(sized chan<- struct{}) func(tea.Model, tea.Msg) tea.Msg {
	first := sync.OnceFunc(func() { close(sized) })
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.SuspendMsg:
			return nil
		case tea.WindowSizeMsg:
			first()
		}
		return msg
	}
}

// resizeProgram passes new window sizes to the program. It may wait for a slow
// program; the connection does not (session.sift). It begins after the
// program's first size, which the program gets by itself and which must not be
// the last. The page is drawn anew for every size, so that only so many a second
// are passed on.
func (s *session) resizeProgram(send func(tea.Msg), pause time.Duration, sized, over <-chan struct{}) {
	select {
	case <-sized:
	case <-over:
		return
	}
	next := time.NewTicker(pause)
	defer next.Stop()
	for {
		select {
		case <-over:
			return
		case <-s.Done():
			return
		case w := <-s.sizes:
			width, height := clamp(w)
			send(tea.WindowSizeMsg{Width: width, Height: height})
		}
		select {
		case <-over:
			return
		case <-next.C:
		}
	}
}

// Heeded lists the environment variables of a session that its screen uses.
func Heeded() []string {
	return []string{"COLORTERM", "NO_COLOR", "CLICOLOR", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_MESSAGES"}
}

// screen makes a person's program and the screen at the other end of the line,
// without anything of the server's own terminal, environment or signals.
func (s *Server) screen(sess charm.Session, one *session, term string, width, height int, more ...tea.ProgramOption) (*terminal.Screen, *tea.Program) {
	if term == "" {
		term = "xterm"
	}
	env := []string{"TERM=" + term}
	for _, v := range sess.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if slices.Contains(Heeded(), name) {
			env = append(env, v)
		}
	}
	out := terminal.New(sess, colorprofile.Env(env))
	c := s.screens(one, env)
	c.Ctx, c.Gallery, c.Width, c.Height = one, &s.gallery, width, height
	return out, out.Program(tui.New(c), append(more,
		tea.WithContext(one), tea.WithInput(nil), tea.WithoutSignalHandler(),
		tea.WithEnvironment(env), tea.WithWindowSize(width, height))...)
}
