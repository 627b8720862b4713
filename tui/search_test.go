package tui

import (
	"testing"
	"time"

	"pingyi/meeting"
)

// people of whom several are alike: by pinyin 单 is read as a surname too.
func namesakes() []meeting.Member {
	people := branchOf(6)
	for i, name := range []string{"张伟", "单田芳", "欧阳修明", "张薇", "李伟", "㛃伟"} {
		people[i].Name = name
	}
	return people
}

// atStudy is a meeting of these people, all there, at its third item.
func atStudy(t *testing.T) *play {
	p := playIn(t, newRoom(t, "seed-2017", namesakes()), 80, 24)
	p.SignsIn()
	p.Does("m03", meeting.Next{}, meeting.Goto{No: 3})
	return p
}

func TestASpeakerIsFoundByTyping(t *testing.T) {
	type find struct{ keys, finds string }
	for _, c := range []find{
		{"z w", "张伟"},
		{"s t f", "单田芳"},
		{"d t f", "单田芳"},
		{"m 0 5", "李伟"},
		{"~张薇", "张薇"},
		{"o u y a n g", "欧阳修明"},
		{"~㛃", "㛃伟"},
		{"z w down", "张薇"},
		{"2", "单田芳"},
		{"x backspace l i", "李伟"},
		{"z k backspace w", "张伟"},
	} {
		p := atStudy(t)
		p.as("m03").press("f").opens(c.keys).press("enter").sees("请 " + c.finds + " 发言")
	}
}

func TestWhoIsNotFoundIsSaidSo(t *testing.T) {
	p := atStudy(t)
	chair := p.as("m03").press("f").opens("z q").sees("查找：zq", "没有这样的人").press("enter").sees("请谁发言？", "没有这样的人")
	chair.press("backspace").sees("查找：z", "> 1 张伟", "张薇").seesNo("李伟", "没有这样的人")
	chair.press("backspace").sees("李伟").seesNo("查找：")
	chair.press("j").sees("查找：j").press("esc").sees("学习")
}

func TestScrutineersAreFoundOneAfterTheOther(t *testing.T) {
	p := momentOf(t, "ballot-scrutineers")
	chair := p.as("m03").press("s", "m", "0", "4").sees("查找：m04").seesNo("选好了").press("enter")
	chair.sees("选好了", "党员04").seesNo("查找：")
}

func TestAPersonsCardCallsThem(t *testing.T) {
	p := atStudy(t)
	chair := p.as("m03").press("/").sees("找谁？").opens("l w").press("enter").sees("李伟", "出席：已签到", "发言 0 次", "本人现在可以：申请发言")
	chair.press("1", "enter").sees("发言：李伟")
	chair.press("/").opens("l w enter").sees("发言 1 次", "> 2 记签到和缺席").press("1", "enter").sees("李伟 正在发言")
	chair.press("2", "enter", "3", "enter", "1", "enter").sees("李伟 正在发言")
	chair.press("esc", "esc").press("esc", "esc")
	chair.sees("学习").press("/").opens("z w enter").press("3", "enter").sees("这要到「批评与自我批评」")
}

func TestAnInputMethodsMarkFindsToo(t *testing.T) {
	p := atStudy(t)
	p.as("m03").types("、").sees("找谁？").types("ｚｗ").sees("张伟", "张薇").seesNo("李伟")
}

func TestTheMatrixShowsWhoIsStillToSpeak(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	p.as("m03").press("i").sees("格子里是条数", "说得最长", "没有发言").seesNo("提过 0 条").press("esc")
	p.Does("m03", meeting.YieldFloor{})
	p.as("m03").press("i").sees(" 5 党员05     1  .  .  .  -  .  .     1   02:1")
	tight := momentOf(t, "criticism-critic")
	tight.width = 60
	tight.as("m03").press("i").sees("格子里是条数", "没有发言：党员02、党员01", "说得最长：党员05")
	q := momentOf(t, "criticism-critic")
	q.width = 40
	q.as("m03").press("i").sees("提过 0 条，收到 1 条").seesNo("格子里是条数")
}

func TestTheConsoleSaysThatTheMeetingWillBeLate(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.as("m03").seesNo("预计超时")
	p.room.Later(26 * time.Minute)
	chair.press("?").press("esc").sees("提醒：「学习」预计超时 16 分钟，会议预计超时 ")
	p.as(meeting.Screen).seesNo("预计超时")
}
