package meeting_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

func remarksOn(id meeting.MemberID, texts ...string) meeting.OpenRemarks {
	return meeting.OpenRemarks{Texts: map[meeting.MemberID][]string{id: texts}}
}

// Remarks are taken with the ballot, whole or not at all; what is only space is
// none.
func TestRemarksThatGoWithABallot(t *testing.T) {
	h := seated(t, "seed-2017", preset.Ballot, nil)
	h.opened("m05", "m06")
	many := map[meeting.MemberID]string{}
	for i := range meeting.MaxRemarks + 1 {
		many[meeting.MemberID(fmt.Sprintf("m%02d", i+1))] = "好"
	}
	for want, remarks := range map[meeting.Code]map[meeting.MemberID]string{
		meeting.NotOnBallot:       {"m14": "好"},
		meeting.RemarkTooLong:     {"m01": strings.Repeat("长", ballot.MaxRemark+1)},
		meeting.ControlCharacters: {"m01": "好\x1b[2J"},
		meeting.TooManyRemarks:    many,
	} {
		rows, no := h.s.Rows("m05", meeting.Choices{Remarks: remarks})
		if rows != nil || no == nil || no.Code != want || strings.Contains(no.Error(), "好") {
			t.Errorf("%s: %v %v", want, rows, no)
		}
	}
	delete(many, "m01")
	many["m02"], many["m07"] = "调研\r\n不够\t深入 ", "  "
	if _, no := h.s.Rows("m05", meeting.Choices{Remarks: many}); no != nil {
		t.Errorf("five remarks and a blank one: %v", no)
	}
	off := five(t, func(r *preset.Rules) { r.Vote.Remarks = false })
	off.opened("m03", "m04")
	if _, no := off.s.Rows("m05", meeting.Choices{Remarks: map[meeting.MemberID]string{"m03": "好"}}); no == nil || no.Code != meeting.NoRemarks {
		t.Errorf("where there are none: %v", no)
	}
}

// Sealed remarks are in the box with the ballot and come back from the log with
// it (the hall's own check).
func TestSealedRemarksAreStoredWithTheBallot(t *testing.T) {
	h := five(t, nil)
	h.opened("m03", "m04")
	var remarks []*ballot.Remark
	for i := range meeting.MaxRemarks + 1 {
		r, err := h.s.Vote().Election.SealRemark(0, "会议偏多", stream(fmt.Sprint("remark ", i)))
		remarks = append(remarks, must(t, r, err))
	}
	b := h.ballotOf("m05", qualified)
	h.refused("m05", meeting.Cast{Ballot: b, Remarks: remarks}, meeting.BadBallot) // one too many
	h.does("m05", meeting.Cast{Ballot: b, Remarks: remarks[1:]})
	same(t, "in the box", len(h.s.Vote().Slips["m05"].Remarks), meeting.MaxRemarks)
	h.casts("m05", qualified, excellent)
	same(t, "the last ballot counts, with its remarks", len(h.s.Vote().Slips["m05"].Remarks), 0)
}

// The server gives the texts once, when the box is closed.
func TestRemarksAreOpenedOnceByTheServer(t *testing.T) {
	h := five(t, nil)
	h.refused(meeting.Keeper, remarksOn("m03", "好"), meeting.BoxNotOpen)
	h.opened("m03", "m04")
	h.refused(meeting.Keeper, remarksOn("m03", "好"), meeting.BoxNotOpen)
	for _, id := range h.s.Vote().Voters {
		h.casts(id, qualified)
	}
	h.does("m03", meeting.CloseBox{})
	h.refused("m03", remarksOn("m03", "好"), meeting.KeeperOnly)
	h.refused(meeting.Keeper, remarksOn("m14", "好"), meeting.NotOnBallot, "m14")
	h.refused(meeting.Keeper, remarksOn("m03", strings.Split(strings.Repeat("好", 26), "")...), meeting.BadBallot) // five of five, and one
	h.greyed("m03", meeting.ActRemarks, meeting.ResultLater)
	h.does(meeting.Keeper, remarksOn("m03", "会议偏多", "调研不够"))
	h.refused(meeting.Keeper, remarksOn("m03", "好"), meeting.BoxNotOpen)
	if _, no := h.s.RemarksOn("m03", "m03"); no == nil || no.Code != meeting.ResultLater {
		t.Errorf("before the count: %v", no)
	}
	h.unsealed()
	got, no := h.s.RemarksOn("m03", "m03")
	same(t, "after it", []any{got, no == nil}, []any{[]string{"会议偏多", "调研不够"}, true})
}

// A remark of one space, or of what no terminal should get, keeps nobody from
// opening the box: it is left out.
func TestARemarkThatCannotBeShownIsLeftOut(t *testing.T) {
	h := five(t, nil)
	h.closed(everybodyQualified)
	h.does(meeting.Keeper, remarksOn("m03", " ", "", "好\x1b[2J", " 会议偏多\r\n"))
	h.unsealed()
	got, _ := h.s.RemarksOn("m03", "m03")
	same(t, "remarks", got, []string{"会议偏多"})
}

// 群众 may write remarks too: as many as their ballots carry.
func TestRemarksOfTheMassAreOpenedWithTheOthers(t *testing.T) {
	h := withMass(t, 5)
	h.closed(h.all(1))
	texts := map[meeting.MemberID][]string{}
	for i := range 2 * 5 * meeting.MaxRemarks {
		texts["m03"] = append(texts["m03"], fmt.Sprint("意见", i))
	}
	h.does(meeting.Keeper, meeting.OpenRemarks{Texts: texts})
	same(t, "remarks", len(h.s.Vote().Remarks["m03"]), 50)
}

func TestWhoReadsRemarks(t *testing.T) {
	h := five(t, nil) // m03 and m04 are the committee
	h.does("m03", meeting.Name{ID: "m14", Seat: meeting.SeatConsole})
	h.closed(everybodyQualified)
	h.does(meeting.Keeper, meeting.OpenRemarks{Texts: map[meeting.MemberID][]string{"m03": {"甲"}, "m05": {"乙", "丙"}}})
	h.unsealed()
	for _, who := range ids("m03", "m04", "m05", "m14") {
		got, no := h.s.RemarksOn(who, "m05")
		same(t, string(who), []any{got, no == nil}, []any{[]string{"乙", "丙"}, true})
	}
	if _, no := h.s.RemarksOn("m05", "m03"); no == nil || no.Code != meeting.ResultHeld {
		t.Errorf("m05 reads what is said of m03: %v", no)
	}
	h.greyed("m15", meeting.ActRemarks, meeting.ResultHeld)
	h.does("m03", meeting.Void{Reason: "有人代投"})
	if got, no := h.s.RemarksOn("m05", "m05"); no == nil || got != nil {
		t.Errorf("of a void vote: %v", got)
	}
}

// The texts are the record's blob and nowhere else: pruned with the ballots,
// and the rest of the log still leads to the same count.
func TestRemarksAreStoredApart(t *testing.T) {
	texts := map[meeting.MemberID][]string{"m03": {"会议偏多"}, "m05": {"调研不够", "好"}}
	body, blob, err := meeting.Encode(meeting.Event{Fact: meeting.RemarksOpened{Count: 3, Texts: texts}})
	if strings.Contains(string(must(t, body, err)), "会议偏多") || strings.Contains(string(body), "m05") {
		t.Errorf("the record tells remarks: %s", body)
	}
	var back map[meeting.MemberID][]string
	if err := json.Unmarshal(blob, &back); err != nil || !maps.EqualFunc(back, texts, func(a, b []string) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
		t.Errorf("the blob is %s", blob)
	}
	e, err := meeting.Decode(body, nil)
	f := must(t, e, err).Fact.(meeting.RemarksOpened)
	same(t, "pruned", []any{f.Count, len(f.Texts)}, []any{3, 0})
	if _, err := meeting.Decode(body, []byte("torn")); err == nil {
		t.Error("a torn blob is read")
	}
}
