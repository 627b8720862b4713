package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The superior's people are added, listed and removed beside a running server
// as without one; a code is shown once.
func TestSuperiorVerbs(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	var added struct{ ID, Code string }
	r.json(r.pingyi(0, "superior", "add", "s1", "--name", "王某", "--post", "党总支书记", "--json"), &added)
	if added.ID != "s1" || len(added.Code) < 10 {
		t.Errorf("%+v", added)
	}
	r.serve()
	r.codes["s1"] = added.Code
	var who struct {
		Branch *string
		Seats  []string
	}
	r.json(r.say("s1", 0, "", "whoami --json"), &who)
	if who.Branch != nil || len(who.Seats) != 1 || who.Seats[0] != "superior" {
		t.Errorf("%+v", who)
	}
	if out := r.say("s1", 0, "", "branches --json"); !strings.Contains(out, `"id":"b1"`) {
		t.Errorf("%s", out)
	}
	for i, id := range []string{"b2", "b3"} { // newRig's branch is the first of that name
		_, says, code := r.try("branch", "add", id, "--name", "第一党支部")
		if want := []string{"支部 b1 也叫第一党支部", "支部 b1、b2 也叫第一党支部"}[i]; code != 0 || !strings.Contains(says, want) {
			t.Errorf("exit %d, %s", code, says)
		}
	}
	if out := r.say("s1", 0, "", "audit"); !strings.Contains(out, "第一党支部（b1）") {
		t.Errorf("%s", out)
	}
	r.pingyi(0, "superior", "add", "s2", "--name", "李某")
	const all = `[{"id":"s1","name":"王某","post":"党总支书记"},{"id":"s2","name":"李某","post":""}]`
	if got := strings.TrimSpace(r.pingyi(0, "superior", "list", "--json")); got != all {
		t.Errorf("%s", got)
	}
	var codes []issued
	r.json(r.pingyi(0, "superior", "codes", "--json"), &codes)
	if len(codes) != 2 || codes[0].ID != "s1" || codes[0].Code == added.Code {
		t.Errorf("%+v", codes)
	}
	r.pingyi(0, "superior", "codes", "-o", "上级.csv")
	if text, err := os.ReadFile(filepath.Join(r.dir, "上级.csv")); err != nil || !strings.Contains(string(text), "李某") {
		t.Errorf("%s, %v", text, err)
	}
	r.kill()
	var files []struct{ File string }
	r.json(r.pingyi(0, "papers", "--org", "-o", "上级材料", "--json"), &files)
	if len(files) < 8 || files[0].File != "rollup.docx" && files[0].File != "rollup.xlsx" {
		t.Errorf("%+v", files)
	}
	r.pingyi(0, "superior", "remove", "s1")
	for _, c := range []struct {
		code int
		args []string
		says string
	}{
		{2, []string{"superior"}, "codes"},
		{2, []string{"superior", "add"}, "编号"},
		{1, []string{"superior", "add", "s2", "--name", "赵某"}, "李某"},
		{1, []string{"superior", "add", "org", "--name", "赵某"}, "org"},
		{2, []string{"superior", "add", "s3"}, "--name"},
		{1, []string{"superior", "add", "s3", "--name", "赵\x1b[2J"}, "控制字符"},
		{1, []string{"superior", "remove", "s1"}, "superior list"},
		{2, []string{"superior", "codes", "-o", "x.txt"}, ".docx"},
		{2, []string{"org"}, "import"},
		{2, []string{"papers", "--org", "--branch", "b1", "-o", "x"}, "--branch"},
		{1, []string{"org", "import", "没有.toml"}, "没有这个文件"},
	} {
		if errs := r.refused(c.code, c.args...); !strings.Contains(errs, c.says) {
			t.Errorf("pingyi %v says %q, want %q in it", c.args, errs, c.says)
		}
	}
}

// The organisation's year is imported whole or not at all, and every fault is
// said with its line.
func TestOrgImport(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	text := r.pingyi(0, "org", "template")
	file := func(name, text string) string {
		if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	r.serve()
	if got := strings.TrimSpace(r.pingyi(0, "org", "import", file("good.toml", text), "--json")); got != `{"dates":4,"months":2,"indicators":3}` {
		t.Errorf("%s", got)
	}
	if told := r.say("m01", 0, "", "assess show"); !strings.Contains(told, "按月完成规定的学习内容，有考勤，有补课；40") {
		t.Errorf("a branch that is served does not have the indicators: %s", told)
	}
	if told := r.pingyi(0, "org", "import", "good.toml"); !strings.Contains(told, "2016 年度的支部：b1。") {
		t.Errorf("%s", told)
	}
	bad := strings.Replace(text, "to = 2017-03-16", "to = 2017-03-12", 1)
	bad = strings.Replace(bad, "points = 20", "points = 21", 1)
	out, errs, code := r.try("org", "import", file("bad.toml", bad), "--json")
	var told checkedRules
	r.json(out, &told)
	if code != 1 || told.OK || len(told.Errors) != 2 || told.Errors[0].Key != "dates[1].to" || told.Errors[0].Line != 13 || !strings.Contains(errs, "2 处") {
		t.Errorf("exit %d: %+v\n%s", code, told, errs)
	}
	if out, _, _ := r.try("org", "import", file("empty.toml", ""), "--json"); !strings.Contains(out, "org template") {
		t.Errorf("%s", out)
	}
}
