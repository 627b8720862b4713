package meeting_test

import (
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

func TestEverybodyConfirmsTheNoticeThatWasSent(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	draft := h.State().Draft("m03", "notice")
	same(t, "drafted", []any{draft["theme"], len(draft["items"]) > 0}, []any{h.State().Rules.Title, true})
	h.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "会议室", "theme", "评议"))
	h.Refused("m05", moved("notice", 0, "confirm", ""), meeting.NotWritten) // nobody else has it yet
	same(t, "the day of the meeting", h.State().MeetingDay(), "2017-03-20")
	h.Does("m03", moved("notice", 0, "send", ""))
	h.Does("m05", moved("notice", 0, "confirm", ""))
	h.Refused("m05", moved("notice", 0, "confirm", ""), meeting.AlreadySigned)
	h.Refused("g1", moved("notice", 0, "confirm", ""), meeting.NotYourRecord)
	left, sent := h.State().Unconfirmed()
	same(t, "who has not", []any{len(left), sent}, []any{h.State().Count(meeting.Formal, meeting.Probationary) - 1, true})
	// Another place is another notice: everybody confirms it anew.
	h.Does("m03", meetingtest.Writes("notice", 0, "place", "报告厅"), moved("notice", 0, "send", ""))
	left, _ = h.State().Unconfirmed()
	same(t, "anew", []any{len(left), only(t, h.State(), "m05", "notice").Version}, []any{h.State().Count(meeting.Formal, meeting.Probationary), 2})
}

// While the console writes another notice, everybody keeps the one that was sent, and the
// minutes its place; nobody confirms it any more.
func TestTheNoticeThatWasSentStaysWhileTheNextIsWritten(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "会议室", "theme", "评议"), moved("notice", 0, "send", ""))
	h.Does("m05", moved("notice", 0, "confirm", ""))
	h.Does("m03", meetingtest.Writes("notice", 0, "place", "报告厅"))
	r, unread := h.State().Notice("m06")
	same(t, "the notice", []any{r.Value("place"), r.Version, unread}, []any{"会议室", 1, false})
	r, no := h.State().Record("m06", "notice", 0)
	same(t, "read", []any{no == nil, r.State, r.Value("place"), r.Version, len(r.Earlier), r.History[len(r.History)-1].State}, []any{true, meeting.Sent, "会议室", 1, 0, meeting.Sent})
	same(t, "what m06 may do with it", h.State().Moves("m06", r), []string{})
	h.Refused("m06", moved("notice", 0, "confirm", ""), meeting.NextDrafted)
	same(t, "the writer's", only(t, h.State(), "m03", "notice").Value("place"), "报告厅")
	same(t, "the place", h.State().Where(), "会议室")
	h.Does("m03", moved("notice", 0, "send", ""))
	h.Does("m06", moved("notice", 0, "confirm", ""))
	same(t, "the place", h.State().Where(), "报告厅")
}

// A meeting in a year that cannot be would put every other date of the branch there.
func TestADayAndTimeLiesInAYearThatCanBe(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	for _, at := range []string{"0000-01-01T10:00", "9999-12-31T10:00", "1899-12-31T10:00", "9999-12-31", "2017-02-30T10:00", "2017-03-20T25:00", "2017-03-20T", "T10:00"} {
		h.Refused("m03", meetingtest.Writes("notice", 0, "time", at), meeting.FieldMoment, "会议时间", at)
	}
	h.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20"))
}

// The place that the notice names is that of the minutes, unless another is noted.
func TestThePlaceOfTheNoticeIsThatOfTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "会议室", "theme", "评议"))
	same(t, "of a draft", h.State().Where(), "")
	h.Does("m03", moved("notice", 0, "send", ""), meeting.Next{})
	same(t, "of the notice", h.State().Where(), "会议室")
	h.Does("m03", meeting.NotePlace{Place: "报告厅"})
	same(t, "as noted", h.State().Where(), "报告厅")
}

// Who signs is asked for one person as for all.
func TestWhoSignsIsOneOfTheSigners(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	asked := 0
	for _, f := range meeting.Forms() {
		for _, m := range f.Moves {
			if m.Signs == nil {
				continue
			}
			asked++
			signers := m.Signers(h.State(), meeting.Record{})
			for _, one := range h.State().Roster {
				if got, want := m.Signs(h.State(), one.ID), slices.Contains(signers, one.ID); got != want {
					t.Errorf("%s %s: %s signs: %v, is a signer: %v", f.Name, m.Word, one.ID, got, want)
				}
			}
		}
	}
	if asked == 0 {
		t.Error("no move has many signers")
	}
}
