package meeting_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// reads is a section of the report as it is read now.
func reads(t *testing.T, h *hall, field string) string {
	t.Helper()
	return h.State().Filled(only(t, h.State(), "m03", "report").Value(field))
}

func TestTheReportGoesToTheSuperior(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", meetingtest.Writes("report", 0, "held", "开了"), meeting.KeepersOnly)
	h.Does("m03", meetingtest.Writes("report", 0, "held", "开了"))
	h.Refused("m03", moved("report", 0, "submit", ""), meeting.FieldMissing, "会前准备情况")
	h.Does("m03", meeting.WriteRecord{Form: "report", Values: h.State().Draft("m03", "report")}, moved("report", 0, "submit", ""))
	h.Refused("m02", moved("report", 0, "receive", ""), meeting.SuperiorOnly)
	h.Does(party, moved("report", 0, "return", "请写明整改时限"))
	h.Does("m03", meetingtest.Writes("report", 0, "next", "六月底前完成{ledger_lines}条。"), moved("report", 0, "submit", ""))
	h.Does(party, moved("report", 0, "receive", ""))
	r := only(t, h.State(), "m05", "report")
	same(t, "received", []any{r.State, r.Version, r.History[2].Reason}, []any{meeting.Received, 2, "请写明整改时限"})
}

// Figures are no text: they say what holds when the report is read.
func TestFiguresOfTheReportDoNotGoStale(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meeting.WriteRecord{Form: "report", Values: h.State().Draft("m03", "report")})
	if text := reads(t, h, "held"); !strings.Contains(text, "应到党员____名") || !strings.Contains(text, "第一党支部") {
		t.Error("before the meeting nobody knows who will be there:", text)
	}
	h.Does("m03", studied(), studied("hours", "2"))
	if text := reads(t, h, "prepared"); !strings.Contains(text, "组织学习2次，共3.5学时") || !strings.Contains(text, "已谈0对") {
		t.Error(text)
	}
	h.Does("m05", talked("m06"))
	h.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: "病假"})
	h.Sits(preset.Criticism, "m07")
	h.Does("m03", meeting.CriticiseSelf{Text: "学习不够"})
	h.GoTo(preset.Rectification)
	h.Does("m03", meetingtest.Writes("ledger", 0, "problem", "会议偏多"), anInsight())
	for field, want := range map[string]string{
		"prepared": "已谈1对", "held": "应到党员15名，实到14名，缺席：党员07（病假）。会上作自我批评1条", "problems": "1. 会议偏多", "next": "共2条，已销号0条",
		"results": "发出票____张", // nothing is counted, and no grade may be told
	} {
		if text := reads(t, h, field); !strings.Contains(text, want) || strings.ContainsAny(text, "{}") {
			t.Errorf("%s: no %q in %s", field, want, text)
		}
	}
	if raw := only(t, h.State(), "m03", "report").Value("held"); !strings.Contains(raw, "{present}") {
		t.Error("the figures were written down:", raw)
	}
}

// What was done after the meeting did not prepare it, and a talk in which a result is
// told is none of those that members owe each other.
func TestWhatComesAfterTheMeetingDidNotPrepareIt(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	heard := func(day string) meeting.WriteRecord {
		return meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "群众", "text", "会议偏多", "day", day)
	}
	h.Does("m03", studied(), heard("2017-03-15"), meeting.MergeOpinions{Nos: []int{1}, Text: "少开会"})
	h.Does("m05", talked("m06"))
	h.Sits(preset.Criticism)
	h.Does("m03", meeting.WriteRecord{Form: "report", Values: h.State().Draft("m03", "report")})
	before := reads(t, h, "prepared")
	if !strings.Contains(before, "组织学习1次，共1.5学时") || !strings.Contains(before, "征求意见1条，归并为1条") || !strings.Contains(before, "已谈1对") {
		t.Fatal(before)
	}
	late := func(kind, with string) meeting.WriteRecord {
		return meetingtest.Writes("talk", 0, "kind", kind, "with", `["`+with+`"]`, "at", "2017-04-02T09:00", "means", "面谈", "content", "谈了结果")
	}
	h.Does("m03", studied("day", "2017-04-01"), heard("2017-04-01"), meeting.MergeOpinions{Nos: []int{2}, Text: "会议要短"}, late("书记党员", "m05"), late("反馈谈话", "m07"))
	same(t, "prepared", reads(t, h, "prepared"), before)
	h.Does("m03", studied("day", "2017-03-14"), heard("")) // written down late
	if text := reads(t, h, "prepared"); !strings.Contains(text, "组织学习2次，共3学时") || !strings.Contains(text, "征求意见2条，归并为1条") {
		t.Error(text)
	}
	for _, p := range h.State().TalkPairsOf("m03") {
		switch p.With {
		case "m05":
			same(t, "held late", []any{p.Owed, p.Done, p.Beforehand}, []any{true, 1, false})
		case "m07":
			same(t, "told a result", []any{p.Owed, p.Done}, []any{true, 0})
		}
	}
}

// A red check that was passed stands in the report with its reason, and grades
// only when members may be told theirs.
func TestTheReportTellsWhatWasPassedWithAReason(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Next{Reason: "时间不够"})
	h.Does("m03", meeting.WriteRecord{Form: "report", Values: h.State().Draft("m03", "report")})
	if text := reads(t, h, "held"); !strings.Contains(text, "批评与自我批评（时间不够）") {
		t.Error(text)
	}
}

func TestAnUnknownFigureIsRefusedWithTheList(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	_, err := meeting.Decide(h.State(), meeting.Request{By: "m03", At: h.room.Now(), Do: meetingtest.Writes("report", 0, "held", "到会{presence}名")})
	var no *meeting.Refusal
	if !errors.As(err, &no) || no.Code != meeting.FieldPlaceholder || no.Args[1] != "presence" || !strings.Contains(no.Args[2], "present") {
		t.Errorf("%v", err)
	}
	h.Does("m03", meetingtest.Writes("plan", 0, "title", "方案{presence}")) // elsewhere braces are braces
}

// Every placeholder that a preset may use stands for something in the program.
func TestEveryPlaceholderIsKnown(t *testing.T) {
	h := newTown(t)
	h.Whole(meetingtest.Rules(t, "seed-2017"), "学习还不够深入")
	unwritten := []string{"from", "to", "deadline"} // nobody has written a plan
	for _, name := range preset.Placeholders() {
		if text := h.State().Filled("{" + name + "}"); text == "____" && !slices.Contains(unwritten, name) {
			t.Errorf("{%s} stands for nothing at the end of a whole meeting", name)
		}
	}
}
