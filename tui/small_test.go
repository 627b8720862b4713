package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// smallPlay is a branch of n 正式党员, too few for a committee, who are all there,
// at an item.
func smallPlay(t *testing.T, n int, kind string) *play {
	t.Helper()
	p := playIn(t, newRoom(t, "seed-2017", meetingtest.Members(n).Post(2, "组织委员").Post(3, "书记")), 80, 24)
	p.ComesTo(preset.SignIn)
	for _, m := range p.State().Roster {
		p.Does(m.ID, meeting.SignIn{})
	}
	p.ComesTo(kind)
	return p
}

// Enter and digits lead a branch of three from the ballot to the end: that nobody
// would ever read three ballots is said before anybody casts one.
func TestABranchOfThreeGoesOnInWriting(t *testing.T) {
	p := smallPlay(t, 3, preset.Ballot)
	c := p.as("m03").sees("能领票的到会人员 3 名，不足 5 名：投了也永远不开箱").seesNo("推选监票人：")
	c.press("enter").sees("书面研究").press("enter").seesNo("不作无记名测评") // Enter alone goes back
	c.press("enter", "1")
	if it, _ := p.State().Item(); it.Kind != preset.Tally {
		t.Fatalf("at %s:\n%s", it.Title, c.screen())
	}
	c.press("enter", "1")
	if it, _ := p.State().Item(); it.Kind != preset.Rating {
		t.Fatalf("at %s:\n%s", it.Title, c.screen())
	}
	p.as(meeting.Screen).sees("党员大会正在评定等次").seesNo("支委会")
	c.press("enter", "2", "enter", "2", "enter", "2", "enter", "enter")
	c.sees("请党员大会举手表决", "赞成", "3").press("enter", "enter", "enter", "enter")
	if s := p.State(); !s.Submitted || s.Resolutions[len(s.Resolutions)-1].Yes != 3 {
		t.Fatalf("not handed in:\n%s", c.screen())
	}
	p.as(meeting.Screen).sees("评定表已提交")
}

// Nobody is sent to unseal a box that stays shut, and the minutes say that it was
// the ballots that were too few.
func TestABoxWithTooFewBallotsIsLeftInWriting(t *testing.T) {
	p := smallPlay(t, 6, preset.Ballot)
	p.Opened("m05", "m06")
	p.votes("m01", "m02", "m03")
	p.Closes()
	c := p.as("m03").press("enter").press("enter")
	c.sees("收回 3 票，不到 5 票").seesNo("请监票人先开箱", "不作无记名测评").press("1")
	if it, _ := p.State().Item(); it.Kind != preset.Rating {
		t.Fatalf("at %s:\n%s", it.Title, c.screen())
	}
	if why := p.Item(preset.Tally).Reason; why != "收回的票不够，票箱不打开，书面研究" {
		t.Errorf("the reason: %s", why)
	}
}

// Who is not for it counts: the table is not handed in.
func TestTheAssemblyOfSixPassesTheRating(t *testing.T) {
	p := smallPlay(t, 6, preset.Rating)
	for _, id := range p.State().ToGrade() {
		p.Does("m03", meeting.Rate{ID: id, Grade: "合格"})
	}
	p.as(meeting.Screen).sees("党员大会正在评定等次")
	c := p.as("m03").press("enter").sees("请党员大会举手表决")
	c.press("3", "enter", "3", "enter", "enter", "enter").sees("赞成 3 名，应到正式党员 6 名，没有超过 1/2")
	if p.State().Submitted {
		t.Error("handed in all the same")
	}
	c.press("up", "up", "up", "4", "enter", "2", "enter", "enter", "enter")
	if r := p.State().Resolutions; !p.State().Submitted || len(r) != 1 || r[0].Yes != 4 || r[0].No != 2 {
		t.Errorf("%+v\n%s", r, c.screen())
	}
}
