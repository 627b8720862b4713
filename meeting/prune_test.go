package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Ciphertexts are removed once, on the server, after the table was handed in
// and the meeting is over; on a decision that stays in the log.
func TestPruningFollowsTheApproval(t *testing.T) {
	h := five(t, nil)
	prune := meeting.Prune{Approval: "某党总支批复〔2017〕3 号", Classes: []meeting.Class{meeting.BallotBlob, meeting.CommentBlob}}
	h.Counted(everybodyQualified)
	h.Refused(meeting.Keeper, prune, meeting.NotOver)
	h.GoTo(preset.Rating)
	for _, id := range h.State().ToGrade() {
		h.Does("m03", meeting.Rate{ID: id, Grade: "合格"})
	}
	h.Does("m03", meeting.Submit{Hands: h.State().RatingHands()})
	h.Refused(meeting.Keeper, prune, meeting.NotOver)
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	h.Refused("m03", prune, meeting.KeeperOnly)
	h.Refused(meeting.Keeper, meeting.Prune{}, meeting.TextMissing)
	h.Refused(meeting.Keeper, meeting.Prune{Approval: strings.Repeat("长", 201)}, meeting.TextTooLong)
	h.Refused(meeting.Keeper, meeting.Prune{Approval: "批\x1b[2J"}, meeting.ControlCharacters)
	h.Does(meeting.Keeper, prune)
	same(t, "pruned", h.State().Pruned, map[meeting.Class]string{meeting.BallotBlob: prune.Approval, meeting.CommentBlob: prune.Approval})
	h.Refused(meeting.Keeper, prune, meeting.AlreadyPruned)
	h.Refused(meeting.Keeper, meeting.Prune{Approval: "x", Classes: []meeting.Class{"all"}}, meeting.UnknownWord)
	h.Does(meeting.Keeper, meeting.Prune{Approval: "结年", Classes: meeting.Classes()})
	same(t, "each class on its own decision", h.State().Pruned, map[meeting.Class]string{
		meeting.BallotBlob: prune.Approval, meeting.CommentBlob: prune.Approval, meeting.PrivateBlob: "结年",
	})
	h.Greyed(meeting.Keeper, meeting.ActPrune, meeting.AlreadyPruned)
}

func TestNothingIsPrunedWithoutASubmittedTable(t *testing.T) {
	h := five(t, nil)
	h.Counted(everybodyQualified)
	h.GoTo(preset.Closing)
	h.Does("m03", meeting.Next{Reason: "停电"})
	h.Refused(meeting.Keeper, meeting.Prune{Approval: "x"}, meeting.NeverSubmitted)
}
