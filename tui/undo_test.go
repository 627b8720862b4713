package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestTheLastStepIsTakenBackWhereThereIsAWayBack(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.as("m03")
	chair.press("k", "enter").sees("第 4/14 项").press("backspace").sees("刚才的一步：进入「上次整改情况通报」", "撤回后回到「学习」").press("enter").sees("已撤回", "第 3/14 项")
	p.Does("m03", meeting.GiveFloor{ID: "m05"})
	chair.press("y", "backspace").sees("党员05 说完了", "撤回后请 党员05 接着说").press("enter").sees("发言：党员05")
	chair.press("p", "backspace").sees("暂停计时", "撤回后计时继续").press("enter").seesNo("已暂停")
	p.Does("m03", meeting.YieldFloor{}, meeting.RecordAbsence{ID: "m05", Reason: "事假"})
	chair.press("backspace").sees("党员05 缺席：事假", "撤回后 党员05 记为已签到").press("enter")
	if !p.State().Attendance["m05"].Present {
		t.Error("m05 is still absent")
	}
}

func TestARoundIsTakenBackToTheCriticism(t *testing.T) {
	p := momentOf(t, "criticism-response")
	chair := p.as("m03").press("backspace").sees("党员03，表态", "回到对 党员03 的批评意见").press("enter").sees("正在听取对 党员03 的批评意见")
	chair.press("backspace").sees("轮到别人请按 u")
}

func TestWhatCantBeTakenBackSaysSo(t *testing.T) {
	for _, c := range []struct {
		moment string
		do     meeting.Command
		says   string
	}{
		{"study", meeting.GiveFloor{ID: "m05"}, "换人请再按 f"},
		{"study", meeting.ExtendClock{Seconds: 60}, "加的时间不能撤回"},
		{"study", meeting.TakeNote{Text: "讨论热烈"}, "会议记录只增不改"},
		{"study", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder}, "换记录人请按 c"},
		{"study", meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, "不能撤回"},
		{"sign-in", meeting.SignInFor{ID: "m07"}, "请按 a 记缺席"},
		{"before", meeting.Next{}, "会议已经开始"},
		{"ballot-scrutineers", meeting.NameScrutineers{IDs: []meeting.MemberID{"m05", "m07"}, Hands: &meeting.Hands{Yes: 6}}, "按 s 重新推选"},
		{"ballot-open", meeting.CloseBox{}, "刚才的一步：投票结束。这一步不能撤回"},
		{"tally", meeting.Announce{}, "不能撤回"},
		{"rating", meeting.Rate{ID: "m01", Grade: "优秀"}, "在评定表里重新选"},
	} {
		p := momentOf(t, c.moment)
		p.Does("m03", c.do)
		p.as("m03").press("backspace").sees(c.says).seesNo("撤回刚才的一步？")
	}
	p := momentOf(t, "before")
	p.as("m03").press("backspace").sees("还没有可以撤回的一步")
}

func TestAStepThatOthersHaveChangedIsNotTakenBack(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m03", meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, meeting.Next{})
	p.Does("m05", meeting.Next{})
	p.as("m03").press("backspace").sees("后来又有变动")
	if !at(p.State(), preset.Briefing) {
		t.Error("the item has changed")
	}
}
