package meeting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
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
func five(t tb, change func(*preset.Rules), away ...meeting.MemberID) *hall {
	t.Helper()
	h := newHall(t, "seed-2017", change, slices.Concat(fifteen()[2:5], fifteen()[13:])...)
	h.sits(preset.Ballot, away...)
	return h
}

func TestScrutineersAreProposedAmongThoseWhoDoNotRunTheMeeting(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil, "m01")
	h.does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder})
	same(t, "proposed", h.s.ProposeScrutineers(), ids("m06", "m07"))
	small := five(t, nil, "m05")
	same(t, "of two there, both", small.s.ProposeScrutineers(), ids("m03", "m04"))
}

func TestScrutineersArePassedByARecordedShowOfHands(t *testing.T) {
	h := seated(t, "seed-2017", preset.SelfRating, nil, "m13")
	name := func(yes int, who ...string) meeting.NameScrutineers {
		return meeting.NameScrutineers{IDs: ids(who...), Hands: &meeting.Hands{Yes: yes}}
	}
	h.refused("m03", name(12, "m05", "m06"), meeting.WrongItem, "民主测评")
	h.goTo(preset.Ballot)
	h.refused("m05", name(12, "m05", "m06"), meeting.ConsoleOnly)
	h.refused("m03", name(12), meeting.NoScrutineers)
	h.refused("m03", name(12, "m05"), meeting.BadNumber, "1", "2", "14")
	h.refused("m03", name(12, "m05", "m99"), meeting.UnknownMember, "m99")
	h.refused("m03", name(12, "m05", "g1"), meeting.NotInParty, "列席01")
	h.refused("m03", name(12, "m05", "m13"), meeting.NotPresent, "党员13")
	h.refused("m03", name(12, "m05", "m05"), meeting.NamedTwice, "党员05")
	h.refused("m03", name(13, "m05", "m06"), meeting.TooManyHands, "13", "12")
	h.refused("m03", name(6, "m05", "m06"), meeting.NotPassed, "6", "13")
	h.greyed("m05", meeting.ActSeal, meeting.NoVote)
	h.does("m03", name(7, "m05", "m06"))
	r := h.s.Resolutions[0]
	same(t, "in the minutes", []any{r.Text, r.Passed, r.Yes, r.Expected}, []any{"监票人：党员05、党员06", true, 7, 13})
	same(t, "the vote's own", *h.s.Vote().Passed, r)
}

func TestTheBoxOpensWhenEveryScrutineerHasSealedIt(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.greyed("m03", meeting.ActOpen, meeting.NoScrutineers)
	h.does("m03", meeting.NameScrutineers{IDs: ids("m05", "m06")})
	same(t, "not counted hands", h.s.Vote().Passed, nil)
	h.refused("m07", meeting.Seal{Trustee: h.urn.trustee("m07")}, meeting.ScrutineerOnly)
	h.refused("m05", meeting.Seal{}, meeting.BadTrustee)
	other, err := ballot.SecretKeyFromSeed(ballot.Belenios2048, []byte("a key of sixteen bytes or more")).Public(stream("proof"))
	h.refused("m05", meeting.Seal{Trustee: must(t, other, err)}, meeting.BadTrustee)
	h.does("m05", meeting.Seal{Trustee: h.urn.trustee("m05")})
	h.refused("m05", meeting.Seal{Trustee: h.urn.trustee("m05")}, meeting.AlreadySealed)
	h.refused("m06", meeting.Seal{Trustee: h.urn.trustee("m05")}, meeting.BadTrustee) // one key for two
	h.refused("m03", meeting.OpenBox{Election: nil}, meeting.NotSealed, "1")
	same(t, "waits for", h.s.Sealers(), ids("m06"))
	h.does("m06", meeting.Seal{Trustee: h.urn.trustee("m06")})
	same(t, "state", h.s.Vote().State, meeting.BoxSealed)
	h.refused("m05", h.urn.open(h.s), meeting.ConsoleOnly)
	h.does("m03", h.urn.open(h.s))
	v := h.s.Vote()
	same(t, "发出", len(v.Voters), 15)
	same(t, "被评", v.Subjects, ids("m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "m13"))
	h.refused("m03", meeting.NameScrutineers{IDs: ids("m07", "m08")}, meeting.VoteGoesOn)
	h.refused("m05", meeting.Seal{Trustee: h.urn.trustee("m05")}, meeting.VoteGoesOn)
	h.refused("m03", meeting.OpenBox{Election: v.Election}, meeting.VoteGoesOn)
}

func TestOtherScrutineersBeforeOpeningForgetTheKeys(t *testing.T) {
	h := five(t, nil)
	h.sealed("m03", "m04")
	h.does("m03", meeting.NameScrutineers{IDs: ids("m04", "m05"), Hands: &meeting.Hands{Yes: 3}})
	v := h.s.Vote()
	same(t, "the same vote", []any{v.No, len(h.s.Votes), v.State, len(v.Keys)}, []any{1, 1, meeting.BoxSealing, 0})
	h.greyed("m03", meeting.ActSeal, meeting.ScrutineerOnly)
	same(t, "both shows of hands stay in the minutes", len(h.s.Resolutions), 2)
}

func TestTheElectionIsThatOfTheRoomOrIsRefused(t *testing.T) {
	h := five(t, nil)
	h.sealed("m03", "m04")
	refused := func(what string, change func(*ballot.Setup)) {
		t.Helper()
		setup := h.urn.setup(h.s, h.s.Electorate())
		change(&setup)
		e, err := ballot.NewElection(setup)
		must(t, e, err)
		before := h.s
		h.refused("m03", meeting.OpenBox{Election: e}, meeting.BadElection)
		if h.s != before {
			t.Error(what)
		}
	}
	h.refused("m03", meeting.OpenBox{}, meeting.BadElection)
	refused("a voter less", func(s *ballot.Setup) { s.Credentials = s.Credentials[1:] })
	refused("a subject less", func(s *ballot.Setup) { s.Questions = s.Questions[1:] })
	refused("another order", func(s *ballot.Setup) { slices.Reverse(s.Questions) })
	refused("two grades for one", func(s *ballot.Setup) { s.Questions[0].Max = 2 })
	refused("another grade", func(s *ballot.Setup) { s.Questions[0].Answers = []string{"优秀", "合格", "基本合格", "差"} })
	refused("without the server", func(s *ballot.Setup) { s.Trustees = s.Trustees[:2] })
	refused("without a scrutineer", func(s *ballot.Setup) { s.Trustees = s.Trustees[1:] })
	refused("another scrutineer", func(s *ballot.Setup) { s.Trustees[1] = h.urn.trustee("m05") })
	refused("scrutineers in another order", func(s *ballot.Setup) { slices.Reverse(s.Trustees[:2]) })
	h.does("m03", h.urn.open(h.s))
	old := h.s.Vote().Election
	h.does("m03", meeting.Void{Reason: "重来"})
	h.sealed("m03", "m04")
	h.refused("m03", meeting.OpenBox{Election: old}, meeting.BadElection) // its ballots could be cast again
}

func TestWhoVotes(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil, "m12", "m13")
	h.greyed("m05", meeting.ActVote, meeting.NoVote)
	h.sealed("m05", "m06")
	h.greyed("m05", meeting.ActVote, meeting.BoxNotOpen)
	h.does("m03", h.urn.open(h.s))
	h.does("m12", meeting.SignIn{})
	h.greyed("m12", meeting.ActVote, meeting.CameAfterOpening)
	h.greyed("m13", meeting.ActVote, meeting.SignInFirst)
	h.greyed("g1", meeting.ActVote, meeting.NoVotingRight)
	h.greyed("q1", meeting.ActVote, meeting.NoVotingRight)
	h.refused("m14", meeting.Cast{}, meeting.BadBallot)
	h.casts("m14", qualified) // 预备党员 vote
	same(t, "who is missing", len(h.s.Vote().Missing()), 12)
}

func TestProbationaryMembersDoNotVoteWhereTheNoticeSaysSo(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Probationary.Votes = false })
	same(t, "electorate", h.s.Electorate(), ids("m03", "m04", "m05"))
	h.opened("m03", "m04")
	h.greyed("m14", meeting.ActVote, meeting.NoVotingRight)
}

func TestTheLastBallotCountsUntilTheBoxCloses(t *testing.T) {
	h := five(t, nil)
	h.opened("m03", "m04")
	h.refused("m03", meeting.CloseBox{}, meeting.NoBallots)
	h.casts("m03", unqualified)
	h.casts("m04", qualified)
	h.casts("m05", qualified)
	h.casts("m14", abstain)
	first := h.s.Vote().Returned["m03"].Receipt
	h.casts("m03", excellent, qualified, abstain)
	slip := h.s.Vote().Returned["m03"]
	same(t, "times", slip.Times, 2)
	if slip.Receipt == first || slices.Contains(h.s.Vote().Board(), first) {
		t.Error("the first ballot is still on the board")
	}
	h.casts("m15", qualified)
	h.refused("m05", meeting.CloseBox{}, meeting.ConsoleOnly)
	late := h.ballotOf("m04", excellent)
	h.does("m03", meeting.CloseBox{})
	h.refused("m04", meeting.Cast{Ballot: late}, meeting.BoxNotOpen)
	h.refused("m03", meeting.CloseBox{}, meeting.BoxNotOpen)
	h.unsealed()
	for id, want := range map[meeting.MemberID]meeting.Histogram{
		"m03": {Counts: []int{1, 3, 0, 0}, Abstain: 1, Ballots: 5},
		"m04": {Counts: []int{0, 4, 0, 0}, Abstain: 1, Ballots: 5},
		"m05": {Counts: []int{0, 3, 0, 0}, Abstain: 2, Ballots: 5},
	} {
		got, no := h.s.Histogram(id)
		if no != nil {
			t.Fatal(no)
		}
		same(t, string(id), got, want)
	}
}

func TestABallotIsNobodyElsesAndNotCastTwice(t *testing.T) {
	h := five(t, nil)
	h.opened("m03", "m04")
	mine := h.ballotOf("m04", qualified)
	h.casts("m04", qualified)
	h.refused("m04", meeting.Cast{Ballot: mine}, meeting.BadBallot)                         // the same again
	h.refused("m05", meeting.Cast{Ballot: mine}, meeting.BadBallot)                         // another's
	h.refused("m05", meeting.Cast{Ballot: h.ballotOf("m04", excellent)}, meeting.BadBallot) // under another's credential
	h.refused("m04", meeting.Cast{Ballot: h.ballotOf("m05", excellent)}, meeting.BadBallot)
	h.refused("m05", meeting.Cast{}, meeting.BadBallot)
	old := h.ballotOf("m05", qualified)
	h.does("m03", meeting.Void{Reason: "重来"})
	h.opened("m03", "m04")
	h.refused("m05", meeting.Cast{Ballot: old}, meeting.BadBallot) // of the vote before
	same(t, "returned", len(h.s.Vote().Returned), 0)
}

func TestTheBoxIsUnsealedByTheServerAndEveryScrutineer(t *testing.T) {
	h := five(t, nil)
	h.refused(meeting.Keeper, meeting.Unseal{}, meeting.NoVote)
	if _, ok := h.s.Announced(); ok || h.s.ByVotes() != nil {
		t.Error("there is something to announce before the count")
	}
	h.opened("m03", "m04")
	for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.casts(id, qualified)
	}
	h.greyed("m03", meeting.ActUnseal, meeting.BoxIsOpen)
	h.refused(meeting.Keeper, meeting.Unseal{}, meeting.BoxNotOpen)
	h.does("m03", meeting.CloseBox{})
	v := h.s.Vote()
	h.greyed("m03", meeting.ActResult, meeting.ResultLater)
	h.refused("m05", meeting.Unseal{}, meeting.ScrutineerOnly)
	h.refused("m03", meeting.Unseal{}, meeting.BadPartial)
	h.refused("m03", h.urn.unseal(v, "m04"), meeting.BadPartial)
	h.refused(meeting.Keeper, h.urn.unseal(v, "m04"), meeting.BadPartial)
	h.does("m04", h.urn.unseal(v, "m04"))
	h.refused("m04", h.urn.unseal(v, "m04"), meeting.AlreadyUnsealed)
	h.does(meeting.Keeper, h.urn.unseal(v, meeting.Keeper))
	h.refused(meeting.Keeper, h.urn.unseal(v, meeting.Keeper), meeting.AlreadyUnsealed)
	same(t, "waits for", h.s.Vote().Unsealers(), ids("m03"))
	same(t, "no sums yet", h.s.Vote().Sums, nil)
	h.does("m03", h.urn.unseal(v, "m03"))
	same(t, "state", h.s.Vote().State, meeting.BoxCounted)
	h.greyed("m03", meeting.ActUnseal, meeting.AlreadyCounted)
	h.refused("m03", meeting.NameScrutineers{IDs: ids("m04", "m05")}, meeting.VoteGoesOn)
}

func TestAVoidVoteIsHeldAgainAndStaysOnRecord(t *testing.T) {
	h := five(t, nil)
	h.greyed("m03", meeting.ActVoid, meeting.NoVote)
	h.opened("m03", "m04")
	h.casts("m05", qualified)
	h.refused("m05", meeting.Void{Reason: "x"}, meeting.ConsoleOnly)
	h.refused("m03", meeting.Void{}, meeting.TextMissing)
	h.does("m03", meeting.Void{Reason: "收回多于发出"})
	h.greyed("m03", meeting.ActVoid, meeting.NoVote)
	h.greyed("m05", meeting.ActVote, meeting.BoxNotOpen)
	h.greyed("m03", meeting.ActSeal, meeting.NoVote)
	h.greyed("m03", meeting.ActUnseal, meeting.NoVote)
	h.refused("m03", meeting.CloseBox{}, meeting.BoxNotOpen)
	h.counted(map[meeting.MemberID][]int{"m03": {0}, "m04": {0}, "m05": {0}, "m14": {0}, "m15": {0}})
	void := h.s.Votes[0]
	same(t, "the void one", []any{void.State, void.Reason, len(void.Returned), len(void.Sums)}, []any{meeting.BoxVoid, "收回多于发出", 1, 0})
	same(t, "the second one", []any{h.s.Vote().No, h.s.Vote().Title()}, []any{2, "第 2 次测评"})
	h.does("m03", meeting.Void{Reason: "有人代投"})
	if _, no := h.s.Histogram("m03"); no == nil || no.Code != meeting.ResultLater {
		t.Errorf("a void vote has a result: %v", no)
	}
}

func TestReceiptsAreFoundOnTheBoardAfterClosing(t *testing.T) {
	h := five(t, nil)
	h.greyed("m05", meeting.ActBoard, meeting.NoVote)
	h.sealed("m03", "m04")
	h.refused("m05", meeting.CheckReceipt{Receipt: "x"}, meeting.BoxNotOpen)
	h.does("m03", h.urn.open(h.s))
	for _, id := range ids("m03", "m05", "m14") {
		h.casts(id, qualified)
	}
	h.greyed("m05", meeting.ActBoard, meeting.BoardLater)
	h.does("m03", meeting.CloseBox{})
	if no := meeting.May(h.s, "g1", meeting.ActBoard); no != nil {
		t.Errorf("the board is for all: %v", no)
	}
	board := h.s.Vote().Board()
	if len(board) != 3 || !slices.IsSorted(board) {
		t.Errorf("board %v", board)
	}
	h.does("m05", meeting.CheckReceipt{Receipt: h.s.Vote().Returned["m05"].Receipt})
	h.does("m03", meeting.CheckReceipt{Receipt: h.s.Vote().Returned["m05"].Receipt}) // another's: found, not counted
	h.does("m04", meeting.CheckReceipt{Receipt: h.s.Vote().Returned["m05"].Receipt})
	same(t, "who has checked theirs", h.s.Vote().Checked, map[meeting.MemberID]bool{"m05": true})
}

func TestBelowTheLeastNumberOfBallotsNothingIsShown(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Announce, r.Vote.Branch = preset.AnnounceFull, true; branchScale(r) })
	h.closed(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}})
	v := h.s.Vote()
	for _, id := range append(v.Scrutineers, meeting.Keeper) {
		h.refused(id, h.urn.unseal(v, id), meeting.TooFewBallots, "4", "5") // not even the sum is decrypted
	}
	h.greyed("m03", meeting.ActUnseal, meeting.TooFewBallots)
	h.greyed("m03", meeting.ActResult, meeting.ResultLater)
	h.greyed("m03", meeting.ActAnnounce, meeting.ResultLater)
	if _, no := h.s.Histogram("m05"); no == nil {
		t.Error("a histogram of four")
	}
	if _, no := h.s.BranchHistogram(); no == nil {
		t.Error("the committee's of four")
	}
	if g, one := h.s.Leading("m05"); one {
		t.Errorf("leads %s", g)
	}
	if _, ok := h.s.Announced(); ok || h.s.ByVotes() != nil {
		t.Error("something is announced")
	}
	same(t, "the box", []any{h.s.Vote().State, len(h.s.Vote().Partials), len(h.s.Vote().Sums)}, []any{meeting.BoxClosed, 0, 0})
}

func branchScale(r *preset.Rules) {
	r.Vote.BranchTitle, r.Vote.BranchScale = "支部班子", []string{"好", "较好", "一般", "差"}
}

func TestThoseWhoMayNotGradeThemselvesAreNotCountedAsAbstaining(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.SelfVote, r.Vote.MinBallots = false, 4 })
	h.opened("m03", "m04")
	if _, no := h.s.Rows("m03", meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{"m03": "合格"}}); no == nil || no.Code != meeting.NoSelfVote {
		t.Errorf("m03 grades themself: %v", no)
	}
	h.casts("m03", abstain, qualified, qualified)
	h.casts("m04", qualified, abstain, qualified)
	h.casts("m05", qualified, abstain, abstain)
	h.casts("m14", qualified)
	h.casts("m15", basic)
	h.does("m03", meeting.CloseBox{})
	h.unsealed()
	for id, want := range map[meeting.MemberID]meeting.Histogram{
		"m03": {Counts: []int{0, 3, 1, 0}, Abstain: 0, Ballots: 4},
		"m04": {Counts: []int{0, 2, 1, 0}, Abstain: 1, Ballots: 4},
	} {
		got, no := h.s.Histogram(id)
		if no != nil {
			t.Fatal(no)
		}
		same(t, string(id), got, want)
	}
	if _, no := h.s.Histogram("m14"); no == nil || no.Code != meeting.NotOnBallot {
		t.Errorf("a 预备党员 has a histogram: %v", no)
	}
}

// Without their own ballot there are four about m03.
func TestABallotThatWasNotAskedIsNoneOfTheLeastNumber(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.SelfVote = false })
	h.counted(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}, "m15": {1}})
	if _, no := h.s.Histogram("m03"); no == nil || no.Code != meeting.TooFewBallots || !slices.Equal(no.Args, []string{"4", "5"}) {
		t.Errorf("four ballots show m03: %v", no)
	}
}

func TestAnAbsentSubjectLosesNoBallot(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.SelfVote, r.Vote.MinBallots = false, 3 }, "m05")
	h.opened("m03", "m04")
	h.casts("m03", abstain, qualified, qualified)
	h.casts("m04", qualified, abstain, qualified)
	h.casts("m14", qualified)
	h.does("m03", meeting.CloseBox{})
	h.unsealed()
	got, _ := h.s.Histogram("m05")
	same(t, "m05 is away", got, meeting.Histogram{Counts: []int{0, 3, 0, 0}, Ballots: 3})
}

func TestWhoMaySeeTheResult(t *testing.T) {
	votes := map[meeting.MemberID][]int{"m03": {0}, "m04": {0}, "m05": {1}, "m14": {0}, "m15": {1}}
	for _, announce := range []string{preset.AnnounceNone, preset.AnnounceCounts, preset.AnnounceExcellent, preset.AnnounceFull} {
		h := five(t, func(r *preset.Rules) { r.Announce = announce })
		h.does("m03", meeting.Name{ID: "m14", Seat: meeting.SeatConsole})
		h.opened("m04", "m05")
		for _, id := range ids("m03", "m04", "m05", "m14", "m15") {
			h.casts(id, votes[id]...)
		}
		h.greyed("m03", meeting.ActResult, meeting.ResultLater)
		h.does("m03", meeting.CloseBox{})
		h.unsealed()
		for _, id := range ids("m03", "m04", "m14") { // the committee and a console
			if no := meeting.May(h.s, id, meeting.ActResult); no != nil {
				t.Errorf("%s: %s: %v", announce, id, no)
			}
		}
		h.greyed("m05", meeting.ActResult, meeting.ResultHeld) // nobody else, before it is announced
		h.does("m03", meeting.Announce{})
		if announce == preset.AnnounceFull {
			if no := meeting.May(h.s, "m05", meeting.ActResult); no != nil {
				t.Errorf("%s: %v", announce, no)
			}
		} else {
			h.greyed("m05", meeting.ActResult, meeting.ResultHeld)
		}
		if _, no := h.s.BranchHistogram(); no == nil || no.Code != meeting.ResultLater {
			t.Errorf("nobody was asked about the committee: %v", no)
		}
		a, ok := h.s.Announced()
		same(t, "counted", ok, true)
		want := meeting.Announcement{Issued: 5, Returned: 5}
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

// The cap of a branch of five is 1; domain.md §3.8: equals at the line are
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
			h.opened("m04", "m05")
			for i, id := range ids("m03", "m04", "m05", "m14", "m15") {
				h.casts(id, c.votes[i]...)
			}
			h.does("m03", meeting.CloseBox{})
			h.unsealed()
			h.does("m03", meeting.Announce{})
			a, _ := h.s.Announced()
			same(t, "优秀", fmt.Sprint(a.Excellent, a.Tied), fmt.Sprint(c.excellent, c.tied))
		})
	}
}

func TestTheCommitteeHasItsOwnQuestion(t *testing.T) {
	h := five(t, func(r *preset.Rules) { r.Vote.Branch = true; branchScale(r) })
	if _, no := h.s.BranchHistogram(); no == nil || no.Code != meeting.ResultLater {
		t.Errorf("a result before the vote: %v", no)
	}
	h.opened("m04", "m05")
	if rows, no := h.s.Rows("m05", meeting.Choices{Branch: "优秀"}); rows != nil || no == nil || no.Code != meeting.ChoiceUnknown {
		t.Errorf("a member's grade for the committee: %v %v", rows, no)
	}
	rows, no := h.s.Rows("m05", meeting.Choices{Branch: "较好"})
	same(t, "rows", []any{rows, no == nil}, []any{[]int{abstain, abstain, abstain, 1}, true})
	for i, id := range ids("m03", "m04", "m05", "m14", "m15") {
		h.casts(id, qualified, qualified, qualified, i%3-1)
	}
	h.does("m03", meeting.CloseBox{})
	h.unsealed()
	got, _ := h.s.BranchHistogram()
	same(t, "班子", got, meeting.Histogram{Counts: []int{2, 1, 0, 0}, Abstain: 2, Ballots: 5})
}

func TestChoicesAreTakenWholeOrRefusedWithoutRepeatingThem(t *testing.T) {
	h := five(t, nil)
	choose := func(g map[meeting.MemberID]meeting.Grade) meeting.Choices { return meeting.Choices{Grades: g} }
	if _, no := h.s.Rows("m05", choose(nil)); no == nil || no.Code != meeting.NoVote {
		t.Errorf("before the vote: %v", no)
	}
	h.opened("m03", "m04")
	for want, c := range map[meeting.Code]meeting.Choices{
		meeting.NotOnBallot:   choose(map[meeting.MemberID]meeting.Grade{"m03": "优秀", "m14": ""}),
		meeting.ChoiceUnknown: choose(map[meeting.MemberID]meeting.Grade{"m03": "优秀", "m04": "良好"}),
	} {
		rows, no := h.s.Rows("m05", c)
		if rows != nil || no == nil || no.Code != want {
			t.Errorf("%+v: %v %v", c, rows, no)
		} else if strings.Contains(no.Error(), "良好") {
			t.Errorf("%v repeats a choice", no)
		}
	}
	if _, no := h.s.Rows("m05", meeting.Choices{Branch: "好"}); no == nil || no.Code != meeting.ChoiceUnknown {
		t.Errorf("this ballot does not ask about the committee: %v", no)
	}
	rows, no := h.s.Rows("m05", choose(map[meeting.MemberID]meeting.Grade{"m03": "不合格", "m04": "优秀", "m05": ""}))
	same(t, "rows", []any{rows, no == nil}, []any{[]int{3, 0, abstain}, true})
}

func TestNobodyVotesAboutNobody(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.does("m03", meeting.SignIn{}, meeting.Next{}, meeting.Next{Reason: "人未到齐"})
	h.goTo(preset.Ballot)
	h.does("m03", meeting.NameScrutineers{IDs: ids("m03")})
	h.does("m03", meeting.Seal{Trustee: h.urn.trustee("m03")}, meeting.Goto{No: 1}, meeting.RecordAbsence{ID: "m03", Reason: "误签"})
	h.goTo(preset.Ballot)
	h.greyed("m03", meeting.ActOpen, meeting.NoVoters)
}
