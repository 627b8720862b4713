package main

import (
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// glass is a terminal in which the program runs.
type glass struct {
	t      *testing.T
	file   *os.File
	cmd    *exec.Cmd
	drawn  chan string
	seen   string      // and not looked for yet
	before *term.State // how the terminal was
}

// watches runs the program in a terminal of 80×24.
func (r *rig) watches(args ...string) *glass {
	r.t.Helper()
	g := &glass{t: r.t, cmd: exec.Command(binary, args...), drawn: make(chan string, 1000)}
	g.cmd.Dir, g.cmd.Env = r.dir, append(os.Environ(), "TERM=xterm-256color", "LANG=zh_CN.UTF-8")
	file, tty, err := pty.Open()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := pty.Setsize(file, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		r.t.Fatal(err)
	}
	if g.before, err = term.GetState(tty.Fd()); err != nil {
		r.t.Fatal(err)
	}
	g.file = tty
	g.cmd.Stdin, g.cmd.Stdout, g.cmd.Stderr = tty, tty, tty
	if err := g.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	go func() {
		defer close(g.drawn)
		some := make([]byte, 1<<16)
		for {
			n, err := file.Read(some)
			if err != nil {
				return
			}
			g.drawn <- string(some[:n])
		}
	}()
	g.file = file
	r.t.Cleanup(func() { _ = g.cmd.Process.Kill(); tty.Close(); file.Close() })
	return g
}

// sees waits until a text is drawn.
func (g *glass) sees(text string) {
	g.t.Helper()
	late := time.After(time.Minute)
	for {
		if _, rest, found := strings.Cut(g.seen, text); found {
			g.seen = rest
			return
		}
		select {
		case more := <-g.drawn:
			g.seen += more
		case <-late:
			g.t.Fatalf("does not see %q: %q", text, g.seen)
		}
	}
}

// types presses keys.
func (g *glass) types(keys string) {
	g.t.Helper()
	if _, err := g.file.WriteString(keys); err != nil {
		g.t.Fatal(err)
	}
}

// quits leaves as a person does.
func (g *glass) quits() {
	g.t.Helper()
	g.types("\x03")
	g.sees("Ctrl+C")
	g.types("\x03")
}

// ends waits for the end of the program, and expects its exit code and that the
// terminal is as it was.
func (g *glass) ends(code int) {
	g.t.Helper()
	_ = g.cmd.Wait() // how it ended is looked at
	if got := g.cmd.ProcessState.ExitCode(); got != code {
		g.t.Errorf("exit %d, want %d", got, code)
	}
	if after, err := term.GetState(g.file.Fd()); err != nil || !reflect.DeepEqual(after, g.before) {
		g.t.Errorf("the terminal is left otherwise: %v", err)
	}
}

// The projector on the server's own machine: no code is asked for, it follows the
// meeting and the window, Ctrl+C twice leaves it, and the end of the server ends it.
func TestTheWallOnTheServersOwnMachine(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	wall := r.watches("wall")
	wall.sees("实到 0/5")
	r.say("m02", 0, "", "signin")
	wall.sees("1/5")
	if err := pty.Setsize(wall.file, &pty.Winsize{Rows: 40, Cols: 120}); err != nil {
		t.Fatal(err)
	}
	wall.sees("\x1b[40;1H") // a line that only the larger window has
	wall.quits()
	wall.ends(0)
	again := r.watches("wall", "--branch", "b1")
	again.sees("1/5")
	if err := r.server.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	again.sees("服务器关闭了")
	again.ends(1)
}

// A server that is killed can't say goodbye.
func TestTheTerminalIsGivenBackWhenTheServerIsKilled(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	wall := r.watches("wall")
	wall.sees("实到 0/5")
	r.kill()
	wall.sees("\x1b[?1049l")
	wall.sees("中断")
	wall.ends(1)
}

func TestABoothOnTheServersOwnMachine(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	booth := r.watches("booth")
	booth.sees("公用终端")
	booth.types(r.codes["m02"] + "\r")
	booth.sees("党员02")
	r.pingyi(0, "codes", "--branch", "b1", "--revoke", "m02")
	booth.sees("已经停用")
	booth.quits()
	booth.ends(0)
}

func TestWhereThereIsNoWall(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	for _, verb := range []string{"wall", "booth"} {
		if says := r.refused(1, verb); !strings.Contains(says, "没有正在运行的服务") || strings.Contains(says, "dial") {
			t.Errorf("%s without a server: %q", verb, says)
		}
		if says := r.refused(1, verb, "--data", "nowhere"); !strings.Contains(says, "pingyi init") {
			t.Errorf("%s without a folder: %q", verb, says)
		}
		r.refused(2, verb, "b1")
	}
	r.serve()
	for _, verb := range []string{"wall", "booth"} {
		if says := r.refused(1, verb); !strings.Contains(says, "终端") {
			t.Errorf("%s without a terminal: %q", verb, says)
		}
		if says := r.refused(1, verb, "--branch", "b9"); !strings.Contains(says, "没有这个支部") {
			t.Errorf("%s of an unknown branch: %q", verb, says)
		}
	}
	r.pingyi(0, "branch", "add", "b2", "--name", "第二党支部")
	if says := r.refused(1, "wall"); !strings.Contains(says, "b1、b2") || !strings.Contains(says, "--branch") {
		t.Errorf("of two branches: %q", says)
	}
	wall := r.watches("wall", "--branch", "b2")
	wall.sees("第二党支部")
	wall.quits()
	wall.ends(0)
}
