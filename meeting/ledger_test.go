package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

var anInsight = meeting.AddLine{Level: meeting.LevelMember, Of: "m07", Problem: " 到服务对象中去得少\r\n", Source: "互评", Measure: "每月两次", Due: "2017-06-30"}

func TestTheLedgerIsWrittenFromTheRectificationOn(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Refused("m03", anInsight, meeting.WrongItem, "提出整改意见")
	h.GoTo(preset.Rectification)
	h.Refused("m07", anInsight, meeting.LedgerOnly)
	h.Refused("g1", anInsight, meeting.LedgerOnly)
	h.Does("m02", anInsight) // of the committee
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	h.Does("m05", meeting.AddLine{Level: meeting.LevelCommittee, Problem: "会议偏多", Source: "征求意见", Due: meeting.DueNow})
	h.GoTo(preset.Closing)
	h.Does("m03", anInsight, meeting.Next{Reason: "停电"}, meeting.AddLine{Level: meeting.LevelCommittee, Problem: "学习不够", Source: "自查", Due: meeting.DueAlways})
	lines := h.State().Ledger()
	l := lines[0]
	same(t, "the first", []any{l.No, l.Of, l.Problem, l.Source, l.Measure, l.Due, l.Progress, l.Closed, l.By},
		[]any{1, "m07", "到服务对象中去得少", "互评", "每月两次", "2017-06-30", meeting.ProgressNone, false, "m02"})
	same(t, "all, m07's, the committee's own", []int{len(lines), len(h.State().LedgerOf("m07")), len(h.State().LedgerOf(""))}, []int{4, 2, 0})
}

func TestNobodyWritesALedgerBeforeTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m03", anInsight, meeting.NotBegun)
}

func TestALineIsOfTheForm(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil)
	for want, change := range map[meeting.Code]func(*meeting.AddLine){
		meeting.UnknownWord:       func(l *meeting.AddLine) { l.Source = "传闻" },
		meeting.CommitteeLine:     func(l *meeting.AddLine) { l.Level = meeting.LevelCommittee },
		meeting.UnknownMember:     func(l *meeting.AddLine) { l.Of = "" },
		meeting.NotInParty:        func(l *meeting.AddLine) { l.Of = "q1" },
		meeting.TextMissing:       func(l *meeting.AddLine) { l.Problem = " \n" },
		meeting.TextTooLong:       func(l *meeting.AddLine) { l.Helper = strings.Repeat("长", 61) },
		meeting.ControlCharacters: func(l *meeting.AddLine) { l.Measure = "\x1b[2J" },
		meeting.BadDate:           func(l *meeting.AddLine) { l.Due = "2017-06-31" },
	} {
		l := anInsight
		change(&l)
		h.Refused("m03", l, want)
	}
	h.Refused("m03", meeting.AddLine{Problem: "x"}, meeting.UnknownWord, "", "班子、个人")
	same(t, "nothing was kept", len(h.State().LedgerLines), 0)
}

func TestWhoIsResponsibleReportsProgressAndWhoKeepsTheLedgerClosesIt(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil)
	h.Does("m03", anInsight)
	report := meeting.UpdateLine{No: 1, LineChange: meeting.LineChange{
		Progress: new(meeting.ProgressDone), Done: new("2017-06-20"), Evidence: new(" 走访记录\r\n12 份 "),
	}}
	h.Refused("m08", report, meeting.LedgerOnly)
	h.Refused("m07", meeting.UpdateLine{No: 1, LineChange: meeting.LineChange{Due: new(meeting.DueAlways)}}, meeting.LedgerOnly)
	h.Refused("m07", meeting.UpdateLine{No: 1, LineChange: meeting.LineChange{Progress: new(meeting.Progress("快了"))}}, meeting.UnknownWord)
	h.Refused("m07", meeting.UpdateLine{No: 1, LineChange: meeting.LineChange{Done: new("昨天")}}, meeting.BadDate, "昨天")
	h.Refused("m03", meeting.UpdateLine{No: 2}, meeting.NoLine, "2")
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	h.Does("m07", report)
	n := h.State().Chronicle.Len()
	h.Does("m07", report)
	same(t, "the same again is nothing new", h.State().Chronicle.Len(), n)
	h.Refused("m07", meeting.CloseLine{No: 1, Acceptance: "同意"}, meeting.LedgerOnly)
	h.Refused("m03", meeting.CloseLine{No: 1}, meeting.TextMissing)
	h.Does("m03", meeting.UpdateLine{No: 1, LineChange: meeting.LineChange{Goal: new("联系点不少于 3 个")}}, meeting.CloseLine{No: 1, Acceptance: "党员03:已核实,同意销号"})
	h.Refused("m03", meeting.CloseLine{No: 1, Acceptance: "再来"}, meeting.LineClosed, "1")
	h.Refused("m07", report, meeting.LineClosed, "1")
	l := h.State().Ledger()[0]
	same(t, "the line", []any{l.Progress, l.Done, l.Evidence, l.Goal, l.Acceptance, l.Closed, l.Due},
		[]any{meeting.ProgressDone, "2017-06-20", "走访记录\n12 份", "联系点不少于 3 个", "党员03:已核实,同意销号", true, "2017-06-30"})
}
