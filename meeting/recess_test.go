package meeting_test

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// The building is needed, and the meeting goes on a week later: the clocks do
// not count the week, and meanwhile nothing of the meeting can be done.
func TestAMeetingRestsForAWeekAndGoesOn(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, plans(200))
	h.Does("m03", meeting.Turn{ID: "m05"})
	h.Does("m06", meeting.AskFloor{})
	late := h.late()
	h.Refused("m05", meeting.BeginRecess{Until: "2030-01-01"}, meeting.ConsoleOnly)
	yesterday := h.room.Now().Add(-24 * time.Hour).Format(time.DateOnly)
	for _, day := range []string{"", "下周一", "2017-02-30", yesterday} {
		h.Refused("m03", meeting.BeginRecess{Until: day}, meeting.RecessDay, day)
	}
	day := h.room.Now().Add(7 * 24 * time.Hour).Format(time.DateOnly)
	h.Does("m03", meeting.BeginRecess{Until: day})
	same(t, "the speech has ended, and nobody waits", []any{h.State().Floor.Speaker, len(h.State().Floor.Queue)}, []any{meeting.MemberID(""), 0})

	for _, c := range []struct {
		who meeting.MemberID
		do  meeting.Command
	}{
		{"m03", meeting.Next{Reason: "x"}},
		{"m03", meeting.Back{}},
		{"m03", meeting.Advance{}},
		{"m03", meeting.GiveFloor{ID: "m06"}},
		{"m06", meeting.AskFloor{}},
		{"m06", meeting.Criticise{Of: "m05", Text: "x"}},
		{"m03", meeting.BeginRecess{Until: day}},
	} {
		h.Refused(c.who, c.do, meeting.InRecess, day)
	}
	h.Does("m03", meeting.TakeNote{Text: "会场另有安排。"})
	step := meeting.NextStep(h.State())
	same(t, "the next step", []any{step.Act, step.Confirm}, []any{meeting.ActResume, true})

	h.lasts(7 * 24 * time.Hour)
	h.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: "出差"})
	same(t, "late", h.late(), late)
	h.Does("m03", meeting.EndRecess{})
	same(t, "late", h.late(), late)
	same(t, "turn", h.stage(), "m05 self")
	h.Refused("m03", meeting.EndRecess{}, meeting.NoRecess)
	rest := h.State().Recesses[0]
	if rest.Until != day || rest.To.Sub(rest.From) < 7*24*time.Hour {
		t.Errorf("the recess was %+v", rest)
	}
	h.Does("m03", meeting.GiveFloor{ID: "m05"})
}

func TestNoRecessInTheMiddleOfAVote(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.MinBallots = 1 })
	h.Opened("m03", "m04")
	h.Greyed("m03", meeting.ActAdjourn, meeting.BoxIsOpen)
	h.Casts("m05", qualified)
	h.Closes()
	h.Greyed("m03", meeting.ActAdjourn, meeting.VoteGoesOn)
}

func TestARecessByMistakeIsTakenBack(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m05"})
	h.takesBackTo(meeting.BeginRecess{Until: "2099-01-01"}, meeting.EndRecess{})
	h.keeps("m03", meeting.UndoNever)
}

// takesBackTo does a step of the chair's and takes it back with a command.
func (h *hall) takesBackTo(step, back meeting.Command) {
	h.T.Helper()
	h.Does("m03", step)
	same(h.T, "way back", meeting.LastStep(h.State(), "m03").Back, back)
	h.Does("m03", back)
}
