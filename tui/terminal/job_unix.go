//go:build !windows

package terminal

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"golang.org/x/sys/unix"
)

// lookTime is how often a process in the background looks whether it is in the
// foreground again, which nobody tells it.
const lookTime = 200 * time.Millisecond

// job is a program on a terminal of a shell: its keys are read while it is in the
// foreground, and it can be stopped and go on.
type job struct {
	in      *os.File
	program *tea.Program
	give    func() (resume func(ours bool)) // gives the terminal back; resume says whether it may be taken again

	quiet func() error   // stops reading
	asked chan struct{}  // Ctrl+Z was pressed; capacity 1
	signs chan os.Signal // that stop the process or let it go on
	over  chan struct{}  // closed when the program has ended
	runs  sync.WaitGroup // watch
	gone  atomic.Bool    // there is no terminal any more
}

// listen sends the keys of a terminal to a program, until stop. Ctrl+Z stops the
// process; give gives the terminal back meanwhile. A terminal that has gone away
// ends the program, and stop returns [ErrGone].
func listen(in *os.File, program *tea.Program, give func() (resume func(ours bool))) (stop func() error, err error) {
	j := &job{in: in, program: program, give: give, asked: make(chan struct{}, 1), signs: make(chan os.Signal, 4), over: make(chan struct{})}
	if err := j.read(); err != nil {
		return nil, err
	}
	signal.Notify(j.signs, syscall.SIGTSTP, syscall.SIGCONT)
	j.runs.Go(j.watch)
	return func() error {
		close(j.over)
		j.runs.Wait()
		signal.Stop(j.signs)
		err := j.quiet()
		if j.gone.Load() {
			err = errors.Join(ErrGone, err)
		}
		return err
	}, nil
}

// read begins to read keys.
func (j *job) read() error {
	reader, err := uv.NewCancelReader(j.in)
	if err != nil {
		return fmt.Errorf("terminal: its keys: %w", err)
	}
	var stopped atomic.Bool
	var reading sync.WaitGroup
	reading.Go(func() {
		if _ = ReadKeys(reader, j.press); !stopped.Load() {
			j.gone.Store(true)
			j.program.Quit()
		}
	})
	j.quiet = func() error {
		stopped.Store(true)
		reader.Cancel()
		reading.Wait()
		if err := reader.Close(); err != nil {
			return fmt.Errorf("terminal: its keys: %w", err)
		}
		return nil
	}
	return nil
}

// press sends a key to the program, or asks for a stop.
func (j *job) press(msg tea.Msg) {
	if k, ok := msg.(tea.KeyPressMsg); !ok || k.Keystroke() != "ctrl+z" || !stoppable() {
		j.program.Send(msg)
		return
	}
	select {
	case j.asked <- struct{}{}:
	default: // it is stopping already
	}
}

// watch stops the process when it is asked to, and draws everything anew when it
// goes on.
func (j *job) watch() {
	for {
		select {
		case <-j.over:
			return
		case <-j.asked:
			j.away(func() { j.stop(0) }) // with what else runs on the terminal
		case sign := <-j.signs:
			switch {
			case sign == syscall.SIGCONT: // it was stopped by force, and the shell has used the terminal
				j.away(func() {})
			case stoppable():
				j.away(func() { j.stop(os.Getpid()) })
			}
		}
	}
}

// away gives the terminal back, stops, and takes the terminal again once the
// process is in the foreground.
func (j *job) away(stop func()) {
	if err := j.quiet(); err != nil {
		j.program.Quit()
		return
	}
	j.quiet = func() error { return nil }
	signal.Ignore(syscall.SIGTTOU) // who is in the background may not set the terminal's mode
	resume := j.give()
	stop()
	look := time.NewTicker(lookTime)
	defer look.Stop()
	for !j.foreground() {
		select {
		case <-j.over:
			resume(false)
			return
		case <-j.signs:
		case <-look.C:
		}
	}
	resume(true)
	signal.Reset(syscall.SIGTTOU)
	if err := j.read(); err != nil {
		j.program.Quit()
	}
}

// stop stops a process, or the whole group for 0, until it goes on. (SIGTSTP has
// no effect once the runtime has taken it.)
func (j *job) stop(process int) {
	if err := syscall.Kill(process, syscall.SIGSTOP); err != nil {
		return
	}
	for sign := range j.signs {
		if sign == syscall.SIGCONT {
			return
		}
	}
}

// stoppable reports whether there is a shell above that could let the process go
// on.
func stoppable() bool {
	leader, err := unix.Getsid(0)
	return err == nil && leader != unix.Getpgrp() && syscall.Kill(leader, 0) == nil
}

// foreground reports whether the process may use the terminal.
func (j *job) foreground() bool {
	group, err := unix.IoctlGetInt(int(j.in.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}
