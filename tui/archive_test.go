package tui

import (
	"testing"

	"pingyi/meeting"
)

func TestTheFacilitatorClosesTheArchive(t *testing.T) {
	for _, size := range sizes {
		p := momentOf(t, "told")
		p.width, p.height = size.w, size.h
		c := p.as("m03").press("m").takes("archive").sees("归档清单")
		if size.h > 8 {
			c.sees("方案和审核意见：没有", "没有的")
		}
		c.takes("close").sees("请写明理由").types("其余在纸上办理").press("enter").sees("归档？")
		if p.State().Archive != nil {
			t.Fatal("closed without being asked")
		}
		c.press("1")
		if gone := p.State().Archive; gone == nil || gone.Reason != "其余在纸上办理" {
			t.Fatalf("%+v\n%s", gone, c.screen())
		}
		c.sees("已归档，这个年度从此只读")
		p.seats["m03"].drops()
		if size.w >= 80 {
			p.as("m03").sees("已归档", "归档，这个年度只能看", "归档，年度从此只读").press("enter").sees("这个年度只能看")
		}
		member := p.as("m05")
		if size.h > 8 {
			member.sees("这个年度只能看")
		}
		member.press("2", "enter") // the answer to the feedback remains
		p.superior(0).press("1", "enter").sees("已归档")
		if p.State().Stands() != meeting.Archived {
			t.Error(p.State().Stands())
		}
	}
}
