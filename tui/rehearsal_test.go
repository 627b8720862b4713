package tui

import (
	"strings"
	"testing"

	"pingyi/meeting"
)

func TestARehearsalFromTheFirstKeyToThePeek(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	chair, m1, m5 := p.as("m03"), p.as("m01"), p.as("m05")
	before := p.State()
	chair.press("o").sees("试投一次").press("enter").sees("等待大家试投", "预演开始了")
	chair.press("k").sees("还没有收到一张票", "预演就直接结束预演")
	wall := p.as(meeting.Screen)
	wall.sees("预  演", "发出 8 张")
	for _, m := range []*seat{m1, m5} {
		m.sees("请你给 2 位同志评等次", "这是预演").press("p").sees("请先投一张")
		m.press("enter", "1", "4", "enter", "y").sees("抄下这 8 个")
		m.press("p").sees("试着偷看", "这里面没有你的选择", "c1 c1", "主持人看得到的").seesNo("优秀", "不合格").press("esc")
	}
	chair.press("enter").sees("要提前结束请按 k").press("k").sees("还有 6 人没有投", "不能再试投").seesNo("不开箱")
	chair.press("enter").sees("等待大家试投").press("k", "1")
	m1.sees("核对我的回执").press("e").sees("接下来：开箱")
	chair.sees("Enter 核对回执完毕").press("enter").sees("还没有核对的：党员05", "预演不写").press("enter")
	p.closes("m03")
	wall.sees("食堂的西红柿")
	m1.sees("接下来：结束预演").seesNo("散会")
	chair.sees("Enter 结束预演").press("enter").sees("都会清除").press("enter").sees("票和结果都没有留下", "开会")
	m1.sees("签到").seesNo("预演")
	if p.State() != before {
		t.Error("the rehearsal changed the meeting")
	}
	if strings.Contains(wall.reads(), "食堂") {
		t.Error("the wall still shows the rehearsal")
	}
}

// On a phone with its keyboard up the one line at the bottom is for the keys, in a
// rehearsal too: there they are learnt.
func TestARehearsalOnAPhoneWithItsKeyboardUp(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 40, 8
	p.as("m03").press("o", "enter")
	m := p.as("m01").sees("预演", "Enter 开始").press("enter")
	m.sees("预演 你在填票", "1/2 已填0", "b 上一位", "o 总览").press("1", "2").sees("提交测评票", "v 看一眼")
}

// closes counts and announces a trial vote, as the hall does in one step.
func (p *play) closes(who meeting.MemberID) {
	p.t.Helper()
	p.Unseals(who)
	p.Does(who, meeting.Announce{})
}

func TestATrialBallotIsNotTakenForARealOne(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.as("m03").press("o", "enter")
	m := p.as("m01").press("enter", "1")
	p.as("m03").press("o", "enter")
	m.seesNo("第 1 / 2 页")
	if m.app.sheet != nil {
		t.Error("the trial choices are still there")
	}
}
