package meeting_test

import (
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Three ballots are never read. So they are not cast: the meeting goes on in
// writing, and the members' assembly passes the grades.
func TestABranchOfThreeHoldsItsMeetingWithoutAVote(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()[2:5]...)
	for _, m := range h.State().Roster {
		h.Does(m.ID, meeting.SignIn{})
	}
	for n := 0; h.State().Phase != meeting.After; n++ {
		if !h.move() || n > 200 {
			it, _ := h.State().Item()
			t.Fatalf("stuck at %s: %+v", it.Title, meeting.NextStep(h.State()))
		}
		if it, _ := h.State().Item(); it.Kind == preset.Ballot {
			same(t, "what is amiss", h.State().Checks(), []meeting.Check{{Code: meeting.TooFewVoters, Args: []string{"3", "5"}, Red: true}})
		}
	}
	same(t, "the vote", []any{h.State().Vote() == nil, h.Item(preset.Ballot).Status}, []any{true, meeting.Skipped})
	same(t, "the reason", h.Item(preset.Ballot).Reason, "会后补")
	same(t, "ratings", []any{h.State().Ratings.Len(), h.State().Submitted}, []any{3, true})
	r := h.State().Resolutions[len(h.State().Resolutions)-1]
	same(t, "the assembly", []any{r.Text, r.Yes, r.Expected, r.Passed}, []any{"组织评定等次", 3, 3, true})
}

// Who comes late, or goes early, decides whether a vote can be read; a paper
// slip is not in the box.
func TestAVoteIsUnreadableAsLongAsTooFewWouldGetABallot(t *testing.T) {
	h := five(t, nil, "m15")
	same(t, "four", meeting.NextStep(h.State()).Act, meeting.ActNext)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "too-few-voters", "4", "5")
	h.Does("m15", meeting.SignIn{})
	same(t, "five", meeting.NextStep(h.State()).Act, meeting.ActScrutineers)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "not-voted")
	h.Does("m03", meeting.NextStep(h.State()).Do)
	same(t, "sealing", len(meeting.NextStep(h.State()).Wait), 2)
	h.Does("m03", meeting.GivePaper{ID: "m15"})
	same(t, "on paper", meeting.NextStep(h.State()).Act, meeting.ActNext)
}

// allGraded is a branch without a committee at 组织评定, everybody graded.
func allGraded(t *testing.T, away ...meeting.MemberID) *hall {
	h := five(t, nil, away...)
	h.GoTo(preset.Rating)
	for _, id := range h.State().ToGrade() {
		h.Does("m03", meeting.Rate{ID: id, Grade: "合格"})
	}
	return h
}

func TestTheAssemblyHandsTheTableInWhereThereIsNoCommittee(t *testing.T) {
	h := allGraded(t)
	h.Refused("m03", meeting.Submit{}, meeting.HandsMissing)
	h.Refused("m03", meeting.Submit{Hands: &meeting.Hands{Yes: 4}}, meeting.TooManyHands, "4", "3")
	h.Refused("m03", meeting.Submit{Hands: &meeting.Hands{Yes: 1, No: 2}}, meeting.NotPassed, "1", "3", "1", "2")
	same(t, "not yet", []any{h.State().Submitted, len(h.State().Resolutions)}, []any{false, 0})
	step := meeting.NextStep(h.State())
	same(t, "step", []any{step.Act, *step.Do.(meeting.Submit).Hands, step.Confirm}, []any{meeting.ActSubmit, meeting.Hands{Yes: 3}, true})
	h.Does("m03", meeting.Submit{Hands: &meeting.Hands{Yes: 2, Abstain: 1}})
	r := h.State().Resolutions[0]
	same(t, "passed", []any{h.State().Submitted, r.Yes, r.Abstain, r.Expected, r.Passed}, []any{true, 2, 1, 3, true})
}

// Without a quorum nothing passes: the table is handed in all the same, and the
// item is left with a reason.
func TestTheTableIsHandedInWithoutAQuorum(t *testing.T) {
	h := allGraded(t, "m04", "m05")
	same(t, "nothing passes", h.State().RatingHands() == nil, true)
	h.Does("m03", meeting.Submit{})
	same(t, "amiss", slices.ContainsFunc(h.State().Checks(), func(c meeting.Check) bool { return c.Red && c.Code == meeting.NoQuorum }), true)
}
