package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestAStepIsTakenBackByAWord(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Study)
	was := h.hall.State().Current
	var undone struct {
		Undone struct{ Fact, Text string }
	}
	h.asks("m01", "undo", "", &undone)
	if undone.Undone.Fact != "item-opened" || undone.Undone.Text != "进入「学习」" {
		t.Errorf("undone: %+v", undone)
	}
	if now := h.hall.State().Current; now != was-1 {
		t.Errorf("item %d is open, it was %d", now, was)
	}
	h.Does("m01", meeting.RecordAbsence{ID: "m03", Reason: "病假"})
	if a := h.says("m01", "undo", ""); a.exit != exitOK || a.out != "已撤回：党员03 提前离开：病假。\n" || a.err != "" {
		t.Errorf("%+v", a)
	}
	if !h.hall.State().Attendance.Of("m03").Present {
		t.Error("m03 is still absent")
	}
}

func TestAWordSaysWhyAStepStays(t *testing.T) {
	h := newHouse(t, 3)
	refused := func(who meeting.MemberID, reason string) {
		t.Helper()
		var status struct {
			WhyNot map[string]string `json:"why_not"`
		}
		h.asks(who, "status", "", &status)
		before := h.hall.State().Chronicle.Len()
		a := h.says(who, "undo", "")
		if a.exit != exitFailed || a.out != "" || !oneLine(a.err) || !strings.Contains(a.err, reason) {
			t.Errorf("%s: %+v", who, a)
		}
		if got := status.WhyNot["undo"] + "\n"; got != a.err {
			t.Errorf("status says %q, the word %q", got, a.err)
		}
		if h.hall.State().Chronicle.Len() != before {
			t.Errorf("%s has changed something", who)
		}
	}
	refused("m01", "还没有可以撤回的一步")
	h.toItem(preset.Study)
	refused("m02", "主持人")
	h.Does("m01", meeting.TakeNote{Text: "讨论热烈"})
	refused("m01", "会议记录只增不改")

	h.Does("m01", meeting.GiveFloor{ID: "m02"}, meeting.PauseClock{})
	if !strings.Contains(h.says("m01", "status", "").out, "undo 撤回刚才的一步") {
		t.Error("status does not offer to undo")
	}
	h.says("m01", "undo", "")
	if h.hall.State().Floor.Paused {
		t.Error("the clock still stands")
	}
}
