package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// disposed is a disposal with everything that must be there.
func disposed(member string, fields ...string) meeting.WriteRecord {
	return meetingtest.Writes("disposal", 0, append([]string{
		"member", member, "facts", "三次不参加学习", "plan", `[{"what":"每月谈话","until":"2017-06-30","who":"党员02"}]`,
		"basis", "党章", "relation_checked", "true",
	}, fields...)...)
}

func TestADisposalIsForTheTwoLowerGrades(t *testing.T) {
	h := rated(t, preset.AnnounceNone)
	for _, who := range ids("m05", "m07", "q1") {
		h.Refused(who, disposed("m07"), meeting.GradersOnly)
	}
	h.Refused("m03", disposed("m01"), meeting.NotToDispose, "党员01")
	h.Refused("m03", disposed("m15"), meeting.NotToDispose, "党员15") // not graded
	h.Refused("m03", disposed("m06", "means", "限期改正"), meeting.MeansUnqualified, "党员06", "基本合格")
	h.Refused("m03", disposed("m07", "means", "开除"), meeting.FieldWord, "处置方式", "开除", "限期改正、劝其退党、除名")
	h.Does("m02", disposed("m07", "means", "限期改正", "until", "2018-03-01"), disposed("m06"))
	h.Refused("m02", meetingtest.Writes("disposal", 1, "member", "m06"), meeting.MeansUnqualified, "党员06", "基本合格")
}

// The superior gives a better grade to whom a disposal is about: it is not handed in or
// approved any more, and is returned or taken away.
func TestADisposalGoesNoFurtherOnceTheGradeIsBetter(t *testing.T) {
	h := rated(t, preset.AnnounceNone)
	h.Does("m03", disposed("m06"), disposed("m07", "means", "限期改正"), disposed("m06"), moved("disposal", 1, "submit", ""), moved("disposal", 2, "submit", ""))
	h.Does("m03", meeting.Submit{})
	h.Does(party,
		meeting.DecideBundle{IDs: ids("m06"), Decision: meeting.LineAmended, Grade: "合格", Reason: "已经改正"},
		meeting.DecideBundle{IDs: ids("m07"), Decision: meeting.LineAmended, Grade: "基本合格", Reason: "已经改正"})
	h.Refused(party, moved("disposal", 1, "approve", ""), meeting.NotToDispose, "党员06")
	h.Refused(party, moved("disposal", 2, "approve", ""), meeting.MeansUnqualified, "党员07", "基本合格")
	h.Refused("m03", moved("disposal", 3, "submit", ""), meeting.NotToDispose, "党员06")
	h.Does("m03", meeting.StrikeRecord{Form: "disposal", No: 3})
	h.Does(party, moved("disposal", 1, "return", "已经是合格"))
	h.Refused(party, moved("disposal", 1, "approve", ""), meeting.Decided, "returned")
}

// Neither the member concerned nor any other reads it; the superior does once it
// is handed in, and decides.
func TestADisposalIsReadByWhoDecidesOnIt(t *testing.T) {
	h := rated(t, preset.AnnounceNone)
	h.Does("m03", meetingtest.Writes("disposal", 0, "member", "m07"))
	h.Refused("m03", moved("disposal", 1, "submit", ""), meeting.FieldMissing, "事实")
	h.Does("m03", meetingtest.Writes("disposal", 1, "facts", "三次不参加学习", "plan", `[{"what":"每月谈话"}]`, "basis", "党章", "relation_checked", "false", "relation_note", "关系在外地"), moved("disposal", 1, "submit", ""))
	for _, who := range ids("m05", "m07", "m08", "q1", "g1") {
		if list := h.State().Records(who, "disposal"); len(list) > 0 {
			t.Errorf("%s reads %+v", who, list)
		}
	}
	h.Does(party, moved("disposal", 1, "return", "先谈话"))
	h.Does("m03", meetingtest.Writes("disposal", 1, "facts", "谈话以后仍不参加"), moved("disposal", 1, "submit", ""))
	h.Does(party, moved("disposal", 1, "approve", ""))
	r := must(t, h.State().Records("m02", "disposal"), nil)[0]
	same(t, "approved", []any{r.State, r.Version, r.Value("facts"), r.Earlier[0].Values["facts"]}, []any{meeting.Approved, 2, "谈话以后仍不参加", "三次不参加学习"})
}
