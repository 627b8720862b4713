package tui

import (
	"testing"
	"time"

	"pingyi/meeting"
)

// The machine's clock was set back two hours during the meeting, which kept its own
// time. A recess, or its end, takes up the machine's: no pause that has begun lasts
// two hours more.
func TestNoPauseOutlastsAClockThatWasSetBack(t *testing.T) {
	p := momentOf(t, "study")
	chair, page, m := p.as("m03"), p.tapsAs("m02"), p.plainly("m08")
	b := p.booth().types("m05m05").press("enter").sees("学习")
	chair.strike("enter").sees("发言：党员05")
	p.room.Later(-2 * time.Hour)
	chair.strike("enter").sees("发言：党员01")
	page.reads("发言：党员01")
	m.teller.tell()
	m.hears("发言：党员01")
	b.waits(visitTime).sees("公用终端").seesNo("学习")
	p.Does("m07", meeting.AskFloor{})
	page.reads("候言：党员07")
}
