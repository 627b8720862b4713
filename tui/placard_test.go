package tui

import (
	"fmt"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

func TestThePlacardsOnTheWall(t *testing.T) {
	for name, c := range map[string]struct {
		moment string
		say    meeting.Say
	}{
		"sentence":         {"closing", meeting.Say{Text: "请把手机静音"}},
		"sentence-speaker": {"criticism-critic", meeting.Say{Text: "请到前面领票"}},
		"sentence-long":    {"study", meeting.Say{Text: "请还没有核对回执的同志到后排的共用终端核对，十分钟以后开箱"}},
		"break":            {"closing", meeting.Say{Break: true}},
		"break-until":      {"criticism-self", meeting.Say{Text: "10:30 继续", Break: true}},
	} {
		for _, size := range sizes {
			t.Run(name+fmt.Sprintf("-%dx%d", size.w, size.h), func(t *testing.T) {
				p := momentOf(t, c.moment)
				p.Does("m03", c.say)
				p.width, p.height = size.w, size.h
				golden.RequireEqual(t, p.as(meeting.Screen).screen()+"\n")
			})
		}
	}
}

func TestASentenceIsPutOnTheWallAndTakenDown(t *testing.T) {
	p := momentOf(t, "closing")
	chair, wall, member := p.as("m03"), p.as(meeting.Screen), p.as("m05")
	chair.picks("在投影上写一句话").types("请把手机静音").press("enter").sees("已写在投影上", "投影上写着：请把手机静音", "投影上写了一句话")
	if painted(wall.app.drawn.lines, draw.Filled) < 12 {
		t.Errorf("the sentence is not large:\n%s", wall.screen())
	}
	wall.seesNo("下一项")
	member.sees("投影上写着：请把手机静音")
	chair.picks("撤下投影上的那句话").sees("已撤下")
	wall.sees("下一项：散会")
	member.seesNo("投影上写着")
}

func TestABreakStopsTheClockAndEnterGoesOnAfterAQuestion(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	chair, wall := p.as("m03"), p.as(meeting.Screen)
	chair.picks("休息（会议暂停）").sees("党员05 的发言计时停住").press("5", "enter").sees("会议暂停", "继续开会")
	wall.sees("会  议  暂  停", "起休息").seesNo("已超时", "下一位")
	spent := p.State().Floor.Elapsed(p.room.Now())
	p.room.Later(10 * time.Minute)
	chair.press("enter").sees("投影回到现在这一项", "党员05 的发言计时接着走", "是，继续")
	p.room.Later(grace)
	chair.press("1", "enter")
	wall.sees("已超时").seesNo("起休息")
	if got := p.State().Floor.Elapsed(p.room.Now()); got > spent+time.Minute {
		t.Errorf("the clock went on by %s", got-spent)
	}
}

func TestABreakSaysNothingOfAClockWhileNobodySpeaks(t *testing.T) {
	chair := momentOf(t, "closing").as("m03")
	chair.picks("休息（会议暂停）").seesNo("计时停住").press("1").press("enter").sees("投影回到现在这一项").seesNo("发言计时")
}

func TestThePlacardIsToldInPlainWords(t *testing.T) {
	p := momentOf(t, "criticism-critic")
	wall := p.plainly(meeting.Screen)
	p.Does("m03", meeting.Say{Text: "请到前面领票"})
	wall.hears("请到前面领票")
	p.Does("m03", meeting.Say{Break: true})
	wall.hears("会议暂停", "休息")
}

func TestNobodyPutsASentenceOnTheWallOfARehearsal(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.Does("m03", meeting.Say{Text: "请签到"})
	wall := p.as(meeting.Screen)
	if hung := painted(wall.app.drawn.lines, draw.Filled); hung < 12 {
		t.Errorf("the sentence takes %d rows", hung)
	}
	p.as("m03").press("o", "enter").press("m").seesNo("在投影上写一句话")
	wall.sees("预  演").seesNo("请签到")
	if no := meeting.May(p.State(), "m03", meeting.ActSay); no == nil || no.Code != meeting.RehearsalIsOn {
		t.Errorf("it is refused with %v", no)
	}
}
