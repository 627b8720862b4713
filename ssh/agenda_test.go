package ssh

import (
	"strings"
	"testing"

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
