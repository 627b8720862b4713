package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// narrowAt is a play at a moment of the story in which everybody has a phone.
func narrowAt(t *testing.T, moment string) *play {
	t.Helper()
	p := momentOf(t, moment)
	p.width, p.height = 40, 20
	return p
}

// again is one more terminal of a person who has one already.
func (p *play) again(who meeting.MemberID) *seat {
	p.t.Helper()
	first := p.as(who)
	delete(p.seats, who)
	second := p.as(who)
	p.seats[who+" at another terminal"] = first
	return second
}

func TestALatecomerOnAPhone(t *testing.T) {
	p := narrowAt(t, "ballot-open")
	p.as("m06").sees("现在请你：签到").press("1", "enter").sees("投票开始以后才签到", "告诉主持人").seesNo("开始填测评票")
	q := narrowAt(t, "criticism-critic")
	wall := q.as(meeting.Screen)
	q.as("m06").press("1", "enter").sees("对 党员03 提批评意见").press("1", "enter").types("来晚了，补一条。").press("tab", "enter").sees("已提交")
	wall.sees("7/8")
}

func TestALineThatBreaksInMidBallotOnAPhone(t *testing.T) {
	p := narrowAt(t, "ballot-open")
	p.as("m05").press("enter", "1", "2").sees("第 3 / 7 页")
	p.seats["m05"].drops()
	m := p.as("m05").sees("开始填测评票", "你已填 2 / 7 项，还没有提交").press("enter").sees("第 1 / 7 页", "1/7 已填2", "已经填过").seesNo("> 1")
	m.press("o", "v").sees("还有 5 项没有填", "已填").seesNo("优秀", "合格") // what was chosen before is never shown
	m.press("home", "enter", "2")
	for range 5 {
		m.press("enter", "2")
	}
	m.press("enter", "1", "enter").sees("投了 1 次")
	p.seats["m05"].drops()
	p.as("m05").sees("测评票已经投进票箱", "回执")
}

func TestALineThatBreaksInMidSentenceOnAPhone(t *testing.T) {
	p := narrowAt(t, "criticism-critic")
	p.as("m07").press("s").types("学习不够深入，下基层").press("left", "left").types("到")
	p.seats["m07"].drops()
	p.as("m07").press("s").sees("草稿", "学习不够深入，下到基层").types("少。").press("tab", "enter").sees("已提交")
	round, _ := p.State().Round("m07")
	if got := round.Own[0].Text; got != "学习不够深入，下到基层少。" {
		t.Errorf("handed in %q", got)
	}
}

// Whoever comes back sees where a text lies that they have begun.
func TestADraftIsSaidBesideWhomItIsAbout(t *testing.T) {
	p := narrowAt(t, "criticism-critic")
	p.as("m07").seesNo("草稿").press("1", "enter").types("下基层少，\n").press("tab", "3", "enter").sees("写对 党员03 的批评意见  有草稿")
	p.as("m07").press("c").press("5", "enter").types("请多\n写调研")
	p.seats["m07"].drops()
	m := p.as("m07").sees("写对 党员03 的批评意见  有草稿", "有草稿：党员05").press("c").sees("党员05  有草稿")
	m.press("5", "enter").sees("写调研").press("tab", "enter").sees("已提交").seesNo("有草稿：").press("c").seesNo("党员05  有草稿")
}

// On the server a newer terminal ends the older one; until it does both are one
// person, with one ballot and one receipt.
func TestOneMemberAtTwoTerminals(t *testing.T) {
	p := narrowAt(t, "ballot-open")
	one := p.as("m05").press("enter", "1", "1")
	two := p.again("m05").sees("开始填测评票").press("enter").sees("已经填过", "1/7 已填2")
	for range 7 {
		two.press("2")
	}
	two.press("enter", "1", "enter").sees("投了 1 次")
	one.sees("投了 1 次").press("enter").sees("投了 1 次").press("c", "1", "enter").sees("第 1 / 7 页").seesNo("已经填过") // what was begun there is gone
	for range 7 {
		one.press("1")
	}
	one.press("enter", "1", "enter").sees("投了 2 次")
	two.sees("投了 2 次")
	if n := p.State().Vote().Members().Returned.Len(); n != 3 {
		t.Errorf("%d slips", n)
	}

	q := narrowAt(t, "criticism-critic")
	q.as("m07").press("s").types("一个终端上写的")
	q.again("m07").press("s").sees("草稿", "一个终端上写的")
}

func TestAKeyOnItsWayOnAPhone(t *testing.T) {
	p := narrowAt(t, "self-rating")
	m := p.as("m02").sees("给自己评一个等次", "1 优秀")
	p.Does("m03", meeting.Goto{No: 10})
	m.strike("1").strike("enter")
	if r, rated := p.State().SelfRatings.Get("m02"); rated {
		t.Errorf("a key that came late rated %q", r.Grade)
	}
	q := narrowAt(t, "ballot-sealed")
	v := q.as("m01")
	q.Opens()
	v.strike("enter").sees("开始填测评票")
	q.room.Later(grace)
	v.strike("enter").sees("第 1 / 7 页")
}

func TestTheSpeakerLeaves(t *testing.T) {
	p := narrowAt(t, "criticism-critic")
	wall := p.as(meeting.Screen).sees("党员05")
	p.as("m05").sees("说完请选「结束发言」")
	p.seats["m05"].drops() // the phone is off; the floor is still theirs
	chair := p.as("m03").sees("发言：党员05", "已超时").press("a")
	for range 10 {
		if !strings.Contains(chair.reads(), "党员05  已签到") || chair.app.top().(*menu).chosen == "m05" {
			break
		}
		chair.press("down")
	}
	chair.press("enter", "3", "enter", "1", "enter").sees("党员05 正在发言", "请先结束发言").press("esc", "esc", "esc")
	chair.press("y").sees("发言已结束").seesNo("发言：党员05")
	p.Does("m03", meeting.RecordAbsence{ID: "m05", Reason: "公出"})
	wall.seesNo("党员05").sees("下一位：党员07", "实到 6/8") // who came and went was there
	p.as("m05").sees("现在请你：签到").seesNo("结束发言").press("1", "enter").sees("已签到")
	chair.press("enter").seesNo("发言：党员05")
}

// crowd is a branch of so many, some with names that are rare, long, or the same.
func crowd(t *testing.T, n int) *play {
	t.Helper()
	people := branchOf(n)
	for i, name := range []string{"王㛃𬭎", "买买提江吐尔逊阿卜杜热合曼", "", "", "李四", "李四"} {
		if name != "" {
			people[i].Name = name
		}
	}
	p := playIn(t, newRoom(t, "seed-2017", people), 40, 20)
	p.SignsIn()
	p.Does("m03", meeting.Next{})
	return p
}

func TestNamesThatAreRareLongOrTheSame(t *testing.T) {
	p := crowd(t, 8)
	chair := p.as("m03").press("f").sees("王㛃𬭎", "李四 m05", "李四 m06", "买买提江吐尔逊阿卜杜热合曼").press("6", "enter").sees("请 李四 m06 发言")
	if got := p.State().Floor.Speaker; got != "m06" {
		t.Errorf("the floor went to %s", got)
	}
	for !votes(p.State()) {
		p.dutifulBefore(preset.Ballot)
		chair.press("enter")
	}
	m := p.as("m07").press("enter").sees("被评议人：王㛃𬭎").press("1", "1", "1", "1")
	m.sees("被评议人：李四 m05").press("1").sees("被评议人：李四 m06")
	for _, width := range []int{40, 60, 100, 200} {
		m.sized(width, 24)
		fits(t, m, "names", width, 24)
	}
	m.sized(120, 24).sees("李四 m05", "李四 m06", "王㛃𬭎").press("home")
	columns := map[int]bool{}
	for _, l := range m.app.drawn.lines {
		if before, _, ok := strings.Cut(l.Text(), "填　"); ok && !strings.Contains(before, " / ") {
			columns[draw.Cells(before)] = true
		}
	}
	if len(columns) != 1 {
		t.Errorf("the choices stand in the columns %v:\n%s", columns, m.screen())
	}
}

func TestTwoHundredMembers(t *testing.T) {
	p := crowd(t, 200)
	m := p.as("m03").press("f").press("1", "9", "7").sees("> 197 党员197", "上面还有").press("enter").sees("请 党员197 发言")
	p.Does("m03", meeting.YieldFloor{})
	p.ComesTo(preset.Criticism)
	for _, keys := range []string{"a", "f", "u", "i", "d 1 enter", "s", "c 1 enter", "m", "m up enter", "m @records", "m @records 1 enter 1 enter"} {
		for _, size := range sizes {
			m.sized(size.w, size.h).opens("esc esc esc " + keys)
			fits(t, m, keys, size.w, size.h)
			m.press("pgdown", "end")
			fits(t, m, keys, size.w, size.h)
			m.press("esc", "esc", "esc")
		}
	}
	wall := p.as(meeting.Screen)
	fits(t, wall, "the wall", 40, 20)
	p.as("m150").sized(40, 20).press("c", "1", "4", "9", "enter").sees("党员149").types("一条意见").press("tab", "enter").sees("已提交")
}

func TestAnEmptyRosterLeavesNobodyWithoutAnAnswer(t *testing.T) {
	rules := meetingtest.Rules(t, "seed-2017")
	room := newRoom(t, "seed-2017", branchOf(3))
	room.Becomes(meeting.NewState())
	p := playIn(t, room, 40, 20)
	p.as("m01").sees("支部还没有建立")
	p.as(meeting.Screen)
	p.Does(meeting.Keeper, meeting.Found{Branch: meetingtest.SampleBranch(), Rules: rules})
	p.as("m01").sees("名册里没有你").press("enter", "1", "f", "?", "esc").sees("名册里没有你")
	wall := p.as(meeting.Screen).sees("0/0")
	for w := 20; w <= 200; w += 9 {
		wall.sized(w, 24)
		fits(t, wall, "an empty branch", w, 24)
	}
}

// Who scrolled on one page sees what the next one asks: on a phone a voter who had
// read the whole receipt was not asked to confirm it.
func TestANewPageIsNotScrolled(t *testing.T) {
	p := newPlay(t, "seed-2017", 5)
	p.SignsIn()
	p.ComesTo(preset.Ballot)
	p.Opened("m04", "m05")
	for _, id := range []meeting.MemberID{"m01", "m02", "m03", "m04", "m05"} {
		p.Casts(id, 1, 1, 1, 1)
	}
	s := p.as("m02").sized(40, 8)
	p.room.Later(time.Minute)
	s.press("pgdown").sees("上面还有", "按 c 改投")
	p.Closes()
	s.sees("1 核对我的回执")
	p.Confirms()
	s.press("pgdown")
	p.ComesTo(preset.Rating)
	s.sees("议程、材料、我的记录")
}

// What somebody pastes is cut, and cleaned before anybody else is shown it.
func TestAPasteOfAMegabyteReachesNobodyElse(t *testing.T) {
	evil := "\x1b]0;x\a\x1b[31m红\u202e\u200b\x07\r\n"
	flood := tea.PasteMsg{Content: strings.Repeat(evil, 1<<20/len(evil))}
	clean := func(s *seat, what string) {
		t.Helper()
		for _, r := range s.screen() {
			if r != '\n' && draw.DrawableRune(r) < 0 {
				t.Errorf("%s: %U on the screen", what, r)
			}
		}
		fits(t, s, what, 40, 20)
	}
	for _, c := range []struct {
		moment string
		who    meeting.MemberID
		keys   string
		most   int
	}{
		{"criticism-critic", "m02", "1 enter", longText},
		{"criticism-critic", "m07", "s", longText},
		{"study", "m05", "o", longText},
		{"study", "m03", "h", 500},
		{"ballot-open", "m05", "enter r", 200},
		{"told", "m05", "1 enter", longText},
		{"told", "m03", "m @records @kind:ledger 1 enter 1 enter 1 enter", longText},
	} {
		p := narrowAt(t, c.moment)
		s := p.as(c.who).opens(c.keys)
		start := time.Now()
		s.update(flood)
		what := fmt.Sprint(c.moment, " ", c.keys)
		w, ok := s.app.top().(*write)
		if !ok {
			t.Fatalf("%s is no place to write:\n%s", what, s.screen())
		}
		if n := len(w.Text); n == 0 || n > c.most {
			t.Errorf("%s: %d characters are kept", what, n)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: a paste took %v", what, took)
		}
		clean(s, what)
		s.press("tab", "enter", "enter")
		p.room.Later(time.Second)
		for _, who := range []meeting.MemberID{"m03", "m01", meeting.Screen} {
			clean(p.as(who), what+" at "+string(who))
		}
	}
	p := narrowAt(t, "ballot-open")
	p.as("m05").press("enter").update(flood)
	p.as("m05").sees("这里不能粘贴", "第 1 / 7 页").seesNo("> 1")
}
