package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// talked is a branch in which m02 and m03 have talked and m02 has an outline.
func talked(t *testing.T) *rig {
	r := newRig(t, sampleRoster(5))
	r.serve()
	r.say("m02", 0, `{"kind":"党员互谈","with":["m03"],"at":"2026-03-16T15:30","means":"面谈","content":"两个人的话"}`, "talk add")
	r.say("m02", 0, `{"problems":[{"problem":"学习不够"}],"causes":"只给自己看的原因","measures":[{"what":"每周学习"}]}`, "outline add")
	return r
}

// read is a file that the verb wrote; "" if it is not there.
func (r *rig) read(names ...string) string {
	text, err := os.ReadFile(filepath.Join(append([]string{r.dir}, names...)...))
	if err != nil && !os.IsNotExist(err) {
		r.t.Fatal(err)
	}
	return string(text)
}

// Papers with private text leave the database with a written reason only, which
// those see whose text it is; no other paper changes by it, and the folder is
// verified with the hashes in the log.
func TestPrivatePapersAreWrittenWithAReason(t *testing.T) {
	r := talked(t)
	r.pingyi(0, "papers", "--branch", "b1", "-o", "before")
	if text := r.read("before", "talks.md") + r.read("before", "outline-m02.md"); text != "" {
		t.Errorf("without being asked for: %s", text)
	}
	if told := r.refused(2, "papers", "--branch", "b1", "-o", "x", "--private"); !strings.Contains(told, "--reason") {
		t.Errorf("without a reason: %s", told)
	}
	r.pingyi(0, "papers", "--branch", "b1", "-o", "all", "--private", "--reason", "上级调阅")
	if !strings.Contains(r.read("all", "talks.md"), "两个人的话") || !strings.Contains(r.read("all", "outline-m02.md"), "只给自己看的原因") {
		t.Errorf("talks: %s\noutline: %s", r.read("all", "talks.md"), r.read("all", "outline-m02.md"))
	}
	for id, concerned := range map[string]bool{"m02": true, "m03": true, "m04": false} {
		if own := r.say(id, 0, "", "mine"); strings.Contains(own, "上级调阅") != concerned {
			t.Errorf("%s sees: %s", id, own)
		}
	}
	for _, name := range []string{"script.md", "ballot-paper.md", "plan.md", "talk-matrix.md"} {
		if r.read("before", name) != r.read("all", name) {
			t.Errorf("%s changed because papers were written", name)
		}
	}
	if strings.Contains(r.read("all", "log.jsonl"), "两个人的话") {
		t.Error("the exported log has what is private")
	}
	r.pingyi(0, "verify", "all")
	if err := os.WriteFile(filepath.Join(r.dir, "all", "outline-m02.md"), []byte("别的话"), 0o600); err != nil {
		t.Fatal(err)
	}
	if told := r.refused(1, "verify", "all"); !strings.Contains(told, "核验不通过") {
		t.Errorf("a changed outline: %s", told)
	}
}

// A style of one's own is in the folder, so that the folder can be verified; what is
// wrong in one is said with its line.
// Papers lie beside the data folder, or where the server writes them: not among what
// the folder needs itself.
func TestPapersAreNotWrittenAmongTheFoldersOwnFiles(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	before, err := os.ReadDir(filepath.Join(r.dir, "data"))
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"data", "./data/", "data/files", "data/backups/x", filepath.Join(r.dir, "data")} {
		if told := r.refused(2, "papers", "--branch", "b1", "-o", at); !strings.Contains(told, "-o") {
			t.Errorf("%s: %s", at, told)
		}
		r.refused(2, "papers", "--org", "-o", at)
	}
	if after, err := os.ReadDir(filepath.Join(r.dir, "data")); err != nil || len(after) != len(before) {
		t.Errorf("%d files before and %d after, %v", len(before), len(after), err)
	}
	for _, at := range []string{"data/papers/b1", "data2", "files"} {
		r.pingyi(0, "papers", "--branch", "b1", "-o", at)
	}
}

func TestPapersInAStyleOfOnesOwn(t *testing.T) {
	r := talked(t)
	r.say("m01", 0, `{"title":"方案","from":"2026-03-18","to":"2026-03-23","before":"学习","during":"评议","after":"整改"}`, "plan add")
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(r.dir, "my.toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("[letter]\nwide = 3\n")
	if told := r.refused(1, "papers", "--branch", "b1", "-o", "x", "--style", "my.toml"); !strings.Contains(told, "第 2 行") || !strings.Contains(told, "wide") {
		t.Errorf("an unknown key: %s", told)
	}
	r.refused(1, "papers", "--branch", "b1", "-o", "x", "--style", "none.toml")
	write("[letter]\ntop = 35\n")
	r.pingyi(0, "papers", "--branch", "b1", "-o", "house")
	r.pingyi(0, "papers", "--branch", "b1", "-o", "own", "--style", "my.toml")
	if r.read("house", "plan.docx") == r.read("own", "plan.docx") || r.read("house", "plan.md") != r.read("own", "plan.md") {
		t.Error("the style is for docx and xlsx, and for nothing else")
	}
	r.pingyi(0, "verify", "own")
	if err := os.Remove(filepath.Join(r.dir, "own", "style.toml")); err != nil {
		t.Fatal(err)
	}
	r.refused(1, "verify", "own")
}

// Formats and kinds are chosen by name; what is no name is refused before anything
// is written. What an inspector would find is listed and nothing written.
func TestPapersAreChosen(t *testing.T) {
	r := talked(t)
	for _, args := range [][]string{{"--format", "exe"}, {"--only", "frob"}, {"--org", "--check"}, {"--reason", "x"}} {
		if told := r.refused(2, append([]string{"papers", "--branch", "b1", "-o", "x"}, args...)...); strings.Count(strings.TrimSpace(told), "\n") > 2 {
			t.Errorf("%v: %s", args, told)
		}
	}
	r.say("m01", 0, `{"title":"方案","from":"2026-03-18","to":"2026-03-23","before":"学习","during":"评议","after":"整改"}`, "plan add")
	r.pingyi(0, "papers", "--branch", "b1", "-o", "some", "--format", "docx，md", "--only", "plan")
	entries, err := os.ReadDir(filepath.Join(r.dir, "some"))
	if err != nil || len(entries) != 2 {
		t.Errorf("%v %v", entries, err)
	}
	_, says, code := r.try("papers", "--branch", "b1", "-o", "none", "--format", "xlsx", "--only", "plan,talks,bel")
	for _, want := range []string{"plan 没有写：它没有这种格式", "talks 没有写：它只给本人看", "bel 没有写：现在还没有"} {
		if code != 0 || !strings.Contains(says, want) {
			t.Errorf("exit %d, no %q in %s", code, want, says)
		}
	}
	r.pingyi(0, "papers", "--branch", "b1", "-o", "md", "--format", "md")
	if r.read("md", "plan.md") == "" || r.read("md", "plan.docx") != "" || r.read("md", "log.jsonl") != "" {
		t.Error("other formats than md")
	}
	var found []struct{ Paper, Level, Text string }
	r.json(r.pingyi(0, "papers", "--branch", "b1", "--check", "--json"), &found)
	if len(found) == 0 || found[0].Paper == "" || found[0].Text == "" {
		t.Errorf("%+v", found)
	}
	if _, err := os.Stat(filepath.Join(r.dir, "x")); err == nil {
		t.Error("something was written")
	}
}
