package paper_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// wholeMeeting plays a meeting in which much happens: somebody is late,
// somebody ill with written material, an item is skipped, a vote is void and
// held again, the cap is passed with a reason.
func wholeMeeting(t meetingtest.TB) *play { return wholeMeetingOf(t, branch(9)) }

func wholeMeetingOf(t meetingtest.TB, people []meeting.Member) *play {
	h := founded(t, "seed-2017", append(people,
		meeting.Member{ID: "m90", Name: "党员90", Kind: meeting.Formal, NotCounted: "出国六个月以上"}), nil)
	h.arrive()
	h.talk()
	h.criticise()
	h.rateSelf()
	h.ballot()
	h.rate()
	h.end()
	return h
}

func (h *play) arrive() {
	h.Does(chair, meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
	h.Does(chair, meeting.Next{})
	for _, i := range []int{1, 2, 3, 4, 5, 9} {
		h.Does(id(i), meeting.SignIn{})
	}
	h.Does("g1", meeting.SignIn{})
	h.Does(chair, meeting.SignInFor{ID: "m08"})
	h.Does(chair, meeting.RecordAbsence{ID: "m06", Reason: "病假", Written: true})
	h.Does(chair, meeting.Next{})
}

func (h *play) talk() {
	h.Does("m02", meeting.TakeNote{Text: "奏国歌。党员01宣布会议议程。"})
	h.Does(chair, meeting.Next{})
	h.Does("m07", meeting.SignIn{})
	h.Does("m02", meeting.TakeNote{Text: "党员03领学《关于新形势下党内政治生活的若干准则》。\n结合支部实际谈体会。"})
	h.Does(chair, meeting.GiveFloor{ID: "m03"})
	h.Does(chair, meeting.YieldFloor{})
	h.Does(chair, meeting.Next{})
	h.Does(chair, meeting.Next{Reason: "上次会议没有遗留整改事项"})
	h.Does(chair, meeting.TakeNote{Text: "会前谈心谈话 36 人次，征求意见 12 条。"})
	h.Does(chair, meeting.Resolve{Text: "通过支部班子对照检查材料", Hands: meeting.Hands{Yes: 5, No: 0, Abstain: 1}})
	h.Does(chair, meeting.Next{})
	h.Does("m02", meeting.TakeNote{Text: "| 问题 | =1+1 | <b>学习不系统</b> | **不够深入**"})
	h.Does(chair, meeting.Next{})
}

func (h *play) criticise() {
	for i := range h.State().Participants() {
		h.Does(chair, meeting.Turn{})
		who := h.State().Subject
		switch who {
		case "m06":
			h.Does("m02", meeting.CriticiseSelf{From: who, Text: "理论学习抓得不紧，今后每周自学不少于两小时。"})
		case "m04": // only that it was said is known
		default:
			h.Does(who, meeting.CriticiseSelf{Text: fmt.Sprintf("我的问题：\n%d. 学习不够系统；\n- 联系服务对象不够主动。", i+1)})
		}
		h.Does(chair, meeting.Advance{})
		for _, critic := range h.State().Participants() {
			if critic == who || critic == "m06" || critic == "m09" {
				continue
			}
			if critic == "m05" && who == "m01" {
				h.Does(critic, meeting.AskFloor{})
				h.Does(chair, meeting.Advance{})
			} else if i%3 == 0 || critic == "m01" {
				h.Does(critic, meeting.Criticise{Of: who, Text: "抓落实的力度不够，希望经常到一线去。"})
			}
		}
		if who == "m02" {
			h.Does("m02", meeting.Criticise{From: "m05", Of: "m02", Text: "会议通知有时偏晚。"})
			h.Does("m02", meeting.TakeNote{Text: "党员05当面补充了具体事例。"})
		}
		h.Does(chair, meeting.Advance{})
		if who != "m06" {
			h.Does(who, meeting.Respond{Text: "诚恳接受，立行立改。"})
			h.Does(chair, meeting.Advance{})
		}
	}
	h.Does(chair, meeting.Next{})
	h.Does("m02", meeting.TakeNote{Text: "建立整改台账，责任到人。"})
	h.Does(chair, meeting.Next{})
}

func (h *play) rateSelf() {
	for _, i := range []int{1, 2, 3, 4, 5} {
		grade := meeting.Grade("合格")
		if i < 3 {
			grade = "优秀"
		}
		h.Does(id(i), meeting.RateSelf{Grade: grade})
	}
	h.Does("m02", meeting.RateSelf{ID: "m06", Grade: "合格"})
	h.Does(chair, meeting.Next{})
}

// ballot holds a vote that is void, and a good one in which everybody but m07
// votes: m01 to m03 are 优秀, the others 合格, m05 by some 基本合格.
func (h *play) ballot() {
	h.Sealed("m04", "m05")
	h.Opens()
	h.Votes("m01", meeting.Choices{})
	h.Does(chair, meeting.Void{Reason: "投影误显示了名单"})
	h.Sealed("m04", "m07")
	h.Opens()
	for i, who := range h.State().Electorate(meeting.MemberBox) {
		if who == "m07" {
			continue
		}
		c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{"m01": "优秀", "m02": "优秀", "m03": "优秀", "m04": "合格", "m05": "合格", "m06": "合格"}}
		if i < 3 {
			c.Grades["m05"] = "基本合格"
		}
		h.Votes(who, c)
	}
	h.Closes()
	h.Does(chair, meeting.Next{})
	h.Unsealed()
	h.Does(chair, meeting.Announce{})
	h.Does("m05", meeting.CheckReceipt{Receipt: h.State().Vote().Members().Returned.Of("m05").Receipt})
	h.Does(chair, meeting.Next{})
}

func (h *play) rate() {
	h.Does("m02", meeting.Rate{ID: "m01", Grade: "优秀"})
	h.Does("m02", meeting.Rate{ID: "m02", Grade: "优秀"})
	h.Does("m02", meeting.Rate{ID: "m03", Grade: "优秀"})
	h.Does("m02", meeting.Rate{ID: "m04", Grade: "优秀", Reason: "承担全部支部档案工作，群众公认"})
	for _, who := range []meeting.MemberID{"m05", "m06", "m07"} {
		h.Does("m02", meeting.Rate{ID: who, Grade: "合格"})
	}
	h.Does("m02", meeting.Rate{ID: "m90", Grade: "合格", Reason: "按书面思想汇报和日常表现"})
	h.Does("m02", meeting.Rate{ID: "m03", Grade: "合格", Reason: "本年度有一次缺席未请假"})
	h.Does("m03", meeting.Submit{})
	h.Does(chair, meeting.Next{})
}

func (h *play) end() {
	h.Does(chair, meeting.GiveFloor{ID: "g1"})
	h.Does(chair, meeting.YieldFloor{})
	h.Does("m02", meeting.TakeNote{Text: "列席01点评：准备充分，批评和自我批评动了真格。"})
	h.Does(chair, meeting.Next{})
	h.Does(chair, meeting.RecordAbsence{ID: "m05", Reason: "接学生家长"})
	h.Does(chair, meeting.Next{})
}

// steady replaces what is random in a paper: the box's fingerprint and the
// receipts, which stay in their order.
func (h *play) steady(text string) string {
	for _, v := range h.State().Votes {
		text = strings.ReplaceAll(text, v.Members().Election.Fingerprint(), fmt.Sprintf("指纹-%d", v.No))
		text = strings.ReplaceAll(text, v.Members().Election.Short(), fmt.Sprintf("短指纹-%d", v.No))
		for i, code := range v.Board() {
			text = regexp.MustCompile("'?"+regexp.QuoteMeta(code)).ReplaceAllLiteralString(text, fmt.Sprintf("回执-%02d", i+1))
		}
	}
	return text
}

// Wherever a paper names one of two people of one name, the number follows.
func TestTwoPeopleOfOneName(t *testing.T) {
	people := branch(9)
	people[2].Name, people[5].Name = "党员甲", "党员甲"
	files, err := filesOf(paper.All(wholeMeetingOf(t, people).State(), paper.Facts{}), readable...)
	if err != nil {
		t.Fatal(err)
	}
	numbered := regexp.MustCompile(`党员甲（m0[36]）`)
	for _, f := range files {
		text := string(f.Bytes)
		if named := strings.Count(text, "党员甲"); named < 2 && strings.HasPrefix(f.Name, "minutes") || len(numbered.FindAllString(text, -1)) != named {
			t.Errorf("%s: the name is there %d times, %d with a number:\n%s", f.Name, named, len(numbered.FindAllString(text, -1)), text)
		}
	}
}

// The papers of a whole meeting, letter by letter.
func TestPapersOfAWholeMeeting(t *testing.T) {
	h := wholeMeeting(t)
	files, err := filesOf(paper.All(h.State(), h.facts()), doc.Markdown, doc.JSON)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name, "register-") && !strings.HasPrefix(f.Name, "register-m04") {
			continue // one of them is enough
		}
		t.Run(f.Name, func(t *testing.T) { golden.RequireEqual(t, h.steady(string(f.Bytes))) })
	}
}

func markdownOf(t meetingtest.TB, d doc.Document) string {
	t.Helper()
	return render(t, d, doc.Markdown)
}

func mustHave(t testing.TB, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing in:\n%s", w, text)
		}
	}
}

func mustNotHave(t testing.TB, text string, unwanted ...string) {
	t.Helper()
	for _, w := range unwanted {
		if strings.Contains(text, w) {
			t.Errorf("%q stands in:\n%s", w, text)
		}
	}
}

// At every moment of a meeting there are the papers that there should be, and
// each can be written.
func TestPapersAtEveryMoment(t *testing.T) {
	whole := wholeMeeting(t)
	s := meeting.NewState()
	for _, c := range whole.State().Chronicle.Forward() {
		s = meeting.Apply(s, c.Event)
		got := map[string]string{}
		for _, p := range paper.All(s, whole.facts()) {
			got[p.Name] = p.Document.Heading()
			for _, bad := range baseless(p.Document) {
				t.Errorf("%s: ratio without base: %s", p.Name, bad)
			}
		}
		if _, ok := got["minutes"]; ok != (s.Phase != meeting.Before) {
			t.Fatalf("event %d, phase %s: papers %v", c.N, s.Phase, got)
		}
		if draft := strings.Contains(got["minutes"], "草稿"); draft != (s.Phase == meeting.Live) {
			t.Fatalf("event %d, phase %s: title %s", c.N, s.Phase, got["minutes"])
		}
		v := s.Vote()
		if _, ok := got["tally"]; ok != (v != nil && v.State == meeting.BoxCounted) {
			t.Fatalf("event %d: papers %v", c.N, got)
		}
	}
}

// Under every preset a whole meeting has its minutes, and nobody reads of a vote
// where there is none.
func TestMinutesUnderEveryPreset(t *testing.T) {
	for _, id := range preset.IDs() {
		rules := meetingtest.Rules(t, id)
		m := meetingtest.New(t, meetingtest.NewRoom())
		m.Whole(rules, "学习还不够深入")
		list := paper.All(m.State(), paper.Facts{})
		minutes := markdownOf(t, named(t, list, "minutes"))
		mustHave(t, minutes, rules.Title, "散会")
		for _, it := range rules.Agenda {
			mustHave(t, minutes, it.Title)
		}
		if !rules.OnAgenda(preset.Ballot) {
			mustNotHave(t, minutes, "测评", "计票", "监票人", "等次", "组织评定")
			if slices.ContainsFunc(list, func(p paper.Paper) bool { return p.Name == "tally" }) {
				t.Errorf("%s: a tally sheet without a vote", id)
			}
		}
	}
}

func TestNoPapersBeforeTheBranchIsFounded(t *testing.T) {
	if list := paper.All(meeting.NewState(), paper.Facts{}); len(list) != 0 {
		t.Errorf("papers %v", list)
	}
}

// A meeting without its quorum says so, and why it was held all the same.
func TestMeetingWithoutQuorum(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	h.Does(chair, meeting.Next{})
	h.Does(chair, meeting.SignIn{})
	h.Does(chair, meeting.RecordAbsence{ID: "m02", Reason: "公出"})
	h.Does(chair, meeting.Next{Reason: "上级同意先行学习。"})
	text := markdownOf(t, h.papers()["minutes"])
	mustHave(t, text,
		"应到正式党员 7 名，实到 1 名，缺席 6 名（党员02：公出；党员03：未说明原因，请补记；",
		"不符合规定人数（规定人数：应到正式党员的 1/2 以上）。",
		"到会人数不足，结束原因：上级同意先行学习。\n",
		"| 签到 | 完成 |",
		"- **记录人**：（请手填）")
	mustNotHave(t, text, "可以开会", "。。")
}

// Items that are taken out of order, left and taken again, or never come to,
// are all accounted for.
func TestItemsOutOfOrder(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	h.Does(chair, meeting.Next{})
	h.SignsIn("g1", "q1")
	h.Does(chair, meeting.Goto{No: 8})
	h.Does(chair, meeting.TakeNote{Text: "先议整改意见。"})
	h.Does(chair, meeting.Goto{No: 3})
	h.Does(chair, meeting.Goto{No: 8})
	text := markdownOf(t, h.papers()["minutes"])
	mustHave(t, text, "| 8 | 提出整改意见 | 进行中 |", "分 2 次进行", "| 7 | 批评与自我批评 | 未进行 |", "继续本议项。", "本议项未完成，转入其他议项。")
	if strings.Index(text, "（二）提出整改意见") > strings.Index(text, "（三）学习") {
		t.Error("items are not in the order in which they were taken")
	}
}

// What the meeting may hear of the result is what the rules announce, and the
// minutes have no more.
func TestMinutesAnnounceWhatTheRulesSay(t *testing.T) {
	for _, c := range []struct {
		announce   string
		want       []string
		unwanted   []string
		histograms bool
	}{
		{preset.AnnounceNone, []string{"测评结果由党组织掌握，不在会上公布。"}, []string{"公布的测评结果", "优秀票"}, false},
		{preset.AnnounceCounts, []string{"| 优秀 | 3 | 42.9% |", "| 合格 | 3 | 42.9% |", "| 最多票并列或全部弃权 | 1 | 14.3% |"}, []string{"优秀票"}, false},
		{preset.AnnounceExcellent, []string{"得票最多的等次是优秀、在上限 3 名（支部党员总数 9 名的 1/3）以内的党员：党员01、党员02、党员03。"}, []string{"优秀票"}, false},
		{preset.AnnounceFull, []string{"| 5 | 党员05 | 8 | 0 | 0.0% | 5 | 62.5% | 3 | 37.5% | 0 | 0.0% | 0 |"}, nil, true},
	} {
		t.Run(c.announce, func(t *testing.T) {
			h := counted(t, c.announce)
			text := markdownOf(t, h.papers()["minutes"])
			mustHave(t, text, c.want...)
			mustNotHave(t, text, c.unwanted...)
			if strings.Contains(text, "37.5%") != c.histograms {
				t.Errorf("announce %s:\n%s", c.announce, text)
			}
		})
	}
}

// Whom the cap has no room to tell apart is named as tied, not picked.
func TestTiedAtTheCap(t *testing.T) {
	h := closedBox(t, preset.AnnounceExcellent, 5)
	h.counts([][]int{{8, 0, 0, 0}, {8, 0, 0, 0}, {6, 2, 0, 0}, {6, 2, 0, 0}, {0, 8, 0, 0}, {0, 8, 0, 0}, {0, 8, 0, 0}})
	mustHave(t, markdownOf(t, h.papers()["minutes"]), "以内的党员：党员01、党员02。", "在上限处票数并列，由支委会研究：党员03、党员04。")
}

// Where the notice gives more than its share of the base, it is said why.
func TestACapAboveItsShareSaysWhy(t *testing.T) {
	for _, c := range []struct {
		cap                   preset.Cap
		heard, asked, settled string
	}{
		{preset.Cap{Num: 2, Den: 5, Round: "ceil"}, "在上限 4 名（支部党员总数 9 名的 2/5，向上取整）以内", "不超过 4 名（支部党员总数 9 名的 2/5，向上取整）", "2/5，向上取整为 4 名；"},
		{
			preset.Cap{Num: 1, Den: 20, Round: "nearest", Min: 1},
			"在上限 1 名（支部党员总数 9 名的 1/20，四舍五入，不足 1 名按 1 名计）以内",
			"不超过 1 名（支部党员总数 9 名的 1/20，四舍五入，不足 1 名按 1 名计）", "1/20，四舍五入为 0 名，不足 1 名按 1 名计；",
		},
		{preset.Cap{Num: 1, Den: 3, Round: "floor", Min: 1}, "1/3，不足 1 名按 1 名计）以内", "1/3，不足 1 名按 1 名计）", "1/3，向下取整为 3 名；"},
	} {
		h := founded(t, "seed-2017", branch(9), func(r *preset.Rules) {
			r.Cap, r.Announce = c.cap, preset.AnnounceExcellent
			r.Cap.Base = preset.BaseBranchTotal
		})
		h.votes("m09")
		h.counts([][]int{{8, 0, 0, 0}, {8, 0, 0, 0}, {6, 2, 0, 0}, {6, 2, 0, 0}, {0, 8, 0, 0}, {0, 8, 0, 0}, {0, 8, 0, 0}})
		h.GoTo(preset.Rating)
		h.Does("m02", meeting.Rate{ID: "m01", Grade: "优秀"})
		papers := h.papers()
		mustHave(t, markdownOf(t, papers["minutes"]), c.heard, c.settled)
		mustHave(t, markdownOf(t, papers["ratings"]), c.settled)
		mustHave(t, markdownOf(t, papers["script"]), c.asked)
	}
}

// Times are those of the branch's zone, whoever prints and wherever.
func TestTimesAreThoseOfTheBranch(t *testing.T) {
	machine := time.Local
	time.Local = time.FixedZone("UTC-12", -12*60*60)
	t.Cleanup(func() { time.Local = machine })
	h := founded(t, "seed-2017", branch(9), nil)
	h.Does(chair, meeting.Next{})
	mustHave(t, markdownOf(t, h.papers()["minutes"]), "2017年3月20日 14:01 至")
	s := *h.State()
	s.Branch.Zone = "-07:00"
	mustHave(t, markdownOf(t, named(t, paper.All(&s, h.facts()), "minutes")), "2017年3月19日 23:01 至")
}

// The count may end after midnight, or after the meeting.
func TestAnotherDayIsNamed(t *testing.T) {
	h := closedBox(t, preset.AnnounceNone, 5)
	h.room.Later(12 * time.Hour)
	h.counts(make([][]int, 7))
	mustHave(t, markdownOf(t, h.papers()["minutes"]), "| 2017年3月21日 02:", "| 计票完成。 |")
}

// Somebody was called by mistake and the call taken back: the minutes know of
// the speech that went on, and of nothing else.
func TestACallThatWasTakenBackIsNotInTheMinutes(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	h.arrive()
	h.Does(chair, meeting.GiveFloor{ID: "m03"}, meeting.GiveFloor{ID: "m04"})
	h.Does(chair, meeting.LastStep(h.State(), chair).Back)
	h.Does(chair, meeting.YieldFloor{})
	text := render(t, h.papers()["minutes"], doc.Markdown)
	if strings.Count(text, "党员03（纪检委员）发言，") != 1 || strings.Contains(text, "党员04发言") {
		t.Errorf("the minutes tell of\n%s", text)
	}
}

// 应到 leaves out who is ill and who has left, and only the first is one of the 党员总数.
func TestWhoHasLeftIsNoneOfTheMembersThatTheMinutesCount(t *testing.T) {
	people := branch(9)
	people[5].NotCounted, people[6].Standing = "长期患病", "已转出"
	h := founded(t, "seed-2017", people, nil)
	h.arrive()
	text := render(t, h.papers()["minutes"], doc.Markdown)
	for _, want := range []string{"**党员总数**：8 名", "**应到**：7 名", "**不计入应到**：2 名，其中 1 名已不在本支部，不在党员总数之内"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%.900s", want, text)
		}
	}
}

// A recess parts two sittings: the minutes give the day of each.
func TestARecessStandsInTheMinutesWithItsDays(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	h.arrive()
	h.Does(chair, meeting.BeginRecess{Until: "2099-01-01"})
	if text := render(t, h.papers()["minutes"], doc.Markdown); !strings.Contains(text, "（休会，定于 2099-01-01 续会）") {
		t.Errorf("in the recess:\n%s", text)
	}
	h.room.Later(7 * 24 * time.Hour)
	h.Does(chair, meeting.EndRecess{})
	text := render(t, h.papers()["minutes"], doc.Markdown)
	if !regexp.MustCompile(`2017年3月\d+日 \d\d:\d\d 至 \d\d:\d\d；2017年3月\d+日 \d\d:\d\d 至 （尚未散会）`).MatchString(text) ||
		!strings.Contains(text, "休会，定于 2099-01-01 续会。") || !strings.Contains(text, "日续会，在场党员 7 名。") {
		t.Errorf("after it:\n%s", text)
	}
}

// The place stands at the head, a note stands under the item it is about, and a
// correction below what it corrects.
func TestANoteStandsUnderItsItemWithItsCorrection(t *testing.T) {
	h := founded(t, "seed-2017", branch(9), nil)
	h.arrive()
	h.Does(chair, meeting.Next{}, meeting.Next{}, meeting.NotePlace{Place: "行政楼 205 室"})
	h.Does("m02", meeting.TakeNote{Text: "奏国歌。", Item: 2}, meeting.TakeNote{Text: "没有奏国歌。", Corrects: 1})
	text := render(t, h.papers()["minutes"], doc.Markdown)
	if !strings.Contains(text, "行政楼 205 室") {
		t.Errorf("no place in\n%s", text)
	}
	opening, note, correction, study := strings.Index(text, "开场（"), strings.Index(text, "奏国歌。"), strings.Index(text, "更正（"), strings.Index(text, "学习（")
	if opening < 0 || !(opening < note && note < correction && correction < study) || strings.Count(text, "没有奏国歌。") != 1 {
		t.Errorf("at %d, %d, %d, %d in\n%s", opening, note, correction, study, text)
	}
}
