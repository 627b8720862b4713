package ssh

import (
	"encoding/json"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// kept is a record as a script reads it.
type kept struct {
	No      int
	Kind    string
	State   string
	Version int
	By      string
	Fields  map[string]any
	May     []string
	History []struct{ State, By, Reason string }
	Origin  *struct {
		From string
		No   int
	}
}

func TestTheLedgerOverWords(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Rectification)
	for _, input := range []string{
		``, `[]`, `null`, `"x"`, `{"problem":"x"} {}`, `{"level":"个人","member":"m02","problem":"x","source":"互评","points":1}`,
		`{"level":"个人","member":"m02","problem":1,"source":"互评"}`, `{"level":"集体","problem":"x","source":"自查"}`,
		`{"level":"个人","member":"m09","problem":"x","source":"自查"}`, `{"level":"班子","member":"m02","problem":"x","source":"自查"}`,
		`{"level":"班子","problem":"x","source":"自查","due":"月底"}`, `{"level":"班子","problem":"\u001b[2J","source":"自查"}`,
		`{"problem":["x"]}`, `{"problem":{"x":1}}`, `{"problem":true}`, `{"progress":"未启动"}`,
	} {
		if a := h.says("m01", "ledger add", input); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	var l kept
	h.asks("m01", "ledger add", `{"level":"班子","problem":"会议偏多","source":"征求意见","due":"立行立改"}`, &l)
	if l.No != 1 || l.Kind != "ledger" || l.State != "open" || l.Fields["member"] != "" || l.Fields["progress"] != "未启动" {
		t.Errorf("the committee's: %+v", l)
	}
	h.asks("m01", "ledger add", `{"member":"党员02","problem":"联系群众少","source":"互评","measure":"每月两次","goal":"联系 3 个班","helper":"党员03","due":"2017-06-30"}`, &l)
	if l.No != 2 || l.Fields["member"] != "m02" || l.Fields["level"] != "个人" || l.Fields["goal"] != "联系 3 个班" {
		t.Errorf("m02's: %+v", l)
	}
	for _, input := range []string{`{}x`, `{"problem":"没有问题"}`, `{"closed":true}`, `{"progress":"快了"}`, `{"done":"昨天"}`, `{"acceptance":"同意"}`} {
		if a := h.says("m02", "ledger update 2", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	h.asks("m02", "ledger update 2", `{"progress":"已完成","done":"2017-06-20","evidence":"走访记录"}`, &l)
	if l.Fields["progress"] != "已完成" || l.Fields["evidence"] != "走访记录" || l.Fields["measure"] != "每月两次" || len(l.May) != 0 {
		t.Errorf("m02 reports: %+v", l)
	}
	h.asks("m02", "ledger update 2", `{"done":null}`, &l)
	if l.Fields["done"] != "" {
		t.Errorf("emptied: %+v", l)
	}
	var list []kept
	if h.asks("m03", "ledger list", "", &list); len(list) != 2 || list[1].No != 2 {
		t.Errorf("every member reads it: %+v", list)
	}
	for _, input := range []string{`{}`, `{"acceptance":" "}`, `{"text":"同意"}`} {
		if a := h.says("m01", "ledger close 2", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	if h.asks("m01", "ledger show 2", "", &l); strings.Join(l.May, " ") != "close" {
		t.Errorf("m01 may: %+v", l)
	}
	if h.asks("m01", "ledger close 2", `{"acceptance":"党员01：同意销号"}`, &l); l.State != "closed" || l.Fields["acceptance"] != "党员01：同意销号" || len(l.History) != 2 {
		t.Errorf("closed: %+v", l)
	}
	if a := h.says("m01", "ledger show 2", ""); !strings.Contains(a.out, "已销号") || !strings.Contains(a.out, "验收意见：党员01：同意销号") || !strings.Contains(a.out, "责任人：党员02") {
		t.Errorf("for people: %+v", a)
	}
	if a := h.says("m01", "ledger show 9", ""); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
		t.Errorf("a line that is not there: %+v", a)
	}
	if a := h.says("m01", "ledger remove 1", ""); a.exit != 0 {
		t.Errorf("taken away: %+v", a)
	}
	if h.asks("m01", "ledger list", "", &list); len(list) != 1 || list[0].No != 2 {
		t.Errorf("the number stays free: %+v", list)
	}
}

func TestAnOutlineIsItsMembersOwn(t *testing.T) {
	h := newHouse(t, 2)
	if a := h.says("m02", "outline show", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("there is none: %+v", a)
	}
	var o kept
	h.asks("m02", "outline add", "学习不够\n联系少\n", &o) // a text is the main field
	h.asks("m02", "outline update", `{"causes":"放松了","measures":[{"what":"每周两次","until":"2017-06-30"}]}`, &o)
	if o.No != 1 || o.State != "draft" || o.Fields["causes"] != "放松了" || strings.Join(o.May, " ") != "submit share" {
		t.Errorf("m02 has %+v", o)
	}
	if text, _ := json.Marshal(o.Fields["problems"]); string(text) != `[{"problem":"学习不够\n联系少"}]` {
		t.Errorf("problems: %s", text)
	}
	if a := h.says("m02", "outline update", `{"measures":[{"how":"x"}]}`); a.exit != exitFailed || !strings.Contains(a.err, "what") {
		t.Errorf("another column: %+v", a)
	}
	if a := h.says("m01", "outline show 1", ""); a.exit != exitFailed || strings.Contains(a.out+a.err, "放松了") {
		t.Errorf("m01 reads it: %+v", a)
	}
	h.asks("m02", "outline submit", "", &o)
	var list []kept
	if h.asks("m01", "outline list", "", &list); len(list) != 1 || list[0].State != "submitted" || len(list[0].Fields) != 0 {
		t.Errorf("the console sees that it is handed in: %+v", list)
	}
	h.asks("m02", "outline show --to console", "", &o)
	if h.asks("m01", "outline list", "", &list); list[0].Fields["causes"] != "放松了" {
		t.Errorf("the console may read it: %+v", list)
	}
	h.asks("m02", "outline update", `{"causes":"又想了想"}`, &o)
	if o.Version != 2 || o.State != "draft" {
		t.Errorf("the next version: %+v", o)
	}
	if h.asks("m02", "outline show --version 1", "", &o); o.Fields["causes"] != "放松了" {
		t.Errorf("the version before: %+v", o)
	}
	if a := h.says("m02", "register show --version 1", ""); a.exit != exitFailed || !strings.Contains(a.err, "还没有写过") {
		t.Errorf("a version of what nobody has written: %d %s", a.exit, a.err)
	}
	if a := h.says("m02", "outline show --version 7", ""); a.exit != exitFailed {
		t.Errorf("a version that is not there: %+v", a)
	}
	if a := h.says("m01", "outline show", ""); a.exit != exitFailed || !strings.Contains(a.err, "还没有写") {
		t.Errorf("who has written none: %+v", a)
	}
	for _, words := range []string{"outline", "outline throw", "outline show 1 2", "outline show x", "outline show --to all", "ledger show", "ledger add 1", "talk confirm"} {
		if a := h.says("m02", words, ""); a.exit != exitUsage || !oneLine(a.err) {
			t.Errorf("%q: %+v", words, a)
		}
	}
}

// The template is a beginning: it does not replace what somebody has written, whoever
// asks for it. What is named is changed, as update does.
func TestAPlanThatIsWrittenIsNotDraftedOver(t *testing.T) {
	h := newHouse(t, 3)
	h.says("m01", "name m02 recorder", "")
	var plan kept
	h.asks("m01", "plan add", "", &plan)
	h.asks("m01", "plan update", `{"title":"写了三天的方案"}`, &plan)
	for _, who := range []meeting.MemberID{"m01", "m02"} {
		if a := h.says(who, "plan add", ""); a.exit != exitFailed || !strings.Contains(a.err, "没有覆盖") {
			t.Errorf("%s asks for a draft: %+v", who, a)
		}
	}
	h.asks("m02", "plan add", `{"demands":"早作准备"}`, &plan)
	if plan.Fields["title"] != "写了三天的方案" || plan.Fields["demands"] != "早作准备" {
		t.Errorf("the plan: %+v", plan)
	}
}

func TestATalkOverWords(t *testing.T) {
	h := newHouse(t, 3)
	var talk kept
	h.asks("m02", "talk add", `{"place":"205 室"}`, &talk)
	if talk.State != "draft" {
		t.Errorf("something is missing: %+v", talk)
	}
	h.asks("m02", "talk update 1", `{"kind":"党员互谈","with":["m03"],"at":"2017-03-16 15:30","means":"面谈","content":"谈了学习"}`, &talk)
	if talk.State != "kept" || talk.By != "m02" || talk.Fields["at"] != "2017-03-16T15:30" {
		t.Errorf("everything is there: %+v", talk)
	}
	for _, input := range []string{`{"with":["m02"]}`, `{"with":["m99"]}`, `{"with":"m03 m01"}`, `{"at":"昨天"}`, `{"kind":"闲聊"}`, `{"with":[1]}`} {
		if a := h.says("m02", "talk update 1", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	var known kept
	if h.asks("m01", "talk show 1", "", &known); known.Fields["means"] != "面谈" || known.Fields["content"] != nil {
		t.Errorf("the console knows that it took place: %+v", known)
	}
	if h.asks("m03", "talk confirm 1", "", &talk); talk.State != "confirmed" {
		t.Errorf("confirmed: %+v", talk)
	}
	type pair struct {
		By, With meeting.MemberID
		Owed     bool
		Done     int
		Means    []string
	}
	var pairs []pair
	if h.asks("m01", "talk pairs", "", &pairs); len(pairs) != 3 {
		t.Errorf("all pairs: %+v", pairs)
	}
	if h.asks("m03", "talk pairs", "", &pairs); len(pairs) != 2 || pairs[1].Done != 1 || strings.Join(pairs[1].Means, "") != "面谈" {
		t.Errorf("m03's pairs: %+v", pairs)
	}
}

func TestStudiesAndTheSelfCheckOverWords(t *testing.T) {
	h := newHouse(t, 3)
	var r kept
	h.asks("m01", "study add", `{"day":"2017-03-14","form":"集中","topic":"《准则》"}`, &r)
	if r.State != "draft" {
		t.Errorf("the hours are missing: %+v", r)
	}
	h.asks("m01", "study update 1", `{"hours":1.5,"attended":["m01","m02"],"made_up":[{"who":"m03","day":"2017-03-16"}],"points":"谈了体会"}`, &r)
	if r.State != "kept" || r.Fields["hours"] != 1.5 || r.Fields["points"] != "谈了体会" {
		t.Errorf("whole: %+v", r)
	}
	var read kept
	h.asks("m03", "study show 1", "", &read)
	if _, private := read.Fields["points"]; private || read.Fields["topic"] != "《准则》" {
		t.Errorf("who was not there reads %+v", read)
	}
	for _, input := range []string{`{"hours":"两"}`, `{"hours":1.234}`, `{"made_up":[{"whom":"m03"}]}`, `两小时`} {
		if a := h.says("m01", "study update 1", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s: %+v", input, a)
		}
	}
	h.asks("m01", "selfcheck add", "", &r)
	if basics, _ := r.Fields["basics"].(string); !strings.Contains(basics, "党员") {
		t.Errorf("a draft: %+v", r)
	}
	h.asks("m01", "selfcheck update", "学习不够深入", &r) // a text is the first problem
	h.asks("m01", "selfcheck update", `{"causes":"抓得不紧","direction":"学在前面","measures":[{"what":"每月讨论","until":"长期坚持"}]}`, &r)
	h.asks("m01", "selfcheck submit", "", &r)
	if r.State != "approved" || len(r.May) != 0 {
		t.Errorf("nobody has to approve it: %+v", r)
	}
	h.asks("m01", "selfcheck update", `{"causes":"检查不够"}`, &r)
	if r.State != "draft" || r.Version != 2 {
		t.Errorf("the next version: %+v", r)
	}
	h.asks("m02", "selfcheck show --version 1", "", &r)
	if r.Fields["causes"] != "抓得不紧" {
		t.Errorf("the first version: %+v", r)
	}
}

func TestTheReportOverWords(t *testing.T) {
	h := newHouse(t, 3)
	var r kept
	h.asks("m01", "report add", "", &r)
	if next, _ := r.Fields["next"].(string); r.State != "draft" || !strings.Contains(next, "整改台账共0条") {
		t.Errorf("drafted: %+v", r)
	}
	h.asks("m01", "report update", "学习{study_sessions}次", &r) // a text is what was held
	h.asks("m01", "study add", `{"day":"2017-03-14","form":"集中","topic":"《准则》","hours":1.5}`, &kept{})
	h.asks("m02", "report show", "", &r)
	if r.Fields["held"] != "学习1次" {
		t.Errorf("filled when it is read: %+v", r)
	}
	if a := h.says("m01", "report update", "学习{times}次"); a.exit != exitFailed || !oneLine(a.err) || !strings.Contains(a.err, "study_sessions") {
		t.Errorf("an unknown figure: %+v", a)
	}
	h.asks("m01", "report submit", "", &r)
	h.asks("m01", "report receive --approval 总支〔2017〕9号", "", &r)
	if r.State != "received" {
		t.Errorf("received on paper: %+v", r)
	}
}

func TestPostingsAndDisposalsOverWords(t *testing.T) {
	h := newHouse(t, 3)
	var r kept
	if a := h.says("m01", "publicity add", `{"what":"优秀名单","from":"2017-03-24","to":"2017-03-28"}`); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("what the rules do not announce: %+v", a)
	}
	h.asks("m01", "publicity add", `{"what":"会议情况通报","from":"2017-03-24","to":"2017-03-28","where":"公告栏"}`, &r)
	h.asks("m01", "publicity post 1", "", &r)
	h.asks("m01", "publicity update 1", `{"objections":[{"day":"2017-03-25","matter":"太短","handled":"已说明"}]}`, &r)
	if r.State != "posted" {
		t.Errorf("posted: %+v", r)
	}
	h.asks("m01", "publicity end 1", "", &r)
	if r.State != "ended" || len(r.May) != 0 {
		t.Errorf("ended: %+v", r)
	}
	for who, input := range map[meeting.MemberID]string{"m01": `{"member":"m02"}`, "m03": `{"member":"m02"}`} {
		if a := h.says(who, "disposal add", input); a.exit != exitFailed || !oneLine(a.err) {
			t.Errorf("%s writes a disposal of somebody without a grade: %+v", who, a)
		}
	}
}

// The superior scores what the secretary has checked, in one object; the branch
// reads it when it is told.
func TestTheAssessmentOverWords(t *testing.T) {
	h, _ := newOrgHouse(t, func(r *preset.Rules) {
		r.Indicators = []preset.Indicator{{ID: "a", Group: "学习", Text: "按月完成学习内容", Points: 60}, {ID: "b", Group: "组织生活", Text: "按期开会", Points: 40}}
	})
	var r kept
	h.asks("m01", "assess add", "", &r)
	if r.State != "draft" || len(r.Fields["indicators"].([]any)) != 2 || r.Fields["score_total"] != nil {
		t.Errorf("begun: %+v", r)
	}
	h.asks("m01", "assess update", `{"indicators":[{"id":"a","self":55,"self_note":"缺一次"},{"id":"b","self":40,"evidence":"会议记录"}]}`, &r)
	h.asks("m01", "assess submit", "", &r)
	if r.State != "checked" || r.Fields["self_total"] != 95.0 {
		t.Errorf("checked: %+v", r)
	}
	if a := h.says("m02", "assess show", ""); a.exit != exitFailed || !oneLine(a.err) {
		t.Errorf("before the branch is told: %+v", a)
	}
	if a := h.says("m01", "assess inspect", ""); a.exit != exitFailed || !strings.Contains(a.err, "督查得分") {
		t.Errorf("by the console: %+v", a)
	}
	h.asks("s1", "in b1 assess update", `{"indicators":[{"id":"a","score":50,"why":"一次没有考勤"},{"id":"b","score":40}],"outcome":"教育","reason":"学习还要抓紧"}`, &r)
	row := r.Fields["indicators"].([]any)[0].(map[string]any)
	if row["self"] != 55.0 || row["score"] != 50.0 || row["points"] != 60.0 || row["text"] != "按月完成学习内容" || strings.Join(r.May, " ") != "inspect" {
		t.Errorf("scored: %+v", r)
	}
	h.asks("s1", "in b1 assess inspect", "", &r)
	h.asks("s1", "in b1 assess publish", "", &r)
	h.asks("m02", "assess show", "", &r)
	if r.State != "published" || r.Fields["outcome"] != "教育" || r.Fields["score_total"] != 90.0 || len(r.May) != 0 {
		t.Errorf("published: %+v", r)
	}
	h.asks("m01", "assess file", "", &r)
	if r.State != "filed" {
		t.Errorf("filed: %+v", r)
	}
}
