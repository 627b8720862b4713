package preset_test

import (
	"reflect"
	"strings"
	"testing"

	"pingyi/meeting/preset"
)

// lists and work are what rules say of the time before and after the meeting:
// lists stands in the place of the aspects of [own] and what follows them, on line 13, and work in
// that of everything after its lastLine.
const (
	lastLine = "speech = 600"
	aspects  = `aspects = ["政治合格", "执行纪律合格", "品德合格", "发挥作用合格"]
# "党员人数较多的按党小组": no number is given.
group_mode_when_members_over = 30`
	lists = `kinds = ["plan", "study", "talk", "assess"]
aspects = ["政治合格", "品德合格"]
selfcheck_approval = true
group_mode_when_members_over = 30`
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
	t.Helper()
	text := own(t, renamed, mine, aspects, lists)
	return edited(t, text[:strings.Index(text, lastLine)+len(lastLine)]+work, changes...)
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
	if r, err = preset.Read([]byte(own(t, renamed, mine, "total = 100", "total = 0"))); err != nil || !r.Has("notice") || r.Assess.Points() != 100 {
		t.Error(faults(err), r)
	}
}

func TestMistypedWork(t *testing.T) {
	for name, c := range map[string]struct {
		changes []string
		want    []string
	}{
		"no kind":              {[]string{`kinds = ["plan", "study", `, `kinds = ["plans", "study", `}, []string{"13 kinds[1] word-unknown", "81 stages[1].kinds[1] word-unknown", "91 templates.plan kind-missing"}},
		"kind twice":           {[]string{`"study", "talk"`, `"study", "study"`}, []string{"13 kinds[3] word-twice"}},
		"aspect twice":         {[]string{`"品德合格"`, `"政治合格"`}, []string{"14 aspects[2] word-twice"}},
		"no number":            {[]string{"over = 30", `over = "30"`}, []string{"16 group_mode_when_members_over want-number"}},
		"talks with nobody":    {[]string{"each = 3", "each = -3"}, []string{"73 talks.each number-bad"}},
		"no gate":              {[]string{`study = "red"`, `learn = "red"`}, []string{"75 gates.learn key-unknown"}},
		"no level":             {[]string{`study = "red"`, `study = "green"`}, []string{"75 gates.study word-unknown"}},
		"a level that counts":  {[]string{`study = "red"`, `study = 1`}, []string{"75 gates.study want-text"}},
		"gates no table":       {[]string{"[gates]\nstudy = \"red\"\nplan = \"off\"\n", "", "selfcheck_approval = true", "gates = 1"}, []string{"15 gates want-table"}},
		"backwards":            {[]string{"to = -2", "to = -6"}, []string{"80 stages[1].to stage-backwards"}},
		"another year":         {[]string{"to = -2", "to = 700"}, []string{"80 stages[1].to number-bad"}},
		"stage without name":   {[]string{`name = "会前准备"`, ``}, []string{"77 stages[1].name missing", "92 templates.plan.before placeholder-unknown"}},
		"stage twice":          {[]string{`[assess]`, "[[stages]]\nname = \"会前准备\"\n[assess]"}, []string{"83 stages[2].name word-twice"}},
		"points":               {[]string{"points = 20", "points = 19"}, []string{"85 indicators points-sum"}},
		"no points":            {[]string{"points = 20", "points = 0"}, []string{"85 indicators points-sum", "89 indicators[1].points number-bad"}},
		"13th month":           {[]string{"[3, 4]", "[3, 13]"}, []string{"90 indicators[1].months[2] number-bad"}},
		"indicator's id":       {[]string{`"a1"`, `"a 1"`}, []string{"86 indicators[1].id id-bad"}},
		"outcome twice":        {[]string{`"教育"]`, `"表扬"]`}, []string{"84 assess.outcomes[2] word-twice"}},
		"no template":          {[]string{"[templates.plan]", "[templates.agenda]"}, []string{"91 templates.agenda key-unknown"}},
		"field":                {[]string{"before = ", "befor = "}, []string{"92 templates.plan.befor key-unknown"}},
		"placeholder":          {[]string{"{members}", "{member}"}, []string{"92 templates.plan.before placeholder-unknown"}},
		"no stage":             {[]string{"{stage:会前准备}", "{stage:会后}"}, []string{"92 templates.plan.before placeholder-unknown"}},
		"open brace":           {[]string{"{members}", "{members"}, []string{"92 templates.plan.before brace-alone"}},
		"long line":            {[]string{"before = ", "title = \"" + strings.Repeat("字", 201) + "\"\nbefore = "}, []string{"92 templates.plan.title template-line"}},
		"two lines":            {[]string{"before = ", `title = "一\n二"` + "\nbefore = "}, []string{"92 templates.plan.title template-line"}},
		"posted in a template": {[]string{`"talk", "assess"]`, `"talk", "assess", "publicity"]`, "[templates.plan]", "[templates.publicity]\nwhat = \"通报\"\n[templates.plan]"}, []string{"92 templates.publicity.what word-unknown"}},
		"not announced":        {[]string{`"talk", "assess"]`, `"talk", "assess", "publicity"]`, "[templates.plan]", "[templates.publicity]\nwhat = \"优秀名单\"\n[templates.plan]"}, []string{"92 templates.publicity.what word-unknown"}},
		"escape":               {[]string{"{members}", `\u001b[2J`}, []string{"92 templates.plan.before template-bad"}},
	} {
		_, err := preset.Read([]byte(withWork(t, c.changes...)))
		if got := faults(err); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}
