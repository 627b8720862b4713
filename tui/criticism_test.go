package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Who writes a criticism knows that it is signed, who reads it and where it
// goes, and can read, change and take it back until the round ends.
func TestAMemberReadsAndMendsTheirCriticism(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{}, meeting.Advance{})
	m := p.as("m05").press("1", "enter").sees("署你的名，党员03、主持人和记录人看得到，记入会议记录；这一轮结束前可以改。")
	m.types("下基层少。").press("tab", "1", "enter").sees("已提交", "听对 党员03 的意见，你已提 1 条", "看、改、收回我写的")
	m.press("w").sees("对 党员03 的批评意见", "下基层少。").press("enter").sees("下基层少。", "改", "收回")
	m.press("1", "enter").sees("下基层少。").types("建议每月一次。").press("tab", "1", "enter").sees("已改好", "下基层少。建议每月一次。")
	m.press("2", "enter").sees("收回这一条？", "不记入会议记录", "记录链").press("enter").sees("下基层少。") // the way back is selected
	m.press("2", "enter", "1").sees("已收回").press("esc").sees("对 党员03 提批评意见。可以写下来提交").seesNo("你已提")
	if r, _ := p.State().Round("m03"); len(r.Criticisms) > 0 {
		t.Errorf("not taken back: %+v", r.Criticisms)
	}
	m.press("1", "enter").types("学习抓得不紧。").press("tab", "1", "enter", "c").sees("党员03", "你已提 1 条").press("esc")
	p.Does("m03", meeting.Advance{}, meeting.Advance{})
	m.press("w", "enter").sees("学习抓得不紧。", "对 党员03 的评议已经结束：要更正请告诉记录人。").press("1", "enter").seesNo("还可以写")
	if r, _ := p.State().Round("m03"); len(r.Criticisms) != 1 || r.Criticisms[0].Text != "学习抓得不紧。" {
		t.Errorf("%+v", r.Criticisms)
	}
}

// The other words of one's own are signed and minuted too.
func TestSelfCriticismAndResponseSayWhereTheyGo(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.as("m05").press("s").sees("署你的名，记入会议记录").types("学习不够。").press("tab", "1", "enter").press("w").sees("我的自我批评", "学习不够。").press("esc")
	p.Does("m03", meeting.Turn{}, meeting.Advance{})
	p.Does("m05", meeting.Criticise{Of: "m03", Text: "下基层少。"})
	p.as("m03").press("v", "r").sees("署你的名，记入会议记录")
}

// While rounds go on, what comes next is the next person, and everybody sees how
// many come before them.
func TestWhoseTurnComesNext(t *testing.T) {
	p := newPlay(t, "regulation-2018", 4)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	m, h := p.as("m02").sees("接下来：党员03 作自我批评", "下一位评议 党员03；轮到评议你还有 1 位"), p.plainly("m01").hears("接下来：党员03 作自我批评")
	wall := p.as(meeting.Screen).sees("下一位：党员03").seesNo("下一项：", "接下来")
	p.Does("m03", meeting.Turn{}, meeting.YieldFloor{})
	wall.sees("接下来：党员02 作自我批评").seesNo("下一项：")
	m.sees("接下来：党员02 作自我批评", "下一位评议你")
	p.Does("m01", meeting.AskFloor{})
	wall.sees("下一位：党员01").seesNo("接下来") // who waits comes before it
	p.Does("m01", meeting.YieldFloor{})
	h.hears("下一位评议 党员02；轮到评议你还有 2 位")
	p.as("m03").press("v").seesNo("评议你").press("tab")
	for range 7 {
		p.Does("m03", meeting.Advance{})
	}
	m.sees("接下来：听取对 党员03 的批评意见")
	for range 11 {
		p.Does("m03", meeting.Advance{})
	}
	m.sees("接下来：提出整改意见").seesNo("评议你")
	p.Does("m03", meeting.Advance{})
	wall.sees("下一项：提出整改意见")
}

// Where each is criticised in turn, a round goes on with the criticism and the
// response before the next person comes, and a guest is told as much as a member.
func TestWhatComesNextWithinARound(t *testing.T) {
	p := newPlay(t, "seed-2017", 4)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{})
	p.as("m02").sees("接下来：听取对 党员03 的批评意见", "下一位评议你").seesNo("接下来：党员02")
	p.Does("m03", meeting.Advance{})
	p.as("g1").sees("接下来：党员03 表态")
	p.Does("m03", meeting.Advance{})
	p.as("m02").sees("接下来：党员02 作自我批评")
}

// Who has spoken and then goes away is not told as somebody absent whose text is
// read out, and who goes before their turn did come.
func TestWhoGoesAwayInTheirRoundHasLeft(t *testing.T) {
	p := newPlay(t, "seed-2017", 4)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{ID: "m02"}, meeting.YieldFloor{}, meeting.RecordAbsence{ID: "m02", Reason: "急事"})
	for range 2 {
		p.as("m01").sees("党员02", "（本人已离会）").seesNo("书面材料")
		p.Does("m03", meeting.Advance{})
	}
	p.Does("m03", meeting.RecordAbsence{ID: "m01", Reason: "接孩子", Written: true}, meeting.Turn{ID: "m01"})
	p.as("m04").sees("党员01 作自我批评（本人已离会）")
}

// Somebody in the room who can't speak writes, and lets it be read out: the console
// has the words, the wall and everybody say whose they are and who reads.
func TestWhoCannotSpeakLetsTheirWordsBeReadOut(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{}, meeting.Advance{})
	m, chair, wall := p.as("m05").seesNo("请人宣读"), p.as("m03"), p.as(meeting.Screen)
	m.press("1", "enter").types("下基层少。").press("enter").types("建议每月一次。").press("tab", "enter").press("a").sees("由主持人宣读你写的", "准备发言，你是下一位", "不用人宣读，我自己说")
	chair.sees("候言的要宣读书面意见：党员05", "党员05 请人宣读自己写的").seesNo("下基层少")
	chair.press("enter").sees("请宣读 党员05 写的：", "下基层少。", "建议每月一次。")
	wall.sees("书面意见，由 党员03 宣读").seesNo("下基层少")
	m.sees("请听 党员03 宣读你写的")
	p.plainly("m06").hears("发言：党员05", "书面意见，由 党员03 宣读。\n")
	chair.press("y").seesNo("请宣读")
	m.press("a").sees("你自己说")
	p.Does("m03", meeting.GiveFloor{ID: "m05"})
	m.sees("说完请选「结束发言」")
	wall.seesNo("宣读")
}
