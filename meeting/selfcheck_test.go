package meeting_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// wholeCheck has everything that a self-check must have.
func wholeCheck() meeting.WriteRecord {
	return meetingtest.Writes("selfcheck", 0, "problems", `[{"aspect":"学习","problem":"不够深入","example":"两次集中学习没有讨论"}]`,
		"causes", "抓得不紧", "direction", "学在前面", "measures", `[{"what":"每月讨论一次","until":"2017-06-30","who":"支部书记"}]`)
}

func TestWhereNoApprovalIsWantedTheSelfCheckIsGoodOnceHandedIn(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.SelfCheckApproval = false }, fifteen()...)
	h.Refused("m05", wholeCheck(), meeting.KeepersOnly)
	h.Does("m02", meetingtest.Writes("selfcheck", 0, "causes", "抓得不紧"))
	h.Refused("m02", moved("selfcheck", 0, "submit", ""), meeting.FieldMissing, "存在的主要问题")
	h.Does("m02", wholeCheck(), moved("selfcheck", 0, "submit", ""))
	h.Refused(party, moved("selfcheck", 0, "approve", ""), meeting.Decided, "approved")
	r := only(t, h.State(), "m05", "selfcheck") // every member reads it
	same(t, "handed in", []any{r.State, r.Version, len(r.History)}, []any{meeting.Approved, 1, 2})
	h.Does("m03", meetingtest.Writes("selfcheck", 0, "causes", "抓得不紧，也没有检查"))
	r = only(t, h.State(), "m05", "selfcheck")
	same(t, "the next version", []any{r.State, r.Version, r.Earlier[0].Values["causes"]}, []any{meeting.Draft, 2, "抓得不紧"})
}

func TestWhereApprovalIsWantedTheSuperiorDecidesOnTheSelfCheck(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.SelfCheckApproval = true }, fifteen()...)
	h.Does("m02", wholeCheck(), moved("selfcheck", 0, "submit", ""))
	same(t, "waits", only(t, h.State(), "m05", "selfcheck").State, meeting.Submitted)
	back := moved("selfcheck", 0, "return", "事例太少")
	back.Approval = "总支〔2017〕4号"
	h.Does("m03", back)
	h.Does("m02", meetingtest.Writes("selfcheck", 0, "causes", "抓得不紧，检查不够"), moved("selfcheck", 0, "submit", ""))
	same(t, "of the version before", only(t, h.State(), "m05", "selfcheck").Approval, "")
	paper := moved("selfcheck", 0, "approve", "")
	paper.Approval = "总支〔2017〕5号"
	h.Does("m03", paper)
	r := only(t, h.State(), "m05", "selfcheck")
	same(t, "decided on paper", []any{r.State, r.Approval, r.Version, r.History[2].Reason}, []any{meeting.Approved, "总支〔2017〕5号", 2, "事例太少"})
}

// A draft begins with the branch's own figures; a preset's words go before.
func TestADraftOfTheSelfCheckKnowsTheBranch(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	basics := h.State().Draft("m03", "selfcheck")["basics"]
	if !strings.Contains(basics, "有党员 15 名，其中正式党员 13 名、预备党员 2 名") {
		t.Error(basics)
	}
	h = newHall(t, "seed-2017", func(r *preset.Rules) {
		r.Templates = map[string]map[string]string{"selfcheck": {"basics": "支部{formal}人"}}
	}, fifteen()...)
	same(t, "the preset's", h.State().Draft("m03", "selfcheck")["basics"], "支部13人")
}
