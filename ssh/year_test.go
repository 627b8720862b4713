package ssh

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// newSpring is the spring of 2017 of three branches below an organisation: b1 of
// twelve in the house itself, with a committee (m01 to m03) and one 预备党员 (m12),
// and b2 and b3 of five. Its clock stands until somebody moves it.
func newSpring(t *testing.T) *house {
	t.Helper()
	above, codes := newOrganisation(t)
	h := &house{t: t, log: &logBook{more: make(chan struct{}, 1)}}
	h.day(13)
	people := meetingtest.Members(12).Probationary(1).Post(1, "书记").Post(2, "组织委员").Post(3, "宣传委员")
	h.found(t, people, h.clock, func(r *preset.Rules) {
		r.Gates = map[string]string{"plan": preset.Red, "study": preset.Red}
		r.Indicators = []preset.Indicator{{ID: "a", Group: "学习", Text: "按月完成学习内容", Points: 60}, {ID: "b", Group: "组织生活", Text: "按期开会", Points: 40}}
	})
	_, second, code2 := newBranch(t, "b2", "第二党支部", h.clock)
	_, third, code3 := newBranch(t, "b3", "第三党支部", h.clock)
	h.opens(t, func(c *Config) {
		first := c.Halls
		c.Halls = func(ctx context.Context) ([]Room, error) {
			rooms, err := first(ctx)
			return append(rooms, second, third), err
		}
		c.Organisation = above
	})
	for id, code := range codes {
		h.codes[id] = code
	}
	h.codes["b2/m01"], h.codes["b3/m01"] = code2, code3
	return h
}

// day goes to the morning of a day of March 2017.
func (h *house) day(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = time.Date(2017, 3, n, 9, 0, 0, 0, time.FixedZone("", 8*60*60))
}

// records has a member say a word of a kind of record, and returns the record.
func (h *house) records(who meeting.MemberID, words, input string) kept {
	h.t.Helper()
	var r kept
	h.asks(who, words, input, &r)
	return r
}

// refuses has a member say a word that is refused, and says why.
func (h *house) refuses(who meeting.MemberID, words, input, why string) {
	h.t.Helper()
	if a := h.says(who, words, input); a.exit != exitFailed || !strings.Contains(a.err, why) {
		h.t.Errorf("%s says %q: %+v", who, words, a)
	}
}

// step is how far a branch is, as the superior sees it.
func (h *house) step(branch, step string) string {
	h.t.Helper()
	var all []struct {
		ID    string
		Steps map[string]struct{ State string }
	}
	h.asks("s1", "branches", "", &all)
	for _, b := range all {
		if b.ID == branch {
			return b.Steps[step].State
		}
	}
	h.t.Fatalf("the superior does not see %s", branch)
	return ""
}

// The plan of the seed is done, day by day, from 13 to 23 March 2017, by three
// branches and their superior: a plan that is returned, a red line that is passed
// with a reason, an absent member, a 预备党员, an opinion without a name that
// becomes a line of the ledger, grades that come back because there are too many
// 优秀, what is done about 基本合格, a line that is overdue, and the assessment.
func TestTheSpringOf2017DayByDay(t *testing.T) {
	h := newSpring(t)

	// 13 March: the plan, drafted with the branch's own facts.
	plan := h.records("m01", "plan add", "")
	if text, _ := json.Marshal(plan.Fields); !strings.Contains(string(text), "第一党支部") || !strings.Contains(string(text), "预备党员 1 名") {
		t.Errorf("the draft of the plan: %s", text)
	}
	h.records("m01", "plan update", `{"from":"2017-03-18","to":"2017-03-23","deadline":"2017-03-23","guide_wanted":true}`)
	h.records("m01", "plan submit", "")
	if got := h.step("b1", "plan"); got != "due" {
		t.Errorf("a plan that waits is %s", got)
	}

	// 14 March: it is returned, mended and approved; the second branch follows.
	h.day(14)
	h.records("s1", "in b1 plan return --reason 请写明谁记录", "")
	h.records("m01", "plan update", `{"during":"支部书记通报，批评与自我批评，民主评议；党员02 记录。"}`)
	h.records("m01", "plan submit", "")
	if plan = h.records("s1", "in b1 plan approve", ""); plan.State != "approved" || plan.Version != 2 {
		t.Errorf("%+v", plan)
	}
	h.asks("s1", "in b1 guide s2", "", &struct{}{})
	h.records("b2/m01", "plan add", aPlan)
	h.records("b2/m01", "plan submit", "")
	h.records("s1", "in b2 plan approve", "")
	h.records("m01", "notice add", `{"time":"2017-03-20T14:30","place":"行政楼 205","theme":"专题组织生活会"}`)
	h.records("m01", "notice send", "")
	for i := 2; i <= 12; i++ {
		h.records(meetingtest.ID(i), "notice confirm", "")
	}
	if a := h.says("m06", "tasks --ics", ""); !strings.Contains(a.out, "BEGIN:VCALENDAR\r\n") || !strings.Contains(a.out, "2017031") {
		t.Errorf("the calendar of what waits: %s", a.out)
	}

	// 15 and 16 March: opinions, talks, the self-check and the outlines.
	h.day(15)
	h.asks("m05", "opinion add", `{"anonymous":true,"about":"班子","text":"走访太少"}`, new(any))
	h.asks("m01", "opinion add", `{"about":"班子","means":"座谈","source":"群众","text":"会议太长"}`, new(any))
	h.asks("m01", "opinion close", "", new(any))
	var opinions struct {
		Items []struct {
			No     int
			Fields map[string]any
		}
	}
	h.asks("m01", "opinion list", "", &opinions)
	visits := slices.IndexFunc(opinions.Items, func(o struct {
		No     int
		Fields map[string]any
	},
	) bool {
		return o.Fields["text"] == "走访太少"
	})
	if visits < 0 {
		t.Fatalf("the opinion without a name is not there: %+v", opinions)
	}
	problem := h.records("m01", "problem from opinion "+strconv.Itoa(opinions.Items[visits].No), "")
	h.records("m01", "problem update "+strconv.Itoa(problem.No), `{"level":"班子","category":"发挥作用合格"}`)
	line := h.records("m01", "ledger from problem "+strconv.Itoa(problem.No), "")
	h.records("m01", "ledger update "+strconv.Itoa(line.No), `{"measure":"每月走访一次","due":"2017-03-22"}`)
	talk := h.records("m01", "talk add", `{"kind":"书记党员","with":["m04"],"at":"2017-03-15T16:00","place":"205","means":"面谈","content":"谈学习"}`)
	h.records("m04", "talk confirm "+strconv.Itoa(talk.No), "")
	h.records("m01", "selfcheck add", `{"problems":[{"aspect":"发挥作用","problem":"走访少"}],"causes":"忙","direction":"多下去","measures":[{"what":"每月走访","until":"2017-06-30","who":"m02"}]}`)
	h.records("m01", "selfcheck submit", "")
	h.records("m11", "outline add", `{"problems":[{"aspect":"学习","problem":"不够"}],"causes":"抓得不紧","measures":[{"what":"每周学习","until":"2017-06-30"}]}`)
	h.records("m11", "outline submit", "")

	// 17 March: the third branch has no plan yet, and its superior sees it.
	h.day(17)
	for branch, want := range map[string]string{"b1": "done", "b2": "done", "b3": "late"} {
		if got := h.step(branch, "plan"); got != want {
			t.Errorf("the plan of %s is %s", branch, got)
		}
	}

	// 20 March: the meeting. Nobody has studied together, which is a red line.
	h.day(20)
	h.SignsIn("m11")
	h.asks("m01", "absent m11 公出 --written", "", &struct{}{})
	h.refuses("m01", "step", "", "理由")
	h.asks("m01", "step --reason 学习安排在会上补", "", &struct{}{})
	h.ComesTo(preset.Criticism)
	h.asks("m01", "step", "", new(any))
	h.asks("m01", "self-criticise", "走访少，学习抓得不紧。", new(any))
	h.asks("m01", "step", "", new(any))
	h.asks("m05", "criticise m01", "会议太长。", new(any))
	h.ComesTo(preset.Ballot)
	h.Opened("m04", "m05")
	var ballot struct {
		Subjects []struct{ ID meeting.MemberID }
	}
	h.asks("m06", "ballot", "", &ballot)
	if len(ballot.Subjects) != 11 || slices.ContainsFunc(ballot.Subjects, func(s struct{ ID meeting.MemberID }) bool { return s.ID == "m12" }) {
		t.Errorf("who is graded: %+v", ballot)
	}
	for _, id := range meetingtest.IDs("m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m12") {
		h.asks(id, "vote", `{"m01":1,"m02":1,"m03":1,"m04":1,"m05":1,"m06":2,"m07":2,"m08":2,"m09":2,"m10":3,"m11":2}`, new(any))
	}
	h.Closes()
	h.Unsealed()
	h.ComesTo(preset.Rating)
	for i := 1; i <= 11; i++ {
		words := "rate " + string(meetingtest.ID(i)) + " 合格"
		switch {
		case i <= 5:
			words = "rate " + string(meetingtest.ID(i)) + " 优秀 --reason 票数都多"
		case i == 10:
			words = "rate m10 基本合格"
		}
		h.asks("m02", words, "", &struct{}{})
	}
	h.asks("m02", "submit", "", &struct{}{})
	h.Ends()

	// 21 March: the bundle comes back, since there are too many 优秀.
	h.day(21)
	for i := 1; i <= 12; i++ {
		h.records(meetingtest.ID(i), "register update", `{"summary":"按时参加学习，服务群众还不够。"}`)
		h.records(meetingtest.ID(i), "register submit", "")
	}
	h.asks("m02", "submit", "", &struct{}{})
	var b bundleAnswer
	h.asks("s1", "in b1 return m05 --reason 优秀超过三分之一", "", &b)
	h.asks("m02", "rate m05 合格 --reason 名额有限", "", &struct{}{})
	h.asks("m02", "submit", "", &struct{}{})
	h.asks("s1", "in b1 approve all", "", &b)
	if b.State != meeting.Approved {
		t.Errorf("%+v", b)
	}
	disposal := h.records("m01", "disposal add", `{"member":"m10","facts":"三次无故缺席","until":"2017-06-30","plan":[{"what":"按时参加","until":"2017-06-30"}],"basis":"中组发〔2016〕","relation_checked":true}`)
	h.records("m01", "disposal submit "+strconv.Itoa(disposal.No), "")
	h.records("s1", "in b1 disposal approve "+strconv.Itoa(disposal.No), "")
	for i := 1; i <= 12; i++ {
		h.asks("m01", "feedback give "+string(meetingtest.ID(i)), "", new(any))
		h.asks(meetingtest.ID(i), "ack", "同意", new(any))
	}

	// 23 March: a line of the ledger is overdue, and is struck off by another.
	h.day(23)
	if got := h.step("b1", "ledger"); got != "late" {
		t.Errorf("an overdue line is %s", got)
	}
	type task struct{ What, Level string }
	for who, words := range map[meeting.MemberID]string{"m01": "tasks", "s1": "in b1 tasks"} {
		var tasks []task
		if h.asks(who, words, "", &tasks); !slices.Contains(tasks, task{"ledger", "red"}) {
			t.Errorf("%s is not told that a line is overdue: %+v", who, tasks)
		}
	}
	h.records("m01", "ledger close "+strconv.Itoa(line.No), "走访了")
	h.records("m01", "study add", `{"day":"2017-03-22","form":"集中","topic":"《准则》","hours":2,"attended":["m01","m02","m03","m04","m05","m06","m07","m08","m09","m10","m11","m12"]}`)
	h.records("m01", "report add", "")
	h.records("m01", "report submit", "")
	h.records("s1", "in b1 report receive", "")
	h.records("m01", "assess add", "")
	h.records("m01", "assess update", `{"indicators":[{"id":"a","self":55,"self_note":"缺一次"},{"id":"b","self":40,"evidence":"会议记录"}]}`)
	h.records("m01", "assess submit", "")
	h.records("s1", "in b1 assess update", `{"indicators":[{"id":"a","score":50,"why":"一次没有考勤"},{"id":"b","score":40}],"outcome":"教育","reason":"学习还要抓紧"}`)
	h.records("s1", "in b1 assess inspect", "")
	h.records("s1", "in b1 assess publish", "")
	h.records("m12", "assess show", "")
	h.records("m01", "assess file", "")
	for _, step := range []string{"plan", "study", "opinion", "selfcheck", "meeting", "ballot", "rating", "approval", "feedback", "ledger", "report", "assess"} {
		if got := h.step("b1", step); got != "done" {
			t.Errorf("%s is %s", step, got)
		}
	}

	// The archive lacks nothing but what nobody can have, and is closed.
	var list []struct{ Name, Level, Text string }
	h.asks("m01", "archive", "", &list)
	for _, l := range list {
		if l.Level == "red" {
			t.Errorf("the archive lacks %s: %s", l.Name, l.Text)
		}
	}
	h.asks("m01", "archive close", "", new(any))
	h.refuses("s1", "in b1 plan return --reason 再看看", "", "归档")
}
