//go:build interop

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/store/archive"
)

// What a meeting exports is checked and counted by software that is not ours:
// Belenios' own tool (apt-get install belenios-tool), exactly as README says.
func TestBeleniosToolRecountsAMeeting(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	r.pingyi(0, "demo", "--members", "8", "--group", "BELENIOS-2048", "-o", "papers")
	bel, err := filepath.Glob(filepath.Join(r.dir, "papers", "*.bel"))
	if err != nil || len(bel) != 1 {
		t.Fatalf("%v %v", bel, err)
	}
	box := filepath.Join(r.dir, "box")
	if err := os.Mkdir(box, 0o755); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(bel[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(box, filepath.Base(bel[0])), data, 0o600); err != nil {
		t.Fatal(err)
	}
	tool := func(args ...string) string {
		t.Helper()
		cmd := exec.Command("belenios-tool", append(args, "--dir", box)...)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("belenios-tool %v: %v (apt-get install belenios-tool)", args, err)
		}
		return string(out)
	}
	tool("election", "verify")
	var theirs struct{ Result [][]int }
	r.json(tool("election", "compute-result"), &theirs)

	log, err := os.ReadFile(filepath.Join(r.dir, "papers", archive.LogName))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(log)) {
		var l struct {
			Event struct {
				Kind string
				Fact struct{ Sums map[meeting.Channel][][]int }
			}
		}
		r.json(line, &l)
		if l.Event.Kind != "counted" {
			continue
		}
		ours, _ := json.Marshal(l.Event.Fact.Sums[meeting.MemberBox])
		got, _ := json.Marshal(theirs.Result)
		if string(ours) != string(got) || len(theirs.Result) != 6 {
			t.Errorf("ours %s\ntheirs %s", ours, got)
		}
		return
	}
	t.Error("the log has no count")
}
