package meeting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// onPaper is a branch of thirteen 正式党员 and two 预备党员 whose last so many
// vote on paper; m05 and m06 watch.
func onPaper(t *testing.T, n int, change func(*preset.Rules)) *hall {
	t.Helper()
	h := seated(t, "seed-2017", preset.Ballot, func(r *preset.Rules) {
		if r.Vote.MinBallots = min(5, n); n == 0 {
			r.Vote.MinBallots = 5
		}
		if change != nil {
			change(r)
		}
	})
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m05", "m06")})
	for _, m := range fifteen()[13-n : 13] {
		h.Does("m03", meeting.GivePaper{ID: m.ID})
	}
	h.Seals("m05", "m06")
	h.Opens()
	return h
}

// countedWithPaper closes and counts: everybody with a terminal says 合格.
func (h *hall) countedWithPaper() {
	h.T.Helper()
	for _, id := range h.State().Vote().Members().Voters {
		h.Casts(id, qualified)
	}
	h.Closes()
	h.Unsealed()
}

func slips(returned int, grades map[meeting.MemberID][]int) meeting.EnterPaper {
	return meeting.EnterPaper{PaperCount: meeting.PaperCount{Returned: returned, Grades: grades}}
}

type ticks = map[meeting.MemberID][]int

func TestWhoGetsAPaperSlip(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil, "m12")
	h.Refused("m03", meeting.GivePaper{ID: "m01"}, meeting.NoScrutineers)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m05", "m06")})
	h.Refused("m05", meeting.GivePaper{ID: "m01"}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.GivePaper{ID: "m99"}, meeting.UnknownMember)
	h.Refused("m03", meeting.GivePaper{ID: "g1"}, meeting.NoVotingRight, "列席01")
	h.Refused("m03", meeting.GivePaper{ID: "q1"}, meeting.NoVotingRight, "群众01")
	h.Refused("m03", meeting.GivePaper{ID: "m12"}, meeting.NotPresent, "党员12")
	h.Does("m03", meeting.GivePaper{ID: "m01"})
	h.Refused("m03", meeting.GivePaper{ID: "m01"}, meeting.OnPaperAlready, "党员01")
	h.Sealed("m07", "m08") // other scrutineers take nobody's paper slip away
	same(t, "on paper", h.State().Vote().OnPaper, ids("m01"))
	h.Greyed("m03", meeting.ActOpen, meeting.TooFewSlips)
	h.Refused("m03", meeting.GivePaper{ID: "m02", Back: true}, meeting.NotOnPaper, "党员02")
	h.Does("m03", meeting.GivePaper{ID: "m01", Back: true})
	same(t, "taken back", len(h.State().Vote().OnPaper), 0)
	for _, id := range ids("m13", "m11", "m10", "m09", "m01") {
		h.Does("m03", meeting.GivePaper{ID: id})
	}
	h.Opens()
	same(t, "has a ballot", []int{len(h.State().Vote().Members().Voters), len(h.State().Vote().OnPaper)}, []int{9, 5})
	h.Greyed("m01", meeting.ActVote, meeting.VotesOnPaper)
	h.Does("m03", meeting.Void{Reason: "重来"})
	h.Sealed("m07", "m08")
	same(t, "the next vote asks again", len(h.State().Vote().OnPaper), 0)
}

// While the box is open who comes late, or lost the join code, votes on paper;
// who has voted does not vote twice.
func TestAPaperSlipWhileTheBoxIsOpen(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil, "m12")
	h.Opened("m05", "m06")
	h.Does("m12", meeting.SignIn{})
	h.Greyed("m12", meeting.ActVote, meeting.CameAfterOpening)
	h.Casts("m01", qualified)
	h.Refused("m03", meeting.GivePaper{ID: "m01"}, meeting.HasVoted, "党员01")
	given := ids("m12", "m02", "m04", "m07", "m08")
	for i, who := range given {
		if i > 0 {
			h.Refused("m05", slips(i, ticks{"m03": {i, 0, 0, 0}}), meeting.TooFewSlips)
			h.Refused("m03", meeting.CloseBox{Reason: "时间到"}, meeting.FewSlipsOut, fmt.Sprint(i), "5") // nobody's slip is closed over
		}
		h.Does("m03", meeting.GivePaper{ID: who})
	}
	for _, who := range ids("m05", "m06") {
		h.Does(who, slips(5, ticks{"m03": {5, 0, 0, 0}}))
	}
	h.Does("m03", meeting.GivePaper{ID: "m09"})
	if _, agreed := h.State().Vote().AgreedPaper(); agreed {
		t.Error("sums of fewer slips still count")
	}
	h.Does("m03", meeting.GivePaper{ID: "m09", Back: true})
	h.wallHolds() // it counts nobody as missing who has a slip
	for _, who := range given {
		h.Greyed(who, meeting.ActVote, meeting.VotesOnPaper)
		h.Refused("m03", meeting.GivePaper{ID: who}, meeting.OnPaperAlready)
	}
	for _, who := range h.State().Vote().Missing() {
		h.Casts(who, qualified)
	}
	v := h.State().Vote()
	same(t, "moved", v.Moved(v.Members()), ids("m02", "m04", "m07", "m08"))
	same(t, "returned", []int{len(v.Members().Voters), v.Members().Returned.Len(), len(v.Missing())}, []int{14, 10, 0})
	h.Closes()
	h.Refused("m03", meeting.GivePaper{ID: "m10"}, meeting.VoteGoesOn)
	h.Refused("m05", slips(4, ticks{"m03": {4, 0, 0, 0}}), meeting.FewSlipsBack, "4", "5")
	for _, who := range ids("m05", "m06") {
		h.Does(who, slips(5, ticks{"m03": {5, 0, 0, 0}}))
	}
	h.Unsealed()
	got, no := h.State().Histogram("m03")
	if want := (meeting.Histogram{Counts: []int{5, 10, 0, 0}, Ballots: 15}); no != nil || !slices.Equal(got.Counts, want.Counts) || got.Ballots != want.Ballots {
		t.Errorf("%+v, %v, want %+v", got, no, want)
	}
}

// Two scrutineers enter the same sums, or nothing is added.
func TestTwoScrutineersAgreeOnThePaperSlips(t *testing.T) {
	h := onPaper(t, 3, nil)
	h.Refused("m07", slips(3, nil), meeting.ScrutineerOnly)
	h.Refused("m05", slips(4, nil), meeting.BadNumber, "4", "0", "3")
	h.Refused("m05", slips(-1, nil), meeting.BadNumber)
	h.Refused("m05", slips(3, ticks{"m14": {1, 0, 0, 0}}), meeting.NotOnBallot, "m14")
	h.Refused("m05", slips(3, ticks{"m01": {2, 2, 0, 0}}), meeting.PaperSums, "党员01", "3")
	h.Refused("m05", slips(3, ticks{"m01": {4, -1, 0, 0}}), meeting.PaperSums)
	h.Refused("m05", slips(3, ticks{"m01": {1, 1}}), meeting.PaperSums)
	bad := slips(3, nil)
	bad.Branch = []int{3, 0, 0, 0}
	h.Refused("m05", bad, meeting.PaperSums) // this ballot does not ask about the committee
	h.Does("m05", slips(3, ticks{"m01": {3, 0, 0, 0}}))
	if got, ok := h.State().Vote().AgreedPaper(); ok {
		t.Errorf("one scrutineer alone: %+v", got)
	}
	h.Refused("m06", slips(3, ticks{"m01": {2, 1, 0, 0}}), meeting.PaperDiffers)
	h.Refused("m06", slips(2, ticks{"m01": {2, 0, 0, 0}}), meeting.TooFewSlips, "2", "3")
	h.Does("m05", slips(3, ticks{"m01": {2, 1, 0, 0}})) // m05 erred
	h.Does("m06", slips(3, ticks{"m01": {2, 1, 0, 0}, "m02": {0, 0, 0, 0}}))
	got, ok := h.State().Vote().AgreedPaper()
	same(t, "agreed", []any{got.Returned, got.Grades["m01"], ok}, []any{3, []int{2, 1, 0, 0}, true})
	h.Refused("m05", slips(3, ticks{"m01": {3, 0, 0, 0}}), meeting.PaperDiffers) // one alone does not change it again
	h.countedWithPaper()
	h.Refused("m05", slips(3, nil), meeting.BoxNotOpen)
}

func TestWithoutPaperThereIsNothingToEnter(t *testing.T) {
	h := onPaper(t, 0, nil)
	h.Greyed("m05", meeting.ActSlips, meeting.NoPaper)
}

// They are added at the end: 弃权 is what is not ticked.
func TestPaperSlipsAreAddedAtTheEnd(t *testing.T) {
	h := onPaper(t, 3, func(r *preset.Rules) { r.Vote.Branch = true; branchScale(r) })
	c := slips(3, ticks{"m01": {2, 0, 0, 0}})
	c.Branch = []int{0, 0, 3, 0}
	h.Does("m05", c)
	h.Does("m06", c)
	h.countedWithPaper()
	for id, want := range map[meeting.MemberID]meeting.Histogram{
		"m01": {Counts: []int{2, 12, 0, 0}, Abstain: 1, Ballots: 15},
		"m02": {Counts: []int{0, 12, 0, 0}, Abstain: 3, Ballots: 15},
	} {
		got, no := h.State().Histogram(id)
		same(t, string(id), []any{got, no == nil}, []any{want, true})
	}
	branch, _ := h.State().BranchHistogram()
	same(t, "班子", branch, meeting.Histogram{Counts: []int{0, 12, 3, 0}, Ballots: 15})
	same(t, "the box itself", h.State().Vote().Members().Sums[0], []int{0, 12, 0, 0})
}

// Nobody's paper slip is lost: the box waits for two equal sums.
func TestTheBoxIsNotOpenedBeforeThePaperSlipsAreEntered(t *testing.T) {
	h := onPaper(t, 3, nil)
	h.Does("m05", slips(3, ticks{"m01": {3, 0, 0, 0}}))
	for _, id := range h.State().Vote().Members().Voters {
		h.Casts(id, qualified)
	}
	h.Closes()
	h.Confirms()
	h.Greyed("m05", meeting.ActUnseal, meeting.SlipsMissing)
	h.Does("m06", slips(3, ticks{"m01": {3, 0, 0, 0}}))
	h.Unsealed()
	got, _ := h.State().Histogram("m01")
	same(t, "with paper", got, meeting.Histogram{Counts: []int{3, 12, 0, 0}, Ballots: 15})
}

func TestEnoughPaperSlipsAreShownApart(t *testing.T) {
	h := onPaper(t, 5, nil)
	for _, id := range ids("m05", "m06") {
		h.Does(id, slips(5, ticks{"m01": {1, 1, 1, 1}}))
	}
	h.countedWithPaper()
	got, no := h.State().PaperHistogram("m01")
	same(t, "apart", []any{got, no == nil}, []any{meeting.Histogram{Counts: []int{1, 1, 1, 1}, Abstain: 1, Ballots: 5}, true})
	all, _ := h.State().Histogram("m01")
	same(t, "in all", all, meeting.Histogram{Counts: []int{1, 11, 1, 1}, Abstain: 1, Ballots: 15})
}

// Who may not grade themself was not asked on paper either; when a slip is
// missing nobody knows whose.
func TestOnesOwnPaperSlipIsNotAsked(t *testing.T) {
	for returned, want := range map[int]int{5: 14, 4: 14} {
		h := onPaper(t, 5, func(r *preset.Rules) { r.Vote.SelfVote, r.Vote.MinBallots = false, 4 })
		if returned == 5 {
			h.Refused("m05", slips(5, ticks{"m13": {0, 5, 0, 0}}), meeting.PaperSums, "党员13", "4")
		}
		for _, id := range ids("m05", "m06") {
			h.Does(id, slips(returned, ticks{"m13": {0, 4, 0, 0}}))
		}
		h.countedWithPaper()
		got, no := h.State().Histogram("m13")
		same(t, "m13", []any{got, no == nil}, []any{meeting.Histogram{Counts: []int{0, want, 0, 0}, Ballots: want}, true})
	}
}

// Few slips of a log of before are added, but never shown apart.
func TestFewPaperSlipsOfBeforeAreNotShownApart(t *testing.T) {
	h := onPaper(t, 3, nil)
	for _, id := range ids("m05", "m06") {
		h.Does(id, slips(3, ticks{"m01": {2, 0, 0, 0}}))
	}
	h.countedWithPaper()
	s, rules := *h.State(), *h.State().Rules
	rules.Vote.MinBallots = 5
	s.Rules = &rules
	if got, no := s.PaperHistogram("m01"); no == nil || no.Code != meeting.TooFewBallots {
		t.Errorf("three paper slips are shown apart: %+v", got)
	}
	all, no := s.Histogram("m01")
	same(t, "in all", []any{all.Ballots, no == nil}, []any{15, true})
}

// What a scrutineer entered stands in a blob: no exported log has it, and it
// goes with the ballots. The sums that were counted stay.
func TestPaperSumsStandInABlob(t *testing.T) {
	h := onPaper(t, 5, nil)
	for _, id := range ids("m05", "m06") {
		h.Does(id, slips(5, ticks{"m01": {4, 0, 1, 0}}))
	}
	h.countedWithPaper()
	want, _ := h.State().Histogram("m01")
	pruned := meeting.NewState()
	for _, c := range h.State().Chronicle.Forward() {
		body, class, blob, err := meeting.Encode(c.Event)
		if f, ok := c.Fact.(meeting.PaperEntered); ok && (class != meeting.BallotBlob || len(blob) == 0 || strings.Contains(string(body), "m01") || f.Returned != 5) {
			t.Errorf("stored as %s, %s %s", body, class, blob)
		}
		back, err2 := meeting.Decode(must(t, body, err), nil)
		pruned = meeting.Apply(pruned, must(t, back, err2))
	}
	got, no := pruned.Histogram("m01")
	same(t, "after pruning", []any{got, no == nil}, []any{want, true})
}

// Four ballots about m03 and paper slips are not five ballots: who entered the slips
// would know the four.
func TestPaperSlipsDoNotMakeUpForMissingBallots(t *testing.T) {
	h := withFiveSlips(t, "m13")
	for _, id := range h.State().Vote().Members().Voters {
		h.Casts(id, qualified)
	}
	h.Closes()
	same(t, "five ballots and five slips stay closed", h.State().NeverOpened(), true)
	h = withFiveSlips(t)
	h.countedWithPaper()
	for id, want := range map[meeting.MemberID]meeting.Histogram{
		"m03": {Counts: []int{5, 5, 0, 0}, Ballots: 10},
		"m08": {Counts: []int{0, 6, 0, 0}, Abstain: 4, Ballots: 10}, // all six, and four slips, were asked about m08
	} {
		got, no := h.State().Histogram(id)
		same(t, string(id), []any{got, no == nil}, []any{want, true})
	}
}

// withFiveSlips is a branch of eleven of whom five have handed in paper slips and the
// others, but those who are away, have a ballot. Nobody grades themselves.
func withFiveSlips(t *testing.T, away ...meeting.MemberID) *hall {
	t.Helper()
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Vote.SelfVote = false }, fifteen()[2:13]...)
	h.Sits(preset.Ballot, away...)
	h.Does("m03", meeting.NameScrutineers{IDs: ids("m05", "m06")})
	for _, id := range ids("m08", "m09", "m10", "m11", "m12") {
		h.Does("m03", meeting.GivePaper{ID: id})
	}
	h.Seals("m05", "m06")
	h.Opens()
	for _, id := range ids("m05", "m06") {
		h.Does(id, slips(5, ticks{"m03": {5, 0, 0, 0}}))
	}
	return h
}
