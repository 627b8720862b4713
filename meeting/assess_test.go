package meeting_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// twoIndicators are rules with two indicators of 60 and 40 points.
func twoIndicators(r *preset.Rules) {
	r.Indicators = []preset.Indicator{
		{ID: "a", Group: "学习", Text: "按月完成学习内容", Points: 60},
		{ID: "b", Group: "组织生活", Text: "按期开会", Points: 40},
	}
}

// cells are rows of the table of indicators.
func cells(rows ...map[string]string) string {
	text, _ := json.Marshal(rows)
	return string(text)
}

type row = map[string]string

// assesses writes the assessment.
func assesses(rows ...row) meeting.WriteRecord {
	return meetingtest.Writes("assess", 0, "indicators", cells(rows...))
}

func TestASecretaryIsAssessed(t *testing.T) {
	h := newHall(t, "seed-2017", twoIndicators, fifteen()...)
	above := meeting.SuperiorID("s1")
	now := func() meeting.Record {
		t.Helper()
		r, no := h.State().Record("m03", "assess", 0)
		if no != nil {
			t.Fatal(no)
		}
		return r
	}
	same(t, "there before anybody begins", now().Value("indicators"), cells(
		row{"id": "a", "group": "学习", "text": "按月完成学习内容", "points": "60"}, row{"id": "b", "group": "组织生活", "text": "按期开会", "points": "40"}))
	h.Refused("m03", meetingtest.Moves("assess", 0, "submit", ""), meeting.SelfMissing, "按月完成学习内容", "2")
	h.Refused("m05", assesses(row{"id": "a", "self": "50"}), meeting.AssessOnly)
	h.Refused("m03", assesses(row{"id": "a", "self": "60.5"}), meeting.PointsOver, "按月完成学习内容", "60")
	h.Refused("m03", assesses(row{"id": "a", "self": "50"}, row{"id": "b", "self": "40"}, row{"id": "a", "self": "55"}), meeting.FieldTwice, "a")
	h.Refused("m03", assesses(row{"id": "c", "self": "1"}), meeting.UnknownIndicator, "c")
	h.Refused("m03", assesses(row{"id": "a", "self": "很好"}), meeting.FieldNumber, "考核指标·自查得分", "很好")
	h.Refused("m03", assesses(row{"id": "a", "score": "50"}), meeting.FieldStands, "考核指标·督查得分", "draft")
	h.Refused("m03", assesses(row{"id": "a", "points": "70"}), meeting.FieldForbidden, "考核指标·分值")
	h.Refused("m03", meetingtest.Writes("assess", 0, "outcome", "表扬"), meeting.FieldStands, "考核结果", "draft")
	h.Refused("m03", meetingtest.Writes("assess", 0, "self_total", "99"), meeting.FieldForbidden, "自查总分")
	h.Does("m02", assesses(row{"id": "a", "self": "55.5", "self_note": "缺两次", "evidence": "学习记录"}))
	h.Refused("m03", meetingtest.Moves("assess", 0, "submit", ""), meeting.SelfMissing, "按期开会", "1")
	h.Does("m03", assesses(row{"id": "b", "self": "40"}), assesses(row{"id": "a", "self_note": ""}))
	same(t, "what is not named stays", now().Value("indicators"), cells(
		row{"id": "a", "group": "学习", "text": "按月完成学习内容", "points": "60", "self": "55.5", "evidence": "学习记录"},
		row{"id": "b", "group": "组织生活", "text": "按期开会", "points": "40", "self": "40"}))
	same(t, "in all", now().Value("self_total"), "95.5")
	if list := h.State().Records(above, "assess"); len(list) > 0 {
		t.Errorf("the superior reads a draft: %+v", list)
	}
	h.Refused("m02", meetingtest.Moves("assess", 0, "submit", ""), meeting.ConsoleOnly)
	h.Does("m03", meetingtest.Moves("assess", 0, "submit", ""))
	h.Refused("m02", meetingtest.Writes("assess", 0), meeting.RecordStands, "checked")
	h.Refused("m03", assesses(row{"id": "a", "self": "60"}), meeting.FieldStands, "考核指标·自查得分", "checked")

	h.Does(above, assesses(row{"id": "a", "score": "50"}, row{"id": "b", "score": "40"}))
	h.Refused(above, assesses(row{"id": "b", "self": "39"}), meeting.FieldForbidden, "考核指标·自查得分")
	h.Refused(above, meetingtest.Writes("assess", 0, "outcome", "开除"), meeting.FieldWord, "考核结果", "开除", "表扬、教育、撤换")
	h.Refused(above, meetingtest.Moves("assess", 0, "inspect", ""), meeting.WhyMissing, "按月完成学习内容", "1")
	h.Does(above, assesses(row{"id": "a", "why": "一次没有考勤"}))
	h.Refused(above, meetingtest.Moves("assess", 0, "inspect", ""), meeting.FieldMissing, "考核结果")
	same(t, "nothing is chosen for them", now().Value("outcome"), "")
	h.Does(above, meetingtest.Writes("assess", 0, "outcome", "教育", "reason", "学习还要抓紧"))
	same(t, "waits", h.State().Waits(), []string{"assess"})
	h.Refused("m03", meetingtest.Moves("assess", 0, "publish", ""), meeting.RecordStands, "checked")
	h.Refused("m02", meetingtest.Moves("assess", 0, "inspect", ""), meeting.SuperiorOnly)
	h.Refused("m03", meetingtest.Moves("assess", 0, "inspect", ""), meeting.ApprovalNumber)
	h.Does(above, meetingtest.Moves("assess", 0, "inspect", ""))
	h.Refused(above, meetingtest.Writes("assess", 0), meeting.RecordStands, "inspected")
	h.Refused(above, assesses(row{"id": "a", "score": "60"}), meeting.FieldStands, "考核指标·督查得分", "inspected")
	readsAssess(t, h.State(), map[meeting.MemberID]bool{"m03": true, "m02": true, above: true, "m05": false, "q1": false})
	h.Refused("m02", meetingtest.Moves("assess", 0, "publish", ""), meeting.ConsoleOnly)
	h.Does("m03", meetingtest.Moves("assess", 0, "publish", ""))
	readsAssess(t, h.State(), map[meeting.MemberID]bool{"m03": true, above: true, "m05": true, "q1": false})
	h.Does("m03", meetingtest.Moves("assess", 0, "file", ""))
	r := now()
	same(t, "how it ended", []string{string(r.State), r.Value("outcome"), r.Value("self_total"), r.Value("score_total"), fmt.Sprint(len(r.History))},
		[]string{"filed", "教育", "95.5", "90", "5"})
	h.Refused("m03", assesses(row{"id": "a", "self": "60"}), meeting.FieldStands, "考核指标·自查得分", "filed")
	h.Refused("m03", meeting.StrikeRecord{Form: "assess", No: 1, Reason: "x"}, meeting.RecordStands, "filed")
	same(t, "the step", h.State().Steps("2017-06-01", func(meeting.StepName) string { return "" })[meeting.StepAssess].State, meeting.StepDone)
}

// readsAssess compares who knows of the assessment.
func readsAssess(t *testing.T, s *meeting.State, want map[meeting.MemberID]bool) {
	t.Helper()
	for who, may := range want {
		if got := len(s.Records(who, "assess")) == 1; got != may {
			t.Errorf("%s reads: %v", who, got)
		}
	}
}

// Who decides on paper is written down by the console, with the number.
func TestAnAssessmentOnPaper(t *testing.T) {
	h := newHall(t, "seed-2017", twoIndicators, fifteen()...)
	h.Does("m03", assesses(row{"id": "a", "self": "60"}, row{"id": "b", "self": "40"}), meetingtest.Moves("assess", 0, "submit", ""),
		assesses(row{"id": "a", "score": "60"}, row{"id": "b", "score": "40"}), meetingtest.Writes("assess", 0, "outcome", "表扬", "reason", "样样都好"))
	inspect := meetingtest.Moves("assess", 0, "inspect", "")
	inspect.Approval = "总支7号"
	h.Does("m03", inspect)
	r, _ := h.State().Record("m03", "assess", 1)
	same(t, "on paper", []string{string(r.State), r.Approval}, []string{"inspected", "总支7号"})
}

// Without indicators there is nothing to assess by, and an own list of outcomes
// holds.
func TestAssessmentsAreAsTheRulesSay(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Indicators = nil }, fifteen()...)
	h.Refused("m03", meetingtest.Writes("assess", 0), meeting.NoIndicators)
	same(t, "none", len(h.State().Records("m03", "assess")), 0)
	h = newHall(t, "seed-2017", func(r *preset.Rules) {
		twoIndicators(r)
		r.Assess.Outcomes = []string{"好", "一般"}
	}, fifteen()...)
	h.Does("m03", assesses(row{"id": "a", "self": "60"}, row{"id": "b", "self": "40"}), meetingtest.Moves("assess", 0, "submit", ""))
	h.Refused(meeting.SuperiorID("s1"), meetingtest.Writes("assess", 0, "outcome", "表扬"), meeting.FieldWord, "考核结果", "表扬", "好、一般")
	h.Does(meeting.SuperiorID("s1"), meetingtest.Writes("assess", 0, "outcome", "一般"))
	h = newHall(t, "annual-2024", nil, fifteen()...)
	h.Refused("m03", assesses(row{"id": "a", "self": "60"}), meeting.NoSuchKind)
}
