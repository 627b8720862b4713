package main

import (
	"runtime"
	"strings"
	"testing"

	"pingyi/meeting/erase"
)

func TestAProgramSaysWhichItIs(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	out := r.pingyi(0, "--version")
	for _, part := range []string{"pingyi dev", runtime.GOOS + "/" + runtime.GOARCH} {
		if !strings.Contains(out, part) {
			t.Errorf("%q does not say %s", out, part)
		}
	}
	if built := strings.Contains(out, "：有"); built != erase.BuiltIn() { // the program is built as the test is
		t.Errorf("%q, but BuiltIn is %v", out, erase.BuiltIn())
	}
	if strings.Count(out, "\n") != 1 {
		t.Errorf("not one line: %q", out)
	}
}
