package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestTheMemoryOfAServerIsClosed(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", r.server.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if cells := strings.Fields(line); strings.HasPrefix(line, "Max core file size") && (cells[4] != "0" || cells[5] != "0") {
			t.Error(line)
		}
	}
	if unix.Getuid() != 0 { // for root everything is open
		if _, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", r.server.Process.Pid)); err == nil {
			t.Error("another process of the same user reads it")
		}
	}
}

func TestClosedMemoryIsNotDumped(t *testing.T) {
	before, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Prctl(unix.PR_SET_DUMPABLE, uintptr(before), 0, 0, 0); err != nil {
			t.Error(err)
		}
	})
	if err := closeMemory(); err != nil {
		t.Fatal(err)
	}
	if now, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0); err != nil || now != 0 {
		t.Errorf("dumpable %d, %v", now, err)
	}
}
