package tui

import (
	"fmt"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

func TestAMemberHandsInAnOpinionWithoutAName(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 80, 24
	m := p.as("m05").opens("m @records").takes("hand in").sees("对象（必填）").takes("班子").sees("意见建议（必填）").types("食堂的菜太贵").press("tab", "enter")
	m.sees("对象：班子", "意见建议：食堂的菜太贵", "没有你的名字和时间", "拷一份数据库").takes("记下来").sees("已投入意见箱")
	p.as("m06").opens("m @records").seesNo("食堂的菜太贵")
	if r := p.State().Chronicle; r.By != meeting.Keeper || r.ID != "" {
		t.Errorf("the last record is %+v", r.Event)
	}
	c := p.as("m03").opens("m @records @kind:opinion @summary").sees("原始 1 条", "不署名的 1 条：每满 5 条").seesNo("食堂的菜太贵")
	for i := 1; i < 5; i++ {
		p.Does(p.State().Roster[i].ID, meeting.HandInOpinion{Values: map[string]string{"about": "书记", "text": fmt.Sprint("意见", i)}})
	}
	c.sees("原始 5 条").seesNo("不署名的").press("esc").takes("merge").sees("班子：食堂的菜太贵", "书记：意见1")
	no := 0
	for _, r := range p.State().Records("m03", "opinion") {
		if r.Value("text") == "食堂的菜太贵" {
			no = r.No
		}
	}
	c.takes(fmt.Sprint("opinion ", no)).takes("chosen").types("降低菜价").press("tab", "enter").sees("已归并").takes("summary").sees("1  降低菜价（1 条）").press("esc")
	c.takes("close").press("enter").sees("不再收不署名的意见。")
	p.as("m06").press("esc").opens("m @records").seesNo("不署名")
}

func TestAProblemIsTakenOverAndIntoTheLedger(t *testing.T) {
	p := newPlay(t, "seed-2017", 8)
	p.width, p.height = 80, 24
	p.Does("m03", meetingtest.Writes("opinion", 0, "about", "m05", "means", "个别", "source", "学生", "text", "到班级少"))
	c := p.as("m03").opens("m @records @kind:problem").takes("from:opinion").sees("1  到班级少").takes("found 1").sees("列入问题清单？").press("enter").sees("已列入问题清单")
	c.press("esc").takes("record 1").sees("问题：到班级少", "来自：征求意见第 1 条", "状态：待整改").takes("take over").press("enter").sees("已列入整改台账", "状态：已列入台账")
	p.as("m05").opens("m @records @kind:ledger").takes("record 1").sees("问题：到班级少", "来自：问题清单第 1 条")
	p.as("m05").press("esc", "esc").takes("kind:problem").takes("record 1").sees("状态：已列入台账")
}
