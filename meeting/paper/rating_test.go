package paper_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
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
	for _, p := range paper.All(skipped.State(), paper.Facts{}) {
		if p.Name != "request" {
			continue
		}
		if text := markdownOf(t, p.Document); !strings.Contains(text, "会议按照组织评定的程序开展") {
			t.Errorf("%s", text)
		}
		return
	}
	t.Error("there is no request")
}

// The superior returns m01's 优秀, and the branch makes it 合格: until it is sent again
// the papers show their decision beside the grade that it was about, with the figures
// of that moment. The minutes keep what the meeting said.
func TestTheSuperiorsDecisionStandsBesideTheGradeItWasAbout(t *testing.T) {
	h := rated(t, "b1")
	h.Does("m01", meeting.Submit{})
	h.Does(above, meeting.DecideBundle{IDs: []meeting.MemberID{"m01"}, Decision: meeting.LineSentBack, Reason: "事迹不突出"})
	h.Does("m01", meeting.Rate{ID: "m01", Grade: "合格"})
	text := func(name string) string {
		for _, p := range paper.All(h.State(), paper.Facts{}) {
			if p.Name == name {
				return markdownOf(t, p.Document)
			}
		}
		t.Fatalf("there is no %s", name)
		return ""
	}
	mustHave(t, text("request"), "| 1 | 党员01 | 优秀 | 退回 |  | 事迹不突出 |", "| 优秀 | 1 |", "已评定优秀 1 名")
	mustHave(t, text("ratings"), "优秀 | 带头 |", "| 优秀 | 1 |", "已评定优秀 1 名")
	mustHave(t, text("summary"), "| 优秀 | 1 |", "已评定优秀 1 名")
	h.Does("m01", meeting.Submit{})
	mustHave(t, text("request"), "| 1 | 党员01 | 合格 |  |  |  |", "| 优秀 | 0 |", "已评定优秀 0 名")
	mustHave(t, text("ratings"), "| 优秀 | 0 |", "已评定优秀 0 名")
	mustHave(t, text("minutes"), "| 优秀 | 1 |", "已评定优秀 1 名")
}
