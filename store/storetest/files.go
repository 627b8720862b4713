package storetest

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"pingyi/store"
)

// Keeper is what the suite for files needs to know about an engine.
type Keeper struct {
	// Open returns where no file is kept yet.
	Open func(t *testing.T) store.Files
	// Crash returns what a new process finds of the files; nil for an engine that does not outlive its process.
	Crash func(t *testing.T, of store.Files) store.Files
	// Break leaves what a Put that broke off leaves of a file of at least two pieces.
	Break func(t *testing.T, of store.Files, data []byte)
	// Damage changes a byte of a file that is kept; nil where no engine could.
	Damage func(t *testing.T, of store.Files, hash string)
}

// RunFiles runs the suite for files.
func RunFiles(t *testing.T, k Keeper) {
	for _, tt := range []struct {
		name string
		run  func(t *testing.T, k Keeper)
	}{
		{"Files", testFiles},
		{"FilesAtOnce", testFilesAtOnce},
		{"FilesUnknown", testFilesUnknown},
		{"FilesBroken", testFilesBroken},
		{"FilesCancelled", testFilesCancelled},
		{"FilesDamaged", testFilesDamaged},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, k) })
	}
}

// onShelf is the suite for files on the shelves of an engine.
func onShelf(e Engine) Keeper {
	shelves := map[store.Files]store.Shelf{}
	keep := func(s store.Shelf) store.Files {
		f := store.FilesOn(s)
		shelves[f] = s
		return f
	}
	k := Keeper{
		Open: func(t *testing.T) store.Files { return keep(shelf(t, e)) },
		Break: func(t *testing.T, of store.Files, data []byte) {
			add(t, log(t, shelves[of], store.FileHash(data)), 0, string(data[:store.MaxPiece]))
		},
		Damage: func(t *testing.T, of store.Files, hash string) {
			l := log(t, shelves[of], hash)
			add(t, l, uint64(len(all(t, l, 0))), "more")
		},
	}
	if e.Crash != nil {
		k.Crash = func(t *testing.T, of store.Files) store.Files {
			again := e.Crash(t, shelves[of])
			t.Cleanup(func() { check(t, again.Close()) })
			return keep(again)
		}
	}
	return k
}

// content returns bytes that are the same every time.
func content(size int) []byte {
	r := rand.New(rand.NewPCG(uint64(size), 3))
	data := make([]byte, size)
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	return data
}

// has fails the test unless the files are these.
func has(t *testing.T, f store.Files, want ...[]byte) {
	t.Helper()
	var hashes []string
	for _, data := range want {
		hash := store.FileHash(data)
		hashes = append(hashes, hash)
		if got, err := f.Get(t.Context(), hash); err != nil || !bytes.Equal(got, data) {
			t.Errorf("a file of %d bytes: %d bytes, %v", len(data), len(got), err)
		}
	}
	slices.Sort(hashes)
	if got, err := f.Hashes(t.Context()); err != nil || !slices.Equal(got, hashes) {
		t.Errorf("there are %q, %v, want %q", got, err, hashes)
	}
}

// put puts files and fails the test unless they are kept.
func put(t *testing.T, f store.Files, files ...[]byte) {
	t.Helper()
	for _, data := range files {
		hash, err := f.Put(t.Context(), data)
		check(t, err)
		if hash != store.FileHash(data) {
			t.Fatalf("a file of %d bytes is kept as %s", len(data), hash)
		}
	}
}

// testFiles keeps files of every length about a piece, twice, over a crash.
func testFiles(t *testing.T, k Keeper) {
	f := k.Open(t)
	has(t, f)
	var files [][]byte
	for _, size := range []int{0, 1, store.MaxPiece - 1, store.MaxPiece, store.MaxPiece + 1, 5 << 20} {
		files = append(files, content(size))
	}
	put(t, f, files...)
	put(t, f, files...)
	has(t, f, files...)
	mine, err := f.Get(t.Context(), store.FileHash(files[1]))
	check(t, err)
	mine[0]++
	has(t, f, files...)
	if k.Crash != nil {
		has(t, k.Crash(t, f), files...)
	}
}

// testFilesAtOnce has many put the same file and one each.
func testFilesAtOnce(t *testing.T, k Keeper) {
	f := k.Open(t)
	same := content(2*store.MaxPiece + 5)
	files := [][]byte{same}
	var wg sync.WaitGroup
	for i := range 6 {
		own := content(100 + i)
		files = append(files, own)
		wg.Go(func() {
			for _, data := range [][]byte{same, own} {
				if _, err := f.Put(t.Context(), data); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	has(t, f, files...)
}

// testFilesUnknown asks for what is not there, and for what would lead elsewhere.
func testFilesUnknown(t *testing.T, k Keeper) {
	f := k.Open(t)
	one := content(3)
	put(t, f, one)
	for _, hash := range []string{
		store.FileHash(content(4)), strings.ToUpper(store.FileHash(one)), store.FileHash(one)[:63], "", "index", "../secret",
		"/etc/passwd", strings.Repeat("z", 64),
	} {
		if data, err := f.Get(t.Context(), hash); !errors.Is(err, store.ErrNoFile) || data != nil {
			t.Errorf("Get(%q): %d bytes, %v", hash, len(data), err)
		}
	}
	has(t, f, one)
}

// testFilesBroken finds nothing of a Put that broke off, and the whole file after the next one.
func testFilesBroken(t *testing.T, k Keeper) {
	f := k.Open(t)
	data := content(2*store.MaxPiece + 5)
	k.Break(t, f, data)
	if k.Crash != nil {
		f = k.Crash(t, f)
	}
	if _, err := f.Get(t.Context(), store.FileHash(data)); !errors.Is(err, store.ErrNoFile) {
		t.Errorf("half a file: %v", err)
	}
	has(t, f)
	put(t, f, data)
	has(t, f, data)
}

func testFilesCancelled(t *testing.T, k Keeper) {
	f := k.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Put(ctx, content(9)); !errors.Is(err, context.Canceled) {
		t.Errorf("Put: %v", err)
	}
	has(t, f)
	put(t, f, content(9))
	if _, err := f.Get(ctx, store.FileHash(content(9))); !errors.Is(err, context.Canceled) {
		t.Errorf("Get: %v", err)
	}
}

// testFilesDamaged never gives out other bytes than were put.
func testFilesDamaged(t *testing.T, k Keeper) {
	f := k.Open(t)
	data := content(store.MaxPiece + 7)
	put(t, f, data)
	k.Damage(t, f, store.FileHash(data))
	if got, err := f.Get(t.Context(), store.FileHash(data)); !errors.Is(err, store.ErrFileDamaged) || got != nil {
		t.Errorf("a damaged file: %d bytes, %v", len(got), err)
	}
}
