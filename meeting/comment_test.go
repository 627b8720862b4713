package meeting_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

func commentsOn(id meeting.MemberID, texts ...string) meeting.OpenComments {
	return meeting.OpenComments{Texts: map[meeting.MemberID][]string{id: texts}}
}

// Comments are taken with the ballot, whole or not at all; what is only space is
// none.
func TestCommentsThatGoWithABallot(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.Opened("m05", "m06")
	many := map[meeting.MemberID]string{}
	for i := range meeting.MaxComments + 1 {
		many[meeting.MemberID(fmt.Sprintf("m%02d", i+1))] = "好"
	}
	for want, comments := range map[meeting.Code]map[meeting.MemberID]string{
		meeting.NotOnBallot:       {"m14": "好"},
		meeting.CommentTooLong:    {"m01": strings.Repeat("长", ballot.MaxComment+1)},
		meeting.ControlCharacters: {"m01": "好\x1b[2J"},
		meeting.TooManyComments:   many,
	} {
		rows, no := h.State().Rows("m05", meeting.Choices{Comments: comments})
		if rows != nil || no == nil || no.Code != want || strings.Contains(no.Error(), "好") {
			t.Errorf("%s: %v %v", want, rows, no)
		}
	}
	delete(many, "m01")
	many["m02"], many["m07"] = "调研\r\n不够\t深入 ", "  "
	if _, no := h.State().Rows("m05", meeting.Choices{Comments: many}); no != nil {
		t.Errorf("five remarks and a blank one: %v", no)
	}
	off := five(t, func(r *preset.Rules) { r.Vote.Comments = false })
	off.Opened("m03", "m04")
	if _, no := off.State().Rows("m05", meeting.Choices{Comments: map[meeting.MemberID]string{"m03": "好"}}); no == nil || no.Code != meeting.NoComments {
		t.Errorf("where there are none: %v", no)
	}
}

// Sealed comments are in the box with the ballot and come back from the log with
// it (the hall's own check).
func TestSealedCommentsAreStoredWithTheBallot(t *testing.T) {
	h := five(t, nil)
	h.Opened("m03", "m04")
	var comments []*ballot.Comment
	for i := range meeting.MaxComments + 1 {
		r, err := h.State().Vote().Members().Election.SealComment(0, "会议偏多", meetingtest.Stream(fmt.Sprint("remark ", i)))
		comments = append(comments, must(t, r, err))
	}
	b := h.urn.BallotOf(h.State(), "m05", qualified)
	h.Refused("m05", meeting.Cast{Ballot: b, Comments: comments}, meeting.BadBallot) // one too many
	h.Does("m05", meeting.Cast{Ballot: b, Comments: comments[1:]})
	same(t, "in the box", len(h.State().Vote().Members().Returned.Of("m05").Comments()), meeting.MaxComments)
	h.Casts("m05", qualified, excellent)
	same(t, "the last ballot counts, with its remarks", len(h.State().Vote().Members().Returned.Of("m05").Comments()), 0)
}

// The server gives the texts once, when the box is closed.
func TestCommentsAreOpenedOnceByTheServer(t *testing.T) {
	h := five(t, nil)
	h.Refused(meeting.Keeper, commentsOn("m03", "好"), meeting.BoxNotOpen)
	h.Opened("m03", "m04")
	h.Refused(meeting.Keeper, commentsOn("m03", "好"), meeting.BoxNotOpen)
	for _, id := range h.State().Vote().Members().Voters {
		h.Casts(id, qualified)
	}
	h.Closes()
	h.Refused("m03", commentsOn("m03", "好"), meeting.KeeperOnly)
	h.Refused(meeting.Keeper, commentsOn("m03", "好"), meeting.NotConfirmed, "0", "5")
	h.Confirms()
	h.Refused(meeting.Keeper, commentsOn("m14", "好"), meeting.NotOnBallot, "m14")
	h.Refused(meeting.Keeper, commentsOn("m03", strings.Split(strings.Repeat("好", 26), "")...), meeting.BadBallot) // five of five, and one
	h.Greyed("m03", meeting.ActComments, meeting.ResultLater)
	h.Does(meeting.Keeper, commentsOn("m03", "会议偏多", "调研不够"))
	h.Refused(meeting.Keeper, commentsOn("m03", "好"), meeting.BoxNotOpen)
	if _, no := h.State().CommentsOn("m03", "m03"); no == nil || no.Code != meeting.ResultLater {
		t.Errorf("before the count: %v", no)
	}
	h.Unsealed()
	got, no := h.State().CommentsOn("m03", "m03")
	same(t, "after it", []any{got, no == nil}, []any{[]string{"会议偏多", "调研不够"}, true})
}

// A comment of one space, or of what no terminal should get, keeps nobody from
// opening the box: it is left out.
func TestACommentThatCannotBeShownIsLeftOut(t *testing.T) {
	h := five(t, nil)
	h.Closed(everybodyQualified)
	h.Confirms()
	h.Does(meeting.Keeper, commentsOn("m03", " ", "", "好\x1b[2J", " 会议偏多\r\n"))
	h.Unsealed()
	got, _ := h.State().CommentsOn("m03", "m03")
	same(t, "remarks", got, []string{"会议偏多"})
}

// 群众 may write comments too: as many as their ballots carry.
func TestCommentsOfTheMassAreOpenedWithTheOthers(t *testing.T) {
	h := withMass(t, 5)
	h.Closed(meetingtest.Everybody(h.State(), 1))
	h.Confirms()
	texts := map[meeting.MemberID][]string{}
	for i := range 2 * 5 * meeting.MaxComments {
		texts["m03"] = append(texts["m03"], fmt.Sprint("意见", i))
	}
	h.Does(meeting.Keeper, meeting.OpenComments{Texts: texts})
	same(t, "remarks", len(h.State().Vote().Comments["m03"]), 50)
}

func TestWhoReadsComments(t *testing.T) {
	h := five(t, nil) // m03 and m04 are the committee
	h.Does("m03", meeting.Name{ID: "m14", Seat: meeting.SeatConsole})
	h.Closed(everybodyQualified)
	h.Confirms()
	h.Does(meeting.Keeper, meeting.OpenComments{Texts: map[meeting.MemberID][]string{"m03": {"甲"}, "m05": {"乙", "丙"}}})
	h.Unsealed()
	for _, who := range ids("m03", "m04", "m05") {
		got, no := h.State().CommentsOn(who, "m05")
		same(t, string(who), []any{got, no == nil}, []any{[]string{"乙", "丙"}, true})
	}
	if _, no := h.State().CommentsOn("m05", "m03"); no == nil || no.Code != meeting.ResultHeld {
		t.Errorf("m05 reads what is said of m03: %v", no)
	}
	h.Greyed("m14", meeting.ActComments, meeting.ResultHeld) // at the console, and not on the committee
	h.Greyed("m15", meeting.ActComments, meeting.ResultHeld)
	h.Again("有人代投")
	if got, no := h.State().CommentsOn("m05", "m05"); no == nil || got != nil {
		t.Errorf("of a void vote: %v", got)
	}
}

// The texts are the record's blob and nowhere else: pruned with the ballots,
// and the rest of the log still leads to the same count.
func TestCommentsAreStoredApart(t *testing.T) {
	texts := map[meeting.MemberID][]string{"m03": {"会议偏多"}, "m05": {"调研不够", "好"}}
	body, _, blob, err := meeting.Encode(meeting.Event{Fact: meeting.CommentsOpened{Count: 3, Texts: texts}})
	if strings.Contains(string(must(t, body, err)), "会议偏多") || strings.Contains(string(body), "m05") {
		t.Errorf("the record tells remarks: %s", body)
	}
	var back map[meeting.MemberID][]string
	if err := json.Unmarshal(blob, &back); err != nil || !maps.EqualFunc(back, texts, func(a, b []string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
		t.Errorf("the blob is %s", blob)
	}
	e, err := meeting.Decode(body, nil)
	f := must(t, e, err).Fact.(meeting.CommentsOpened)
	same(t, "pruned", []any{f.Count, len(f.Texts)}, []any{3, 0})
	if _, err := meeting.Decode(body, []byte("torn")); err == nil {
		t.Error("a torn blob is read")
	}
}
