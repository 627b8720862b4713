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
	h.counted(everybodyQualified)
	h.refused(meeting.Keeper, prune, meeting.NotOver)
	h.goTo(preset.Rating)
	for _, id := range h.s.ToGrade() {
		h.does("m03", meeting.Rate{ID: id, Grade: "合格"})
	}
	h.does("m03", meeting.Submit{})
	h.refused(meeting.Keeper, prune, meeting.NotOver)
	h.goTo(preset.Closing)
	h.does("m03", meeting.Next{Reason: "停电"})
	h.refused("m03", prune, meeting.KeeperOnly)
	h.refused(meeting.Keeper, meeting.Prune{}, meeting.TextMissing)
	h.refused(meeting.Keeper, meeting.Prune{Approval: strings.Repeat("长", 201)}, meeting.TextTooLong)
	h.refused(meeting.Keeper, meeting.Prune{Approval: "批\x1b[2J"}, meeting.ControlCharacters)
	h.does(meeting.Keeper, prune)
	same(t, "pruned", h.s.Pruned, map[meeting.Class]string{meeting.BallotBlob: prune.Approval, meeting.CommentBlob: prune.Approval})
	h.refused(meeting.Keeper, prune, meeting.AlreadyPruned)
	h.refused(meeting.Keeper, meeting.Prune{Approval: "x", Classes: []meeting.Class{"all"}}, meeting.UnknownWord)
	h.does(meeting.Keeper, meeting.Prune{Approval: "结年", Classes: meeting.Classes()})
	same(t, "each class on its own decision", h.s.Pruned, map[meeting.Class]string{
		meeting.BallotBlob: prune.Approval, meeting.CommentBlob: prune.Approval, meeting.PrivateBlob: "结年",
	})
	h.greyed(meeting.Keeper, meeting.ActPrune, meeting.AlreadyPruned)
}

func TestNothingIsPrunedWithoutASubmittedTable(t *testing.T) {
	h := five(t, nil)
	h.counted(everybodyQualified)
	h.goTo(preset.Closing)
	h.does("m03", meeting.Next{Reason: "停电"})
	h.refused(meeting.Keeper, meeting.Prune{Approval: "x"}, meeting.NotSubmitted)
}
