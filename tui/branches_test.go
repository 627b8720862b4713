package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// organisation is the room of a superior over the branch of a play and others
// that only stand beside it.
type organisation struct {
	*meetingtest.Room
	who    meeting.Superior
	beside []*meeting.State
	open   bool
}

func (o *organisation) State() *meeting.State {
	s := meeting.NewState()
	s.Branch = meeting.Branch{ID: "org", Name: "某党总支"}
	if o.open {
		s = o.Room.State()
	}
	return s.Knowing(&o.who)
}

func (o *organisation) Branches() []*meeting.State {
	return append([]*meeting.State{o.Room.State()}, o.beside...)
}

func (o *organisation) Dates(*meeting.State) Dates { return untils{} }

// untils are the dates of an organisation.
type untils struct{}

func (untils) Due(step meeting.StepName) string {
	return map[meeting.StepName]string{
		meeting.StepPlan: "2017-03-16", meeting.StepTalk: "2017-03-16", meeting.StepMeeting: "2017-03-23", meeting.StepFeedback: "2017-12-31",
	}[step]
}

func (o *organisation) People() []meeting.Superior {
	return []meeting.Superior{o.who, {ID: "s2", Name: "上级s2", Post: "组织员"}}
}

func (o *organisation) Enter(id string) { o.open = id == o.Room.State().Branch.ID }

// superior is the terminal of somebody of the organisation over the branch of a
// play, with n branches beside it.
func (p *play) superior(n int) *seat {
	p.t.Helper()
	o := &organisation{Room: p.room, who: meeting.Superior{ID: "s1", Name: "上级s1", Post: "党总支书记"}}
	for i := range n {
		other := *newRoom(p.t, "seed-2017", branchOf(5)).State()
		other.Branch.ID, other.Branch.Name = fmt.Sprintf("b%d", i+2), fmt.Sprintf("第%d党支部", i+2)
		o.beside = append(o.beside, &other)
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	who := meeting.SuperiorID("s1")
	s := &seat{play: p, who: who, app: New(Config{
		Room: o, Who: who, Above: o, Ctx: over, Drafts: p.drafts, Width: p.width, Height: p.height, Env: p.env, Fingerprints: []string{"SHA256:x"},
	})}
	p.seats[who] = s
	s.run(s.app.Init())
	return s
}

// planned is a play whose branch has handed its plan in.
func planned(t testing.TB, width, height int) *play {
	t.Helper()
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = width, height
	p.Does("m03", meetingtest.Writes("plan", 0, "title", "工作方案", "from", "2017-03-18", "to", "2017-03-23", "before", "学习", "during", "评议", "after", "整改"),
		meetingtest.Moves("plan", 1, "submit", ""))
	return p
}

// All branches are a table, a row each; a sign says what colour says. On a phone,
// and read aloud, they are words.
func TestTheSuperiorsTableOfAllBranches(t *testing.T) {
	for _, c := range []struct {
		width, height int
		sees          []string
	}{
		{120, 40, []string{"某党总支", "等你决定 1 项", "方案", "考核", "*第一党支部", "!03-16", " 03-23", " 12-31", "! 逾期"}},
		{80, 24, []string{"*第一 ", "!3.16", "3.23", "1231", "! 逾期", "第一党支部  等你决定：方案；逾期：方案 03-16"}},
		{40, 20, []string{"第一党支部", "等你决定：方案；逾期：", "会议 03-23"}},
		{40, 8, []string{"某党总支", "等你决定：方案"}},
	} {
		planned(t, c.width, c.height).superior(2).sees(c.sees...)
	}
	english := planned(t, 80, 24)
	english.superior(2).press("L").sees("*第一 ", "第2 ", "第3 ")
	told := planned(t, 80, 24)
	told.width, told.height = plainWidth, plainHeight
	told.superior(1).sees("逾期：方案 03-16", "没有定日期：学习").seesNo("!03-16")
}

// In a narrow table branches whose names begin alike are told apart.
func TestNamesThatBeginAlikeAreToldApart(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"教工第一", "教工第十", "教工第十一", "教工第十二", "教工第一（退休）", "学生第十一", "第一", "", "A"} {
		short := ends(name, tightBranchColumn-1)
		if was, twice := seen[short]; twice || draw.Cells(short) >= tightBranchColumn {
			t.Errorf("%s and %s are both %q", name, was, short)
		}
		seen[short] = name
	}
	if got := ends("教工第十一", tightBranchColumn-1); got != "教..十一" {
		t.Error(got)
	}
}

// A branch has grades of its own, another has the first one's name: the figures of
// all branches have every grade, and say whose they are.
func TestTheFiguresOfAllBranchesHaveEveryGrade(t *testing.T) {
	p := planned(t, 80, 60)
	s := p.superior(1)
	other := s.app.Above.(*organisation).beside[0]
	rules := *other.Rules
	rules.Grades = []string{"优秀", "合格", "有差距"}
	other.Rules, other.Branch.Name = &rules, "第一党支部"
	s.chooses("汇总").sees("第一党支部（b1）", "第一党支部（b2）", "有差距 0")
}

// Enter opens a branch with what waits first; it is returned with a reason, and
// Esc goes back to all branches.
func TestTheSuperiorOpensABranchAndDecides(t *testing.T) {
	p := planned(t, 80, 24)
	s := p.superior(1)
	s.press("enter").sees("等你决定：方案", "谁在什么时候做了什么", "指派指导领导").press("1", "enter").sees("工作方案", "退回")
	s.chooses("退回").types("缺少日期").press("enter").sees("退回？").press("1").press("esc")
	if r := p.State().Records("m03", "plan")[0]; r.State != meeting.Returned || r.History[len(r.History)-1].By != "org/s1" {
		t.Errorf("%+v", r)
	}
	s.sees("没有等你决定的").press("b").sees("各支部", "没有等你决定的")
	p.as("m03").sees("第一党支部")
}

// After the meeting the grades go up, come back, are changed and go up again, on
// the screens of both.
func TestTheGradesGoUpAndComeBack(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.height = 60
	p.Sits(preset.Rating)
	p.Rates("合格")
	p.Does("m03", meeting.Submit{})
	p.Ends()
	chair := p.as("m03").press("tab")
	chair.chooses("等次送审").sees("还没有送上级审定").chooses("送上级审定").sees("送上级审定？").press("1").sees("第 1 稿已送上级审定")
	s := p.superior(0)
	s.sees("等你决定 1 项").press("enter").sees("等你决定：等次送审").press("1", "enter").sees("全部同意", "等上级决定")
	s.chooses("党员02").chooses("退回").types("走访少").press("enter").sees("走访少").press("1").sees("已经记下", "1 名被退回")
	chair.sees("已退回：走访少").chooses("党员02").chooses("基本合格").press("enter").sees("等次已改").chooses("送上级审定").press("1").sees("第 2 稿")
	s.chooses("全部同意").press("1").sees("已经记下", "第 2 稿")
	if b, _ := p.State().Bundle(); b.State() != meeting.Approved || b.Version != 2 {
		t.Errorf("%+v", b)
	}
}

// Of a line whose member knows the result the superior is told so before they give a
// reason, and what is about all says about whom it is not.
func TestWhatAMemberWasToldIsNotOfferedForReturn(t *testing.T) {
	p := newPlay(t, "regulation-2018", 8)
	p.height = 60
	p.Sits(preset.Rating)
	p.Rates("合格")
	p.Does("m03", meeting.Submit{})
	p.Ends()
	p.Does("m03", meeting.Submit{}, meeting.GiveFeedback{ID: "m02"})
	s := p.superior(0)
	s.press("enter").press("1", "enter").chooses("党员02").press("2").sees("党员02 已经知道结果").seesNo("写明理由").press("4").sees("党员02 已经知道结果").press("esc")
	s.chooses("党员03").press("4").sees("党员03 现在就是合格").press("esc")
	s.chooses("全部退回").types("再议").press("enter").sees("退回 7 名党员的等次？", "党员02 已经知道结果").press("1").sees("已经记下", "7 名被退回", "1 名在等决定").seesNo("全部退回")
}

// sentUp is a branch whose grades wait for the superior.
func sentUp(t *testing.T) *play {
	t.Helper()
	p := newPlay(t, "seed-2017", 8)
	p.height = 60
	p.Sits(preset.Rating)
	p.Rates("合格")
	p.Does("m03", meeting.Submit{})
	p.Ends()
	p.Does("m03", meeting.Submit{})
	return p
}

// What the branch is changing is told to the superior before they give a reason, too.
func TestWhatTheBranchIsChangingIsNotOfferedForADecision(t *testing.T) {
	p := sentUp(t)
	p.Does("org/s1", meeting.DecideBundle{IDs: []meeting.MemberID{"m02"}, Decision: meeting.LineSentBack, Reason: "走访少"})
	p.Does("m03", meeting.Rate{ID: "m02", Grade: "基本合格", Reason: "照办"})
	s := p.superior(0)
	s.press("enter").press("1", "enter").chooses("全部退回").types("再议").press("enter").sees("退回 7 名党员的等次？").press("esc").press("esc")
	s.press("1").sees("支部后来又改动了：党员02").seesNo("同意 8 名")
	s.chooses("党员02").press("2").sees("支部后来又改动了：党员02").seesNo("写明理由")
}

// Two superiors look at the same line: who decides second is told what the first has
// decided, and on the page as it is now they may decide anew.
func TestTwoSuperiorsDoNotDecidePastEachOther(t *testing.T) {
	p := sentUp(t)
	s := p.superior(0)
	s.press("enter").press("1", "enter").chooses("党员02").chooses("同意").sees("同意 党员02 的等次？")
	p.Does("org/s2", meeting.DecideBundle{IDs: []meeting.MemberID{"m02"}, Decision: meeting.LineSentBack, Reason: "走访少"})
	s.press("1").sees("上级s2 已经退回，理由：走访少", "没有登记表，已退回：走访少").seesNo("已经记下")
	s.chooses("同意").press("1").sees("已经记下")
}

// chooses takes the choice that begins with a label, wherever it stands.
func (s *seat) chooses(label string) *seat {
	s.t.Helper()
	for _, c := range allOptions(s.app.seen()) {
		if strings.HasPrefix(strings.ReplaceAll(c.label, draw.Joiner, ""), label) {
			s.room.Later(grace)
			s.run(c.do(s.app))
			s.app.render()
			s.settle()
			return s
		}
	}
	s.t.Fatalf("no choice %q:\n%s", label, s.screen())
	return s
}

// The audit says who did what and when, to the console as to the superior, and
// nothing that somebody wrote, chose or types to come in.
func TestTheAuditHasNoTextsAndNoChoices(t *testing.T) {
	p := momentOf(t, "told")
	p.Does(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m06": "0f", "m07": "1f"}}, meeting.RevokeCodes{IDs: []meeting.MemberID{"m07"}})
	s := p.room.State()
	list := Chinese().Audit(s)
	var all strings.Builder
	for _, d := range list {
		all.WriteString(d.Name + " " + d.Text + "\n")
	}
	if len(list) < 50 || !strings.Contains(all.String(), "只宣布了收发票数") || !strings.Contains(all.String(), "停用了入会码：党员07") || !strings.Contains(all.String(), "发放了 2 个入会码") {
		t.Fatalf("%d lines: %s", len(list), all.String())
	}
	hidden := slices.Clone(s.Rules.Grades)
	for _, m := range s.Roster {
		hidden = append(hidden, s.Codes.Of(m.ID))
		r, _ := s.Round(m.ID)
		for _, words := range slices.Concat(r.Own, r.Criticisms, r.Responses) {
			hidden = append(hidden, words.Text)
		}
		texts, _ := s.CommentsOn(m.ID, m.ID)
		hidden = append(hidden, texts...)
	}
	for _, n := range s.Notes {
		hidden = append(hidden, n.Text)
	}
	for _, text := range hidden {
		if text != "" && strings.Contains(all.String(), text) {
			t.Errorf("the audit has %q", text)
		}
	}
	p.as("m03").opens("m @audit").sees("谁在什么时候做了什么", list[len(list)-1].Text)
}

// English counts one of what it counts as it counts many.
func TestEnglishCountsOne(t *testing.T) {
	w := English()
	for _, said := range []string{
		w.Branches.Waiting.of(1), w.Bundle.AskApproveAll.of(1), w.Bundle.AskReturnAll.of(1), w.Bundle.Waiting.of(1), w.Bundle.OpenReturned.of(1),
		w.Step.WaitCount.of(1, "党员01"), w.Happening.RatingDone.of(1), w.Explain(&meeting.Refusal{Code: meeting.VotersMissing, Args: []string{"1", "7", "5"}}),
		w.Step.MassNeverOpened.of(1, 5), w.Code.DidIssue.of(1),
		w.Explain(&meeting.Refusal{Code: meeting.FilesUnused, Args: []string{"1"}}),
		w.Explain(&meeting.Refusal{Code: meeting.SelfMissing, Args: []string{"考勤", "1"}}),
		w.Explain(&meeting.Refusal{Code: meeting.ScoreMissing, Args: []string{"考勤", "1"}}),
		w.Explain(&meeting.Refusal{Code: meeting.StandsChange, Args: []string{"1", "党员01", "类别", "预备", "正式"}}),
		w.Explain(&meeting.Refusal{Code: meeting.TooFewSlips, Args: []string{"1", "5"}}),
	} {
		for _, many := range []string{"1 members", "1 people", "1 wait ", "1 were", "1 have", "1 files", "1 indicators", "1 changes", "1 paper slips", "1 mass ballots", "1 join codes"} {
			if strings.Contains(said, many) {
				t.Errorf("English says %q", said)
			}
		}
	}
}
