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
