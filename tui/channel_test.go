package tui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// channelStory is the vote of a branch of eight with everything that a notice
// can ask for: three scrutineers (m05, m06, m07) of whom two are enough, 群众
// who are counted apart, two members (m01, m08) on paper, comments, the
// committee's own ballot, and all counts announced. Everybody gives m01 优秀
// and the others 合格, but for one ballot of a member and one of 群众.
var channelStory = sync.OnceValue(func() []moment {
	t := fatal{}
	rules := meetingtest.Rules(t, "regulation-2018")
	rules.Announce = preset.AnnounceFull
	rules.Vote.Mass, rules.Vote.Scrutineers, rules.Vote.Threshold, rules.Vote.MinBallots = true, 3, 2, 2
	people := meetingtest.People(branchOf(8)[:9]).Mass(4)
	p := playIn(t, newRoomWith(t, rules, people), 80, 24)
	var moments []moment
	keep := func(name string) { moments = append(moments, moment{name, copyOf(p.room)}) }
	p.ComesTo(preset.SignIn)
	p.SignsIn()
	p.ComesTo(preset.Ballot)
	p.Does("m03", meeting.NameScrutineers{IDs: []meeting.MemberID{"m05", "m06", "m07"}, Hands: &meeting.Hands{Yes: 7}})
	keep("channel-sealing")
	for _, id := range []meeting.MemberID{"m05", "m06", "m07"} {
		p.Seals(id)
	}
	keep("channel-paper")
	p.Does("m03", meeting.GivePaper{ID: "m01"}, meeting.GivePaper{ID: "m08"})
	keep("channel-sealed")
	p.Opens()
	p.room.Later(time.Minute)
	p.votes("m02", "m03", "q1")
	keep("channel-open")
	p.cast("m04", map[meeting.MemberID]meeting.Grade{"m02": "基本合格"}, map[meeting.MemberID]string{"m02": "调查研究要再深入。", "m05": "作风扎实。"})
	p.votes("m05", "m06", "m07")
	p.cast("q2", map[meeting.MemberID]meeting.Grade{"m02": "优秀"}, nil)
	p.Closes()
	keep("channel-closed")
	for _, id := range []meeting.MemberID{"m05", "m06"} {
		p.Does(id, meeting.EnterPaper{PaperCount: paperSums(p.State())})
	}
	p.Unseals("m05")
	keep("channel-unsealing")
	p.ComesTo(preset.Tally)
	p.Unseals("m07")
	keep("channel-counted")
	p.Does("m03", meeting.Announce{})
	keep("channel-announced")
	return moments
})

// paperSums are the two paper slips: 优秀 but for one 合格 to m02; one leaves
// m07 open.
func paperSums(s *meeting.State) meeting.PaperCount {
	sums := meeting.PaperCount{Returned: 2, Grades: map[meeting.MemberID][]int{}, Branch: []int{2, 0, 0, 0}}
	for _, id := range s.Vote().Subjects {
		sums.Grades[id] = []int{2, 0, 0, 0}
	}
	sums.Grades["m02"], sums.Grades["m07"] = []int{1, 1, 0, 0}, []int{1, 0, 0, 0}
	return sums
}

// cast casts a ballot: 合格 but for the grades named, with comments.
func (p *play) cast(id meeting.MemberID, grades map[meeting.MemberID]meeting.Grade, comments map[meeting.MemberID]string) {
	p.t.Helper()
	c := meetingtest.Alike(p.State(), "合格")
	c.Comments = comments
	maps.Copy(c.Grades, grades)
	p.Votes(id, c)
}

// channelMoment is the moment of the channelStory with a name.
func channelMoment(t testing.TB, name string) *play {
	t.Helper()
	for _, m := range channelStory() {
		if m.name == name {
			return m.play(t)
		}
	}
	t.Fatalf("no moment %q", name)
	return nil
}

// channelViews are the pages of a vote with everything: see views.
var channelViews = []struct {
	name, moment string
	who          meeting.MemberID
	keys         string
}{
	{"threshold-seal", "channel-sealing", "m05", ""},
	{"paper-give", "channel-paper", "m03", "r"},
	{"paper-confirm", "channel-sealed", "m03", "r 1 enter"},
	{"channels-open", "channel-sealed", "m03", "enter"},
	{"paper-holder", "channel-open", "m01", ""},
	{"mass-ballot", "channel-open", "q2", "enter"},
	{"channels-console", "channel-open", "m03", ""},
	{"channels-close", "channel-open", "m03", "k"},
	{"channels-wall", "channel-open", meeting.Screen, ""},
	{"remark", "channel-open", "m05", "enter r ~作风扎实"},
	{"remark-written", "channel-open", "m05", "enter r ~作风扎实 enter"},
	{"remark-overview", "channel-open", "m05", "enter r ~作风扎实 enter 1 1 1 1 1 1 1 1"},
	{"slips", "channel-closed", "m05", ""},
	{"slips-returned", "channel-closed", "m05", "enter 2"},
	{"slips-subject", "channel-closed", "m05", "enter 2 enter enter 2 enter"},
	{"slips-overview", "channel-closed", "m05", "enter 2 enter enter 2 up enter 2 up enter 2 up enter 2 up enter 2 up enter 2 up enter 2 up enter 2 up enter"},
	{"threshold-console", "channel-unsealing", "m03", ""},
	{"threshold-unseal", "channel-unsealing", "m06", ""},
	{"threshold-wall", "channel-unsealing", meeting.Screen, ""},
	{"counted-wall", "channel-counted", meeting.Screen, ""},
	{"counted-console", "channel-counted", "m03", ""},
	{"announce", "channel-counted", "m03", "enter"},
	{"announce-coarser", "channel-counted", "m03", "enter 2 enter"},
	{"channels-result", "channel-counted", "m02", "l"},
	{"remarks", "channel-counted", "m02", "z"},
	{"remarks-own", "channel-counted", "m05", "z"},
	{"announced-wall", "channel-announced", meeting.Screen, ""},
	{"announced-member", "channel-announced", "m06", ""},
}

func TestThePagesOfAVoteWithEverything(t *testing.T) {
	for _, v := range channelViews {
		t.Run(v.name, func(t *testing.T) {
			var all strings.Builder
			for _, size := range sizes {
				p := channelMoment(t, v.moment)
				p.width, p.height = size.w, size.h
				s := p.as(v.who).opens(v.keys)
				fmt.Fprintf(&all, "==== %dx%d\n%s\n", size.w, size.h, s.screen())
				if bad := ambiguous(s.screen()); bad != "" {
					t.Errorf("%dx%d shows %q", size.w, size.h, bad)
				}
			}
			golden.RequireEqual(t, all.String())
		})
	}
}

func TestTheWallShowsNothingOfAResultBeforeItIsAnnounced(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	for _, who := range []meeting.MemberID{meeting.Screen, "m06", "q1", "g1"} {
		p.as(who).seesNo("优秀", "基本合格", "一般", "调查研究")
	}
	p.as(meeting.Screen).sees("等待公布结果")
	p.as("m03").press("enter") // a question on the console is no announcement
	p.as(meeting.Screen).sees("等待公布结果").seesNo("优秀")
	p.as("m03").press("3", "enter") // the third row: counts only
	p.as(meeting.Screen).sees("等待公布结果").seesNo("优秀")
}

// Somebody presses Enter as always: the unanimous and the lone stay hidden.
func TestEnterAloneRevealsNobody(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	unanimous, lone := p.State().Reveals()
	if unanimous == 0 || lone == 0 {
		t.Fatal("the story reveals too little to show anything")
	}
	chair := p.as("m03").press("enter").sees(fmt.Sprintf("%d 项全票一致，%d 项只有一张不同", unanimous, lone), "不能收回")
	chair.press("enter").sees("已改为", "还没有公布").seesNo("全票一致")
	if level := p.State().Announcing(); level != preset.AnnounceExcellent {
		t.Fatalf("it announces %s", level)
	}
	chair.press("enter").sees("结果已公布")
	p.as(meeting.Screen).sees("得票最多的等次是优秀、在上限以内的").seesNo("合格 5", "弃权")
}

func TestACoarserAnnouncementCanBeTakenBackAndTheFullOneChosen(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	chair := p.as("m03").press("enter", "3", "enter").sees("已改为：不公布结果")
	chair.press("2", "enter").sees("已改为：公布每个人的票数", "照样公布每个人的票数")
	chair.press("4", "enter").sees("结果已公布")
	p.as(meeting.Screen).sees("党员02")
	chair.press("j").sees("已经公布")
}

// Two consoles: one asks, the other makes the announcement coarser.
func TestAQuestionAboutTheAnnouncementFallsWhenAnotherConsoleChangesIt(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	chair := p.as("m03").press("enter").sees("公布测评结果？")
	p.Does("m03", meeting.Coarsen{Level: preset.AnnounceNone})
	chair.seesNo("照样公布").sees("现场有了变化", "宣布收发票数（已选不公布结果）").seesNo("按规定")
}

func TestACommentGoesWithTheBallotAndIsMaskedBefore(t *testing.T) {
	p := channelMoment(t, "channel-open")
	m := p.as("m05").press("enter", "r").types("作风扎实").press("enter").sees("有匿名意见").seesNo("作风扎实")
	m.press("r").sees("作风扎实").types("。").press("enter")
	for range 8 {
		m.press("1")
	}
	m.sees("有意见").seesNo("作风扎实").press("v").seesNo("作风扎实").press("enter", "1", "enter").sees("回执")
	if got := p.room.CommentsOf("m05"); len(got) != 1 || got["m01"] != "作风扎实。" {
		t.Errorf("cast with %v", got)
	}
	if m.app.sheet != nil && len(m.app.sheet.comments) > 0 {
		t.Error("the remark stays in the session")
	}
	if text := p.drafts.text("m05", ""); text != "" || len(p.drafts.texts) > 0 {
		t.Errorf("the remark is kept as a draft: %q", text)
	}
}

// What was written goes with the ballot after a broken line, and is not seen
// again: it stays, is written anew or is deleted.
func TestABrokenLineKeepsCommentsCovered(t *testing.T) {
	p := channelMoment(t, "channel-open")
	m := p.as("m05").press("enter")
	for _, text := range []string{"作风扎实", "多下基层", "少开会"} {
		m.press("r").types(text).press("enter", "1")
	}
	p.seats["m05"].drops()
	m = p.as("m05").press("enter").sees("有匿名意见").press("r").sees("为了保密，不再显示", "1 留着").seesNo("作风扎实")
	m.press("1", "enter").sees("有匿名意见").press("1")
	m.press("r", "2", "enter").seesNo("多下基层").types("多走访").press("enter").sees("有匿名意见").press("r").sees("多走访").press("enter", "1")
	p.seats["m05"].drops()
	h := p.plainly("m05").types("", "", "", "r").hears("为了保密，不再显示").types("3").hears("没有匿名意见").hearsNo("少开会")
	h.types("1", "1", "1", "1", "1", "1").types("9").hears("提交").types("1").hears("回执")
	if got := p.room.CommentsOf("m05"); len(got) != 2 || got["m01"] != "作风扎实" || got["m02"] != "多走访" {
		t.Errorf("cast with %v", got)
	}
	if n := len(p.drafts.ballots); n != 0 {
		t.Errorf("%d ballots are kept after the vote", n)
	}
}

// Who leaves a comment half-written finds it again, and it is on no ballot before
// it is finished. After a broken line nobody sees it again.
func TestAHalfWrittenCommentIsKeptApartFromTheBallot(t *testing.T) {
	p := channelMoment(t, "channel-open")
	m := p.as("m05").press("enter", "r").types("作风扎实").press("tab").sees("没写完，不在票上：按 r 接着写").seesNo("作风扎实")
	m.press("r").sees("作风扎实").press("tab", "1", "r").types("多下基层")
	p.seats["m05"].drops()
	m = p.as("m05").press("enter").sees("断线以前的匿名意见没写完").press("r").sees("为了保密，不再显示").seesNo("作风扎实")
	m.press("1", "enter").sees("有匿名意见")
	for range 8 {
		m.press("1")
	}
	m.sees("有意见").sees("没写完").seesNo("多下基层").press("enter").sees("对 党员02 没写完的匿名意见不随票提交").press("1", "enter").sees("回执")
	if got := p.room.CommentsOf("m05"); len(got) != 1 || got["m01"] != "作风扎实" {
		t.Errorf("cast with %v", got)
	}
	if len(p.drafts.ballots) > 0 || len(p.drafts.texts) > 0 {
		t.Error("a remark stays in the server's memory")
	}
}

func TestAHalfWrittenCommentInABrowserIsKept(t *testing.T) {
	p := channelMoment(t, "channel-open")
	m := p.tapsAs("m05").picks("填测评票").key("r").reads(`"kind":"line"`, `"secret":true`).draft("作风").draft("作风扎实").key("tab")
	m.reads("没写完，不在票上").readsNo("作风扎实").key("r").reads("作风扎实").streamer.close()
	p.seats["m05"].drops()
	p.tapsAs("m05").picks("填测评票").reads("断线以前的匿名意见没写完").key("r").reads("不再显示").readsNo("作风扎实")
}

// Nothing that was written for a vote that is over stays in the server's memory.
func TestACommentThatWasBegunIsWipedWithTheVote(t *testing.T) {
	p := channelMoment(t, "channel-open")
	p.as("m05").press("enter", "r").types("作风扎实").press("enter")
	kept := p.drafts.ballots["m05"].comments
	if kept["m01"].text != "作风扎实" {
		t.Fatalf("%v is kept", kept)
	}
	p.Does("m03", meeting.Void{Reason: "名单有误"})
	p.settle()
	if len(kept) > 0 || len(p.drafts.ballots) > 0 {
		t.Errorf("%v is kept after the vote", kept)
	}
}

// Who hands a comment in as the vote ends is not told that it is kept.
func TestACommentThatComesAfterTheVoteIsNotKept(t *testing.T) {
	p := channelMoment(t, "channel-open")
	m := p.tapsAs("m05").picks("填测评票").key("r").draft("作风")
	late := string(encoded(map[string]any{"at": m.newest().At, "text": "作风扎实"}))
	p.Does("m03", meeting.Void{Reason: "名单有误"})
	p.settle()
	m.calm()
	m.sends(late).reads("刚才点的没有算").readsNo("草稿")
	if len(p.drafts.ballots) > 0 || len(p.drafts.texts) > 0 {
		t.Error("it is kept after the vote")
	}
}

func TestCommentsAreAFewAndShort(t *testing.T) {
	p := channelMoment(t, "channel-open")
	m := p.as("m05").press("enter")
	for range meeting.MaxComments {
		m.press("r").types(strings.Repeat("学", 250)).sees("最多 200 个字").press("enter", "1")
	}
	m.press("r").sees("最多 5 条").press("b", "r")
	for range 200 {
		m.strike("backspace")
	}
	m.press("enter").sees("没有匿名意见").press("1", "r").types("可以").press("enter").sees("有匿名意见")
	if n := len(m.app.sheet.comments); n != meeting.MaxComments {
		t.Errorf("%d remarks", n)
	}
}

func TestCommentsAreNotAskedForWhereTheRulesHaveNone(t *testing.T) {
	p := momentOf(t, "ballot-open")
	s, rules := *p.State(), *p.State().Rules
	rules.Vote.Comments = false
	s.Rules = &rules
	p.room.Becomes(&s)
	p.as("m05").press("enter").seesNo("匿名意见").press("r").sees("现在没有用")
	if why := whyNoComments(p.as("m03").app); !strings.Contains(why, "不收匿名意见") {
		t.Errorf("why there are none: %q", why)
	}
}

func TestWhoReadsTheComments(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	p.as("m03").press("v", "z").sees("调查研究要再深入", "作风扎实")
	p.as("m04").press("z").sees("调查研究要再深入", "作风扎实")
	p.as("m05").press("z").sees("作风扎实").seesNo("调查研究")
	p.as("m06").press("z").sees("没有匿名意见")
	p.as("q1").press("z").sees("结果由党组织掌握").seesNo("作风")
}

func TestTheMassVoteInABoxOfTheirOwn(t *testing.T) {
	p := channelMoment(t, "channel-open")
	p.width = 40 // without the agenda beside it
	p.as("m03").sees("发出 6 张，收回 2 张", "收回 1 张；纸质票")
	m := p.as("q3").sees("民主测评").press("enter")
	for range 7 {
		m.press("2")
	}
	m.press("1", "enter", "1", "enter").sees("测评票已经投进票箱")
	p.as("m03").sees("收回 2 张；纸质票")
	q := channelMoment(t, "channel-counted")
	q.as("m02").press("l").sees("群众票：好 0，较好 0", "2 党员03                0     2")
	q.Does("m03", meeting.Announce{})
	q.as("m06").press("l").sees("测评结果").seesNo("群众票：", "其中纸质票")
}

// slips has two scrutineers enter the same sums.
func (p *play) slips(sums meeting.PaperCount) {
	p.t.Helper()
	for _, id := range p.State().Vote().Scrutineers[:2] {
		p.Does(id, meeting.EnterPaper{PaperCount: sums})
	}
}

func TestTooFewMassBallotsShowNoCounts(t *testing.T) {
	p := channelMoment(t, "channel-open")
	p.votes("m04", "m05", "m06", "m07")
	p.Closes()
	p.Does("m03", meeting.Next{})
	p.slips(meeting.PaperCount{Returned: 0})
	p.Unseals("m05")
	p.Unseals("m06")
	p.as("m02").press("l").sees("群众票收回 1 张，不到 2 张").seesNo("群众票：")
}

func TestAPaperSlipIsGivenBeforeTheBoxOpens(t *testing.T) {
	p := channelMoment(t, "channel-paper")
	p.as("m03").press("r", "1", "enter").sees("给 党员01 发纸质票？", "发出的不到 2 张，就不能合计").press("2").sees("给谁发纸质票")
	if n := len(p.State().Vote().OnPaper); n != 0 {
		t.Fatalf("%d slips are out", n)
	}
	p.as("m03").press("1", "enter", "1").sees("党员01 领了纸质票", "已经领了：党员01")
	q := channelMoment(t, "channel-open")
	q.as("m01").sees("填好纸质票").seesNo("开始填测评票")
	q.as("m03").press("r").sees("给谁发纸质票", "后到会的").seesNo("党员02")
	r := momentOf(t, "ballot-scrutineers")
	r.as("m03").press("r").sees("先推选监票人")
}

func TestTwoScrutineersEnterTheSameSums(t *testing.T) {
	p := channelMoment(t, "channel-closed")
	enter := func(id meeting.MemberID, last string) *seat {
		s := p.as(id).sees("请先录入").press("enter", "3", "enter", "enter").sees("请填 0 到 2")
		s.press("up", "2", "enter", "enter")
		for range 7 {
			s.press("1", "enter", last, "enter", "down", "down", "enter")
		}
		return s.press("2", "up", "enter").sees("收回 2 张").press("enter", "1")
	}
	first := enter("m05", "1")
	first.sees("等另一位监票人录入")
	second := enter("m06", "0").sees("与另一位监票人录入的数不同")
	if _, agreed := p.State().Vote().AgreedPaper(); agreed {
		t.Fatal("different sums agree")
	}
	for i := range 7 { // the overview leads to each page and back
		second.press(fmt.Sprint(i+2), "enter", "down", "1", "up", "up", "enter")
	}
	second.sees("收回 2 张").press("1", "enter", "1").sees("与另一位监票人的一致")
	sums, agreed := p.State().Vote().AgreedPaper()
	if !agreed || sums.Returned != 2 || !slices.Equal(sums.Grades["m01"], []int{1, 1, 0, 0}) || !slices.Equal(sums.Branch, []int{2, 0, 0, 0}) {
		t.Errorf("entered %+v", sums)
	}
	p.as("m07").seesNo("请先录入")
	p.as("m03").sees("纸质票发出 2 张，收回 2 张")
}

func TestMoreMarksThanSlipsAreRefused(t *testing.T) {
	p := channelMoment(t, "channel-closed")
	p.as("m05").press("enter", "2", "enter", "enter", "2", "enter", "1", "up", "up", "enter").sees("党员01 一栏的数不对").sees("第 1 / 8 页")
}

func TestSumsOutlastTheClosingOfTheBox(t *testing.T) {
	p := channelMoment(t, "channel-open")
	s := p.as("m05").press("p", "1")
	p.votes("m04", "m05", "m06", "m07")
	p.Closes()
	s.sees("请你开箱").press("enter").sees("收回纸质票     1")
	p.slips(meeting.PaperCount{Returned: 2})
	p.Unseals("m06")
	p.Unseals("m07")
	if s.seesNo("录入纸质票"); s.app.sums != nil {
		t.Error("the sums outlive the count")
	}
}

func TestPaperIsShownApartOnlyWhereThereIsEnoughOfIt(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	p.as("m02").press("l", "pgdown").sees("其中纸质票：", "1 党员01                2     0")
	s, rules := *p.State(), *p.State().Rules
	rules.Vote.MinBallots = 3
	s.Rules = &rules
	p.room.Becomes(&s)
	p.as("m04").press("l").sees("纸质票 2 张太少，只计入合计", "2 党员03                2     6").seesNo("其中纸质票")
}

func TestSomeScrutineersAreEnough(t *testing.T) {
	p := channelMoment(t, "channel-sealing")
	p.as("m05").sees("3 人中 2 人到场即可开箱")
	q := channelMoment(t, "channel-closed")
	q.width = 40 // without the agenda beside it
	q.as("m03").sees("先由两位监票人录入纸质票", "已核对回执")
	q = channelMoment(t, "channel-unsealing")
	q.width = 40
	q.as("m03").sees("党员06、党员07 中再有 1 人开箱即可")
	q.Does("m03", meeting.Next{Reason: "按预定安排"})
	q.as("m03").sees("等待 党员06、党员07 中的 1 人开箱")
	q.as("m06").press("enter", "1").seesNo("请你开箱")
	q.as("m03").sees("已经计票").seesNo("中再有")
}

func TestAReceiptIsLookedForOnTheBoard(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	p.as("m03").sees("已核对回执 0 / 8 人")
	p.as("m06").sees("你的回执").press("e").sees("票已计入", "已在公示中找到")
	p.as("q1").press("e").sees("票已计入")
	p.as("m03").sees("已核对回执 2 / 8 人")
	p.as(meeting.Screen).sees("已核对回执 2 / 8 人")
	p.as("m06").press("e").sees("现在没有用")
}

// Of a box that is never opened no ballot counts, however well its receipt is found.
func TestAReceiptOfABoxThatIsNeverOpenedDoesNotCount(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Sits(string(preset.Ballot))
	p.Opened("m06", "m07")
	p.cast("m04", map[meeting.MemberID]meeting.Grade{"m01": "优秀"}, nil)
	p.Does("m03", meeting.CloseBox{Reason: "其余的人走了"})
	p.as("m04").sees("你的回执").press("e").sees("票箱永远不打开，都不计票").seesNo("已计入")
}

func TestEveryPageOfAVoteWithEverythingFitsEveryWindow(t *testing.T) {
	for _, v := range channelViews {
		s := channelMoment(t, v.moment).as(v.who).opens(v.keys)
		for w := 20; w <= 200; w += 7 {
			h := 10 + w%35
			s.app.Update(tea.WindowSizeMsg{Width: w, Height: h})
			fits(t, s, v.name, w, h)
		}
	}
}

// Once a choice is masked nothing on the screen depends on it: two voters who
// chose everything differently see the same overview and the same pages.
func TestMaskedChoicesLookTheSame(t *testing.T) {
	for _, width := range []int{80, 120} { // pages, and a table
		want := masked(t, width, "1")
		for _, keys := range [][]string{{"2"}, {"4", "0", "3"}} {
			if got := masked(t, width, keys...); !slices.Equal(got, want) {
				for i := range got {
					if got[i] != want[i] {
						t.Fatalf("choices %v show on screen %d:\n%s\n%s", keys, i, got[i], want[i])
					}
				}
			}
		}
		seen := func(key string) string {
			p := momentOf(t, "ballot-open")
			p.width = width
			return p.as("m05").press("enter", key).screen()
		}
		if seen("1") == seen("2") {
			t.Error("the test would not see a leak: a choice is not even shown while it is made")
		}
	}
}

// masked are the bytes of the screens of a voter in a window of some width who
// chooses with the keys in turn, wherever no choice is seen.
func masked(t *testing.T, width int, keys ...string) []string {
	t.Helper()
	p := momentOf(t, "ballot-open")
	p.width = width
	s := p.as("m05").press("enter")
	n := s.app.sheet.pages()
	var seen []string
	for i := range n {
		seen = append(seen, s.app.View().Content) // a page before its choice
		s.press(keys[i%len(keys)], "enter")
	}
	seen = append(seen, s.app.View().Content) // the overview
	for range n {
		s.press("b")
		seen = append(seen, s.app.View().Content) // the pages again
	}
	return seen
}

// A counted vote cannot be voided; the scrutineers' page asks for the reason
// for which it is held again.
func TestACountedVoteIsHeldAgainWithAReason(t *testing.T) {
	p := momentOf(t, "tally")
	p.Does("m03", meeting.Goto{No: 10})
	p.as("m03").press("x").sees("已经计票，不能作废")
	p.as("m03").press("s", "1", "enter", "up", "enter").sees("重新测评").types("漏发一张票").press("enter").sees("等待 党员01、党员05 封箱")
	if v := p.State().Vote(); v.No != 2 || v.Again == nil || v.Again.Reason != "漏发一张票" {
		t.Errorf("held again: %+v", v)
	}
}

// A roster that is changed after the count gives nobody the votes of another.
func TestVotesStandBesideTheNamesOnTheBallots(t *testing.T) {
	p := newPlay(t, "regulation-2018", 8)
	p.ComesTo(preset.SignIn)
	p.SignsIn()
	p.ComesTo(preset.Ballot)
	p.Counted(meetingtest.Everybody(p.State(), 1))
	m, _ := p.State().Member("m01")
	m.Name = "党员91"
	p.Does(meeting.Keeper, meeting.ImportRoster{People: []meeting.Member{m}, Yes: true})
	p.as("m04").press("l").sees("党员01", "测评票上 m01 的姓名是党员01，名册后来改为党员91")
}

// Of two people of one name everybody sees who is meant: in the vote, in its
// result, in a refusal.
func TestTwoPeopleOfOneNameAreTold(t *testing.T) {
	people := branchOf(8)
	people[1].Name, people[4].Name = "党员甲", "党员甲"
	p := playIn(t, newRoom(t, "seed-2017", people), 80, 24)
	p.ComesTo(preset.SignIn)
	p.SignsIn()
	p.ComesTo(preset.Ballot)
	p.Opened("m01", "m06")
	p.as("m04").press("enter", "2", "enter").sees("党员甲 m02")
	p.Votes("m04", meetingtest.Row(p.State(), "m04", 1))
	for _, who := range []meeting.MemberID{"m01", "m02", "m03", "m05"} {
		p.Casts(who, 1)
	}
	p.Closes()
	p.Unseals("m01", "m06")
	p.as("m03").press("l").sees("党员甲 m02", "党员甲 m05").press("esc")
	p.ComesTo(preset.Rating)
	p.as("m03").sees("打开评定表").press("enter").sees("党员甲 m02", "党员甲 m05")
}

// A slip that is given back is told as given back, not as another one.
func TestPaperGivenBackIsToldSo(t *testing.T) {
	p := channelMoment(t, "channel-sealed")
	p.as("m03").sees("党员08 领纸质票")
	p.Does("m03", meeting.GivePaper{ID: "m08", Back: true})
	p.as("m03").sees("党员08 交回纸质票")
}

// Who had a slip when the box was opened has no ballot: who takes it back later is told.
func TestASlipTakenBackFromAnOpenBoxLeavesNoBallot(t *testing.T) {
	p := channelMoment(t, "channel-open")
	p.as("m03").press("r", "6", "enter").sees("党员08 的纸质票已收回", "再发一张")
	if slices.Contains(p.State().Vote().OnPaper, "m08") {
		t.Error("m08 has a slip still")
	}
}

// Nobody is asked about what would be refused after the answer: the cause comes at
// once.
func TestTheConsoleAsksNothingThatWouldBeRefused(t *testing.T) {
	p := channelMoment(t, "channel-sealed")
	p.Does("m03", meeting.GivePaper{ID: "m08", Back: true})
	chair := p.as("m03").press("enter").sees("纸质票只有 1 张，不到 2 张").seesNo("开始投票？")
	p.Does("m03", meeting.GivePaper{ID: "m08"})
	chair.press("enter").sees("开始投票？").press("y")
	p.cast("m05", nil, nil)
	p.Does("m03", meeting.GivePaper{ID: "m08", Back: true})
	chair.press("k").sees("还不能结束投票").seesNo("结束投票？")
	for _, id := range p.State().Vote().Missing() {
		p.cast(id, nil, nil)
	}
	chair.press("enter").sees("还不能结束投票").seesNo("结束投票？", "提前结束") // all have voted: it is not early

	q := channelMoment(t, "channel-paper")
	q.as("m03").press("s", "2", "enter", "1", "enter").sees("请填 3 到 8", "推选监票人").seesNo("赞成")
}
