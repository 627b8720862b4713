//go:build linux || darwin

package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.etcd.io/bbolt"

	"pingyi/store"
	"pingyi/store/storetest"
)

// shelved is a shelf with one record in branch b1.
func shelved(t *testing.T) (s *Shelf, l store.Log) {
	t.Helper()
	s, err := Create(filepath.Join(t.TempDir(), "db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if l, err = s.Log(t.Context(), "b1"); err == nil {
		_, err = l.Append(t.Context(), 0, []byte("one"))
	}
	if err != nil {
		t.Fatal(err)
	}
	return s, l
}

// ails fails the test unless Append refuses, knowing that nothing was recorded, and the shelf is in the same trouble, also when it has looked
// at the file.
func ails(t *testing.T, s *Shelf, l store.Log, why error) {
	t.Helper()
	for range 2 {
		if _, err := l.Append(t.Context(), 1, []byte("never")); !errors.Is(err, ErrNotRecorded) || !errors.Is(err, why) {
			t.Errorf("%v, want ErrNotRecorded because of %v", err, why)
		}
		if got := s.Trouble(); !errors.Is(got.Why, why) || got.Since.IsZero() {
			t.Errorf("the trouble is %v, want %v", got, why)
		}
		if got := s.Look(); !errors.Is(got.Why, why) {
			t.Errorf("after a look the trouble is %v, want %v", got, why)
		}
	}
}

// goesOn fails the test unless the trouble is over at the next look, and the log goes on where it was, also after a restart.
func goesOn(t *testing.T, s *Shelf, l store.Log) {
	t.Helper()
	if got := s.Look(); got.Why != nil {
		t.Fatalf("still in trouble: %v", got.Why)
	}
	if _, err := l.Append(t.Context(), 1, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	holds, repaired, err := reopen(t, read(t, s.path))
	if err != nil || repaired != nil || !slices.Equal(holds["b1"], []string{"one", "two"}) {
		t.Errorf("left: %q, %v, %v", holds, repaired, err)
	}
}

// reads fails the test unless the record can be read.
func reads(t *testing.T, s *Shelf) {
	t.Helper()
	if got := contents(t, s)["b1"]; !slices.Equal(got, []string{"one"}) {
		t.Errorf("reading must go on: %q", got)
	}
}

// TestDiskFull lets no file grow for a while.
func TestDiskFull(t *testing.T) {
	if !storetest.Alone(t) {
		return
	}
	s, l := shelved(t)
	storetest.FullDisk(t, 4096, func() {
		ails(t, s, l, ErrFull)
		reads(t, s)
	})
	goesOn(t, s, l)
}

// TestFileTakenAway takes the file away under an open shelf and brings it back.
func TestFileTakenAway(t *testing.T) {
	s, l := shelved(t)
	move(t, s.path, s.path+".away")
	ails(t, s, l, ErrGone)
	reads(t, s)
	move(t, s.path+".away", s.path)
	goesOn(t, s, l)
}

// TestFileReplaced puts another file in its place: an older copy, as a sync folder or a hasty restore does, or even an equal one.
func TestFileReplaced(t *testing.T) {
	for name, other := range map[string]func(own []byte) []byte{
		"older": func([]byte) []byte { return meetings().bytes },
		"equal": func(own []byte) []byte { return own },
	} {
		t.Run(name, func(t *testing.T) {
			s, l := shelved(t)
			own := read(t, s.path)
			move(t, s.path, s.path+".away")
			lay(t, s.path, other(own))
			ails(t, s, l, ErrReplaced)
			reads(t, s)
			move(t, s.path+".away", s.path)
			goesOn(t, s, l)
		})
	}
}

// TestFileOverwritten copies another file over the bytes of the open one, and then the right bytes again.
func TestFileOverwritten(t *testing.T) {
	s, l := shelved(t)
	own := read(t, s.path)
	lay(t, s.path, append(slices.Clone(meetings().bytes), make([]byte, len(own))...))
	ails(t, s, l, ErrReplaced)
	lay(t, s.path, own)
	goesOn(t, s, l)
}

// TestFileCutShort cuts the file under bbolt's map, in the middle and whole, and lays the right bytes there again.
func TestFileCutShort(t *testing.T) {
	for _, size := range []int64{0, 4096, 3 * 4096} {
		s, l := shelved(t)
		own := read(t, s.path)
		if err := os.Truncate(s.path, size); err != nil {
			t.Fatal(err)
		}
		for _, err := range l.Read(t.Context(), 0) {
			if !errors.Is(err, ErrCut) {
				t.Errorf("%v, want ErrCut", err)
			}
		}
		ails(t, s, l, ErrCut)
		lay(t, s.path, own)
		goesOn(t, s, l)
	}
}

// TestFault cuts the file at the very moment when bbolt looks at its map: the process lives, and so does the shelf.
func TestFault(t *testing.T) {
	s, l := shelved(t)
	own := read(t, s.path)
	err := s.view(t.Context(), s.life, func(tx *bbolt.Tx) error {
		if err := os.Truncate(s.path, 0); err != nil {
			return err
		}
		return tx.ForEach(func([]byte, *bbolt.Bucket) error { return nil })
	})
	if !errors.Is(err, ErrCut) {
		t.Errorf("%v, want ErrCut", err)
	}
	ails(t, s, l, ErrCut)
	lay(t, s.path, own)
	goesOn(t, s, l)
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func lay(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
