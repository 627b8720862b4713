package tui

import (
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Somebody writes a criticism and is called to speak: the clock runs in sight,
// and Tab puts the text down without losing it.
func TestACallReachesWhoWrites(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{}, meeting.Advance{})
	p.Does("m05", meeting.AskFloor{})
	for _, height := range []int{8, 24} {
		p.height, p.width = height, 40
		delete(p.seats, "m05")
		m := p.as("m05").press("1", "enter").seesNo("请你发言").types("下基层少。")
		p.Does("m03", meeting.GiveFloor{ID: "m05"})
		p.room.Later(4 * time.Second)
		m.update(tickMsg{m.app.pending})
		m.sees("下基层少。", "请你发言 00:04 / 02:00，Tab 放下（草稿留着）", "Tab 放下")
		p.room.Later(time.Second)
		m.update(tickMsg{m.app.pending})
		m.sees("请你发言 00:05 / 02:00").types("还有").press("tab").sees("现在请你：提批评意见。说完请选「结束发言」").seesNo("Tab 放下")
		if got := p.drafts.text("m05", "criticism m03"); got != "下基层少。还有" {
			t.Errorf("the draft is %q", got)
		}
		m.press("2", "enter").sees("下基层少。还有").seesNo("Tab 放下").press("tab").sees("提交") // begun as speaker: the way out is the usual one
		p.Does("m05", meeting.YieldFloor{}, meeting.AskFloor{})
		p.drafts.keep("m05", "criticism m03", "")
	}
}

// The same where somebody reads: the page says how to go back.
func TestACallReachesWhoReads(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.Briefing)
	m := p.as("m05").press("?").seesNo("请你发言")
	p.Does("m03", meeting.GiveFloor{ID: "m05"})
	m.sees("请你发言 00:00 / 10:00，按 Esc 返回。").press("esc").sees("说完请选「结束发言」").seesNo("按 Esc 返回")
}

func TestTheSelfRatingReachesWhoWrites(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m03", meeting.Turn{}, meeting.Advance{})
	m, h := p.as("m05").press("1", "enter").types("下基层少。"), p.plainly("m06").types("1", "学习不够").hears("一行一行地写")
	p.Does("m03", meeting.GiveFloor{ID: "m06"})
	h.hears("请你发言 00:00 / 02:00。输入只有一个点「.」的一行就放下，草稿留着。\n")
	p.room.Later(4 * time.Second)
	h.update(tickMsg{second})
	h.hearsNo("请你发言") // once, and not with every second
	p.Does("m06", meeting.YieldFloor{})
	p.ComesTo(preset.SelfRating)
	m.sees("现在请你自评，Tab 放下（草稿留着）").press("tab").sees("现在请你：给自己评一个等次")
	h.hears("现在请你自评。输入只有一个点「.」的一行就放下，草稿留着。\n").hearsNo("现在请你自评")
	h.types(".").hears("现在请你：给自己评一个等次")
	if got := p.drafts.text("m06", "criticism m03"); strings.TrimSpace(got) != "学习不够" {
		t.Errorf("the draft is %q", got)
	}
}
