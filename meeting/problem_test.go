package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// over takes something over into the list of problems or the ledger.
func over(from string, no int) meeting.TakeOver {
	return meeting.TakeOver{Origin: meeting.Origin{From: from, No: no}}
}

// numbered is a record of a kind, as somebody reads it.
func numbered(t *testing.T, s *meeting.State, who meeting.MemberID, form meeting.FormName, no int) meeting.Record {
	t.Helper()
	r, gone := s.Record(who, form, no)
	if gone != nil {
		t.Fatalf("%s reads no %s %d: %v", who, form, no, gone)
	}
	return r
}

func TestAProblemIsWrittenAndDropped(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", meetingtest.Writes("problem", 0, "text", "会议多"), meeting.KeepersOnly)
	h.Refused("m03", meetingtest.Writes("problem", 0, "level", "个人"), meeting.FieldMissing, "问题")
	h.Refused("m03", meetingtest.Writes("problem", 0, "text", "会议多", "level", "班子", "member", "m05"), meeting.CommitteeLine)
	h.Does("m03", meetingtest.Writes("problem", 0, "text", "会议多"), meetingtest.Writes("problem", 0, "text", "到基层少", "member", "m05"))
	same(t, "levels", []string{numbered(t, h.State(), "m07", "problem", 1).Value("level"), numbered(t, h.State(), "m07", "problem", 2).Value("level")}, []string{"班子", "个人"})
	h.Refused("m03", moved("problem", 1, "drop", ""), meeting.ReasonMissing)
	h.Refused("m05", moved("problem", 1, "drop", "重复"), meeting.KeepersOnly)
	h.Does("m03", moved("problem", 1, "drop", "重复"))
	same(t, "dropped", numbered(t, h.State(), "m07", "problem", 1).State, meeting.Dropped)
	h.Refused("m03", meetingtest.Writes("problem", 1, "text", "会议还是多"), meeting.RecordStands, "dropped")
	h.Refused("m03", over("problem", 1), meeting.RecordStands, "dropped")
}

// A problem goes over into the ledger once, whenever there is one; a line that
// is struck gives it back.
func TestAProblemBecomesALineOfTheLedger(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m03", meetingtest.Writes("ledger", 0, "problem", "x"), meeting.NotBegun)
	h.Does("m03", meetingtest.Writes("problem", 0, "text", "到基层少", "member", "m05", "source", "谈话"))
	h.Refused("m05", over("problem", 1), meeting.LedgerOnly)
	h.Refused("m03", over("problem", 2), meeting.NoRecord, "2")
	h.Does("m03", over("problem", 1))
	line := numbered(t, h.State(), "m05", "ledger", 1)
	same(t, "the line", []any{line.Value("level"), line.Value("member"), line.Value("problem"), line.Value("source"), line.Value("progress"), line.Origin, line.State},
		[]any{"个人", "m05", "到基层少", "谈话", "未启动", meeting.Origin{From: "problem", No: 1}, meeting.OpenState})
	same(t, "the problem", numbered(t, h.State(), "m05", "problem", 1).State, meeting.InLedger)
	h.Refused("m03", over("problem", 1), meeting.RecordStands, "in_ledger")
	h.Does("m05", meetingtest.Writes("ledger", 1, "progress", "进行中")) // also before the meeting
	h.Does("m03", meeting.StrikeRecord{Form: "ledger", No: 1, Reason: "写错了"})
	same(t, "the problem again", numbered(t, h.State(), "m05", "problem", 1).State, meeting.OpenState)
	h.Does("m03", over("problem", 1))
	same(t, "the next line", numbered(t, h.State(), "m05", "ledger", 2).Value("problem"), "到基层少")
}

func TestWhatIsSaidInTheMeetingBecomesAProblem(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Turn{ID: "m04"})
	h.Does("m05", meeting.Criticise{Of: "m04", Text: "到基层少"})
	h.Refused("m05", over("criticism", 1), meeting.KeepersOnly)
	h.Refused("m03", over("criticism", 9), meeting.NoRecord, "9")
	h.Does("m03", over("criticism", 1))
	p := numbered(t, h.State(), "m04", "problem", 1)
	same(t, "of a criticism", []any{p.Value("level"), p.Value("member"), p.Value("text"), p.Value("source"), p.Value("category"), p.Origin},
		[]any{"个人", "m04", "到基层少", "互评", "", meeting.Origin{From: "criticism", No: 1}})
	h.Refused("m03", over("criticism", 1), meeting.AlreadyTaken, "问题清单", "1")
	h.Does("m03", moved("problem", 1, "drop", "再看看"), over("criticism", 1))

	h.Does("m03", meeting.TakeNote{Text: "批评环节开得好"})
	h.GoTo(preset.Remark)
	h.Does("m03", meeting.TakeNote{Text: "班子下基层少"}, meeting.TakeNote{Corrects: 2, Text: "班子到基层少"})
	h.Refused("m03", over("remark", 1), meeting.NotRemark, "1")
	h.Refused("m03", over("remark", 3), meeting.NoRecord, "3")
	h.Does("m03", over("remark", 2))
	p = numbered(t, h.State(), "m04", "problem", 3)
	same(t, "of a remark", []any{p.Value("level"), p.Value("member"), p.Value("text"), p.Value("source")}, []any{"班子", "", "班子到基层少", "点评"})
	h.Refused("m03", over("dream", 1), meeting.UnknownAction, "dream")
}

// The row of the self-check goes over with its aspect. Another version has other
// rows: they can go over too.
func TestALineOfTheSelfCheckBecomesAProblem(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m03", over("selfcheck", 1), meeting.NotWritten)
	h.Does("m03", meetingtest.Writes("selfcheck", 0, "problems", `[{"aspect":"作风","problem":"到基层少"},{"example":"会议多"}]`))
	h.Refused("m03", over("selfcheck", 3), meeting.NoRecord, "3")
	h.Does("m03", over("selfcheck", 1), over("selfcheck", 2))
	p, q := numbered(t, h.State(), "m07", "problem", 1), numbered(t, h.State(), "m07", "problem", 2)
	same(t, "the problems", []string{p.Value("level"), p.Value("category"), p.Value("text"), p.Value("source"), q.Value("text")}, []string{"班子", "作风", "到基层少", "自查", "会议多"})
	h.Refused("m03", over("selfcheck", 1), meeting.AlreadyTaken, "问题清单", "1")
	h.Does("m03", meetingtest.Writes("selfcheck", 0, "problems", `[{"problem":"学习少"}]`), over("selfcheck", 1))
	same(t, "of the next version", numbered(t, h.State(), "m07", "problem", 3).Value("text"), "学习少")
}
