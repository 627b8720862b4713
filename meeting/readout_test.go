package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Somebody in the room who can't speak lets their written words be read out when
// they have the floor, and waits for it like everybody else.
func TestWhoCannotSpeakIsReadOut(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Refused("m05", meeting.AskReading{}, meeting.NoSpeech)
	h.Does("m03", meeting.Turn{}, meeting.Advance{})
	h.Does("m05", meeting.Criticise{Of: "m03", Text: "到基层少"}, meeting.AskReading{})
	h.Does("m06", meeting.Criticise{Of: "m03", Text: "急躁"})
	same(t, "the queue", h.State().Floor.Queue, ids("m05"))
	h.Does("m05", meeting.AskReading{}) // asked twice
	same(t, "who is read for", h.State().ReadFor, ids("m05"))
	same(t, "nobody yet", []any{h.State().ReadsOut(), h.State().ToRead()}, []any{false, []meeting.Speech(nil)})
	h.Does("m03", meeting.Advance{})
	same(t, "to read", words(h.State().ToRead()), []string{"到基层少"})
	same(t, "the wall knows that somebody reads, and not what", []any{h.State().Wall().ReadsOut(), words(h.State().Wall().ToRead())}, []any{true, []string{}})
	h.Does("m03", meeting.GiveFloor{ID: "m06"})
	same(t, "who speaks for themself", h.State().ReadsOut(), false)
	r, _ := h.State().Round("m03")
	same(t, "criticisms", words(r.Criticisms), []string{"到基层少", "急躁"})

	h.Does("m03", meeting.Advance{}, meeting.Advance{})
	h.Does("m05", meeting.CriticiseSelf{Text: "学习不够"}, meeting.Respond{Text: "接受"})
	h.Does("m03", meeting.Turn{ID: "m05"})
	same(t, "the self-criticism", words(h.State().ToRead()), []string{"学习不够"})
	h.Does("m03", meeting.Advance{}, meeting.Advance{})
	same(t, "the response", words(h.State().ToRead()), []string{"接受"})
	h.Does("m05", meeting.AskReading{Off: true}, meeting.AskReading{Off: true})
	same(t, "says it themself", h.State().ReadsOut(), false)
}
