package bolt_test

import (
	"os"
	"path/filepath"
	"testing"

	"pingyi/store"
	"pingyi/store/bolt"
	"pingyi/store/storetest"
)

// shelfFile is a shelf that knows its file.
type shelfFile struct {
	*bolt.Shelf
	path string
}

func openFile(t testing.TB, path string) shelfFile {
	t.Helper()
	s, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return shelfFile{s, path}
}

func TestBolt(t *testing.T) {
	storetest.Run(t, storetest.Engine{
		Open: func(t *testing.T) store.Shelf { return openFile(t, filepath.Join(t.TempDir(), "db")) },
		Crash: func(t *testing.T, of store.Shelf) store.Shelf { // the kernel keeps what a killed process wrote
			b, err := os.ReadFile(of.(shelfFile).path)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "db")
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			return openFile(t, path)
		},
	})
}
