package ssh

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestASentenceIsPutOnTheWallByAWord(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Study)
	if a := h.says("m01", "say 请把 手机静音", ""); a.exit != exitOK || a.out != "已写在投影上。\n" {
		t.Errorf("%+v", a)
	}
	if text := h.hall.State().Wall().Placard.Text; text != "请把 手机静音" {
		t.Errorf("on the wall: %q", text)
	}
	if a := h.says("m01", "say "+strings.Repeat("长", 61), ""); a.exit != exitFailed || !strings.Contains(a.err, "61") {
		t.Errorf("too long: %+v", a)
	}
	if a := h.says("m02", "say x", ""); a.exit != exitFailed {
		t.Errorf("a member: %+v", a)
	}
	h.Does("m01", meeting.Say{Break: true})
	for _, words := range []string{"say ''", "say"} {
		if a := h.says("m01", words, ""); a.exit != exitOK || a.out != "已撤下，投影照常。\n" {
			t.Errorf("%+v", a)
		}
	}
	if h.hall.State().Placard.Hangs() {
		t.Error("it still hangs")
	}
}
