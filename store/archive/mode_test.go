package archive_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"pingyi/store/archive"
)

func TestOnlyTheirOwnerReadsPapers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no modes there")
	}
	list := []archive.File{{Name: "minutes.md", Data: []byte("x")}, {Name: archive.ManifestName, Data: []byte(`{"files":[{"file":"minutes.md"}]}`)}}
	mode := func(name string) os.FileMode {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	dir := t.TempDir()
	there, shared := filepath.Join(dir, "there"), filepath.Join(dir, "shared")
	for _, d := range []string{there, shared, filepath.Join(shared, "photos")} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(there, "minutes.md"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(there, archive.ManifestName), list[1].Data, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{filepath.Join(dir, "new", "deep"): 0o700, there: 0o700, shared: 0o755} {
		if err := archive.Write(t.Context(), name, list); err != nil {
			t.Fatal(err)
		}
		if got := mode(name); got != want {
			t.Errorf("%s: %o, want %o", name, got, want)
		}
		for _, f := range list {
			if got := mode(filepath.Join(name, f.Name)); got != 0o600 {
				t.Errorf("%s in %s: %o", f.Name, name, got)
			}
		}
	}
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := archive.Write(t.Context(), empty, list); err != nil || mode(empty) != 0o700 {
		t.Errorf("%o, %v", mode(empty), err)
	}
}
