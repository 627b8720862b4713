//go:build !windows

package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

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
	defer manager.Close()
	t.Setenv("NOTIFY_SOCKET", name)
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
