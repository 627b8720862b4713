package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"pingyi/store"
)

// ward is a file with two branches whose records have ciphertexts, appended by turns.
type ward struct {
	dir, path string
	shelf     *Shelf
	chains    map[string]*store.Chain
	blobs     map[string][][]byte
	raw       map[string][]string // records as they were appended
}

func newWard(t *testing.T, records int) *ward {
	t.Helper()
	w := &ward{dir: t.TempDir(), chains: map[string]*store.Chain{}, blobs: map[string][][]byte{}, raw: map[string][]string{}}
	w.path = filepath.Join(w.dir, "db")
	var err error
	if w.shelf, err = Create(w.path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.shelf.Close() })
	r := rand.NewChaCha8([32]byte{3})
	for i := range records {
		branch := []string{"b1", "b2"}[i%2]
		blob := make([]byte, 64+r.Uint64()%9000)
		_, _ = r.Read(blob)
		w.append(t, branch, blob, nil) // a ballot and an event without one, in one Append
	}
	return w
}

func (w *ward) append(t *testing.T, branch string, blobs ...[]byte) {
	t.Helper()
	l, err := w.shelf.Log(t.Context(), branch)
	if err != nil {
		t.Fatal(err)
	}
	if w.chains[branch] == nil {
		w.chains[branch] = &store.Chain{}
	}
	after, _ := w.chains[branch].Head()
	var recs [][]byte
	for _, blob := range blobs {
		rec := w.chains[branch].Next(fmt.Appendf(nil, `{"of":%q}`, branch), "ballots", blob)
		if err := w.chains[branch].Add(rec); err != nil {
			t.Fatal(err)
		}
		recs = append(recs, rec.Encode())
		w.raw[branch] = append(w.raw[branch], string(rec.Encode()))
		if len(blob) > 0 {
			w.blobs[branch] = append(w.blobs[branch], blob)
		}
	}
	if _, err := l.Append(t.Context(), after, recs...); err != nil {
		t.Fatal(err)
	}
}

// remains counts the ciphertexts of a branch of which 64 bytes are in any file of a folder.
func (w *ward) remains(t *testing.T, dir, branch string) (n int) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for _, f := range files {
		all = append(all, read(t, filepath.Join(dir, f.Name())))
	}
	for _, blob := range w.blobs[branch] {
		window := blob[(len(blob)-64)/2:][:64]
		if slices.ContainsFunc(all, func(b []byte) bool { return bytes.Contains(b, window) }) {
			n++
		}
	}
	return n
}

// isWhole checks that a shelf holds b2 byte for byte and b1 with all its blobs or none, with a chain that verifies up to the same head,
// and says which.
func (w *ward) isWhole(t *testing.T, s *Shelf) (pruned bool) {
	t.Helper()
	holds := contents(t, s)
	if !slices.Equal(holds["b2"], w.raw["b2"]) {
		t.Error("the other branch was touched")
	}
	var c store.Chain
	without := 0
	for _, b := range holds["b1"] {
		r, err := c.AddBytes([]byte(b))
		if err != nil {
			t.Fatal(err)
		}
		if r.Pruned {
			without++
		}
	}
	if c != *w.chains["b1"] {
		t.Error("the head is another")
	}
	if without != 0 && without != len(w.blobs["b1"]) {
		t.Errorf("%d of %d blobs are gone", without, len(w.blobs["b1"]))
	}
	sound(t, s.db)
	return without > 0
}

// TestPrune removes one branch's ciphertexts: nobody who gets the folder finds 64 bytes of any of them, although bbolt alone would leave
// them in its free pages, and everything else is as it was.
func TestPrune(t *testing.T) {
	w := newWard(t, 60)
	if got := w.remains(t, w.dir, "b1"); got != 30 {
		t.Fatalf("the search finds %d of 30 before", got)
	}
	old, err := w.shelf.Log(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.shelf.Prune(t.Context(), "b1", "ballots"); n != 30 || err != nil {
		t.Fatalf("%d, %v, want 30", n, err)
	}
	if n, other := w.remains(t, w.dir, "b1"), w.remains(t, w.dir, "b2"); n != 0 || other != 30 {
		t.Errorf("%d ciphertexts are left, and %d of 30 of the other branch", n, other)
	}
	if !w.isWhole(t, w.shelf) {
		t.Error("nothing was pruned")
	}
	if files, err := os.ReadDir(w.dir); err != nil || len(files) != 1 {
		t.Errorf("%v, %v, want one file", files, err)
	}
	refused(t, w.path) // the new file is held as the old one was
	w.append(t, "b1", nil, []byte("a later ciphertext"))
	w.append(t, "b2", []byte("another"))
	if err := old.Wait(t.Context(), 60); err != nil {
		t.Errorf("a handle from before: %v", err)
	}
	if err := w.shelf.Close(); err != nil {
		t.Fatal(err)
	}
	if w.shelf, err = Open(w.path); err != nil || w.shelf.Repaired() != nil {
		t.Fatal(err, w.shelf.Repaired())
	}
	for _, want := range []int{1, 0} { // the later one, then nothing
		if n, err := w.shelf.Prune(t.Context(), "b1", "ballots"); n != want || err != nil {
			t.Errorf("%d, %v, want %d", n, err, want)
		}
	}
	w.isWhole(t, w.shelf)
}

// moments is a context that calls at whenever somebody asks whether it is done.
type moments struct {
	context.Context
	at func() error
}

func (m moments) Err() error { return m.at() }

// TestPruneKilled opens what a killed process leaves at every step: the old or the new is there whole, nothing is beside it.
func TestPruneKilled(t *testing.T) {
	w := newWard(t, 300)
	var seen []bool
	half := 0
	crash := func() error {
		dir := t.TempDir() // the kernel keeps what a killed process wrote
		if err := os.CopyFS(dir, os.DirFS(w.dir)); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, "db"+newFile)); err == nil {
			half++
		}
		s, err := Open(filepath.Join(dir, "db"))
		if err != nil || s.Repaired() != nil {
			t.Fatal(err, s.Repaired())
		}
		seen = append(seen, w.isWhole(t, s))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
			t.Errorf("left: %v, %v", files, err)
		}
		return nil
	}
	if _, err := w.shelf.Prune(moments{t.Context(), crash}, "b1", "ballots"); err != nil {
		t.Fatal(err)
	}
	_ = crash()
	if half < 8 || slices.Contains(seen[:len(seen)-1], true) || !seen[len(seen)-1] {
		t.Errorf("new after each step: %v; half a new file was there %d times", seen, half)
	}
}

// TestPruneGivenUp stops at each step in turn: the file is as it was and goes on.
func TestPruneGivenUp(t *testing.T) {
	w := newWard(t, 300)
	stop := errors.New("stop")
	steps := 0
	for left := 0; ; left++ {
		n := 0
		_, err := w.shelf.Prune(moments{t.Context(), func() error {
			if n++; n > left {
				return stop
			}
			return nil
		}}, "b1", "ballots")
		if err == nil {
			break
		}
		if steps++; !errors.Is(err, stop) || w.isWhole(t, w.shelf) {
			t.Fatalf("step %d: %v", left, err)
		}
		if files, err := os.ReadDir(w.dir); err != nil || len(files) != 1 {
			t.Errorf("left: %v, %v", files, err)
		}
	}
	if steps < 8 || !w.isWhole(t, w.shelf) {
		t.Errorf("%d steps", steps)
	}
	w.append(t, "b1", []byte("more"))
}

// TestPruneWhileOthersWork prunes one branch while another is written and read: nothing acknowledged is lost.
func TestPruneWhileOthersWork(t *testing.T) {
	w := newWard(t, 100)
	stop := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				w.append(t, "b2", []byte("during"))
			}
		}
	})
	work.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				contents(t, w.shelf)
			}
		}
	})
	for range 5 {
		if _, err := w.shelf.Prune(t.Context(), "b1", "ballots"); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	work.Wait()
	if !w.isWhole(t, w.shelf) {
		t.Error("nothing was pruned")
	}
}

// TestPruneRefuses covers what cannot be pruned: nothing is changed then.
func TestPruneRefuses(t *testing.T) {
	w := newWard(t, 4)
	if n, err := w.shelf.Prune(t.Context(), "nobody", "ballots"); n != 0 || err != nil {
		t.Errorf("a branch without records: %d, %v", n, err)
	}
	if _, err := w.shelf.Prune(t.Context(), "../b1", "ballots"); !errors.Is(err, store.ErrBranch) {
		t.Errorf("%v, want ErrBranch", err)
	}
	l, err := w.shelf.Log(t.Context(), "odd")
	if err == nil {
		_, err = l.Append(t.Context(), 0, []byte("no record of ours"))
	}
	if err != nil {
		t.Fatal(err)
	}
	before := read(t, w.path)
	if _, err := w.shelf.Prune(t.Context(), "odd", "ballots"); !errors.Is(err, store.ErrRecord) || !bytes.Equal(read(t, w.path), before) {
		t.Errorf("%v, want ErrRecord and the same file", err)
	}
	if err := w.shelf.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.shelf.Prune(t.Context(), "b1", "ballots"); !errors.Is(err, store.ErrClosed) {
		t.Errorf("%v, want ErrClosed", err)
	}
}

// TestCopies names the damaged file that Open kept, in which the removed ciphertexts still are.
func TestCopies(t *testing.T) {
	w := newWard(t, 20)
	if err := w.shelf.Close(); err != nil {
		t.Fatal(err)
	}
	b := read(t, w.path)
	b[8] ^= 1
	if err := os.WriteFile(w.path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.shelf, err = Open(w.path); err != nil || w.shelf.Repaired() == nil {
		t.Fatal(err)
	}
	if _, err := w.shelf.Prune(t.Context(), "b1", "ballots"); err != nil {
		t.Fatal(err)
	}
	names, err := w.shelf.Copies()
	if err != nil || len(names) != 1 || names[0] != w.shelf.Repaired().Kept {
		t.Fatalf("%v, %v", names, err)
	}
	if got := w.remains(t, w.dir, "b1"); got != 10 {
		t.Errorf("the copy has %d of 10", got)
	}
	if err := os.Remove(names[0]); err != nil || w.remains(t, w.dir, "b1") != 0 {
		t.Errorf("%v, or some are left", err)
	}
}
