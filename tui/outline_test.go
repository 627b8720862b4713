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

func TestAMemberPreparesAnOutlineAndSpeaksFromIt(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 40, 20
	p.as("m05").sees("我的发言提纲").press("o").types("学习不够深入。").press("enter").types("下基层少。")
	p.seats["m05"].drops() // the text outlives the line
	m := p.as("m05").press("o").sees("草稿", "下基层少").press("tab", "enter").sees("提纲记下了")
	m.press("o").sees("学习不够深入。", "下基层少。").press("e").types("改进：每月一次。").press("tab", "enter").sees("下基层少。改进：每月一次。", "e 改提纲").press("esc")
	if o, _ := p.State().OutlineOf("m05"); o.Text != "学习不够深入。\n下基层少。改进：每月一次。" {
		t.Errorf("kept %q", o.Text)
	}

	p.Does("m03", meeting.Next{Reason: meetingtest.Reason}, meeting.SignIn{})
	for !at(p.State(), preset.Criticism) {
		p.dutiful()
		p.Does("m03", meeting.Next{Reason: meetingtest.Reason})
	}
	p.Does("m03", meeting.Turn{ID: "m05"})
	m.sees("按 o 看").press("o").sees("学习不够深入", "0:0").press("esc", "y")
	m.press("s").sees("从你的提纲开始", "下基层少").types("\n已经开始改。").press("tab", "enter").sees("已提交")
	round, _ := p.State().Round("m05")
	if got := round.Own[0].Text; got != "学习不够深入。\n下基层少。改进：每月一次。\n已经开始改。" {
		t.Errorf("handed in %q", got)
	}
	m.press("s").seesNo("学习不够深入", "从你的提纲开始")
}

func TestAnOutlineIsSeenByItsMemberOnly(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m05", meeting.KeepOutline{Text: "只给自己看的一句"})
	for _, who := range []meeting.MemberID{"m03", "m02", "m07", "g1", "q1", meeting.Screen} {
		p.as(who).seesNo("只给自己看").press("o").seesNo("只给自己看")
	}
	p.as("m03").press("esc", "m").seesNo("只给自己看")
	p.as("g1").sees("党员参加")
	p.as("m05").seesNo("只给自己看").press("o").sees("只给自己看")
}

func TestADraftOfSelfCriticismIsNotReplacedByTheOutline(t *testing.T) {
	p := momentOf(t, "criticism-self")
	p.Does("m05", meeting.KeepOutline{Text: "提纲"})
	p.as("m05").press("s").sees("从你的提纲开始").press("backspace", "backspace").types("另写的").press("tab", "3", "enter")
	p.as("m05").press("s").sees("草稿", "另写的").seesNo("从你的提纲开始")
}

func TestALongOutlineScrollsAndStopsAtItsEnd(t *testing.T) {
	p := momentOf(t, "criticism-self")
	var points []string
	for i := range 40 {
		points = append(points, fmt.Sprintf("要点 %02d", i+1))
	}
	p.Does("m03", meeting.KeepOutline{Text: strings.Join(points, "\n")})
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
