package paper_test

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// The minutes of a large branch have a section for each 党小组, which its recorder
// signs.
func TestTheMinutesJoinTheGroups(t *testing.T) {
	people := branch(6)
	for i, group := range []string{"第一党小组", "第二党小组", "第一党小组", "第二党小组", "第二党小组"} {
		people[i].Group = group
	}
	h := founded(t, "seed-2017", people, func(r *preset.Rules) { r.GroupsOver = 5 })
	h.Does(chair, meeting.Name{ID: "m02", Seat: meeting.SeatRecorder})
	h.Sits(preset.Criticism)
	h.Does(chair, meeting.Name{ID: "m03", Seat: meeting.SeatGroupNotes}, meeting.Name{ID: "m04", Seat: meeting.SeatGroupNotes})
	h.reads("人数较多，按党小组进行：第一党小组由 党员03 记录，第二党小组由 党员04 记录，未编组。")
	h.Does(chair, meeting.Turn{ID: "m01"}, meeting.Advance{})
	h.Does("m03", meeting.Criticise{From: "m03", Of: "m01", Text: "会议偏多。"}, meeting.TakeNote{Text: "会后再谈一次。"})
	h.Does(chair, meeting.Advance{}, meeting.Advance{}, meeting.Turn{ID: "m03"}, meeting.Advance{}, meeting.Advance{}, meeting.Advance{})
	h.reads("第一党小组到这里，下面是第二党小组。", "下面请 党员02 作自我批评")
	h.Does(chair, meeting.Turn{ID: "m05"}, meeting.Advance{})
	h.Does("m04", meeting.Criticise{Of: "m05", Text: "联系群众少。"})
	h.GoTo(preset.SelfRating)
	h.Does("m04", meeting.RateSelf{Grade: "合格"})
	h.GoTo(preset.Ballot)
	text := markdownOf(t, h.papers()["minutes"])
	at := 0
	for _, want := range []string{
		"按党小组进行，逐人自我批评并听取批评意见。参加 6 名",
		"#### 第一党小组（记录人：党员03", "##### 1. 党员01", "会议偏多。", "会后再谈一次。（党员03记）", "##### 2. 党员03", "第一党小组记录人 党员03（签字）",
		"#### 第二党小组（记录人：党员04", "##### 1. 党员05", "联系群众少。", "第二党小组记录人 党员04（签字）", "#### 未编组（记录人请手填）", "党员03任第一党小组记录人。",
		"#### 第一党小组（记录人：党员03", "党员01", "党员03", "#### 第二党小组（记录人：党员04", "党员04 | 正式党员 | 合格",
	} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("%q does not follow in\n%s", want, text[at:])
		}
		at += i
	}
}
