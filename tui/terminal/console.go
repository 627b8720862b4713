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

// Run runs a program on the terminal of in and out until ctx ends. It restores
// the terminal, also after a panic in the program, which Bubble Tea does not do
// for a program that it does not draw. The model is made with a context that
// ends with the program; its commands must end with that context, because Run
// waits for them. A read of in that cannot be interrupted is left to Bubble Tea
// and ends with the next key or with the process.
func Run(ctx context.Context, model func(context.Context) tea.Model, in, out *os.File) (err error) {
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
	program := s.Program(model(life), tea.WithContext(ctx), tea.WithInput(newKeyboard(in)), tea.WithWindowSize(width, height))
	stop := watchSize(func() {
		if width, height, err := term.GetSize(out.Fd()); err == nil {
			program.Send(tea.WindowSizeMsg{Width: width, Height: height})
		}
	})
	_, err = program.Run()
	stop()
	end()
	err = errors.Join(err, s.Close(context.Background(), ""))
	s.Wait()
	return err
}
