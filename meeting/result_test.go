package meeting_test

import (
	"fmt"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
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
	h.sits(preset.Ballot, absent...)
	votes := map[meeting.MemberID][]int{}
	for i, id := range voters {
		for j := range people {
			votes[id] = append(votes[id], (3*i+2*j)%5-1) // -1 is 弃权
		}
	}
	h.counted(votes)
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
		got, no := h.s.Histogram(m.ID)
		if want.Ballots == 0 { // alone, and may not grade themself
			if no == nil || no.Code != meeting.TooFewBallots {
				t.Errorf("%s: nobody was asked: %+v", m.ID, got)
			}
			continue
		}
		same(t, string(m.ID), []any{got, no == nil}, []any{want, true})
	}
}

// withMass is a branch of five with so many 群众代表 who vote.
func withMass(t *testing.T, n int) *hall {
	t.Helper()
	people := slices.Concat(fifteen()[2:5], fifteen()[13:15])
	for i := range n {
		people = append(people, meeting.Member{ID: meeting.MemberID(fmt.Sprintf("q%d", i+1)), Name: fmt.Sprintf("群众%02d", i+1), Kind: meeting.Mass})
	}
	h := newHall(t, "seed-2017", func(r *preset.Rules) {
		r.Vote.Mass, r.Vote.Branch, r.Announce = true, true, preset.AnnounceFull
		branchScale(r)
	}, people...)
	h.sits(preset.Ballot)
	return h
}

// all has everybody choose alike.
func (h *hall) all(rows ...int) map[meeting.MemberID][]int {
	votes := map[meeting.MemberID][]int{}
	for _, m := range h.s.Roster {
		votes[m.ID] = rows
	}
	return votes
}

// 群众 are counted apart: no number of theirs is in a number of the members'.
func TestTheMassIsNeverInOneSumWithTheMembers(t *testing.T) {
	h := withMass(t, 5)
	votes := h.all(excellent)
	for i := range 5 {
		votes[meeting.MemberID(fmt.Sprintf("q%d", i+1))] = []int{basic, unqualified, abstain, i%2 + 2}
	}
	h.counted(votes)
	v := h.s.Vote()
	same(t, "发出", []int{len(v.Members().Voters), len(v.Box(meeting.MassBox).Voters), len(v.Board())}, []int{5, 5, 10})
	for i, want := range []meeting.Histogram{{Counts: []int{0, 0, 5, 0}, Ballots: 5}, {Counts: []int{0, 0, 0, 5}, Ballots: 5}, {Counts: []int{0, 0, 0, 0}, Abstain: 5, Ballots: 5}} {
		members, no := h.s.Histogram(v.Subjects[i])
		same(t, "members", []any{members, no == nil}, []any{meeting.Histogram{Counts: []int{5, 0, 0, 0}, Ballots: 5}, true})
		mass, no := h.s.HistogramApart(meeting.MassBox, v.Subjects[i])
		same(t, "mass", []any{mass, no == nil}, []any{want, true})
	}
	branch, _ := h.s.BranchHistogram()
	mass, _ := h.s.BranchHistogramApart(meeting.MassBox)
	same(t, "班子", []meeting.Histogram{branch, mass}, []meeting.Histogram{{Counts: []int{5, 0, 0, 0}, Ballots: 5}, {Counts: []int{0, 0, 3, 2}, Ballots: 5}})
	same(t, "the votes that inform the rating are the members'", h.s.ByVotes(), v.Subjects)
	if g, one := h.s.Leading("m03"); g != "优秀" || !one {
		t.Errorf("leads %s %v", g, one)
	}
}

// With too few 群众 their box stays closed while the members' is counted.
func TestTooFewOfTheMassShowNothing(t *testing.T) {
	h := withMass(t, 5)
	votes := h.all(excellent)
	delete(votes, "q5")
	h.closed(votes)
	v := h.s.Vote()
	same(t, "sum of four", v.Box(meeting.MassBox).Tally, nil)
	more := h.urn.unseal(v, v.Scrutineers[0])
	more.Partials[meeting.MassBox] = more.Partials[meeting.MemberBox]
	h.refused(v.Scrutineers[0], more, meeting.BadPartial)
	h.unsealed()
	same(t, "members", h.s.Vote().State, meeting.BoxCounted)
	for _, no := range []*meeting.Refusal{second(h.s.HistogramApart(meeting.MassBox, "m03")), second(h.s.BranchHistogramApart(meeting.MassBox))} {
		if no == nil || no.Code != meeting.TooFewBallots || !slices.Equal(no.Args, []string{"4", "5"}) {
			t.Errorf("four of the mass: %v", no)
		}
	}
	same(t, "nothing was opened", []int{len(h.s.Vote().Box(meeting.MassBox).Partials), len(h.s.Vote().Box(meeting.MassBox).Sums)}, []int{0, 0})
}

func second[A, B any](_ A, b B) B { return b }

// Both boxes are opened by the same partial decryptions, or none is.
func TestTheMassBoxIsUnsealedWithTheOther(t *testing.T) {
	h := withMass(t, 5)
	h.closed(h.all(qualified))
	v := h.s.Vote()
	one, other := v.Scrutineers[0], v.Scrutineers[1]
	right := h.urn.unseal(v, one)
	members, mass := right.Partials[meeting.MemberBox], right.Partials[meeting.MassBox]
	h.refused(one, partialsOf(members, nil), meeting.BadPartial)
	h.refused(one, partialsOf(members, members), meeting.BadPartial)
	h.refused(one, partialsOf(mass, mass), meeting.BadPartial)
	h.refused(one, partialsOf(members, h.urn.unseal(v, other).Partials[meeting.MassBox]), meeting.BadPartial)
	h.does(one, right)
}

func TestTheMassElectionIsItsOwnOrIsRefused(t *testing.T) {
	h := withMass(t, 2)
	h.sealed("m03", "m04")
	right := h.urn.open(h.s)
	members, mass := right.Elections[meeting.MemberBox], right.Elections[meeting.MassBox]
	h.refused("m03", boxes(members, nil), meeting.BadElection)
	h.refused("m03", boxes(members, members), meeting.BadElection)
	h.refused("m03", boxes(mass, members), meeting.BadElection)
	h.does("m03", right)
	h.greyed("q1", meeting.ActSeal, meeting.ScrutineerOnly)
	h.refused("q1", meeting.Cast{Ballot: h.urn.ballot(members, "m05", []int{0, 0, 0, 0})}, meeting.BadBallot) // of the members' box
	h.casts("q1", qualified)
	h.refused("q2", meeting.Cast{Ballot: h.ballotOf("q1", qualified)}, meeting.BadBallot)
	h.does("m03", meeting.Void{Reason: "重来"})
	h.sealed("m03", "m04")
	again := h.urn.open(h.s)
	again.Elections[meeting.MassBox] = mass
	h.refused("m03", again, meeting.BadElection) // its ballots could be cast again
	fresh := h.urn.election(h.s, h.s.Electorate(meeting.MassBox))
	setup := h.urn.setup(h.s, h.s.Electorate(meeting.MemberBox))
	setup.UUID = mass.UUID()
	e, err := ballot.NewElection(setup)
	h.refused("m03", boxes(must(t, e, err), fresh), meeting.BadElection)
	none := five(t, nil) // without 群众 there is no such box
	none.sealed("m03", "m04")
	none.refused("m03", boxes(none.urn.open(none.s).Elections[meeting.MemberBox], mass), meeting.BadElection)
	same(t, "no box", second(none.s.BranchHistogramApart(meeting.MassBox)).Code, meeting.ResultLater)
}

// The committee and the console know the result first; the meeting hears it
// once, when that is said.
func TestTheResultIsAnnouncedBeforeAnybodyHearsIt(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.greyed("m03", meeting.ActAnnounce, meeting.ResultLater)
	h.counted(everybodyQualified)
	h.greyed("m05", meeting.ActResult, meeting.ResultHeld)
	if _, ok := h.s.Announced(); ok {
		t.Error("the result was not announced yet")
	}
	h.refused("m05", meeting.Announce{}, meeting.ConsoleOnly)
	h.does("m03", meeting.Announce{})
	if no := meeting.May(h.s, "m05", meeting.ActResult); no != nil {
		t.Errorf("m05 has heard it: %v", no)
	}
	h.refused("m03", meeting.Announce{}, meeting.AlreadyAnnounced)
	h.refused("m03", meeting.Coarsen{Level: preset.AnnounceNone}, meeting.AlreadyAnnounced)
	last := h.s.Chronicle.Event.Fact
	same[meeting.Fact](t, "in the log", last, meeting.ResultAnnounced{Level: preset.AnnounceFull, Issued: 5, Returned: 5, Cap: meeting.CapMeter{Base: 5, Cap: 1}, Full: true})
}

// The meeting can hear less than the rules announce, never more.
func TestAnAnnouncementIsOnlyMadeCoarser(t *testing.T) {
	all := []string{preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull}
	for i, rules := range all {
		h := five(t, func(r *preset.Rules) { r.Announce = rules })
		h.refused("m03", meeting.Coarsen{Level: preset.AnnounceNone}, meeting.ResultLater)
		h.counted(everybodyQualified)
		h.refused("m05", meeting.Coarsen{Level: preset.AnnounceNone}, meeting.ConsoleOnly)
		h.refused("m03", meeting.Coarsen{Level: "everything"}, meeting.NotCoarser)
		for _, level := range all[i:] {
			h.refused("m03", meeting.Coarsen{Level: level}, meeting.NotCoarser)
		}
		for _, level := range all[:i] {
			h.does("m03", meeting.Coarsen{Level: level})
			same(t, "announcing", h.s.Announcing(), level)
		}
		if i > 0 { // taken back before anybody has heard it
			h.does("m03", meeting.Coarsen{Level: rules}, meeting.Coarsen{Level: preset.AnnounceNone})
		}
		h.does("m03", meeting.Announce{})
		a, _ := h.s.Announced()
		same(t, rules, a, meeting.Announcement{Level: preset.AnnounceNone, Issued: 5, Returned: 5, Cap: meeting.CapMeter{Base: 5, Cap: 1}})
		h.greyed("m05", meeting.ActResult, meeting.ResultHeld)
	}
}

func TestTheNextVoteIsAnnouncedAsTheRulesSay(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	h.counted(everybodyQualified)
	h.does("m03", meeting.Coarsen{Level: preset.AnnounceNone}, meeting.Void{Reason: "有人代投"})
	h.counted(everybodyQualified)
	same(t, "announcing", h.s.Announcing(), preset.AnnounceFull)
}

// Before something is shown to everybody the console is told whom it would
// give away.
func TestWhatAnAnnouncementReveals(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce = preset.AnnounceFull })
	same(t, "before a vote", fmt.Sprint(h.s.Reveals()), "0 0")
	//                m03 all 优秀  m04 one 基本合格  m05 two and three
	h.counted(map[meeting.MemberID][]int{"m03": {0, 1, 0}, "m04": {0, 1, 0}, "m05": {0, 1, 1}, "m14": {0, 1, 1}, "m15": {0, 2, 1}})
	same(t, "one of each", fmt.Sprint(h.s.Reveals()), "1 1")
	h.goTo(preset.Tally)
	same(t, "the console is told", h.s.Checks(), []meeting.Check{{Code: meeting.Revealing, Args: []string{"1", "1"}}})
	h.does("m03", meeting.Coarsen{Level: preset.AnnounceCounts})
	same(t, "nothing of it is shown now", len(h.s.Checks()), 0)
	silent := five(t, nil)
	silent.counted(silent.all(abstain))
	same(t, "everybody abstained about all three", fmt.Sprint(silent.s.Reveals()), "3 0")
}

// What 群众 chose, and what stands beside the paper slips, gives somebody away
// too.
func TestAnAnnouncementRevealsEveryChannel(t *testing.T) {
	h := withMass(t, 5)
	votes := h.all(0, 0, 0, 0)
	for _, id := range ids("m03", "m04") {
		votes[id] = []int{1, 1, 1, 1}
	}
	h.counted(votes) // of the members nobody is alone, 群众 are of one mind on all and on the committee
	same(t, "mass", fmt.Sprint(h.s.Reveals()), "4 0")
	paper := onPaper(t, 5, nil)
	for _, id := range ids("m05", "m06") {
		grades := ticks{}
		for _, of := range paper.s.Vote().Subjects {
			grades[of] = []int{3, 2, 0, 0}
		}
		paper.does(id, slips(5, grades))
	}
	paper.countedWithPaper() // three 优秀 of fifteen; without the slips ten of ten are 合格
	same(t, "without the slips", fmt.Sprint(paper.s.Reveals()), "13 0")
}
