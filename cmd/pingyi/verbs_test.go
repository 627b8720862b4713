package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"pingyi/store/archive"
)

// What somebody mistypes on the command line is answered with one Chinese line
// and changes nothing.
func TestMistypedVerbs(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	before := r.pingyi(0, "log", "--branch", "b1")
	file := func(name, text string) string {
		path := filepath.Join(r.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		code int
		args []string
		says string
	}{
		{2, []string{"hots"}, "hots"},
		{2, []string{"branch"}, "add"},
		{2, []string{"branch", "add"}, "编号"},
		{2, []string{"serve", "--adr", ":1"}, "没有这个选项 --adr"},
		{2, []string{"import", "名册.csv", "--branch", "b1"}, `没有 "import" 这个动词`},
		{2, []string{"roster", "imprt", "名册.csv", "--branch", "b1"}, `没有 "imprt" 这个动词`},
		{2, []string{"papers", "--branch", "b1"}, "-o"},
		{2, []string{"papers", "--branch", "b1", "-o", "x", "--only", "photos"}, "minutes"},
		{2, []string{"verify"}, "--branch"},
		{2, []string{"verify", "a", "b"}, "--branch"},
		{2, []string{"serve", "-z"}, "没有这个选项 -z"},
		{2, []string{"serve", "--addr"}, "缺少内容 --addr"},
		{2, []string{"demo", "--members", "many"}, `--members 的内容不对："many"；应当是一个整数`},
		{2, []string{"demo", "--seed", "-1"}, `--seed 的内容不对："-1"；应当是整数，不小于 0`},
		{2, []string{"bench", "votes", "--writers", "1-5"}, `--writers 的内容不对："1-5"；应当是整数，几个用逗号隔开`},
		{2, []string{"papers", "--org=wide", "-o", "x"}, `--org 的内容不对："wide"；这个选项后面不写内容`},
		{2, []string{"demo", "--members", "3"}, "5"},
		{1, []string{"init", "--org", "某党总支"}, "已经建好"},
		{2, []string{"init"}, "--org"},
		{1, []string{"init", "--data", "other", "--org", "某党总支", "--preset", "1999"}, "seed-2017"},
		{1, []string{"log", "--branch", "b9"}, "b1"},
		{1, []string{"log", "--branch", "b1", "--data", "nowhere"}, "init"},
		{1, []string{"branch", "list", "--data", "nowhere"}, "或用 --data 写明它在哪里"},
		{1, []string{"branch", "add", "b1", "--name", "第二党支部"}, "b1"},
		{1, []string{"branch", "add", "../b", "--name", "第二党支部"}, "编号"},
		{1, []string{"branch", "add", "b2", "--name", "支部\x1b[2J"}, "控制字符"},
		{1, []string{"roster", "import", "没有.csv", "--branch", "b1"}, "没有这个文件"},
		{1, []string{"roster", "import", r.dir, "--branch", "b1"}, "不是文件"},
		{1, []string{"codes", "--branch", "b1", "--only", "m77"}, "m77"},
		{1, []string{"verify", "没有"}, "没有"},
		{1, []string{"verify", r.dir}, "log.jsonl"},
		{1, []string{"verify", file("x.bel", "not an archive")}, "不符"},
		{1, []string{"host", "--branch", "b1"}, "终端"},
		{2, []string{"host", "--branch", "b1", "--robots"}, "--sample"},
		{2, []string{"serve", "--addr", "256.1.1.1:x"}, "--addr"},
		{2, []string{"codes"}, "请用 --branch"},
		{2, []string{"log"}, "请用 --branch"},
		{2, []string{"papers", "-o", "x"}, "请用 --branch"},
		{2, []string{"roster", "import", "名册.csv"}, "请用 --branch"},
		{2, []string{"roster", "export", "-o", "x.csv"}, "请用 --branch"},
		{2, []string{"roster", "remove", "m05", "--reason", "导错了"}, "请用 --branch"},
		{2, []string{"codes", "m01"}, "多了"},
		{1, []string{"backup", "/没有/x.backup"}, "没有 /没有：请检查路径"},
		{1, []string{"restore", "没有.backup", "--data", "other"}, "没有.backup：请检查路径"},
		{1, []string{"restore", r.dir, "--data", "other"}, "不是文件，是文件夹"},
		{1, []string{"papers", "--branch", "b1", "-o", "x", "--style", "没有.toml"}, "没有这个文件"},
		{1, []string{"superior", "add", "screen", "--name", "党员09"}, "screen 另有用处"},
		{1, []string{"verify", "data/pingyi.db"}, "备份要先恢复"},
	} {
		if errs := r.refused(c.code, c.args...); !strings.Contains(errs, c.says) || strings.Contains(errs, "such file") {
			t.Errorf("pingyi %v says %q, want %q in it", c.args, errs, c.says)
		}
	}
	if after := r.pingyi(0, "log", "--branch", "b1"); after != before {
		t.Error("a refused verb changed the log")
	}
}

// refused is a verb that must end with code, saying one Chinese line.
func (r *rig) refused(code int, args ...string) string {
	r.t.Helper()
	out, errs, got := r.try(args...)
	errs = strings.TrimSuffix(errs, "\n")
	if got != code || strings.Contains(errs, "\n") || !isChinese(errs) {
		r.t.Errorf("pingyi %s: exit %d, want %d, and one Chinese line\n%s%s", strings.Join(args, " "), got, code, out, errs)
	}
	return errs
}

// What a verb cannot do without is asked for, and nothing is made.
func TestWhatIsMissingIsAskedFor(t *testing.T) {
	r := &rig{t: t, dir: t.TempDir(), log: &lockedBuffer{}}
	for _, words := range [][]string{{"init"}, {"init", "--org", " "}} {
		if told := r.refused(exitUsage, words...); !strings.Contains(told, "--org") {
			t.Errorf("%q: %s", words, told)
		}
	}
	if made, err := os.ReadDir(r.dir); err != nil || len(made) > 0 {
		t.Errorf("made: %v %v", made, err)
	}
	r.pingyi(0, "init", "--org", "某党总支")
	if told := r.refused(exitUsage, "branch", "add", "b1"); !strings.Contains(told, "--name") {
		t.Error(told)
	}
}

// A roster comes as people have it: GBK from an old Excel, with every mistake
// listed at once, and all rows or none.
func TestRosterImport(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	write := func(name, text string, gbk bool) string {
		path := filepath.Join(r.dir, name)
		data := []byte(text)
		if gbk {
			var err error
			if data, err = simplifiedchinese.GBK.NewEncoder().Bytes(data); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	imp := func(code int, args ...string) imported {
		t.Helper()
		out, errs, got := r.try(append([]string{"roster", "import", "--branch", "b1", "--json"}, args...)...)
		if got != code {
			t.Fatalf("%v: exit %d\n%s%s", args, got, out, errs)
		}
		var result imported
		r.json(out, &result)
		return result
	}
	before := r.pingyi(0, "log", "--branch", "b1")
	bad := imp(1, write("bad.csv", strings.Join([]string{
		"编号,姓名,类别,入党时间,职务",
		"m06,党员06,正式,2017.13,讲师",
		"m07,,正式,2001.7,讲师",
		"m06,党员08,正式,2001.7,讲师",
		"m09,党员09,积极分子,2001.7,讲师",
	}, "\n"), false))
	var cells []string
	for _, e := range bad.Errors {
		if e.Why == "" || !isChinese(e.Why) {
			t.Errorf("%+v", e)
		}
		cells = append(cells, fmt.Sprintf("%d%s", e.Row, e.Column))
	}
	if got := strings.Join(cells, " "); got != "2入党时间 3姓名 4编号 5类别" {
		t.Errorf("bad cells: %s", got)
	}
	formula := imp(1, write("formula.csv", "姓名,类别\n=1+1,正式\n", false))
	garbage := imp(1, write("garbage.csv", strings.Repeat("\x00\xff\x13", 1<<20), false))
	if len(formula.Errors) == 0 || len(garbage.Errors) == 0 {
		t.Errorf("formula %v garbage %v", formula.Errors, garbage.Errors)
	}
	for text, says := range map[string]string{
		"": "整个文件：", "<html><table>": "整个文件：", "姓名,类别\n": "第 2 行：", "姓名,类别\n=\"001\",正式\n": "这一格是公式",
		"姓名,类别\n党员\ue863,正式\n": "有自造字（U+E863）",
	} {
		if out, _, code := r.try("roster", "import", "--branch", "b1", write("empty.csv", text, false)); code != 1 || !strings.Contains(out, says) || strings.Contains(out, "第 0 ") {
			t.Errorf("%q: exit %d, %s", text, code, out)
		}
	}
	again := write("again.csv", "编号,姓名,类别\nm20,党员04,正式\n", false)
	if out := r.pingyi(0, "roster", "import", "--branch", "b1", again, "--dry-run"); !strings.Contains(out, "同名的 m04：编号不会改") || !strings.Contains(out, "新增：党员04（m20）") {
		t.Errorf("a new 编号 for somebody known: %s", out)
	}
	good := write("good.csv", "姓名\t类别\t党内职务\n党员05\t正式\t\n党员06\t正式\t\n党员07\t列席\t指导领导\n", true)
	if dry := imp(0, good, "--dry-run"); dry.Added != 2 || dry.Changed != 1 {
		t.Errorf("dry run: %+v", dry)
	}
	if after := r.pingyi(0, "log", "--branch", "b1"); after != before {
		t.Fatal("bad rosters or a dry run changed the log")
	}
	if asks := imp(1, good); len(asks.Errors) > 0 || len(asks.Changes) != 1 || !asks.Changes[0].Standing {
		t.Errorf("a 预备党员 becomes 正式 without a word: %+v", asks)
	}
	if after := r.pingyi(0, "log", "--branch", "b1"); after != before {
		t.Fatal("what nobody agreed to changed the log")
	}
	if done := imp(0, good, "--yes"); done.Added != 2 || done.Changed != 1 || done.Unchanged != 0 {
		t.Errorf("import: %+v", done)
	}
	if again := imp(0, good); again.Unchanged != 3 {
		t.Errorf("again: %+v", again)
	}
}

// What roster export writes changes nothing when it is imported again, and an
// empty form never takes the place of a roster that somebody filled in.
func TestARosterGoesOutAndInAgain(t *testing.T) {
	r := newRig(t, "编号,姓名,类别,性别,民族,出生年月,籍贯,学历,职务,党内职务,党小组,入党时间,转正时间,状态,不计入应到原因\n"+
		"001,党员01,正式,男,汉族,1970.08,某省,博士,教授,书记、组织委员,第一党小组,1995-09-01,1996-09,在册,\n"+
		"m02,阿不都·外力,预备,,,2001,,,,,第二党小组,2025.12,,流动,长期患病（2025 年起）\n"+
		"m03,党员03,正式,,,,,,,,,,,已转出,\nm04,党员03,正式,,,,,,,,,,,,\nq1,群众01,群众,,,,,,,,,,,,\ng1,Ana Li,列席,,,,,,处长,指导领导,,,,,\n")
	before := r.pingyi(0, "log", "--branch", "b1")
	for _, file := range []string{"out.csv", "out.xlsx"} {
		r.pingyi(0, "roster", "export", "--branch", "b1", "-o", file)
		var got imported
		r.json(r.pingyi(0, "roster", "import", file, "--branch", "b1", "--json"), &got)
		if got.Unchanged != 6 || got.Added+got.Changed+len(got.Changes)+len(got.Skipped) > 0 {
			t.Errorf("%s: %+v", file, got)
		}
		for _, verb := range [][]string{{"template"}, {"export", "--branch", "b1"}} {
			says := r.refused(1, append(append([]string{"roster"}, verb...), "-o", file)...)
			if !strings.Contains(says, "已经有 "+file) {
				t.Errorf("over an old file: %s", says)
			}
		}
	}
	if r.pingyi(0, "log", "--branch", "b1") != before {
		t.Error("an import of what was exported changed the log")
	}
	r.pingyi(0, "roster", "template", "-o", "empty.xlsx")
	if out, _, code := r.try("roster", "import", "empty.xlsx", "--branch", "b1"); code != 1 || !strings.Contains(out, "表头下面没有人员") {
		t.Errorf("an empty form: exit %d, %s", code, out)
	}
	r.refused(2, "roster", "template", "-o", "名册.doc")
	r.refused(2, "roster", "template")
}

// Papers have the branch's times on every machine, and verify on another one.
func TestPapersHaveTheBranchsTimes(t *testing.T) {
	t.Setenv("TZ", "America/Los_Angeles")
	r := newRig(t, sampleRoster(5))
	r.serve()
	for i := 1; i <= 4; i++ {
		r.say(member(i), 0, "", "signin")
	}
	r.say("m01", 0, "", "next --reason 测试")
	r.kill()
	r.pingyi(0, "papers", "--branch", "b1", "-o", "papers")
	var began struct{ Event struct{ At time.Time } }
	for line := range strings.Lines(r.pingyi(0, "log", "--branch", "b1")) {
		if strings.Contains(line, `"kind":"item-opened"`) {
			r.json(line, &began)
		}
	}
	text, err := os.ReadFile(filepath.Join(r.dir, "papers", "minutes.md"))
	if err != nil {
		t.Fatal(err)
	}
	if day := began.Event.At.UTC().Add(8 * time.Hour).Format("2006年1月2日 15:04"); !strings.Contains(string(text), "**时间**："+day) {
		t.Errorf("the meeting began at %s, the minutes say\n%s", day, text)
	}
	t.Setenv("TZ", "Asia/Tokyo")
	r.pingyi(0, "verify", "papers")
	if errs := r.refused(1, "init", "--data", "other", "--org", "某党总支", "--zone", "CST"); !strings.Contains(errs, "+08:00") {
		t.Error(errs)
	}
}

// While the server runs, verbs go through it.
func TestVerbsReachARunningServer(t *testing.T) {
	r := newRig(t, sampleRoster(5))
	r.serve()
	var branches []struct {
		ID      string
		Members int
	}
	r.json(r.pingyi(0, "branch", "list", "--json"), &branches)
	if len(branches) != 1 || branches[0].Members != 5 {
		t.Errorf("%+v", branches)
	}
	r.pingyi(0, "branch", "add", "b2", "--name", "第二党支部")
	var list []issued
	r.json(r.pingyi(0, "codes", "--branch", "b1", "--only", "m02", "--json"), &list)
	if _, err := r.joins("m02"); err == nil {
		t.Error("the old code still lets in")
	}
	r.codes["m02"] = list[0].Code
	r.say("m02", 0, "", "signin")
	r.pingyi(0, "papers", "--branch", "b1", "-o", "papers")
	r.refused(1, "codes", "--branch", "b9")
	r.refused(1, "serve", "--addr", "127.0.0.1:0")
	r.kill()
	r.refused(1, "codes", "--branch", "b9") // the socket is left over, nobody answers
}

// The demo checks itself: it fails if a sum is not what its robots chose.
func TestDemoHoldsAMeetingAndItsPapersVerify(t *testing.T) {
	for _, preset := range []string{"seed-2017", "regulation-2018"} {
		t.Run(preset, func(t *testing.T) {
			t.Parallel()
			r := &rig{t: t, dir: t.TempDir()}
			out, said, code := r.try("demo", "--members", "12", "--seed", "3", "--preset", preset, "-o", "papers")
			if code != 0 || !strings.Contains(out, filepath.Join(r.dir, "papers")) {
				t.Errorf("exit %d, does not name the folder: %s %s", code, out, said)
			}
			if !strings.Contains(said, "样齐全\n") { // photographs are not needed everywhere
				t.Errorf("the archive lacks something: %s", said)
			}
			if list, err := os.ReadFile(filepath.Join(r.dir, "papers", "registers.md")); err != nil || strings.Contains(string(list), "（草稿）") {
				t.Errorf("the superior has not decided on everybody: %v, %s", err, list)
			}
			var report verified
			r.json(r.pingyi(0, "verify", "--json", "papers"), &report)
			if !report.OK || report.Checked.Ballots != 11 || report.Checked.Trustees != 3 {
				t.Errorf("%+v", report)
			}
			r.tamper(report)
		})
	}
}

// tamper changes the exported folder in ways that a careful forger might try.
func (r *rig) tamper(report verified) {
	r.t.Helper()
	name := filepath.Join(r.dir, "papers", archive.LogName)
	whole, err := os.ReadFile(name)
	if err != nil {
		r.t.Fatal(err)
	}
	lines := strings.SplitAfter(string(whole), "\n")
	for what, text := range map[string]string{
		"a word":      strings.Replace(string(whole), "党员01", "党员91", 1),
		"a line less": strings.Join(append(lines[:3:3], lines[4:]...), ""),
		"no end":      strings.Join(lines[:len(lines)-3], ""),
		"sums":        strings.Replace(string(whole), `"sums":{"members":[[`, `"sums":{"members":[[1`, 1),
	} {
		if text == string(whole) {
			r.t.Fatalf("%s: the test changed nothing", what)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			r.t.Fatal(err)
		}
		out, _, code := r.try("verify", "--json", "papers")
		var got verified
		if err := json.Unmarshal([]byte(out), &got); err != nil || code != 1 || got.OK || len(got.Failures) == 0 {
			r.t.Errorf("%s: exit %d %s", what, code, out)
		}
	}
	if err := os.WriteFile(name, whole, 0o600); err != nil {
		r.t.Fatal(err)
	}
	r.adds(report)
}

// adds puts a file beside the papers whose name would act on a terminal. It is
// named without that, beside what a person compares.
func (r *rig) adds(report verified) {
	r.t.Helper()
	name := filepath.Join(r.dir, "papers", "\x1b]0;x\a加.md")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		r.t.Skip("no such names here: ", err)
	}
	out := r.pingyi(1, "verify", "papers")
	if strings.ContainsAny(out, "\x1b\a") || !strings.Contains(out, "加.md：不是这次导出的材料") {
		r.t.Errorf("%q", out)
	}
	for _, word := range []string{report.Name, report.Fingerprint, report.Head, "选票 11 张"} {
		if word == "" || !strings.Contains(out, word) {
			r.t.Errorf("%q is not in %s", word, out)
		}
	}
	if out := r.pingyi(1, "verify", "--json", "papers"); strings.Contains(out, "u001b") {
		r.t.Errorf("%q", out)
	}
	if err := os.Remove(name); err != nil {
		r.t.Fatal(err)
	}
}
