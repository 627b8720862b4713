package preset_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"pingyi/meeting/preset"
)

// own is an embedded file as a user copies and edits it.
func own(t testing.TB, changes ...string) string {
	t.Helper()
	data, err := preset.Text("seed-2017")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(changes); i += 2 {
		changed := strings.Replace(text, changes[i], changes[i+1], 1)
		if changed == text {
			t.Fatalf("%q: nothing changed", changes[i])
		}
		text = changed
	}
	return text
}

const renamed, mine = `id = "seed-2017"`, `id = "mine-2026"`

// faults are one line each: the line of the file, the key and the code.
func faults(err error) (list []string) {
	var e *preset.Error
	if errors.As(err, &e) {
		for _, f := range e.Faults {
			list = append(list, fmt.Sprintf("%d %s %s", f.Line, f.Key, strings.TrimPrefix(string(f.Code), "preset.")))
		}
	}
	return list
}

func TestAnEditedCopyIsRead(t *testing.T) {
	text := own(t, renamed, mine, "mass = false", "mass = true", "threshold = 0", "threshold = 2",
		"scrutineers = 2", "scrutineers = 3", "branch = false", "branch = true\nbranch_title = \"班子\"\nbranch_scale = [\"甲\", \"乙\", \"丙\", \"丁\"]")
	for name, data := range map[string]string{"plain": text, "BOM": "\ufeff" + text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n")} {
		r, err := preset.Read([]byte(data))
		if err != nil {
			t.Errorf("%s: %v", name, faults(err))
			continue
		}
		if v := r.Vote; r.ID != "mine-2026" || !v.Mass || v.Threshold != 2 || v.Scrutineers != 3 || v.BranchScale[3] != "丁" || r.Agenda[13].Minutes != 3 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// A list of tables may be written as [[agenda]] too.
func TestTheAgendaMayBeTables(t *testing.T) {
	text := own(t, renamed, mine)
	from, to := strings.Index(text, "agenda = ["), strings.Index(text, "]\n\n# \"一般")
	items := text[from+len("agenda = [") : to]
	text = text[:from] + text[to+2:]
	for line := range strings.Lines(items) {
		if line = strings.Trim(line, " \n{},"); line != "" {
			text += "\n[[agenda]]\n" + strings.ReplaceAll(line, ", ", "\n")
		}
	}
	r, err := preset.Read([]byte(text))
	if err != nil || len(r.Agenda) != 14 {
		t.Fatal(faults(err), r)
	}
	at := strings.Index(text, `kind = "study"`)
	want := fmt.Sprintf("%d agenda[3].kind word-unknown", 1+strings.Count(text[:at], "\n"))
	_, err = preset.Read([]byte(strings.Replace(text, `kind = "study"`, `kind = "party"`, 1)))
	if got := strings.Join(faults(err), "; "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMistypedFiles(t *testing.T) {
	for name, c := range map[string]struct {
		changes []string
		want    []string
	}{
		"unknown key":         {[]string{"self_vote", "selfvote"}, []string{"44 ballot.selfvote key-unknown"}},
		"unknown table":       {[]string{"[limits]", "[limit]"}, []string{"62 limit key-unknown"}},
		"unknown at top":      {[]string{"year", "years"}, []string{"0 year number-bad", "4 years key-unknown"}},
		"number in quotes":    {[]string{"min_ballots = 5", `min_ballots = "5"`}, []string{"45 ballot.min_ballots want-number"}},
		"broken number":       {[]string{"min_ballots = 5", `min_ballots = 5.5`}, []string{"45 ballot.min_ballots want-number"}},
		"switch in quotes":    {[]string{"mass = false", `mass = "true"`}, []string{"49 ballot.mass want-switch"}},
		"text without":        {[]string{`announce = "none"`, `announce = 0`}, []string{"10 announce want-text"}},
		"no list":             {[]string{`grades = ["优秀", "合格", "基本合格", "不合格"]`, `grades = "优秀"`}, []string{"8 grades want-list"}},
		"number in list":      {[]string{`"合格", "基本`, `7, "基本`}, []string{"8 grades[2] want-text"}},
		"no table":            {[]string{"[quorum]\nnum = 1\nden = 2\nbase = \"formal\"", "", renamed, mine + "\nquorum = 2"}, []string{"4 quorum want-table"}},
		"base":                {[]string{`base = "branch_total"`, `base = "everybody"`}, []string{"35 excellent_cap.base word-unknown"}},
		"item kind":           {[]string{`kind = "study"`, `kind = "party"`}, []string{"17 agenda[3].kind word-unknown"}},
		"item key":            {[]string{`title = "学习"`, `titel = "学习"`}, []string{"17 agenda[3].titel key-unknown", "17 agenda[3].title missing"}},
		"item twice":          {[]string{`kind = "study"`, `kind = "opening"`}, []string{"17 agenda[3].kind kind-twice"}},
		"no sign-in":          {[]string{`  { kind = "sign-in", title = "签到", minutes = 5 },` + "\n", ""}, []string{"14 agenda sign-in-first"}},
		"no closing":          {[]string{`  { kind = "closing", title = "表态、散会", minutes = 3 },` + "\n", ""}, []string{"14 agenda closing-last"}},
		"no tally":            {[]string{`  { kind = "tally", title = "计票", minutes = 3 },` + "\n", ""}, []string{"14 agenda tally-alone"}},
		"long item":           {[]string{`minutes = 60`, `minutes = 6000`}, []string{"21 agenda[7].minutes number-bad"}},
		"divisor":             {[]string{"den = 3", "den = 0"}, []string{"33 excellent_cap.num ratio-over", "34 excellent_cap.den number-bad"}},
		"three grades":        {[]string{`, "不合格"]`, "]"}, []string{"8 grades not-four"}},
		"two alike":           {[]string{`"基本合格", "不合格"]`, `"合格", "不合格"]`}, []string{"8 grades[3] word-twice"}},
		"escape":              {[]string{`"优秀", `, `"\u001b[2J", `}, []string{"8 grades[1] text-bad"}},
		"announce":            {[]string{`announce = "none"`, `announce = "some"`}, []string{"10 announce word-unknown"}},
		"not announced":       {[]string{`announce = "none"` + "\n", ""}, []string{"0 announce missing"}},
		"approval":            {[]string{`superior_approval = "before_feedback"`, `superior_approval = "later"`}, []string{"11 superior_approval word-unknown"}},
		"too few ballots":     {[]string{"min_ballots = 5", "min_ballots = 4"}, []string{"45 ballot.min_ballots ballots-few"}},
		"no ballots":          {[]string{"min_ballots = 5", "min_ballots = 0"}, []string{"45 ballot.min_ballots number-bad"}},
		"no minimum":          {[]string{"min_ballots = 5\n", ""}, []string{"43 ballot.min_ballots number-bad"}},
		"threshold":           {[]string{"threshold = 0", "threshold = 3"}, []string{"47 ballot.threshold threshold-over"}},
		"no threshold":        {[]string{"threshold = 0", "threshold = -1"}, []string{"47 ballot.threshold number-bad"}},
		"no scale":            {[]string{"branch = false", "branch = true"}, []string{"43 ballot.branch_title missing", "43 ballot.branch_scale not-four"}},
		"everybody and one":   {[]string{"num = 1\nden = 2\nbase", "num = 3\nden = 2\nbase"}, []string{"53 quorum.num ratio-over"}},
		"all must agree":      {[]string{"pass_num = 1", "pass_num = 2"}, []string{"59 decision.pass_num ratio-over"}},
		"clock":               {[]string{"speech = 600", "speech = 6000000"}, []string{"66 limits.speech number-bad"}},
		"key twice":           {[]string{"threshold = 0", "threshold = 0\nmass = true"}, []string{"50 ballot.mass key-twice"}},
		"table twice":         {[]string{"[limits]", "[ballot]"}, []string{"62 ballot key-twice"}},
		"full-width quotes":   {[]string{`announce = "none"`, `announce = “none”`}, []string{"10  full-width"}},
		"no quotes":           {[]string{`announce = "none"`, `announce = none`}, []string{"10  syntax"}},
		"colon":               {[]string{"mass = false", "mass: false"}, []string{"49  syntax"}},
		"open bracket":        {[]string{"[limits]", "[limits"}, []string{"62  syntax"}},
		"group":               {[]string{"mass = false", "mass = false\ngroup = \"RSA\""}, []string{"50 ballot.group word-unknown"}},
		"an id with a path":   {[]string{mine, `id = "../mine"`}, []string{"3 id id-bad"}},
		"an id that is taken": {[]string{mine, `id = "regulation-2018"`}, []string{"3 id id-taken"}},
		"many at once": {
			[]string{mine, renamed, "self_vote = true", "self_vote = 1", "threshold = 0", "threshold = 3", "remarks", "comments", `round = "floor"`, `round = "down"`},
			[]string{"3 id id-taken", "36 excellent_cap.round word-unknown", "44 ballot.self_vote want-switch", "47 ballot.threshold threshold-over", "48 ballot.comments key-unknown"},
		},
	} {
		changes := c.changes
		if name != "no table" {
			changes = append([]string{renamed, mine}, changes...)
		}
		_, err := preset.Read([]byte(own(t, changes...)))
		if got := faults(err); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestABoxNeedsItsItem(t *testing.T) {
	text := own(t, renamed, mine, `  { kind = "ballot", title = "民主测评", minutes = 8 },`+"\n", "",
		`  { kind = "tally", title = "计票", minutes = 3 },`+"\n", "")
	if _, err := preset.Read([]byte(text)); err != nil {
		t.Errorf("a meeting without a vote: %v", faults(err))
	}
	_, err := preset.Read([]byte(strings.Replace(text, "mass = false", "mass = true", 1)))
	if got := strings.Join(faults(err), "; "); got != "47 ballot.mass box-missing" {
		t.Error(got)
	}
}

func TestWhatIsNoFileOfRules(t *testing.T) {
	for name, c := range map[string]struct{ data, want string }{
		"empty":       {"", "0  empty"},
		"spaces":      {"\ufeff \r\n\n", "0  empty"},
		"binary":      {"id = 1\n\x7fELF\x00\x01", "2  not-text"},
		"UTF-16":      {"\xff\xfei\x00d\x00", "1  not-text"},
		"GBK":         {"id = \"a\"\ntitle = \"\xb5\xb3\xd6\xa7\xb2\xbf\"\n", "2  not-utf8"},
		"5 MB":        {strings.Repeat("a = 1\n", 5<<20/6), "0  file-too-big"},
		"a web page":  {"<!DOCTYPE html>\n<html>", "1  syntax"},
		"not ended":   {"id = \"a\"\nagenda = [\n", "2  syntax"},
		"deep":        {"a = " + strings.Repeat("[", 60000), "1  syntax"},
		"only spaces": {"\t", "0  empty"},
	} {
		_, err := preset.Read([]byte(c.data))
		if got := strings.Join(faults(err), "; "); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	_, err := preset.Read([]byte(strings.Repeat("\"\\u001b[2Jx\".b = 1\n", 2000)))
	if n := len(faults(err)); n == 0 || n > preset.MaxFaults {
		t.Errorf("%d faults", n)
	}
}

// lists and work are what rules say of the time before and after the meeting:
// they stand before the tables of [own], and after its lastLine, the 66th.
const (
	lastLine = "speech = 600"
	lists    = `kinds = ["plan", "study", "talk", "assess"]
aspects = ["政治合格", "品德合格"]
selfcheck_approval = true
group_mode_when_members_over = 30
`
	work = `
[talks]
each = 3
[gates]
study = "red"
plan = "off"
[[stages]]
name = "会前准备"
from = -5
to = -2
kinds = ["plan", "study"]
[assess]
total = 20
outcomes = ["表扬", "教育"]
[[indicators]]
id = "a1"
group = "学习组织"
text = "按月完成规定内容"
points = 20
months = [3, 4]
[templates.plan]
before = """
1．{branch}在{stage:会前准备}集中学习。
2．{members} 名党员参加。"""
`
)

// withWork is rules of one's own with lists and work, after changes.
func withWork(t testing.TB, changes ...string) string {
	return own(t, append([]string{renamed, mine, "ungraded =", lists + "ungraded =", lastLine, lastLine + work}, changes...)...)
}

func TestTheWorkAroundTheMeeting(t *testing.T) {
	r, err := preset.Read([]byte(withWork(t)))
	if err != nil {
		t.Fatal(faults(err))
	}
	if !r.Has("talk") || r.Has("notice") || r.Stages[0].From != -5 || r.Assess.Points() != 20 {
		t.Errorf("%+v", r)
	}
	for gate, want := range map[string]string{"study": preset.Red, "plan": preset.Off, "talks": preset.Amber, "notice": preset.Off, "quorum": preset.Amber} {
		if got := r.Gate(gate); got != want {
			t.Errorf("gate %s is %s, want %s", gate, got, want)
		}
	}
	text := preset.Fill(r.Templates["plan"]["before"], func(p string) string { return "<" + p + ">" })
	if want := "1．<branch>在<stage:会前准备>集中学习。\n2．<members> 名党员参加。"; text != want {
		t.Errorf("filled %q", text)
	}
	if r, err = preset.Read([]byte(own(t, renamed, mine))); err != nil || !r.Has("notice") || r.Assess.Points() != 100 {
		t.Error(faults(err), r)
	}
}

func TestMistypedWork(t *testing.T) {
	for name, c := range map[string]struct {
		changes []string
		want    []string
	}{
		"no kind":             {[]string{`kinds = ["plan", "study", `, `kinds = ["plans", "study", `}, []string{"9 kinds[1] word-unknown", "80 stages[1].kinds[1] word-unknown", "90 templates.plan kind-missing"}},
		"kind twice":          {[]string{`"study", "talk"`, `"study", "study"`}, []string{"9 kinds[3] word-twice"}},
		"aspect twice":        {[]string{`"品德合格"`, `"政治合格"`}, []string{"10 aspects[2] word-twice"}},
		"no number":           {[]string{"over = 30", `over = "30"`}, []string{"12 group_mode_when_members_over want-number"}},
		"talks with nobody":   {[]string{"each = 3", "each = -3"}, []string{"72 talks.each number-bad"}},
		"no gate":             {[]string{`study = "red"`, `learn = "red"`}, []string{"74 gates.learn key-unknown"}},
		"no level":            {[]string{`study = "red"`, `study = "green"`}, []string{"74 gates.study word-unknown"}},
		"a level that counts": {[]string{`study = "red"`, `study = 1`}, []string{"74 gates.study want-text"}},
		"gates no table":      {[]string{"[gates]\nstudy = \"red\"\nplan = \"off\"\n", "", "selfcheck_approval = true", "gates = 1"}, []string{"11 gates want-table"}},
		"backwards":           {[]string{"to = -2", "to = -6"}, []string{"79 stages[1].to stage-backwards"}},
		"another year":        {[]string{"to = -2", "to = 700"}, []string{"79 stages[1].to number-bad"}},
		"stage without name":  {[]string{`name = "会前准备"`, ``}, []string{"76 stages[1].name missing", "91 templates.plan.before placeholder-unknown"}},
		"stage twice":         {[]string{`[assess]`, "[[stages]]\nname = \"会前准备\"\n[assess]"}, []string{"82 stages[2].name word-twice"}},
		"points":              {[]string{"points = 20", "points = 19"}, []string{"84 indicators points-sum"}},
		"no points":           {[]string{"points = 20", "points = 0"}, []string{"84 indicators points-sum", "88 indicators[1].points number-bad"}},
		"13th month":          {[]string{"[3, 4]", "[3, 13]"}, []string{"89 indicators[1].months[2] number-bad"}},
		"indicator's id":      {[]string{`"a1"`, `"a 1"`}, []string{"85 indicators[1].id id-bad"}},
		"outcome twice":       {[]string{`"教育"]`, `"表扬"]`}, []string{"83 assess.outcomes[2] word-twice"}},
		"no template":         {[]string{"[templates.plan]", "[templates.agenda]"}, []string{"90 templates.agenda key-unknown"}},
		"field":               {[]string{"before = ", "befor = "}, []string{"91 templates.plan.befor key-unknown"}},
		"placeholder":         {[]string{"{members}", "{member}"}, []string{"91 templates.plan.before placeholder-unknown"}},
		"no stage":            {[]string{"{stage:会前准备}", "{stage:会后}"}, []string{"91 templates.plan.before placeholder-unknown"}},
		"open brace":          {[]string{"{members}", "{members"}, []string{"91 templates.plan.before brace-alone"}},
		"escape":              {[]string{"{members}", `\u001b[2J`}, []string{"91 templates.plan.before template-bad"}},
	} {
		_, err := preset.Read([]byte(withWork(t, c.changes...)))
		if got := faults(err); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

// Whatever a file holds, it gives rules that hold or faults that can be shown.
func FuzzRead(f *testing.F) {
	f.Add([]byte(own(f)))
	f.Add([]byte(own(f, renamed, mine)))
	f.Add([]byte(withWork(f)))
	f.Add([]byte("[[agenda]]\nkind = 1\n[agenda.x]\na.b = {c = [1, {d = 2}]}\n\"\" = 1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := preset.Read(data)
		if err == nil {
			if err := r.Check(); err != nil {
				t.Fatalf("rules that were read contradict themselves: %v", err)
			}
			return
		}
		var e *preset.Error
		if !errors.As(err, &e) || len(e.Faults) == 0 || len(e.Faults) > preset.MaxFaults {
			t.Fatalf("no list of faults: %v", err)
		}
		last := 1 + strings.Count(string(data), "\n")
		for _, one := range e.Faults {
			if one.Line < 0 || one.Line > last || strings.ContainsFunc(one.Error(), unicode.IsControl) {
				t.Fatalf("%q of %d lines", one.Error(), last)
			}
		}
	})
}

// Every field of Rules can be set by a file, so a new one that Read does not
// fill is found here.
func TestEveryFieldIsFilled(t *testing.T) {
	var check func(v reflect.Value, at string)
	check = func(v reflect.Value, at string) {
		switch {
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				check(v.Field(i), at+"."+v.Type().Field(i).Name)
			}
		case v.Kind() == reflect.Slice && v.Len() > 0:
			check(v.Index(0), at+"[]")
		case v.IsZero():
			t.Errorf("%s is empty", at)
		}
	}
	r, err := preset.Read([]byte(own(t, renamed, mine, "mass = false", "mass = true\ngroup = \"Ed25519\"", "threshold = 0", "threshold = 1",
		"min = 0", "min = 1", "graded = false", "graded = true", lastLine, lastLine+work, `ungraded =`, lists+`ungraded =`,
		"branch = false", "branch = true\nbranch_title = \"班子\"\nbranch_scale = [\"甲\", \"乙\", \"丙\", \"丁\"]")))
	if err != nil {
		t.Fatal(faults(err))
	}
	check(reflect.ValueOf(*r), "Rules")
}
