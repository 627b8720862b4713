package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// disk mounts a small disk, where the system lets us.
func disk(t *testing.T, options string) (at string) {
	t.Helper()
	at = filepath.Join(t.TempDir(), "u盘")
	if err := os.Mkdir(at, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", at, "tmpfs", 0, options); err != nil {
		t.Skip("no disk can be mounted here:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(at, 0) })
	return at
}

// A disk's own folder can't be exchanged for another: that is what is said, not that
// a program has it.
func TestAMountedDiskIsNotReplaced(t *testing.T) {
	name, _ := backedUp(t, kept(t), Backup{})
	at := disk(t, "size=4m")
	if _, err := RestoreTo(t.Context(), strings.NewReader(read(t, name)), at, Restore{}); !errors.Is(err, mountPoint) {
		t.Errorf("restored to a disk's own folder: %v", err)
	}
	if _, err := RestoreTo(t.Context(), strings.NewReader(read(t, name)), filepath.Join(at, "data"), Restore{}); err != nil {
		t.Errorf("restored to a folder on it: %v", err)
	}
}

// A full disk is not the backup's fault.
func TestARestoreToAFullDisk(t *testing.T) {
	name, _ := backedUp(t, kept(t), Backup{})
	at := disk(t, "size=16k")
	_, err := RestoreTo(t.Context(), strings.NewReader(read(t, name)), filepath.Join(at, "data"), Restore{})
	if errors.Is(err, backupUnread) || !errors.Is(err, unwritable) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("restored to a full disk: %v", err)
	}
	if entries, err := os.ReadDir(at); err != nil || len(entries) != 0 {
		t.Errorf("left on it: %v, %v", entries, err)
	}
}
