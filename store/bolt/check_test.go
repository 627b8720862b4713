package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestAFileIsCheckedWithoutAChange(t *testing.T) {
	w := newWard(t, 40)
	none := func(string, []byte) error { return nil }
	if err := Check(w.path, none); !errors.Is(err, ErrInUse) {
		t.Errorf("a file in use: %v", err)
	}
	if err := w.shelf.Close(); err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	if err := Check(w.path, func(branch string, rec []byte) error { got[branch] = append(got[branch], string(rec)); return nil }); err != nil {
		t.Fatal(err)
	}
	for branch, want := range w.raw {
		if !slices.Equal(got[branch], want) {
			t.Errorf("%s: %d records, want %d", branch, len(got[branch]), len(want))
		}
	}
	whole, err := os.ReadFile(w.path)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "db")
	cut := whole[:len(whole)/4]
	for what, c := range map[string]struct {
		data []byte
		want error
	}{"cut": {cut, ErrMends}, "empty": {nil, ErrEmpty}, "something else": {make([]byte, 9000), ErrUnreadable}} {
		if err := os.WriteFile(file, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		var damage *DamageError
		if err := Check(file, none); !errors.Is(err, c.want) && !errors.As(err, &damage) {
			t.Errorf("%s: %v", what, err)
		}
		if now, err := os.ReadFile(file); err != nil || len(now) != len(c.data) {
			t.Errorf("%s: the file was changed", what)
		}
	}
	if err := Check(filepath.Join(t.TempDir(), "none"), none); !errors.Is(err, ErrMissing) {
		t.Errorf("no file: %v", err)
	}
}

// A folder, a pipe or a device in the place of the file is refused and not waited for.
func TestOnlyAPlainFileIsOpened(t *testing.T) {
	none := func(string, []byte) error { return nil }
	for _, path := range []string{t.TempDir(), os.DevNull} {
		if s, err := Open(path); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s: %v %v", path, s, err)
		}
		if err := Check(path, none); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s is examined: %v", path, err)
		}
	}
}
