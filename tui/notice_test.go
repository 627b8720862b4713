package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// The notice that was sent stands first on the page of each member until they
// confirm it with one key; Enter alone says nothing for them.
func TestTheNoticeStandsFirstUntilItIsConfirmed(t *testing.T) {
	for _, size := range sizes {
		p := newPlay(t, "seed-2017", 8)
		p.width, p.height = size.w, size.h
		p.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "行政楼 205 室", "theme", "评议"))
		m := p.as("m05").seesNo("会议通知", "行政楼")
		p.Does("m03", meetingtest.Moves("notice", 0, "send", ""))
		p.room.Later(grace)
		m.sees("会议通知", "会议地点：行政楼 205 室").holdsEnter()
		p.as("g1").seesNo("确认收到")
		if size.w >= 80 {
			p.as("m03").sees("还没有确认会议通知的 8 位")
			m.sees("确认收到").seesNo("选 1") // row 1 confirms the notice
		}
		if left, _ := p.State().Unconfirmed(); len(left) != 8 {
			t.Errorf("%d have not confirmed", len(left))
		}
		m.press("w").sees("已确认收到通知").seesNo("行政楼")
		if size.w >= 80 {
			m.sees("是就选 1")
		}
		if size.w >= 80 {
			p.as("m03").sees("还没有确认会议通知的 7 位")
		}
		p.as("m03").press("v").sees("会议通知")
	}
	p := newPlay(t, "seed-2017", 8)
	p.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:30", "place", "行政楼 205 室", "theme", "评议"), meetingtest.Moves("notice", 0, "send", ""))
	p.Does("m05", meetingtest.Moves("notice", 0, "confirm", ""))
	p.as("m03").sees("党员05 确认收到（会议通知）")
	h := p.plainly("m06").hears("会议通知", "行政楼 205 室", "确认收到")
	h.types("1").hears("已确认收到通知")
	p.Does("m03", meeting.Next{}, meeting.Name{ID: "m07", Seat: meeting.SeatRecorder})
	p.SignsIn("m05")
	p.as("m05").seesNo("行政楼") // the meeting goes before
	p.as("m03").seesNo("地点")
	p.comes(preset.Closing)
}
