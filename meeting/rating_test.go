package meeting_test

import (
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// graded is a branch of nine (seven 正式党员) at 组织评定, whose ballots put m01 and
// m02 at 优秀 and the others at 合格; m03 has as many of both. The cap is 3.
func graded(t *testing.T, id string) *hall {
	t.Helper()
	h := newHall(t, id, func(r *preset.Rules) { r.Cap.Base = preset.BaseBranchTotal }, slices.Concat(fifteen()[:7], fifteen()[13:])...)
	h.Sits(preset.Ballot)
	votes := map[meeting.MemberID][]int{}
	for i, who := range h.State().Electorate(meeting.MemberBox) {
		votes[who] = []int{0, 0, i % 2, 1}
	}
	votes["m15"] = []int{0, 0, abstain, 1}
	h.Counted(votes)
	h.GoTo(preset.Rating)
	return h
}

func (h *hall) rates(g meeting.Grade, who ...meeting.MemberID) {
	h.T.Helper()
	for _, id := range who {
		h.Does("m03", meeting.Rate{ID: id, Grade: g})
	}
}

// DOMAIN.md §3.2, §2.3: 不超过 is rounded down; the base differs by notice.
func TestTheCapOnExcellent(t *testing.T) {
	for _, c := range []struct {
		base, round   string
		num, den, min int
		wantBase, cap int
	}{
		{preset.BaseBranchTotal, "floor", 1, 3, 0, 15, 5}, // the seed
		{preset.BaseFormal, "floor", 1, 3, 0, 13, 4},
		{preset.BaseFormalAttending, "floor", 1, 3, 0, 11, 3},
		{preset.BaseParticipating, "floor", 1, 3, 0, 14, 4},
		{preset.BaseFormal, "ceil", 1, 3, 0, 13, 5},
		{preset.BaseFormal, "nearest", 15, 100, 0, 13, 2},
		{preset.BaseFormal, "floor", 5, 100, 1, 13, 1},
		{preset.BaseFormal, "floor", 0, 1, 0, 13, 0},
	} {
		h := seated(t, "seed-2017", preset.Opening, func(r *preset.Rules) {
			r.Cap = preset.Cap{Num: c.num, Den: c.den, Base: c.base, Round: c.round, Min: c.min}
		}, "m12", "m13")
		h.Does("m03", meeting.RecordAbsence{ID: "m13", Reason: "病假", Written: true}, meeting.RecordAbsence{ID: "m11", Reason: "提前离会"})
		same(t, c.base, h.State().Cap(), meeting.CapMeter{Base: c.wantBase, Cap: c.cap})
	}
	same(t, "before there are rules", meeting.NewState().Cap(), meeting.CapMeter{})
}

func TestTheCommitteeGradesEveryFormalMember(t *testing.T) {
	h := graded(t, "seed-2017")
	h.Refused("m05", meeting.Rate{ID: "m01", Grade: "优秀"}, meeting.CommitteeOnly)
	h.Refused("g1", meeting.Rate{ID: "m01", Grade: "优秀"}, meeting.CommitteeOnly)
	h.Refused("m02", meeting.Rate{ID: "m99", Grade: "优秀"}, meeting.UnknownMember, "m99")
	h.Refused("m02", meeting.Rate{ID: "m14", Grade: "优秀"}, meeting.GradedAnyway, "党员14")
	h.Refused("m02", meeting.Rate{ID: "g1", Grade: "优秀", Reason: "表现好"}, meeting.NotGraded, "列席01")
	h.Refused("m02", meeting.Rate{ID: "m14", Grade: "不评定等次"}, meeting.UnknownGrade)
	h.Refused("m02", meeting.Rate{ID: "m01", Grade: "良好"}, meeting.UnknownGrade, "良好", "优秀、合格、基本合格、不合格")
	h.Refused("m02", meeting.Rate{ID: "m01", Grade: "优秀", Reason: "\x1b"}, meeting.ControlCharacters)
	h.Does("m02", meeting.Rate{ID: "m01", Grade: "优秀"})
	h.Refused("m02", meeting.Submit{}, meeting.SomeUngraded, "6")
	h.rates("优秀", "m02")
	h.rates("合格", "m03", "m04", "m05", "m06", "m07")
	same(t, "还可", h.State().Cap().Left(), 1)
	h.Refused("m05", meeting.Submit{}, meeting.CommitteeOnly)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "not-submitted")
	h.Does("m04", meeting.Submit{})
	h.Refused("m04", meeting.Submit{}, meeting.AlreadySubmitted)
	h.Refused("m03", meeting.Void{Reason: "x"}, meeting.AlreadySubmitted)
	h.Does("m02", meeting.Rate{ID: "m03", Grade: "合格"}) // as it stands
	same(t, "the table stays submitted", h.State().Submitted, true)
	h.Does("m02", meeting.Rate{ID: "m03", Grade: "优秀"}) // as many ballots say so
	same(t, "a change opens the table again", h.State().Submitted, false)
	h.Does("m04", meeting.Submit{})
	h.Does("m03", meeting.Next{})
	h.Refused("m03", meeting.Rate{ID: "m03", Grade: "合格"}, meeting.ItemPast, "组织评定")
}

func TestACommitteeMemberWhoIsAwayDoesNotGrade(t *testing.T) {
	h := graded(t, "seed-2017")
	h.Does("m03", meeting.RecordAbsence{ID: "m02", Reason: "接孩子"})
	h.Refused("m02", meeting.Rate{ID: "m01", Grade: "优秀"}, meeting.SignInFirst)
	h.Refused("m02", meeting.Submit{}, meeting.SignInFirst)
}

func TestWithoutACommitteeTheConsoleRecordsWhatTheAssemblyDecides(t *testing.T) {
	h := five(t, nil)
	h.Counted(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}, "m15": {1}})
	h.GoTo(preset.Rating)
	h.Refused("m04", meeting.Rate{ID: "m03", Grade: "优秀"}, meeting.ConsoleOnly)
	h.Does("m03", meeting.Rate{ID: "m03", Grade: "合格"})
}

func TestOverTheCapNeedsAReason(t *testing.T) {
	h := graded(t, "seed-2017")
	h.rates("优秀", "m01", "m02", "m03")
	same(t, "还可", h.State().Cap(), meeting.CapMeter{Base: 9, Cap: 3, Used: 3})
	h.Refused("m03", meeting.Rate{ID: "m04", Grade: "优秀"}, meeting.OverCap, "3", "9")
	h.Does("m03", meeting.Rate{ID: "m04", Grade: "优秀", Reason: "驻村扶贫一年"})
	same(t, "m04", []any{h.State().Ratings.Of("m04").Over, h.State().Ratings.Of("m04").Away, h.State().Cap().Left()}, []any{true, true, -1})
	h.rates("优秀", "m03") // was within the cap, and is
	h.rates("合格", "m03")
	h.Does("m03", meeting.Rate{ID: "m04", Grade: "优秀", Reason: "驻村扶贫一年"})
	same(t, "m04 is within the cap now", h.State().Ratings.Of("m04").Over, false)
}

func TestAwayFromTheVotesNeedsAReason(t *testing.T) {
	h := graded(t, "seed-2017")
	h.Refused("m03", meeting.Rate{ID: "m01", Grade: "合格"}, meeting.AwayFromVotes, "党员01")
	h.Refused("m03", meeting.Rate{ID: "m04", Grade: "不合格"}, meeting.AwayFromVotes, "党员04")
	h.rates("优秀", "m03") // 4 and 4
	h.rates("合格", "m03")
	h.Refused("m03", meeting.Rate{ID: "m03", Grade: "基本合格"}, meeting.AwayFromVotes, "党员03")
	h.Does("m03", meeting.Rate{ID: "m01", Grade: "合格", Reason: "工作调动,本人提出"})
	same(t, "m01", []any{h.State().Ratings.Of("m01").Away, h.State().Ratings.Of("m01").Over}, []any{true, false})
}

func TestGradesThatWereGivenBeforeTheVotesAreMeasuredWhenHandedIn(t *testing.T) {
	h := five(t, nil)
	h.GoTo(preset.Rating)
	h.rates("优秀", "m03")
	h.rates("合格", "m04", "m05")
	h.GoTo(preset.Ballot)
	h.Counted(map[meeting.MemberID][]int{"m03": {1}, "m04": {1}, "m05": {1}, "m14": {1}, "m15": {1}})
	h.GoTo(preset.Rating)
	h.Refused("m03", meeting.Submit{}, meeting.AwayFromVotes, "党员03")
	h.rates("合格", "m03")
	h.Does("m03", meeting.Submit{Hands: h.State().RatingHands()})
}

func TestACapThatShrankIsSeenWhenHandedIn(t *testing.T) {
	h := seated(t, "seed-2017", preset.Rating, func(r *preset.Rules) { r.Cap.Base = preset.BaseParticipating }, "m13")
	h.Does("m03", meeting.RecordAbsence{ID: "m13", Reason: "病假", Written: true}) // 15 take part
	h.rates("优秀", "m01", "m02", "m03", "m04", "m05")
	h.rates("合格", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "m13")
	h.Does("m03", meeting.RecordAbsence{ID: "m13", Reason: "病假"}) // the material never came
	h.Refused("m03", meeting.Submit{}, meeting.OverCap, "4", "14")
	h.Does("m03", meeting.Rate{ID: "m05", Grade: "优秀", Reason: "驻村扶贫一年"}, meeting.Submit{})
}

func TestNothingIsGradedAutomatically(t *testing.T) {
	h := graded(t, "regulation-2018")
	same(t, "ratings", h.State().Ratings.Len(), 0)
	same(t, "still to be graded", len(h.State().Ungraded()), 7)
}
