package bolt

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

func TestAPipeIsNotWaitedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pingyi.db")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	if err := Check(path, func(string, []byte) error { return nil }); !errors.Is(err, ErrUnreadable) {
		t.Errorf("a pipe: %v", err)
	}
}
