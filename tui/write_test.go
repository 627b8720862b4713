package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// A phone's keyboard has neither Tab nor Esc: a line with only a dot ends a text.
func TestALineWithOnlyADotEndsAText(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	p.width, p.height = 40, 8
	m := p.as("m02").press("1", "enter").sees("Enter 换行   Tab 或单独一行「。」写完了")
	m.types("调查研究不够。").press("enter").types("。").press("enter").sees("> 1 提交").sized(40, 20).sees("你写了 7 个字").press("2", "enter")
	m.press("enter").types("．").press("enter").sees("你写了 7 个字").press("1", "enter").sees("已提交")
	round, _ := p.State().Round("m03")
	if got := round.Criticisms[len(round.Criticisms)-1].Text; got != "调查研究不够。" {
		t.Errorf("handed in %q", got)
	}
	m.press("1", "enter").types("。").press("enter").seesNo("提交", "写完了") // nothing was written: back
	m.press("1", "enter").types("。").press("enter", "1", "enter").types("读书").press("enter").types("。读书").press("enter").sees("。读书").seesNo("提交")
}

// Pasted text may have such a line, in one piece or as keys: it is text.
func TestAPastedDotEndsNothing(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	m := p.as("m02").press("1", "enter")
	m.update(tea.PasteMsg{Content: "一、\n\n.\n"})
	m.seesNo("提交").press("enter").seesNo("提交")
	m.room.Later(time.Second)
	m.update(tea.KeyPressMsg{Code: tea.KeyExtended, Text: "。"})
	m.strike("enter").seesNo("提交").types("。")
	m.press("enter").sees("> 1 提交")
}

// The same leads back from a line and from a list of people.
func TestAPhoneComesBackFromEveryPage(t *testing.T) {
	p := momentOf(t, "study")
	p.width = 40
	chair := p.as("m03").press("h").sees("举手表决什么", "Tab 或只写「。」返回").types("。").press("enter").sees("学习").seesNo("举手表决什么")
	chair.press("f").sees("请谁发言").press("z", "backspace").sees("请谁发言").press("backspace").sees("学习").seesNo("请谁发言")

	q := newPlay(t, "seed-2017", 8)
	q.SignsIn()
	q.ComesTo(preset.Criticism)
	q.Does("m03", meeting.Turn{}, meeting.Advance{})
	q.as("m05").press("c").sees("对谁提批评意见").press("backspace").seesNo("对谁提批评意见")
}
