package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// The organisation's indicators go before those of the rules, until the branch has
// begun to check its secretary.
func TestADirectiveSaysByWhatTheSecretaryIsAssessed(t *testing.T) {
	h := newHall(t, "seed-2017", twoIndicators, fifteen()...)
	own := meeting.Directive{Title: "某通知", Months: []meeting.StudyMonth{{Month: "2017-01", Topics: []string{"《准则》"}}}, Assess: preset.Assess{Outcomes: []string{"好", "差"}}, Indicators: []preset.Indicator{{ID: "x", Group: "学习", Text: "考勤", Points: 100}}}
	h.Refused("m03", meeting.GiveDirective{Directive: own}, meeting.KeeperOnly)
	h.Refused(meeting.SuperiorID("s1"), meeting.GiveDirective{Directive: own}, meeting.KeeperOnly)
	h.Does(meeting.Keeper, meeting.GiveDirective{Directive: own})
	indicators := func() string {
		r, _ := h.State().Record("m03", "assess", 0)
		return r.Value("indicators")
	}
	same(t, "the organisation's", indicators(), cells(row{"id": "x", "group": "学习", "text": "考勤", "points": "100"}))
	before := h.State().Chronicle.Len()
	h.Does(meeting.Keeper, meeting.GiveDirective{Directive: own})
	same(t, "given twice", h.State().Chronicle.Len(), before)
	h.Does("m03", assesses(row{"id": "x", "self": "90"}))
	begun := indicators()
	later := own
	later.Months, later.Indicators, later.Assess = nil, []preset.Indicator{{ID: "y", Group: "学习", Text: "别的", Points: 100}}, preset.Assess{}
	h.Does(meeting.Keeper, meeting.GiveDirective{Directive: later})
	same(t, "the study plan is the new one", len(h.State().Directive.Months), 0)
	same(t, "what was begun stays", indicators(), begun)
	h.Does("m03", meetingtest.Moves("assess", 0, "submit", ""))
	h.Refused(meeting.SuperiorID("s1"), meetingtest.Writes("assess", 0, "outcome", "表扬"), meeting.FieldWord, "考核结果", "表扬", "好、差")
}
