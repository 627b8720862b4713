package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

func TestAMeetingFromSignInToAdjournmentAtItsTerminals(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 40, 20
	wall := p.as(meeting.Screen).sees("请  签  到", "0/8", "ssh -p 2222")
	for _, id := range []meeting.MemberID{"m01", "m02", "m04", "m05", "m06", "m07", "m08", "g1"} {
		p.as(id).sees("现在请你：签到", "你是").press("1", "enter").sees("已签到")
	}
	chair := p.as("m03").sees("先给自己签到").press("enter").sees("实到 8/8")
	chair.sees("开会，进入「签到」").press("enter").sees("进入下一项「开场」").press("enter").sees("会议记录的开头还缺").press("3", "enter")
	wall.sees("开  场")

	p.as("m05").sees("开场").press("f").sees("准备发言，你是下一位")
	chair.sees("候言：党员05").press("f", "1", "enter").sees("发言：党员05")
	wall.sees("发言：党员05", "限时 10:00")
	chair.press("p").sees("已暂停")
	wall.sees("计时已暂停")
	chair.press("p", "e").sees("11:00")
	p.as("m05").sees("说完请选「结束发言」").press("enter").sees("还没有选").press("1", "enter").sees("发言结束")
	for !at(p.State(), preset.Criticism) {
		chair.press("enter")
	}

	chair.sees("请 党员03 作自我批评").press("enter").sees("自我批评结束")
	p.as("m03").press("v", "s").types("学习不够深入。").press("tab", "enter").sees("已提交").press("tab")
	chair.sees("自我批评结束").press("enter").sees("正在听取对 党员03 的批评意见")
	p.as("m01").sees("对 党员03 提批评意见").press("1", "enter").types("下基层少。").press("tab", "1", "enter").sees("已提交")
	chair.sees("已有 1 人批评过 党员03").press("enter").sees("党员03 表态")
	for !at(p.State(), preset.SelfRating) {
		chair.press("enter")
		if w, ok := chair.app.top().(*write); ok && w.Single {
			chair.types("按预定安排").press("enter")
		}
	}

	for i := 1; i <= 7; i++ {
		s := p.as(meeting.MemberID(fmt.Sprintf("m%02d", i)))
		if s == chair {
			s.press("v")
		}
		s.sees("给自己评一个等次").press("2", "enter").sees("自评已记下：合格")
	}
	chair.sees("进入下一项「民主测评」").press("enter")
	p.as("m08").sees("还没有开始测评")

	chair.press("enter").sees("全部赞成").press("enter").sees("等待 党员01、党员05 封箱")
	for _, id := range []meeting.MemberID{"m01", "m05"} {
		p.as(id).sees("请你封箱").press("enter").sees(" 1 天  2 地  3 玄").press("enter").seesNo("天  2 地").
			types("天地玄黄 宇宙洪荒 日月盈昃").press("enter").seesNo("恢复码不对")
	}
	chair.sees("开始投票").press("enter", "enter").sees("正在投票")
	wall.sees("票箱指纹", "监票人")
	for i := 1; i <= 8; i++ {
		s := p.as(meeting.MemberID(fmt.Sprintf("m%02d", i)))
		if s == chair {
			s.press("v")
		}
		s.sees("民主测评", "任何人不能单独打开").press("enter")
		for range 7 {
			s.press("2")
		}
		s.sees("都填好了").press("enter", "1").sees("测评票已经投进票箱", "回执")
		if s != chair {
			s.press("enter").sees("测评票已经投进票箱")
		}
	}
	chair.sees("Enter 回主持台").press("enter").sees("收回 8 张").press("enter", "enter").sees("投票结束")
	p.as("m07").sees("看回执公示").press("e").sees("已在公示中找到")
	chair.press("enter").sees("已当场询问，无人提出异议").press("enter").sees("Enter 核对回执完毕").press("enter", "1", "enter").sees("已核对回执 1 / 8 人")
	chair.press("enter")
	for _, id := range []meeting.MemberID{"m01", "m05"} {
		p.as(id).sees("请你开箱").press("enter", "1")
	}
	p.as("m07").sees("等主持人宣布收发票数").seesNo("由党组织掌握", "合格 8")
	chair.sees("宣布收发票数").press("enter").sees("没有任何结果", "不能收回").press("enter").sees("已宣布收发票数")
	p.as("m07").sees("测评结果由党组织掌握").seesNo("合格 8")
	wall.sees("发出 8 张，收回 8 张").seesNo("合格")
	chair.sees("进入下一项「组织评定」").press("enter").sees("打开评定表").press("enter")
	for range 7 {
		chair.press("2", "enter")
	}
	chair.press("enter", "enter").sees("评定表已提交").press("esc")
	p.as("m05").seesNo("合格 7")
	for p.State().Phase == meeting.Live {
		chair.press("enter")
	}
	chair.sees("会议已经结束")
	p.as("m01").sees("会议已经结束", "你的回执")
	wall.sees("会  议  已  经  结  束")
}

// enter presses Enter at the console until the meeting is over, while the
// others do what the meeting waits for.
func TestEnterAloneRunsTheMeeting(t *testing.T) {
	for _, id := range preset.IDs() {
		t.Run(id, func(t *testing.T) {
			p := newPlay(t, id, 8)
			chair := p.as("m03")
			for i := 0; p.State().Phase != meeting.After; i++ {
				if i > 200 {
					t.Fatalf("the meeting does not end:\n%s", chair.screen())
				}
				p.dutiful()
				chair.press("enter")
			}
			for _, it := range p.State().Agenda {
				if it.Status != meeting.Done {
					t.Errorf("%s is %q", it.Title, it.Status)
				}
			}
		})
	}
}

// The facilitator presses Enter, and a digit where a page is about a person or
// asks for one. The others do what the meeting waits for; the facilitator's own
// ballot and self-rating are theirs. No page comes twice.
func TestEnterAndDigitsRunTheMeetingInNoCircle(t *testing.T) {
	for _, id := range preset.IDs() {
		t.Run(id, func(t *testing.T) {
			p := newPlay(t, id, 8)
			chair := p.as("m03")
			seen := map[string]bool{}
			for p.State().Phase != meeting.After {
				p.dutifulBut("m03")
				_, page, _ := strings.Cut(chair.screen(), "\n") // without the clock
				if page = fmt.Sprint(p.State().Chronicle.Len(), page); seen[page] {
					t.Fatalf("again:\n%s", chair.screen())
				}
				seen[page] = true
				chair.press(chair.asked()...)
			}
			if v := p.State().Vote(); v != nil {
				if !v.Members().Returned.Has("m03") {
					t.Error("the facilitator's own vote was passed by")
				}
			}
			if p.State().Rules.OnAgenda(preset.SelfRating) && p.State().SelfRatings.Of("m03").Grade == "" {
				t.Error("the facilitator's own self-rating was passed by")
			}
			for _, it := range p.State().Agenda {
				if it.Status != meeting.Done || it.Reason != "" {
					t.Errorf("%s is %q: %s", it.Title, it.Status, it.Reason)
				}
			}
		})
	}
}

// asked are the keys for which the page asks: a digit for what is said about a
// person or the room, and else Enter.
func (s *seat) asked() []string {
	switch l := s.app.top().(type) {
	case *voting:
		if l.begun && l.leaf >= 0 && !l.handedIn(s.app) {
			s.sees("1 到 4、0 选择")
			return []string{"2"}
		}
	case *menu:
		list := l.offered(s.app)
		switch {
		case l.direct && list[l.At].label == chinese.Common.NoBack:
			s.sees("1 是，")
			return []string{"1"}
		case len(list) > 0 && list[0].states:
			s.sees("2 合格")
			return []string{"2", "enter"}
		}
	}
	return []string{"enter"}
}

// Whoever passes pages of their ballot by is not led through them again and
// again.
func TestEnterOnABallotEndsAtHandingIn(t *testing.T) {
	p := momentOf(t, "ballot-open")
	s := p.as("m04").press("enter")
	for range 2 * len(p.State().ToGrade()) {
		s.press("enter")
	}
	s.sees("还有 7 项没有填").press("enter", "enter", "enter").sees("> 8 提交").press("enter").sees("提交", "2 不，回去").press("enter").sees("> 8 提交")
}

// dutiful does what the meeting waits for from everybody, but the facilitator
// signs in.
func (p *play) dutiful() { p.dutifulBut("") }

// dutifulBut is dutiful, but one person rates themself and votes at their
// terminal.
func (p *play) dutifulBut(own meeting.MemberID) {
	others := func(ids []meeting.MemberID) []meeting.MemberID {
		return slices.DeleteFunc(slices.Clone(ids), func(id meeting.MemberID) bool { return id == own })
	}
	for _, m := range p.State().Roster {
		if meeting.May(p.State(), m.ID, meeting.ActSignIn) == nil && m.ID != "m03" {
			p.Does(m.ID, meeting.SignIn{})
		}
	}
	switch it, _ := p.State().Item(); it.Kind {
	case preset.SelfRating:
		for _, id := range others(p.State().Unrated()) {
			p.Does(id, meeting.RateSelf{Grade: "合格"})
		}
	case preset.Ballot, preset.Tally:
		p.Seals(p.State().Sealers()...)
		if votes(p.State()) {
			p.votes(others(p.State().Vote().Missing())...)
		}
		if v := p.State().Vote(); v != nil && v.State == meeting.BoxClosed {
			p.Unseals(v.Unsealers()...)
		}
	case preset.Rating:
		for _, id := range p.State().Ungraded() {
			p.Does("m02", meeting.Rate{ID: id, Grade: "合格", Reason: "综合平时表现"})
		}
	}
}

func TestTheCommitteesOwnBallotIsTheLastPage(t *testing.T) {
	p := newPlay(t, "regulation-2018", 8)
	chair := p.as("m03")
	for !votes(p.State()) {
		p.dutifulBefore(preset.Ballot)
		chair.press("enter")
	}
	m := p.as("m05").press("enter")
	for range 7 {
		m.press("1")
	}
	m.sees("被评议的班子：支部班子", "3 一般").press("3", "enter", "y").sees("抄下这 8 个")
}

// dutifulBefore is dutiful, but nobody votes.
func (p *play) dutifulBefore(kind string) {
	if at(p.State(), kind) && votes(p.State()) {
		return
	}
	p.dutiful()
}

func TestALatecomerIsToldWhyThereIsNoBallot(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.as("m06").sees("现在请你：签到", "你是").press("1", "enter").sees("投票开始以后才签到")
}

func TestABrokenLineLosesNoSentence(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	p.as("m02").press("1", "enter").types("调查研究不够").press("enter").types("建议多听意见")
	p.seats["m02"].drops()
	p.as("m02").press("1", "enter").sees("草稿", "调查研究不够", "建议多听意见").press("tab", "enter").sees("已提交")
	round, _ := p.State().Round("m03")
	if got := round.Criticisms[len(round.Criticisms)-1].Text; got != "调查研究不够\n建议多听意见" {
		t.Errorf("handed in %q", got)
	}
	p.as("m02").press("1", "enter").seesNo("调查研究")
}

// The line breaks after a text was recorded and before its writer hears of it:
// the draft is there, and handed in again it is recorded once. Changed, it is
// another text.
func TestATextHandedInAgainIsRecordedOnce(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	criticisms := func() int {
		round, _ := p.room.State().Round("m03")
		return len(round.Criticisms)
	}
	before := criticisms()
	p.room.Lost = errors.New("the line broke")
	p.as("m02").press("1", "enter").types("调查研究不够").press("tab", "enter")
	p.seats["m02"].drops()
	p.room.Lost = nil
	p.as("m02").press("1", "enter").sees("草稿", "调查研究不够").press("tab", "enter").sees("已提交")
	if n := criticisms() - before; n != 1 {
		t.Fatalf("recorded %d times", n)
	}
	p.room.Lost = errors.New("the line broke")
	p.as("m02").press("1", "enter").types("多听意见").press("tab", "enter")
	p.seats["m02"].drops()
	p.room.Lost = nil
	p.as("m02").press("1", "enter").types("，多走访").press("tab", "enter").sees("已提交")
	if n := criticisms() - before; n != 3 {
		t.Fatalf("%d recorded, want also the text as it was changed", n)
	}
}

// What cannot be read anew is shown as it was, and every screen says so.
func TestEveryScreenSaysThatItMayBeBehind(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	for _, who := range []meeting.MemberID{"m02", "m03", meeting.Screen} {
		p.as(who).seesNo("可能不是最新的")
	}
	p.room.Behind = errors.New("the network is away")
	p.settle()
	for _, who := range []meeting.MemberID{"m02", "m03", meeting.Screen} {
		p.as(who).sees("这里可能不是最新的", "正在重试")
	}
	p.as("m02").press("1", "enter").sees("这里可能不是最新的")
	p.room.Behind = nil
	p.settle()
	p.as("m02").seesNo("可能不是最新的")
}

// The clock of the machine is set during the meeting. The console says so, and
// what to check; nobody else is bothered.
func TestTheConsoleSaysThatTheClockWasSet(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	chair := p.room.State().Chair()
	p.as(chair).seesNo("本机的时钟")
	p.room.Jump = 5*24*time.Hour + time.Minute
	p.settle()
	p.as(chair).sees("本机的时钟忽然快了 5 天", "请核对本机的日期和时间")
	p.as("m02").seesNo("本机的时钟")
	p.as(meeting.Screen).seesNo("本机的时钟")
	p.room.Jump = -2 * time.Hour
	p.settle()
	p.as(chair).sees("本机的时钟比会议的记录慢 2 小时")
	p.room.Jump = 0
	p.settle()
	p.as(chair).seesNo("本机的时钟")
}

// While nothing is recorded every screen says so with the reason, and when that
// is over it is gone. That the disk is nearly full is for the console only.
func TestEveryScreenSaysThatNothingIsRecorded(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	chair := p.room.State().Chair()
	p.room.Behind = broken{"store.stopped", nil, broken{"bolt.full", nil, errors.New("no space left on device")}}
	p.settle()
	for _, who := range []meeting.MemberID{chair, "m02", "m03", meeting.Screen} {
		p.as(who).sees("起什么都记不下来：磁盘满了", "已经记下的都在").seesNo("no space")
	}
	p.room.Behind = broken{"store.low", []string{"150"}, nil}
	p.settle()
	p.as(chair).sees("只剩 150 MB")
	for _, who := range []meeting.MemberID{"m02", meeting.Screen} {
		p.as(who).seesNo("什么都记不下来").seesNo("150 MB")
	}
	p.room.Behind = nil
	p.settle()
	p.as(chair).seesNo("150 MB")
}

// The beginning of what is wrong, with its reason, stands in the smallest window
// too, the worse first, and beside it what Enter does.
func TestTheSmallestWindowSaysWhatIsWrong(t *testing.T) {
	for _, size := range sizes {
		p := momentOf(t, "criticism-critic")
		p.width, p.height = size.w, size.h
		chair := p.room.State().Chair()
		p.room.Jump = 5 * 24 * time.Hour
		p.settle()
		p.as(chair).sees("本机的时钟忽然快了 5 天", "> Enter")
		p.room.Behind = broken{"store.stopped", nil, broken{"bolt.full", nil, errors.New("no space left on device")}}
		p.settle()
		p.as(chair).sees("起什么都记不下来：磁盘满了", "> Enter")
		for _, who := range []meeting.MemberID{"m02", meeting.Screen} {
			p.as(who).sees("起什么都记不下来：磁盘满了")
		}
	}
}

// A phone that shows something else for a moment loses its line. What was filled
// in is not lost, and is not seen again either.
func TestABrokenLineKeepsABallotCovered(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.as("m05").press("enter", "1", "4")
	p.seats["m05"].drops()
	m := p.as("m05").press("enter").sees("1/7 已填2", "已经填过")
	m.press("o", "v").sees("还有 5 项没有填").seesNo("优秀", "不合格")
	for range 5 {
		m.press("enter", "2")
	}
	m.press("v").sees("合格").seesNo("优秀", "不合格").press("end", "enter", "y").sees("抄下这 8 个")
	if got := p.room.GradesOf("m05"); got["m01"] != "优秀" || got["m02"] != "不合格" || got["m07"] != "合格" {
		t.Errorf("cast %v", got)
	}
	if n := len(p.drafts.ballots); n != 0 {
		t.Errorf("%d ballots are kept after the vote", n)
	}
}

// Nothing of a vote that is over stays in the server's memory.
func TestABallotThatWasBegunIsWipedWithTheVote(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.as("m05").press("enter", "1", "4")
	kept := p.drafts.ballots["m05"].picks
	p.as("m03")
	p.Does("m03", meeting.Void{Reason: "名单有误"})
	p.settle()
	if len(p.drafts.ballots) > 0 || kept[0] != 0 || kept[1] != 0 {
		t.Errorf("%v is kept", kept)
	}
}

// One slip of a finger loses no ballot.
func TestLeavingWithABallotIsAskedFirst(t *testing.T) {
	for _, key := range []string{"ctrl+c", "q"} {
		p := momentOf(t, "ballot-open")
		m := p.as("m05").press("enter", "1", "2", key).sees("已填 2 项还没有提交")
		if m.left {
			t.Fatalf("%s leaves at once", key)
		}
		if m.press(key); !m.left {
			t.Errorf("%s twice does not leave", key)
		}
	}
}

// The keys of a ballot: one to begin, one for each row, and two to hand in.
func TestABallotOfNTakesNPlusThreeKeys(t *testing.T) {
	for _, n := range []int{15, 60} {
		for _, width := range []int{40, 120} {
			p := playIn(t, newRoom(t, "seed-2017", branchOf(n)), width, 20)
			p.SignsIn()
			p.Does("m03", meeting.Next{})
			p.ComesTo(preset.Ballot)
			p.Does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m05", "m07"}, Hands: &meeting.Hands{Yes: n - 1}})
			p.Seals("m05")
			p.Seals("m07")
			p.Opens()
			m := p.as("m01").press("enter")
			rows := m.app.sheetOf().pages()
			for range rows {
				m.press("2")
			}
			m.press("enter", "y").sees("抄下这 8 个") // rows + 3 keys
		}
	}
}

// A worn or held digit is one choice; different digits in one read are one each.
func TestADigitThatBouncesCountsOnce(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.as("m05").press("enter")
	m.strike("2")
	for range 100 {
		m.room.Later(40 * time.Millisecond)
		m.strike("2")
	}
	m.sees("2/7 已填1")
	m.room.Later(bounce)
	m.strike("2").strike("1").strike("3").strike("3").sees("5/7 已填4")
}

// Somebody rests on Enter: no page is passed over.
func TestAHeldEnterPassesNoPage(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.as("m05").press("enter", "enter").sees("还没有选")
	m.holdsEnter()
	m.sees("第 1 / 7 页").press("enter").sees("第 2 / 7 页")
}

func TestTheMeetingMovesOnWhileSomebodyWrites(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	m := p.as("m02").press("1", "enter").types("调查研究不够")
	p.as("m03").press("enter") // the next speaker: the text stays open
	m.sees("调查研究不够").types("，建议").sees("调查研究不够，建议")
	p.Does("m03", meeting.Goto{No: 10})
	p.Does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m02", "m05"}})
	m.sees("请你封箱", "留作草稿")
	p.Does("m03", meeting.Goto{No: 7}, meeting.Turn{ID: "m03"}, meeting.Advance{})
	p.as("m07").press("c", "1", "enter") // somebody else's draft is not mine
	p.as("m07").seesNo("调查研究")
}

func TestTheBoxClosesWhileSomebodyFillsTheBallotIn(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.as("m01").press("c", "1", "enter", "1", "enter", "2")
	sheet := m.app.sheet
	p.Closes()
	m.sees("投票已经结束", "没有提交")
	for _, pick := range sheet.picks {
		if pick != unset {
			t.Fatal("choices outlive the vote")
		}
	}
}

func TestAKeyOnItsWayDoesNotCountOnAScreenThatHasJustChanged(t *testing.T) {
	p := momentOf(t, "ballot-sealed")
	m := p.as("m01").sees("申请发言")
	p.Opens()
	m.sees("开始填测评票").strike("enter").sees("开始填测评票")
	for range 40 { // a key that is held down, on a keyboard that repeats it slowly
		p.room.Later(100 * time.Millisecond)
		m.strike("enter").sees("开始填测评票")
	}
	p.room.Later(grace - time.Millisecond)
	m.strike("enter").sees("开始填测评票")
	p.room.Later(grace)
	m.strike("enter").sees("第 1 / 7 页")
}

// Whose key was not taken is told for a moment; what was said before stands there
// again.
func TestAKeyThatCameTooSoonIsSaidNotToCount(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m, wall := p.as("m05").press("enter", "1"), p.as(meeting.Screen)
	p.Closes()
	m.sees("投票已经结束，你正在填的这张没有提交").strike("2").sees("页面刚变，刚才按的没有算").seesNo("没有提交")
	if m.app.beat == 0 || m.app.beat > blink {
		t.Errorf("the screen wakes after %v", m.app.beat)
	}
	m.waits(blink).seesNo("页面刚变").sees("没有提交")
	p.Does("m03", meeting.Goto{No: 3})
	m.strike("?").sees("页面刚变").press("?").sees("这一页").seesNo("页面刚变")
	wall.strike("x").seesNo("页面刚变")
}

func TestADoubleEnterTakesOneStep(t *testing.T) {
	p := momentOf(t, "study")
	p.room.Later(time.Second)
	p.as("m03").strike("enter").strike("enter").sees("发言：党员05", "> Enter 请 党员01 发言")
	q := momentOf(t, "ballot-open")
	q.room.Later(time.Second)
	q.as("m03").strike("enter").strike("enter").sees("开始填测评票")
}

// While ballots are missing Enter at the console waits, after it has led the
// facilitator to their own; who ends the vote before says so, and why.
func TestTheBoxIsNotClosedByEnterWhileBallotsAreMissing(t *testing.T) {
	p := momentOf(t, "ballot-open") // two of six have voted
	chair := p.as("m03").sees("你自己还没有投票：现在去").press("enter").sees("开始填测评票")
	p.votes("m03")
	chair.press("tab").sees("等待 3 人投票")
	for range 20 {
		chair.press("enter").sees("等待 3 人投票", "要提前结束请按 k").seesNo("结束投票？")
	}
	chair.press("k").sees("结束投票？", "还有 3 人没有投", "收回只有 3 张，不足 5 张", "票箱就永远不打开", "> 2 不，回去").press("enter").sees("等待 3 人投票")
	chair.press("k", "1", "enter").sees("还有 3 人没有投票", "理由记入会议记录").press("enter").sees("还没有写内容")
	p.votes("m04", "m05")
	chair.types("一人因公先走").press("enter").sees("投票结束")
	if v := p.State().Vote(); v.State != meeting.BoxClosed || len(v.Missing()) != 1 {
		t.Errorf("%s, %d missing", v.State, len(v.Missing()))
	}

	p = momentOf(t, "ballot-open")
	p.votes("m03", "m04", "m05", "m07")
	p.as("m03").sees("Enter 结束投票").press("enter").sees("结束投票？", "> 1 是").seesNo("没有投", "永远不打开").press("enter").sees("投票结束")
}

func TestAQuestionFallsWhenTheRoomHasMovedOn(t *testing.T) {
	p := momentOf(t, "ballot-open")
	chair := p.as("m03").press("k").sees("结束投票？")
	p.Does("m03", meeting.Void{Reason: "名单有误"}) // another console
	chair.sees("现场有了变化", "已经作废").seesNo("结束投票？")
}

func TestEveryKeyThatDoesNotWorkSaysWhy(t *testing.T) {
	p := momentOf(t, "study")
	p.as("m03").press("=").sees("现在没有用").press("o").sees("不能再预演").press("s").sees("到「民主测评」这一项").press("t").sees("「组织评定」")
	p.as("m02").press("y").sees("现在不是你发言")
	p.as("g1").press("f").press("f").sees("已经在候言名单里").press("1", "enter").sees("已退出候言")
}

func TestFullWidthTwinsAndCapitalsAreTheSameKeys(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.as("m01").press("ｃ").press("１").press("２").sees("上一位 党员01：合格").press("ｂ")
	p.as("m05").press("enter", "３").sees("上一位 党员01：基本合格").press("？").sees("帮助").press("Q", "q")
	if !p.seats["m05"].left {
		t.Error("q twice does not leave")
	}
}

func TestSeveralCharactersInOnePressAreSeveralKeys(t *testing.T) {
	p := momentOf(t, "study")
	p.room.Later(time.Second)
	p.as("m03").strike("m12").sees("> 12 回到上一项")
	p.as("m03").press("esc", "n").types("enter").sees("enter")
}

func TestNothingOfAVoteReachesTheWallOrTheOthers(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.as("m05").press("enter", "1", "enter", "4", "enter")
	for _, who := range []meeting.MemberID{"m03", "m02", "m07", "g1", meeting.Screen} {
		p.as(who).seesNo("不合格", "党员04、党员05") // a grade, a list of who is missing
	}
	p.as("m05").press("b").seesNo("> 4")
}

// holdsEnter keeps Enter down for four seconds.
func (s *seat) holdsEnter() {
	for range 100 {
		s.room.Later(40 * time.Millisecond)
		s.strike("enter")
	}
}

// What others see, and what says something about a person, is selected first.
func TestAHeldEnterRatesNobodyAndAsksForNothing(t *testing.T) {
	for moment, who := range map[string]meeting.MemberID{"study": "m05", "self-rating": "m02", "ballot-sealed": "m01"} {
		p := momentOf(t, moment)
		before := p.State()
		p.as(who).press("enter").sees("还没有选").holdsEnter()
		if p.State() != before {
			t.Errorf("%s: a held Enter moved the meeting", moment)
		}
	}
	p := momentOf(t, "study")
	m := p.as("m02").press("1", "enter").sees("等候发言")
	before := p.State()
	if m.holdsEnter(); p.State() != before {
		t.Error("a held Enter took the request back")
	}
}

// Somebody's finger stays on Enter for four seconds with a ballot filled in.
func TestAHeldEnterHandsNoBallotIn(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.as("m05").press("enter")
	for range 7 {
		m.press("2")
	}
	m.sees("都填好了").holdsEnter()
	if n := p.State().Vote().Members().Returned.Len(); n != 2 {
		t.Errorf("%d ballots are in the box", n)
	}
	p.as("m01").sees("投了 1 次").holdsEnter()
	p.as("m01").sees("投了 1 次", "回执")
}

func TestARevoteReplacesTheBallot(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.as("m01").sees("测评票已经投进票箱", "投了 1 次").press("enter", "1", "enter").sees("投了 1 次").press("c", "enter").sees("投了 1 次").press("c", "1", "enter").sees("第 1 / 7 页", "上一张仍然有效").press("esc").sees("投了 1 次").press("c", "1", "enter")
	for range 7 {
		m.press("1")
	}
	m.press("enter", "1", "enter").sees("投了 2 次")
	if n := p.State().Vote().Members().Returned.Len(); n != 2 {
		t.Errorf("%d slips", n)
	}
}

func TestAMaskedOverviewShowsItselfUntilTheNextKey(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.as("m05").press("enter")
	for range 7 {
		m.press("4")
	}
	m.press("up").seesNo("不合格").press("v").sees("不合格").press("up").seesNo("不合格").press("v").sees("不合格")
	p.room.Later(shown)
	m.update(tickMsg{m.app.pending})
	m.seesNo("不合格")
}

func TestAWrongCodeSealsNothing(t *testing.T) {
	p := momentOf(t, "ballot-sealing")
	p.as("m05").press("enter", "enter").types("天地玄黄").press("enter").sees("恢复码是 12 个字，你输入了 4 个").types("宇宙洪荒日月盈昃").press("enter").sees("已经封箱")
	p.room.Forgets("m07")
	p.as("m07").press("enter", "enter").press("tab").sees("请你封箱").seesNo("天  2 地")
}

// The whole code is in sight on a phone, numbered; it stays the same until the
// box is sealed, and a wrong word is named.
func TestTheRecoveryCodeIsCopiedOnAPhone(t *testing.T) {
	for _, height := range []int{8, 12, 20} {
		p := momentOf(t, "ballot-sealing")
		p.width, p.height = 40, height
		m := p.as("m05").press("enter").sees(" 1 天  2 地  3 玄  4 黄  5 宇  6 宙\n 7 洪  8 荒  9 日 10 月 11 盈 12 昃")
		m.press("enter").sees("同一个").types("天地玄黄宇宙洪荒日月盈仄").press("enter").sees("第 12 个字不对")
		m.press("tab", "enter").sees(" 1 天  2 地", "12 昃")
	}
	p := momentOf(t, "ballot-sealing")
	m := p.as("m05").sees("用读屏软件的请先戴耳机").press("enter").sees("改用英文单词").press("l").seesNo("天  2 地").sees(" 1 attend").press("l").sees("12 昃")
	m.press("enter").types(meetingtest.GoodCode).press("enter").sees("已经封箱")
	h := momentOf(t, "ballot-sealing").plainly("m05").hears("请先戴耳机").hearsNo("天")
	h.types("").hears(" 1 天  2 地  3 玄", "看完请清屏")
}

func TestTheEnglishWordsOfARecoveryCode(t *testing.T) {
	if got, want := LatinCode("枪疫霉尝俩闹饿贤枪疫霉卿"), "legal winner thank year wave sausage worth useful legal winner thank yellow"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAfterARestartTheCodeOpensTheBox(t *testing.T) {
	p := momentOf(t, "ballot-confirmed")
	p.room.Forgets("m05")
	m := p.as("m05").sees("服务器重启过").press("enter").sees("码丢了请告诉主持人：只能作废重投").types("天地").press("enter").sees("你输入了 2 个")
	m.types(strings.TrimPrefix(meetingtest.GoodCode, "天地")).press("enter").seesNo("请你开箱")
}

// After the meeting the server keeps no key, and nothing can be voided any more.
func TestAfterTheMeetingTheCodeOpensTheBox(t *testing.T) {
	p := momentOf(t, "ballot-confirmed")
	p.Does("m03", meeting.Goto{No: len(p.State().Agenda)}, meeting.Next{Reason: "先散会"})
	p.room.Forgets("m05")
	m := p.as("m05").sees("散会以后服务器不留钥匙", "写进情况报告").seesNo("重启过").press("enter").sees("码丢了就开不了箱").seesNo("作废重投")
	m.types(meetingtest.GoodCode).press("enter").seesNo("请你开箱")
}

func TestTheCapAsksForAReason(t *testing.T) {
	p := momentOf(t, "rating")
	m := p.as("m02").sees("还可 1 名").press("3", "down", "down")
	m.press("1", "enter").sees("请写明理由").press("enter").sees("还没有写内容").types("带头参加突击队").press("enter").sees("党员03 评定为 优秀", "还可 0 名")
	m.press("1", "enter").sees("请写明理由").press("tab").seesNo("党员04 评定")
	if p.State().Ratings.Has("m04") {
		t.Error("graded without the reason")
	}
}

func TestTheFacilitatorRecordsForThoseWithoutATerminal(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	p.as("m03").press("d", "1", "enter", "3", "enter").types("对群众来信答复慢。").press("tab", "enter").sees("已记下")
	round, _ := p.State().Round("m03")
	last := round.Criticisms[len(round.Criticisms)-1]
	if last.From != "m01" || last.By != "m03" {
		t.Errorf("recorded %+v", last)
	}
	q := momentOf(t, "sign-in")
	q.as("m03").press("a", "1", "enter", "2", "enter", "2", "enter").sees("党员07 缺席（病假），已记下", "记谁的签到")
	if got := q.State().Attendance.Of("m07"); !got.Written || got.Reason != "病假" {
		t.Errorf("recorded %+v", got)
	}
}

func TestHandsAreCountedBeforeTheyAreRecorded(t *testing.T) {
	p := momentOf(t, "study")
	p.as("m03").press("h").types("通过整改措施").press("enter").press("5", "enter", "1", "enter", "enter", "enter").sees("表决结果已记下")
	if got := p.State().Resolutions[0]; got.Hands != (meeting.Hands{Yes: 5, No: 1}) || got.Text != "通过整改措施" {
		t.Errorf("recorded %+v", got)
	}
	p.as("m03").press("h").types("再议").press("enter", "up", "up", "7", "enter", "enter").sees("举手合计")
}

func TestGoingToAnItemAndBack(t *testing.T) {
	p := momentOf(t, "study")
	p.as("m03").press("g", "9", "enter").sees("跳到「个人自评」？", "离开「学习」", "> 2 不，回去").press("1").sees("第 9/14 项").press("b", "1").sees("第 8/14 项").press("k", "1").sees("第 9/14 项")
}

// Another item cuts short what goes on; the console says so before.
func TestLeavingARoundSaysWhatIsCutShort(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	left := []string{"对 党员03 的评议停在听取批评意见，没有完。", "还没有自我批评 6 位，还没有批评过别人 5 位。", "党员05 的发言到此为止。", "候言的要重新申请：党员07。"}
	chair := p.as("m03").press("b").sees(left...).press("2", "k").sees(left...).press("2", "g").press("9", "enter").sees(left...)
	chair.press("1").sees("第 9/14 项").press("g", "1", "enter").seesNo("到此为止", "没有完")
}

// The chair ends the speech of somebody while they wait for the floor themself.
func TestAChairWhoWaitsEndsASpeech(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m03", meeting.AskFloor{})
	p.as("m03").press("y").sees("发言已结束", "候言：党员05、党员01、党员03")
}

// Who jumps over the self-ratings is told that they are not done.
func TestAJumpOverTheSelfRatings(t *testing.T) {
	p := momentOf(t, "study")
	p.comes(preset.SelfRating)
	chair := p.as("m03").press("v", "tab").press("g").press("1", "3", "enter")
	chair.sees("离开「个人自评」", "还没有个人自评 6 位。", "「个人自评」算没有做完。").press("1").sees("第 13/14 项")
	if it := p.Item(preset.SelfRating); it.Status != meeting.Pending {
		t.Errorf("the self-ratings are %q", it.Status)
	}
}

func TestAVoteThatIsVoidAtTheTallyLeadsBackToTheVote(t *testing.T) {
	p := momentOf(t, "ballot-confirmed")
	p.ComesTo(preset.Tally)
	chair, wall := p.as("m03"), p.as(meeting.Screen)
	p.Does("m03", meeting.Void{Reason: "重来"})
	chair.sees("> Enter 回到「民主测评」重新投票").seesNo("Enter 进入下一项")
	wall.sees("这次测评作废").seesNo("推选监票人", "重来")
	chair.press("enter").sees("> Enter 推选监票人")
	wall.sees("这次测评作废", "推选监票人")
	q := momentOf(t, "ballot-confirmed")
	q.as("m03").press("b").sees("1 是，到上一项", "2 不，回去").press("1").sees("个人自评").press("k").sees("进入下一项「民主测评」？")
}

func TestNamingTheRecorder(t *testing.T) {
	p := momentOf(t, "study")
	p.as("m05").seesNo("写会议记录")
	p.as("m03").press("c", "1", "enter", "5", "enter").sees("党员05 担任记录人")
	p.as("m05").sees("写会议记录").press("n").types("讨论热烈").press("tab", "enter").sees("已记入会议记录")
}

func TestAFailureToRecordIsSaidAndChangesNothing(t *testing.T) {
	p := momentOf(t, "study")
	p.room.Broken = errors.New("disk full at /var/lib")
	p.as("m03").press("enter").sees("没有能够记下来").seesNo("/var").sees("第 3/14 项")
}

func TestLeavingTheConsoleIsAskedFirst(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.as("m03").press("ctrl+c").sees("再按一次 Ctrl+C")
	if chair.left {
		t.Fatal("left at once")
	}
	chair.press("p", "ctrl+c")
	if chair.left {
		t.Fatal("left although another key came between")
	}
	if chair.press("ctrl+c"); !chair.left {
		t.Error("does not leave")
	}
	if m := p.as("m05").press("ctrl+c").sees("会议照常进行"); m.left {
		t.Error("a member leaves at once")
	}
}

func TestAStrangerIsToldSo(t *testing.T) {
	p := momentOf(t, "study")
	p.as("x99").sees("名册里没有你")
}

func TestAPasteOfAMegabyteIsCutAndCleaned(t *testing.T) {
	p := momentOf(t, "study")
	m := p.as("m03").press("n")
	m.update(tea.PasteMsg{Content: strings.Repeat("学\x1b[31m习\u202e\r\n", 1<<17)})
	m.sees("最多 5000 个字")
	w := m.app.top().(*write)
	if len(w.Text) > longText || strings.ContainsAny(string(w.Text), "\x1b\u202e\r") {
		t.Errorf("%d characters are kept", len(w.Text))
	}
	p.as("m05").update(tea.PasteMsg{Content: "x"})
	p.as("m05").sees("这里不能粘贴")
}

func TestNamesAndTextsOfOthersCannotReachATerminal(t *testing.T) {
	p := momentOf(t, "study")
	people := []meeting.Member{{ID: "m05", Name: "党\x1b[2J员\u202e㛃𬭎", Kind: meeting.Formal}}
	p.room.Happens(meeting.Keeper, meeting.RosterImported{People: people})
	for _, who := range []meeting.MemberID{"m03", "m05", "m07", meeting.Screen} {
		s := p.as(who).sees("党[2J员㛃𬭎")
		for _, r := range s.screen() {
			if r != '\n' && draw.DrawableRune(r) < 0 {
				t.Errorf("%s is sent %U", who, r)
			}
		}
	}
}

func TestTheWallTellsWhatTheRulesAnnounceAndNoMore(t *testing.T) {
	for _, c := range []struct {
		announce    string
		shows, says []string // on the wall, and to a member
		hides       []string
	}{
		{preset.AnnounceNone, []string{"由党组织掌握"}, []string{"由党组织掌握"}, []string{"优秀", "党员01"}},
		{preset.AnnounceCounts, []string{"优秀 1 名，合格 6 名"}, []string{"优秀 1 名，合格 6 名"}, []string{"党员01"}},
		{preset.AnnounceExcellent, []string{"得票最多的等次是优秀、在上限以内的党员", "党 员 01"}, []string{"得票最多的等次是优秀、在上限以内的：党员01"}, []string{"党员02", "党 员 02", "合格"}},
		{preset.AnnounceFull, []string{"党员07", "6/6 100.0%"}, []string{"党员07", "合格 6，基本合格 0，不合格 0，弃权 0（收回 6）"}, nil},
	} {
		p := momentOf(t, "tally")
		s, rules := *p.State(), *p.State().Rules
		rules.Announce = c.announce
		s.Rules = &rules
		p.room.Becomes(&s)
		p.Does("m03", meeting.Announce{})
		p.as(meeting.Screen).sees("发出 6 张，收回 6 张").sees(c.shows...).seesNo(c.hides...)
		p.as("m01").sees(c.says...)
	}
}

func TestTheWallCountsInStepsInALargeBranch(t *testing.T) {
	for _, c := range []struct{ n, of, want int }{{13, 14, 13}, {7, 60, 6}, {59, 60, 54}, {60, 60, 60}, {0, 60, 0}} {
		if got := steps(c.n, c.of); got != c.want {
			t.Errorf("steps(%d, %d) = %d, want %d", c.n, c.of, got, c.want)
		}
	}
}

func TestTheChosenPersonStaysChosenWhileOthersComeAbove(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.as("m03").press("f").press("6").sees("> 6 党员07")
	p.Does("m02", meeting.AskFloor{})
	p.Does("m07", meeting.AskFloor{})
	chair.sees("> 4 党员07").press("enter").sees("打断发言，请 党员07？").press("1").sees("发言：党员07")
}

// Between closing and unsealing voters find their receipts; the console ends it
// with one digit when the room was asked.
func TestReceiptsAreConfirmedBeforeTheBoxIsOpened(t *testing.T) {
	p := momentOf(t, "ballot-closed")
	p.as("m05").sees("核对我的回执", "关箱链头 #").press("1", "enter").sees("已在公示中").seesNo("核对我的回执")
	p.as(meeting.Screen).sees("已核对回执 1 / 6 人", "关箱链头 #")
	c := p.as("m03").sees("已核对回执 1 / 6 人", "Enter 核对回执完毕").press("enter").sees("还没有核对的", "已当场询问，无人提出异议")
	c.press("1", "enter").seesNo("核对回执完毕，准备开箱")
	if got := p.State().Vote().Confirmed; got == nil || got.Reason != "已当场询问，无人提出异议" || got.Checked != 1 {
		t.Errorf("confirmed: %+v", got)
	}
	p.as("m05").sees("请你开箱")
}

// The console of a wide terminal announces the question of Enter only while Enter asks.
func TestWhenEveryReceiptIsConfirmedNothingIsAsked(t *testing.T) {
	p := momentOf(t, "ballot-closed")
	p.width, p.height = 120, 40
	c := p.as("m03").sees("按 Enter：核对回执完毕，先问一句：", "还没有核对的：党员01")
	for _, id := range p.State().Vote().Unconfirmed() {
		if id != "m03" {
			p.as(id).press("e")
		}
	}
	c.press("v", "e", "tab")
	c.sees("按 Enter：核对回执完毕。").seesNo("先问一句", "还没有核对的").press("enter").seesNo("当场询问")
	if p.State().Vote().Confirmed == nil {
		t.Error("the receipts still wait")
	}
}

// Enter that leads to the facilitator's own page records nothing that could be taken back.
func TestTheWayToOnesOwnPageIsNotTakenBack(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Does("m03", meeting.Next{})
	p.SignsIn()
	p.comes(preset.SelfRating)
	p.width, p.height = 120, 40
	p.as("m03").sees("个人自评：现在去").seesNo("撤回")
}

// Where the vote was left out, the tally does not ask for scrutineers.
func TestATallyWithoutAVoteSaysSo(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Does("m03", meeting.Next{})
	p.SignsIn()
	p.comes(preset.Ballot)
	p.as("m05").sees("还没有开始测评：先推选监票人。")
	p.Does("m03", meeting.Next{Reason: "书面研究"})
	p.as("m05").sees("没有作无记名测评").seesNo("推选监票人")
	chair := p.as("m03").sees("没有作无记名测评").seesNo("推选监票人")
	p.comes(preset.Rating)
	chair.press("t").sees("没有作无记名测评").seesNo("请等主持人开始").press("esc")
	p.comes(preset.Closing)
	chair.press("enter").sees("散会？", "会议记录随后生成").seesNo("计票报告")
}
