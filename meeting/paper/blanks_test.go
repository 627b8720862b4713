package paper_test

import (
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/paper"
)

// A missing fact is a visible blank and named by the check, until somebody says it.
func TestBlanksAreNamedUntilTheyAreFilled(t *testing.T) {
	h := founded(t, "seed-2017", members(6), nil)
	h.Does(chair, meeting.Next{})
	h.SignsIn()
	minutes := func() []string { return blanksOf(h, "minutes") }
	if got := minutes(); !slices.Contains(got, "地点") || !slices.Contains(got, "记录人") {
		t.Errorf("blank in the minutes: %q", got)
	}
	h.Does(chair, meeting.NotePlace{Place: "会议室"}, meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
	if got := minutes(); slices.Contains(got, "地点") || slices.Contains(got, "记录人") {
		t.Errorf("still blank: %q", got)
	}
}

// blanksOf are the places of a paper that are left blank.
func blanksOf(h *play, name string) []string {
	for _, b := range paper.Blanks(h.State()) {
		if b.Paper == name {
			return b.Fields
		}
	}
	return nil
}

// What a drafted plan could not know stays in its text, and is named as well.
func TestTheBlanksOfADraftedPlanAreNamed(t *testing.T) {
	h := founded(t, "seed-2017", members(6), nil)
	plan := h.State().Draft(chair, "plan")
	h.Does(chair, meeting.WriteRecord{Form: "plan", Values: plan})
	if got := blanksOf(h, "plan"); !slices.Contains(got, "（一）会前") || !slices.Contains(got, "（三）会后") {
		t.Errorf("blank in the plan: %q", got)
	}
	h.Does(chair, meeting.WriteRecord{Form: "plan", Values: map[string]string{"before": "三月十五日以前", "during": "三月二十日", "after": "三月底以前"}})
	if got := blanksOf(h, "plan"); slices.Contains(got, "（一）会前") {
		t.Errorf("still blank: %q", got)
	}
}
