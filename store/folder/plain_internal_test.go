package folder

import (
	"os"
	"path/filepath"
	"testing"

	"pingyi/store"
	"pingyi/store/storetest"
)

// Plain files keep the contract that every engine keeps.
func TestPlainFiles(t *testing.T) {
	dir := func(f store.Files) string { return f.(plainFiles).dir }
	storetest.RunFiles(t, storetest.Keeper{
		Open:  func(t *testing.T) store.Files { return FilesIn(filepath.Join(t.TempDir(), "files")).kept },
		Crash: func(_ *testing.T, of store.Files) store.Files { return FilesIn(dir(of)).kept },
		Break: func(t *testing.T, of store.Files, data []byte) {
			if err := os.MkdirAll(dir(of), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir(of), "part-1"), data[:store.MaxPiece], 0o600); err != nil {
				t.Fatal(err)
			}
		},
		Damage: func(t *testing.T, of store.Files, hash string) {
			if err := os.WriteFile(filepath.Join(dir(of), hash), []byte("others"), 0o600); err != nil {
				t.Fatal(err)
			}
		},
	})
}
