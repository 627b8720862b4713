package meeting_test

import (
	"fmt"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// Whatever the branch's size, who stays away and whether members may grade
// themselves: what everybody chose, added up by hand, is the histogram, and it
// adds up to the ballots that asked about the subject.
func TestCountsAddUpInSmallBranches(t *testing.T) {
	for n := 1; n <= 6; n++ {
		for _, self := range []bool{true, false} {
			for _, away := range []int{0, 1} {
				if away < n {
					t.Run(fmt.Sprintf("%d members, self-votes %v, %d away", n, self, away), func(t *testing.T) { addsUp(t, n, self, away) })
				}
			}
		}
	}
}

func addsUp(t *testing.T, n int, self bool, away int) {
	people := fifteen()[2 : 2+n]
	var absent, voters []meeting.MemberID
	for i, m := range people {
		if i >= n-away {
			absent = append(absent, m.ID)
		} else {
			voters = append(voters, m.ID)
		}
	}
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.SelfVote, r.Vote.MinBallots = self, 1 }, people...)
	h.Sits(preset.Ballot, absent...)
	if h.State().Unreadable() != nil { // one voter, who may not grade themself
		return
	}
	votes := map[meeting.MemberID][]int{}
	for i, id := range voters {
		for j := range people {
			votes[id] = append(votes[id], (3*i+2*j)%5-1) // -1 is 弃权
		}
	}
	h.Counted(votes)
	for j, m := range people {
		want := meeting.Histogram{Counts: make([]int, 4)}
		for i, id := range voters {
			switch grade := votes[id][j]; {
			case i == j && !self:
			case grade == abstain:
				want.Abstain, want.Ballots = want.Abstain+1, want.Ballots+1
			default:
				want.Counts[grade]++
				want.Ballots++
			}
		}
		got, no := h.State().Histogram(m.ID)
		same(t, string(m.ID), []any{got, no == nil}, []any{want, true})
	}
}

// withMass is a branch of five with so many 群众代表 who vote.
func withMass(t *testing.T, n int) *hall {
	t.Helper()
	people := slices.Concat(fifteen()[2:5], fifteen()[13:15]).Mass(n)
	h := newHall(t, "seed-2017", func(r *preset.Rules) {
		r.Vote.Mass, r.Vote.Branch, r.Announce = true, true, preset.AnnounceFull
		branchScale(r)
	}, people...)
	h.Sits(preset.Ballot)
	return h
}

// 群众 are counted apart: no number of theirs is in a number of the members'.
func TestTheMassIsNeverInOneSumWithTheMembers(t *testing.T) {
	h := withMass(t, 5)
	votes := meetingtest.Everybody(h.State(), excellent)
	for i := range 5 {
		votes[meeting.MemberID(fmt.Sprintf("q%d", i+1))] = []int{basic, unqualified, abstain, i%2 + 2}
	}
	h.Counted(votes)
	v := h.State().Vote()
	same(t, "发出", []int{len(v.Members().Voters), len(v.Box(meeting.MassBox).Voters), len(v.Board())}, []int{5, 5, 10})
	for i, want := range []meeting.Histogram{{Counts: []int{0, 0, 5, 0}, Ballots: 5}, {Counts: []int{0, 0, 0, 5}, Ballots: 5}, {Counts: []int{0, 0, 0, 0}, Abstain: 5, Ballots: 5}} {
		members, no := h.State().Histogram(v.Subjects[i])
		same(t, "members", []any{members, no == nil}, []any{meeting.Histogram{Counts: []int{5, 0, 0, 0}, Ballots: 5}, true})
		mass, no := h.State().HistogramApart(meeting.MassBox, v.Subjects[i])
		same(t, "mass", []any{mass, no == nil}, []any{want, true})
	}
	branch, _ := h.State().BranchHistogram()
	mass, _ := h.State().BranchHistogramApart(meeting.MassBox)
	same(t, "班子", []meeting.Histogram{branch, mass}, []meeting.Histogram{{Counts: []int{5, 0, 0, 0}, Ballots: 5}, {Counts: []int{0, 0, 3, 2}, Ballots: 5}})
	same(t, "the votes that inform the rating are the members'", h.State().ByVotes(), v.Subjects)
	if g, one := h.State().Leading("m03"); g != "优秀" || !one {
		t.Errorf("leads %s %v", g, one)
	}
}

// With too few 群众 their box stays closed while the members' is counted.
func TestTooFewOfTheMassShowNothing(t *testing.T) {
	h := withMass(t, 5)
	votes := meetingtest.Everybody(h.State(), excellent)
	delete(votes, "q5")
	h.Closed(votes)
	h.Confirms()
	v := h.State().Vote()
	same(t, "sum of four", v.Box(meeting.MassBox).Tally, nil)
	more := h.urn.Unseal(v, v.Scrutineers[0])
	more.Partials[meeting.MassBox] = more.Partials[meeting.MemberBox]
	h.Refused(v.Scrutineers[0], more, meeting.BadPartial)
	h.Unsealed()
	same(t, "members", h.State().Vote().State, meeting.BoxCounted)
	for _, no := range []*meeting.Refusal{second(h.State().HistogramApart(meeting.MassBox, "m03")), second(h.State().BranchHistogramApart(meeting.MassBox))} {
		if no == nil || no.Code != meeting.TooFewBallots || !slices.Equal(no.Args, []string{"4", "5"}) {
			t.Errorf("four of the mass: %v", no)
		}
	}
	same(t, "nothing was opened", []int{len(h.State().Vote().Box(meeting.MassBox).Partials), len(h.State().Vote().Box(meeting.MassBox).Sums)}, []int{0, 0})
}

func second[A, B any](_ A, b B) B { return b }

// Both boxes are opened by the same partial decryptions, or none is.
func TestTheMassBoxIsUnsealedWithTheOther(t *testing.T) {
	h := withMass(t, 5)
	h.Closed(meetingtest.Everybody(h.State(), qualified))
	h.Confirms()
	v := h.State().Vote()
	one, other := v.Scrutineers[0], v.Scrutineers[1]
	right := h.urn.Unseal(v, one)
	members, mass := right.Partials[meeting.MemberBox], right.Partials[meeting.MassBox]
	h.Refused(one, meetingtest.Partials(members, nil), meeting.BadPartial)
	h.Refused(one, meetingtest.Partials(members, members), meeting.BadPartial)
	h.Refused(one, meetingtest.Partials(mass, mass), meeting.BadPartial)
	h.Refused(one, meetingtest.Partials(members, h.urn.Unseal(v, other).Partials[meeting.MassBox]), meeting.BadPartial)
	h.Does(one, right)
}

func TestTheMassElectionIsItsOwnOrIsRefused(t *testing.T) {
	h := withMass(t, 2)
	h.Sealed("m03", "m04")
	right := h.urn.Open(h.State())
	members, mass := right.Elections[meeting.MemberBox], right.Elections[meeting.MassBox]
	h.Refused("m03", meetingtest.Boxes(members, nil), meeting.BadElection)
	h.Refused("m03", meetingtest.Boxes(members, members), meeting.BadElection)
	h.Refused("m03", meetingtest.Boxes(mass, members), meeting.BadElection)
	h.Does("m03", right)
	h.Greyed("q1", meeting.ActSeal, meeting.ScrutineerOnly)
	h.Refused("q1", meeting.Cast{Ballot: h.urn.Ballot(members, "m05", []int{0, 0, 0, 0})}, meeting.BadBallot) // of the members' box
	h.Casts("q1", qualified)
	h.Refused("q2", meeting.Cast{Ballot: h.urn.BallotOf(h.State(), "q1", qualified)}, meeting.BadBallot)
	h.Does("m03", meeting.Void{Reason: "重来"})
	h.Sealed("m03", "m04")
	again := h.urn.Open(h.State())
	again.Elections[meeting.MassBox] = mass
	h.Refused("m03", again, meeting.BadElection) // its ballots could be cast again
	fresh := h.urn.Election(h.State(), h.State().Electorate(meeting.MassBox))
	setup := h.urn.Setup(h.State(), h.State().Electorate(meeting.MemberBox))
	setup.UUID = mass.UUID()
	e, err := ballot.NewElection(setup)
	h.Refused("m03", meetingtest.Boxes(must(t, e, err), fresh), meeting.BadElection)
	none := five(t, nil) // without 群众 there is no such box
	none.Sealed("m03", "m04")
	none.Refused("m03", meetingtest.Boxes(none.urn.Open(none.State()).Elections[meeting.MemberBox], mass), meeting.BadElection)
	same(t, "no box", second(none.State().BranchHistogramApart(meeting.MassBox)).Code, meeting.ResultLater)
}

// The committee knows the result first; the meeting hears it
// once, when that is said.
func TestTheResultIsAnnouncedBeforeAnybodyHearsIt(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.Greyed("m03", meeting.ActAnnounce, meeting.ResultLater)
	h.Counted(everybodyQualified)
	h.Greyed("m05", meeting.ActResult, meeting.ResultHeld)
	if _, ok := h.State().Announced(); ok {
		t.Error("the result was not announced yet")
	}
	h.Refused("m05", meeting.Announce{}, meeting.ConsoleOnly)
	h.Does("m03", meeting.Announce{})
	if no := meeting.May(h.State(), "m05", meeting.ActResult); no != nil {
		t.Errorf("m05 has heard it: %v", no)
	}
	h.Refused("m03", meeting.Announce{}, meeting.AlreadyAnnounced)
	h.Refused("m03", meeting.Coarsen{Level: preset.AnnounceNone}, meeting.AlreadyAnnounced)
	last := h.State().Chronicle.Event.Fact
	same[meeting.Fact](t, "in the log", last, meeting.ResultAnnounced{Level: preset.AnnounceFull, Issued: 5, Returned: 5, Cap: meeting.CapMeter{Base: 5, Cap: 1}, Full: true})
}

// The meeting can hear less than the rules announce, never more.
func TestAnAnnouncementIsOnlyMadeCoarser(t *testing.T) {
	all := []string{preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull}
	for i, rules := range all {
		h := five(t, func(r *preset.Rules) { r.Announce = rules })
		h.Refused("m03", meeting.Coarsen{Level: preset.AnnounceNone}, meeting.ResultLater)
		h.Counted(everybodyQualified)
		h.Refused("m05", meeting.Coarsen{Level: preset.AnnounceNone}, meeting.ConsoleOnly)
		h.Refused("m03", meeting.Coarsen{Level: "everything"}, meeting.NotCoarser)
		for _, level := range all[i:] {
			h.Refused("m03", meeting.Coarsen{Level: level}, meeting.NotCoarser)
		}
		for _, level := range all[:i] {
			h.Does("m03", meeting.Coarsen{Level: level})
			same(t, "announcing", h.State().Announcing(), level)
		}
		if i > 0 { // taken back before anybody has heard it
			h.Does("m03", meeting.Coarsen{Level: rules}, meeting.Coarsen{Level: preset.AnnounceNone})
		}
		h.Does("m03", meeting.Announce{})
		a, _ := h.State().Announced()
		same(t, rules, a, meeting.Announcement{Level: preset.AnnounceNone, Issued: 5, Returned: 5, Cap: meeting.CapMeter{Base: 5, Cap: 1}})
		h.Greyed("m05", meeting.ActResult, meeting.ResultHeld)
	}
}

func TestTheNextVoteIsAnnouncedAsTheRulesSay(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.Counted(everybodyQualified)
	h.Does("m03", meeting.Coarsen{Level: preset.AnnounceNone})
	h.Again("有人代投")
	h.Seals(h.State().Vote().Scrutineers...)
	h.Opens()
	for _, id := range h.State().Vote().Members().Voters {
		h.Casts(id, qualified)
	}
	h.Closes()
	h.Unsealed()
	same(t, "announcing", h.State().Announcing(), preset.AnnounceFull)
}

// Before something is shown to everybody the console is told whom it would
// give away.
func TestWhatAnAnnouncementReveals(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	same(t, "before a vote", fmt.Sprint(h.State().Reveals()), "0 0")
	//                m03 all 优秀  m04 one 基本合格  m05 two and three
	h.Counted(map[meeting.MemberID][]int{"m03": {0, 1, 0}, "m04": {0, 1, 0}, "m05": {0, 1, 1}, "m14": {0, 1, 1}, "m15": {0, 2, 1}})
	same(t, "one of each", fmt.Sprint(h.State().Reveals()), "1 1")
	h.GoTo(preset.Tally)
	same(t, "the console is told", h.State().Checks(), []meeting.Check{{Code: meeting.Revealing, Args: []string{"1", "1"}}})
	h.Does("m03", meeting.Coarsen{Level: preset.AnnounceCounts})
	same(t, "nothing of it is shown now", len(h.State().Checks()), 0)
	silent := five(t, nil)
	silent.Counted(meetingtest.Everybody(silent.State(), abstain))
	same(t, "everybody abstained about all three", fmt.Sprint(silent.State().Reveals()), "3 0")
}

// Where only how many have which grade is announced, the committee's own counts are
// read out with it: who announces is told of those before, and no more afterwards.
func TestTheCommitteesCountsRevealWhereTheyAreReadOut(t *testing.T) {
	h := five(t, func(r *preset.Rules) {
		r.Announce = preset.AnnounceCounts
		r.Vote.Branch, r.Vote.BranchTitle, r.Vote.BranchScale = true, "支部班子", []string{"好", "较好", "一般", "差"}
	})
	h.Counted(meetingtest.Everybody(h.State(), 0, 0, 0, 1))
	h.GoTo(preset.Tally)
	same(t, "before", h.State().Checks(), []meeting.Check{{Code: meeting.Revealing, Args: []string{"1", "0"}}})
	h.Does("m03", meeting.Announce{})
	same(t, "afterwards", len(h.State().Checks()), 0)
}

// What 群众 chose, and what stands beside the paper slips, gives somebody away
// too.
func TestAnAnnouncementRevealsEveryChannel(t *testing.T) {
	h := withMass(t, 5)
	votes := meetingtest.Everybody(h.State(), 0, 0, 0, 0)
	for _, id := range ids("m03", "m04") {
		votes[id] = []int{1, 1, 1, 1}
	}
	h.Counted(votes) // of the members nobody is alone, 群众 are of one mind on all and on the committee
	same(t, "mass", fmt.Sprint(h.State().Reveals()), "4 0")
	paper := onPaper(t, 5, nil)
	for _, id := range ids("m05", "m06") {
		grades := ticks{}
		for _, of := range paper.State().Vote().Subjects {
			grades[of] = []int{3, 2, 0, 0}
		}
		paper.Does(id, slips(5, grades))
	}
	paper.countedWithPaper() // three 优秀 of fifteen; without the slips ten of ten are 合格
	same(t, "without the slips", fmt.Sprint(paper.State().Reveals()), "13 0")
}
