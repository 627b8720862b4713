package meeting_test

import (
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// summed is the command to write one's register form.
func summed(fields ...string) meeting.WriteRecord {
	return meetingtest.Writes("register", 0, fields...)
}

var submitsForm = meetingtest.Moves("register", 0, "submit", "")

// registerOf is somebody's register form as who reads it.
func registerOf(s *meeting.State, who, of meeting.MemberID) (meeting.Record, bool) {
	list := s.Records(who, "register")
	i := slices.IndexFunc(list, func(r meeting.Record) bool { return r.Owner == of })
	if i < 0 {
		return meeting.Record{}, false
	}
	return list[i], true
}

func TestAMemberWritesTheirRegisterForm(t *testing.T) {
	people := fifteen()
	people[3].Education, people[3].Born, people[3].Joined = "大学", "1980-05", "2001-07"
	h := newHall(t, "seed-2017", nil, people...)
	r, _ := registerOf(h.State(), "m04", "m04")
	same(t, "before anything is written", []any{r.State, r.No, r.Value("education"), r.Value("born"), r.Value("kind"), r.Value("member"), r.Value("year")},
		[]any{meeting.Draft, 4, "大学", "1980-05", "正式", "m04", "2016"})
	h.Refused("m04", submitsForm, meeting.FieldMissing, "个人小结")
	h.Refused("m04", summed("born", "1990-01"), meeting.FieldFollows, "出生年月")
	h.Refused("m04", summed("score", "98"), meeting.FieldUnknown, "score")
	h.Refused("m04", summed("work_since", "1998-13"), meeting.FieldDay, "参加工作时间", "1998-13")
	h.Refused("m04", summed("summary", "\x1b[2J"), meeting.FieldText, "个人小结", "control-characters")
	h.Refused("m03", meetingtest.Writes("register", 4, "post", "书记"), meeting.NotYourRecord)
	h.Refused("g1", summed("summary", "甲"), meeting.PartyOnly)
	h.Does("m04", summed("summary", " 一年来……\r\n做了三件事 ", "work_since", "1998年7月", "former_name", "曾用"), submitsForm)
	r, _ = registerOf(h.State(), "m04", "m04")
	same(t, "handed in", []any{r.State, r.No, r.Value("summary"), r.Value("work_since"), r.Value("education")},
		[]any{meeting.Submitted, 4, "一年来……\n做了三件事", "1998-07", "大学"})
	same(t, "who has not", []any{len(h.State().NoRegister()), slices.Contains(h.State().NoRegister(), "m04")}, []any{14, false})
	h.Does("m04", summed("summary", "改过"))
	r, _ = registerOf(h.State(), "m04", "m04")
	same(t, "changed", []any{r.State, r.Version, len(r.Earlier)}, []any{meeting.Draft, 2, 1})
	for _, e := range h.State().Chronicle.Forward() {
		if w, is := e.Fact.(meeting.RecordWritten); is && (w.Values["born"] != "" || w.Values["education"] != "" || w.Values["summary"] != "") {
			t.Errorf("what follows from the roster, or is private, stands in the log: %+v", w)
		}
	}
}

// What the branch says of a member is for the member once they were told, for
// those who grade from the table on, and for the superior with the bundle.
func TestWhoReadsARegisterForm(t *testing.T) {
	h := graded(t, "seed-2017")
	h.Does("m03", meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	decides(h)
	h.Does("m05", summed("summary", "只有当事人看"))
	reads := func(who meeting.MemberID) []string {
		r, ok := registerOf(h.State().Knowing(&meeting.Superior{ID: "s1", Name: "上级s1"}), who, "m05")
		if !ok {
			return nil
		}
		return []string{string(r.State), r.Value("summary"), r.Value("grade"), r.Value("opinion"), r.Value("decided")}
	}
	both := func(what string, m05, m03, superior []string) {
		t.Helper()
		same(t, what, [][]string{reads("m05"), reads("m03"), reads("m02"), reads(above), reads("m06"), reads("m07"), reads("g1")},
			[][]string{m05, m03, m03, superior, nil, nil, nil})
	}
	both("a draft", []string{"draft", "只有当事人看", "", "", ""}, []string{"draft", "", "合格", "综合平时表现", ""}, nil)
	h.Does("m05", submitsForm)
	both("handed in", []string{"proposed", "只有当事人看", "", "", ""}, []string{"proposed", "只有当事人看", "合格", "综合平时表现", ""}, nil)
	h.Does("m03", meeting.Submit{})
	l, _ := bundle(t, h).Line("m05")
	none, _ := bundle(t, h).Line("m06")
	same(t, "the bundle has the form", []int{l.Register, none.Register}, []int{1, 0})
	whole := []string{"proposed", "只有当事人看", "合格", "综合平时表现", ""}
	both("sent", []string{"proposed", "只有当事人看", "", "", ""}, whole, whole)
	if _, ok := registerOf(h.State(), above, "m06"); ok {
		t.Error("the superior reads a form that was not sent")
	}
	h.Refused("m05", summed("summary", "又改"), meeting.RegisterFixed)
	h.Does(above, sendBack("小结太短", "m05"))
	h.Does("m05", summed("summary", "写长了"))
	both("returned and changed", []string{"draft", "写长了", "", "", ""}, []string{"draft", "", "合格", "综合平时表现", ""}, []string{"draft", "", "", "", ""})
	h.Does("m06", summed("summary", "补交"), submitsForm)
	h.Refused(above, approve("m01"), meeting.BundleBehind, "1", "党员06（登记表）")
}

func TestARegisterFormGoesTheWayOfTheRules(t *testing.T) {
	way := func(id string) (*hall, func() meeting.RecordState) {
		h := decided(t, id)
		h.Does("m05", summed("summary", "小结"), submitsForm)
		return h, func() meeting.RecordState { r, _ := registerOf(h.State(), "m05", "m05"); return r.State }
	}
	h, state := way("seed-2017")
	same(t, "the branch has proposed", state(), meeting.Proposed)
	h.Does("m03", meeting.Submit{})
	h.Does(above, meeting.DecideBundle{IDs: ids("m05"), Decision: meeting.LineAmended, Grade: "基本合格", Reason: "群众意见集中"})
	r, _ := registerOf(h.State(), "m03", "m05")
	same(t, "the superior has decided", []any{state(), r.Value("grade"), r.Value("decided"), r.Value("superior")},
		[]any{meeting.Approved, "合格", "基本合格", "改为基本合格：群众意见集中"})
	r, _ = registerOf(h.State(), "m05", "m05")
	same(t, "and the member does not know", []string{r.Value("grade"), r.Value("decided"), r.Value("superior"), r.Value("review")}, []string{"", "", "", ""})
	h.Does("m03", meeting.GiveFeedback{ID: "m05"})
	h.Does("m05", meeting.Acknowledge{Text: "接受"})
	r, _ = registerOf(h.State(), "m05", "m05")
	same(t, "told", []any{r.State, r.Value("decided"), r.Value("statement"), len(r.History)}, []any{meeting.Answered, "基本合格", "接受", 4})

	h, state = way("university-2019")
	same(t, "filing comes last", h.State().Rules.Approval, preset.ApprovalFiling)
	h.Does("m03", meeting.Submit{})
	h.Does(above, approve())
	same(t, "approved, but not told", state(), meeting.Proposed)
	h.Does("m03", meeting.GiveFeedback{ID: "m05"})
	h.Does("m05", meeting.Acknowledge{})
	r, _ = registerOf(h.State(), "m05", "m05")
	same(t, "told", []any{r.State, r.Value("statement")}, []any{meeting.Approved, "无意见"})
	h.Refused("m05", summed("post", "x"), meeting.RegisterFixed)
}

// A late form can be added to the bundle; one that was taken back is as if there
// was none.
func TestALateRegisterFormIsSentWithTheNextVersion(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Refused("m05", meeting.StrikeRecord{Form: "register", No: 5}, meeting.NoRecord, "5")
	h.Does("m05", summed("summary", "草稿"))
	h.Refused("m05", meeting.StrikeRecord{Form: "register", No: 6}, meeting.NoRecord, "6")
	r, _ := registerOf(h.State(), "m05", "m05")
	h.Does("m05", meeting.StrikeRecord{Form: "register", No: r.No})
	r, ok := registerOf(h.State(), "m05", "m05")
	same(t, "an empty one is there again", []any{ok, r.State, r.Value("summary")}, []any{true, meeting.Draft, ""})
	h.Does("m03", meeting.Submit{})
	h.Refused("m03", meeting.Submit{}, meeting.BundleWaits, "1")
	h.Does("m05", summed("summary", "补交"), submitsForm)
	h.Does("m03", meeting.Submit{})
	l, _ := bundle(t, h).Line("m05")
	same(t, "sent again", []int{bundle(t, h).Version, l.Register}, []int{2, 1})
}
