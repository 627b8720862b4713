package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// ties holds the vote and announces it: three are called 优秀 by everybody, and the cap
// has room for two.
func (p *play) ties() {
	for _, id := range []meeting.MemberID{"m01", "m02", "m03", "m04", "m05", "m07"} {
		c := meetingtest.Alike(p.State(), "合格")
		for _, of := range []meeting.MemberID{"m01", "m04", "m05"} {
			c.Grades[of] = "优秀"
		}
		p.Votes(id, c)
	}
	p.Closes()
	p.Does("m03", meeting.Next{})
	p.Unseals("m05", "m07")
	p.Does("m03", meeting.Announce{})
}

// tiedAtTheCap is a rating after such a vote.
func tiedAtTheCap(t *testing.T) *play {
	t.Helper()
	p := momentOf(t, "ballot-open")
	p.ties()
	p.ComesTo(preset.Rating)
	return p
}

func TestTiesAtTheCapLineAreMarkedAndNotPicked(t *testing.T) {
	p := tiedAtTheCap(t)
	p.width, p.height = 120, 40
	p.as("m02").sees("优  合  基  不  弃", "并列：党员01、党员04、党员05 的票数相同", "6   0   0   0   0  并列，由支委会研究", "0   6   0   0   0")
	if n := p.State().Ratings.Len(); n != 0 {
		t.Errorf("%d grades given by themselves", n)
	}
	narrow := tiedAtTheCap(t)
	narrow.width, narrow.height = 40, 20
	narrow.as("m02").sees("党员01      并列，由支委会研究").seesNo("优  合")
}

// Where all whom the ballots call 优秀 are tied, the wall names nobody else, and says so.
func TestTheWallSaysThatNobodyIsAheadOfATie(t *testing.T) {
	p := momentOf(t, "ballot-open")
	s, rules := *p.State(), *p.State().Rules
	rules.Announce = preset.AnnounceExcellent
	s.Rules = &rules
	p.room.Becomes(&s)
	p.ties()
	p.as(meeting.Screen).sees("得票最多的等次是优秀、在上限以内的：无", "票数相同、由支委会研究的：党员01、党员04、党员05")
}

// Where the ballots call more people 优秀 than there is room for, the reason is
// offered: Enter puts it in, to be changed, and another Enter records it.
func TestTheReasonOfTheCapIsOffered(t *testing.T) {
	p := tiedAtTheCap(t)
	reason := "优秀名额有限（上限 2 名），经支委会研究评定为合格"
	m := p.as("m02").press("2", "enter").sees("可以用："+reason, "Enter 用这个理由").press("enter").sees("可以改", "Enter 确定")
	if n := p.State().Ratings.Len(); n != 0 {
		t.Fatalf("%d grades are recorded with a reason that nobody has taken", n)
	}
	m.types("，下次优先").press("enter").sees("党员01 评定为 合格，已记下")
	if r := p.State().Ratings.Of("m01"); r.Reason != reason+"，下次优先" || !r.Away {
		t.Errorf("recorded %+v", r)
	}
	m.press("down", "down", "3", "enter").sees("请写明理由").seesNo("可以用") // 基本合格 has nothing to do with the cap
	m.press("tab").press("up", "up", "1", "enter").seesNo("可以用")
}

func TestGradesOverTheCapAreMarked(t *testing.T) {
	p := tiedAtTheCap(t)
	m := p.as("m02").press("1", "enter").seesNo("超过").press("4", "backspace").press("down", "down")
	m.press("1", "enter").seesNo("超过 1 名").press("1", "enter").sees("请写明理由").types("并列，支委会研究决定").press("enter")
	m.sees("超过 1 名", "优秀（有说明）  超过优秀名额")
}

func TestAReasonCanBeAddedWhereNoneIsAskedFor(t *testing.T) {
	p := tiedAtTheCap(t)
	m := p.as("m02").press("n").sees("先按 1 到 4 选等次").press("1", "n").sees("党员01 评定为 优秀，理由记入会议记录").types("带头参加突击队").press("enter")
	m.sees("党员01 评定为 优秀，已记下", "优秀（有说明）")
	if r := p.State().Ratings.Of("m01"); r.Reason != "带头参加突击队" || r.Over || r.Away {
		t.Errorf("recorded %+v", r)
	}
	m.press("2", "enter").sees("党员02 评定为 合格").press("up").press("n").types("平时表现").press("enter") // of a grade that stands
	if r := p.State().Ratings.Of("m02"); r.Grade != "合格" || r.Reason != "平时表现" {
		t.Errorf("recorded %+v", r)
	}
	m.press("up", "n").types("再写").press("tab").sees("组织评定")
}

// Others on the committee may have graded everybody: Enter alone then goes on
// to what is left, and to handing in.
func TestEnterGoesPastWhoHasTheirGrade(t *testing.T) {
	p := momentOf(t, "rating") // m01 and m02 are graded
	chair := p.as("m03").press("enter").sees("> 1 党员01").press("enter").sees("> 3 党员03").press("enter").sees("先按 1 到 4")
	for _, id := range []meeting.MemberID{"m03", "m04", "m05", "m06", "m07"} {
		p.Does("m02", meeting.Rate{ID: id, Grade: "合格", Reason: "综合平时表现"})
	}
	chair.press("enter").sees("> 9 提交评定表").press("enter").sees("提交评定表？")
	chair.press("enter").sees("评定表已提交", "Enter 进入下一项")

	chair.press("t", "home", "2", "enter").sees("把 党员01 改为合格？", "评定表已经提交：改了就收回").press("2") // a submitted table is not taken back without a word
	if !p.State().Submitted {
		t.Fatal("the table is taken back unasked")
	}
	chair.press("enter", "1").types("综合平时表现").press("enter")
	if p.State().Submitted {
		t.Error("the table is not taken back")
	}
}
