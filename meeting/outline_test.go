package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestAMemberKeepsAnOutlineUntilTheMeetingIsOver(t *testing.T) {
	h := five(t, nil)
	h.Refused("g1", meeting.KeepOutline{Text: "提纲"}, meeting.PartyOnly)
	h.Refused("m04", meeting.KeepOutline{Text: " \n"}, meeting.TextMissing)
	h.Refused("m04", meeting.KeepOutline{Text: strings.Repeat("长", 5001)}, meeting.TextTooLong, "5001", "5000")
	h.Refused("m04", meeting.KeepOutline{Text: "\x1b[2J"}, meeting.ControlCharacters)
	h.Does("m04", meeting.KeepOutline{Text: "学习体会"}, meeting.KeepOutline{Text: " 学习体会\r\n理论学习抓得不紧 "})
	o, ok := h.State().OutlineOf("m04")
	same(t, "outline", []any{o.Text, o.At.Equal(h.room.Now()), ok}, []any{"学习体会\n理论学习抓得不紧", true, true})
	n := h.State().Chronicle.Len()
	h.Does("m04", meeting.KeepOutline{Text: "学习体会\n理论学习抓得不紧"})
	same(t, "the same again is nothing new", h.State().Chronicle.Len(), n)
	_, ok = h.State().OutlineOf("m05")
	same(t, "m05 has none", ok, false)
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	h.Refused("m04", meeting.KeepOutline{Text: "晚了"}, meeting.MeetingOver)
}

func TestWhoIsNotInTheMeetingYetMayPrepare(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m14", meeting.KeepOutline{Text: "提纲"})
	h.Greyed("q1", meeting.ActOutline, meeting.PartyOnly)
}

// No exported log holds the words of an outline, and pruning takes them away.
func TestAnOutlineIsStoredApartAndPruned(t *testing.T) {
	e := meeting.Event{By: "m04", Fact: meeting.OutlineKept{Text: "只有我看"}}
	body, _, blob, err := meeting.Encode(e)
	if err != nil || strings.Contains(string(body), "只有我看") || string(blob) != "只有我看" {
		t.Errorf("%s %q %v", body, blob, err)
	}
	h := newHall(t, "seed-2017", nil, fifteen()...)
	pruned, err := meeting.Decode(body, nil)
	s := meeting.Apply(h.State(), must(t, pruned, err))
	_, ok := s.OutlineOf("m04")
	same(t, "after pruning", ok, false)
}
