package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// The head of the minutes is asked for when 签到 is left: with Enter alone the
// meeting goes on all the same, and each question is asked once.
func TestThePlaceAndTheRecorderAreAskedFor(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.SignIn)
	chair := p.as("m03").press("enter").sees("会议记录的开头还缺", "> 1 写会议地点", "2 指定记录人", "3 进入下一项「开场」")
	chair.press("enter").types("行政楼 205 室").press("enter").sees("地点已记下", "> 1 指定记录人")
	chair.press("enter", "2", "enter").sees("担任记录人", "> 1 进入下一项「开场」").press("enter").sees("第 2/14 项")
	if s := p.State(); s.Place != "行政楼 205 室" || s.Recorder == "" {
		t.Errorf("place %q, recorder %q", s.Place, s.Recorder)
	}

	p = newPlay(t, "seed-2017", 8)
	p.SignsIn()
	p.ComesTo(preset.SignIn)
	chair = p.as("m03")
	for range 7 {
		chair.press("enter")
	}
	if s := p.State(); s.Current < 1 || s.Place != "" || s.Recorder != "" {
		t.Errorf("Enter alone has come to item %d, with %q and %q", s.Current+1, s.Place, s.Recorder)
	}
}

// Before the meeting is over the console lists what the minutes lack; it is
// added without going back, and what is wrong is corrected below itself.
func TestWhatTheMinutesLackIsSaidBeforeTheEnd(t *testing.T) {
	p := momentOf(t, "closing")
	chair := p.as("m03").sees("提醒：会议地点没有记", "没有记录（", "批评意见", "只记了是谁说的")
	chair.press("enter").sees("会议记录还缺：会议地点没有记", "开场").press("esc")
	chair.picks("会议记录：草稿、补记、更正、地点").press("4", "enter").types("205 室").press("enter").sees("地点已记下")
	chair.press("2", "enter").press("2", "enter").types("奏国歌，念议程。").press("tab", "enter").sees("已记入会议记录")
	chair.press("3", "enter").press("enter").sees("原文：奏国歌，念议程。").types("没有奏国歌。").press("tab", "enter").sees("更正已记下")
	chair.sized(80, 200).press("1", "enter").sees("地点：205 室", "奏国歌，念议程。", "更正（", "没有奏国歌。")
	s := p.State()
	if len(s.Corrections) != 1 || s.Corrections[0].Of != 1 || s.Notes[0].Item != 2 {
		t.Errorf("notes %+v, corrections %+v", s.Notes, s.Corrections)
	}
	if no := meeting.May(p.State(), "m05", meeting.ActPlace); no == nil {
		t.Error("anybody may note the place")
	}
}

// After the meeting the console says where its papers are, once they are there.
func TestTheConsoleSaysWhereThePapersAre(t *testing.T) {
	p := momentOf(t, "after")
	chair := p.as("m03").sees("papers get 文件名")
	where := ""
	chair.app.Papers = func() string { return where }
	chair.update(movedMsg{})
	chair.sees("正在写材料")
	where = "材料在 /data/papers/b1"
	chair.update(movedMsg{})
	chair.sees("材料在 /data/papers/b1。").seesNo("正在写材料")
}
