package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// A data folder on a medium that cannot be written, or without leave to write, is
// read like any other; what writes is refused with the cause (door.md #34).
func TestAFolderThatCannotBeWrittenIsRead(t *testing.T) {
	r := newRig(t, sampleRoster(3))
	data := filepath.Join(r.dir, "data")
	made := tree(t, data)
	if err := os.WriteFile(filepath.Join(r.dir, "more.csv"), []byte(sampleRoster(4)), 0o600); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		err := unix.Mount(data, data, "", unix.MS_BIND, "")
		if err != nil {
			t.Skipf("root may write everywhere and cannot mount a read-only folder here: %v", err)
		}
		t.Cleanup(func() { _ = unix.Unmount(data, unix.MNT_DETACH) })
		if err := unix.Mount("", data, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
	} else {
		for _, name := range []string{data, filepath.Join(data, "pingyi.db")} {
			if err := os.Chmod(name, 0o500); err != nil {
				t.Fatal(err)
			}
		}
		t.Cleanup(func() { _ = os.Chmod(data, 0o700) })
	}
	for _, verb := range []string{
		"branch list", "log --branch b1", "verify --branch b1", "roster export --branch b1 -o roster.xlsx", "papers --branch b1 -o out",
		"superior list",
	} {
		r.pingyi(0, strings.Fields(verb)...)
	}
	for _, verb := range []string{"branch add b2 --name 第二党支部", "codes --branch b1", "serve --addr 127.0.0.1:0", "roster import more.csv --yes --branch b1"} {
		if _, errs, code := r.try(strings.Fields(verb)...); code != 1 || !strings.Contains(errs, "磁盘只读，或者程序没有写的权限") {
			t.Errorf("%s: exit %d\n%s", verb, code, errs)
		}
	}
	if left := tree(t, data); left != made {
		t.Errorf("the folder holds\n%swant\n%s", left, made)
	}
}

// tree lists the files below a folder.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.Walk(dir, func(name string, _ os.FileInfo, err error) error {
		list.WriteString(name + "\n")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}
