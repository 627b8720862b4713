package ssh

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	charm "charm.land/ssh"
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
	roomForScreen()
	s.seats.takeScreen(one)
	began := time.Now()
	pty, _, _ := sess.Pty()
	width, height := clamp(pty.Window)
	out, app := s.screen(sess, one, pty.Term, width, height)
	out.Sizes, out.Pause = one.sizes, s.paces.sizes
	one.running.Go(func() { one.readKeys(sess, out.Send) })
	err := out.Run(one.stay, app, width, height)
	why, exit := farewell(one.asked(), errors.Is(err, terminal.ErrBroken))
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
	app := tui.New(*c)
	out := terminal.New(one.channel, app.Profile()) // the library would look for line ends in every frame
	out.Turns = c.Turns
	return out, app
}
