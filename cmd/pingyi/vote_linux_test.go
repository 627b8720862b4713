package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// memory is everything that the server's process could write and has in its
// memory.
func (r *rig) memory() string {
	r.t.Helper()
	name := fmt.Sprintf("/proc/%d/", r.server.Process.Pid)
	maps, err := os.Open(name + "maps")
	if err != nil {
		r.t.Fatal(err)
	}
	defer maps.Close()
	mem, err := os.Open(name + "mem")
	if err != nil {
		r.t.Fatal(err)
	}
	defer mem.Close()
	var all strings.Builder
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		var from, to int64
		var rights string
		if _, err := fmt.Sscanf(lines.Text(), "%x-%x %s", &from, &to, &rights); err != nil || !strings.HasPrefix(rights, "rw") {
			continue
		}
		// A page that was never touched cannot be read.
		_, _ = io.Copy(&all, io.NewSectionReader(mem, from, to-from))
	}
	return all.String()
}

// A member at their own terminal is asked for the code and then as on the
// screen of the meeting, and is left with the receipt.
func TestAMemberVotesAtTheirOwnTerminal(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	r.toOpenBox()
	host, port, _ := strings.Cut(r.addr, ":")
	cmd := exec.Command(binary, "vote", "--fingerprint", r.hostKeyOf(r.codes["m06"]), "-p", port, host)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=zh_CN.UTF-8")
	there, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	defer there.Close()
	drawn := make(chan string, 100)
	go func() {
		defer close(drawn)
		some := make([]byte, 1<<16)
		for {
			n, err := there.Read(some)
			if err != nil {
				return
			}
			drawn <- string(some[:n])
		}
	}()
	seen := ""
	sees := func(text string) {
		t.Helper()
		timeout := time.After(30 * time.Second)
		for !strings.Contains(seen, text) {
			select {
			case more, ok := <-drawn:
				if seen += more; !ok && !strings.Contains(seen, text) {
					t.Fatalf("ended without %q: %q", text, seen)
				}
			case <-timeout:
				t.Fatalf("does not see %q: %q", text, seen)
			}
		}
		_, seen, _ = strings.Cut(seen, text)
	}
	types := func(keys string) {
		t.Helper()
		if _, err := there.WriteString(keys); err != nil {
			t.Fatal(err)
		}
	}
	sees("入会码")
	types(r.codes["m06"] + "\r")
	sees("在这台电脑上加密")
	sees("票箱指纹")
	sees("开始")
	types("\r")
	sees("/ 5")
	types("12340")
	sees("提交测评票")
	types("\r")
	sees("是，提交")
	cast := func() bool {
		var on struct{ Found bool }
		r.json(r.say("m06", 0, "", "receipt --json"), &on)
		return on.Found
	}
	for late := time.Now().Add(30 * time.Second); !cast(); types("y") {
		if time.Now().After(late) {
			t.Fatalf("nothing was cast: %q", seen)
		}
		<-time.After(600 * time.Millisecond) // keys count again after a moment without any
	}
	sees("已投第")
	sees("回执")
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
