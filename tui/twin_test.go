package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// pastes pastes a text.
func (s *seat) pastes(text string) *seat {
	s.t.Helper()
	s.room.Later(time.Second)
	s.update(tea.PasteMsg{Content: text})
	return s
}

// Terminals send Backspace as DEL or as ^H, or what Delete sends; where one takes
// something back all do.
func TestBackspaceIsTheSameKeyHoweverItIsSent(t *testing.T) {
	for _, key := range []string{"backspace", "ctrl+h", "delete", "keypad delete"} {
		p := momentOf(t, "study")
		chair := p.as("m03").press(key).sees("撤回").seesNo("没有用")
		chair.press("esc", "f").press("d", "y", "0", "5").sees("党员05")
		chair.press(key).sees("dy0").seesNo("dy05").press(key, key, key).seesNo("dy").press(key).seesNo("没有用").sees("第 3/14 项")
	}
	for _, key := range []string{"backspace", "ctrl+h"} {
		p := momentOf(t, "ballot-open")
		b := p.booth().types("m05m05x").press(key, "enter").sees("请你给 7 位同志评等次")
		b.seesNo("入会码不对")
		momentOf(t, "criticism-self").as("m05").press("s").types("多联系群众").press(key).sees("多联系群").seesNo("群众")
	}
}

// ^J and the keypad's Enter are Enter, also while they are held down; the keypad's
// digits write digits.
func TestEnterAndDigitsAreTheSameKeysHoweverTheyAreSent(t *testing.T) {
	for _, key := range []string{"enter", "ctrl+j", "keypad enter"} {
		p := momentOf(t, "study")
		p.room.Later(time.Second)
		chair := p.as("m03").strike(key).strike(key).sees("发言：党员05")
		p.room.Later(bounce)
		chair.strike("enter").sees("发言：党员05")
	}
	p := momentOf(t, "ballot-open")
	p.as("m05").press("keypad enter", "keypad 1").sees("第 2 / 7 页")
	b := p.booth()
	b.press("keypad 1", "keypad 1").sees("**").seesNo("***")
}

// A scanner sends a code and its Enter in one piece, which is a paste. A text of
// several lines goes nowhere by itself.
func TestAScannedCodeGoesInAtTheDoor(t *testing.T) {
	p := momentOf(t, "ballot-open")
	b := p.booth()
	b.pastes("会议通知\r下午开会\r").sees("公用终端").seesNo("入会码不对", "评等次")
	p = momentOf(t, "ballot-open")
	p.booth().pastes("m05m05\r").sees("请你给 7 位同志评等次")
	p.booth().pastes("m05m05").sees("******").press("enter").sees("请你给 7 位同志评等次")
}
