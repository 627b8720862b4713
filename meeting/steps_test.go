package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

func noDates(meeting.StepName) string { return "" }

// The superior's table: each step is done, due or late with its day, and one that
// the rules do not have is none.
func TestTheStepsOfABranch(t *testing.T) {
	h := seated(t, "seed-2017", preset.Opening, nil)
	due := func(step meeting.StepName) string {
		return map[meeting.StepName]string{"plan": "2017-03-16", "talk": "2017-03-21"}[step]
	}
	steps := func() map[meeting.StepName]meeting.StepState { return h.State().Steps("2017-03-20", due) }
	same(t, "plan", steps()["plan"], meeting.StepState{State: meeting.StepLate, Day: "2017-03-16"})
	same(t, "talk", steps()["talk"], meeting.StepState{State: meeting.StepDue, Day: "2017-03-21"})
	same(t, "feedback", steps()["feedback"], meeting.StepState{State: meeting.StepDue})
	h.Does("m03", meetingtest.Writes("plan", 0, "title", "方案", "from", "2017-03-18", "to", "2017-03-23", "before", "学习", "during", "评议", "after", "整改"), meetingtest.Moves("plan", 1, "submit", ""))
	same(t, "it waits", []any{steps()["plan"].State, h.State().Waits(), steps()["meeting"].Day}, []any{meeting.StepLate, []string{"plan"}, "2017-03-23"})
	h.Does(above, meetingtest.Moves("plan", 1, "approve", ""))
	same(t, "plan", steps()["plan"], meeting.StepState{State: meeting.StepDone, Day: "2017-03-20"})

	h.Does("m03", studied("form", "自学"))
	same(t, "who studied alone", steps()["study"].State, meeting.StepLate)
	h.Does("m03", studied("day", "2017-03-14"))
	same(t, "who studied together", steps()["study"], meeting.StepState{State: meeting.StepDone, Day: "2017-03-14"})

	h.Does("m03", meeting.CloseOpinions{})
	same(t, "opinions", steps()["opinion"], meeting.StepState{State: meeting.StepDone, Day: "2017-03-20"})

	h = decided(t, "seed-2017")
	done := meeting.StepState{State: meeting.StepDone, Day: "2017-03-20"}
	for _, step := range []meeting.StepName{"meeting", "ballot", "rating"} {
		same(t, string(step), h.State().Steps("2017-03-21", noDates)[step], done)
	}
	same(t, "approval", []any{h.State().Steps("2017-03-21", noDates)["approval"].State, h.State().Waits()}, []any{meeting.StepDue, []string{}})
	h.Does("m03", meeting.Submit{})
	same(t, "the grades wait", h.State().Waits(), []string{"bundle"})
	h.Does(above, approve())
	same(t, "approval", []any{h.State().Steps("2017-03-21", noDates)["approval"], h.State().Waits()}, []any{done, []string{}})
	for _, id := range h.State().Untold() {
		h.Does("m03", meeting.GiveFeedback{ID: id})
	}
	same(t, "feedback", h.State().Steps("2017-03-21", noDates)["feedback"], done)
	h.Does("m03", meetingtest.Writes("ledger", 0, "member", "m05", "problem", "联系群众少", "due", "2017-03-31"))
	same(t, "ledger", h.State().Steps("2017-04-01", noDates)["ledger"], meeting.StepState{State: meeting.StepLate, Day: "2017-03-31"})
	h.room.Later(48 * time.Hour)
	h.Does("m03", meetingtest.Moves("ledger", 1, "close", "已走访"))
	same(t, "struck off", h.State().Steps("2017-04-01", noDates)["ledger"], meeting.StepState{State: meeting.StepDone, Day: "2017-03-22"})
}

// The talks are done on the day of the last one that is whole, not of one that is a
// draft still, nor of those in which results are told.
func TestTheDayOnWhichTheTalksWereDone(t *testing.T) {
	h := newHall(t, "seed-2017", nil, meetingtest.Members(3).Post(1, "书记")...)
	h.Does("m02", talked("m03", "m01"))
	h.Does("m03", talked("m01"))
	h.Does("m01",
		meetingtest.Writes("talk", 0, "at", "2017-04-30"),
		meetingtest.Writes("talk", 0, "kind", "反馈谈话", "with", `["m02"]`, "at", "2017-03-28", "means", "面谈", "content", "反馈"))
	same(t, "talks", h.State().Steps("2017-03-20", noDates)["talk"], meeting.StepState{State: meeting.StepDone, Day: "2017-03-16"})
}

// What is written down ahead of its day is not done before it: the day is a promise.
func TestWhatLiesAheadIsNotDone(t *testing.T) {
	h := newHall(t, "seed-2017", nil, meetingtest.Members(3).Post(1, "书记")...)
	h.Does("m01", studied("day", "2017-03-25"))
	later := talked("m01")
	later.Values["at"] = "2017-03-22T09:00"
	h.Does("m02", talked("m03", "m01"))
	h.Does("m03", later)
	steps := func(today string) []meeting.StepState {
		all := h.State().Steps(today, noDates)
		return []meeting.StepState{all["study"], all["talk"]}
	}
	ahead := meeting.StepState{State: meeting.StepDue, Day: "2017-03-25"}
	same(t, "before", steps("2017-03-20"), []meeting.StepState{ahead, {State: meeting.StepDue}})
	same(t, "talks were held", steps("2017-03-22"), []meeting.StepState{ahead, {State: meeting.StepDone, Day: "2017-03-22"}})
	h.Does("m01", studied("day", "2017-03-19"), studied("day", "2017-03-20"))
	same(t, "they have studied, and will", steps("2017-03-22")[0], meeting.StepState{State: meeting.StepDone, Day: "2017-03-20"})
	same(t, "all of it", steps("2017-03-26")[0], meeting.StepState{State: meeting.StepDone, Day: "2017-03-25"})
}

// A branch without a ballot, a committee's approval or an own kind has no such
// steps.
func TestStepsThatTheRulesDoNotHave(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) {
		r.Approval = preset.ApprovalNone
		r.Kinds, r.Stages, r.Templates, r.Indicators = []string{"plan"}, nil, nil, nil
	}, fifteen()...)
	for step, state := range h.State().Steps("2017-03-20", noDates) {
		none := step == "approval" || step == "talk" || step == "ledger"
		if none != (state.State == meeting.StepNone) && (none || step == "plan" || step == "meeting") {
			t.Errorf("%s: %+v", step, state)
		}
	}
	same(t, "before the branch is founded", meeting.NewState().Steps("2017-03-20", noDates)["plan"].State, meeting.StepNone)
}
