//go:build !windows

package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// managed lets a service manager listen for what the processes of this test say.
func managed(t *testing.T) *net.UnixConn {
	t.Helper()
	dir, err := os.MkdirTemp("", "manager") // a socket's name is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	name := filepath.Join(dir, "notify")
	manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = manager.Close() })
	t.Setenv("NOTIFY_SOCKET", name)
	return manager
}

// heard returns the next message to a service manager.
func heard(t *testing.T, manager *net.UnixConn) string {
	t.Helper()
	if err := manager.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	some := make([]byte, 100)
	n, err := manager.Read(some)
	if err != nil {
		t.Fatal(err)
	}
	return string(some[:n])
}

func TestAServerTellsItsManagerWhenItIsReadyAndWhenItStops(t *testing.T) {
	manager := managed(t)
	r := newRig(t, sampleRoster(5))
	r.serve()
	if got := heard(t, manager); got != "READY=1" {
		t.Fatalf("heard %q", got)
	}
	conn, err := net.Dial("tcp", r.addr)
	if err != nil {
		t.Fatalf("ready, but nobody comes in: %v", err)
	}
	conn.Close()
	if err := r.server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if got := heard(t, manager); got != "STOPPING=1" {
		t.Errorf("heard %q", got)
	}
	<-r.gone
}

// The process is gone as soon as its server returns: whoever waits for the one
// message must have it by then, also on a machine that is busy.
func TestTheManagerIsToldBeforeTheServerReturns(t *testing.T) {
	manager := managed(t)
	for range 200 {
		ctx, stop := context.WithCancel(t.Context())
		wait := tellWhenStopping(ctx)
		stop()
		wait()
		raw, err := manager.SyscallConn()
		if err != nil {
			t.Fatal(err)
		}
		var missing error
		if err := raw.Read(func(fd uintptr) bool { // what has come; nothing is waited for
			_, _, missing = syscall.Recvfrom(int(fd), make([]byte, 100), 0)
			return true
		}); err != nil || missing != nil {
			t.Fatalf("returned before the manager was told: %v, %v", err, missing)
		}
	}
}

// Whose manager has stopped reading stops all the same.
func TestAManagerThatDoesNotReadDoesNotHoldTheServer(t *testing.T) {
	managed(t)
	full := false
	for i := 0; i < 10_000 && !full; i++ {
		full = notify("STATUS=1") != nil
	}
	if !full {
		t.Fatal("its queue does not get full")
	}
	ctx, stop := context.WithCancel(t.Context())
	wait := tellWhenStopping(ctx)
	stop()
	wait()
}

func TestAManagerThatIsNotThereStopsTheServer(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	t.Setenv("NOTIFY_SOCKET", filepath.Join(r.dir, "nobody"))
	if _, errs, code := r.try("serve", "--addr", "127.0.0.1:0"); code != exitFailed || strings.Count(errs, "\n") != 1 {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// The unit starts this program as it is: its verb, its flags.
func TestTheUnitStartsTheServer(t *testing.T) {
	unit, err := os.ReadFile("pingyi.service")
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(unit), "ExecStart=/usr/local/bin/pingyi ")
	line, _, _ = strings.Cut(line, "\n")
	verb, _, err := (&desk{}).root().Find(strings.Fields(line))
	if err != nil || verb.Name() != "serve" {
		t.Fatalf("%s: %v", line, err)
	}
	if err := verb.ParseFlags(strings.Fields(line)[1:]); err != nil {
		t.Error(err)
	}
}
