package paper

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

func TestTheProblemsAndTheSummaryOfOpinionsArePapers(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(8, 1)...)
	for _, text := range []string{"食堂的菜太贵", "食堂贵"} {
		m.Does(m.Chair(), meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "学生", "category", "作风", "text", text))
	}
	m.Does("m05", meeting.HandInOpinion{Values: map[string]string{"about": "书记", "text": "金丝雀"}})
	m.Does(m.Chair(), meeting.MergeOpinions{Nos: []int{1, 2}, Text: "降低菜价"}, meeting.CloseOpinions{},
		meeting.TakeOver{Origin: meeting.Origin{From: meeting.FromOpinion, No: 1}})
	texts := map[string]string{}
	for _, p := range All(m.State(), Facts{}) {
		texts[p.Name] = asMarkdown(t, p.Document)
	}
	for name, wants := range map[string][]string{
		"opinions": {"征求意见汇总", "**发出征求意见表**：＿＿＿＿＿＿ 份", "**原始条数**：3 条，其中不署名 1 条", "**归并条数**：1 条", "| 1 | 降低菜价 | 2 | 1、2 |", "| 1 | 班子 | 座谈 | 学生 | 作风 |"},
		"problems": {"问题清单", "| 1 | 班子 |  | 作风 | 食堂的菜太贵 | 征求意见 |  |  |"},
	} {
		for _, want := range wants {
			if !strings.Contains(texts[name], want) {
				t.Errorf("no %q in\n%s", want, texts[name])
			}
		}
	}
	if strings.Contains(texts["opinions"], "食堂") || strings.Contains(texts["opinions"], "金丝雀") {
		t.Errorf("what is private:\n%s", texts["opinions"])
	}
}
