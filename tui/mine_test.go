package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// Before the sign-in there is a page with what there is to read, and the agenda.
func TestWhatThereIsToReadBeforeTheSignIn(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	m := p.as("m05").sees("现在请你：签到").press("m").sees("议程、评议次序、还要多久", "会前会后的材料")
	m.takes("records").sees("谈心谈话记录").press("esc")
	m.press("1", "enter").sees("1 签到", "14 表态、散会").seesNo("大约还要")
	h := p.plainly("m06").types("m").hears("2 会前会后的材料").types("1")
	h.hears("批评与自我批评", "表态、散会")
}

// The agenda says how long it will last, whose turn comes when and who I am.
func TestTheAgendaHasMyPlace(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	p.height = 60
	m := p.as("m05").press("m", "1", "enter").sees("这一项大约还要", "会议大约还要", ">  7 批评与自我批评", ">  1 党员03", "听取批评意见", "（你）", "轮到评议你还有 3 位")
	p.width = 40
	p.as("m04").press("m", "1", "enter").sees("党员03                 听取批评意见")
	p.plainly("m02").types("m", "1").hears("下一位评议你", "听取批评意见")
	m.press("esc", "esc").sees("结束发言")
}

// One page has what a member handed in and what was said of them, in the meeting
// and right after it, with the way to what can still be changed.
func TestOnePageHasMyOwnPart(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.height = 60
	p.SignsIn()
	p.ComesTo(preset.Criticism)
	p.Does("m05", meetingtest.Writes("outline", 0, "problems", `[{"problem":"到基层少。"}]`))
	p.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder}, meeting.Turn{}, meeting.Advance{})
	p.Does("m05", meeting.Criticise{Of: "m03", Text: "急躁。"}, meeting.CriticiseSelf{Text: "学习不够。"}, meeting.Respond{Text: "接受。"}, meeting.TakeNote{Text: "发言热烈。"})
	p.Does("m06", meeting.Criticise{Of: "m05", Text: "说得少。"})
	p.Does("m07", meeting.Criticise{Of: "m06", Text: "别人的事。"})
	m := p.as("m05").press("m").takes("own")
	m.sees("出席：已签到", "我的自我批评", "学习不够。", "我提的批评意见", "对 党员03 的批评意见：", "急躁。", "给我的批评意见", "1  党员06", "说得少。", "我的表态", "接受。",
		"我写的会议记录", "发言热烈。", "我写的材料", "我的发言提纲", "看、改、收回我写的").seesNo("别人的事")
	p.plainly("m06").types("m").takes("own").hears("我的记录", "我提的批评意见", "对 党员05 的批评意见：\n", "说得少。", "1  党员07", "别人的事。", "留在你的屏幕上")
	p.ComesTo(preset.SelfRating)
	p.Does("m05", meeting.RateSelf{Grade: "合格"})
	p.Does("m03", meeting.Goto{No: len(p.State().Agenda)}, meeting.Next{Reason: meetingtest.Reason})
	p.as("m05").sees("会议已经结束").press("m").takes("own").sees("自评：合格", "急躁。", "说得少。").seesNo("看、改、收回")
}

// Whose ballot is in the box finds the same pages.
func TestAVoterFindsTheirOwnPart(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.width, p.height = 40, 20
	p.as("m01").sees("m 议程、材料、我的记录").press("m").takes("own").sees("你的回执").press("esc", "esc").sees("投了 1 次")
}

// Who was absent and handed something in learns whether it was read out.
func TestWhoWasAbsentLearnsWhetherTheirMaterialWasRead(t *testing.T) {
	p := momentOf(t, "criticism-self")
	p.as("m08").press("m").takes("own").sees("会上还没有宣读").press("esc", "esc")
	q := momentOf(t, "criticism-self")
	q.Does("m03", meeting.Turn{ID: "m08"}, meeting.Advance{})
	for p, says := range map[*play]string{p: "你交的书面材料，会上没有宣读。", q: "你交的书面材料，会上已经宣读。"} {
		p.Does("m03", meeting.Goto{No: len(p.State().Agenda)}, meeting.Next{Reason: meetingtest.Reason})
		p.as("m08").sees("会议已经结束", says).press("m").takes("own").sees(says)
		p.plainly("m06").hearsNo("书面材料")
	}
	r := momentOf(t, "after")
	r.Does("m03", meeting.GiveFeedback{ID: "m08", Approval: "批复 3 号"})
	r.as("m08").sees("支部已向你反馈评议结果", "会上没有宣读")
}
