package meeting_test

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// tasksOf are somebody's tasks on a day, by their codes.
func tasksOf(s *meeting.State, who meeting.MemberID, today string) map[meeting.TaskCode]meeting.Task {
	found := map[meeting.TaskCode]meeting.Task{}
	for _, t := range s.Knowing(meetingtest.Above(who)).Tasks(who, today, noDates) {
		found[t.Code] = t
	}
	return found
}

// waits checks the codes of what waits for somebody.
func waits(t *testing.T, s *meeting.State, who meeting.MemberID, today string, has []meeting.TaskCode, not ...meeting.TaskCode) {
	t.Helper()
	found := tasksOf(s, who, today)
	for _, code := range has {
		if _, ok := found[code]; !ok {
			t.Errorf("%s does not wait for %s: %v", code, who, found)
		}
	}
	for _, code := range not {
		if one, ok := found[code]; ok {
			t.Errorf("%s waits for %s: %+v", code, who, one)
		}
	}
}

// What waits before the meeting, for those who keep the records and for members;
// what is done waits no more.
func TestWhatWaitsBeforeTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	today := "2017-03-13"
	branch := []meeting.TaskCode{meeting.TaskWrite, meeting.StudyTogetherFirst, meeting.CollectOpinions, meeting.ListProblems}
	waits(t, h.State(), "m03", today, append(branch, meeting.WriteOutline, meeting.TalkWith))
	waits(t, h.State(), "m02", today, branch)
	waits(t, h.State(), "m05", today, []meeting.TaskCode{meeting.WriteOutline, meeting.TalkWith}, branch...)
	waits(t, h.State(), "g1", today, nil, meeting.WriteOutline, meeting.TalkWith)
	same(t, "the secretary talks with all", tasksOf(h.State(), "m03", today)[meeting.TalkWith].Args[0], "14")

	h.Does("m03", wholePlan())
	waits(t, h.State(), "m03", today, []meeting.TaskCode{meeting.TaskSubmit})
	h.Does("m03", moved("plan", 0, "submit", ""))
	waits(t, h.State(), "m03", today, []meeting.TaskCode{meeting.TaskAwait}, meeting.TaskSubmit)
	waits(t, h.State(), "m02", today, nil, meeting.TaskAwait, meeting.TaskSubmit)
	h.Does(above, moved("plan", 0, "return", "没有时间"))
	waits(t, h.State(), "m02", today, []meeting.TaskCode{meeting.TaskMend})

	h.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:00", "place", "会议室", "theme", "专题"), moved("notice", 0, "send", ""))
	waits(t, h.State(), "m05", today, []meeting.TaskCode{meeting.TaskConfirm})
	same(t, "until the meeting", tasksOf(h.State(), "m05", today)[meeting.TaskConfirm].Until, "2017-03-20")
	same(t, "by the stage of the rules", tasksOf(h.State(), "m05", today)[meeting.WriteOutline].Until, "2017-03-18")
	h.Does("m05", moved("notice", 0, "confirm", ""))
	waits(t, h.State(), "m05", today, nil, meeting.TaskConfirm)

	h.Does("m03", studied("attended", `["m01","m02"]`))
	waits(t, h.State(), "m05", today, []meeting.TaskCode{meeting.MakeUpStudy})
	waits(t, h.State(), "m01", today, nil, meeting.MakeUpStudy)
	h.Does("m05", meetingtest.Writes("outline", 0, "problems", `[{"problem":"学习少"}]`))
	waits(t, h.State(), "m05", today, []meeting.TaskCode{meeting.SubmitOutline}, meeting.WriteOutline)
	h.Does("m05", meetingtest.Writes("talk", 0, "kind", "党员互谈", "with", `["m06"]`, "at", "2017-03-14T09:00", "means", "面谈", "content", "谈学习"))
	waits(t, h.State(), "m06", today, []meeting.TaskCode{meeting.TaskConfirm})
	same(t, "to confirm a talk", slices.ContainsFunc(h.State().Tasks("m06", today, noDates), func(one meeting.Task) bool { return one.What == "talk" && one.No == 1 }), true)
	waits(t, h.State(), "m03", today, nil, meeting.StudyTogetherFirst)
}

// A deadline goes in steps: green, amber from ten days before, red from the day
// after; the superior sees only what is red.
func TestWhatIsLateGoesInSteps(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil)
	h.Does("m03", meetingtest.Writes("ledger", 0, "member", "m05", "problem", "走访少\n每月一次", "due", "2017-03-31"))
	late := func(today string) (one meeting.Task, ok bool) {
		list := h.State().Knowing(meetingtest.Above(above)).Tasks(above, today, noDates)
		i := slices.IndexFunc(list, func(t meeting.Task) bool { return t.Code == meeting.TaskLate && t.What == "ledger" })
		if i < 0 {
			return one, false
		}
		return list[i], true
	}
	for today, want := range map[string]string{"2017-03-20": meeting.Green, "2017-03-21": preset.Amber, "2017-03-31": preset.Amber, "2017-04-01": preset.Red} {
		line := tasksOf(h.State(), "m05", today)[meeting.MendLine]
		same(t, today, []any{line.Level, line.No, line.Until, line.Args}, []any{want, 1, "2017-03-31", []string{"走访少"}})
		_, is := late(today)
		same(t, today+" the superior's", is, want == preset.Red)
	}
	one, _ := late("2017-04-01")
	same(t, "the superior's", []any{one.Until, one.Level, one.Args}, []any{"2017-03-31", preset.Red, []string{"ledger", "1"}})
	due := func(step meeting.StepName) string { return map[meeting.StepName]string{"talk": "2017-03-15"}[step] }
	same(t, "the most urgent first, by the organisation's day", h.State().Tasks("m05", "2017-03-16", due)[0], meeting.Task{
		What: "talk", Until: "2017-03-15", Level: preset.Red, Code: meeting.TalkWith, Args: []string{"14", "党员03、党员02、党员04、党员01、党员06等"},
	})
	h.Does("m05", meetingtest.Writes("ledger", 1, "progress", string(meeting.ProgressDone)))
	waits(t, h.State(), "m02", "2017-04-01", []meeting.TaskCode{meeting.CloseLines})
	waits(t, h.State(), "m05", "2017-04-01", nil, meeting.MendLine, meeting.CloseLines)
}

// What waits after the meeting.
func TestWhatWaitsAfterTheMeeting(t *testing.T) {
	h := decided(t, "seed-2017")
	today := "2017-03-21"
	waits(t, h.State(), "m03", today, []meeting.TaskCode{meeting.SendBundle, meeting.TaskWrite}, meeting.WriteOutline, meeting.TalkWith, meeting.CollectOpinions, meeting.TellMembers)
	h.Does("m03", meeting.Submit{})
	waits(t, h.State(), above, today, []meeting.TaskCode{meeting.DecideGrades})
	waits(t, h.State(), "m03", today, nil, meeting.SendBundle, meeting.SendBundleAgain)
	h.Does("m05", meetingtest.Writes("register", 0, "summary", "按时参加学习。"))
	h.Does("m05", meetingtest.Moves("register", 0, "submit", ""))
	waits(t, h.State(), "m03", today, []meeting.TaskCode{meeting.SendBundleAgain})
	h.Refused(above, approve(), meeting.BundleBehind, "1", "党员05（登记表）")
	h.Does("m03", meeting.Submit{})
	h.Does(above, approve())
	waits(t, h.State(), above, today, nil, meeting.DecideGrades)
	waits(t, h.State(), "m02", today, []meeting.TaskCode{meeting.TellMembers})
	waits(t, h.State(), "m05", today, nil, meeting.TellMembers, meeting.AnswerFeedback)
	h.Does("m03", meeting.GiveFeedback{ID: "m05"})
	waits(t, h.State(), "m05", today, []meeting.TaskCode{meeting.AnswerFeedback})
	h.Does("m05", meeting.Acknowledge{})
	waits(t, h.State(), "m05", today, nil, meeting.AnswerFeedback)
	h.Does("m03", meetingtest.Writes("problem", 0, "text", "公开不够"))
	waits(t, h.State(), "m03", today, []meeting.TaskCode{meeting.SettleProblems})
	same(t, "until the stage ends", tasksOf(h.State(), "m03", today)[meeting.SettleProblems].Until, "2017-03-25")
}

// The calendar: each stage with its days, what of it is done, and whether it is
// late.
func TestTheCalendarOfTheStages(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	same(t, "no day is known", h.State().Calendar("2017-03-18", noDates)[0].To, "")
	h.Does("m03", wholePlan(), moved("plan", 0, "submit", ""))
	h.Does(above, moved("plan", 0, "approve", ""))
	stage := h.State().Calendar("2017-03-16", noDates)[0]
	same(t, "preparing", []any{stage.Name, stage.From, stage.To, stage.State, stage.Done}, []any{"会前准备", "2017-03-13", "2017-03-16", meeting.StepDue, []meeting.FormName{"plan"}})
	same(t, "late", h.State().Calendar("2017-03-17", noDates)[0].State, meeting.StepLate)
	same(t, "not begun", h.State().Calendar("2017-03-17", noDates)[1].State, meeting.StepDue)
}

// Who signs in before the meeting changes nothing of what waits for anybody: screens
// look again only when something else has happened.
func TestSigningInChangesNoTask(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(20, 1)...)
	m.Does("m05", meetingtest.Writes("outline", 0))
	today := meetingtest.Afternoon().Format(time.DateOnly)
	before := m.State()
	for _, p := range before.Roster {
		if p.ID == "m03" || !p.InParty() {
			continue
		}
		m.Does(p.ID, meeting.SignIn{})
		if now := m.State(); !now.OnlyCame(before, "") {
			t.Fatalf("after %s has signed in the tasks count as others", p.ID)
		}
	}
	now := m.State()
	if !now.OnlyCame(before, "m03") || now.OnlyCame(before, "m05") {
		t.Error("who has signed in is not told from who has not")
	}
	for _, p := range now.Roster {
		if was, is := before.Tasks(p.ID, today, nil), now.Tasks(p.ID, today, nil); !reflect.DeepEqual(was, is) {
			t.Errorf("%s had %+v to do, and now %+v", p.ID, was, is)
		}
	}
	m.Does("m03", meeting.Next{})
	if m.State().OnlyCame(before, "") || m.State().OnlyCame(nil, "") {
		t.Error("in the meeting the tasks count as those before it")
	}
}
