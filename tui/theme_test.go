package tui

import (
	"testing"
)

func TestAKeyChangesColoursAndLanguage(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	m := p.as("m05")
	m.press("L").sees("Sign in").press("L").sees("签到")
	momentOf(t, "ballot-sealing").as("m05").press("L").sees("recovery code").seesNo("恢复码")
	before := m.app.theme
	if m.press("T"); m.app.theme == before {
		t.Error("T changes nothing")
	}
}
