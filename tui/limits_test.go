package tui

import (
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// lessTime plans so many minutes for 批评与自我批评.
func (p *play) lessTime(minutes int) *play {
	s, rules := *p.State(), *p.State().Rules
	rules.Agenda = append([]preset.Item(nil), rules.Agenda...)
	for i := range rules.Agenda {
		if rules.Agenda[i].Kind == preset.Criticism {
			rules.Agenda[i].Minutes = minutes
		}
	}
	s.Rules = &rules
	p.room.Becomes(&s)
	return p
}

// Seven people in 28 minutes have four minutes each; a digit accepts that, and
// Enter goes on without.
func TestLimitsAreProposedAndAcceptedByADigit(t *testing.T) {
	p := momentOf(t, "criticism-begin").lessTime(28)
	s := p.as("m03").sees("按 28 分钟、7 人，建议每人 04:00：自我批评", "02:30，意见每条 01:00，表态 00:30", "1 采用建议的时限", "> Enter 请 党员03")
	s.press("1").sees("发言时限：自我批评 02:30").seesNo("建议每人")
	s.press("enter").sees("/ 02:30")

	q := momentOf(t, "criticism-begin").lessTime(28)
	q.as("m03").press("enter").sees("/ 05:00")

	momentOf(t, "criticism-begin").lessTime(28).plainly("m03").hears("建议每人 04:00").types("1").hears("发言时限：自我批评 02:30")
	momentOf(t, "criticism-begin").as("m03").seesNo("建议每人").press("1").sees("这个键现在没有用")
}

func TestLimitsAreSetInTheMenu(t *testing.T) {
	p := momentOf(t, "study")
	s := p.as("m03").picks("发言时限").sees("现在：自我批评 05:00", "照规定：", "自己定（秒）")
	s.press("2").sees("写秒数").press("up", "down", "1", "2", "0", "enter", "6", "0", "enter", "enter", "0", "enter", "enter")
	if got := p.State().Limits(); got != (preset.Limits{SelfCriticism: 120, Criticism: 60, Response: 60}) {
		t.Errorf("limits: %+v\n%s", got, s.screen())
	}
}

// While somebody speaks a digit is how many minutes they still have.
func TestADigitIsACountdown(t *testing.T) {
	p := momentOf(t, "study")
	s, wall := p.as("m03").sees("数字几就几分钟", "00:48 / 10:00"), p.as(meeting.Screen)
	s.press("3").sees("党员04 还有 3 分钟。", "/ 03:49")
	wall.sees("限时 03:49")
	q := momentOf(t, "study")
	q.plainly("m03").types("2")
	if got := q.State().Floor.Limit; got < 165 || got > 175 {
		t.Errorf("the limit is %d seconds", got)
	}
}

func TestTheQueueIsChangedAtTheConsole(t *testing.T) {
	p := momentOf(t, "study")
	s := p.as("m03").picks("调整候言顺序").sees("党员05", "党员01").press("2", "enter", "1", "enter").sees("党员01 换了位置。")
	if got := p.State().Floor.Queue; got[0] != "m01" {
		t.Errorf("queue: %v", got)
	}
	s.press("2", "enter").sees("往前一位", "移出候言").press("4", "enter").sees("党员05 不再候言。")
	if got := p.State().Floor.Queue; len(got) != 1 {
		t.Errorf("queue: %v", got)
	}
}

func TestAnItemsOwnWordsAreShownAndReadOut(t *testing.T) {
	p := momentOf(t, "study")
	s := p.as("m03").picks("给议项写几句话").press("enter").sees("「学习」的话").types("领读《准则》第一章。").press("tab", "enter").sees("已记下。")
	s.press("esc").sees("领读《准则》第一章。").press("z").sees("领读《准则》第一章。")
	p.as("m02").sees("领读《准则》第一章。")
	p.Does("m03", meeting.YieldFloor{})
	p.as(meeting.Screen).sees("领读《准则》第一章。")
	p.Does("m03", meeting.Next{})
	p.as("m02").seesNo("领读《准则》")
}

func TestABreakCountsDown(t *testing.T) {
	p := momentOf(t, "closing")
	s, wall := p.as("m03"), p.as(meeting.Screen)
	s.picks("休息（会议暂停）").press("2").sees("会议暂停。")
	p.room.Later(time.Minute)
	wall.sees("继续")
	if wall.app.seen().beat != second {
		t.Errorf("the wall beats every %v", wall.app.seen().beat)
	}
	if c := wall.app.seen().wall.piece.(headline).clock.text; c != "08:59" && c != "09:00" && c != "08:58" {
		t.Errorf("the clock shows %s", c)
	}
	p.room.Later(time.Hour)
	if c := wall.app.seen().wall.piece.(headline).clock.text; c != "00:00" {
		t.Errorf("the clock shows %s", c)
	}
}
