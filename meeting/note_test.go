package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestTheRecorderWritesIntoTheMinutesOfTheOpenItem(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Refused("m05", meeting.TakeNote{Text: "学习党章"}, meeting.RecorderOnly)
	h.Refused("m03", meeting.TakeNote{Text: "\n"}, meeting.TextMissing)
	h.Refused("m03", meeting.TakeNote{Text: strings.Repeat("长", 5001)}, meeting.TextTooLong, "5001", "5000")
	h.Refused("m03", meeting.TakeNote{Text: "\x1b]0;x\x07"}, meeting.ControlCharacters)
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	h.Does("m05", meeting.TakeNote{Text: " 学习党章\r\n第一章 "})
	note := h.State().Notes[0]
	same(t, "note", []any{note.Item, note.By, note.Text, note.At.Equal(h.room.Now())}, []any{3, "m05", "学习党章\n第一章", true})
}

// DOMAIN.md §3.1: more than half of the voting members expected, not of those
// present; at least half of them have to be there.
func TestAnOpenVotePassesWithMoreThanHalfOfThoseExpected(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil, "m11", "m12", "m13") // 13 正式党员 expected, 10 there
	for _, c := range []struct {
		hands  meeting.Hands
		passed bool
	}{
		{meeting.Hands{Yes: 6, No: 1}, false},
		{meeting.Hands{Yes: 7, No: 3}, true},
		{meeting.Hands{Yes: 10}, true},
		{meeting.Hands{Yes: 6, Abstain: 4}, false},
		{meeting.Hands{No: 10}, false},
	} {
		h.Does("m03", meeting.Resolve{Text: "通过整改意见", Hands: c.hands})
		r := h.State().Resolutions[len(h.State().Resolutions)-1]
		same(t, "resolution", []any{r.Passed, r.Quorum, r.Present, r.Expected, r.Item}, []any{c.passed, true, 10, 13, 8})
	}
}

func TestOfAnEvenNumberHalfIsNotEnough(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()[:12]...)
	for _, m := range h.State().Roster {
		h.Does(m.ID, meeting.SignIn{})
	}
	h.Does("m03", meeting.Next{}, meeting.Resolve{Text: "通过", Hands: meeting.Hands{Yes: 6, No: 6}}, meeting.Resolve{Text: "通过", Hands: meeting.Hands{Yes: 7}})
	same(t, "6 and 7 of 12", []bool{h.State().Resolutions[0].Passed, h.State().Resolutions[1].Passed}, []bool{false, true})
}

func TestNothingPassesOnceTooManyHaveLeft(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil, "m08", "m09", "m10", "m11", "m12", "m13")
	h.Does("m03", meeting.Resolve{Text: "通过", Hands: meeting.Hands{Yes: 7}}, meeting.RecordAbsence{ID: "m07", Reason: "接孩子"})
	h.Refused("m03", meeting.Resolve{Text: "通过", Hands: meeting.Hands{Yes: 7}}, meeting.TooManyHands, "7", "6")
	h.Does("m03", meeting.Resolve{Text: "通过", Hands: meeting.Hands{Yes: 6}})
	same(t, "with and without m07", []bool{h.State().Resolutions[0].Passed, h.State().Resolutions[1].Quorum}, []bool{true, false})
	same(t, "the meeting began with a quorum", h.State().Roll().Quorum, true)
}

func TestHandsThatCannotBeAreCountedAgain(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil, "m13") // 12 正式党员 there; 预备党员 have no vote
	for hands, want := range map[meeting.Hands]meeting.Code{
		{Yes: 13}:                     meeting.TooManyHands,
		{Yes: 6, No: 6, Abstain: 1}:   meeting.TooManyHands,
		{Yes: 1 << 62, No: 1 << 62}:   meeting.TooManyHands,
		{Yes: 7, No: -1}:              meeting.BadNumber,
		{Yes: 12, No: 1, Abstain: -1}: meeting.BadNumber,
		{}:                            meeting.BadNumber,
	} {
		h.Refused("m03", meeting.Resolve{Text: "通过", Hands: hands}, want)
	}
	h.Refused("m03", meeting.Resolve{Hands: meeting.Hands{Yes: 7}}, meeting.TextMissing)
	h.Refused("m05", meeting.Resolve{Text: "通过", Hands: meeting.Hands{Yes: 7}}, meeting.RecorderOnly)
	h.Does("m03", meeting.Resolve{Text: "通过", Hands: meeting.Hands{Yes: 12}})
}
