package meeting_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

const (
	excellent   = 0
	qualified   = 1
	basic       = 2
	unqualified = 3
	abstain     = ballot.Abstain
)

// five is a branch that votes quickly: three 正式党员 with the secretary, two
// 预备党员; whoever is away comes when the test says so.
func five(t meetingtest.TB, change func(*preset.Rules), away ...meeting.MemberID) *hall {
	t.Helper()
	h := newHall(t, "seed-2017", change, slices.Concat(fifteen()[2:5], fifteen()[13:])...)
	h.Sits(preset.Ballot, away...)
	return h
}

func TestScrutineersAreProposedAmongThoseWhoDoNotRunTheMeeting(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil, "m01")
	h.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	same(t, "proposed", h.State().ProposeScrutineers(), ids("m06", "m07"))
	small := five(t, nil, "m05")
	same(t, "of two there, both", small.State().ProposeScrutineers(), ids("m03", "m04"))
}

func TestScrutineersArePassedByARecordedShowOfHands(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfRating, nil, "m13")
	name := func(yes int, who ...string) meeting.NameScrutineers {
		return meeting.NameScrutineers{IDs: ids(who...), Hands: &meeting.Hands{Yes: yes}}
	}
	h.Refused("m03", name(12, "m05", "m06"), meeting.WrongItem, "民主测评")
	h.GoTo(preset.Ballot)
	h.Refused("m05", name(12, "m05", "m06"), meeting.ConsoleOnly)
	h.Refused("m03", name(12), meeting.NoScrutineers)
	h.Refused("m03", name(12, "m05"), meeting.BadNumber, "1", "2", "14")
	h.Refused("m03", name(12, "m05", "m99"), meeting.UnknownMember, "m99")
	h.Refused("m03", name(12, "m05", "g1"), meeting.NotInParty, "列席01")
	h.Refused("m03", name(12, "m05", "m13"), meeting.NotPresent, "党员13")
	h.Refused("m03", name(12, "m05", "m05"), meeting.NamedTwice, "党员05")
	h.Refused("m03", name(13, "m05", "m06"), meeting.TooManyHands, "13", "12")
	h.Refused("m03", name(6, "m05", "m06"), meeting.NotPassed, "6", "13", "1", "2")
	h.Greyed("m05", meeting.ActSeal, meeting.NoVote)
	h.Does("m03", name(7, "m05", "m06"))
	r := h.State().Resolutions[0]
	same(t, "in the minutes", []any{r.Text, r.Passed, r.Yes, r.Expected}, []any{"监票人：党员05、党员06", true, 7, 13})
	same(t, "the vote's own", *h.State().Vote().Passed, r)
}

func TestTheBoxOpensWhenEveryScrutineerHasSealedIt(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.Greyed("m03", meeting.ActOpen, meeting.NoScrutineers)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m05", "m06")})
	same(t, "not counted hands", h.State().Vote().Passed, nil)
	h.Refused("m07", meeting.Seal{Trustee: h.urn.Trustee("m07")}, meeting.ScrutineerOnly)
	h.Refused("m05", meeting.Seal{}, meeting.BadTrustee)
	other, err := ballot.SecretKeyFromSeed(ballot.Belenios2048, []byte("a key of sixteen bytes or more")).Public(meetingtest.Stream("proof"))
	h.Refused("m05", meeting.Seal{Trustee: must(t, other, err)}, meeting.BadTrustee)
	h.Does("m05", meeting.Seal{Trustee: h.urn.Trustee("m05")})
	h.Refused("m05", meeting.Seal{Trustee: h.urn.Trustee("m05")}, meeting.AlreadySealed)
	h.Refused("m06", meeting.Seal{Trustee: h.urn.Trustee("m05")}, meeting.BadTrustee) // one key for two
	h.Refused("m03", meetingtest.Boxes(nil, nil), meeting.NotSealed, "1")
	same(t, "waits for", h.State().Sealers(), ids("m06"))
	h.Does("m06", meeting.Seal{Trustee: h.urn.Trustee("m06")})
	same(t, "state", h.State().Vote().State, meeting.BoxSealed)
	h.Refused("m05", h.urn.Open(h.State()), meeting.ConsoleOnly)
	h.Opens()
	v := h.State().Vote()
	same(t, "发出", len(v.Members().Voters), 15)
	same(t, "被评", v.Subjects, ids("m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "m13"))
	h.Refused("m03", meeting.NameScrutineers{IDs: ids("m07", "m08")}, meeting.VoteGoesOn)
	h.Refused("m05", meeting.Seal{Trustee: h.urn.Trustee("m05")}, meeting.VoteGoesOn)
	h.Refused("m03", meetingtest.Boxes(v.Members().Election, nil), meeting.VoteGoesOn)
}

func TestOtherScrutineersBeforeOpeningForgetTheKeys(t *testing.T) {
	h := five(t, nil)
	h.Sealed("m03", "m04")
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m04", "m05"), Hands: &meeting.Hands{Yes: 3}})
	v := h.State().Vote()
	same(t, "the same vote", []any{v.No, len(h.State().Votes), v.State, len(v.Keys)}, []any{1, 1, meeting.BoxSealing, 0})
	h.Greyed("m03", meeting.ActSeal, meeting.ScrutineerOnly)
	same(t, "both shows of hands stay in the minutes", len(h.State().Resolutions), 2)
}

func TestTheElectionIsThatOfTheRoomOrIsRefused(t *testing.T) {
	h := five(t, nil)
	h.Sealed("m03", "m04")
	refused := func(what string, change func(*ballot.Setup)) {
		t.Helper()
		setup := h.urn.Setup(h.State(), h.State().Electorate(meeting.MemberBox))
		change(&setup)
		e, err := ballot.NewElection(setup)
		must(t, e, err)
		before := h.State()
		h.Refused("m03", meetingtest.Boxes(e, nil), meeting.BadElection)
		if h.State() != before {
			t.Error(what)
		}
	}
	h.Refused("m03", meeting.OpenBoxes{}, meeting.BadElection)
	refused("a voter less", func(s *ballot.Setup) { s.Credentials = s.Credentials[1:] })
	refused("a subject less", func(s *ballot.Setup) { s.Questions = s.Questions[1:] })
	refused("another order", func(s *ballot.Setup) { slices.Reverse(s.Questions) })
	refused("two grades for one", func(s *ballot.Setup) { s.Questions[0].Max = 2 })
	refused("another grade", func(s *ballot.Setup) { s.Questions[0].Answers = []string{"优秀", "合格", "基本合格", "差"} })
	refused("without the server", func(s *ballot.Setup) { s.Trustees = s.Trustees[:2] })
	refused("without a scrutineer", func(s *ballot.Setup) { s.Trustees = s.Trustees[1:] })
	refused("another scrutineer", func(s *ballot.Setup) { s.Trustees[1] = h.urn.Trustee("m05") })
	refused("scrutineers in another order", func(s *ballot.Setup) { slices.Reverse(s.Trustees[:2]) })
	h.Opens()
	old := h.State().Vote().Members().Election
	h.Does("m03", meeting.Void{Reason: "重来"})
	h.Sealed("m03", "m04")
	h.Refused("m03", meetingtest.Boxes(old, nil), meeting.BadElection) // its ballots could be cast again
}

func TestWhoVotes(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil, "m12", "m13")
	h.Greyed("m05", meeting.ActVote, meeting.NoVote)
	h.Sealed("m05", "m06")
	h.Greyed("m05", meeting.ActVote, meeting.BoxNotOpen)
	h.Opens()
	h.Does("m12", meeting.SignIn{})
	h.Greyed("m12", meeting.ActVote, meeting.CameAfterOpening)
	h.Greyed("m13", meeting.ActVote, meeting.SignInFirst)
	h.Greyed("g1", meeting.ActVote, meeting.NoVotingRight)
	h.Greyed("q1", meeting.ActVote, meeting.NoMassBallots)
	h.Refused("m14", meeting.Cast{}, meeting.BadBallot)
	h.Casts("m14", qualified) // 预备党员 vote
	same(t, "who is missing", len(h.State().Vote().Missing()), 12)
}

// Whoever leaves the branch after having signed in gets no ballot: their code has ended,
// and nobody would wait for them to vote.
func TestWhoHasLeftTheBranchGetsNoBallot(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{{ID: "m05", Name: "党员05", Kind: meeting.Formal, Standing: "已转出"}}, Yes: true})
	h.Refused("m03", meeting.NameScrutineers{IDs: ids("m05", "m06")}, meeting.NoVotingRight, "党员05")
	same(t, "is proposed", slices.Contains(h.State().ProposeScrutineers(), "m05"), false)
	h.Sealed("m06", "m07")
	h.Refused("m03", meeting.GivePaper{ID: "m05"}, meeting.NoVotingRight, "党员05")
	h.Opens()
	same(t, "has a ballot", slices.Contains(h.State().Vote().Members().Voters, "m05"), false)
	same(t, "ballots", len(h.State().Vote().Members().Voters), 14)
}

// No paper slip is promised to 群众, who get none.
func TestTheMassesWhoComeLateDoNotVote(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, func(r *preset.Rules) { r.Vote.Mass = true }, "q1")
	h.Opened("m05", "m06")
	h.Greyed("q1", meeting.ActVote, meeting.SignInFirst)
	h.Does("q1", meeting.SignIn{})
	h.Greyed("q1", meeting.ActVote, meeting.CameTooLate)
	h.Refused("m03", meeting.GivePaper{ID: "q1"}, meeting.NoVotingRight)
}

func TestProbationaryMembersDoNotVoteWhereTheNoticeSaysSo(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Probationary.Votes = false })
	same(t, "electorate", h.State().Electorate(meeting.MemberBox), ids("m03", "m04", "m05"))
	h.Opened("m03", "m04")
	h.Greyed("m14", meeting.ActVote, meeting.NoVotingRight)
}

func TestTheLastBallotCountsUntilTheBoxCloses(t *testing.T) {
	h := five(t, nil)
	h.Opened("m03", "m04")
	h.Refused("m03", meeting.CloseBox{}, meeting.NoBallots)
	h.Casts("m03", unqualified)
	h.Casts("m04", qualified)
	h.Casts("m05", qualified)
	h.Casts("m14", abstain)
	first := h.State().Vote().Members().Returned.Of("m03").Receipt
	h.Casts("m03", excellent, qualified, abstain)
	slip := h.State().Vote().Members().Returned.Of("m03")
	same(t, "times", slip.Times, 2)
	if slip.Receipt == first || slices.Contains(h.State().Vote().Board(), first) {
		t.Error("the first ballot is still on the board")
	}
	h.Casts("m15", qualified)
	h.Refused("m05", meeting.CloseBox{}, meeting.ConsoleOnly)
	late := h.urn.BallotOf(h.State(), "m04", excellent)
	h.Closes()
	h.Refused("m04", meeting.Cast{Ballot: late}, meeting.BoxNotOpen)
	h.Refused("m03", meeting.CloseBox{}, meeting.BoxNotOpen)
	h.Unsealed()
	for id, want := range map[meeting.MemberID]meeting.Histogram{
		"m03": {Counts: []int{1, 3, 0, 0}, Abstain: 1, Ballots: 5},
		"m04": {Counts: []int{0, 4, 0, 0}, Abstain: 1, Ballots: 5},
		"m05": {Counts: []int{0, 3, 0, 0}, Abstain: 2, Ballots: 5},
	} {
		got, no := h.State().Histogram(id)
		if no != nil {
			t.Fatal(no)
		}
		same(t, string(id), got, want)
	}
}

// closing returns the newest closing of a box.
func (h *hall) closing() (f meeting.Closed) {
	for e := range h.State().Chronicle.Backward() {
		if f, ok := e.Fact.(meeting.Closed); ok {
			return f
		}
	}
	return f
}

// While somebody's ballot is missing the vote ends with a reason only, and the
// minutes get it (first users, B8).
func TestClosingEarlyNeedsAReason(t *testing.T) {
	h := five(t, nil)
	h.Opened("m03", "m04")
	for _, id := range ids("m03", "m04", "m05") {
		h.Casts(id, qualified)
	}
	step := meeting.NextStep(h.State())
	same(t, "the step waits", []any{step.Act, step.Do, step.Wait, step.Confirm}, []any{meeting.ActClose, nil, ids("m14", "m15"), false})
	h.Refused("m03", meeting.CloseBox{}, meeting.VotersMissing, "2", "3", "5")
	h.Refused("m03", meeting.CloseBox{Reason: strings.Repeat("长", 201)}, meeting.TextTooLong, "201", "200")
	h.Does("m03", meeting.CloseBox{Reason: "两人因公先走"})
	same(t, "the reason", h.closing().Reason, "两人因公先走")

	h = five(t, nil)
	h.Opened("m03", "m04")
	for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.Casts(id, qualified)
	}
	step = meeting.NextStep(h.State())
	same(t, "all have voted", []any{step.Act, step.Do, step.Wait, step.Confirm}, []any{meeting.ActClose, meeting.CloseBox{}, []meeting.MemberID(nil), true})
	h.Does("m03", meeting.CloseBox{Reason: "两人因公先走"})
	same(t, "no reason is kept that there was not", h.closing().Reason, "")
}

func TestABallotIsNobodyElsesAndNotCastTwice(t *testing.T) {
	h := five(t, nil)
	h.Opened("m03", "m04")
	mine := h.urn.BallotOf(h.State(), "m04", qualified)
	h.Casts("m04", qualified)
	h.Refused("m04", meeting.Cast{Ballot: mine}, meeting.BallotAgain)                                      // the same again
	h.Refused("m05", meeting.Cast{Ballot: mine}, meeting.BadBallot)                                        // another's
	h.Refused("m05", meeting.Cast{Ballot: h.urn.BallotOf(h.State(), "m04", excellent)}, meeting.BadBallot) // under another's credential
	h.Refused("m04", meeting.Cast{Ballot: h.urn.BallotOf(h.State(), "m05", excellent)}, meeting.BadBallot)
	h.Refused("m05", meeting.Cast{}, meeting.BadBallot)
	old := h.urn.BallotOf(h.State(), "m05", qualified)
	h.Does("m03", meeting.Void{Reason: "重来"})
	h.Opened("m03", "m04")
	h.Refused("m05", meeting.Cast{Ballot: old}, meeting.BadBallot) // of the vote before
	same(t, "returned", h.State().Vote().Members().Returned.Len(), 0)
}

func TestTheBoxIsUnsealedByTheServerAndEveryScrutineer(t *testing.T) {
	h := five(t, nil)
	h.Refused(meeting.Keeper, meeting.Unseal{}, meeting.NoVote)
	if _, ok := h.State().Announced(); ok || h.State().ByVotes() != nil {
		t.Error("there is something to announce before the count")
	}
	h.Opened("m03", "m04")
	for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.Casts(id, qualified)
	}
	h.Greyed("m03", meeting.ActUnseal, meeting.BoxIsOpen)
	h.Refused(meeting.Keeper, meeting.Unseal{}, meeting.BoxNotOpen)
	h.Closes()
	v := h.State().Vote()
	h.Greyed("m03", meeting.ActResult, meeting.ResultLater)
	h.Refused("m05", meeting.Unseal{}, meeting.ScrutineerOnly)
	h.Refused("m03", h.urn.Unseal(v, "m03"), meeting.NotConfirmed, "0", "5")
	h.Refused(meeting.Keeper, h.urn.Unseal(v, meeting.Keeper), meeting.NotConfirmed, "0", "5")
	h.Confirms()
	h.Refused("m03", meeting.Unseal{}, meeting.BadPartial)
	h.Refused("m03", h.urn.Unseal(v, "m04"), meeting.BadPartial)
	h.Refused(meeting.Keeper, h.urn.Unseal(v, "m04"), meeting.BadPartial)
	h.Does("m04", h.urn.Unseal(v, "m04"))
	h.Refused("m04", h.urn.Unseal(v, "m04"), meeting.AlreadyUnsealed)
	h.Does(meeting.Keeper, h.urn.Unseal(v, meeting.Keeper))
	h.Refused(meeting.Keeper, h.urn.Unseal(v, meeting.Keeper), meeting.AlreadyUnsealed)
	same(t, "waits for", h.State().Vote().Unsealers(), ids("m03"))
	same(t, "no sums yet", h.State().Vote().Members().Sums, nil)
	h.Does("m03", h.urn.Unseal(v, "m03"))
	same(t, "state", h.State().Vote().State, meeting.BoxCounted)
	h.Greyed("m03", meeting.ActUnseal, meeting.AlreadyCounted)
	h.Refused("m03", meeting.NameScrutineers{IDs: ids("m04", "m05")}, meeting.AgainByResolution)
}

func TestAVoidVoteIsHeldAgainAndStaysOnRecord(t *testing.T) {
	h := five(t, nil)
	h.Greyed("m03", meeting.ActVoid, meeting.NoVote)
	h.Opened("m03", "m04")
	h.Casts("m05", qualified)
	h.Refused("m05", meeting.Void{Reason: "x"}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.Void{}, meeting.ReasonMissing)
	h.Does("m03", meeting.Void{Reason: "收回多于发出"})
	h.Greyed("m03", meeting.ActVoid, meeting.NoVote)
	h.Greyed("m05", meeting.ActVote, meeting.BoxNotOpen)
	h.Greyed("m03", meeting.ActSeal, meeting.NoVote)
	h.Greyed("m03", meeting.ActUnseal, meeting.NoVote)
	h.Refused("m03", meeting.CloseBox{}, meeting.BoxNotOpen)
	h.Counted(map[meeting.MemberID][]int{"m03": {0}, "m04": {0}, "m05": {0}, "m14": {0}, "m15": {0}})
	void := h.State().Votes[0]
	same(t, "the void one", []any{void.State, void.Reason, void.Members().Returned.Len(), len(void.Members().Sums)}, []any{meeting.BoxVoid, "收回多于发出", 1, 0})
	same(t, "the second one", []any{h.State().Vote().No, h.State().Vote().Title()}, []any{2, "第 2 次测评"})
	h.Refused("m03", meeting.Void{Reason: "有人代投"}, meeting.CountedStays)
}

func TestReceiptsAreFoundOnTheBoardAfterClosing(t *testing.T) {
	h := five(t, nil)
	h.Greyed("m05", meeting.ActBoard, meeting.NoVote)
	h.Sealed("m03", "m04")
	h.Refused("m05", meeting.CheckReceipt{Receipt: "x"}, meeting.BoxNotOpen)
	h.Opens()
	for _, id := range ids("m03", "m05", "m14") {
		h.Casts(id, qualified)
	}
	h.Greyed("m05", meeting.ActBoard, meeting.BoardLater)
	h.Closes()
	if no := meeting.May(h.State(), "g1", meeting.ActBoard); no != nil {
		t.Errorf("the board is for all: %v", no)
	}
	board := h.State().Vote().Board()
	if len(board) != 3 || !slices.IsSorted(board) {
		t.Errorf("board %v", board)
	}
	h.Does("m05", meeting.CheckReceipt{Receipt: h.State().Vote().Members().Returned.Of("m05").Receipt})
	h.Does("m03", meeting.CheckReceipt{Receipt: h.State().Vote().Members().Returned.Of("m05").Receipt}) // another's: found, not counted
	h.Does("m04", meeting.CheckReceipt{Receipt: h.State().Vote().Members().Returned.Of("m05").Receipt})
	same(t, "who has checked theirs", maps.Collect(h.State().Vote().Checked.All()), map[meeting.MemberID]bool{"m05": true})
}

func TestBelowTheLeastNumberOfBallotsNothingIsShown(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce, r.Vote.Branch = preset.AnnounceFull, true; branchScale(r) })
	h.Closed(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}})
	v := h.State().Vote()
	for _, id := range append(v.Scrutineers, meeting.Keeper) {
		h.Refused(id, h.urn.Unseal(v, id), meeting.TooFewBallots, "4", "5") // not even the sum is decrypted
	}
	h.Greyed("m03", meeting.ActUnseal, meeting.TooFewBallots)
	h.Greyed("m03", meeting.ActResult, meeting.TooFewBallots)
	h.Greyed("m03", meeting.ActAnnounce, meeting.TooFewBallots)
	if _, no := h.State().Histogram("m05"); no == nil {
		t.Error("a histogram of four")
	}
	if _, no := h.State().BranchHistogram(); no == nil {
		t.Error("the committee's of four")
	}
	if g, one := h.State().Leading("m05"); one {
		t.Errorf("leads %s", g)
	}
	if _, ok := h.State().Announced(); ok || h.State().ByVotes() != nil {
		t.Error("something is announced")
	}
	same(t, "the box", []any{h.State().Vote().State, len(h.State().Vote().Members().Partials), len(h.State().Vote().Members().Sums)}, []any{meeting.BoxClosed, 0, 0})
}

func branchScale(r *preset.Rules) {
	r.Vote.BranchTitle, r.Vote.BranchScale = "支部班子", []string{"好", "较好", "一般", "差"}
}

func TestThoseWhoMayNotGradeThemselvesAreNotCountedAsAbstaining(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.SelfVote, r.Vote.MinBallots = false, 4 })
	h.Opened("m03", "m04")
	if _, no := h.State().Rows("m03", meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{"m03": "合格"}}); no == nil || no.Code != meeting.NoSelfVote {
		t.Errorf("m03 grades themself: %v", no)
	}
	h.Casts("m03", abstain, qualified, qualified)
	h.Casts("m04", qualified, abstain, qualified)
	h.Casts("m05", qualified, abstain, abstain)
	h.Casts("m14", qualified)
	h.Casts("m15", basic)
	h.Closes()
	h.Unsealed()
	for id, want := range map[meeting.MemberID]meeting.Histogram{
		"m03": {Counts: []int{0, 3, 1, 0}, Abstain: 0, Ballots: 4},
		"m04": {Counts: []int{0, 2, 1, 0}, Abstain: 1, Ballots: 4},
	} {
		got, no := h.State().Histogram(id)
		if no != nil {
			t.Fatal(no)
		}
		same(t, string(id), got, want)
	}
	if _, no := h.State().Histogram("m14"); no == nil || no.Code != meeting.NotOnBallot {
		t.Errorf("a 预备党员 has a histogram: %v", no)
	}
}

// Without their own ballot there are four about m03, and the same of everybody who
// voted: the box is not opened, so it takes one voter more.
func TestABallotThatWasNotAskedIsNoneOfTheLeastNumber(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.SelfVote = false })
	few := h.State().Unreadable()
	if few == nil || few.Code != meeting.TooFewVoters || !slices.Equal(few.Args, []string{"5", "6"}) {
		t.Errorf("five get a ballot: %v", few)
	}
	h.Opened("m03", "m04")
	for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.Casts(id, abstain)
	}
	h.Closes()
	same(t, "the box stays closed", h.State().NeverOpened(), true)
	h.Greyed("m03", meeting.ActUnseal, meeting.TooFewBallots)

	h = newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.SelfVote = false }, slices.Concat(fifteen()[2:6], fifteen()[13:])...)
	h.Sits(preset.Ballot)
	h.Counted(map[meeting.MemberID][]int{"m03": {abstain}, "m04": {0}, "m05": {0}, "m06": {0}, "m14": {0}, "m15": {0}})
	got, no := h.State().Histogram("m03")
	same(t, "five about m03", []any{got, no}, []any{meeting.Histogram{Counts: []int{5, 0, 0, 0}, Ballots: 5}, (*meeting.Refusal)(nil)})
}

func TestAnAbsentSubjectLosesNoBallot(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.SelfVote, r.Vote.MinBallots = false, 2 }, "m05")
	h.Opened("m03", "m04")
	h.Casts("m03", abstain, qualified, qualified)
	h.Casts("m04", qualified, abstain, qualified)
	h.Casts("m14", qualified)
	h.Closes()
	h.Unsealed()
	got, _ := h.State().Histogram("m05")
	same(t, "m05 is away", got, meeting.Histogram{Counts: []int{0, 3, 0, 0}, Ballots: 3})
}

func TestWhoMaySeeTheResult(t *testing.T) {
	votes := map[meeting.MemberID][]int{"m03": {0}, "m04": {0}, "m05": {1}, "m14": {0}, "m15": {1}}
	for _, announce := range []string{preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull} {
		h := five(t, func(r *preset.Rules) { r.Announce = announce })
		h.Does("m03", meeting.Name{ID: "m14", Seat: meeting.SeatConsole})
		h.Opened("m04", "m05")
		for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
			h.Casts(id, votes[id]...)
		}
		h.Greyed("m03", meeting.ActResult, meeting.ResultLater)
		h.Closes()
		h.Unsealed()
		for _, id := range ids("m03", "m04") { // the committee
			if no := meeting.May(h.State(), id, meeting.ActResult); no != nil {
				t.Errorf("%s: %s: %v", announce, id, no)
			}
		}
		h.Greyed("m05", meeting.ActResult, meeting.ResultHeld) // nobody else, before it is announced
		h.Greyed("m14", meeting.ActResult, meeting.ResultHeld) // nor a console
		h.Does("m03", meeting.Announce{})
		if announce == preset.AnnounceFull {
			if no := meeting.May(h.State(), "m05", meeting.ActResult); no != nil {
				t.Errorf("%s: %v", announce, no)
			}
		} else {
			h.Greyed("m05", meeting.ActResult, meeting.ResultHeld)
		}
		if _, no := h.State().BranchHistogram(); no == nil || no.Code != meeting.ResultLater {
			t.Errorf("nobody was asked about the committee: %v", no)
		}
		a, ok := h.State().Announced()
		same(t, "counted", ok, true)
		want := meeting.Announcement{Level: announce, Issued: 5, Returned: 5, Cap: meeting.CapMeter{Base: 5, Cap: 1}}
		switch announce {
		case preset.AnnounceCounts:
			want.Leading = map[meeting.Grade]int{"优秀": 3}
		case preset.AnnounceExcellent: // the cap is one of five: all three are equal
			want.Excellent, want.Tied = ids(), ids("m03", "m04", "m05")
		case preset.AnnounceFull:
			want.Full = true
		}
		same(t, announce, a, want)
	}
}

// The cap of a branch of five is 1; DOMAIN.md §3.8: equals at the line are
// never picked.
func TestTheNamesOfTheExcellentStopAtTheCap(t *testing.T) {
	for _, c := range []struct {
		name            string
		votes           [5][]int // of m03, m04, m05, m14, m15, about m03, m04, m05
		num             int      // cap: num of 5
		excellent, tied []meeting.MemberID
	}{
		{"one leads", [5][]int{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 1, 1}, {0, 1, 1}}, 1, ids("m03"), nil},
		{"within the cap", [5][]int{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 1, 1}, {0, 1, 1}}, 2, ids("m03", "m04"), nil},
		{"a tie below the line of two", [5][]int{{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 1, 1}, {0, 1, 1}}, 2, ids("m03"), ids("m04", "m05")},
		{"a tie above the line", [5][]int{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}}, 2, ids("m03", "m04"), nil},
		{"fewer 基本合格 is better", [5][]int{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {2, 1, 1}, {1, 1, 1}}, 1, ids("m04"), nil},
		{"more 合格 is better", [5][]int{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {-1, 1, 1}, {1, 1, 1}}, 1, ids("m04"), nil},
		{"most ballots, not just some", [5][]int{{0, 1, 1}, {0, 1, 1}, {1, 1, 1}, {1, 1, 1}, {-1, 0, 1}}, 3, ids(), nil},
		{"nobody", [5][]int{{1}, {1}, {1}, {-1}, {-1}}, 3, ids(), nil},
		{"a cap of none", [5][]int{{0}, {0}, {0}, {0}, {0}}, 0, ids(), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := five(t, func(r *preset.Rules) {
				r.Announce, r.Cap.Num, r.Cap.Den = preset.AnnounceExcellent, c.num, 5
			})
			h.Opened("m04", "m05")
			for i, id := range ids("m03", "m04", "m05", "m14", "m15") {
				h.Casts(id, c.votes[i]...)
			}
			h.Closes()
			h.Unsealed()
			h.Does("m03", meeting.Announce{})
			a, _ := h.State().Announced()
			same(t, "优秀", fmt.Sprint(a.Excellent, a.Tied), fmt.Sprint(c.excellent, c.tied))
		})
	}
}

func TestTheCommitteeHasItsOwnQuestion(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.Branch = true; branchScale(r) })
	if _, no := h.State().BranchHistogram(); no == nil || no.Code != meeting.ResultLater {
		t.Errorf("a result before the vote: %v", no)
	}
	h.Opened("m04", "m05")
	if rows, no := h.State().Rows("m05", meeting.Choices{Branch: "优秀"}); rows != nil || no == nil || no.Code != meeting.ChoiceUnknown {
		t.Errorf("a member's grade for the committee: %v %v", rows, no)
	}
	rows, no := h.State().Rows("m05", meeting.Choices{Branch: "较好"})
	same(t, "rows", []any{rows, no == nil}, []any{[]int{abstain, abstain, abstain, 1}, true})
	for i, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.Casts(id, qualified, qualified, qualified, i%3-1)
	}
	h.Closes()
	h.Unsealed()
	got, _ := h.State().BranchHistogram()
	same(t, "班子", got, meeting.Histogram{Counts: []int{2, 1, 0, 0}, Abstain: 2, Ballots: 5})
}

func TestChoicesAreTakenWholeOrRefusedWithoutRepeatingThem(t *testing.T) {
	h := five(t, nil)
	choose := func(g map[meeting.MemberID]meeting.Grade) meeting.Choices { return meeting.Choices{Grades: g} }
	if _, no := h.State().Rows("m05", choose(nil)); no == nil || no.Code != meeting.NoVote {
		t.Errorf("before the vote: %v", no)
	}
	h.Opened("m03", "m04")
	for want, c := range map[meeting.Code]meeting.Choices{
		meeting.NotOnBallot:   choose(map[meeting.MemberID]meeting.Grade{"m03": "优秀", "m14": ""}),
		meeting.ChoiceUnknown: choose(map[meeting.MemberID]meeting.Grade{"m03": "优秀", "m04": "良好"}),
	} {
		rows, no := h.State().Rows("m05", c)
		if rows != nil || no == nil || no.Code != want {
			t.Errorf("%+v: %v %v", c, rows, no)
		} else if strings.Contains(no.Error(), "良好") {
			t.Errorf("%v repeats a choice", no)
		}
	}
	if _, no := h.State().Rows("m05", meeting.Choices{Branch: "好"}); no == nil || no.Code != meeting.ChoiceUnknown {
		t.Errorf("this ballot does not ask about the committee: %v", no)
	}
	rows, no := h.State().Rows("m05", choose(map[meeting.MemberID]meeting.Grade{"m03": "不合格", "m04": "优秀", "m05": ""}))
	same(t, "rows", []any{rows, no == nil}, []any{[]int{3, 0, abstain}, true})
}

func TestNobodyVotesAboutNobody(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meeting.SignIn{}, meeting.Next{}, meeting.Next{Reason: "人未到齐"})
	h.GoTo(preset.Ballot)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m03")})
	h.Does("m03", meeting.Seal{Trustee: h.urn.Trustee("m03")}, meeting.Goto{No: 1}, meeting.RecordAbsence{ID: "m03", Reason: "误签"})
	h.GoTo(preset.Ballot)
	h.Greyed("m03", meeting.ActOpen, meeting.NoVoters)
}

// The grades were given without a vote; whoever asks for its result when the
// meeting is over is told that there was none, not that nothing can be changed.
func TestAMeetingWithoutAVoteHasNoResult(t *testing.T) {
	h := five(t, nil)
	h.Ends()
	for _, act := range []meeting.Action{meeting.ActResult, meeting.ActBoard, meeting.ActComments, meeting.ActReceipt, meeting.ActBox, meeting.ActVote} {
		h.Greyed("m03", act, meeting.NeverVoted)
	}
}
