package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// A large branch sits by 党小组: nobody criticises across groups, and the recorder
// of a group writes for its members.
func TestGroupsCriticiseAmongThemselves(t *testing.T) {
	h := newHouseUnder(t, 6, func(r *preset.Rules) { r.GroupsOver = 5 })
	people := meetingtest.Members(6).Post(1, "书记")
	for i := range people {
		people[i].Group = []string{"第一党小组", "第二党小组"}[i/3]
	}
	h.Does(meeting.Keeper, meeting.ImportRoster{People: people, Yes: true})
	h.toItem(preset.Criticism)
	if a := h.says("m01", "name m05 group-recorder", ""); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
	h.Does("m01", meeting.Turn{ID: "m04"}, meeting.Advance{})
	var v struct {
		Round struct{ Apart bool }
		Order []struct{ ID, Group string }
	}
	h.asks("m02", "status", "", &v)
	if !v.Round.Apart {
		t.Error("m02 is not told that m04 is of another group")
	}
	h.asks("m02", "agenda", "", &v)
	if len(v.Order) != 6 || v.Order[3].Group != "第二党小组" {
		t.Errorf("%+v", v.Order)
	}
	a := h.says("m02", "criticise m04", "到基层少。")
	if a.exit != exitFailed || !oneLine(a.err) || !strings.Contains(a.err, "党员04 在第二党小组") || !strings.Contains(a.err, "请在自己的党小组里进行") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m05", "record m06 criticise m04", "到基层少。"); a.exit != exitOK {
		t.Errorf("%+v", a)
	}
	if a := h.says("m05", "record m02 self-criticise", "到基层少。"); a.exit != exitFailed || !strings.Contains(a.err, "党员02 在第一党小组") {
		t.Errorf("%+v", a)
	}
	if a := h.says("m05", "whoami", ""); !strings.Contains(a.out, "党小组记录人") {
		t.Errorf("%+v", a)
	}
}
