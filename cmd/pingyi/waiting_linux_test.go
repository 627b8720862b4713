package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Ctrl+C where the passphrase is asked for ends the verb, and the terminal shows
// again what is typed.
func TestAPassphraseIsNotAwaitedAfterCtrlC(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	g := r.watches("backup", "评议.age", "--passphrase")
	g.sees("口令")
	time.Sleep(100 * time.Millisecond) // until the terminal shows nothing
	if err := g.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	g.sees("没有输入口令")
	g.ends(exitFailed)
	if _, err := os.Stat(filepath.Join(r.dir, "评议.age")); err == nil {
		t.Error("there is a backup")
	}
}

// A restore waits for the other end of a pipe, before it comes and in the middle of
// what it gives; Ctrl+C ends it, and nothing is left.
func TestARestoreFromAPipeEndsWithCtrlC(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	r.pingyi(0, "backup", "a.backup")
	backup, err := os.ReadFile(filepath.Join(r.dir, "a.backup"))
	if err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(r.dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, given := range map[string][]byte{"nobody writes": nil, "half is written": backup[:len(backup)/2]} {
		var said strings.Builder
		cmd := exec.Command(binary, "restore", "pipe", "--data", "new/data")
		cmd.Dir, cmd.Stderr = r.dir, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		late := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() })
		if given != nil {
			end, err := os.OpenFile(pipe, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer end.Close()
			if _, err := end.Write(given); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(300 * time.Millisecond) // until it waits
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // how it ended is looked at
		late.Stop()
		if code := cmd.ProcessState.ExitCode(); code != exitFailed || said.String() != "已经中断，没有恢复\n" {
			t.Errorf("%s: exit %d, %q", what, code, said.String())
		}
		if left, _ := os.ReadDir(filepath.Join(r.dir, "new")); len(left) > 0 {
			t.Errorf("%s: left are %v", what, left)
		}
	}
}
