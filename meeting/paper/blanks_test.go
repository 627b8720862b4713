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
	minutes := func() []string {
		for _, b := range paper.Blanks(h.State()) {
			if b.Paper == "minutes" {
				return b.Fields
			}
		}
		return nil
	}
	if got := minutes(); !slices.Contains(got, "地点") || !slices.Contains(got, "记录人") {
		t.Errorf("blank in the minutes: %q", got)
	}
	h.Does(chair, meeting.NotePlace{Place: "会议室"}, meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
	if got := minutes(); slices.Contains(got, "地点") || slices.Contains(got, "记录人") {
		t.Errorf("still blank: %q", got)
	}
}
