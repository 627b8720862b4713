package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// The word step stands for the confirmation of what the console's Enter asks first: it
// says whose election it recorded, so that nobody has a show of hands in the minutes
// that they know nothing of.
func TestStepSaysWhomItRecordedAsElected(t *testing.T) {
	h := newHouse(t, 7)
	h.toItem(preset.Ballot)
	a := h.says("m01", "step", "")
	v := h.hall.State().Vote()
	if v == nil || len(v.Scrutineers) != 2 {
		t.Fatalf("%+v", v)
	}
	want := "已记下举手推选的监票人：" + sayNames(h.hall.State(), v.Scrutineers) + "，同意 7，反对 0，弃权 0。"
	if a.exit != 0 || !strings.Contains(a.out, want) {
		t.Errorf("%+v\nwant %s", a, want)
	}
}

// So it is with the show of hands by which the members' assembly passes the grades.
func TestStepSaysWhichHandsItRecordedForTheGrades(t *testing.T) {
	h := newHouse(t, 5)
	h.toItem(preset.Rating)
	for _, id := range meetingtest.IDs("m01", "m02", "m03", "m04", "m05") {
		h.asks("m01", "rate "+string(id)+" 合格 --reason 表现尚好", "", new(any))
	}
	a := h.says("m01", "step", "")
	if want := "记下的举手表决：同意 5，反对 0，弃权 0。"; a.exit != 0 || !strings.Contains(a.out, want) || !strings.Contains(a.out, "submit --yes N") || !h.hall.State().Submitted {
		t.Errorf("%+v\nwant %s", a, want)
	}
}
