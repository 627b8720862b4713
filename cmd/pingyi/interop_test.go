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

// A member makes their ballot with Belenios' own tool, on their own machine, as
// README says; it is counted.
func TestBeleniosToolMakesABallotThatIsCast(t *testing.T) {
	r := newRig(t, sampleRoster(6), "--group", "BELENIOS-2048")
	r.serve()
	r.toOpenBox()
	home := t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		name = filepath.Join(home, name)
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	var e struct {
		UUID      string
		Questions []struct{ Question string }
	}
	r.json(r.say("m06", 0, "", "election"), &e)
	write(e.UUID+".bel", r.say("m06", 0, "", "election --bel"))
	rows := make([][4]int, len(e.Questions)) // 弃权
	rows[0], rows[1] = [4]int{0, 0, 0, 1}, [4]int{1, 0, 0, 0}
	choice, _ := json.Marshal(rows)
	tool := exec.Command("belenios-tool", "election", "generate-ballot", "--dir", home,
		"--privcred", write("凭证", r.say("m06", 0, "", "credential")), "--ballot", write("选择.json", string(choice)))
	tool.Env = append(os.Environ(), "BELENIOS_USE_URANDOM=1")
	tool.Stderr = os.Stderr
	made, err := tool.Output()
	if err != nil {
		t.Fatalf("belenios-tool: %v (apt-get install belenios-tool)", err)
	}
	var receipt meeting.Receipt
	r.json(r.say("m06", 0, string(made), "cast --json"), &receipt)
	if receipt.Times != 1 {
		t.Errorf("%+v", receipt)
	}
	if said := r.say("m05", 1, string(made), "cast"); !strings.Contains(said, "不是您的凭证") {
		t.Errorf("by somebody else: %s", said)
	}
	for i := 1; i <= 5; i++ {
		r.say(member(i), 0, `{"m01":"优秀","m02":"优秀"}`, "vote")
	}
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	r.say("m01", 0, "", "confirmed --reason 已当场询问，无人提出异议")
	r.say("m04", 0, "", "unseal")
	r.say("m05", 0, "", "unseal")
	counts := r.counts("m01")
	if counts["m01"]["不合格"] != 1 || counts["m01"]["优秀"] != 5 || counts["m02"]["优秀"] != 6 || counts["m03"]["弃权"] != 6 {
		t.Errorf("counted %v", counts)
	}
	box := t.TempDir()
	if err := os.WriteFile(filepath.Join(box, e.UUID+".bel"), []byte(r.say("m06", 0, "", "box")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("belenios-tool", "election", "verify", "--dir", box).CombinedOutput(); err != nil {
		t.Errorf("belenios-tool does not accept the box: %v\n%s", err, out)
	}
}
