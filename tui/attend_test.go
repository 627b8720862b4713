package tui

import (
	"testing"

	"pingyi/meeting"
)

// Sixty people are not signed in one by one: the console takes numbers and
// ranges, says whom they mean, and does it on confirmation.
func TestManyAreSignedInAtOnce(t *testing.T) {
	p := newPlay(t, "seed-2017", 60)
	chair := p.as("m03").press("enter", "a", "up", "up", "enter").sees("成批签到", "写编号，例如 1-12,15", "还没有记的：m01 党员01")
	chair.types("77，99").press("enter").sees("77").press("esc", "end", "up", "enter")
	chair.types("1-50").press("enter").sees("替这 50 位签到？", "党员50").press("1").sees("50 位已签到")
	chair.press("end", "enter").types("51-58").press("enter").sees("缺席：病假").press("2", "enter").sees("党员58 缺席（事假），已记下")
	if r := p.State().Roll(); r.Present != 50 || p.State().Attendance.Of("m58").Reason != "事假" || p.State().Attendance.Of("m59").Came() {
		t.Errorf("present %d, m58 %+v", r.Present, p.State().Attendance.Of("m58"))
	}
	if at := p.State().Attendance.Of(meeting.MemberID("m03")); !at.Present {
		t.Error("who was there already is not any more")
	}
}

// A note with nothing in it is left by Esc, without a question that leads in a
// circle.
func TestAnEmptyNoteIsLeft(t *testing.T) {
	p := momentOf(t, "study")
	p.as("m03").press("n").sees("会议记录：学习").press("esc").sees("第 3/14 项", "发言：党员04")
	p.as("m03").press("n").types("讨论").press("esc").sees("提交")
}

// Who had come and goes away is told as gone, not as absent: they count as having come.
func TestWhoLeavesEarlyIsToldSo(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: "事假"}, meeting.RecordAbsence{ID: "m08", Reason: "病假"})
	p.as("m03").sees("党员07 提前离开：事假", "党员08 缺席：病假")
}
