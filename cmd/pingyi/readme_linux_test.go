package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// newcomer is somebody with a clone of this repository and a shell, who pastes
// what the README says.
type newcomer struct {
	t    *testing.T
	port string // where the README says 2222
	env  []string
	dir  string // the clone
}

func newNewcomer(t *testing.T) *newcomer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n := &newcomer{t: t, dir: t.TempDir(), port: fmt.Sprint(l.Addr().(*net.TCPAddr).Port)} //nolint:forcetypeassert // it is one
	tools := filepath.Join(n.dir, "tools")
	for _, dir := range []string{tools, filepath.Join(n.dir, "bin"), filepath.Join(n.dir, "home")} {
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(binary, filepath.Join(n.dir, "bin", "pingyi")); err != nil { // which `make build` would make
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(tools, "make"), []byte("#!/bin/sh\n"), 0o755); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
	n.env = append(os.Environ(), "HOME="+filepath.Join(n.dir, "home"), "PATH="+tools+":"+os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8")
	return n
}

// text is the README.
func (n *newcomer) text() string {
	n.t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		n.t.Fatal(err)
	}
	return string(text)
}

// readme are the blocks of commands under a heading of the README.
func (n *newcomer) readme(heading string) (blocks []string) {
	n.t.Helper()
	_, section, found := strings.Cut(n.text(), "\n## "+heading)
	if section, _, _ = strings.Cut(section, "\n## "); !found {
		n.t.Fatalf("the README has no %q", heading)
	}
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(section, -1) {
		blocks = append(blocks, strings.ReplaceAll(block[1], "2222", n.port))
	}
	return blocks
}

// pastes starts a shell in a terminal with some lines, and returns what is drawn
// there. drawn ends with the last program in that terminal.
func (n *newcomer) pastes(lines string) (shell *exec.Cmd, drawn <-chan string) {
	n.t.Helper()
	shell = exec.Command("bash", "-e", "-c", lines)
	shell.Dir, shell.Env = n.dir, n.env
	there, err := pty.StartWithSize(shell, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		n.t.Fatal(err)
	}
	out := make(chan string, 100)
	go func() {
		defer close(out)
		defer there.Close()
		some := make([]byte, 1<<16)
		for {
			k, err := there.Read(some)
			if err != nil {
				return
			}
			out <- string(some[:k])
		}
	}()
	return shell, out
}

// sees waits until a text is drawn.
func (n *newcomer) sees(drawn <-chan string, text string) {
	n.t.Helper()
	late := time.After(time.Minute)
	for seen := ""; !strings.Contains(seen, text); {
		select {
		case more, ok := <-drawn:
			if seen += more; !ok {
				n.t.Fatalf("ended without %q: %q", text, seen)
			}
		case <-late:
			n.t.Fatalf("does not see %q: %q", text, seen)
		}
	}
}

// leaves ends a shell and the program in it, and waits for that. Who does not
// go when asked is made to, and says on the terminal what it was doing.
func (n *newcomer) leaves(shell *exec.Cmd, drawn <-chan string) {
	n.t.Helper()
	last := ""
	for _, sign := range []syscall.Signal{syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGKILL} {
		_ = syscall.Kill(-shell.Process.Pid, sign)
		late := time.After(20 * time.Second)
		for there := true; there; {
			var more string
			select {
			case more, there = <-drawn:
				last += more
			case <-late:
				n.t.Logf("%v does not end %q: %q", sign, shell.Args, last)
				last, there = "", false
				continue
			}
			if !there { // the terminal is shut
				_ = shell.Wait()
				return
			}
		}
	}
}

// The lines of the README work as they stand, one block after the other in one
// shell: first users were told "command not found" (B2).
func TestTheLinesOfTheReadmeWork(t *testing.T) {
	n := newNewcomer(t)
	blocks := n.readme("开一次真的会")
	if lines := strings.Count(blocks[0]+blocks[1], "\n"); lines != 10 {
		t.Errorf("%d lines, not ten in two terminals", lines)
	}
	host, console := n.pastes(blocks[0])
	defer n.leaves(host, console)
	n.sees(console, `"addr"`)
	n.sees(console, "党员01")
	go func() {
		for range console { // the console is not held up
		}
	}()
	if _, err := exec.LookPath("ssh"); err != nil {
		t.Skip("no ssh here")
	}
	known := "ssh() { command ssh -F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null \"$@\"; }\n"
	for i, wants := range []string{"教工第一党支部", "入会码"} {
		line := strings.Split(blocks[1], "\n")[i]
		shell, drawn := n.pastes(known + line)
		n.sees(drawn, wants)
		n.leaves(shell, drawn)
	}
}

// So do those that need no meeting.
func TestTheLinesOfTheReadmeForRulesAndTheSuperiorWork(t *testing.T) {
	n := newNewcomer(t)
	meeting := n.readme("开一次真的会")[0]
	own := n.readme("用自己的规则")[0]
	above := n.readme("上级党组织")[0]
	here := regexp.MustCompile("(?m)^(pingyi (host|demo)|ssh) .*\n").ReplaceAllString(meeting+above+own, "")
	shell := exec.Command("bash", "-e", "-c", here)
	shell.Dir, shell.Env = n.dir, n.env
	if text, err := shell.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
}

// The sample meeting and the README say the same of how long it takes.
func TestTheSampleSaysHowLongItTakes(t *testing.T) {
	n := newNewcomer(t)
	if !strings.Contains(strings.Join(strings.Fields(n.text()), ""), samplePace) {
		t.Errorf("the README does not say %q", samplePace)
	}
	shell, drawn := n.pastes("bin/pingyi host --sample --robots --addr 127.0.0.1:0")
	defer n.leaves(shell, drawn)
	n.sees(drawn, samplePace)
	n.sees(drawn, "示范党支部")
}
