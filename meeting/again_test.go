package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// A counted vote is not voided: it is held again by a resolution with a reason,
// by the same voters, and its result is nowhere any more.
func TestACountedVoteIsHeldAgainByAResolution(t *testing.T) {
	h := five(t, nil)
	h.Counted(everybodyQualified)
	voters := h.State().Vote().Members().Voters
	all := &meeting.Hands{Yes: 3}
	h.Greyed("m03", meeting.ActVoid, meeting.CountedStays)
	for _, c := range []meeting.NameScrutineers{{}, {Hands: all}, {Reason: "漏发一张票"}} {
		c.IDs = ids("m03", "m04")
		h.Refused("m03", c, meeting.AgainByResolution)
	}
	h.Refused("m03", meeting.NameScrutineers{IDs: ids("m03", "m04"), Hands: &meeting.Hands{Yes: 1}, Reason: "漏发一张票"}, meeting.NotPassed)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m03", "m04"), Hands: all, Reason: "漏发一张票"})
	first := h.State().Votes[0]
	same(t, "the first", []any{first.State, first.Reason, first.Members().Sums, first.Members().Returned.Len()}, []any{meeting.BoxVoid, "漏发一张票", [][]int(nil), 5})
	if _, no := h.State().Histogram("m03"); no == nil || no.Code != meeting.ResultLater {
		t.Errorf("the first has a result: %v", no)
	}
	h.Seals("m03", "m04")
	h.Does("m03", meeting.RecordAbsence{ID: "m15", Reason: "公出"})
	h.Refused("m03", h.urn.Open(h.State()), meeting.AgainWithoutSome, "党员15")
	h.Does("m15", meeting.SignIn{})
	h.Opens()
	same(t, "the same voters", h.State().Vote().Members().Voters, voters)
}

// Who came after the first vote has no ballot in the second: the two sums would
// differ by that ballot. So it stays when the second is void and held again.
func TestALateMemberDoesNotVoteWhenAVoteIsHeldAgain(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.MinBallots = 4 }, "m15")
	h.Counted(everybodyQualified)
	h.Does("m15", meeting.SignIn{})
	h.Again("漏发一张票")
	h.Seals(h.State().Vote().Scrutineers...)
	h.Opens()
	h.Greyed("m15", meeting.ActVote, meeting.NotAmongFirst)
	h.Does("m03", meeting.Void{Reason: "又漏了"})
	h.Sealed("m03", "m04")
	same(t, "voters", h.State().Electorate(meeting.MemberBox), ids("m03", "m04", "m05", "m14"))
	h.Refused("m03", meeting.GivePaper{ID: "m15"}, meeting.NoVotingRight)
}
