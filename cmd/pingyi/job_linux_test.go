package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// facilitator is somebody at a shell with jobs.
type facilitator struct {
	t     *testing.T
	r     *rig
	there *os.File
	drawn chan string
	host  int // the process of the console
}

// sits opens a terminal with a shell.
func (r *rig) sits() *facilitator {
	r.t.Helper()
	shell := exec.Command("bash", "--norc", "--noprofile", "-i")
	shell.Dir, shell.Env = r.dir, append(os.Environ(), "TERM=xterm-256color", "PS1=ready$ ", "P="+binary)
	there, err := pty.StartWithSize(shell, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		r.t.Fatal(err)
	}
	f := &facilitator{t: r.t, r: r, there: there, drawn: make(chan string, 1000)}
	go func() {
		defer close(f.drawn)
		some := make([]byte, 1<<16)
		for {
			n, err := there.Read(some)
			if err != nil {
				return
			}
			f.drawn <- string(some[:n])
		}
	}()
	f.until("ready$ ")
	return f
}

// types types on the keyboard, all at once.
func (f *facilitator) types(keys string) *facilitator {
	f.t.Helper()
	if _, err := f.there.WriteString(keys); err != nil {
		f.t.Fatal(err)
	}
	return f
}

// until waits until a text is drawn, and returns all that was until then.
func (f *facilitator) until(text string) (seen string) {
	f.t.Helper()
	for late := time.After(time.Minute); !strings.Contains(seen, text); {
		select {
		case more, there := <-f.drawn:
			if seen += more; !there {
				f.t.Fatalf("ended without %q: %q", text, seen)
			}
		case <-late:
			f.t.Fatalf("does not see %q: %q", text, seen)
		}
	}
	return seen
}

// hosts opens the console of the branch.
func (f *facilitator) hosts() {
	f.t.Helper()
	drawn := f.types(`"$P" host --branch b1 --addr 127.0.0.1:0` + "\n").until(consoleShows)
	found := regexp.MustCompile(`"addr":"([^"]*)".*"pid":(\d+)`).FindStringSubmatch(drawn)
	if found == nil {
		f.t.Fatalf("the server does not say where it is: %q", drawn)
	}
	f.r.addr = found[1]
	f.host, _ = strconv.Atoi(found[2]) // digits
}

// leaves leaves the console and the shell.
func (f *facilitator) leaves() {
	f.t.Helper()
	f.types("q")
	f.until("再按一次 q")
	f.types("q")
	f.until("ready$ ")
	f.types("exit\n")
	for range f.drawn { // until the terminal is shut
	}
	f.there.Close()
}

// consoleShows is on the console before the meeting.
const consoleShows = "两学一做"

// Ctrl+Z gives the terminal back as it was, and fg draws the console anew. With
// bg the server goes on without it (door #30).
func TestTheConsoleIsStoppedAndComesBack(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	f := r.sits()
	f.hosts()
	f.types("\x1a")
	given := f.until("ready$ ")
	left := strings.LastIndex(given, ansi.ResetModeAltScreenSaveCursor)
	if said := strings.Index(given, "输入 fg"); left < 0 || said < left || strings.Contains(given[left:], ansi.SetModeAltScreenSaveCursor) {
		t.Errorf("the terminal is not given back: %q", given)
	}
	f.types("stty -a\n")
	if modes := f.until("ready$ "); !strings.Contains(modes, " icanon") || !strings.Contains(modes, " echo ") {
		t.Errorf("it is not cooked: %q", modes)
	}
	f.types("fg\n")
	if drawn := f.until(consoleShows); !strings.Contains(drawn, ansi.SetModeAltScreenSaveCursor+ansi.SetModeBracketedPaste) {
		t.Errorf("it is not drawn anew: %q", drawn)
	}
	f.types("?") // without Enter: keys come as they are pressed
	f.until("这一页")
	r.say("m02", 0, "", "whoami")
	f.types("\x1a")
	f.until("ready$ ")
	f.types("bg\n")
	f.until("ready$ ")
	r.say("m02", 0, "", "whoami")
	f.types("fg\n")
	f.until("这一页")
	f.types("\x1b")
	f.until(consoleShows)
	f.leaves()
}

// A process that was stopped by another one, and by force, comes back too.
func TestTheConsoleComesBackHoweverItWasStopped(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	f := r.sits()
	f.hosts()
	for _, sign := range []syscall.Signal{syscall.SIGTSTP, syscall.SIGSTOP} {
		if err := syscall.Kill(f.host, sign); err != nil {
			t.Fatal(err)
		}
		f.until("ready$ ")
		f.types("fg\n")
		f.until(consoleShows)
		f.types("?")
		f.until("这一页")
		f.types("\x1b")
		f.until(consoleShows)
	}
	f.leaves()
}

// What is pasted into the console without marks moves nothing, however the kernel
// splits it (door #25).
func TestAPasteIntoTheConsoleMovesNothing(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	f := r.sits()
	f.hosts()
	notice := "关于召开专题组织生活会的通知\r1\r各位同志：y\r\r\r" + strings.Repeat("一、时间：明天下午三点 y 1\r", 60) + "1\ry\r"
	f.types(notice)
	f.until("这里不能粘贴")
	f.types("\x1b[<0;12;5M\x1b[M !!\x1b]11;rgb:1111/2222/3333\x1b\\\x1b[A?") // an arrow: with a key the paste is over
	f.until("这一页")
	if s := r.status("m01"); s.Phase != "before" {
		t.Errorf("the meeting is in %+v", s)
	}
	f.types("\x1b")
	f.until(consoleShows)
	f.leaves()
}
