//go:build !windows

package terminal

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/term"
)

// raw makes the terminal deliver keys as they are pressed.
func raw(in, _ *os.File) (restore func() error, err error) {
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, fmt.Errorf("terminal: raw mode: %w", err)
	}
	return func() error { return term.Restore(in.Fd(), before) }, nil
}

// watchSize calls changed when the window's size changes, until stop.
func watchSize(changed func()) (stop func()) {
	signals, over := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, syscall.SIGWINCH)
	var watching sync.WaitGroup
	watching.Go(func() {
		for {
			select {
			case <-signals:
				changed()
			case <-over:
				return
			}
		}
	})
	return func() {
		signal.Stop(signals)
		close(over)
		watching.Wait()
	}
}

// input is what Bubble Tea reads keys from: nothing, see [listen].
func input(*os.File) io.Reader { return nil }

// listen sends the keys of a terminal to a program, until stop. A terminal that
// has gone away ends the program, and stop returns [ErrGone].
func listen(in *os.File, program *tea.Program) (stop func() error, err error) {
	reader, err := uv.NewCancelReader(in)
	if err != nil {
		return nil, fmt.Errorf("terminal: its keys: %w", err)
	}
	var stopped atomic.Bool
	var gone error
	var reading sync.WaitGroup
	reading.Go(func() {
		if _ = ReadKeys(reader, program.Send); !stopped.Load() {
			gone = ErrGone
			program.Quit()
		}
	})
	return func() error {
		stopped.Store(true)
		reader.Cancel()
		reading.Wait()
		if err := reader.Close(); err != nil {
			return fmt.Errorf("terminal: its keys: %w", err)
		}
		return gone
	}, nil
}
