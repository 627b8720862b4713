package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// words are the texts of speeches.
func words(list []meeting.Speech) []string {
	texts := []string{}
	for _, w := range list {
		texts = append(texts, w.Text)
	}
	return texts
}

func criticismOf(of meeting.MemberID, nth int) meeting.SpeechID {
	return meeting.SpeechID{Kind: meeting.CriticismSpeech, Of: of, Nth: nth}
}

// What somebody handed in they can read, change and withdraw until the round
// ends, and nobody else's.
func TestACriticismIsMendedUntilTheRoundEnds(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Turn{}, meeting.Advance{})
	h.Does("m05", meeting.Criticise{Of: "m03", Text: "到基层少"})
	h.Does("m06", meeting.Criticise{Of: "m03", Text: "急躁"})
	h.Does("m05", meeting.Criticise{Of: "m03", Text: "笔误"})
	round := func() meeting.Round { r, _ := h.State().Round("m03"); return r }

	h.Does("m05", meeting.MendSpeech{ID: criticismOf("m03", 2), Text: "  学习不够\r\n要抓紧 "})
	same(t, "mended", words(round().Criticisms), []string{"到基层少", "急躁", "学习不够\n要抓紧"})
	h.Does("m05", meeting.WithdrawSpeech{ID: criticismOf("m03", 1)})
	same(t, "withdrawn", words(round().Criticisms), []string{"急躁", "学习不够\n要抓紧"})
	h.Refused("m05", meeting.MendSpeech{ID: criticismOf("m03", 2), Text: "x"}, meeting.NoSpeech)
	h.Refused("m07", meeting.WithdrawSpeech{ID: criticismOf("m03", 1)}, meeting.NoSpeech)
	h.Refused("m05", meeting.MendSpeech{ID: criticismOf("m03", 1), Text: " "}, meeting.TextMissing)
	h.Refused("m05", meeting.WithdrawSpeech{ID: meeting.SpeechID{Kind: "gossip", Of: "m03", Nth: 1}}, meeting.NoSpeech)

	h.Does("m03", meeting.Advance{}, meeting.Advance{}) // the response, the end of the round
	h.Refused("m05", meeting.MendSpeech{ID: criticismOf("m03", 1), Text: "x"}, meeting.RoundIsOver, "党员03")
	h.Refused("m06", meeting.WithdrawSpeech{ID: criticismOf("m03", 1)}, meeting.RoundIsOver, "党员03")
}

// Words that are withdrawn do not undo that somebody spoke from the floor.
func TestWhoSpokeIsNotSilentWithoutTheWords(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Turn{}, meeting.CriticiseSelf{Text: "学习不够"})
	own := meeting.SpeechID{Kind: meeting.SelfSpeech, Of: "m03", Nth: 1}
	h.Does("m02", meeting.CriticiseSelf{Text: "早交的"}, meeting.WithdrawSpeech{ID: meeting.SpeechID{Kind: meeting.SelfSpeech, Of: "m02", Nth: 1}})
	h.Does("m03", meeting.Advance{})
	h.Does("m05", meeting.AskFloor{})
	h.Does("m03", meeting.Advance{}, meeting.YieldFloor{})
	h.Does("m05", meeting.Criticise{Of: "m03", Text: "到基层少"}, meeting.WithdrawSpeech{ID: criticismOf("m03", 1)})
	h.Does("m03", meeting.WithdrawSpeech{ID: own})
	r, _ := h.State().Round("m03")
	same(t, "critics", []any{r.Critics(), words(r.Criticisms)}, []any{ids("m05"), []string{""}})
	same(t, "the self-criticism", []any{r.Spoke, len(r.Own)}, []any{true, 0})
	h.Does("m05", meeting.Criticise{Of: "m03", Text: "再写一次"})
	r, _ = h.State().Round("m03")
	same(t, "the words again", words(r.Criticisms), []string{"再写一次"})
	early, _ := h.State().Round("m02")
	same(t, "who has only written", early.Spoke, false)
}

func TestWhoReadsTheWords(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Turn{}, meeting.CriticiseSelf{Text: "学习不够"}, meeting.Advance{})
	h.Does("m05", meeting.Criticise{Of: "m03", Text: "到基层少"})
	h.Does("m06", meeting.Criticise{Of: "m04", Text: "急躁"})
	for who, want := range map[meeting.MemberID][]int{"m03": {1, 2, 3}, "m05": {2}, "m06": {3}, "m04": {3}, "m07": {}, "g1": {}} {
		got := []int{}
		for _, w := range h.State().Speeches(who) {
			got = append(got, w.No)
		}
		same(t, "what "+string(who)+" reads", got, want) // m03 runs the meeting
	}
	same(t, "whose", h.State().Speeches("m05")[0].ID, criticismOf("m03", 1))
	if own := h.State().OwnSpeeches("m03"); len(own) != 1 || own[0].Text != "学习不够" {
		t.Errorf("m03's own: %+v", own)
	}
}
