package main

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// The window of the facilitator's console is closed in the middle of a vote: the
// kernel hangs up. The server goes on with the keys of the sealed box, the
// facilitator comes back over SSH, and a second host says how (first users, B11).
func TestTheServerOutlivesTheWindowOfItsConsole(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	cmd := exec.Command(binary, "host", "--branch", "b1", "--addr", "127.0.0.1:0")
	cmd.Dir, cmd.Env = r.dir, append(os.Environ(), "TERM=xterm-256color")
	window, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	first, drawn := make(chan []byte, 1), make(chan struct{})
	go func() {
		defer close(drawn)
		var seen bytes.Buffer
		some := make([]byte, 1<<16)
		for told := false; ; {
			n, err := window.Read(some)
			if err != nil {
				return
			}
			if seen.Write(some[:n]); !told && bytes.ContainsRune(seen.Bytes(), '\n') {
				line, _, _ := bytes.Cut(seen.Bytes(), []byte("\n"))
				first <- bytes.Clone(line)
				told = true
			}
		}
	}()
	var line ready
	select {
	case text := <-first:
		if err := json.Unmarshal(text, &line); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the server did not start")
	}
	r.addr = line.Addr
	r.toOpenBox()
	if err := window.Close(); err != nil {
		t.Fatal(err)
	}
	<-drawn
	for i := 1; i <= 6; i++ {
		r.say(member(i), 0, `{"m01":"优秀"}`, "vote")
	}
	for _, word := range []string{"close", "confirmed --reason 无人提出异议", "next"} {
		r.say("m01", 0, "", word)
	}
	for _, who := range []string{"m04", "m05"} {
		r.say(who, 0, "", "unseal") // no code is asked for: the key is there
	}
	if s := r.status("m01"); s.Vote.State != "counted" {
		t.Errorf("%+v", s.Vote)
	}
	host, port, _ := net.SplitHostPort(r.addr)
	if _, errs, code := r.try("serve"); code != exitFailed || !strings.Contains(errs, "已经在运行") || !strings.Contains(errs, "ssh -p "+port+" "+host) {
		t.Errorf("%d %s", code, errs)
	}
	select {
	case err := <-gone:
		t.Fatalf("the server has stopped: %v", err)
	default:
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-gone:
		if err != nil {
			log, _ := os.ReadFile(r.dir + "/data/server.log")
			t.Errorf("%v\n%s", err, log)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("SIGTERM does not stop it")
	}
}

// The console of a branch goes over to its next year when that begins.
func TestTheConsoleGoesOverToTheNextYear(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	n := &newcomer{t: t, dir: r.dir, env: append(os.Environ(), "TERM=xterm-256color")}
	host, drawn := n.pastes(binary + " host --branch b1 --addr 127.0.0.1:0")
	defer n.leaves(host, drawn)
	n.sees(drawn, "两学一做")
	r.pingyi(0, "branch", "next", "b1", "--preset", "annual-2024")
	n.sees(drawn, "2024年度")
}

// A server without a console outlives its terminal too.
func TestServeOutlivesItsTerminal(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.serve()
	if err := r.server.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	r.say("m02", 0, "", "signin")
	select {
	case <-r.gone:
		t.Error("it has stopped")
	default:
	}
}
