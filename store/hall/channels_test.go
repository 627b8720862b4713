package hall_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

func one(of meeting.MemberID, g meeting.Grade) meeting.Choices {
	return meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{of: g}}
}

// 群众 are counted apart from the members, never in one sum; with too few of
// them their box stays closed.
func TestTheMassHasABoxOfItsOwn(t *testing.T) {
	for _, mass := range []int{5, 2} {
		h := newHouseWith(t, people(7).Mass(mass), func(r *preset.Rules) { r.Vote.Mass = true })
		h.Sits(preset.Ballot)
		h.Opened(id(3), id(4))
		for i := 1; i <= 7; i++ {
			h.Votes(id(i), one(id(1), "优秀"))
		}
		for i := range mass {
			h.Votes(meeting.MemberID(fmt.Sprintf("q%d", i+1)), one(id(1), "合格"))
		}
		h.Closes()
		h.restart()
		h.Unseals(id(3), id(4))
		members, no := h.State().Histogram(id(1))
		if no != nil || fmt.Sprint(members.Counts) != "[7 0 0 0]" {
			t.Errorf("members: %+v %v", members, no)
		}
		got, no := h.State().HistogramApart(meeting.MassBox, id(1))
		if mass == 5 && (no != nil || fmt.Sprint(got.Counts) != "[0 5 0 0]") {
			t.Errorf("mass: %+v %v", got, no)
		}
		if mass == 2 && (no == nil || h.State().Vote().Box(meeting.MassBox).Sums != nil) {
			t.Errorf("two of the mass are shown: %+v", got)
		}
	}
}

// Below the least number of ballots not even the sum is decrypted.
func TestTooFewBallotsStaySealed(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	for i := 1; i <= 4; i++ {
		h.Votes(id(i), one(id(1), "优秀"))
	}
	h.Closes()
	if err := h.Unseal(t.Context(), id(3), ""); code(err) != meeting.TooFewBallots {
		t.Errorf("%v", err)
	}
	if v := h.State().Vote(); v.Members().Sums != nil || len(v.Members().Partials) > 0 {
		t.Error("something was decrypted")
	}
}

// Two of three scrutineers are enough where the rules say so, also after a
// restart and with the third gone home; one is not.
func TestTwoOfThreeScrutineersOpenTheBox(t *testing.T) {
	h := newHouseWith(t, people(7), func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 })
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4), id(5))
	for i := 1; i <= 7; i++ {
		h.Votes(id(i), one(id(2), "合格"))
	}
	h.Closes()
	h.restart()
	h.Unseals(id(5))
	if h.State().Vote().Members().Sums != nil {
		t.Fatal("one scrutineer was enough")
	}
	h.Unseals(id(3))
	if got, no := h.State().Histogram(id(2)); no != nil || got.Counts[1] != 7 {
		t.Errorf("%+v %v", got, no)
	}
	var bel bytes.Buffer
	v := h.State().Vote()
	if err := v.Members().Archive(&bel, v.Counted); err != nil {
		t.Fatal(err)
	}
	if report, err := ballot.VerifyArchive(&bel); err != nil || !report.OK() {
		t.Errorf("%+v %v", report, err)
	}
}

// A restart before the last scrutineer has sealed loses the shares: the
// scrutineers are named and seal again.
func TestSharesLostBeforeTheyWereJoined(t *testing.T) {
	h := newHouseWith(t, people(7), func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 })
	h.Sits(preset.Ballot)
	h.Names(id(3), id(4), id(5))
	h.Seals(id(3), id(4))
	h.restart()
	shown, err := h.Code(id(5))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Seal(t.Context(), id(5), shown); code(err) != meeting.KeysLost {
		t.Fatalf("%v", err)
	}
	if step := meeting.NextStep(h.State()); step.Act != meeting.ActScrutineers {
		t.Fatalf("%+v", step)
	}
	again := meeting.NameScrutineers{IDs: []meeting.MemberID{id(3), id(4), id(5)}}
	h.Refused(id(1), again, meeting.KeysJoining) // they may still be joined
	h.Passes(30 * time.Second)
	h.Does(id(1), again)
	h.Seals(id(3), id(4), id(5))
	h.Opens()
}

// Comments reach the committee and the person they are about, without their
// authors, and every ballot carries as many, so that nobody sees who wrote one.
func TestCommentsAreReadByCommitteeAndSubjectOnly(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	h.Votes(id(5), meeting.Choices{Comments: map[meeting.MemberID]string{id(2): "联系群众还不够", id(3): "发言可以再具体些"}})
	for i := 1; i <= 7; i++ {
		if i != 5 {
			h.Votes(id(i), one(id(2), "合格"))
		}
	}
	h.Votes(id(6), meeting.Choices{Comments: map[meeting.MemberID]string{id(2): "按时参加学习"}})
	sizes := map[int]bool{}
	for _, slip := range h.State().Vote().Members().Returned.All() {
		sizes[len(slip.Comments())] = true
	}
	if len(sizes) != 1 || !sizes[meeting.MaxComments] {
		t.Errorf("ballots carry %v remarks", sizes)
	}
	h.Closes()
	h.restart()
	h.Unseals(id(3), id(4))
	h.restart()
	own, no := h.State().CommentsOn(id(2), id(2))
	if no != nil || fmt.Sprint(own) != "[按时参加学习 联系群众还不够]" {
		t.Errorf("%v %v", own, no)
	}
	if _, no := h.State().CommentsOn(id(1), id(3)); no != nil {
		t.Errorf("the secretary: %v", no)
	}
	if _, no := h.State().CommentsOn(id(6), id(3)); no == nil || no.Code != meeting.ResultHeld {
		t.Errorf("somebody else reads them: %v", no)
	}
}

func TestCommentsThatCannotBe(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	long := strings.Repeat("好", ballot.MaxComment+1)
	many := map[meeting.MemberID]string{}
	for i := 1; i <= meeting.MaxComments+1; i++ {
		many[id(i)] = "好"
	}
	for want, comments := range map[meeting.Code]map[meeting.MemberID]string{
		meeting.CommentTooLong:    {id(2): long},
		meeting.TooManyComments:   many,
		meeting.NotOnBallot:       {"m99": "好"},
		meeting.ControlCharacters: {id(2): "好\x1b[2J"},
	} {
		if _, err := h.Cast(t.Context(), id(5), meeting.Choices{Comments: comments}); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if h.State().Vote().Members().Returned.Len() != 0 {
		t.Error("a refused ballot is in the box")
	}
}

// Who has no terminal votes on paper: two scrutineers enter the same sums, and
// they are added at the end.
func TestPaperSlipsAreEnteredTwiceAndAddedAtTheEnd(t *testing.T) {
	h := newHouseWith(t, people(9), func(r *preset.Rules) { r.Vote.MinBallots = 2 })
	h.Sits(preset.Ballot)
	h.Names(id(3), id(4))
	h.Does(id(1), meeting.GivePaper{ID: id(8)})
	h.Does(id(1), meeting.GivePaper{ID: id(9)})
	h.Seals(id(3), id(4))
	h.Opens()
	if _, err := h.Cast(t.Context(), id(8), one(id(1), "优秀")); code(err) != meeting.VotesOnPaper {
		t.Errorf("votes twice: %v", err)
	}
	for i := 1; i <= 7; i++ {
		h.Votes(id(i), one(id(1), "优秀"))
	}
	slips := func(excellent int) meeting.EnterPaper {
		return meeting.EnterPaper{PaperCount: meeting.PaperCount{Returned: 2, Grades: map[meeting.MemberID][]int{id(1): {excellent, 1, 0, 0}}}}
	}
	h.Does(id(3), slips(1))
	if _, err := h.Act(t.Context(), id(4), slips(0)); code(err) != meeting.PaperDiffers {
		t.Errorf("%v", err)
	}
	if _, err := h.Act(t.Context(), id(4), slips(2)); code(err) != meeting.PaperSums {
		t.Errorf("three ticks on two slips: %v", err)
	}
	h.Does(id(4), slips(1))
	h.Closes()
	h.Unseals(id(3), id(4))
	got, no := h.State().Histogram(id(1))
	if no != nil || fmt.Sprint(got.Counts, got.Abstain, got.Ballots) != "[8 1 0 0] 0 9" {
		t.Errorf("%+v %v", got, no)
	}
}

// A scrutineer who trusts nobody keeps the key on their own machine.
func TestAKeyThatNeverWasOnTheServer(t *testing.T) {
	h := newHouse(t, 7)
	h.Sits(preset.Ballot)
	h.Names(id(3), id(4))
	key, err := ballot.NewSecretKey(meeting.Group, random{})
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.Public(random{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SealOwn(t.Context(), id(3), public.JSON()); err != nil {
		t.Fatal(err)
	}
	h.Seals(id(4))
	h.Opens()
	for i := 1; i <= 7; i++ {
		h.Votes(id(i), meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{id(1): "优秀"}, Comments: map[meeting.MemberID]string{id(2): "好"}})
	}
	h.Closes()
	h.Confirms()
	if err := h.UnsealOwn(t.Context(), id(3), []byte("{}")); code(err) != meeting.BadPartial {
		t.Errorf("%v", err)
	}
	v := h.State().Vote()
	partial, err := v.Members().Election.Decrypt(v.Members().Tally, key, random{})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.UnsealOwn(t.Context(), id(3), partial.Marshal()); err != nil {
		t.Fatal(err)
	}
	h.Unseals(id(4))
	if got, no := h.State().Histogram(id(1)); no != nil || got.Counts[0] != 7 {
		t.Errorf("%+v %v", got, no)
	}
	if h.State().Vote().Comments != nil {
		t.Error("remarks were opened without a key")
	}
}
