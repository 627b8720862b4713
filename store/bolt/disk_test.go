//go:build unix

package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"pingyi/store"
)

// TestDiskFails lets writing fail for one moment. The Append fails, and none after it is accepted, although the disk works again: what
// the failed one left there is unknown. After opening anew the acknowledged records are there and the log goes on.
func TestDiskFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	write(path, func(*Shelf) {})
	f, err := lock(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(path, f, nil)
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), 0, []byte("one")); err != nil {
		t.Fatal(err)
	}
	readOnly(t, f, path, func() {
		if _, err := l.Append(t.Context(), 1, []byte("two")); !errors.Is(err, ErrDisk) {
			t.Errorf("%v, want ErrDisk", err)
		}
	})
	if _, err := l.Append(t.Context(), 1, []byte("three")); !errors.Is(err, ErrDisk) {
		t.Errorf("%v, want ErrDisk still", err)
	}
	if got := contents(t, s)["b1"]; len(got) != 1 {
		t.Errorf("reading must go on: %q", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), 1, []byte("four")); !errors.Is(err, store.ErrClosed) {
		t.Errorf("%v, want ErrClosed", err)
	}
	holds, repaired, err := reopen(t, read(t, path))
	if err != nil || repaired != nil || len(holds["b1"]) != 1 || holds["b1"][0] != "one" {
		t.Errorf("left: %q, %v, %v", holds, repaired, err)
	}
}

// readOnly makes every write to f fail during work.
func readOnly(t *testing.T, f *os.File, path string, work func()) {
	t.Helper()
	fd := int(f.Fd())
	saved, err := unix.Dup(fd)
	if err != nil {
		t.Fatal(err)
	}
	ro, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Dup2(int(ro.Fd()), fd); err != nil {
		t.Fatal(err)
	}
	work()
	if err := errors.Join(unix.Dup2(saved, fd), unix.Close(saved), ro.Close()); err != nil {
		t.Fatal(err)
	}
}
