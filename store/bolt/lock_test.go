package bolt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestOnlyCreateMakesAFile refuses what is missing, empty or there already, and leaves it as it is.
func TestOnlyCreateMakesAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	if _, err := Open(path); !errors.Is(err, ErrMissing) {
		t.Errorf("%v, want ErrMissing", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open made a file: %v", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); !errors.Is(err, ErrEmpty) {
		t.Errorf("%v, want ErrEmpty", err)
	}
	if _, err := Create(path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("%v, want fs.ErrExist", err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("the empty file was changed: %v", err)
	}
}

// TestAReplacedFileIsNotOpenedTwice: a sync folder replaces the file, or takes it away and brings it back, while a shelf is open. Nobody else
// opens what lies there now.
func TestAReplacedFileIsNotOpenedTwice(t *testing.T) {
	if !foldersLock {
		t.Skip("nobody can replace an open file here")
	}
	path := filepath.Join(t.TempDir(), "db")
	s, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, path)
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	refused(t, path)
	if err := os.WriteFile(path, meetings().bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, path)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(path); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
