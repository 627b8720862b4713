package paper_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// above is somebody of the organisation above the branch.
const above meeting.MemberID = "org/s1"

// workAfter is a whole meeting with all the work after it: m04's 优秀 is amended by
// the superior, m05 is 基本合格. own is what m03 writes for few readers.
func workAfter(t meetingtest.TB, own string) *play {
	h := founded(t, "seed-2017", branch(9), nil)
	h.Does("m03", meetingtest.Writes("conduct", 5, "note", own+"备注", "facts", `[{"item":"志愿服务","value":"3 次"}]`),
		meetingtest.Writes("study", 0, "day", "2017-03-14", "form", "集中", "topic", "《准则》", "hours", "1.5", "attended", `["m03","m05"]`, "points", own+"要点"))
	h.arrive()
	h.talk()
	h.criticise()
	h.rateSelf()
	h.ballot()
	for i, r := range []meeting.Rate{
		{Grade: "优秀"}, {Grade: "优秀"}, {Grade: "优秀"}, {Grade: "优秀", Reason: "承担全部支部档案工作"}, {Grade: "基本合格", Reason: "多次不参加组织生活"}, {Grade: "合格"}, {Grade: "合格"},
	} {
		r.ID = id(i + 1)
		h.Does("m02", r)
	}
	h.Does("m02", meeting.Submit{})
	h.Ends()
	h.registers(own)
	h.Does(chair, meeting.Submit{})
	h.Does(above, meeting.DecideBundle{IDs: []meeting.MemberID{"m04"}, Decision: meeting.LineAmended, Grade: "合格", Reason: "超出上限，理由不充分"},
		meeting.DecideBundle{Decision: meeting.LineApproved})
	for i := 1; i <= 9; i++ {
		h.Does("m02", meeting.GiveFeedback{ID: id(i)})
	}
	h.Does("m03", meeting.Acknowledge{Text: own + "意见"})
	h.Does("m04", meeting.Acknowledge{})
	h.keeps(own)
	return h
}

// registers hands in everybody's form but m09's.
func (h *play) registers(own string) {
	for i := 1; i <= 8; i++ {
		summary := "本人在思想上、学习上、工作上都有进步，也有不足。"
		if i == 3 {
			summary = own + "小结"
		}
		h.Does(id(i), meetingtest.Writes("register", 0, "summary", strings.Repeat(summary, 12), "former_name", "无", "work_since", "2003-07", "education", "研究生", "post", "讲师"),
			meetingtest.Moves("register", 0, "submit", ""))
	}
}

// keeps writes what the branch keeps after its meeting.
func (h *play) keeps(own string) {
	for i, problem := range []string{"理论学习不够系统", "联系服务群众不够主动", "抓落实的力度不够", "会议偏多"} {
		who, due := id(3+i), "2017-06-30"
		h.Does(chair, meetingtest.Writes("ledger", 0, "level", "个人", "member", string(who), "problem", problem, "source", "互评", "measure", "每周自学不少于两小时", "goal", "学懂弄通", "helper", "党员02", "due", due))
		h.Does(who, meetingtest.Writes("ledger", i+1, "progress", "进行中"))
	}
	h.Does(chair, meetingtest.Writes("ledger", 0, "problem", "组织生活形式单一", "source", "自查", "due", meeting.DueAlways), meetingtest.Moves("ledger", 1, "close", "已经做到"))
	h.Does(chair, meetingtest.Writes("disposal", 0, "member", "m05", "facts", own+"事实", "helper", "党员02", "plan", `[{"what":"每月谈话一次","until":"2017-12-31"}]`,
		"basis", "党章和党内有关规定", "relation_checked", "true", "relation_note", "组织关系在本支部"), meetingtest.Moves("disposal", 1, "submit", ""))
	h.Does(above, meetingtest.Moves("disposal", 1, "approve", ""))
	h.Does(chair, meetingtest.Writes("publicity", 0, "what", "会议情况通报", "from", "2017-03-24", "to", "2017-03-28", "where", "行政楼公告栏",
		"objections", `[{"day":"2017-03-25","matter":"对考勤有疑问","handled":"已核对签到表"}]`), meetingtest.Moves("publicity", 1, "post", ""))
	h.Does(chair, meeting.WriteRecord{Form: "report", Values: h.State().Draft(chair, "report")}, meetingtest.Moves("report", 0, "submit", ""))
	h.assess()
}

// assess has the secretary check themself and the superior score them.
func (h *play) assess() {
	var self, scored []map[string]string
	for _, one := range h.State().Rules.Indicators {
		self = append(self, map[string]string{"id": one.ID, "self": fmt.Sprint(one.Points), "self_note": "已做到", "evidence": "记录本"})
		scored = append(scored, map[string]string{"id": one.ID, "score": fmt.Sprint(one.Points - 1), "why": "记录不全"})
	}
	h.Does(chair, meetingtest.Writes("assess", 0, "indicators", meeting.RowsValue(self)), meetingtest.Moves("assess", 0, "submit", ""))
	h.Does(above, meetingtest.Writes("assess", 0, "indicators", meeting.RowsValue(scored), "outcome", "表扬", "reason", "工作扎实"), meetingtest.Moves("assess", 0, "inspect", ""),
		meetingtest.Moves("assess", 0, "publish", ""))
}

// The papers of the work after a meeting, letter by letter, as the console has
// them, and m03's own.
func TestPapersOfTheWorkAfter(t *testing.T) {
	h := workAfter(t, "只给少数人的")
	list := slices.DeleteFunc(paper.All(h.State(), h.facts()), func(p paper.Paper) bool {
		before := slices.Contains([]string{"talk-matrix", "sign-in", "script", "minutes", "criticisms", "ballot-paper", "written-m06"}, p.Name)
		return before || strings.HasPrefix(p.Name, "register-") && p.Name != "register-m05"
	})
	for _, p := range paper.For(h.State(), "m03", h.facts()) {
		if strings.HasSuffix(p.Name, "-m03") {
			list = append(list, p)
		}
	}
	for _, p := range list {
		for _, f := range []doc.Format{doc.Markdown, doc.JSON} {
			t.Run(p.Name+"."+string(f), func(t *testing.T) { golden.RequireEqual(t, h.steady(render(t, p.Document, f))) })
		}
	}
}

// What few may read stands in no folder, and in the papers of its readers.
func TestNothingPrivateIsInAFolder(t *testing.T) {
	h := workAfter(t, "金丝雀")
	all := paper.All(h.State(), h.facts())
	for _, p := range all {
		if text := render(t, p.Document, doc.JSON); strings.Contains(text, "金丝雀") && p.Name != "register-m03" { // 本人意见 stands on the form
			t.Errorf("%s: %s", p.Name, text)
		}
	}
	if text := render(t, named(t, all, "register-m03"), doc.JSON); strings.Contains(text, "金丝雀小结") || !strings.Contains(text, "金丝雀意见") {
		t.Errorf("register-m03: %s", text)
	}
	for who, want := range map[meeting.MemberID]map[string]string{
		"m03": {"register-m03": "金丝雀小结", "feedback-m03": "金丝雀意见", "conduct": "金丝雀备注", "disposals": "金丝雀事实", "ratings": "学习次数"},
		chair: {"register-m03": "金丝雀小结", "disposals": "金丝雀事实", "conduct": "金丝雀备注"},
		above: {"register-m03": "金丝雀小结", "disposals": "金丝雀事实", "ratings": "党员03"},
	} {
		list := paper.For(h.State(), who, h.facts())
		for name, text := range want {
			if got := render(t, named(t, list, name), doc.JSON); !strings.Contains(got, text) {
				t.Errorf("%s of %s has not %s", name, who, text)
			}
		}
	}
	if text := render(t, named(t, paper.For(h.State(), above, h.facts()), "ratings"), doc.JSON); strings.Contains(text, "学习次数") {
		t.Errorf("the superior reads daily conduct: %s", text)
	}
	if private := paper.Private(h.State(), h.facts()); !strings.Contains(render(t, named(t, private, "feedback-m03"), doc.JSON), "金丝雀意见") {
		t.Error("what is private is not among the private papers")
	}
}

// Who may have which of the papers after the meeting: the console and the
// committee, the superior, the recorder, a member, somebody of no party.
func TestWhoMayHaveThePapersOfTheWorkAfter(t *testing.T) {
	h := workAfter(t, "自己的话")
	h.room.Happens(chair, meeting.Named{ID: "m07", Seat: meeting.SeatRecorder})
	for _, c := range []struct {
		who  meeting.MemberID
		want string
	}{
		{chair, "study talk-matrix sign-in script minutes criticisms ballot-paper tally summary ratings request registers report feedbacks excellent disposals conduct publicity ledger assessment index feedback-m01 written-m06"},
		{"m03", "study sign-in script minutes criticisms ballot-paper tally summary ratings request registers report feedbacks excellent disposals conduct publicity ledger assessment index feedback-m03 written-m06"},
		{above, "study summary ratings request report excellent disposals publicity ledger assessment"},
		{"m07", "study sign-in script minutes criticisms ballot-paper report publicity ledger assessment index feedback-m07 written-m06"},
		{"m06", "study criticisms report publicity ledger assessment feedback-m06 written-m06"},
		{"q1", ""},
		{"m77", ""},
	} {
		var names []string
		registers := 0
		for _, p := range paper.For(h.State(), c.who, h.facts()) {
			if strings.HasPrefix(p.Name, "register-") {
				registers++
				continue
			}
			names = append(names, p.Name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s has\n%s, want\n%s", c.who, got, c.want)
		}
		if want := map[meeting.MemberID]int{chair: 9, "m03": 9, above: 8, "m07": 1, "m06": 1}[c.who]; registers != want {
			t.Errorf("%s has %d register forms, want %d", c.who, registers, want)
		}
	}
}

// Each paper is a draft until its fact is final.
func TestPapersAreDraftsUntilTheirFactIsFinal(t *testing.T) {
	h := workAfter(t, "自己的话")
	drafts := map[string]bool{}
	for _, p := range paper.All(h.State(), h.facts()) {
		drafts[p.Name] = p.Draft
	}
	for name, want := range map[string]bool{
		"tally": false, "summary": false, "ratings": false, "request": false, "report": false, "excellent": false, "disposals": false, "assessment": false,
		"registers": true, "feedbacks": true, "publicity": true, "index": true, "register-m04": false, "register-m06": true,
	} {
		if drafts[name] != want {
			t.Errorf("%s: draft %v", name, drafts[name])
		}
	}
}

// A figure that stands in several papers is the same in all of them: ballots,
// grades, people.
func TestPapersHaveTheSameFigures(t *testing.T) {
	h := workAfter(t, "自己的话")
	papers := h.papers()
	for _, name := range []string{"request", "report"} {
		mustHave(t, markdownOf(t, papers[name]), "应到党员9名，实到8名", "发出票8张，收回7张，有效7张")
	}
	for _, name := range []string{"request", "ratings"} { // what the branch says
		mustHave(t, markdownOf(t, papers[name]), "| 优秀 | 4 | 57.1% |\n", "| 合格 | 2 | 28.6% |\n", "已评定优秀 4 名")
	}
	mustHave(t, markdownOf(t, papers["summary"]), "| 优秀 | 4 | 57.1% | 3 | 42.9% |", "| 合格 | 2 | 28.6% | 3 | 42.9% |", "已评定优秀 4 名")
	mustHave(t, markdownOf(t, papers["report"]), "优秀3名，合格3名，基本合格1名", "| 优秀 | 3 | 42.9% |")
	mustHave(t, markdownOf(t, papers["excellent"]), "已评定优秀 3 名")
	mustHave(t, markdownOf(t, papers["summary"]), "- **发出**：8", "- **收回**：7", "| 优秀 | 合格 | 评定时超出优秀上限")
	mustHave(t, markdownOf(t, papers["request"]), "调整 | 合格 | 超出上限，理由不充分")
}

// Whoever wrote 本人意见 may have agreed: the list says that there is one, and not
// that they object.
func TestTheListOfFeedbacksDoesNotCallAnAnswerAnObjection(t *testing.T) {
	list := markdownOf(t, workAfter(t, "同意").papers()["feedbacks"])
	mustHave(t, list, "| 已填写 |", "| 无意见 |")
	if strings.Contains(list, "有意见") {
		t.Errorf("m03 agreed: %s", list)
	}
}

// The report names as 上级到会指导 only the guides who came: not 群众, and not the
// guide who was assigned and stayed away.
func TestTheReportNamesTheGuidesWhoCame(t *testing.T) {
	h := founded(t, "seed-2017", members(9).Mass(1), nil)
	h.Does(above, meeting.AssignGuide{Guide: meeting.Superior{ID: "s2", Name: "上级02"}})
	h.Does(chair, meeting.Next{})
	for _, who := range []meeting.MemberID{"m01", "m02", "m03", "m04", "m05", "q1"} {
		h.Does(who, meeting.SignIn{})
	}
	h.Does(chair, meeting.Next{})
	h.Ends()
	h.Does(chair, meeting.WriteRecord{Form: "report", Values: h.State().Draft(chair, "report")})
	mustHave(t, markdownOf(t, h.papers()["minutes"]), "- **列席**：群众01（群众代表）")
	mustHave(t, markdownOf(t, h.papers()["report"]), "上级到会指导：＿＿＿＿＿＿。")
}

// Where the secretary is away, the whole report says who ran the meeting instead.
func TestTheReportSaysWhoRanTheMeeting(t *testing.T) {
	h := founded(t, "seed-2017", members(9), nil)
	h.Does(chair, meeting.Name{ID: "m02", Seat: meeting.SeatConsole})
	h.Does("m02", meeting.Next{})
	for _, who := range []meeting.MemberID{"m02", "m03", "m04", "m05", "m06"} {
		h.Does(who, meeting.SignIn{})
	}
	h.Does("m02", meeting.Next{})
	for h.State().Phase != meeting.After {
		h.Does("m02", meeting.Next{Reason: "党员01出差"})
	}
	h.Does("m02", meeting.WriteRecord{Form: "report", Values: h.State().Draft("m02", "report")})
	report := markdownOf(t, h.papers()["report"])
	mustHave(t, report, "由党员02（组织委员）主持", "由党员02主持")
	if strings.Contains(report, "由党员01") {
		t.Errorf("the secretary was not there: %s", report)
	}
}

// Whatever the ballots and the grades are, every paper has the log's counts and no
// others, and says how many members have which grade as the log does.
func TestCountsInEveryPaperAreTheLogs(t *testing.T) {
	h := closedBox(t, preset.AnnounceFull, 5)
	rapid.Check(t, func(t *rapid.T) {
		twin := h.other(anySums(7, 8).Draw(t, "sums"))
		twin.GoTo(preset.Rating)
		for _, who := range twin.State().ToGrade() {
			g := rapid.SampledFrom(twin.State().Rules.Grades).Draw(t, "grade")
			twin.Does("m02", meeting.Rate{ID: who, Grade: meeting.Grade(g), Reason: "研究过"})
		}
		s, papers := twin.State(), twin.papers()
		for _, c := range []struct {
			name        string
			first, step int // the first grade's column, and how many a grade has
		}{{"tally", 4, 2}, {"summary", 4, 2}, {"ratings", 4, 1}} {
			for i, row := range rowsOf(t, papers[c.name])[:7] {
				h, _ := s.Histogram(id(i + 1))
				for g, n := range append(slices.Clone(h.Counts), h.Abstain) {
					if got := row[c.first+g*c.step]; got != doc.Cell(doc.Number(n)) {
						t.Fatalf("%s, row %d: %v of grade %d, want %d", c.name, i+1, got, g, n)
					}
				}
			}
		}
		count := map[meeting.Grade]int{}
		for _, r := range s.Ratings.All() {
			count[r.Grade]++
		}
		for _, name := range []string{"minutes", "summary", "ratings"} {
			text := render(t, papers[name], doc.Markdown)
			for _, g := range s.Rules.Grades {
				if want := fmt.Sprintf("| %s | %d | %s |", g, count[meeting.Grade(g)], doc.Ratio{Count: count[meeting.Grade(g)], Base: 7}); !strings.Contains(text, want) {
					t.Fatalf("%s: no %s in\n%s", name, want, text)
				}
			}
		}
	})
}

// rowsOf are the rows of the first table with a row for each member.
func rowsOf(t *rapid.T, d doc.Document) [][]doc.Cell {
	for _, b := range d.Blocks {
		if table, is := b.(doc.Table); is && len(table.Rows) == 9 {
			return table.Rows
		}
	}
	t.Fatal("no table of the members")
	return nil
}

// Whatever people type and however many they are, every paper can be written in
// every format.
func TestPapersOfHostileTexts(t *testing.T) {
	for _, text := range []string{"=1+1", "+cmd|' /C calc'!A0", "-2", "@x", "𠮷野䶮㛃𬀩", "</w:t>&#x0;]]>", strings.Repeat("长", 199)} {
		h := workAfter(t, text)
		for _, who := range []meeting.MemberID{"", "m03", above} {
			list := paper.All(h.State(), h.facts())
			if who != "" {
				list = paper.For(h.State(), who, h.facts())
			}
			files, err := filesOf(list)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				switch {
				case strings.HasSuffix(f.Name, ".docx"):
					wholeWord(t, f)
				case strings.HasSuffix(f.Name, ".json") && !json.Valid(f.Bytes):
					t.Errorf("%s is no JSON", f.Name)
				}
			}
		}
	}
}

// Sixty people with long texts have their papers too, none left out.
func TestPapersOfSixtyPeople(t *testing.T) {
	h := founded(t, "seed-2017", members(60), nil)
	h.Does(chair, meeting.Next{})
	h.SignsIn()
	h.GoTo(preset.Rating)
	h.Rates("合格")
	h.Does(chair, meeting.Submit{})
	h.Ends()
	for i := 1; i <= 60; i++ {
		h.Does(id(i), meetingtest.Writes("register", 0, "summary", strings.Repeat("长", 5000)), meetingtest.Moves("register", 0, "submit", ""))
	}
	h.Does(chair, meetingtest.Writes("ledger", 0, "problem", strings.Repeat("长", 5000), "due", meeting.DueNow))
	list := paper.For(h.State(), chair, h.facts())
	if _, err := filesOf(list); err != nil {
		t.Fatal(err)
	}
	for name, rows := range map[string]int{"summary": 60, "ratings": 60, "registers": 60, "request": 58} {
		found := false
		for _, b := range named(t, list, name).Blocks {
			table, is := b.(doc.Table)
			found = found || is && len(table.Rows) == rows
		}
		if !found {
			t.Errorf("%s has not %d rows", name, rows)
		}
	}
	if text := render(t, named(t, list, "register-m60"), doc.Markdown); !strings.Contains(text, strings.Repeat("长", 5000)) {
		t.Error("a long text is cut")
	}
}

// wholeWord checks that every part of a file for Word is well-formed.
func wholeWord(t *testing.T, f file) {
	t.Helper()
	opened(t, f.Bytes)
}
