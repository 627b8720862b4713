package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

const above = "org/s1"

func approve(ids ...meeting.MemberID) meeting.DecideBundle {
	return meeting.DecideBundle{IDs: ids, Decision: meeting.LineApproved}
}

func sendBack(reason string, ids ...meeting.MemberID) meeting.DecideBundle {
	return meeting.DecideBundle{IDs: ids, Decision: meeting.LineSentBack, Reason: reason}
}

func amend(g meeting.Grade, reason string, ids ...meeting.MemberID) meeting.DecideBundle {
	return meeting.DecideBundle{IDs: ids, Decision: meeting.LineAmended, Grade: g, Reason: reason}
}

func bundle(t *testing.T, h *hall) meeting.Bundle {
	t.Helper()
	b, ok := h.State().Bundle()
	if !ok {
		t.Fatal("there is no bundle")
	}
	return b
}

// DOMAIN.md §2.1, 11: the branch sends grades and register forms as one bundle; by
// the seed nobody is told a grade before the superior has approved it.
func TestTheSuperiorApprovesTheBundle(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Refused(above, approve(), meeting.NoBundle)
	h.Refused("m05", meeting.Submit{}, meeting.CommitteeOnly)
	h.Does("m02", meeting.Submit{})
	h.Refused("m02", meeting.Submit{}, meeting.BundleWaits, "1")
	h.Refused("m03", meeting.GiveFeedback{ID: "m05"}, meeting.LineWaits, "党员05")
	h.Refused("m03", meeting.GiveFeedback{ID: "m05", Approval: "批复 3 号"}, meeting.LineWaits, "党员05")
	for _, who := range ids("m05", "g1") {
		h.Refused(who, approve(), meeting.SuperiorOnly)
	}
	h.Does(above, approve("m05", "m14"))
	h.Does("m03", meeting.GiveFeedback{ID: "m05"})
	h.Refused("m03", meeting.GiveFeedback{ID: "m06"}, meeting.LineWaits, "党员06")
	h.Does(above, meeting.DecideBundle{IDs: ids("m06"), Decision: meeting.LineAmended, Grade: "基本合格", Reason: "群众意见集中"})
	h.Refused(above, sendBack("再议", "m05"), meeting.ToldStands, "党员05")
	h.Refused(above, amend("优秀", "再议", "m05"), meeting.ToldStands, "党员05")
	h.Does(above, approve())
	b := bundle(t, h)
	same(t, "the bundle", []any{b.Version, b.State(), len(b.Lines), b.Cap, b.Verdicts.Of("m06").Grade, b.Verdicts.Of("m01").By},
		[]any{1, meeting.Approved, 9, meeting.CapMeter{Base: 9, Cap: 3, Used: 2}, meeting.Grade("基本合格"), meeting.MemberID(above)})
	h.Refused("m02", meeting.Submit{}, meeting.BundleDone, "1")
	h.Refused(above, approve(), meeting.BundleDone, "1")

	h.Does("m03", meeting.GiveFeedback{ID: "m06"}, meeting.GiveFeedback{ID: "m14"})
	f, _ := h.State().FeedbackOf("m06")
	same(t, "m06 hears", []any{f.Grade, f.Reason}, []any{meeting.Grade("基本合格"), "群众意见集中"})
	same(t, "what the meeting had decided stays", h.State().Ratings.Of("m06").Grade, meeting.Grade("合格"))
	same(t, "who the superior is", h.State().NameOf(above), "上级s1")
}

// What was returned is changed and sent again; both versions stay, and a
// decision about the older one is refused with what has changed.
func TestAReturnedLineIsChangedAndSentAgain(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Refused("m03", meeting.Rate{ID: "m02", Grade: "合格"}, meeting.NothingReturned)
	h.Does("m03", meeting.Submit{})
	h.Refused(above, sendBack("", "m02"), meeting.ReasonMissing)
	h.Refused(above, sendBack("x", "m99"), meeting.UnknownMember, "m99")
	h.Does(above, approve("m01"), sendBack("优秀的理由不够", "m02"))
	same(t, "some lines wait", bundle(t, h).State(), meeting.Submitted)
	h.Refused("m03", meeting.Submit{}, meeting.BundleWaits, "1")
	h.Refused("m03", meeting.GiveFeedback{ID: "m02"}, meeting.LineReturned, "党员02")
	h.Refused("m03", meeting.Rate{ID: "m04", Grade: "优秀", Reason: "x"}, meeting.NotReturned, "党员04")
	h.Refused("m05", meeting.Rate{ID: "m02", Grade: "合格"}, meeting.CommitteeOnly)
	h.Does("m03", meeting.Rate{ID: "m02", Grade: "合格", Reason: "宁缺毋滥"}, meeting.Submit{})
	b := bundle(t, h)
	was, _ := h.State().Bundles[0].Line("m02")
	is, _ := b.Line("m02")
	same(t, "versions", []any{b.Version, was.Grade, is.Grade, b.Approved("m01"), b.Waiting()},
		[]any{2, meeting.Grade("优秀"), meeting.Grade("合格"), true, ids("m02", "m03", "m04", "m05", "m06", "m07", "m14", "m15")})
	same(t, "the first keeps its verdict", h.State().Bundles[0].Verdicts.Of("m02").Reason, "优秀的理由不够")
	old := approve()
	old.Read = &h.State().Bundles[0]
	h.Refused(above, old, meeting.BundleChanged, "2", "党员02（优秀、合格）")
	h.Does(above, sendBack("全部再议"))
	h.Refused("m03", meeting.Submit{}, meeting.BundleUnchanged, "2")
	h.Does(above, approve())
	same(t, "a returned line is approved after all", bundle(t, h).State(), meeting.Approved)
	same(t, "cap", h.State().Cap().Used, 1)
	same(t, "the minutes' grade", h.State().Ratings.Of("m02").Grade, meeting.Grade("优秀"))
	r, _ := h.State().GradeOf("m02")
	same(t, "the grade that holds", r.Grade, meeting.Grade("合格"))
}

// While the branch is changing what was returned, nothing is decided about it: the
// new grade would be lost without a word. About the others it is.
func TestAReturnedLineIsNotApprovedBesideItsChange(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m03", meeting.Submit{})
	h.Does(above, sendBack("名额", "m02"))
	h.Does("m03", meeting.Rate{ID: "m02", Grade: "合格", Reason: "照办"})
	for _, c := range []meeting.DecideBundle{approve(), approve("m02"), amend("基本合格", "x", "m02"), sendBack("x", "m02")} {
		h.Refused(above, c, meeting.BundleBehind, "1", "党员02（优秀、合格）")
	}
	h.Does(above, approve("m01"))
	same(t, "the new grade waits", h.State().Cap().Used, 1)

	old := meeting.Apply(h.State(), meeting.Event{By: above, Fact: meeting.BundleDecided{ // as logs have it
		Version: 1, Decision: meeting.LineApproved, Lines: []meeting.DecidedLine{{ID: "m02", Grade: "优秀"}},
	}})
	r, _ := old.GradeOf("m02")
	same(t, "what was approved counts", []any{r.Grade, old.Cap().Used}, []any{meeting.Grade("优秀"), 2})
	h.Does("m03", meeting.Submit{})
	h.Does(above, approve())
	r, _ = h.State().GradeOf("m02")
	same(t, "the new grade is approved", r.Grade, meeting.Grade("合格"))
}

// Where the superior decides on paper the console records it, with the number.
func TestADecisionOnPaperHasItsNumber(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m03", meeting.Submit{})
	paper := approve()
	h.Refused("m03", paper, meeting.SuperiorOnly)
	h.Refused("m05", meeting.DecideBundle{Decision: meeting.LineApproved, Approval: "批复 3 号"}, meeting.SuperiorOnly)
	paper.Approval = "批复 3 号"
	h.Does("m03", paper, meeting.GiveFeedback{ID: "m05"})
	same(t, "on record", []any{h.State().ApprovalOf("m05"), h.State().Hearings.Of("m05").Approval, bundle(t, h).Verdicts.Of("m05").By},
		[]any{"批复 3 号", "批复 3 号", meeting.MemberID("m03")})
	h.Refused(above, meeting.DecideBundle{IDs: ids("m04"), Decision: "maybe"}, meeting.ReasonMissing)

	mixed := decided(t, "seed-2017")
	mixed.Does("m03", meeting.Submit{})
	mixed.Does(above, approve("m02"), sendBack("再议", "m06"))
	one, other := approve("m01"), approve("m05")
	one.Approval, other.Approval = "批复 3 号", "批复 4 号"
	mixed.Does("m03", one, other, meeting.GiveFeedback{ID: "m01"}, meeting.GiveFeedback{ID: "m02"}, meeting.GiveFeedback{ID: "m05"})
	for id, number := range map[meeting.MemberID]string{"m01": "批复 3 号", "m02": "", "m05": "批复 4 号", "m06": ""} {
		same(t, "the number is that of the own line: "+string(id), []any{mixed.State().Hearings.Of(id).Approval, mixed.State().ApprovalOf(id)}, []any{number, number})
	}
	h.Refused(above, meeting.DecideBundle{IDs: ids("m04"), Decision: meeting.LineAmended, Grade: "良好", Reason: "x"}, meeting.UnknownGrade, "良好", "优秀、合格、基本合格、不合格")
	h.Refused(above, meeting.DecideBundle{IDs: ids("m14"), Decision: meeting.LineAmended, Grade: "合格", Reason: "x"}, meeting.NotGraded, "党员14")
}

// Where the superior is only told, members hear their grade before; what they
// heard is not changed any more.
func TestFilingOnlyWaitsForNobody(t *testing.T) {
	h := decided(t, "regulation-2018")
	same(t, "the rules", h.State().Rules.Approval, preset.ApprovalFiling)
	h.Does("m03", meeting.GiveFeedback{ID: "m05"}, meeting.Submit{}, meeting.GiveFeedback{ID: "m06"})
	h.Refused(above, sendBack("再议", "m06"), meeting.ToldStands, "党员06")
	h.Does(above, sendBack("再议"))
	same(t, "all but who knows it", bundle(t, h).Waiting(), ids("m05", "m06"))
	h.Refused(above, sendBack("再议"), meeting.ToldStands, "党员05")
	h.Does("m03", meeting.GiveFeedback{ID: "m02"})
	h.Refused("m03", meeting.Rate{ID: "m02", Grade: "合格", Reason: "照办"}, meeting.ToldStands, "党员02")
	h.Does(above, approve())
}

// Of a line whose member knows the grade it is said that this is why it stays, and
// not that a reason lacks, or that the branch has changed something else.
func TestWhatAMemberWasToldIsTheCauseThatIsNamed(t *testing.T) {
	h := decided(t, "regulation-2018")
	h.Does("m03", meeting.Submit{}, meeting.GiveFeedback{ID: "m05"})
	h.Refused(above, sendBack("", "m05"), meeting.ToldStands, "党员05")
	h.Refused(above, amend("优秀", "", "m05"), meeting.ToldStands, "党员05")
	h.Does("m05", meetingtest.Writes("register", 0, "summary", "一年来做了三件事。"), meetingtest.Moves("register", 0, "submit", ""))
	h.Refused(above, sendBack("再议", "m05"), meeting.ToldStands, "党员05")
	h.Refused(above, approve("m05"), meeting.BundleBehind, "1", "党员05（登记表）")
	h.Does("m03", meeting.Submit{})

	h = decided(t, "regulation-2018")
	h.Does("m03", meeting.Submit{})
	h.Does(above, sendBack("再议"))
	h.Refused("m03", meeting.Submit{}, meeting.BundleUnchanged, "1")
	h.Does("m03", meeting.Rate{ID: "m02", Grade: "合格", Reason: "照办"}, meeting.GiveFeedback{ID: "m02"})
	h.Refused(above, approve("m02"), meeting.BundleBehind, "1", "党员02（优秀、合格）")
	h.Does("m03", meeting.Submit{})
	h.Does(above, approve("m02"), sendBack("再议"))
	waits(t, h.State(), "m03", "2017-03-21", []meeting.TaskCode{meeting.MendBundle})
	for _, id := range h.State().Untold() {
		h.Does("m03", meeting.GiveFeedback{ID: id})
	}
	h.Refused("m03", meeting.Submit{}, meeting.ToldStands, "党员01")
	waits(t, h.State(), "m03", "2017-03-21", nil, meeting.MendBundle) // nothing can be mended
}

// A grade that the superior has amended is the grade until they amend it again:
// not what the branch had sent, and not what a paper says of which only the
// branch knows. What the member was told and has signed so stays.
func TestWhatTheSuperiorHasAmendedStands(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m03", meeting.Submit{})
	paper := func(c meeting.DecideBundle, number string) meeting.DecideBundle { c.Approval = number; return c }
	h.Refused(above, amend("优秀", "x", "m01"), meeting.GradeUnchanged, "党员01", "优秀")
	h.Does(above, amend("合格", "名额", "m01"), sendBack("理由不够", "m02"), approve("m04"))
	h.Refused(above, amend("合格", "x", "m01"), meeting.GradeUnchanged, "党员01", "合格")
	h.Refused(above, approve("m01"), meeting.AmendedAlready, "党员01", "合格")
	for _, c := range []meeting.DecideBundle{approve("m01"), approve("m02"), approve("m04"), amend("优秀", "x", "m01"), sendBack("x", "m04")} {
		h.Refused("m03", paper(c, "假2号"), meeting.DecidedHere, h.State().Called(c.IDs[0]))
	}
	h.Does("m03", meeting.GiveFeedback{ID: "m01"})
	h.Does("m01", meeting.Acknowledge{})
	h.Refused(above, approve("m01"), meeting.AmendedAlready, "党员01", "合格")
	f, _ := h.State().FeedbackOf("m01")
	same(t, "m01 has heard", f.Grade, meeting.Grade("合格"))

	h.Does("m03", paper(approve(), "批3号"))
	same(t, "the paper is about the others", bundle(t, h).Returned(), ids("m02"))
	h.Refused("m03", paper(approve(), "批3号"), meeting.DecidedHere, "党员02")
	h.Does("m03", paper(approve("m05"), "批4号"))
	same(t, "a number is put right", bundle(t, h).Verdicts.Of("m05").Approval, "批4号")
	h.Does(above, amend("优秀", "事迹突出", "m05"), amend("合格", "再议", "m05"))
	same(t, "another amendment", bundle(t, h).Verdicts.Of("m05").Grade, meeting.Grade("合格"))
}

// Two superiors have the same page open. What one has decided the other does not
// replace without having seen it; who says the same, who has seen it, and a word
// that does not say what was read, do.
func TestWhatAnotherSuperiorHasDecidedIsSeenBeforeItIsReplaced(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m03", meeting.Submit{})
	seen := bundle(t, h)
	after := func(c meeting.DecideBundle) meeting.DecideBundle { c.Read = &seen; return c }
	const other = "org/s2"
	h.Does(other, after(approve("m01")), after(sendBack("走访少", "m02")), after(amend("基本合格", "群众意见", "m03")))
	h.Refused(above, after(sendBack("再议", "m01")), meeting.ApprovedSince, "党员01", "上级s2")
	h.Refused(above, after(approve("m02")), meeting.ReturnedSince, "党员02", "上级s2", "走访少")
	h.Refused(above, after(sendBack("别的理由", "m02")), meeting.ReturnedSince, "党员02", "上级s2", "走访少")
	h.Refused(above, after(amend("不合格", "再议", "m03")), meeting.AmendedSince, "党员03", "上级s2", "基本合格", "群众意见")
	h.Refused(above, after(approve()), meeting.ReturnedSince, "党员02", "上级s2", "走访少")
	h.Does(above, after(approve("m01")), after(sendBack("走访少", "m02")), after(sendBack("再议")))

	seen = bundle(t, h)
	h.Does(above, after(sendBack("再议", "m01")), after(approve("m02")), approve("m01"))
}

// A superior is counted nowhere and does nothing of the meeting.
func TestASuperiorStandsOutsideTheMeeting(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m03", meeting.Submit{})
	roll := h.State().Roll()
	h.Does(above, approve("m01"))
	same(t, "roll", h.State().Roll(), roll)
	same(t, "seats", h.State().Seats(above), []meeting.Seat{meeting.SeatSuperior})
	h.Greyed("m03", meeting.ActApprove, meeting.SuperiorOnly)
	for _, act := range meeting.Actions() {
		if no := meeting.May(h.State(), above, act); no == nil && act != meeting.ActPapers { // the papers that were handed in
			t.Errorf("the superior may %s", act)
		}
	}
}

// The superior assigns a guide before the meeting, another one in place of the
// first; they sit in and are counted nowhere.
func TestTheSuperiorAssignsAGuide(t *testing.T) {
	h := seated(t, "seed-2017", preset.Opening, nil)
	guide := func(id meeting.MemberID) meeting.AssignGuide {
		return meeting.AssignGuide{Guide: meeting.Superior{ID: id, Name: "上级" + string(id)}}
	}
	h.Refused("m03", guide("s2"), meeting.SuperiorOnly)
	h.Refused(above, guide("s/2"), meeting.BadID, "s/2")
	h.Does(above, guide("s2"))
	h.Refused(above, guide("s2"), meeting.AlreadyGuides, "上级s2")
	same(t, "seats", h.State().Seats("org/s2"), []meeting.Seat{meeting.SeatSuperior, meeting.SeatGuide})
	roll := h.State().Roll()
	h.Does(above, guide("s3"))
	same(t, "the first no longer", h.State().Seats("org/s2"), []meeting.Seat{meeting.SeatSuperior})
	same(t, "roll", h.State().Roll(), roll)
}

// The superior makes somebody 优秀 whom the branch had not: the bundle counts them
// beside those of the branch, so that a count over the cap is seen.
func TestTheBundleCountsWhatTheSuperiorHasDecided(t *testing.T) {
	h := decided(t, "seed-2017")
	h.Does("m02", meeting.Submit{})
	sent := bundle(t, h).CapNow("优秀")
	same(t, "as it was sent", sent, bundle(t, h).Cap)
	h.Does(above, meeting.DecideBundle{IDs: ids("m06"), Decision: meeting.LineAmended, Grade: "优秀", Reason: "事迹突出"})
	same(t, "with the superior's", bundle(t, h).CapNow("优秀").Used, sent.Used+1)
}
