package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"pingyi/store"
)

// comes waits until something is so.
func comes(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("there never is: %s", what)
		}
	}
}

// waitsAtPipe reports whether a process waits for the other end of a pipe to be opened.
func waitsAtPipe(pid int) bool {
	tasks, _ := filepath.Glob(filepath.Join("/proc", strconv.Itoa(pid), "task", "*", "wchan"))
	return slices.ContainsFunc(tasks, func(name string) bool {
		where, _ := os.ReadFile(name)
		return string(where) == "wait_for_partner"
	})
}

// Ctrl+C where the passphrase is asked for ends the verb, and the terminal shows
// again what is typed.
func TestAPassphraseIsNotAwaitedAfterCtrlC(t *testing.T) {
	r := newRig(t, sampleRoster(6))
	g := r.watches("backup", "评议.age", "--passphrase")
	g.sees("口令")
	comes(t, "a terminal that shows nothing", func() bool {
		now, err := unix.IoctlGetTermios(int(g.file.Fd()), unix.TCGETS)
		return err == nil && now.Lflag&unix.ECHO == 0
	})
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
		t.Run(what, func(t *testing.T) {
			var said strings.Builder
			cmd := exec.Command(binary, "restore", "pipe", "--data", "new/data")
			cmd.Dir, cmd.Stderr = r.dir, &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			late := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() })
			waits := func() bool { return waitsAtPipe(cmd.Process.Pid) }
			if given != nil {
				end, err := os.OpenFile(pipe, os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				defer end.Close()
				if _, err := end.Write(given); err != nil {
					t.Fatal(err)
				}
				waits = func() bool {
					unread, err := unix.IoctlGetInt(int(end.Fd()), unix.TIOCINQ)
					return err == nil && unread == 0
				}
			}
			comes(t, "a restore that waits", waits)
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
			_ = cmd.Wait() // how it ended is looked at
			late.Stop()
			if code := cmd.ProcessState.ExitCode(); code != exitFailed || said.String() != "已经中断，没有恢复\n" {
				t.Errorf("exit %d, %q", code, said.String())
			}
			if left, _ := os.ReadDir(filepath.Join(r.dir, "new")); len(left) > 0 {
				t.Errorf("left are %v", left)
			}
		})
	}
}

// Ctrl+C in the middle of a backup says that there is none, whether this process makes it or
// a running server; the one that was there before is as it was, and nothing else is left.
func TestABackupIsBrokenOff(t *testing.T) {
	dir, f := opened(t)
	photo := []byte("照片")
	slow := filepath.Join(dir, "files", store.FileHash(photo)) // a disk that does not answer
	if err := errors.Join(os.Mkdir(filepath.Dir(slow), 0o700), syscall.Mkfifo(slow, 0o600)); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "a.backup")
	if err := os.WriteFile(backup, []byte("earlier"), 0o600); err != nil {
		t.Fatal(err)
	}
	verb := []string{"backup", backup, "--force", "--data", dir}
	breaksOff := func(run func(*desk) int, interrupts func()) {
		t.Helper()
		var said strings.Builder
		var code int
		var running sync.WaitGroup
		running.Go(func() { code = run(&desk{out: io.Discard, err: &said, data: dir, running: f}) })
		comes(t, "a backup that waits for the disk", func() bool { return waitsAtPipe(os.Getpid()) })
		interrupts()
		if err := os.WriteFile(slow, photo, 0); err != nil {
			t.Fatal(err)
		}
		running.Wait()
		if code != exitFailed || said.String() != "已经中断，没有备份：没有写完的已经删掉，原来有的备份没有动\n" {
			t.Errorf("exit %d, %q", code, said.String())
		}
		if text, err := os.ReadFile(backup); string(text) != "earlier" {
			t.Errorf("the backup that was there is %q, %v", text, err)
		}
		for _, part := range []string{filepath.Join(filepath.Dir(backup), ".*"), filepath.Join(dir, ".*")} {
			if left, _ := filepath.Glob(part); len(left) > 0 {
				t.Errorf("left are %v", left)
			}
		}
	}
	ctx, interrupt := context.WithCancel(t.Context())
	breaksOff(func(d *desk) int { return d.run(ctx, verb) }, interrupt)

	stop, err := (&desk{err: io.Discard}).answer(t.Context(), f, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	ctx, interrupt = context.WithCancel(t.Context())
	breaksOff(func(d *desk) int {
		var exit exitError
		_ = errors.As(d.forwardWords(ctx, verb, nil), &exit)
		return exit.code
	}, func() {
		interrupt()
		comes(t, "a server that has heard of it", func() bool {
			all := make([]byte, 1<<20)
			return !bytes.Contains(all[:runtime.Stack(all, true)], []byte("answerOne.func"))
		})
	})
}
