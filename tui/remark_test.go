package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Once the rating table is handed in nobody is told that it is still being
// filled; then the guide is asked by name before Enter leads past them.
func TestTheTableIsInAndTheGuideIsAsked(t *testing.T) {
	p := momentOf(t, "rating")
	chair, wall, member := p.as("m03").sees("正在评定等次"), p.as(meeting.Screen), p.as("m05")
	for _, id := range p.State().Ungraded() {
		p.Does("m03", meeting.Rate{ID: id, Grade: "合格", Reason: "综合平时表现"})
	}
	p.Does("m03", meeting.Submit{})
	for _, s := range []*seat{chair, wall, member} {
		s.sees("评定表已提交").seesNo("正在评定")
	}
	chair.press("enter").sees("第 13/14 项", "> Enter 请 列席01 点评")
	wall.sees("请 列席01 点评")
	member.sees("请 列席01 点评")
	p.as("g1").sees("现在请你：作点评")
	p.seats["g1"].drops()
	p.plainly("g1").hears("现在请你：作点评。请申请发言，或等主持人请你。")
	chair.press("enter").sees("发言：列席01", "> Enter 进入下一项").press("enter")
	if !at(p.State(), preset.Closing) {
		t.Error("the meeting has not come to its closing")
	}
}

// The guide whom the superior assigned is asked by name, and speaks from their own
// screen.
func TestTheAssignedGuideSpeaks(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Does(meeting.SuperiorID("s1"), meeting.AssignGuide{Guide: meeting.Superior{ID: "s1", Name: "上级s1", Post: "党总支书记"}})
	p.Does("m03", meeting.Next{})
	p.SignsIn()
	p.comes(preset.Remark)
	chair, wall := p.as("m03").sees("上级s1 还没有签到"), p.as(meeting.Screen)
	guide := p.superior(0).press("1", "enter").takes("follow").sees("现在请你：签到").press("1", "enter").sees("领导点评", "现在请你：作点评")
	chair.sees("> Enter 请 上级s1 点评").seesNo("还没有签到").press("enter")
	wall.sees("上级s1")
	chair.sees("上级s1 点评。").seesNo("请 上级s1 点评")
	guide.sees("结束发言").press("1", "enter")
	wall.sees("请 列席01 点评").seesNo("上级s1")
	chair.sees("请 列席01 点评。").press("enter").sees("列席01 点评。").seesNo("请 列席01 点评。").press("y").sees("、列席01 已点评")
	wall.sees("、列席01 已点评").seesNo("请 ")
	if p.State().Floor.Speaker != "" {
		t.Error("the guide still speaks")
	}
}
