package tui

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// inGroups is a play of a branch of eight that sits by 党小组: m01 to m04 in the
// first, m05 to m07 in the second, m08 in none.
func inGroups(t testing.TB) *play {
	people := branchOf(8)
	for i := range 7 {
		people[i].Group = []string{"第一党小组", "第二党小组"}[i/4]
	}
	rules := meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.GroupsOver = 7 })
	return playIn(t, newRoomWith(t, rules, people), 80, 24)
}

func TestALargeBranchSitsByGroupsOnItsScreens(t *testing.T) {
	p := inGroups(t)
	p.SignsIn()
	p.ComesTo(preset.Study)
	chair, wall := p.as("m03"), p.as(meeting.Screen)
	chair.press("m", "c").sees("党小组记录人").takes("党小组记录人").sees("各组有自己的记录人", "第一党小组　还没有记录人", "党员05", "第二党小组").press("5", "enter").sees("党员05 担任党小组记录人")
	p.Does("m03", meeting.Name{ID: "m02", Seat: meeting.SeatGroupNotes})
	p.ComesTo(preset.Criticism)
	wall.sees("第一党小组　记录人 党员02")
	chair.sees("第一党小组　记录人 党员02")
	p.as("m06").press("m", "1", "enter").sees("按党小组进行").press("pgdown").sees("第二党小组　记录人 党员05", "未编组　还没有记录人").press("esc", "esc")
	p.Does("m03", meeting.Turn{ID: "m06"}, meeting.Advance{})
	wall.sees("第二党小组　记录人 党员05")
	p.as("m07").sees("第二党小组　记录人 党员05", "对 党员06 提批评意见")
	p.as("m01").sees("第二党小组　记录人 党员05").seesNo("对 党员06 提批评意见。").press("c").sees("党员02", "党员04").seesNo("党员05", "党员07").press("esc")

	notes := p.as("m05").press("d").sees("代人记录什么").press("2", "enter")
	notes.sees("党员06", "党员07").seesNo("党员01", "党员08").press("3", "enter").types("学习不够。").press("tab", "1", "enter").sees("已记")
	p.ComesTo(preset.SelfRating)
	chair.sees("第一党小组还没填：党员03", "第二党小组还没填：党员05、党员06、党员07")
	p.Does("m05", meeting.RateSelf{ID: "m07", Grade: "合格"})
	wall.sees("第一党小组　0/4", "第二党小组　1/3")
}
