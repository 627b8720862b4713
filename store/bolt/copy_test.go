package bolt

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"pingyi/store"
)

// records reads all records of a branch.
func records(t *testing.T, s *Shelf, branch string) (list []string) {
	t.Helper()
	l, err := s.Log(t.Context(), branch)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for rec, err := range l.Read(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, string(rec))
	}
	return list
}

// opensWhole opens a copy; examining it must find nothing to mend.
func opensWhole(t *testing.T, path string) *Shelf {
	t.Helper()
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if r := s.Repaired(); r != nil {
		t.Fatalf("the copy is damaged: %v", r.Report())
	}
	return s
}

func TestACopyHasEveryRecord(t *testing.T) {
	w := newWard(t, 60)
	path := filepath.Join(t.TempDir(), "copy")
	if err := os.WriteFile(path, []byte("an unfinished one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.shelf.Copy(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	c := opensWhole(t, path)
	for branch, want := range w.raw {
		if got := records(t, c, branch); !slices.Equal(got, want) {
			t.Errorf("%s: %d records, want %d", branch, len(got), len(want))
		}
	}
}

// Somebody votes and blobs are pruned while copies are made: every copy is one
// moment, of both branches together.
func TestACopyIsOneMoment(t *testing.T) {
	w := newWard(t, 40)
	var writing sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	writing.Go(func() {
		for ctx.Err() == nil { // b1 is always one Append ahead of b2, or as far
			w.append(t, "b1", make([]byte, 20000), nil)
			w.append(t, "b2", make([]byte, 20000), nil)
		}
	})
	for i := range 8 {
		path := filepath.Join(t.TempDir(), "copy")
		if err := w.shelf.Copy(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		if i == 3 {
			if _, err := w.shelf.Prune(t.Context(), "b1", "ballots"); err != nil {
				t.Fatal(err)
			}
		}
		c := opensWhole(t, path)
		b1, b2 := len(records(t, c, "b1")), len(records(t, c, "b2"))
		if b1 < 40 || b1 != b2 && b1 != b2+2 {
			t.Errorf("b1 has %d records, b2 %d: not one moment", b1, b2)
		}
		for _, branch := range []string{"b1", "b2"} {
			var chain store.Chain
			for _, rec := range records(t, c, branch) {
				if _, err := chain.AddBytes([]byte(rec)); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	stop()
	writing.Wait()
}

func TestACopyThatFailsLeavesNoFile(t *testing.T) {
	w := newWard(t, 10)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	path := filepath.Join(t.TempDir(), "copy")
	if err := w.shelf.Copy(ctx, path); !errors.Is(err, context.Canceled) {
		t.Errorf("a copy that was called off: %v", err)
	}
	if err := w.shelf.Copy(t.Context(), filepath.Join(t.TempDir(), "no", "copy")); !errors.Is(err, notMade) {
		t.Errorf("a copy where nothing can be: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something is left: %v", err)
	}
}
