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

// Run runs a program on the terminal that in and out are, and gives it back as
// it was, also after a panic in the program. Bubble Tea does not do it for a
// program that it does not draw.
func Run(m tea.Model, in, out *os.File, options ...tea.ProgramOption) (err error) {
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
	program := s.Program(m, append(options, tea.WithInput(in), tea.WithWindowSize(width, height))...)
	stop := watchSize(func() {
		if width, height, err := term.GetSize(out.Fd()); err == nil {
			program.Send(tea.WindowSizeMsg{Width: width, Height: height})
		}
	})
	_, err = program.Run()
	stop()
	return errors.Join(err, s.Close(context.Background(), ""))
}
