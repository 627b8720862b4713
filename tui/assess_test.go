package tui

import (
	"strconv"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// The table of the assessment is there: who writes it goes from row to row and is
// asked for the own cells only.
func TestTheAssessmentIsFilledInRowByRow(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	three := p.as("m03").opens("m @records @kind:assess").sees("组织专题研讨", "分值：8")
	three.takes("写：考核指标").takes("row 1").sees("第 2 行：自查得分", "指标：组织专题研讨", "分值：8").types("9").press("enter").sees("最多 8 分")
	three.press("backspace").types("7.5").press("enter").sees("第 2 行：自查说明").types("缺一次").press("enter").sees("第 2 行：佐证").types("学习记录").press("enter")
	three.press("enter").sees("第 3 行：自查得分", "书记讲党课").types("5").press("enter", "enter", "enter").takes("done").sees("已更新", "自查总分：12.5")
	p.as("m05").opens("m @records").seesNo("书记考核")
	var self, score []map[string]string
	for _, one := range p.State().Rules.Indicators {
		points := strconv.Itoa(one.Points)
		self, score = append(self, map[string]string{"id": one.ID, "self": points}), append(score, map[string]string{"id": one.ID, "score": points})
	}
	score[1]["score"], score[1]["why"] = "5", "一次没有考勤"
	p.Does("m03", meetingtest.Writes("assess", 1, "indicators", meeting.RowsValue(self)), meetingtest.Moves("assess", 0, "submit", ""))
	p.Does(meeting.SuperiorID("s1"), meetingtest.Writes("assess", 0, "indicators", meeting.RowsValue(score), "outcome", "教育", "reason", "还要抓紧"),
		meetingtest.Moves("assess", 0, "inspect", ""), meetingtest.Moves("assess", 0, "publish", ""))
	p.as("m05").takes("kind:assess").press(" ").sees("督查总分：97", "考核结果：教育", "已通报")
}

// What the superior wants to be studied stands behind what was.
func TestTheStudyPlanOfTheSuperior(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.as("m05").opens("m @records").seesNo("学习计划")
	p.Does(meeting.Keeper, meeting.GiveDirective{Directive: meeting.Directive{Title: "某通知", Months: []meeting.StudyMonth{{Month: "2017-01", Topics: []string{"《准则》", "六中全会精神"}, Hours: 4}}}})
	p.as("m03").opens("m @records @kind:study").takes("months").sees("某通知", "2017-01  《准则》；六中全会精神；4 学时")
}
