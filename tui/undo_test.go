package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

func TestTheLastStepIsTakenBackWhereThereIsAWayBack(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.as("m03")
	chair.press("k", "1").sees("第 4/14 项").press("backspace").sees("刚才的一步：进入「上次整改情况通报」", "撤回后回到「学习」").press("1").sees("已撤回", "第 3/14 项")
	p.Does("m03", meeting.GiveFloor{ID: "m05"})
	chair.press("y", "backspace").sees("党员05 说完了", "撤回后 党员05 接着说，从 00:", "不进会议记录").press("1").sees("发言：党员05")
	chair.press("p", "backspace").sees("暂停计时", "撤回后计时继续").press("1").seesNo("已暂停")
	p.Does("m03", meeting.YieldFloor{}, meeting.RecordAbsence{ID: "m05", Reason: "事假"})
	chair.press("backspace").sees("党员05 提前离开：事假", "撤回后 党员05 记为已签到").press("1")
	if !p.State().Attendance.Of("m05").Present {
		t.Error("m05 is still absent")
	}
}

func TestARoundIsTakenBackToTheSpeech(t *testing.T) {
	p := momentOf(t, "criticism-response")
	p.as("m03").press("backspace").sees("党员03，表态", "撤回后").press("1").sees("已撤回", "正在听取对 党员03 的批评意见")
}

// The wrong person is called in the middle of a self-criticism: the console asks
// first, and what was done after all is taken back without a trace.
func TestTheWrongSpeakerInTheMiddleOfASpeech(t *testing.T) {
	p := momentOf(t, "criticism-self")
	speaker := p.State().Floor.Speaker
	other := meeting.MemberID("m05")
	chair := p.as("m03").press("f").sees("请谁发言？")
	chair.press("m", "0", "5", "enter").sees("打断发言，请 党员05？", "还没有说完（自我批评，", "按 Backspace 撤回")
	chair.press("enter").sees("请谁发言？") // not by Enter alone
	if p.State().Floor.Speaker != speaker {
		t.Fatal("Enter alone has broken off the speech")
	}
	chair.press("m", "0", "5", "enter").press("1").sees("请 党员05 发言")
	if p.State().Floor.Speaker != other {
		t.Fatal("nobody was called")
	}
	chair.press("backspace").sees("接着说", "不进会议记录").press("1").sees("已撤回")
	if f := p.State().Floor; f.Speaker != speaker || f.For != meeting.ForSelfCriticism || f.Limit != p.State().Rules.Limits.SelfCriticism {
		t.Errorf("the floor is %+v", f)
	}
	chair.press("u", "m", "0", "5", "enter").sees("打断发言，请 党员05？").press("enter").sees("轮到谁？")
}

func TestWhatCantBeTakenBackSaysSo(t *testing.T) {
	for _, c := range []struct {
		moment string
		do     meeting.Command
		says   string
	}{
		{"study", meeting.ExtendClock{Seconds: 60}, "加的时间不能撤回"},
		{"study", meeting.TakeNote{Text: "讨论热烈"}, "会议记录只增不改"},
		{"study", meeting.Name{ID: "m05", Seat: meeting.SeatRecorder}, "换记录人请按 c"},
		{"study", meeting.Name{ID: "m05", Seat: meeting.SeatConsole}, "不能撤回"},
		{"sign-in", meeting.SignInFor{ID: "m07"}, "请按 a 记缺席"},
		{"before", meeting.Next{}, "会议已经开始"},
		{"ballot-scrutineers", meeting.NameScrutineers{IDs: []meeting.MemberID{"m05", "m07"}, Hands: &meeting.Hands{Yes: 6}}, "按 s 重新推选"},
		{"ballot-open", meeting.CloseBox{Reason: meetingtest.Reason}, "刚才的一步：投票结束。这一步不能撤回"},
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
