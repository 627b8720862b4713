package ssh

import (
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// A red line of `ready` holds up the meeting until `step --reason`, and again the
// opening of the box where nobody has passed it yet.
func TestARedLineIsPassedOverSSH(t *testing.T) {
	h, _ := newOrgHouse(t, func(r *preset.Rules) { r.Gates = map[string]string{"plan": preset.Red} })
	type line struct{ Check, Level, Clause, Text, Todo string }
	plan := func(who meeting.MemberID, words string) line {
		t.Helper()
		var list []line
		h.asks(who, words, "", &list)
		i := slices.IndexFunc(list, func(l line) bool { return l.Check == "plan" })
		if i < 0 {
			t.Fatalf("%s %s: no plan in %+v", who, words, list)
		}
		return list[i]
	}
	if l := plan("m01", "ready"); l.Level != "red" || l.Text != "还没有方案。" || l.Clause == "" || l.Todo == "" {
		t.Errorf("%+v", l)
	}
	if l := plan("s1", "in b1 ready"); l.Level != "red" {
		t.Errorf("the superior: %+v", l)
	}
	if a := h.says("m05", "ready", ""); a.exit != exitFailed || a.out != "" || !oneLine(a.err) {
		t.Errorf("a member: %+v", a)
	}
	for _, words := range []string{"step", "next"} {
		if a := h.says("m01", words, ""); a.exit != exitFailed || !strings.Contains(a.err, "还没有方案") || !strings.Contains(a.err, "理由") {
			t.Errorf("%s: %+v", words, a)
		}
	}
	h.asks("m01", "step --reason 方案在路上", "", &struct{}{})
	if l := plan("m01", "ready"); !strings.Contains(l.Text, "方案在路上") {
		t.Errorf("with a reason: %+v", l)
	}
	if s := h.hall.State(); s.Phase != meeting.Live || len(s.GatesPassed) != 1 {
		t.Errorf("%s %+v", s.Phase, s.GatesPassed)
	}
}
