package ssh

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
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
	out, app := s.screen(sess, one, pty.Term, width, height)
	over, why := make(chan struct{}), ""
	var beside sync.WaitGroup
	beside.Go(func() { why = one.attend(out, s.paces.sizes, over) })
	one.running.Go(func() { one.readKeys(sess, out.Send) })
	err := out.Run(one, app, width, height)
	close(over)
	beside.Wait()
	why, exit = farewell(why, errors.Is(err, terminal.ErrBroken))
	leaving, cancel := context.WithTimeout(one, quitTime)
	defer cancel()
	ended := out.Close(leaving, why)
	one.running.Go(out.Wait) // waits for as long as a client that does not read keeps its channel
	if errors.Is(err, terminal.ErrBroken) || errors.Is(ended, terminal.ErrBroken) {
		s.log.Error("a screen broke", "branch", one.at.branch, "who", one.at.id, "err", ended)
	} else if ended != nil { // the client is gone, or does not read
		s.log.Debug("a screen did not hear the last word", "branch", one.at.branch, "who", one.at.id, "err", ended)
	}
	s.log.Info("screen closed", "branch", one.at.branch, "who", one.at.id, "after", time.Since(began).Round(time.Second))
	return exit
}

// attended is a screen that runs.
type attended interface {
	Send(msg tea.Msg)
	Quit()
}

// attend passes new sizes of the window to a screen, until the session is asked to
// leave: then the screen ends, and the sentence that says why is returned. It may
// wait for a slow screen; the connection does not (session.sift). The page is drawn
// anew for every size, so that only so many a second are passed on.
func (s *session) attend(out attended, pause time.Duration, over <-chan struct{}) (why string) {
	sizes := s.sizes
	var next <-chan time.Time // when the next size is passed on
	for {
		select {
		case <-over:
			return ""
		case why := <-s.goodbye:
			out.Quit()
			return why
		case w := <-sizes:
			width, height := clamp(w)
			out.Send(tea.WindowSizeMsg{Width: width, Height: height})
			sizes, next = nil, time.After(pause)
		case <-next:
			sizes, next = s.sizes, nil
		}
	}
}

// Heeded lists the environment variables of a session that its screen uses.
func Heeded() []string {
	return []string{"COLORTERM", "NO_COLOR", "CLICOLOR", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_MESSAGES"}
}

// screen makes a person's screens and the terminal at the other end of the line,
// without anything of the server's own terminal, environment or signals.
func (s *Server) screen(sess charm.Session, one *session, term string, width, height int) (*terminal.Screen, *tui.App) {
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
	c := s.screens(one, env)
	c.Ctx, c.Width, c.Height, c.Awoken = one, width, height, true
	out := terminal.New(one.channel, colorprofile.Env(env)) // the library would look for line ends in every frame
	out.Turns = c.Turns
	return out, tui.New(*c)
}
