package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestTheRollCountsFormalAndProbationaryMembers(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	for _, id := range ids("m01", "m03", "m05", "m14", "g1", "q1") {
		h.Does(id, meeting.SignIn{})
	}
	r := h.State().Roll()
	same(t, "应到 (其中正式)", []int{r.Expected, r.ExpectedFormal}, []int{15, 13})
	same(t, "实到 (其中正式)", []int{r.Present, r.PresentFormal}, []int{4, 3})
	same(t, "缺席", r.Absent, ids("m02", "m04", "m06", "m07", "m08", "m09", "m10", "m11", "m12", "m13", "m15"))
	same(t, "列席", r.Guests, ids("g1", "q1"))
}

// DOMAIN.md §3.1: 半数以上 includes the half, of those expected.
func TestQuorumIsHalfOfTheFormalMembersExpected(t *testing.T) {
	for _, c := range []struct {
		expected, present int
		quorum            bool
	}{{14, 6, false}, {14, 7, true}, {13, 6, false}, {13, 7, true}, {1, 0, false}, {1, 1, true}} {
		people := append([]meeting.Member(nil), fifteen()[:c.expected]...)
		for i := range people {
			people[i].Kind = meeting.Formal
		}
		people = append(people, fifteen()[14:]...) // a 预备党员, a guide, a 群众: they make no quorum
		h := newHall(t, "seed-2017", nil, people...)
		for i, m := range people {
			if i < c.present || i >= c.expected {
				h.Does(m.ID, meeting.SignIn{})
			}
		}
		if got := h.State().Roll().Quorum; got != c.quorum {
			t.Errorf("%d of %d: quorum %v", c.present, c.expected, got)
		}
	}
}

func TestQuorumOfAllMembersWhereTheNoticeSaysSo(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Quorum.Base = preset.BaseBranchTotal }, fifteen()...)
	for _, id := range ids("m01", "m02", "m03", "m04", "m05", "m06", "m14") {
		h.Does(id, meeting.SignIn{})
	}
	same(t, "7 of 15", h.State().Roll().Quorum, false)
	h.Does("m15", meeting.SignIn{})
	same(t, "8 of 15", h.State().Roll().Quorum, true)
}

func TestThoseLeftOutOfTheExpectedCountOnBothSidesIfTheyCome(t *testing.T) {
	people := fifteen()
	people[7].NotCounted, people[8].NotCounted = "长期患病", "出国半年以上"
	h := newHall(t, "seed-2017", nil, people...)
	same(t, "应到", h.State().Roll().Expected, 13)
	same(t, "不计入", h.State().Roll().NotCounted, ids("m08", "m09"))
	h.Does("m08", meeting.SignIn{})
	r := h.State().Roll()
	same(t, "应到,实到", []int{r.Expected, r.Present, r.ExpectedFormal, r.PresentFormal}, []int{14, 1, 12, 1})
	same(t, "不计入", r.NotCounted, ids("m09"))
	same(t, "who gets a ballot is among those present", h.State().Electorate(meeting.MemberBox), ids("m08"))
}

func TestAnAbsenceHasAReasonAndMayHaveWrittenMaterial(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", meeting.RecordAbsence{ID: "m13", Reason: "病假"}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.RecordAbsence{ID: "m99", Reason: "病假"}, meeting.UnknownMember, "m99")
	h.Refused("m03", meeting.RecordAbsence{ID: "g1", Reason: "有事"}, meeting.NotInParty, "列席01")
	h.Refused("m03", meeting.RecordAbsence{ID: "m13"}, meeting.ReasonMissing)
	h.Refused("m03", meeting.RecordAbsence{ID: "m13", Reason: " "}, meeting.ReasonMissing)
	h.Refused("m03", meeting.RecordAbsence{ID: "m13", Reason: strings.Repeat(" ", 60) + "病"}, meeting.TextTooLong, "61", "60")
	h.Refused("m03", meeting.RecordAbsence{ID: "m13", Reason: "病\x1b[2J假"}, meeting.ControlCharacters)
	h.Does("m03", meeting.RecordAbsence{ID: "m12", Reason: strings.Repeat("长", 60)}, meeting.RecordAbsence{ID: "m12", Reason: "公出"}, meeting.RecordAbsence{ID: "m13", Reason: "病假", Written: true})
	same(t, "m13", h.State().Attendance.Of("m13"), meeting.Attendance{Reason: "病假", Written: true})
	same(t, "who takes part", h.State().Participants(), ids("m13"))
}

func TestWhoWasRecordedAsAbsentMayStillCome(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meeting.SignIn{}, meeting.RecordAbsence{ID: "m13", Reason: "病假"}, meeting.Next{Reason: "等不及了"})
	h.Does("m13", meeting.SignIn{})
	h.Refused("m13", meeting.SignIn{}, meeting.AlreadySignedIn)
	same(t, "m13 is there", h.State().Attendance.Of("m13").Reason, "")
	same(t, "实到", h.State().Roll().Present, 2)
}

func TestTheConsoleSignsInWhoHasNoTerminal(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", meeting.SignInFor{ID: "m06"}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.SignInFor{ID: "m99"}, meeting.UnknownMember, "m99")
	h.Does("m03", meeting.SignInFor{ID: "m06"}, meeting.SignInFor{ID: "q1"})
	h.Refused("m03", meeting.SignInFor{ID: "m06"}, meeting.AlreadySignedIn)
	same(t, "present", h.State().Roll().Present, 1)
}

func TestASignInByMistakeIsTakenBackWhileTheRollIsCalled(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", meeting.SignIn{}, meeting.SignInFor{ID: "m06"}, meeting.Next{})
	h.Does("m03", meeting.RecordAbsence{ID: "m06", Reason: "公出"})
	same(t, "absent", h.State().Roll().Absent[4], "m06")
	same(t, "gone early", h.State().Roll().Left, nil)
}

// Whoever has had a ballot was there: going back to 签到 makes them go away early, not
// absent, so that no more ballots came back than people had come.
func TestWhoHasVotedIsNotAbsentWhenTheRollIsCalledAgain(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil, "m13")
	h.Opened("m05", "m06")
	for _, who := range h.State().Vote().Missing() {
		h.Casts(who, qualified)
	}
	h.Closes()
	h.Does("m03", meeting.Goto{No: 1})
	h.Does("m03", meeting.RecordAbsence{ID: "m07", Reason: "事假"}, meeting.RecordAbsence{ID: "m13", Reason: "病假"})
	r := h.State().Roll()
	same(t, "实到,在场", []int{r.Present, r.Here}, []int{14, 13})
	same(t, "离会,缺席", [][]meeting.MemberID{r.Left, r.Absent}, [][]meeting.MemberID{ids("m07"), ids("m13")})
}

// 发出 ≤ 实到 has to hold on the papers, whoever leaves after voting.
func TestWhoLeavesEarlyWasStillPresent(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil, "m13")
	h.Does("m06", meeting.AskFloor{})
	h.Does("m03", meeting.RecordAbsence{ID: "m06", Reason: "接孩子"})
	r := h.State().Roll()
	same(t, "实到,在场", []int{r.Present, r.Here, r.PresentFormal, r.HereFormal}, []int{14, 13, 12, 11})
	same(t, "离会,缺席", [][]meeting.MemberID{r.Left, r.Absent}, [][]meeting.MemberID{ids("m06"), ids("m13")})
	same(t, "queue", h.State().Floor.Queue, nil)
	left := h.State().Attendance.Of("m06")
	same(t, "when and why", []any{left.Left.Equal(h.room.Now()), left.Came(), left.Reason}, []any{true, true, "接孩子"})

	h.Does("m03", meeting.RecordAbsence{ID: "m06", Reason: "身体不适", Written: true})
	same(t, "the time stays when the reason is mended", h.State().Attendance.Of("m06").Left, left.Left)

	h.Does("m06", meeting.SignIn{})
	back := h.State().Attendance.Of("m06")
	same(t, "back again", []any{back.Present, back.Left.IsZero(), back.At.Equal(left.At)}, []any{true, true, true})
}

func TestWhoSpeaksOrHoldsABallotIsThere(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.Does("m03", meeting.GiveFloor{ID: "m07"})
	h.Refused("m03", meeting.RecordAbsence{ID: "m07", Reason: "公出"}, meeting.HoldsFloor, "党员07")
	h.Opened("m05", "m06")
	h.Refused("m03", meeting.RecordAbsence{ID: "m08", Reason: "公出"}, meeting.HoldsBallot, "党员08")
	h.Does("m03", meeting.Void{Reason: "有人要走"}, meeting.RecordAbsence{ID: "m08", Reason: "公出"})
}

func TestNobodyComesOrGoesAfterTheMeeting(t *testing.T) {
	h := seated(t, "seed-2017", preset.Closing, nil, "m13")
	h.Does("m03", meeting.Next{Reason: "改日再开"})
	h.Refused("m13", meeting.SignIn{}, meeting.MeetingOver)
	h.Refused("m03", meeting.SignInFor{ID: "m13"}, meeting.MeetingOver)
	h.Refused("m03", meeting.RecordAbsence{ID: "m13", Reason: "病假"}, meeting.MeetingOver)
}

func TestStrangersTheScreenABoothAndTheKeeperMayDoNothing(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	for _, id := range append(ids("m99", "booth"), meeting.Keeper) {
		h.Refused(id, meeting.SignIn{}, meeting.NotOnRoster)
		h.Refused(id, meeting.Next{}, meeting.NotOnRoster)
	}
	h.Refused(meeting.Screen, meeting.SignIn{}, meeting.WallOnlyShows) // it is not meant to be on the roster
	h.Refused(meeting.Screen, meeting.Next{}, meeting.WallOnlyShows)
}
