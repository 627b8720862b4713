package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// starts starts a server by lines of a shell, and returns once it is ready.
func (r *rig) starts(lines string) (shell *exec.Cmd, gone <-chan struct{}) {
	r.t.Helper()
	cmd := exec.Command("sh", "-c", lines, binary)
	cmd.Dir, cmd.SysProcAttr = r.dir, &syscall.SysProcAttr{Setpgid: true}
	out, err := cmd.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	over := make(chan struct{})
	r.t.Cleanup(func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); <-over })
	var line ready
	if err := json.NewDecoder(out).Decode(&line); err != nil {
		close(over)
		r.t.Fatalf("the server did not start: %v", err)
	}
	r.addr = line.Addr
	go func() { _ = cmd.Wait(); close(over) }()
	return cmd, over
}

// Who reads the log of a server may go: the server goes on (door #22).
func TestTheServerOutlivesTheReaderOfItsLog(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	_, gone := r.starts(`exec "$0" serve --addr 127.0.0.1:0 2>&1 | head -n 1`)
	for range 4 { // head has gone with the first line; each word is one of the log
		r.say("m02", 0, "", "whoami")
	}
	select {
	case <-gone:
		t.Error("it has stopped")
	default:
	}
}

// Nobody reads even its first line.
func TestTheServerStartsWithoutAReader(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	reader.Close()
	cmd := exec.Command(binary, "serve", "--addr", "127.0.0.1:0")
	cmd.Dir, cmd.Stdout, cmd.Stderr = r.dir, writer, writer
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	gone := make(chan error, 1)
	go func() { gone <- cmd.Wait() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	late := time.After(30 * time.Second)
	for tick := time.Tick(50 * time.Millisecond); ; { // the control socket tells that it serves
		select {
		case err := <-gone:
			t.Fatalf("it has stopped: %v", err)
		case <-late:
			t.Fatal("it does not start")
		case <-tick:
		}
		if _, err := os.Stat(r.dir + "/data/control.sock"); err == nil {
			break
		}
	}
	if out := r.pingyi(0, "branch", "list"); !strings.Contains(out, "b1") {
		t.Errorf("%q", out)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := <-gone; err != nil {
		t.Errorf("it ends with %v", err)
	}
}

// nohup, and a shell that ignores Ctrl+C for what it runs in the background, mean
// what they say, for every verb.
func TestWhatIsIgnoredFromTheStartStaysIgnored(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	for _, c := range []struct {
		lines string
		signs []syscall.Signal
	}{
		{`trap "" HUP INT; exec "$0" serve --addr 127.0.0.1:0`, []syscall.Signal{syscall.SIGHUP, syscall.SIGINT}},
		{`exec nohup "$0" serve --addr 127.0.0.1:0 2>&1`, []syscall.Signal{syscall.SIGHUP}},
	} {
		shell, gone := r.starts(c.lines)
		for _, sign := range c.signs {
			if err := shell.Process.Signal(sign); err != nil {
				t.Fatal(err)
			}
		}
		r.say("m02", 0, "", "whoami")
		if err := shell.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		select {
		case <-gone:
		case <-time.After(30 * time.Second):
			t.Fatal("SIGTERM does not stop it")
		}
	}
}
