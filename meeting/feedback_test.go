package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// decided is the branch of nine after its meeting: m01 and m02 are 优秀, the
// others 合格, m05 for a reason; m04 has criticised m05.
func decided(t *testing.T, id string) *hall {
	t.Helper()
	return decides(graded(t, id))
}

// decides lets a hall with a count go on to its end.
func decides(h *hall) *hall {
	h.GoTo(preset.Criticism)
	h.Does("m04", meeting.Criticise{Of: "m05", Text: "到服务对象中去得少"})
	h.GoTo(preset.Rating)
	h.rates("优秀", "m01", "m02")
	h.rates("合格", "m03", "m04", "m06", "m07")
	h.Does("m03", meeting.Rate{ID: "m05", Grade: "合格", Reason: "综合平时表现"}, meeting.Submit{})
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	return h
}

// DOMAIN.md §0, 5: by the seed the superior decides before members are told.
func TestFeedbackWaitsForTheSuperiorWhereTheRulesSaySo(t *testing.T) {
	h := decided(t, "seed-2017")
	same(t, "waits", h.State().NeedsApproval(), true)
	h.Refused("m03", meeting.GiveFeedback{ID: "m05"}, meeting.ApprovalMissing)
	h.Refused("m03", meeting.GiveFeedback{ID: "m05", Approval: strings.Repeat("长", 201)}, meeting.TextTooLong)
	h.Does("m03", meeting.GiveFeedback{ID: "m05", Approval: "某党总支批复〔2017〕3 号"})
	same(t, "it is on record now", []any{h.State().NeedsApproval(), h.State().Approval()}, []any{false, "某党总支批复〔2017〕3 号"})
	h.Does("m02", meeting.GiveFeedback{ID: "m14"})
	same(t, "and stands for the others", h.State().Hearings.Of("m14").Approval, "某党总支批复〔2017〕3 号")
	same(t, "untold", h.State().Untold(), ids("m01", "m02", "m03", "m04", "m06", "m07", "m15"))

	h = decided(t, "seed-2017")
	h.Does(meeting.Keeper, meeting.Prune{Approval: "清理旧数据", Classes: meeting.Classes()})
	h.Refused("m03", meeting.GiveFeedback{ID: "m05"}, meeting.ApprovalMissing)
	same(t, "pruning approves no grade", []any{h.State().ApprovedLine("m05"), h.State().NeedsApproval()}, []any{false, true})
	h.Does("m03", meeting.GiveFeedback{ID: "m05", Approval: "批复 4 号"})

	h = decided(t, "regulation-2018")
	h.Does("m03", meeting.GiveFeedback{ID: "m05"})
	same(t, "filing only", h.State().Hearings.Of("m05").Approval, "")
}

func TestFeedbackIsGivenAfterTheMeetingByWhoDecided(t *testing.T) {
	h := graded(t, "regulation-2018")
	give := meeting.GiveFeedback{ID: "m05"}
	h.Refused("m03", give, meeting.NotOver)
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	h.Refused("m03", give, meeting.NeverSubmitted)
	h.Refused("m03", meeting.Submit{}, meeting.NeverSubmitted) // nor can it be any more
	h.Refused(above, approve(), meeting.NeverSubmitted)        // and the superior waits for none

	h = decided(t, "regulation-2018")
	h.Refused("m05", give, meeting.NoFeedback)
	h.Refused("m05", meeting.Acknowledge{}, meeting.NoFeedback)
	h.Refused("m03", meeting.GiveFeedback{ID: "m99"}, meeting.UnknownMember, "m99")
	h.Refused("m03", meeting.GiveFeedback{ID: "g1"}, meeting.NotInParty, "列席01")
	h.Does("m04", give)
	h.Refused("m03", give, meeting.AlreadyTold, "党员05")
	h.Refused("m05", meeting.GiveFeedback{ID: "m06"}, meeting.FeedbackOnly)
}

func TestAMemberHearsTheirOwnResultAndAcknowledgesItOnce(t *testing.T) {
	h := decided(t, "regulation-2018")
	h.Does("m03", meetingtest.Writes("ledger", 0, "member", "m05", "problem", "联系群众少", "source", "互评"))
	_, told := h.State().FeedbackOf("m05")
	same(t, "before", told, false)
	h.Does("m03", meeting.GiveFeedback{ID: "m05"}, meeting.GiveFeedback{ID: "m14"})
	f, _ := h.State().FeedbackOf("m05")
	same(t, "m05", []any{f.Grade, f.Reason, f.Ballots.Counts, f.Ballots.Ballots, len(f.Criticisms), f.Criticisms[0].From, len(f.Lines), f.Acknowledged.IsZero()},
		[]any{"合格", "综合平时表现", []int{0, 9, 0, 0}, 9, 1, "m04", 1, true})
	f, _ = h.State().FeedbackOf("m14")
	same(t, "m14 has no grade", []any{f.Grade, f.Ballots == nil, len(f.Lines)}, []any{"", true, 0})
	h.Refused("m05", meeting.Acknowledge{Text: "\x1b[2J"}, meeting.ControlCharacters)
	same(t, "told, and not answered", h.State().Unanswered(), ids("m05", "m14"))
	h.Does("m05", meeting.Acknowledge{Text: " 同意,努力改进\r\n"})
	same(t, "answered", h.State().Unanswered(), ids("m14"))
	h.Refused("m05", meeting.Acknowledge{}, meeting.AlreadyAcknowledged)
	h.Does("m14", meeting.Acknowledge{Text: " \n"})
	f, _ = h.State().FeedbackOf("m05")
	same(t, "本人意见", []any{f.Opinion, f.Acknowledged.IsZero(), h.State().Hearings.Of("m14").Opinion}, []any{"同意,努力改进", false, ""})
}

// DOMAIN.md §6: below the least number of ballots nobody sees a histogram, the
// person themself neither.
func TestTooFewBallotsStayUnseenInTheFeedback(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.SelfVote = false })
	h.Opened("m03", "m04")
	for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.Casts(id, abstain)
	}
	h.Closes()
	h.GoTo(preset.Rating)
	h.rates("合格", "m03", "m04", "m05")
	h.Does("m03", meeting.Submit{Hands: h.State().RatingHands()})
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"}, meeting.GiveFeedback{ID: "m04", Approval: "批复"})
	f, _ := h.State().FeedbackOf("m04")
	same(t, "four ballots about each", []any{f.Grade, f.Ballots == nil}, []any{"合格", true})
}
