package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk is a disk of 4 KB in a folder.
func smallDisk(t *testing.T, dir string) string {
	t.Helper()
	stick := filepath.Join(dir, "stick")
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", stick, "tmpfs", 0, "size=4k"); err != nil {
		t.Skipf("only root can mount a small disk: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(stick, 0) })
	return stick
}

// Whatever is written to a full stick, what is told is the name that was asked for and not that
// of what is written before it gets the name, and nothing half-written is left.
func TestAFullDiskIsNamedByWhatWasAskedFor(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.pingyi(0, "backup", "a.backup")
	stick := smallDisk(t, r.dir)
	if err := os.WriteFile(filepath.Join(stick, "full"), make([]byte, 4096), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(stick, "材料"), 0o700); err != nil {
		t.Fatal(err)
	}
	for full, args := range map[string][]string{
		"材料/script.docx": {"papers", "--branch", "b1", "-o", filepath.Join(stick, "材料")},
		"上级/rollup.docx": {"papers", "--org", "-o", filepath.Join(stick, "上级")},
		"a.backup":       {"backup", filepath.Join(stick, "a.backup")},
		"b/host_key":     {"restore", "a.backup", "--data", filepath.Join(stick, "b")},
		"c/secret":       {"init", "--org", "某党总支", "--data", filepath.Join(stick, "c")},
		"码.docx":         {"codes", "--branch", "b1", "-o", filepath.Join(stick, "码.docx")},
		"名册.csv":         {"roster", "export", "--branch", "b1", "-o", filepath.Join(stick, "名册.csv")},
		"钥匙":             {"trustee", "init", "-o", filepath.Join(stick, "钥匙")},
	} {
		if errs := r.refused(exitFailed, args...); !strings.Contains(errs, filepath.Join(stick, full)+" 所在的磁盘满了") {
			t.Errorf("%v: %s", args, errs)
		}
	}
	err := filepath.WalkDir(stick, func(at string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "full" {
			t.Errorf("left is %s", at)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// On a full stick no code is issued: those that people have stay good.
func TestCodesStayWhereTheDiskIsFull(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	stick := smallDisk(t, r.dir)
	before := r.pingyi(0, "log", "--branch", "b1")
	for _, name := range []string{"码.csv", "码.docx"} {
		if errs := r.refused(exitFailed, "codes", "--branch", "b1", "-o", filepath.Join(stick, name)); !strings.Contains(errs, "旧码仍然有效") {
			t.Errorf("%s: %s", name, errs)
		}
	}
	if after := r.pingyi(0, "log", "--branch", "b1"); after != before {
		t.Error("codes were issued")
	}
	if left, err := os.ReadDir(stick); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}
