package folder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pingyi/store"
)

// The newest copies stay, whatever the clock says; a copy that failed costs none
// of them.
func TestTheNewestCopiesStay(t *testing.T) {
	f := kept(t)
	if list, err := Copies(f.Dir); err != nil || len(list) > 0 {
		t.Fatal(list, err)
	}
	dir := filepath.Join(f.Dir, CopiesName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"000007-20990101-000000.backup": "by a clock that was wrong", "notes.txt": "someone's", ".backup-17": "unfinished"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range CopiesKept + 2 {
		path, err := f.Copy(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("%06d-", i+8); filepath.Base(path)[:7] != want {
			t.Errorf("copy %s, want %s", path, want)
		}
	}
	list, err := Copies(f.Dir)
	if err != nil || len(list) != CopiesKept || list[0].no != 10 || list[CopiesKept-1].no != 19 {
		t.Fatalf("%d copies, %v, %v", len(list), list, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := f.Copy(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
	if again, err := Copies(f.Dir); err != nil || !slices.Equal(again, list) {
		t.Errorf("a copy that failed: %v %v", again, err)
	}
	if got := names(t, dir); len(got) != CopiesKept+1 {
		t.Errorf("in the folder: %q", got)
	}
	if _, done, err := restores(t, list[CopiesKept-1].Path, Restore{Beside: f.Dir, Secret: f.Secret}); err != nil || len(done.Missing) > 0 {
		t.Errorf("the newest copy: %+v %v", done, err)
	}
}

// With an etcd the files are brought beside a copy. One that can't be costs neither
// the copy nor the other files, and is said.
func TestACopyBringsTheFilesOfAnEtcd(t *testing.T) {
	f := kept(t)
	away := filepath.Join(t.TempDir(), "away")
	f.Config.Etcd, f.files = &Etcd{}, FilesIn(away)
	var hashes []string
	for _, text := range []string{"一张", "另一张"} {
		hash, err := f.files.kept.Put(t.Context(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, hash)
	}
	if err := os.WriteFile(filepath.Join(away, hashes[0]), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if path, err := f.Copy(t.Context()); !errors.Is(err, filesNotHere) || !errors.Is(err, store.ErrFileDamaged) || path == "" {
		t.Errorf("%q %v", path, err)
	}
	here := FilesIn(filepath.Join(f.Dir, "files")).kept
	if _, err := here.Get(t.Context(), hashes[1]); err != nil {
		t.Errorf("the other file: %v", err)
	}
	if list, err := Copies(f.Dir); err != nil || len(list) != 1 {
		t.Errorf("%d copies, %v", len(list), err)
	}
	if _, err := f.files.kept.Put(t.Context(), []byte("一张")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Copy(t.Context()); err != nil {
		t.Errorf("once it is whole again: %v", err)
	}
	if _, err := here.Get(t.Context(), hashes[0]); err != nil {
		t.Error(err)
	}
}
