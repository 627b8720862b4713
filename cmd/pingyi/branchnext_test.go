package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pingyi/store/folder"
)

// A branch meets in two years: the second begins with what the first left open,
// under other rules and with new codes, and the first is only read.
func TestTheNextYearOfABranch(t *testing.T) {
	r := newRig(t, sampleRoster(8), "--preset", "party-history-2021")
	r.serve()
	r.refused(1, "branch", "next", "b1", "--preset", "seed-2017")
	for i := 1; i <= 8; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.say("m01", 0, "", "next --reason 按预定安排")
	if says := r.refused(1, "branch", "next", "b1", "--preset", "annual-2024"); !strings.Contains(says, "会议正在进行") {
		t.Errorf("a year ends in the middle of its meeting: %s", says)
	}
	r.toItem("m01", "closing")
	r.say("m01", 0, "", "next --reason 按预定安排")
	r.say("m01", 0, `{"level":"班子","problem":"学习不够","due":"长期坚持"}`, "ledger add")
	r.say("m01", 0, `{"level":"班子","problem":"已经改好","due":"立行立改","member":""}`, "ledger add")
	r.say("m02", 0, "改好了", "ledger close 2")
	if says := r.refused(1, "branch", "next", "b1", "--preset", "annual-2024", "--year", "0"); !strings.Contains(says, "不能是 0") {
		t.Errorf("the year 0: %s", says)
	}
	var next folder.Next
	r.json(r.pingyi(0, "branch", "next", "b1", "--preset", "annual-2024", "--json"), &next)
	if want := (folder.Next{ID: "b1", Year: 2024, Carried: folder.Carried{Members: 8, Lines: 1}}); next != want {
		t.Errorf("%+v", next)
	}
	if says := r.refused(1, "branch", "next", "b1", "--preset", "annual-2024"); !strings.Contains(says, "2024") {
		t.Errorf("the same year again: %s", says)
	}
	r.refused(1, "branch", "next", "b1", "--preset", "没有")
	r.refused(1, "branch", "next", "b2", "--preset", "annual-2024")
	if _, err := r.joins("m01"); err == nil {
		t.Error("a code of the year before opens the new one")
	}
	if says := r.refused(1, "codes", "--branch", "b1@2021"); !strings.Contains(says, "只能看") {
		t.Errorf("codes of a year that is over: %s", says)
	}
	var list []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--json"), &list)
	for _, c := range list {
		r.codes[string(c.ID)] = c.Code
	}
	if s := r.status("m01"); s.Phase != "before" {
		t.Errorf("the new year is %s", s.Phase)
	}
	if out := r.say("m02", 0, "", "ledger list"); !strings.Contains(out, "学习不够") || strings.Contains(out, "已经改好") {
		t.Errorf("the ledger of the new year: %s", out)
	}
	for branch, title := range map[string]string{"b1@2021": "党史学习教育", "b1@2024": "2024年度", "b1": "2024年度"} {
		r.pingyi(0, "verify", "--branch", branch)
		dir := "papers " + branch
		r.pingyi(0, "papers", "--branch", branch, "-o", dir)
		r.pingyi(0, "verify", dir)
		if log := r.pingyi(0, "log", "--branch", branch); !strings.Contains(log, title) {
			t.Errorf("the log of %s has no %s", branch, title)
		}
	}
	var head verified
	r.json(r.pingyi(0, "verify", "--branch", "b1@2021", "--json"), &head)
	if log := r.pingyi(0, "log", "--branch", "b1"); head.Head == "" || !strings.Contains(log, head.Head) {
		t.Errorf("the new log does not carry the head %s of the old one", head.Head)
	}
	r.kill()
	r.serve()
	if s := r.status("m01"); s.Phase != "before" {
		t.Errorf("after a restart the branch is %s", s.Phase)
	}
	if says := r.refused(1, "log", "--branch", "b1@2019"); !strings.Contains(says, "2021、2024") {
		t.Errorf("a year that there is not: %s", says)
	}
}

// Under the rules of 2024 a branch holds its year 2025, as the help shows it: what is
// written carries the year that is held, and the roster of the year before is refused
// as that of a year that is over, whatever its rows would change.
func TestTheNextYearUnderTheRulesOfTheYearBefore(t *testing.T) {
	r := newRig(t, sampleRoster(4), "--preset", "annual-2024")
	r.serve()
	for i := 1; i <= 4; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toItem("m01", "closing")
	r.say("m01", 0, "", "next --reason 按预定安排")
	before := r.pingyi(0, "log", "--branch", "b1")
	out, says, code := r.try("branch", "next", "b1", "--preset", "annual-2024", "--year", "2025", "--dry-run")
	if code != 0 || !strings.Contains(out, "还没有开始，会带来党员 4 名") || !strings.Contains(says, "还有 4 人没有反馈") {
		t.Errorf("exit %d, what would be is not told: %s%s", code, out, says)
	}
	if r.pingyi(0, "log", "--branch", "b1") != before {
		t.Error("looking has begun the year")
	}
	_, says, code = r.try("branch", "next", "b1", "--preset", "annual-2024", "--year", "2025")
	if code != 0 || !strings.Contains(says, "提醒：2024 年度没有提交评定表，还有 4 人没有反馈；") {
		t.Errorf("exit %d, what was not done is not told: %s", code, says)
	}
	for _, want := range []string{"2024 年度没有归档", "情况报告：没有", "反馈记录：没有"} {
		if !strings.Contains(says, want) {
			t.Errorf("%q is not told: %s", want, says)
		}
	}
	for branch, year := range map[string]string{"b1@2024": "2024年度", "b1": "2025年度"} {
		if out := r.pingyi(0, "papers", "--branch", branch, "-o", "papers "+branch); !strings.Contains(out, year+"组织生活会和民主评议党员主持词") {
			t.Errorf("the papers of %s are not those of %s: %s", branch, year, out)
		}
	}
	// what the organisation had of the year before can still be written
	for _, year := range []string{"2024", "2025"} {
		r.pingyi(0, "papers", "--org", "--year", year, "-o", "上级"+year, "--format", "md")
		if text, err := os.ReadFile(filepath.Join(r.dir, "上级"+year, "rollup.md")); err != nil || !strings.Contains(string(text), year+"年") {
			t.Errorf("the roll-up of %s: %v\n%s", year, err, text)
		}
	}
	if says := r.refused(1, "papers", "--org", "--year", "2023", "-o", "上级2023"); !strings.Contains(says, "2023") {
		t.Errorf("a year that no branch has: %s", says)
	}
	if says := r.refused(2, "papers", "--branch", "b1", "--year", "2024", "-o", "x"); !strings.Contains(says, "b1@2016") {
		t.Errorf("the year of a branch: %s", says)
	}
	if says := r.refused(1, "papers", "--branch", "b1@2024", "-o", "x", "--private", "--reason", "归档"); !strings.Contains(says, "不能再写出") {
		t.Errorf("private papers of a year that is over: %s", says)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "more.csv"), []byte(sampleRoster(5)), 0o600); err != nil {
		t.Fatal(err)
	}
	if says := r.refused(1, "roster", "import", "more.csv", "--branch", "b1@2024", "--yes"); !strings.Contains(says, "只能看") || strings.Contains(says, "请删去这一行") {
		t.Errorf("a member more in a year that is over: %s", says)
	}
	r.pingyi(0, "roster", "import", "more.csv", "--branch", "b1", "--yes")
}

// The year before is read over SSH: a superior reads its papers and records in the
// branch, a member the feedback that they were given. Nothing is added to it.
func TestAnEarlierYearIsReadOverSSH(t *testing.T) {
	r := newRig(t, sampleRoster(4), "--preset", "annual-2024")
	r.serve()
	var above struct{ Code string }
	r.json(r.pingyi(0, "superior", "add", "s1", "--name", "王某", "--json"), &above)
	r.codes["s1"] = above.Code
	for i := 1; i <= 4; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.toItem("m01", "rating")
	for i := 1; i <= 4; i++ {
		r.say("m01", 0, "", "rate "+member(i)+" 合格 --reason 综合平时表现")
	}
	r.say("m01", 0, "", "submit --yes 3")
	r.toItem("m01", "closing")
	r.say("m01", 0, "", "next --reason 测试")
	r.say("m01", 0, "", "feedback give m02")
	r.say("m01", 0, `{"level":"班子","problem":"学习不够","due":"长期坚持"}`, "ledger add")
	_, says, _ := r.try("branch", "next", "b1", "--preset", "annual-2024", "--year", "2025")
	if !strings.Contains(says, "提醒：2024 年度的评定结果没有送上级，还有 3 人没有反馈，还有 1 人没有写本人意见；") {
		t.Errorf("what was not done: %s", says)
	}
	var list []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--json"), &list)
	for _, c := range list {
		r.codes[string(c.ID)] = c.Code
	}
	r.say("m02", 0, `{"about":"班子","source":"党员","text":"会议偏多","anonymous":true}`, "opinion add")
	for _, word := range []string{"feedback", "ack"} {
		if says := r.say("m02", 1, "", word); !strings.Contains(says, "2025 年度的反馈要等散会以后") || !strings.Contains(says, "feedback --year 2024") {
			t.Errorf("%s after the new year has begun: %s", word, says)
		}
	}
	if out := r.say("m02", 0, "", "feedback --year 2024"); !strings.Contains(out, "评定等次：合格") || !strings.Contains(out, "不能再确认") {
		t.Errorf("the feedback of the year before: %s", out)
	}
	if says := r.say("m03", 1, "", "feedback --year 2024"); !strings.Contains(says, "2024 年度支部没有向你反馈") {
		t.Errorf("no feedback of the year before: %s", says)
	}
	if says := r.say("m03", 1, "", "feedback --year 2019"); !strings.Contains(says, "2024、2025") {
		t.Errorf("a year that there is not: %s", says)
	}
	for words, want := range map[string]string{
		"in b1@2024 ledger list": "学习不够", "in b1@2024 status": "会后", "in b1@2024 people": "m04", "in b1@2024 audit": "散会",
		"in b1@2024 papers": "ledger.md", "in b1@2024 papers get ledger.md": "学习不够", "in b1@2024 agenda": "", "in b1@2024 tasks": "没有",
		"in b1@2024 ready": "", "in b1@2025 status": "",
	} {
		if out := r.say("s1", 0, "", words); !strings.Contains(out, want) {
			t.Errorf("%s: %s", words, out)
		}
	}
	for _, words := range []string{"in b1@2024 return all --reason 太迟", "in b1@2024 guide s1", "in b1@2024 signin"} {
		if says := r.say("s1", 1, "", words); !strings.Contains(says, "只能看") {
			t.Errorf("%s: %s", words, says)
		}
	}
	if says := r.say("s1", 1, "", "in b1@2019 status"); !strings.Contains(says, "2024、2025") {
		t.Errorf("a year that there is not: %s", says)
	}
}
