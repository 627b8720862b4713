package folder

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting/preset"
)

// halfway gives a backup, and does something when half of it is read.
type halfway struct {
	rest io.Reader
	left int
	do   func()
}

func (h *halfway) Read(p []byte) (int, error) {
	if h.left <= 0 && h.do != nil {
		do := h.do
		h.do = nil
		do()
	}
	n, err := h.rest.Read(p[:min(len(p), 512)])
	h.left -= n
	return n, err
}

// The secretary is impatient and restores into the same folder from two more
// windows: the first that is through has the name, nobody's work is taken away, and
// the others are told that something is there. What a killed one left goes.
func TestThreeRestoresIntoOneName(t *testing.T) {
	name, _ := backedUp(t, kept(t), Backup{})
	backup := read(t, name)
	at := t.TempDir()
	dir, killed := filepath.Join(at, "数据 [1]"), filepath.Join(at, ".数据 [1].restoring-17", "data")
	if err := os.MkdirAll(killed, 0o700); err != nil {
		t.Fatal(err)
	}
	from := func(do func()) io.Reader { return &halfway{strings.NewReader(backup), len(backup) / 2, do} }
	var second, third error
	_, first := RestoreTo(t.Context(), from(func() {
		_, second = RestoreTo(t.Context(), from(func() {
			_, third = RestoreTo(t.Context(), from(nil), dir, Restore{})
		}), dir, Restore{})
	}), dir, Restore{})
	if third != nil || !errors.Is(second, notEmpty) || !errors.Is(first, notEmpty) {
		t.Errorf("the one that was through first: %v; the others: %v, %v", third, second, first)
	}
	f, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if entries, err := os.ReadDir(at); err != nil || len(entries) != 1 {
		t.Errorf("beside the restored folder: %v, %v", entries, err)
	}
}

// The data folder is a link to a bigger disk: the disk gets the data, and the link
// stays. Where it leads nowhere, the disk is not plugged in.
func TestALinkedFolderIsRestoredToWhereItLeads(t *testing.T) {
	name, _ := backedUp(t, kept(t), Backup{})
	at := t.TempDir()
	disk, link := filepath.Join(at, "disk", "评议"), filepath.Join(at, "data")
	if err := os.Symlink(disk, link); err != nil {
		t.Skip("no links here:", err)
	}
	restore := func() error {
		_, err := RestoreTo(t.Context(), strings.NewReader(read(t, name)), link, Restore{})
		return err
	}
	if err := restore(); !errors.Is(err, linkNowhere) {
		t.Errorf("restored to a link that leads nowhere: %v", err)
	}
	if err := Init(link, "某党总支", Config{Preset: preset.Default}); !errors.Is(err, linkNowhere) {
		t.Errorf("made in a link that leads nowhere: %v", err)
	}
	if err := os.MkdirAll(disk, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := restore(); err != nil {
		t.Fatal(err)
	}
	if target, err := os.Readlink(link); err != nil || target != disk {
		t.Errorf("the link leads to %q now: %v", target, err)
	}
	if _, err := os.Stat(filepath.Join(disk, "pingyi.json")); err != nil {
		t.Error(err)
	}
}
