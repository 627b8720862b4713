package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// On a full stick no code is issued: those that people have stay good.
func TestCodesStayWhereTheDiskIsFull(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	stick := filepath.Join(r.dir, "stick")
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", stick, "tmpfs", 0, "size=4k"); err != nil {
		t.Skipf("only root can mount a small disk: %v", err)
	}
	defer syscall.Unmount(stick, 0) //nolint:errcheck // the folder goes
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
