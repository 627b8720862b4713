package tui

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
	keyboard "pingyi/tui/terminal"
)

// hearing is a person who reads and types lines.
type hearing struct{ *seat }

// plainly is the terminal of a person without a screen.
func (p *play) plainly(who meeting.MemberID) hearing {
	p.t.Helper()
	if p.seats[who] != nil {
		return hearing{p.seats[who]}
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	s := &seat{play: p, who: who}
	s.teller = newTeller(Config{Room: p.room, Who: who, Ctx: over, Drafts: p.drafts, JoinHint: "ssh -p 2222 192.168.1.5"}, &s.out, false)
	s.app = s.teller.a
	p.seats[who] = s
	s.run(s.teller.begin())
	return hearing{s}
}

// types types lines a second apart, each on the page that is then there.
func (h hearing) types(lines ...string) hearing {
	h.t.Helper()
	for _, l := range lines {
		h.calm()
		fmt.Fprintf(&h.out, "<<< %s\n", l)
		h.late(typed{text: l, turn: h.teller.terminal.now()})
		h.calm()
	}
	return h
}

// takes types the number of the row with an id or whose label holds a text.
func (h hearing) takes(row string) hearing {
	h.t.Helper()
	return h.types(fmt.Sprint(h.row(row) + 1))
}

// calm lets a second pass.
func (h hearing) calm() {
	h.room.Later(time.Second)
	h.teller.tell()
}

// begins begins a line, which may be ended later.
func (h hearing) begins(text string) typed {
	h.calm()
	return typed{text: text, turn: h.teller.terminal.now()}
}

// late ends a line that was begun before.
func (h hearing) late(l typed) hearing {
	h.run(h.teller.take(l))
	h.settle()
	return h
}

// hears reads on to where all the texts were said, in this order.
func (h hearing) hears(texts ...string) hearing {
	h.t.Helper()
	for _, text := range texts {
		_, rest, found := strings.Cut(h.out.String(), text)
		if !found {
			h.t.Fatalf("%s does not hear %q but\n%s", h.who, text, h.out.String())
		}
		h.out.Reset()
		h.out.WriteString(rest)
	}
	return h
}

// hearsNo looks at what was not read yet.
func (h hearing) hearsNo(texts ...string) hearing {
	h.t.Helper()
	for _, text := range texts {
		if strings.Contains(h.out.String(), text) {
			h.t.Fatalf("%s hears %q:\n%s", h.who, text, h.out.String())
		}
	}
	return h
}

func TestAMeetingInPlainWords(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	wall := p.plainly(meeting.Screen).hears("请签到  0/8", "ssh -p 2222")
	for _, id := range []meeting.MemberID{"m01", "m02", "m04", "m05", "m06", "m07", "m08", "g1"} {
		p.plainly(id).hears("现在请你：签到", "  1 签到").types("").hears("还没有选").types("1").hears("已签到")
	}
	wall.hears("请签到  7/8")
	chair := p.plainly("m03").hears("先给自己签到").types("").hears("实到 8", "空行 下一步")
	chair.types("").hears("进入下一项「开场」").types("").hears("会议记录的开头还缺").types("3")
	p.plainly("m05").hears("开场").types("f").hears("准备发言，你是下一位")
	chair.hears("候言：党员05").types("f").hears("请谁发言").types("1").hears("发言：党员05")
	p.plainly("m05").types("").hears("还没有选").types("1").hears("发言结束")
	for !at(p.State(), preset.Criticism) {
		chair.types("")
	}

	chair.types("").types("v").hears("党员03").types("s").hears("只有一个点").types("学习不够深入。", "联系群众少。", "写错了", "..").hears("删去了：写错了").
		types(".").hears("你写了 14 个字", "联系群众少。").types("1").hears("已提交").types("b").hears("自我批评结束").types("")
	p.plainly("m01").hears("对 党员03 提批评意见").types("1").hears("一行一行地写").types("下基层少。", ".").hears("1 提交").types("1").hears("已提交")
	chair.hears("已有 1 人批评过 党员03").types("").hears("党员03 表态")
	for !at(p.State(), preset.SelfRating) {
		chair.types("")
		if w, ok := chair.app.top().(*write); ok && w.Single {
			chair.types("按预定安排")
		}
	}

	for i := 1; i <= 7; i++ {
		s := p.plainly(meeting.MemberID(fmt.Sprintf("m%02d", i)))
		if s.who == "m03" {
			s.types("v")
		}
		s.hears("给自己评一个等次").types("2").hears("自评已记下：合格")
	}
	p.plainly("m08").hears("个人自评", "这一项不用你填").hearsNo("现在请你") // 预备
	chair.types("")

	chair.types("").hears("全部赞成").types("").hears("等待 党员01、党员05 封箱")
	for _, id := range []meeting.MemberID{"m01", "m05"} {
		p.plainly(id).hears("请你封箱").types("").hears(" 1 天  2 地  3 玄", "看完请清屏").types("1").hears("输入恢复码").
			types("天地玄黄宇宙洪荒日月盈仄").hears("第 12 个字不对").types("天地玄黄 宇宙洪荒 日月盈昃").hears("已经封箱")
	}
	chair.hears("开始投票").types("").hears("开始投票？").types("1").hears("正在投票")
	for i := 1; i <= 8; i++ {
		s := p.plainly(meeting.MemberID(fmt.Sprintf("m%02d", i)))
		if s.who == "m03" {
			s.types("v")
		}
		s.hears("民主测评", "旁边的人看得见").types("").hears("第 1 / 7 页")
		for range 7 {
			s.types("2")
		}
		s.hears("都填好了", "8 提交测评票").hearsNo("合格").types("8").hears("提交测评票？").types("1").hears("测评票已经投进票箱", "回执")
	}
	chair.types("b").hears("收回 8 张").types("", "").hears("投票结束").types("").hears("已当场询问，无人提出异议").types("1").hears("进入下一项").types("")
	for _, id := range []meeting.MemberID{"m01", "m05"} {
		p.plainly(id).hears("请你开箱").types("", "1")
	}
	p.plainly("m07").hears("等主持人宣布收发票数").hearsNo("由党组织掌握", "合格 8")
	chair.hears("宣布收发票数").types("").hears("没有任何结果", "现在宣布民主测评的收发票数").types("").hears("进入下一项「组织评定」", "已宣布收发票数")
	wall.hears("发出 8 张，收回 8 张").hearsNo("合格")
	chair.types("").hears("打开评定表").types("")
	chair.types("3 2").hears("党员03", "合格").types("").hears("党员04", "党员03 评定为 合格").types("k", "k", "k")
	for range 7 {
		chair.types("2", "")
	}
	chair.types("").hears("提交评定表？").types("1").hears("评定表已提交").types("b")
	for p.State().Phase == meeting.Live {
		chair.types("")
	}
	p.plainly("m01").hears("会议已经结束", "你的回执").types("q")
	if !p.seats["m01"].left && !p.seats["m01"].teller.left {
		t.Error("q does not leave")
	}
	wall.hears("会议已经结束")
}

// A whole ballot in lines, as the voter reads and types it.
func TestTheLinesOfABallot(t *testing.T) {
	p := momentOf(t, "ballot-open")
	m := p.plainly("m05").types("", "7", "1", "2", "", "", "b", "0", "2", "2", "2", "3", "v", "9", "8", "2", "4", "1", "8", "1")
	p.Closes()
	m.types("q")
	golden.RequireEqual(t, m.out.String())
}

// What others do is appended, and only what is new; a clock alone says nothing.
func TestOnlyWhatIsNewIsTold(t *testing.T) {
	p := momentOf(t, "study")
	m, chair, wall := p.plainly("m05"), p.plainly("m03"), p.plainly(meeting.Screen)
	for _, h := range []hearing{m, chair, wall} {
		h.out.Reset()
		h.room.Later(time.Minute)
		h.update(tickMsg{time.Second})
		if got := h.out.String(); got != "" {
			t.Errorf("%s is told of a clock: %q", h.who, got)
		}
	}
	p.Does("m02", meeting.AskFloor{})
	if got := strings.TrimSpace(m.out.String()); strings.Count(got, "\n") > 0 || !strings.HasPrefix(got, "候言：") {
		t.Errorf("a member is told %q", got)
	}
	chair.hears("候言：党员05、党员01、党员02")
}

// Sixty people sign in, one a second: the numbers are told in tens and when it
// is quiet, in whole sentences.
func TestAttendanceIsToldInTensAndAtPauses(t *testing.T) {
	p := newPlay(t, "seed-2017", 60)
	m, wall := p.plainly("m05").types("1"), p.plainly(meeting.Screen)
	for _, h := range []hearing{m, wall} {
		h.calm()
		h.out.Reset()
	}
	come := func(from, to int) {
		for i := from; i <= to; i++ {
			if id := meetingtest.ID(i); id != "m05" {
				p.Does(id, meeting.SignIn{})
			}
		}
	}
	come(1, 57)
	for _, h := range []hearing{m, wall} {
		told := strings.Split(strings.TrimSpace(h.out.String()), "\n")
		if len(told) > 15 {
			t.Errorf("%s is told %d lines:\n%s", h.who, len(told), h.out.String())
		}
		for _, l := range told {
			if !strings.HasPrefix(l, "请签到  ") && (!strings.Contains(l, "应到") || !strings.HasSuffix(l, "。")) {
				t.Errorf("%s is told a piece: %q", h.who, l)
			}
		}
		h.hears("实到 4", "实到 5").hearsNo("57")
		h.room.Later(pause)
		h.teller.tell()
		h.hears("57").hearsNo("58")
	}
	come(58, 60)
	m.types("f").hears("实到 60") // who types is told everything
}

// A ballot of 58 people takes two lines each: the grades are told once, and
// again when somebody asks.
func TestABallotTakesTwoLinesAPerson(t *testing.T) {
	p := newPlay(t, "seed-2017", 59)
	p.SignsIn()
	p.ComesTo(preset.Ballot)
	p.Opened("m01", "m03")
	m := p.plainly("m05").types("").hears("1 优秀", "0 弃权", "请输入：")
	m.types("1").hears("\n", "第 2 / 58 页  被评议人：党员02", "\n", "请输入：1 到 4，0 弃权，h 再念等次。\n").hearsNo("优秀")
	m.types("?").hears("第 2 / 58 页", "请输入：1 到 4").hearsNo("优秀")
	m.types("h").hears("第 2 / 58 页", "1 优秀", "0 弃权", "请输入：")
	m.out.Reset()
	for range 57 {
		m.types("2")
	}
	filled, _, _ := strings.Cut(m.out.String(), "检查一遍")
	lines := 0
	for l := range strings.Lines(filled) {
		if !strings.HasPrefix(l, "<<<") {
			lines++
		}
	}
	if most := 2*56 + 3; lines > most {
		t.Errorf("56 people take %d lines, at most %d:\n%s", lines, most, filled)
	}
	m.types("59").hears("提交测评票？").types("1").hears("回执")
}

func TestALineBegunBeforeThePageChangedIsNotCarriedOut(t *testing.T) {
	p := momentOf(t, "ballot-sealed")
	m := p.plainly("m01").hears("申请发言")
	line := m.begins("")
	p.Opens()
	m.hears("开始填测评票").hearsNo("请输入")
	m.calm()
	m.hears("请输入：空行 开始").late(line).hears("页面刚刚变了", "开始填测评票", "请输入").types("").hears("第 1 / 7 页")
}

// Somebody asks for the floor while the facilitator types a number.
func TestANumberMeansTheRowThatWasTold(t *testing.T) {
	p := momentOf(t, "study")
	p.Does("m03", meeting.YieldFloor{})
	chair := p.plainly("m03").types("f").hears("2 党员01")
	line := chair.begins("2")
	p.Does("m05", meeting.YieldFloor{})
	chair.hears("1 党员01")
	chair.calm()
	chair.late(line).hears("页面刚刚变了", "1 党员01")
	if who := p.State().Floor.Speaker; who != "" {
		t.Errorf("%s has the floor", who)
	}
}

func TestALineThatWasBeingWrittenGoesIntoTheDraft(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	m := p.plainly("m02").types("1", "调查研究不够").hears("一行一行地写")
	p.as("m03").press("enter") // the next speaker: the text stays open
	m.hearsNo("页面刚刚变了").types("二、")
	line := m.begins("建议多听意见")
	p.Does("m03", meeting.Goto{No: 10})
	p.Does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m02", "m05"}})
	m.hears("留作草稿").late(line).hears("放进了草稿", "请你封箱")
	if got := p.drafts.text("m02", "criticism m03"); got != "调查研究不够\n二、\n建议多听意见\n" {
		t.Errorf("the draft is %q", got)
	}
}

func TestAllNumbersOfAPageInOneLine(t *testing.T) {
	p := momentOf(t, "study")
	chair := p.plainly("m03").types("h", "通过整改措施", "k", "5").hears("没有听懂").types("４ 1 1").hears("反对     1").types("k", "0", "").hears("表决结果已记下")
	if got := p.State().Resolutions[0].Hands; got != (meeting.Hands{Yes: 4, No: 1}) {
		t.Errorf("recorded %+v", got)
	}
	chair.hearsNo("没有听懂")
}

func TestNothingThatPeopleWriteActsOnATerminal(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.State().Roster[4].Name = "党\x1b[2J员\u202e05" // the meeting would refuse it
	chair := p.plainly("m03").types("a", "b", "m", "99", "0", "x y z", "é", "b")
	wall := p.plainly(meeting.Screen)
	for _, text := range []string{chair.out.String(), wall.out.String()} {
		if strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && draw.DrawableRune(r) < 0 }) {
			t.Errorf("%q", text)
		}
	}
	chair.hears("没有这个号：请输入 1 到", "没有听懂这一行")
}

func TestATerminalEditsALine(t *testing.T) {
	var out bytes.Buffer
	term := &terminal{out: &out, echo: true}
	var got []typed
	keys := func(text string) {
		_ = keyboard.ReadKeys(strings.NewReader(text), func(msg tea.Msg) { // until it ends
			for _, c := range charactersOf(msg) {
				if l, whole := term.key(c); whole {
					got = append(got, l)
				}
			}
		})
	}
	keys("评a\x7f\x1b[A\x1bOB\x1b[M qq\x1b]11;rgb:1\x1b\\议\r\nx\x15\t\n")
	term.turn()
	keys("ab")
	term.turn()
	term.print("news")
	keys("c\n")
	term.hush(true)
	keys("3")
	term.print("more")
	term.hush(false)
	keys("\n\x03")
	for i, want := range []typed{{text: "评议"}, {text: " "}, {text: "abc", turn: 1}, {text: "3", turn: 2}, {ends: true, turn: 2}} {
		if i >= len(got) || got[i] != want {
			t.Fatalf("typed %+v", got)
		}
	}
	if want := "评a\b \b议\nx\b \b \nab\nnews\nabc\nmore\n\n"; out.String() != want {
		t.Errorf("written %q, want %q", out.String(), want)
	}
}

// ear is a client that reads what a session writes.
type ear struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (e *ear) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.text.Write(p)
	select {
	case e.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (e *ear) hears(t *testing.T, text string) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		e.mu.Lock()
		all := e.text.String()
		_, rest, found := strings.Cut(all, text)
		if found {
			e.text.Reset()
			e.text.WriteString(rest)
		}
		e.mu.Unlock()
		if found {
			return
		}
		select {
		case <-e.more:
		case <-deadline:
			t.Fatalf("never heard %q, but\n%s", text, all)
		}
	}
}

// clockRoom is a liveRoom whose clock runs.
type clockRoom struct{ *liveRoom }

func (clockRoom) Now() time.Time { return time.Now() }

func TestPlainFollowsTheRoomAndEndsWithItsSession(t *testing.T) {
	room := &liveRoom{Room: newRoom(t, "seed-2017", branchOf(8)), moved: make(chan struct{}, 1), stopped: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in, keys := io.Pipe()
	defer keys.Close()
	out := &ear{more: make(chan struct{}, 1)}
	ended := make(chan error, 1)
	var reading sync.WaitGroup
	go func() { ended <- Plain(ctx, Config{Room: clockRoom{room}, Who: "m05"}, in, out, false, &reading) }()
	out.hears(t, "请输入：1 到 4 选择")
	if _, err := io.WriteString(keys, "1\n"); err != nil {
		t.Fatal(err)
	}
	out.hears(t, "已签到")
	if _, err := room.Act(ctx, "m03", meeting.Next{}); err != nil {
		t.Fatal(err)
	}
	out.hears(t, "第 1/14 项")
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end with its session")
	}
	select {
	case <-room.stopped:
	case <-time.After(10 * time.Second):
		t.Fatal("the room is still watched")
	}
	keys.Close()
	reading.Wait()
}

// slowRoom has a disk that nobody can hurry: it is acted on when told.
type slowRoom struct {
	clockRoom
	acts, acted chan struct{}
}

func (r slowRoom) ActOnce(context.Context, meeting.RequestID, meeting.MemberID, meeting.Command) ([]meeting.Event, error) {
	close(r.acts)
	<-r.acted
	return nil, nil
}

func TestPlainEndsAfterAllThatItHasBegun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		live := &liveRoom{Room: newRoom(t, "seed-2017", branchOf(8)), moved: make(chan struct{}, 1), stopped: make(chan struct{})}
		room := slowRoom{clockRoom{live}, make(chan struct{}), make(chan struct{})}
		in, keys := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		var reading, plain sync.WaitGroup
		ended := false
		plain.Go(func() {
			if err := Plain(ctx, Config{Room: room, Who: "m05"}, in, io.Discard, false, &reading); err != nil {
				t.Error(err)
			}
			ended = true
		})
		time.Sleep(grace + second) // the page counts
		if _, err := io.WriteString(keys, "1\n"); err != nil {
			t.Fatal(err)
		}
		<-room.acts
		cancel()
		if synctest.Wait(); ended {
			t.Error("it has ended before the disk has written")
		}
		close(room.acted)
		plain.Wait()
		keys.Close()
		reading.Wait()
	})
}

func TestPlainEndsWithItsInput(t *testing.T) {
	room := &liveRoom{Room: newRoom(t, "seed-2017", branchOf(8)), moved: make(chan struct{}, 1), stopped: make(chan struct{})}
	out := &ear{more: make(chan struct{}, 1)}
	if err := Plain(t.Context(), Config{Room: clockRoom{room}, Who: "m05"}, strings.NewReader("f"), out, false, new(sync.WaitGroup)); err != nil {
		t.Error(err)
	}
	out.hears(t, "现在请你：签到")
	<-room.stopped
	if len(room.State().Floor.Queue) > 0 {
		t.Error("a line that broke off was carried out")
	}
}
