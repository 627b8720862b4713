package folder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A pipe in the place of a file is refused; who reads it would wait for ever.
func TestAPipeIsNotWaitedFor(t *testing.T) {
	for _, name := range []string{"pingyi.json", "secret"} {
		dir := spoilt(t, name, "")
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Skip(err)
		}
		if _, err := Open(dir); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := spoilt(t, "host_key", "")
	if err := os.Mkdir(filepath.Join(dir, "host_key"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := mainKey.read(dir); !errors.Is(err, fs.ErrInvalid) {
		t.Errorf("a folder: %v", err)
	}
}
