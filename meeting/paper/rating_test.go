package paper_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/paper"
)

// A grade that a 预备党员 got for a reason stands in the minutes, the summary and the rating table,
// with the reason.
func TestAGradeAgainstTheNoticeIsExplained(t *testing.T) {
	h := founded(t, "seed-2017", append(branch(9),
		meeting.Member{ID: "m90", Name: "党员90", Kind: meeting.Formal, NotCounted: "出国六个月以上"}), nil)
	h.arrive()
	h.talk()
	h.criticise()
	h.rateSelf()
	h.ballot()
	h.Does(chair, meeting.Rate{ID: "m09", Grade: "合格", Reason: "上级口头同意"})
	h.rate()
	h.end()
	for _, name := range []string{"minutes", "summary", "ratings"} {
		if text := markdownOf(t, h.papers()[name]); !strings.Contains(text, "预备党员，按通知不定等次；理由：上级口头同意") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
	if text := markdownOf(t, h.papers()["minutes"]); !strings.Contains(text, "其中预备党员 1 名，按通知不定等次，理由见表。") {
		t.Errorf("the distribution does not say it:\n%s", text)
	}
}

// A branch graded without criticism, self-rating and vote: its request to the
// superior does not say that these were held.
func TestTheRequestNamesOnlyTheStepsThatWereTaken(t *testing.T) {
	skipped := rated(t, "b1")
	skipped.Does("m01", meeting.Submit{})
	mustHave(t, paperOf(t, skipped, "request"), "会议按照组织评定的程序开展")
}

// paperOf is the text of one paper of a meeting.
func paperOf(t *testing.T, m *meetingtest.Meeting, name string) string {
	t.Helper()
	for _, p := range paper.All(m.State(), paper.Facts{}) {
		if p.Name == name {
			return markdownOf(t, p.Document)
		}
	}
	t.Fatalf("there is no %s", name)
	return ""
}

// The superior returns m01's 优秀, and the branch makes it 合格: until it is sent again
// the papers show their decision beside the grade that it was about, with the figures
// of that moment. The minutes keep what the meeting said.
func TestTheSuperiorsDecisionStandsBesideTheGradeItWasAbout(t *testing.T) {
	h := rated(t, "b1")
	h.Does("m01", meeting.Submit{})
	h.Does(above, meeting.DecideBundle{IDs: []meeting.MemberID{"m01"}, Decision: meeting.LineSentBack, Reason: "事迹不突出"})
	h.Does("m01", meeting.Rate{ID: "m01", Grade: "合格"})
	text := func(name string) string { return paperOf(t, h, name) }
	mustHave(t, text("request"), "| 1 | 党员01 | 优秀 | 退回 |  | 事迹不突出 |", "| 优秀 | 1 |", "已评定优秀 1 名")
	mustHave(t, text("ratings"), "优秀 | 带头 |", "| 优秀 | 1 |", "已评定优秀 1 名")
	mustHave(t, text("summary"), "| 优秀 | 1 |", "已评定优秀 1 名")
	h.Does("m01", meeting.Submit{})
	mustHave(t, text("request"), "| 1 | 党员01 | 合格 |  |  |  |", "| 优秀 | 0 |", "已评定优秀 0 名")
	mustHave(t, text("ratings"), "| 优秀 | 0 |", "已评定优秀 0 名")
	mustHave(t, text("minutes"), "| 优秀 | 1 |", "已评定优秀 1 名")
	for _, name := range []string{"ratings", "summary"} {
		mustHave(t, text(name), "会上评定为优秀，会后改评")
	}
}

// Private text that was removed is told as that: its place is not one that nobody filled
// in.
func TestErasedTextIsNoBlank(t *testing.T) {
	h := rated(t, "b1")
	h.Does("m01", meetingtest.Writes("talk", 0, "kind", "反馈谈话", "with", `["m02"]`, "at", "2017-03-21", "means", "面谈", "content", "谈了结果"))
	h.Does("m02", meetingtest.Writes("register", 0, "summary", "本人小结"), meetingtest.Moves("register", 0, "submit", ""))
	h.Does(meeting.Keeper, meeting.Prune{Approval: "批4号", Classes: []meeting.Class{meeting.PrivateBlob}})
	mustHave(t, paperOf(t, h, "register-m02"), "已交，审定后已清除，依据：批4号")
	for _, p := range paper.Private(h.State(), paper.Facts{}) {
		if p.Name == "talks" {
			mustHave(t, markdownOf(t, p.Document), "审定后已清除，依据：批4号")
			return
		}
	}
	t.Fatal("there are no talks")
}

// The table that the committee has signed keeps the facts that were before it.
func TestTheRatingTableKeepsTheFactsOfItsGrades(t *testing.T) {
	h := rated(t, "b1")
	before := paperOf(t, h, "ratings")
	h.Does("m01", meetingtest.Writes("study", 0, "day", "2017-04-10", "form", "集中", "topic", "党章", "hours", "2", "attended", `["m01","m02"]`))
	same := func(text string) string { text, _, _ = strings.Cut(text, "记录校验"); return text }
	if after := paperOf(t, h, "ratings"); same(after) != same(before) {
		t.Errorf("what was studied after the grades stands beside them:\n%s", after)
	}
	mustHave(t, paperOf(t, h, "conduct"), "| 党员01 | 书记 | 到会 | 1 | 2 |")
}

// The superior decides about some here and about others on papers: each number stands
// beside whom it is about, and the whole is 书面 only where everybody is.
func TestTheNumberOfAPaperStandsBesideWhomItIsAbout(t *testing.T) {
	decide := func(number string, ids ...meeting.MemberID) meeting.DecideBundle {
		return meeting.DecideBundle{IDs: ids, Decision: meeting.LineApproved, Approval: number}
	}
	begun := func() *meetingtest.Meeting {
		h := rated(t, "b1")
		h.Does("m01", meeting.Submit{}, decide("批3号", "m01"))
		return h
	}
	here := begun()
	mustHave(t, paperOf(t, here, "request"), "- **文号**：\n", "| 1 | 党员01 | 优秀 | 同意 | 优秀 |  | 批3号 |", "| 2 | 党员02 | 合格 |  |  |  |  |")
	here.Does(above, decide(""))
	mustHave(t, paperOf(t, here, "request"), "同意（部分书面审定）。", "- **文号**：见逐人审定", "| 1 | 党员01 | 优秀 | 同意 | 优秀 |  | 批3号 |", "| 2 | 党员02 | 合格 | 同意 | 合格 |  |  |")
	here.Does("m01", meeting.GiveFeedback{ID: "m01"}, meeting.GiveFeedback{ID: "m02"})
	mustHave(t, paperOf(t, here, "feedbacks"), "| 批3号 |", "| 系统内审定 |")
	mustNotHave(t, strings.Replace(paperOf(t, here, "feedbacks"), "批3号", "", 1), "批3号")

	papers := begun()
	papers.Does("m01", decide("批4号"))
	mustHave(t, paperOf(t, papers, "request"), "同意（书面审定）。", "- **文号**：见逐人审定", "| 2 | 党员02 | 合格 | 同意 | 合格 |  | 批4号 |")
	papers.Does("m01", decide("批4号", "m01"))
	mustHave(t, paperOf(t, papers, "request"), "同意（书面审定）。", "- **文号**：批4号")
}
