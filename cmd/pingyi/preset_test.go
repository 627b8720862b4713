package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/meeting/preset"
)

// ownRules writes rules of one's own: every switch that the embedded presets
// leave off.
func ownRules(t *testing.T, dir string) string {
	t.Helper()
	text, err := preset.Text("seed-2017")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer(
		`id = "seed-2017"`, `id = "mine"`, `title = "民主测评"`, `title = "投票"`,
		"self_vote = true", "self_vote = false", "mass = false", "mass = true", "scrutineers = 2", "scrutineers = 3", "threshold = 0", "threshold = 2",
		"branch = false", "branch = true\nbranch_title = \"班子\"\nbranch_scale = [\"甲\", \"乙\", \"丙\", \"丁\"]",
		`["优秀", "合格", "基本合格", "不合格"]`, `["好", "较好", "一般", "差"]`, "criticism = 120", "criticism = 45",
	).Replace(string(text))
	path := filepath.Join(dir, "规则.toml")
	if err := os.WriteFile(path, []byte("\ufeff"+strings.ReplaceAll(changed, "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A branch is founded under a user's own rules and votes by them, though the
// file is gone and the server starts anew in the middle.
func TestAMeetingUnderOwnRules(t *testing.T) {
	roster := sampleRoster(8)
	for i := 1; i <= 5; i++ {
		roster += fmt.Sprintf("q%d,群众%02d,群众,\n", i, i)
	}
	dir := t.TempDir()
	file := ownRules(t, dir)
	r := newRig(t, roster, "--preset", file)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	r.serve()
	for i := 1; i <= 5; i++ {
		r.say(fmt.Sprintf("q%d", i), 0, "", "signin")
	}
	for i := 1; i <= 8; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toItem("m01", "ballot")
	r.say("m01", 0, "", "scrutineers m04 m05 m06 --yes 7")
	codes := r.opensBox("m04", "m05", "m06")
	r.kill()
	r.serve()
	for i := 1; i <= 8; i++ {
		r.say(member(i), 0, fmt.Sprintf(`{%q:"好","committee":"乙"}`, member(i%7+1)), "vote") // m08 is a 预备党员 and not graded
	}
	r.say("m02", 1, `{"m02":"好"}`, "vote") // nobody grades themself
	for i := 1; i <= 5; i++ {
		r.say(fmt.Sprintf("q%d", i), 0, `{"m02":"较好"}`, "vote")
	}
	r.say("m01", 0, "", "close --reason 其余的人先走了")
	r.say("m01", 0, "", "confirmed --reason 已当场询问，无人提出异议")
	r.say("m06", 0, codes["m06"], "unseal")
	if s := r.status("m01"); s.Vote.State == "counted" {
		t.Fatal("one of three scrutineers was enough")
	}
	r.say("m04", 0, codes["m04"], "unseal")
	if s := r.status("m01"); s.Vote.State != "counted" {
		t.Fatalf("%+v", s.Vote)
	}
	if counts := r.counts("m01"); counts["m02"]["好"] != 2 || counts["m03"]["好"] != 1 {
		t.Errorf("counts %v", counts)
	}
	r.kill()
	out := r.pingyi(0, "log", "--branch", "b1")
	for _, want := range []string{`"title":"投票"`, `"criticism":45`, `"threshold":2`} {
		if !strings.Contains(out, want) {
			t.Errorf("the branch's log has no %s", want)
		}
	}
	r.pingyi(0, "papers", "--branch", "b1", "-o", "papers")
	r.pingyi(0, "verify", "papers")
}

func TestPresetVerbs(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir()}
	var list []struct{ ID, Title string }
	r.json(r.pingyi(0, "preset", "list", "--json"), &list)
	if len(list) != len(preset.IDs()) || list[0].Title == "" {
		t.Errorf("%+v", list)
	}
	text, err := preset.Text("regulation-2018")
	if err != nil {
		t.Fatal(err)
	}
	if shown := r.pingyi(0, "preset", "show", "regulation-2018"); shown != string(text) {
		t.Errorf("not the file: %q", shown)
	}
	good := ownRules(t, r.dir)
	bad := filepath.Join(r.dir, "bad.toml")
	edited := strings.NewReplacer("self_vote", "selfvote", "round = \"floor\"", "round = \"down\"").Replace(string(text))
	if err := os.WriteFile(bad, []byte(edited), 0o600); err != nil {
		t.Fatal(err)
	}
	var ok, wrong checkedRules
	r.json(r.pingyi(0, "preset", "check", good, "--json"), &ok)
	r.json(r.pingyi(1, "preset", "check", bad, "--json"), &wrong)
	if !ok.OK || ok.Errors == nil || wrong.OK {
		t.Errorf("%+v %+v", ok, wrong)
	}
	var keys []string
	for _, e := range wrong.Errors {
		if e.Line == 0 || !isChinese(e.Why) {
			t.Errorf("%+v", e)
		}
		keys = append(keys, e.Key)
	}
	if got := strings.Join(keys, " "); got != "id excellent_cap.round ballot.selfvote" {
		t.Errorf("keys %s", got)
	}
	if out := r.pingyi(1, "preset", "check", bad); !strings.Contains(out, "ballot.selfvote：没有这个键") {
		t.Errorf("%s", out)
	}
	if out := r.pingyi(0, "init", "--org", "某党总支", "--data", "other", "--preset", good, "--json"); !strings.Contains(out, `"preset":"mine"`) {
		t.Errorf("%s", out)
	}
	for says, args := range map[string][]string{
		"preset check": {"init", "--org", "某党总支", "--preset", bad},
		"没有这个文件":       {"init", "--org", "某党总支", "--preset", "没有.toml"},
		"不是文件":         {"demo", "--preset", r.dir},
		"seed-2017":    {"preset", "show", "../seed-2017"},
	} {
		if errs := r.refused(1, args...); !strings.Contains(errs, says) {
			t.Errorf("pingyi %v says %q, want %q in it", args, errs, says)
		}
	}
	if _, err := os.Stat(filepath.Join(r.dir, "data")); err == nil {
		t.Error("a refused file left a folder")
	}
	r.refused(2, "preset")
}
