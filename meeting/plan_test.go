package meeting_test

import (
	"maps"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// party is the secretary of the organisation above, in a branch.
var party = meeting.SuperiorID("s1")

// planned writes fields of the plan.
func planned(fields ...string) meeting.WriteRecord {
	return meetingtest.Writes("plan", 0, fields...)
}

// wholePlan has everything that must be there.
func wholePlan() meeting.WriteRecord {
	return planned("title", "工作方案", "from", "2017-03-18", "to", "2017-03-23", "before", "学习", "during", "评议", "after", "整改")
}

// moved moves the only record of a kind, or the one with a number.
func moved(form meeting.FormName, no int, word, text string) meeting.MoveRecord {
	return meeting.MoveRecord{Form: form, No: no, Word: word, Text: text}
}

// only is the record that a branch has once, as somebody reads it.
func only(t *testing.T, s *meeting.State, who meeting.MemberID, form meeting.FormName) meeting.Record {
	t.Helper()
	r, no := s.Record(who, form, 0)
	if no != nil {
		t.Fatalf("%s reads no %s: %v", who, form, no)
	}
	return r
}

func TestASuperiorReturnsThePlanAndApprovesTheNextVersion(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m05", wholePlan(), meeting.KeepersOnly)
	h.Does("m03", planned("title", "工作方案"))
	h.Refused("m03", moved("plan", 0, "submit", ""), meeting.FieldMissing, "会议最早日期")
	h.Refused(party, moved("plan", 0, "approve", ""), meeting.NotWritten) // a draft is the branch's own
	h.Does("m03", wholePlan(), moved("plan", 0, "submit", ""))
	h.Refused("m03", moved("plan", 0, "approve", ""), meeting.ApprovalNumber)
	h.Refused("m05", moved("plan", 0, "approve", ""), meeting.SuperiorOnly)
	h.Refused(party, moved("plan", 0, "return", ""), meeting.ReasonMissing)
	h.Refused("m03", moved("plan", 0, "submit", ""), meeting.HandedIn, "submitted", "submit")
	h.Does(party, moved("plan", 0, "return", "会前时间太紧"))
	h.Refused("m03", moved("plan", 0, "submit", ""), meeting.HandedIn, "returned", "submit") // it is changed first
	h.Refused(party, moved("plan", 0, "approve", ""), meeting.Decided, "returned")
	h.Does("m03", planned("before", "学习两周"))
	h.Refused("m03", moved("plan", 0, "approve", ""), meeting.NotHandedIn, "draft")
	r := only(t, h.State(), party, "plan") // theirs is the one that was handed in
	same(t, "the version before", []any{r.State, r.Version, r.Value("before"), h.State().Moves(party, r)}, []any{meeting.Returned, 1, "学习", []string{}})
	h.Refused(party, moved("plan", 0, "approve", ""), meeting.NextDrafted)
	r = only(t, h.State(), "m05", "plan")
	same(t, "the next version", []any{r.State, r.Version, r.Earlier[0].Values["before"], r.History[2].Reason}, []any{meeting.Draft, 2, "学习", "会前时间太紧"})
	h.Does("m03", moved("plan", 0, "submit", ""))
	// What the superior has read is not what there is now.
	stale := moved("plan", 0, "approve", "")
	stale.Rev = 1
	h.Refused(party, stale, meeting.ReadAgain, "会前")
	h.Does(party, moved("plan", 0, "approve", ""))
	r = only(t, h.State(), "m05", "plan")
	same(t, "approved", []any{r.State, r.History[len(r.History)-1].By, h.State().Called(party)}, []any{meeting.Approved, party, "上级s1"})
}

func TestADecisionOnPaperIsRecordedWithItsNumber(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does("m03", wholePlan(), moved("plan", 0, "submit", ""))
	paper := moved("plan", 0, "approve", "")
	paper.Approval = "总支〔2017〕3号"
	h.Refused("m06", paper, meeting.SuperiorOnly)
	h.Does("m03", paper)
	r := only(t, h.State(), "m05", "plan")
	same(t, "on paper", []any{r.State, r.Approval}, []any{meeting.Approved, "总支〔2017〕3号"})
}

func TestAPlanWhoseDaysContradictEachOtherIsRefused(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Refused("m03", planned("from", "2017-03-23", "to", "2017-03-18"), meeting.DaysReversed, "会议最早日期", "会议最晚日期")
	h.Refused("m03", planned("from", "2017-03-18", "deadline", "2017-03-17"), meeting.DaysReversed, "会议最早日期", "完成期限")
	h.Refused("m03", planned("from", "2017-02-29"), meeting.FieldDay, "会议最早日期", "2017-02-29")
	h.Does("m03", planned("from", "2001-01-01", "to", "2099-12-31")) // outside every stage, and no contradiction
}

// Somebody of the organisation above is nobody of the branch.
func TestASuperiorTakesNoPartInTheMeeting(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	expected := h.State().Roll().Expected
	h.Does("m03", wholePlan(), moved("plan", 0, "submit", ""))
	h.Does(party, moved("plan", 0, "approve", ""))
	h.Refused(party, meeting.SignIn{}, meeting.OutsideMeeting)
	h.Refused(party, meeting.Next{}, meeting.OutsideMeeting)
	h.Refused(party, wholePlan(), meeting.KeepersOnly)
	same(t, "counted nowhere", []any{h.State().Roll().Expected, len(h.State().Roster)}, []any{expected, 17})
	same(t, "seats", h.State().Seats(party), []meeting.Seat{meeting.SeatSuperior})
}

// A plan is drafted before its days are known. Once it names them, they stand in its
// text too; what somebody has written themselves stays.
func TestTheDaysOfAPlanComeIntoItsDraftedText(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	drafted := meeting.WriteRecord{Form: "plan", Values: h.State().Draft("m03", "plan")}
	h.Does("m03", drafted, planned("assessment", "时间：____。"))
	lines := func() (list []string) {
		for _, field := range []string{"before", "during", "after", "assessment"} {
			first, _, _ := strings.Cut(only(t, h.State(), "m05", "plan").Value(field), "\n")
			list = append(list, first)
		}
		return list
	}
	same(t, "no day is known", lines(), []string{"时间：____。", "时间：____。", "时间：____，____前全部完成。", "时间：____。"})
	h.Does("m03", planned("from", "2017-03-18", "to", "2017-03-23"))
	same(t, "the days of the meeting are", lines(),
		[]string{"时间：2017年3月13日至2017年3月16日。", "时间：2017年3月18日至2017年3月23日。", "时间：2017年3月19日至2017年3月23日，____前全部完成。", "时间：____。"})
	h.Does("m03", planned("deadline", "2017-03-31"))
	same(t, "and the deadline", lines()[2], "时间：2017年3月19日至2017年3月23日，2017年3月31日前全部完成。")

	h = newHall(t, "seed-2017", nil, fifteen()...)
	maps.Copy(drafted.Values, map[string]string{"from": "2017-03-18", "to": "2017-03-23"})
	h.Does("m03", drafted)
	same(t, "written at once", lines()[1], "时间：2017年3月18日至2017年3月23日。")
}
