package meeting_test

import (
	"maps"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// anInsight is a line about m07.
func anInsight() meeting.WriteRecord {
	return meetingtest.Writes("ledger", 0, "level", "个人", "member", "m07", "problem", " 到服务对象中去得少\r\n", "source", "互评",
		"measure", "每月两次", "due", "2017-06-30")
}

func TestTheLedgerIsWrittenFromTheRectificationOn(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Refused("m03", anInsight(), meeting.WrongItem, "提出整改意见")
	h.GoTo(preset.Rectification)
	h.Refused("m07", anInsight(), meeting.LedgerOnly)
	h.Refused("g1", anInsight(), meeting.LedgerOnly)
	h.Does("m02", anInsight()) // of the committee
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	h.Does("m05", meetingtest.Writes("ledger", 0, "problem", "会议偏多", "source", "征求意见", "due", meeting.DueNow))
	h.GoTo(preset.Closing)
	h.Does("m03", anInsight(), meeting.Next{Reason: "停电"}, meetingtest.Writes("ledger", 0, "level", "班子", "problem", "学习不够", "due", meeting.DueAlways))
	lines := h.State().Ledger()
	l := lines[0]
	same(t, "the first", []any{l.No, l.Of, l.Problem, l.Source, l.Measure, l.Due, l.Progress, l.Closed},
		[]any{1, "m07", "到服务对象中去得少", "互评", "每月两次", "2017-06-30", meeting.ProgressNone, false})
	same(t, "the committee's, as nobody is named", []any{lines[1].Level, lines[1].Of}, []any{meeting.LevelCommittee, ""})
	same(t, "all, m07's, the committee's own", []int{len(lines), len(h.State().LedgerOf("m07")), len(h.State().LedgerOf(""))}, []int{4, 2, 0})
}

func TestNobodyWritesALedgerBeforeTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m03", anInsight(), meeting.NotBegun)
}

func TestALineIsOfTheForm(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil)
	for _, c := range []struct {
		want  meeting.Code
		field string
		value string
	}{
		{meeting.FieldWord, "source", "传闻"},
		{meeting.CommitteeLine, "level", "班子"},
		{meeting.FieldMissing, "member", ""},
		{meeting.FieldPerson, "member", "m99"},
		{meeting.NotInParty, "member", "q1"},
		{meeting.FieldMissing, "problem", " \n"},
		{meeting.FieldText, "helper", strings.Repeat("长", 61)},
		{meeting.FieldText, "helper", "党员\n02"},
		{meeting.FieldText, "measure", "\x1b[2J"},
		{meeting.FieldDay, "due", "2017-06-31"},
		{meeting.FieldUnknown, "colour", "红"},
		{meeting.FieldOnMove, "acceptance", "同意"},
	} {
		line := anInsight()
		line.Values = maps.Clone(line.Values)
		line.Values[c.field] = c.value
		h.Refused("m03", line, c.want)
	}
	h.Refused("m03", meetingtest.Writes("ledger", 0, "level", "", "problem", "x", "source", "道听途说"), meeting.FieldWord, "来源", "道听途说", "自查、谈话、征求意见、互评、点评")
	same(t, "nothing was kept", len(h.State().Ledger()), 0)
}

func TestWhoIsResponsibleReportsProgressAndSomebodyElseClosesTheLine(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rectification, nil)
	h.Does("m03", anInsight(), meetingtest.Writes("ledger", 0, "member", "m02", "problem", "会议偏多"))
	report := meetingtest.Writes("ledger", 1, "progress", "已完成", "done", "2017-06-20", "evidence", " 走访记录\r\n12 份 ")
	h.Refused("m08", report, meeting.LedgerOnly)
	h.Refused("m07", meetingtest.Writes("ledger", 1, "due", meeting.DueAlways), meeting.FieldForbidden, "整改时限")
	h.Refused("m07", meetingtest.Writes("ledger", 1, "progress", "快了"), meeting.FieldWord)
	h.Refused("m07", meetingtest.Writes("ledger", 1, "done", "昨天"), meeting.FieldDay, "完成日期", "昨天")
	h.Refused("m03", meetingtest.Writes("ledger", 9, "goal", "x"), meeting.NoRecord, "9")
	h.Refused("m07", meetingtest.Writes("ledger", 2, "progress", "进行中"), meeting.LedgerOnly)
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	h.Does("m07", report)
	n := h.State().Chronicle.Len()
	h.Does("m07", report)
	same(t, "the same again is nothing new", h.State().Chronicle.Len(), n)
	h.Refused("m07", meetingtest.Moves("ledger", 1, "close", "同意"), meeting.LedgerOnly)
	h.Refused("m07", meeting.StrikeRecord{Form: "ledger", No: 1, Reason: "不想改了"}, meeting.LedgerOnly)
	h.Refused("m02", meetingtest.Moves("ledger", 2, "close", "同意"), meeting.ClosesOwnLine)
	h.Refused("m03", meetingtest.Moves("ledger", 1, "close", " "), meeting.FieldMissing, "验收意见")
	h.Refused("m03", meetingtest.Moves("ledger", 1, "reopen", "x"), meeting.UnknownAction)
	accepts := func(no int) meeting.Command { return meetingtest.Writes("ledger", no, "acceptance", "同意") }
	h.Refused("m03", accepts(1), meeting.FieldOnMove, "验收意见", "close")
	h.Refused("m07", accepts(1), meeting.LedgerOnly)
	h.Refused("m02", accepts(2), meeting.ClosesOwnLine)
	h.Does("m03", meetingtest.Writes("ledger", 1, "goal", "联系点不少于 3 个"), meetingtest.Moves("ledger", 1, "close", "党员03：已核实，同意销号"))
	h.Refused("m03", meetingtest.Moves("ledger", 1, "close", "再来"), meeting.LineClosed, "1")
	h.Refused("m03", accepts(1), meeting.LineClosed, "1")
	h.Refused("m07", report, meeting.LineClosed, "1")
	l := h.State().Ledger()[0]
	same(t, "the line", []any{l.Progress, l.Done, l.Evidence, l.Goal, l.Acceptance, l.Closed, l.Due},
		[]any{meeting.ProgressDone, "2017-06-20", "走访记录\n12 份", "联系点不少于 3 个", "党员03：已核实，同意销号", true, "2017-06-30"})
	same(t, "every member reads the ledger", len(h.State().Records("m08", "ledger")), 2)
	same(t, "a guest does not", len(h.State().Records("g1", "ledger")), 0)
}
