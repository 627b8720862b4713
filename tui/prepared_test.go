package tui

import (
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// preparing is a meeting with what was prepared for it: m06 is absent and has
// handed in an outline, m07 is the recorder.
func preparing(t *testing.T) *play {
	t.Helper()
	p := momentOf(t, "sign-in")
	outline := func(text string) meeting.Command {
		return meetingtest.Writes("outline", 0, "problems", `[{"problem":"`+text+`"}]`, "causes", text, "measures", `[{"what":"`+text+`"}]`)
	}
	p.Does("m07", meeting.SignIn{})
	p.Does("m06", outline("金丝雀一"), meetingtest.Moves("outline", 0, "submit", ""))
	p.Does("m02", outline("金丝雀二"))
	p.Does("m03", meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "群众", "text", "金丝雀三"),
		meeting.MergeOpinions{Nos: []int{1}, Text: "调查研究不够"},
		meetingtest.Writes("talk", 0, "kind", "书记委员", "with", `["m02"]`, "at", "2017-03-11", "means", "面谈", "content", "金丝雀四"),
		meeting.RecordAbsence{ID: "m06", Reason: "病假"})
	return p
}

// comes leads a meeting to an item, whatever is amiss on the way.
func (p *play) comes(kind string) {
	p.t.Helper()
	for !at(p.State(), kind) {
		p.Does("m03", meeting.Next{Reason: meetingtest.Reason})
	}
}

func TestTheFacilitatorHasWhatWasPreparedAtHand(t *testing.T) {
	for _, size := range []struct{ w, h int }{{120, 40}, {80, 24}, {40, 20}} {
		p := preparing(t)
		p.width, p.height = size.w, size.h
		p.comes(preset.Briefing)
		p.as("m03").sees("材料在手边").press("z").sees("征求意见 1 条，归并为 1 条。", "意见 1（归并 1 条）：调查研究不够。").press("esc")
		p.comes(preset.Criticism)
		p.as("m03").seesNo("材料在手边")
		p.Does("m03", meeting.Turn{ID: "m06"})
		p.as("m07").sees("宣读 党员06 的书面材料").press("1").press("enter").sees("金丝雀一")
		p.as("m03").press("z").sees("金丝雀一").press("esc")
		p.Does("m03", meeting.Advance{})
		p.as("m07").seesNo("金丝雀一")
		p.as("m03").seesNo("材料在手边").press("z").seesNo("金丝雀一")
	}
}

func TestWhoSpeaksReadsTheirOutlineOnTheirOwnScreen(t *testing.T) {
	for _, size := range sizes {
		p := preparing(t)
		p.width, p.height = size.w, size.h
		p.comes(preset.Criticism)
		m := p.as("m02").seesNo("金丝雀二")
		p.Does("m03", meeting.Turn{ID: "m02"})
		if size.h > 8 {
			m.sees("查摆的问题", "金丝雀二")
		}
		m.press("o").sees("金丝雀二").press("esc")
		p.Does("m03", meeting.Advance{})
		m.seesNo("金丝雀二")
	}
}

// What was written for a few readers is on no other screen, and never on the wall,
// however the meeting goes.
func TestWhatWasPreparedIsOnNoOtherScreen(t *testing.T) {
	p := preparing(t)
	canaries := map[string][]meeting.MemberID{
		"金丝雀一": {"m06", "m03", "m07"}, "金丝雀二": {"m02"}, "金丝雀三": nil, "金丝雀四": nil, "调查研究不够": nil,
	}
	looks := func() {
		t.Helper()
		for _, who := range []meeting.MemberID{meeting.Screen, meeting.Booth, "m01", "m02", "m03", "m04", "m05", "m07", "g1", "q1"} {
			s := p.as(who)
			for text, readers := range canaries {
				if !slices.Contains(readers, who) {
					s.seesNo(text)
				}
			}
		}
	}
	for _, kind := range []string{preset.LastYear, preset.Briefing, preset.SelfCheck, preset.Criticism} {
		p.comes(kind)
		looks()
	}
	for _, id := range []meeting.MemberID{"m06", "m02"} {
		p.Does("m03", meeting.Turn{ID: id})
		looks()
		p.Does("m03", meeting.Advance{})
		looks()
	}
	p.comes(preset.Closing)
	looks()
}
