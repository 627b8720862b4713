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

// What is forgotten is added to its item later, and what is wrong is corrected
// below itself: nothing that was written goes away.
func TestANoteIsAddedToAnItemOfBeforeAndCorrected(t *testing.T) {
	h := seated(t, "seed-2017", preset.SignIn, nil)
	h.ComesTo(preset.Criticism)
	study := h.Item(preset.Study).No
	h.Refused("m03", meeting.TakeNote{Text: "x", Item: 99}, meeting.BadNumber, "99", "1", "14")
	h.Refused("m03", meeting.TakeNote{Text: "x", Item: h.Item(preset.Closing).No}, meeting.WrongItem, h.Item(preset.Closing).Title)
	h.Refused("m03", meeting.TakeNote{Text: "x", Corrects: 1}, meeting.NoSuchNote, "1")
	h.Does("m03", meeting.TakeNote{Text: "学习党章", Item: study}, meeting.TakeNote{Text: "学习《准则》", Corrects: 1})
	s := h.State()
	same(t, "notes", []any{len(s.Notes), s.Notes[0].Item, s.Notes[0].Text}, []any{1, study, "学习党章"})
	same(t, "correction", []any{len(s.Corrections), s.Corrections[0].Of, s.Corrections[0].By, s.Corrections[0].Text}, []any{1, 1, "m03", "学习《准则》"})
	h.Refused("m05", meeting.NotePlace{Place: "205 室"}, meeting.RecorderOnly)
	h.Refused("m03", meeting.NotePlace{Place: " "}, meeting.TextMissing)
	h.Does("m03", meeting.NotePlace{Place: "205 室"})
	before := h.State()
	h.Does("m03", meeting.NotePlace{Place: "205 室"})
	if h.State() != before {
		t.Error("the place that stands there already is noted once more")
	}
	same(t, "place", h.State().Place, "205 室")
}

// Before the meeting ends it is said what its minutes lack.
func TestWhatTheMinutesLackIsListedBeforeTheEnd(t *testing.T) {
	h := seated(t, "seed-2017", preset.SignIn, nil)
	h.ComesTo(preset.Rectification)
	h.GoTo(preset.Closing)
	lacks := func() map[meeting.Code][]string {
		m := map[meeting.Code][]string{}
		for _, c := range h.State().Checks() {
			if !c.Red {
				m[c.Code] = c.Args
			}
		}
		return m
	}
	titles := lacks()[meeting.ItemsUnrecorded]
	if len(titles) != 2 || !strings.Contains(titles[1], "学习") || strings.Contains(titles[1], "签到") || strings.Contains(titles[1], "民主测评") {
		t.Errorf("without a record: %v", titles)
	}
	for _, code := range []meeting.Code{meeting.NoPlace, meeting.NoRecorder} {
		if _, said := lacks()[code]; !said {
			t.Errorf("%s is not said", code)
		}
	}
	h.Does("m03", meeting.TakeNote{Text: "学习《准则》", Item: h.Item(preset.Study).No}, meeting.NotePlace{Place: "205 室"}, meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	if now := lacks(); strings.Contains(now[meeting.ItemsUnrecorded][1], "学习") || now[meeting.NoPlace] != nil || now[meeting.NoRecorder] != nil {
		t.Errorf("still lacking: %v", now)
	}
	if _, err := meeting.Decide(h.State(), meeting.Request{By: "m03", At: h.room.Now(), Do: meeting.Next{Reason: "x"}}); err != nil {
		t.Errorf("the meeting can't end: %v", err)
	}
}
