package ssh

import (
	"testing"
)

func TestAPageOverSSH(t *testing.T) {
	h := newHouse(t, 6)
	m := h.plainly(h.dial("m04"), "", "page")
	m.hears(`"choices":[{"label":"签到"`)
	t.Log(m.text())
}
