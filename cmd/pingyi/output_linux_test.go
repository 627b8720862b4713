package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Join codes are shown once: who sends them into a file on a full disk must not be
// told that all is well, whether a server runs or not.
func TestAnAnswerThatCannotBeWrittenIsNoSuccess(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer full.Close()
	refused := func() {
		t.Helper()
		for _, line := range []string{"codes --branch b1 --only m02", "codes --branch b1 --only m02 --json", "log --branch b1", "branch list", "preset list", "verify --branch b1", "doctor"} {
			var errs strings.Builder
			cmd := exec.Command(binary, strings.Fields(line)...)
			cmd.Dir, cmd.Stdout, cmd.Stderr = r.dir, full, &errs
			if err := cmd.Run(); cmd.ProcessState.ExitCode() != exitFailed || !strings.Contains(errs.String(), "结果没有全部写出来：") || strings.Contains(errs.String(), "没有做成") || strings.Contains(errs.String(), "no space") {
				t.Errorf("pingyi %s: %v, %q", line, err, errs.String())
			}
		}
	}
	refused()
	r.serve()
	refused()
}
