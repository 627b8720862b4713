package bolt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
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

// TestOpenToRead reads a file that cannot be written, in two places at once, and changes nothing.
func TestOpenToRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	if err := os.WriteFile(path, meetings().bytes, 0o400); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s, err := OpenToRead(path, ErrReadOnly)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.Close() })
		if got := contents(t, s); !reflect.DeepEqual(got, meetings().holds) {
			t.Errorf("%d branches, want %d", len(got), len(meetings().holds))
		}
		l, err := s.Log(t.Context(), "b1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Append(t.Context(), 1, []byte("no")); !errors.Is(err, ErrNotRecorded) || !errors.Is(err, ErrReadOnly) {
			t.Errorf("%v, want ErrNotRecorded because of ErrReadOnly", err)
		}
		if _, err := s.Prune(t.Context(), "b1", "ballots"); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%v, want ErrReadOnly", err)
		}
		if why := s.Look().Why; !errors.Is(why, ErrReadOnly) {
			t.Errorf("%v, want ErrReadOnly for good", why)
		}
	}
	refused(t, path) // while somebody reads
	damaged := filepath.Join(t.TempDir(), "db")
	if err := os.WriteFile(damaged, append([]byte{1}, meetings().bytes[1:]...), 0o400); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenToRead(damaged, ErrReadOnly); !errors.Is(err, ErrToMend) {
		t.Errorf("%v, want ErrToMend", err)
	}
}
