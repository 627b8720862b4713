package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestAnItemHasWordsOfItsOwn(t *testing.T) {
	h := seated(t, "seed-2017", preset.Study, nil)
	h.Does("m03", meeting.WordItem{No: 3, Text: "领读《准则》。\r\n谈体会。"}, meeting.WordItem{No: 4, Text: "通报三件事。"})
	same(t, "words", h.State().Agenda[2].Text, "领读《准则》。\n谈体会。")
	same(t, "on the wall", []string{h.State().Wall().Agenda[2].Text, h.State().Wall().Agenda[3].Text}, []string{"领读《准则》。\n谈体会。", ""})
	before := h.State()
	h.Does("m03", meeting.WordItem{No: 4, Text: "通报三件事。"})
	if h.State() != before {
		t.Error("words that stand there already are written once more")
	}
	h.Does("m03", meeting.WordItem{No: 3})
	same(t, "taken away", h.State().Agenda[2].Text, "")
	h.Refused("m03", meeting.WordItem{No: 15, Text: "x"}, meeting.BadNumber, "15", "1", "14")
	h.Refused("m05", meeting.WordItem{No: 3, Text: "x"}, meeting.ConsoleOnly)
}
