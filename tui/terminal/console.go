package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// ErrGone says that there is no terminal any more.
var ErrGone = errors.New("terminal: it has gone")

// Run runs a program on the terminal of in and out until ctx ends. It restores
// the terminal, also after a panic in the program, which Bubble Tea does not do
// for a program that it does not draw. The model is made with a context that
// ends with the program; its commands must end with that context, because Run
// waits for them. The error is [ErrGone] if the terminal has gone away. While the
// process is stopped, or goes on in the background, the terminal is as it was
// before, with stopped as a line of text.
func Run(ctx context.Context, model func(context.Context) tea.Model, in, out *os.File, stopped string) (err error) {
	width, height, err := term.GetSize(out.Fd())
	if err != nil {
		return fmt.Errorf("terminal: its size: %w", err)
	}
	restore, err := raw(in, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, restore()) }()
	s := New(out, colorprofile.Detect(out, os.Environ()))
	life, end := context.WithCancel(ctx)
	defer end()
	program := s.Program(model(life), tea.WithContext(ctx), tea.WithInput(input(in)), tea.WithWindowSize(width, height))
	resize := func() {
		if width, height, err := term.GetSize(out.Fd()); err == nil {
			program.Send(tea.WindowSizeMsg{Width: width, Height: height})
		}
	}
	stop := watchSize(resize)
	quiet, err := listen(in, program, func() (resume func(ours bool)) {
		back := s.pause(stopped)
		_ = restore() // it fails only on a terminal that has gone, as raw does
		return func(ours bool) {
			if ours {
				_, _ = raw(in, out)
			}
			back()
			resize()
		}
	})
	if err == nil {
		_, err = program.Run()
		err = errors.Join(err, quiet())
	}
	stop()
	end()
	err = errors.Join(err, s.Close(context.Background(), ""))
	s.Wait()
	return err
}
