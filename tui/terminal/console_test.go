//go:build linux

package terminal

import (
	"context"
	"strings"
	"syscall"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// asker is a page that leaves on q and shows the window's size.
type asker struct{ page }

func (a asker) Update(m tea.Msg) (tea.Model, tea.Cmd) {
	switch m := m.(type) {
	case tea.WindowSizeMsg:
		a.text = strings.Repeat("=", m.Width)
	case tea.KeyPressMsg:
		return a, tea.Quit
	}
	return a, nil
}

func TestAConsoleIsRawFollowsItsWindowAndIsGivenBack(t *testing.T) {
	there, here, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	defer here.Close()
	sized := func(columns uint16) {
		if err := pty.Setsize(there, &pty.Winsize{Rows: 5, Cols: columns}); err != nil {
			t.Fatal(err)
		}
	}
	sized(7)
	before, err := term.GetState(here.Fd())
	if err != nil {
		t.Fatal(err)
	}
	w := newWall()
	close(w.reads)
	go func() { // until it is closed
		some := make([]byte, 1000)
		for {
			n, err := there.Read(some)
			if err != nil {
				return
			}
			_, _ = w.Write(some[:n])
		}
	}()
	ended := make(chan error, 1)
	go func() { ended <- Run(t.Context(), func(context.Context) tea.Model { return asker{} }, here, here, "") }()
	w.until(t, strings.Repeat("=", 7))
	if now, err := term.GetState(here.Fd()); err != nil || *now == *before {
		t.Errorf("keys come by lines: %v", err)
	}
	sized(9)
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGWINCH); err != nil {
		t.Fatal(err)
	}
	w.until(t, strings.Repeat("=", 9))
	if _, err := there.WriteString("q"); err != nil {
		t.Fatal(err)
	}
	if err := wait(t, "end", ended); err != nil {
		t.Fatal(err)
	}
	w.until(t, Leave)
	if now, err := term.GetState(here.Fd()); err != nil || *now != *before {
		t.Errorf("the terminal is not as it was: %v", err)
	}
}
