package tui

import (
	"strings"
	"testing"

	"pingyi/meeting"
)

// Before anything is announced the very words stand on the console, and with
// counts it can still be chosen how much is said.
func TestTheWordsOfAnAnnouncementAreReadBeforeItIsMade(t *testing.T) {
	p := channelMoment(t, "channel-counted")
	chair := p.as("m03").press("enter").sees("公布测评结果？", "宣读和投影的就是下面的话", "现在宣布民主测评的结果。发出", "改为：只公布各等次人数", "改为：不公布结果", "党员01      优秀 7")
	chair.press(" ").sees("党员02      优秀 1", "支部班子")
	wall := p.as(meeting.Screen).seesNo("党员02")
	chair.press("2", "enter").sees("已改为：只公布各等次人数", "宣读和投影的就是下面的话", "得票最多的等次", "是，公布", "改为：公布每个人的票数")
	wall.seesNo("合格 ")
	if _, said := p.State().Announced(); said {
		t.Error("something is announced")
	}
}

// Where the rules announce no result, nothing promises one.
func TestWhatIsNotAnnouncedIsNotCalledAResult(t *testing.T) {
	p := momentOf(t, "tally")
	p.as("m05").sees("等主持人宣布收发票数").seesNo("公布结果")
	p.as(meeting.Screen).sees("等待宣布收发票数").seesNo("公布结果")
	chair := p.as("m03").sees("宣布收发票数（按规定不公布结果）").press("enter").sees("宣布收发票数？", "现在宣布民主测评的收发票数。发出 6 张，收回 6 张。", "由党组织掌握")
	chair.press("enter").sees("已宣布收发票数", "只宣布了收发票数").seesNo("结果已公布", "公布测评结果")
	if said := Chinese().Say(meeting.May(p.State(), "m03", meeting.ActAnnounce)); strings.Contains(said, "结果") {
		t.Error(said)
	}
}
