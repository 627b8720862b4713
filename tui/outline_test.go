package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// noted is an outline that has one problem, and no more.
func noted(text string) meeting.Command {
	return meetingtest.Writes("outline", 0, "problems", `[{"problem":"`+text+`"}]`)
}

func TestAMemberPreparesAnOutlineAndSpeaksFromIt(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 40, 20
	p.as("m05").sees("我的发言提纲").press("o").sees("学习体会").types("读了三遍。")
	p.seats["m05"].drops() // the text outlives the line
	m := p.as("m05").press("o").sees("草稿", "读了三遍").press("tab", "enter").sees("查摆的问题（必填）", "第 1 行：方面")
	m.types("学习").press("enter").sees("第 1 行：问题").types("学习不够深入。").press("enter").sees("第 1 行：事例").press("enter").sees("学习；学习不够深入。", "加一行")
	m.press("enter").sees("原因（必填）").types("抓得不紧。").press("tab", "enter")
	m.sees("整改措施（必填）").types("下基层").press("enter").types("年底").press("enter", "enter", "enter").sees("查摆的问题：", "方面：学习；问题：学习不够深入。", "措施：下基层；时限：年底")
	m.press("1", "enter").sees("已记下", "状态：草稿").press("esc", "o").sees("学习；学习不够深入。", "下基层；年底")
	m.press("e").sees("状态：草稿").press("3", "enter").types("忙。").press("tab", "enter").sees("原因：抓得不紧。忙。", "已更新").press("6", "enter").sees("我的发言提纲：提交？", "看不到写了什么").press("1").sees("已提交")
	p.as("m03").opens("m @records @kind:outline").sees("党员05", "已提交").press("1", "enter").sees("只有当事人看得到").seesNo("抓得不紧")
	m.press("6", "enter").sees("看得到全文").press("1").sees("主持人可以看")
	p.as("m03").sees("原因：抓得不紧。忙。").press("esc", "esc", "esc", "esc")
	m.press("esc", "esc")

	p.Does("m03", meeting.Next{Reason: meetingtest.Reason}, meeting.SignIn{})
	for !at(p.State(), preset.Criticism) {
		p.dutiful()
		p.Does("m03", meeting.Next{Reason: meetingtest.Reason})
	}
	p.Does("m03", meeting.Turn{ID: "m05"})
	m.sees("按 o 看").press("o").sees("学习不够深入", "0:0").press("esc", "y")
	m.press("s").sees("从你的提纲开始", "下基层；年底").types("\n已经开始改。").press("tab", "enter").sees("已提交")
	round, _ := p.State().Round("m05")
	if got, want := round.Own[0].Text, "学习体会：\n读了三遍。\n查摆的问题：\n学习；学习不够深入。\n原因：\n抓得不紧。忙。\n整改措施：\n下基层；年底\n已经开始改。"; got != want {
		t.Errorf("handed in %q", got)
	}
	m.press("s").seesNo("学习不够深入", "从你的提纲开始")
}

func TestAnOutlineIsSeenByItsMemberOnly(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m05", noted("只给自己看的一句"))
	for _, who := range []meeting.MemberID{"m03", "m02", "m07", "g1", "q1", meeting.Screen} {
		p.as(who).seesNo("只给自己看").press("o").seesNo("只给自己看")
	}
	p.as("m03").press("esc", "m").seesNo("只给自己看")
	p.as("g1").sees("党员参加")
	p.as("m05").seesNo("只给自己看").press("o").sees("只给自己看")
}

func TestADraftOfSelfCriticismIsNotReplacedByTheOutline(t *testing.T) {
	p := momentOf(t, "criticism-self")
	p.Does("m05", noted("提纲"))
	p.as("m05").press("s").sees("从你的提纲开始").press("backspace", "backspace").types("另写的").press("tab", "3", "enter")
	p.as("m05").press("s").sees("草稿", "另写的").seesNo("从你的提纲开始")
}

func TestALongOutlineScrollsAndStopsAtItsEnd(t *testing.T) {
	p := momentOf(t, "criticism-self")
	var points []string
	for i := range 40 {
		points = append(points, fmt.Sprintf("要点 %02d", i+1))
	}
	p.Does("m03", meetingtest.Writes("outline", 0, "study", strings.Join(points, "\n")))
	m := p.as("m03").press("v", "o").sees("要点 01", "下面还有").seesNo("要点 40")
	for range 40 {
		m.press("enter")
	}
	m.sees("要点 40", "上面还有").seesNo("下面还有")
	before := strings.Split(m.screen(), "\n")
	m.press("up")
	if after := strings.Split(m.screen(), "\n"); slices.Equal(after, before) {
		t.Error("one line up does nothing at the end")
	}
	m.sees("/ 05:00")
}
