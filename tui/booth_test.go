package tui

import (
	"context"
	"errors"
	"testing"
	"time"

	"pingyi/meeting"
)

// booth is a shared terminal; a member's code is their number twice.
func (p *play) booth() *seat {
	p.t.Helper()
	over, cancel := context.WithCancel(context.Background())
	cancel()
	s := &seat{play: p, who: meeting.Booth, app: New(Config{Room: p.room, Who: meeting.Booth, Ctx: over, Drafts: p.drafts, Width: p.width, Height: p.height, Admit: admits})}
	p.seats[meeting.Booth] = s
	s.run(s.app.Init())
	return s
}

func admits(code string) (meeting.MemberID, error) {
	if id := meeting.MemberID(code[:len(code)/2]); code == string(id+id) {
		return id, nil
	}
	return "", errors.New("入会码不对：请再输入一次。")
}

// tapsAtBooth is a shared browser.
func (p *play) tapsAtBooth() tapper {
	p.t.Helper()
	s := &seat{play: p, who: meeting.Booth}
	s.streamer = newStreamer(p.t.Context(), &Config{Room: p.room, Who: meeting.Booth, Drafts: p.drafts, Admit: admits}, &s.out)
	s.app = s.streamer.a
	p.seats[meeting.Booth] = s
	s.run(s.streamer.begin())
	return tapper{s}
}

// waits lets time pass at a terminal.
func (s *seat) waits(d time.Duration) *seat {
	s.room.Later(d)
	s.update(tickMsg{s.app.pending})
	return s
}

func TestMembersWithoutADeviceVoteOneAfterAnotherAtABooth(t *testing.T) {
	p := momentOf(t, "ballot-open")
	p.width, p.height = 40, 20
	b := p.booth().sees("公用终端", "入会码")
	b.types("m05m05").seesNo("m05m05").sees("******")
	b.press("enter").sees("请你给 7 位同志评等次").seesNo("主持台")
	b.press("enter")
	for range 7 {
		b.press("1")
	}
	b.press("enter", "y").sees("票已经投进票箱", "抄下这 8 个").holdsEnter()
	b.sees("抄下这 8 个").press("1", "enter").sees("公用终端").seesNo("回执", "党员")
	b.types("m04m04").press("enter").sees("请你给 7 位同志评等次").seesNo("已填")
	if n := p.State().Vote().Members().Returned.Len(); n != 3 {
		t.Errorf("%d ballots", n)
	}
}

func TestABoothForgetsWhoGoesAway(t *testing.T) {
	p := momentOf(t, "ballot-open")
	b := p.booth()
	b.types("m05x").press("enter").sees("入会码不对").seesNo("m05x")
	b.types("m05m05").press("enter", "enter", "2")
	b.waits(59 * time.Second).sees("第 2 / 7 页")
	b.press("1").waits(59 * time.Second).sees("第 3 / 7 页")
	if b.waits(2 * time.Second); b.app.sheet != nil || b.app.Who != meeting.Booth {
		t.Error("something of the visitor is left")
	}
	b.sees("公用终端", "已经退出")
	b.types("m05m05").press("enter", "enter").seesNo("已经填过").press("2", "q").sees("已填 1 项还没有提交", "离开就没有了", "第 2 / 7 页").press("q").sees("公用终端")
	b.types("m05m05").press("enter", "enter").seesNo("已填 1", "已填1")
}

// Who writes in a browser sends no keys.
func TestABoothStaysWithWhoWritesInABrowser(t *testing.T) {
	p := channelMoment(t, "channel-open")
	b := p.tapsAtBooth()
	b.text("m05m05").picks("填测评票").key("r")
	for _, text := range []string{"作", "作风", "作风扎"} {
		b.waits(40 * time.Second)
		b.draft(text)
	}
	b.text("作风扎实").reads("有匿名意见").waits(61 * time.Second)
	b.reads("公用终端", "已经退出").readsNo("党员05")
}

func TestTheReceiptAtABoothDoesNotStay(t *testing.T) {
	p := momentOf(t, "ballot-open")
	b := p.booth()
	b.types("m05m05").press("enter", "enter")
	for range 7 {
		b.press("0")
	}
	b.press("enter", "y").sees("回执").waits(61 * time.Second).sees("公用终端").seesNo("回执")
}

// The next one types at once, and nothing of the code is lost.
func TestNothingIsSwallowedAtTheDoor(t *testing.T) {
	p := momentOf(t, "ballot-open")
	b := p.booth()
	b.types("m05m05").press("enter", "q", "q").sees("公用终端")
	for _, k := range "m04m04" {
		b.strike(string(k))
	}
	b.seesNo("页面刚变").press("enter").sees("请你给 7 位同志评等次")
}

func TestTheSecretaryVotesAtABoothAndHasNoConsoleThere(t *testing.T) {
	p := momentOf(t, "ballot-open")
	b := p.booth()
	b.types("m03m03").press("enter").sees("请你给").press("esc").press("tab").seesNo("菜单", "议程")
}
