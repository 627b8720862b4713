package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

func TestAMeasureGoesIntoTheLedgerWithWhoAndUntilWhen(t *testing.T) {
	p := momentOf(t, "criticism-response")
	p.ComesTo(preset.Rectification)
	s := p.as("m03").sees("1 记一条整改措施").press("1").sees("针对什么问题？")
	s.press("enter").sees("针对什么问题？").types("到基层少").press("enter").sees("怎么改？").types("每月下一次班级").press("enter")
	s.sees("谁负责？", "班子").types("m05").press("enter").sees("什么时候完成？").press("3", "enter").types("2017-13-01").press("enter").sees("2017-13-01")
	s.press("ctrl+u")
	for range len("2017-13-01") {
		s.press("backspace")
	}
	s.types("2017-06-30").press("enter").sees("已记入整改台账。", "第 1 条：党员05：每月下一次班级（2017-06-30）")
	got := p.State().Ledger()[0]
	if got.Level != meeting.LevelMember || got.Of != "m05" || got.Problem != "到基层少" || got.Measure != "每月下一次班级" || got.Due != "2017-06-30" || got.Progress != meeting.ProgressNone {
		t.Errorf("line: %+v", got)
	}
	s.press("1").types("例会长").press("enter").types("会前发材料").press("enter", "enter", "1", "enter").sees("第 2 条：班子：会前发材料（立行立改）")
	s.press("z").sees("第 1 条：每月下一次班级，由 党员05 负责，2017-06-30 以前完成。", "第 2 条：会前发材料，由班子负责，立行立改。")
	momentOf(t, "study").as("m03").seesNo("记一条整改措施")
}
