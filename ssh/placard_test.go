package ssh

import (
	"fmt"
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
	for words, says := range map[string]string{"say 请坐": "休息结束，会议继续；这句话已写在投影上。\n", "say ''": "休息结束，会议继续。\n"} {
		h.Does("m01", meeting.Say{Break: true})
		if a := h.says("m01", words, ""); a.exit != exitOK || a.out != says {
			t.Errorf("%+v", a)
		}
	}
	h.Does("m01", meeting.Say{Text: "请坐"})
	if a := h.says("m01", "say", ""); a.exit != exitOK || a.out != "已撤下，投影照常。\n" {
		t.Errorf("%+v", a)
	}
	if h.hall.State().Placard.Hangs() {
		t.Error("it still hangs")
	}
}

// A break has the wall, with its minutes and a sentence or without, and the
// speaker's clock stands still in it.
func TestABreakIsPutOnTheWallByAWord(t *testing.T) {
	h := newHouse(t, 3)
	h.toItem(preset.Study)
	if a := h.says("m01", "say --break １０", ""); a.exit != exitOK || h.hall.State().Placard.Seconds != 600 || h.hall.State().Placard.Text != "" {
		t.Errorf("ten minutes in full-width digits: %+v, %+v", a, h.hall.State().Placard)
	}
	h.Does("m01", meeting.Say{})
	h.Does("m02", meeting.AskFloor{})
	h.Does("m01", meeting.GiveFloor{ID: "m02"})
	for words, want := range map[string]meeting.Placard{
		"say --break":            {Break: true},
		"say --break 10":         {Break: true, Seconds: 600},
		"say --break 5 投完票 继续":   {Break: true, Seconds: 300, Text: "投完票 继续"},
		"say 10点半继续 --break":     {Break: true, Text: "10点半继续"},
		"say --break 60 --id ab": {Break: true, Seconds: 3600},
	} {
		if a := h.says("m01", words, ""); a.exit != exitOK || !strings.HasPrefix(a.out, "会议暂停") {
			t.Errorf("%s: %+v", words, a)
		}
		s := h.hall.State()
		if got := s.Placard; got.Break != want.Break || got.Seconds != want.Seconds || got.Text != want.Text {
			t.Errorf("%s: %+v", words, got)
		}
		if !s.Floor.Paused {
			t.Errorf("%s: the clock goes on", words)
		}
		if a := h.says("m02", "status", ""); !strings.Contains(a.out, "\n会议暂停，") || !strings.Contains(a.out, want.Text) {
			t.Errorf("%s: a member hears %s", words, a.out)
		}
		if a := h.says("m02", "status --json", ""); !strings.Contains(a.out, fmt.Sprintf(`"placard":{"text":%q,"break":true,`, want.Text)) {
			t.Errorf("%s: a script reads %s", words, a.out)
		}
	}
	for _, words := range []string{"say --break 0", "say --break 61", "say --break -5"} {
		if a := h.says("m01", words, ""); a.exit != exitUsage || !strings.Contains(a.err, "1 到 60") {
			t.Errorf("%s: %+v", words, a)
		}
	}
	if a := h.says("m02", "say --break", ""); a.exit != exitFailed {
		t.Errorf("a member: %+v", a)
	}
	if a := h.says("m01", "say", ""); a.exit != exitOK || h.hall.State().Placard.Hangs() || h.hall.State().Floor.Paused {
		t.Errorf("%+v", a)
	}
}
