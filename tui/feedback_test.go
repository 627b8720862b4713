package tui

import (
	"strings"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

func TestFeedbackIsGivenReadAndAnswered(t *testing.T) {
	p := momentOf(t, "after")
	p.width, p.height = 80, 30
	m := p.as("m03").sees("还有 8 名没有反馈", "Enter 反馈给本人").press("v").sees("由党组织审定后反馈").press("tab")
	two := p.as("m02").seesNo("评定等次", "写本人意见")
	m.press("enter").sees("向谁反馈", "> 1 党员01", "优秀").press("2", "enter").sees("上级批复文号").press("enter").sees("批复文号").types("批复 3 号").press("enter")
	m.sees("向 党员02 反馈？", "不能收回").press("1").sees("已向 党员02 反馈。", "向谁反馈")
	two.sees("支部已向你反馈", "批复：批复 3 号", "评定等次：基本合格", "理由：平时表现", "测评：优秀 0，合格 6", "看完以后写本人意见")
	p.as("m01").seesNo("评定等次")
	m.press("1", "enter").seesNo("批复文号").press("1").sees("已向 党员01 反馈。") // on the same decision
	p.as("m01").sees("评定等次：优秀").seesNo("理由")

	two.press("1", "enter").types("接受，继续努力。").press("tab", "enter").sees("确认反馈？", "接受，继续努力", "不能改").press("2").seesNo("已经确认")
	two.press("1", "enter", "1").sees("已经确认", "本人意见：", "接受，继续努力。").seesNo("写本人意见", "没有意见，确认")
	p.as("m01").press("2", "enter").sees("本人意见：无意见").press("1").sees("你已经确认，没有意见")
	m.sees("已确认，有本人意见", "已确认，无意见").press("8", "enter").sees("接受，继续努力").press("esc", "esc").sees("还有 6 名没有反馈", "党员01 确认了反馈")
	if got := p.State().Hearings.Of("m02"); got.Opinion != "接受，继续努力。" || got.Approval != "批复 3 号" {
		t.Errorf("recorded %+v", got)
	}
}

func TestFeedbackShowsACriticismToWhoWasCriticised(t *testing.T) {
	p := momentOf(t, "after")
	p.Does("m03", meeting.GiveFeedback{ID: "m03", Approval: "批复 3 号"}, meetingtest.Writes("ledger", 0, "member", "m03", "problem", "到基层少", "source", "互评"))
	m := p.as("m03").press("v").sees("收到批评意见 2 条，整改台账 1 条")
	m.press("i").sees("到基层少").press("esc").press("tab").sees("还有 7 名")
	p.as("g1").seesNo("支部已向你反馈")
}

// A key that was meant for the page before does not answer the feedback.
func TestAKeyOnItsWayDoesNotAnswerTheFeedback(t *testing.T) {
	p := momentOf(t, "after")
	m := p.as("m05").seesNo("写本人意见")
	p.Does("m03", meeting.GiveFeedback{ID: "m05", Approval: "批复 3 号"})
	m.sees("写本人意见").strike("enter").sees("支部已向你反馈").press("enter").seesNo("支部已向你反馈")
}

func TestTheLedgerIsKeptAndReportedOn(t *testing.T) {
	p := momentOf(t, "after")
	p.width, p.height = 80, 40
	m := p.as("m03").opens("m @records @kind:ledger").sees("整改台账", "加一条", "还没有你可以看的条目")
	m.press("1", "enter").sees("层面（必填）").press("2", "enter").sees("责任人", "先空着").press("6", "enter").sees("问题（必填）")
	m.types("到基层少").press("tab", "enter").sees("层面：个人", "责任人：党员05", "记下来").press("6", "enter").sees("整改措施").types("每月下一次班级").press("tab", "enter")
	m.press("9", "enter").sees("整改时限", "立行立改").press("3", "enter").types("明天").press("enter").sees("「整改时限」里的「明天」不是日期").press("backspace", "backspace").types("2017-06-30").press("enter")
	m.sees("整改时限：2017-06-30").press("7", "enter").types("常下基层").press("tab", "enter").press("8", "enter").types("党员02").press("enter").sees("整改目标：常下基层", "协助人：党员02")
	m.press("1", "enter").sees("已记下", "党员05  到基层少", "第 1 条，未启动，时限 2017-06-30", "加一条")
	m.press("1", "enter", "1", "enter", "1", "enter").types("例会流于形式").press("tab", "enter", "1", "enter").sees("班子  例会流于形式")

	five := p.as("m05").press("m").takes("records").sees("我的整改台账", "1 条").takes("mine:ledger").sees("党员05  到基层少").seesNo("例会", "加一条")
	five.press("1", "enter").sees("问题：到基层少").press("1", "enter").sees("进展", "> 1 未启动").press("enter").sees("进展：未启动").
		press("1", "enter", "2", "enter").sees("改「进展」？", "由「未启动」改为「进行中」", "> 2 不，回去").press("enter").sees("> 2 进行中").press("2", "enter", "1").sees("进展：进行中")
	five.press("3", "enter").types("下班级三次").press("tab", "enter").sees("佐证材料：下班级三次").press("1", "enter", "3", "enter", "1").sees("进展：已完成", "完成日期：2017-03-20")
	five.press("5", "enter").sees("「层面、责任人、问题", "不由你来写").press("6", "enter").sees("整改台账由支委和记录人来写")
	m.sees("已完成").press("2", "enter").sees("佐证材料：下班级三次").press("up", "up", "enter").sees("谁验收的").types("支委会研究，同意。").press("enter").sees("整改台账第 1 条：销号？", "同意").press("1").sees("已经销号", "验收意见：支委会研究")
	five.sees("已销号").press("enter").sees("已经销号，不能再改")
	if l := p.State().Ledger()[0]; !l.Closed || l.Done != "2017-03-20" || l.Evidence != "下班级三次" || l.Due != "2017-06-30" || l.Goal != "常下基层" || l.Helper != "党员02" {
		t.Errorf("the line is %+v", l)
	}
	m.press("esc", "3", "enter", "5", "enter").types("每次定一个题").press("tab", "enter").sees("整改措施：每次定一个题").press("8", "enter", "1", "enter").press("1").sees("整改时限：立行立改")
}

// A line that is open after its day stands first and says so.
func TestWhatIsOverdueStandsFirst(t *testing.T) {
	p := momentOf(t, "told")
	p.room.Later(200 * 24 * time.Hour)
	p.Does("m03", meetingtest.Writes("ledger", 0, "level", "班子", "problem", "学习不经常", "due", "2017-04-30"))
	text := p.as("m03").opens("m @records @kind:ledger").sees("已逾期").reads()
	if late, open := strings.Index(text, "学习不经常"), strings.Index(text, "例会流于形式"); late < 0 || late > open {
		t.Errorf("what is overdue does not stand first:\n%s", text)
	}
}

// Where the superior decides first and is there, the grades are sent before
// anybody is told.
func TestTheGradesAreSentBeforeFeedback(t *testing.T) {
	p := momentOf(t, "closing")
	p.Does(meeting.SuperiorID("s1"), meeting.AssignGuide{Guide: meeting.Superior{ID: "s1", Name: "上级s1", Post: "党总支书记"}})
	p.Does("m03", meeting.Next{Reason: meetingtest.Reason})
	chair := p.as("m03").sees("> Enter 等次送审").press("enter").sees("还没有送上级审定").press("1", "enter", "1").press("esc")
	chair.sees("> Enter 反馈给本人")
}
