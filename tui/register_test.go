package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// A member finds the own register form behind m, writes it and hands it in; the
// console sees who has not, and reads it only then.
func TestAMemberHandsInTheRegisterForm(t *testing.T) {
	p := newPlay(t, "seed-2017", 5)
	p.as("m03").opens("m @records @kind:register").sees("还没有交的：党员01、党员02、党员03、党员04、党员05", "党员04  还没有写").takes("record 4").sees("所在支部：第一党支部", "这一条不是你的")
	m := p.as("m04").opens("m @records @mine:register").sees("我的登记表", "类别：正式", "写：曾用名").seesNo("写：类别", "写：支部评定等次")
	m.takes("提交").sees("「个人小结」还没有填")
	m.takes("写：个人小结").types("一年来做了三件事。").press("tab", "enter").sees("已更新", "一年来做了三件事。")
	p.as("m03").seesNo("一年来做了三件事")
	m.takes("提交").sees("同等次一起送上级").press("1").sees("已提交。")
	p.as("m03").sees("一年来做了三件事", "已提交").press("esc").seesNo("、党员04、").sees("党员04  已提交")
	p.as("m05").opens("m @records").sees("我的登记表").seesNo("登记表  5 条")
	p.plainly("m02").types("m").takes("records").takes("mine:register").hears("所在支部：第一党支部", "写：个人小结")
}

// The bundle says who has no register form; the superior reads the others from
// their lines.
func TestTheSuperiorReadsTheFormsOfTheBundle(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.height = 60
	p.Sits(preset.Rating)
	p.Rates("合格")
	p.Does("m04", meetingtest.Writes("register", 0, "summary", "一年来做了三件事。"), meetingtest.Moves("register", 0, "submit", ""))
	p.Does("m03", meeting.Submit{})
	p.Ends()
	p.as("m03").press("tab").chooses("等次送审").sees("没有登记表的：党员01、党员02、党员03、党员05、党员06、党员07、党员08")
	p.Does("m03", meeting.Submit{})
	s := p.superior(0)
	s.press("enter").press("1", "enter").sees("没有登记表的：党员01、党员02、党员03、党员05、党员06、党员07、党员08").seesNo("一年来")
	s.takes("line m01").seesNo("看登记表").press("esc").takes("line m04").takes("看登记表").sees("一年来做了三件事。", "支部评定等次：合格")
}

// Daily conduct stands beside self-rating and votes for who grades, narrow and
// wide, in the order of the roster whatever it says; nobody else finds it.
func TestConductStandsBesideTheVotes(t *testing.T) {
	for _, size := range [][2]int{{40, 8}, {40, 20}, {80, 24}, {120, 40}} {
		p := momentOf(t, "rating")
		p.width, p.height = size[0], size[1]
		facts := []meeting.ConductFact{{Item: "积分", Value: "98"}}
		p.Does("m03", meeting.ImportConduct{Rows: []meeting.ConductRow{{ID: "m07", Facts: facts}, {ID: "m01", Facts: []meeting.ConductFact{{Item: "志愿服务", Value: "3 次"}}}}},
			meetingtest.Writes("conduct", 1, "note", "住院两个月"))
		for _, who := range []meeting.MemberID{"m02", "m03"} {
			s := p.as(who)
			if who == "m03" {
				s.press("enter")
			}
			if size[1] > 8 { // on eight lines it stands above what is in sight
				s.sees("平时表现：本次会议 到会", "志愿服务 3 次")
			}
			s.press("f").sees("平时表现", "本次会议：到会").press("esc")
		}
		if rows := allOptions(p.as("m02").app.seen()); plainText(rows[0].label) != "党员01" || plainText(rows[6].label) != "党员07" {
			t.Errorf("the rows are %+v", rows)
		}
		p.as("m02").press("f")
		if size[1] > 20 {
			p.as("m02").sees("住院两个月")
		}
		p.as("m05").opens("m @records").seesNo("平时表现")
	}
}
