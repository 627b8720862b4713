//go:build !windows

package terminal

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"

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
