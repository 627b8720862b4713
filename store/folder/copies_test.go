package folder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
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
