package terminal

import (
	"errors"
	"fmt"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// raw makes the console deliver keys as they are pressed, and understand
// terminal sequences.
func raw(in, out *os.File) (restore func() error, err error) {
	shown, err := term.GetState(out.Fd())
	if err != nil {
		return nil, fmt.Errorf("terminal: its state: %w", err)
	}
	typed, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, fmt.Errorf("terminal: raw mode: %w", err)
	}
	restore = func() error { return errors.Join(term.Restore(in.Fd(), typed), term.Restore(out.Fd(), shown)) }
	err = errors.Join(
		set(in, windows.ENABLE_VIRTUAL_TERMINAL_INPUT),
		set(out, windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING|windows.DISABLE_NEWLINE_AUTO_RETURN))
	if err != nil {
		return nil, errors.Join(err, restore())
	}
	return restore, nil
}

func set(console *os.File, flags uint32) error {
	var mode uint32
	handle := windows.Handle(console.Fd())
	if err := windows.GetConsoleMode(handle, &mode); err != nil {
		return fmt.Errorf("terminal: console mode: %w", err)
	}
	if err := windows.SetConsoleMode(handle, mode|flags); err != nil {
		return fmt.Errorf("terminal: console mode: %w", err)
	}
	return nil
}

// watchSize does nothing: here the window's size arrives with the keys.
func watchSize(func()) (stop func()) { return func() {} }

// input is what Bubble Tea reads keys from: the console, whose keys are records
// here and cannot break.
func input(in *os.File) io.Reader { return in }

// listen does nothing: Bubble Tea reads the keys, and no shell stops a process.
func listen(*os.File, *tea.Program, func() (resume func(ours bool))) (stop func() error, err error) {
	return func() error { return nil }, nil
}
