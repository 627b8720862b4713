package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// stage is whose turn it is and what comes now.
func (h *hall) stage() string {
	r, _ := h.State().Round(h.State().Subject)
	return strings.TrimSpace(string(h.State().Subject) + " " + string(r.Part) + " " + string(h.State().Floor.Speaker) + " " + string(h.State().Floor.For))
}

// steps has the secretary go on step by step, through the given stages.
func (h *hall) steps(want ...string) {
	h.T.Helper()
	for i, w := range want {
		h.Does("m03", meeting.Advance{})
		if got := h.stage(); got != w {
			h.T.Errorf("step %d: %q, want %q", i+1, got, w)
		}
	}
}

func TestTheSecretaryIsFirstThenTheCommitteeThenTheOthers(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil, "m07")
	h.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: "病假", Written: true})
	same(t, "order", h.State().Participants(), ids("m03", "m02", "m04", "m01", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "m13", "m14", "m15"))
}

func TestMutualReviewAfterEachSelfCriticism(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Turn{ID: "m03"}, meeting.YieldFloor{}, meeting.GiveFloor{ID: "m03"}) // the self-criticism goes on
	same(t, "turn", h.stage(), "m03 self m03 self-criticism")
	same(t, "to come", h.State().ToCome()[:3], ids("m02", "m04", "m01"))
	h.steps("m03 criticism")
	same(t, "limit", h.State().Floor.Limit, 0)
	h.Does("m03", meeting.GiveFloor{ID: "m03"}) // answers at once
	same(t, "turn", []any{h.stage(), h.State().Floor.Limit}, []any{"m03 criticism m03 response", 60})
	h.Does("m03", meeting.YieldFloor{})
	h.Does("m03", meeting.AskFloor{}) // the person in question does not criticise themself
	h.Does("m05", meeting.AskFloor{})
	h.Does("m06", meeting.AskFloor{})
	h.steps("m03 criticism m05 criticism", "m03 criticism m06 criticism", "m03 response m03 response")
	same(t, "limit", h.State().Floor.Limit, 60)
	h.steps("")
	same(t, "to come", h.State().ToCome()[:2], ids("m02", "m04"))
	h.steps("m02 self m02 self-criticism")
	same(t, "to come", []any{h.State().ToCome()[0], len(h.State().ToCome())}, []any{meeting.MemberID("m04"), 13})
	r, _ := h.State().Round("m03")
	same(t, "书记", []any{r.Part, r.Spoke, r.Critics()}, []any{meeting.PartDone, true, ids("m05", "m06")})
	same(t, "who has not spoken yet", len(h.State().Silent()), 13)
	same(t, "who was not heard yet", len(h.State().Unheard()), 14)
}

func TestMutualReviewAfterAllSelfCriticisms(t *testing.T) {
	h := seated(t, "regulation-2018", preset.Criticism, nil, "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "m13", "m14", "m15")
	// Words that are handed in early do not replace the speech.
	h.Does("m02", meeting.CriticiseSelf{Text: "学习抓得不紧"})
	h.steps("m03 self m03 self-criticism")
	same(t, "to come", h.State().ToCome(), ids("m02", "m04", "m01", "m03", "m02", "m04", "m01"))
	h.steps("", "m02 self m02 self-criticism", "", "m04 self m04 self-criticism", "", "m01 self m01 self-criticism", "")
	same(t, "all were heard", h.State().Unheard(), nil)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "some-unreviewed", "4")
	h.steps("m03 criticism", "m03 response m03 response", "", "m02 criticism")
	h.Does("m05", meeting.SignIn{}) // comes late: speaks first
	h.steps("m02 response m02 response", "", "m05 self m05 self-criticism", "", "m04 criticism", "m04 response m04 response", "",
		"m01 criticism", "m01 response m01 response", "", "m05 criticism", "m05 response m05 response", "")
	h.Refused("m03", meeting.Advance{}, meeting.AllHeard)
	h.Refused("m03", meeting.Turn{}, meeting.AllHeard)
	h.Does("m03", meeting.Next{})
}

func TestTheMaterialOfAnAbsentMemberIsReadForThem(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil, "m01", "m13")
	h.Does("m03", meeting.RecordAbsence{ID: "m01", Reason: "病假", Written: true}, meeting.RecordAbsence{ID: "m13", Reason: "公出"},
		meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	h.Refused("m03", meeting.Turn{ID: "m13"}, meeting.TakesNoPart, "党员13")
	h.Refused("m03", meeting.Turn{ID: "m99"}, meeting.UnknownMember, "m99")
	h.Refused("m03", meeting.Turn{ID: "g1"}, meeting.NotInParty, "列席01")
	h.Does("m03", meeting.Turn{ID: "m01"})
	same(t, "nobody has the floor", h.stage(), "m01 self")
	h.Does("m05", meeting.CriticiseSelf{From: "m01", Text: "参加活动不够"})
	h.steps("m01 criticism")
	h.Does("m06", meeting.Criticise{Of: "m01", Text: "多联系群众"})
	h.steps("") // nobody responds
	r, _ := h.State().Round("m01")
	same(t, "党员01", []any{r.Part, r.Spoke, r.Own[0].From, r.Own[0].By}, []any{meeting.PartDone, true, "m01", "m05"})
	same(t, "without material nobody waits", len(h.State().Unheard()), 13)
}

func TestASpeechFromTheFloorAndItsWordsAreOneCriticism(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Does("m03", meeting.Advance{}, meeting.Advance{}, meeting.GiveFloor{ID: "m05"}, meeting.GiveFloor{ID: "m06"}, meeting.GiveFloor{ID: "g1"})
	same(t, "the clock of a criticism", []any{h.State().Floor.For, h.State().Floor.Limit}, []any{meeting.ForCriticism, 120})
	h.Does("m03", meeting.YieldFloor{})
	h.Does("m06", meeting.Criticise{Of: "m03", Text: "调研不够深入"})
	h.Does("m07", meeting.Criticise{Of: "m03", Text: "会议偏多"})
	h.Does("m03", meeting.GiveFloor{ID: "m07"}, meeting.GiveFloor{ID: "m05"}, meeting.YieldFloor{})
	h.Does("m07", meeting.Criticise{Of: "m03", Text: "文件偏长"})
	r, _ := h.State().Round("m03")
	var got []string
	for _, c := range r.Criticisms {
		got = append(got, string(c.From)+" "+c.Text)
	}
	same(t, "criticisms", strings.Join(got, "; "), "m05 ; m06 调研不够深入; m07 会议偏多; m07 文件偏长")
	same(t, "critics", r.Critics(), ids("m05", "m06", "m07"))
	same(t, "silent", len(h.State().Silent()), 12)
}

func TestWordsAreHandedInByTheirOwnersDuringTheItemOnly(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfCheck, nil, "m13")
	words := meeting.Criticise{Of: "m03", Text: "调研不够深入"}
	h.Refused("m05", words, meeting.WrongItem, "批评与自我批评")
	h.GoTo(preset.Criticism)
	h.Refused("m13", words, meeting.SignInFirst)
	h.Refused("g1", words, meeting.PartyOnly)
	h.Refused("q1", meeting.CriticiseSelf{Text: "x"}, meeting.PartyOnly)
	h.Refused("m05", meeting.Criticise{From: "m06", Of: "m03", Text: "x"}, meeting.RecorderOnly)
	h.Refused("m05", meeting.Criticise{Of: "m05", Text: "x"}, meeting.CriticisesSelf)
	h.Refused("m05", meeting.Criticise{Of: "m13", Text: "x"}, meeting.TakesNoPart, "党员13")
	h.Refused("m05", meeting.Criticise{Of: "m99", Text: "x"}, meeting.UnknownMember, "m99")
	h.Refused("m05", meeting.Criticise{Of: "m03", Text: " \n\t"}, meeting.TextMissing)
	h.Refused("m05", meeting.Criticise{Of: "m03", Text: "x\x1b[2J"}, meeting.ControlCharacters)
	h.Refused("m05", meeting.Criticise{Of: "m03", Text: "\u202ex"}, meeting.ControlCharacters)
	h.Refused("m05", meeting.Criticise{Of: "m03", Text: "\xff"}, meeting.GarbledText)
	h.Refused("m05", meeting.Criticise{Of: "m03", Text: "\ue863"}, meeting.PrivateUse, "U+E863")
	h.Refused("m05", meeting.Criticise{Of: "m03", Text: strings.Repeat("\n", 5000) + "x"}, meeting.TextTooLong, "5001", "5000")
	h.Does("m05", words, meeting.Criticise{Of: "m03", Text: "一\r\n二\r三\t四 "}, meeting.CriticiseSelf{Text: "学习不够"}, meeting.Respond{Text: "接受"})
	r, _ := h.State().Round("m03")
	same(t, "line breaks", r.Criticisms[1].Text, "一\n二\n三    四")
	own, _ := h.State().Round("m05")
	same(t, "m05", []any{own.Own[0].Text, own.Responses[0].Text, own.Spoke}, []any{"学习不够", "接受", true})
}

func TestTheRecorderWritesForAnybodyWhoTakesPart(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfCheck, nil, "m13")
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	h.Refused("m05", meeting.Criticise{From: "m06", Of: "m03", Text: "x"}, meeting.WrongItem, "批评与自我批评")
	h.GoTo(preset.Criticism)
	h.Refused("m05", meeting.Criticise{From: "m13", Of: "m03", Text: "x"}, meeting.TakesNoPart, "党员13")
	h.Refused("m05", meeting.Criticise{From: "g1", Of: "m03", Text: "x"}, meeting.NotInParty, "列席01")
	h.Refused("m05", meeting.Criticise{From: "m99", Of: "m03", Text: "x"}, meeting.UnknownMember, "m99")
	h.Refused("m05", meeting.Criticise{From: "m03", Of: "m03", Text: "x"}, meeting.CriticisesSelf)
	h.Does("m05", meeting.Criticise{From: "m06", Of: "m03", Text: "调研不够"}, meeting.Respond{From: "m03", Text: "马上改"})
	r, _ := h.State().Round("m03")
	same(t, "whose words, whose hand", []any{r.Criticisms[0].From, r.Criticisms[0].By, r.Responses[0].From, r.Responses[0].By}, []any{"m06", "m05", "m03", "m05"})
}

func TestAnInterruptedRoundGoesOnWhereItWas(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.steps("m03 self m03 self-criticism", "m03 criticism")
	h.Does("m03", meeting.Turn{ID: "m09"}) // has to leave soon
	same(t, "turn", h.stage(), "m09 self m09 self-criticism")
	h.steps("m09 criticism", "m09 response m09 response", "", "m03 criticism")
	h.Does("m03", meeting.Turn{ID: "m09"}) // somebody has one more thing to say
	same(t, "turn", h.stage(), "m09 criticism")
	h.Does("m03", meeting.Turn{ID: "m10"}, meeting.Turn{ID: "m11"})
	r, _ := h.State().Round("m10")
	same(t, "who was cut short was not heard", r.Spoke, false)
	h.Does("m03", meeting.Turn{ID: "m10"})
	same(t, "turn", h.stage(), "m10 self m10 self-criticism")
}

func TestWhoWentAwayUnheardIsNotCalledAndNotForgotten(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil, "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "m13", "m14", "m15")
	h.Does("m03", meeting.RecordAbsence{ID: "m02", Reason: "接孩子"})
	h.Refused("m03", meeting.Turn{ID: "m02"}, meeting.TakesNoPart, "党员02")
	for range 12 {
		h.Does("m03", meeting.Advance{})
	}
	h.Refused("m03", meeting.Advance{}, meeting.AllHeard)
	same(t, "not heard", h.State().Unheard(), ids("m02"))
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "some-unheard", "1")
	h.Does("m03", meeting.Next{Reason: "党员02 提前离会,会后补"})
}

func TestOnlyTheConsoleCallsPeopleUp(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfCheck, nil)
	h.Refused("m03", meeting.Advance{}, meeting.WrongItem, "批评与自我批评")
	h.GoTo(preset.Criticism)
	h.Refused("m05", meeting.Advance{}, meeting.ConsoleOnly)
	h.Refused("m05", meeting.Turn{ID: "m05"}, meeting.ConsoleOnly)
	h.Does("m03", meeting.Advance{}, meeting.Next{Reason: "改日"})
	same(t, "nobody's turn", h.State().Subject, "")
}
