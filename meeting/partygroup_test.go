package meeting_test

import (
	"fmt"
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// inThreeGroups is a branch of n in three 党小组: m01 … of the first, then of the
// second, then of the third. The last one is in none.
func inThreeGroups(n int) meetingtest.People {
	people := meetingtest.Branch(n, 2)
	for i := range n - 1 {
		people[i].Group = fmt.Sprintf("第%d党小组", i*3/n+1)
	}
	return people
}

// large is a branch of 35 at an item; only some of it have come: of the first
// group the secretary and the committee, two of the second, two of the third, and
// the one without a group.
func large(t meetingtest.TB, id, kind string) *hall {
	t.Helper()
	h := newHall(t, id, func(r *preset.Rules) { r.GroupsOver = 30 }, inThreeGroups(35)...)
	come := ids("m02", "m03", "m04", "m13", "m14", "m25", "m26", "m35")
	var away []meeting.MemberID
	for i := range 35 {
		if id := meetingtest.ID(i + 1); !slices.Contains(come, id) {
			away = append(away, id)
		}
	}
	h.Sits(kind, away...)
	return h
}

func TestALargeBranchSitsByGroups(t *testing.T) {
	h := large(t, "seed-2017", preset.Criticism)
	var groups []string
	for _, g := range h.State().PartyGroups() {
		groups = append(groups, g.Title())
	}
	same(t, "groups", groups, []string{"第1党小组", "第2党小组", "第3党小组", "未编组"})
	same(t, "order", h.State().Participants(), ids("m03", "m02", "m04", "m13", "m14", "m25", "m26", "m35"))
	g, ok := h.State().GroupNow()
	same(t, "first", []any{g.Title(), ok}, []any{"第1党小组", true})
	h.Does("m03", meeting.Turn{ID: "m25"})
	g, _ = h.State().GroupNow()
	same(t, "out of order", g.Title(), "第3党小组")
	same(t, "at the ballot nobody sits by groups", h.State().SitsByGroups(h.Item(preset.Ballot)), false)
	same(t, "but to rate themselves they do", h.State().SitsByGroups(h.Item(preset.SelfRating)), true)
}

func TestTheSeedPresetHasGroupsAboveThirty(t *testing.T) {
	for n, want := range map[int]bool{30: false, 31: true} {
		h := newHall(t, "seed-2017", nil, inThreeGroups(n)...)
		same(t, fmt.Sprint(n, " members"), h.State().ByGroups(), want)
	}
	h := newHall(t, "seed-2017", nil, meetingtest.Branch(35, 2)...)
	same(t, "nobody has a group", h.State().ByGroups(), false)
	h = newHall(t, "annual-2024", nil, inThreeGroups(35)...)
	same(t, "a preset that says nothing", h.State().ByGroups(), false)
}

func TestAGroupFinishesBeforeTheNextBegins(t *testing.T) {
	h := large(t, "regulation-2018", preset.Criticism) // criticism after all self-criticisms
	same(t, "to come", h.State().ToCome(), ids("m03", "m02", "m04", "m03", "m02", "m04", "m13", "m14", "m13", "m14", "m25", "m26", "m25", "m26", "m35", "m35"))
	h.steps("m03 self m03 self-criticism", "", "m02 self m02 self-criticism", "", "m04 self m04 self-criticism", "",
		"m03 criticism", "m03 response m03 response", "", "m02 criticism", "m02 response m02 response", "", "m04 criticism", "m04 response m04 response", "",
		"m13 self m13 self-criticism")
}

func TestMembersCriticiseWithinTheirGroup(t *testing.T) {
	h := large(t, "seed-2017", preset.Criticism)
	h.Does("m03", meeting.Turn{ID: "m13"})
	h.Does("m14", meeting.Criticise{Of: "m13", Text: "调研不够深入"}, meeting.AskFloor{})
	h.Refused("m25", meeting.Criticise{Of: "m13", Text: "会议偏多"}, meeting.OtherGroup, "党员13", "第2党小组")
	h.Refused("m35", meeting.Criticise{Of: "m13", Text: "会议偏多"}, meeting.OtherGroup)
	h.Refused("m13", meeting.Criticise{Of: "m35", Text: "会议偏多"}, meeting.OtherGroup, "党员35", "未编组")
	h.Greyed("m25", meeting.ActFloor, meeting.OtherGroup)
	h.Refused("m03", meeting.GiveFloor{ID: "m25"}, meeting.OtherGroup, "党员13", "第2党小组")
	h.Does("m04", meeting.Criticise{Of: "m13", Text: "联系群众不够"}) // the committee attends all groups
	h.Does("g1", meeting.AskFloor{})
	h.Does("m25", meeting.Criticise{Of: "m26", Text: "学习不够"}) // words of the own group can be handed in early
}

func TestAGroupsRecorderWritesForTheirGroup(t *testing.T) {
	h := large(t, "seed-2017", preset.Study)
	notes := func(id string) meeting.Name {
		return meeting.Name{ID: meeting.MemberID(id), Seat: meeting.SeatGroupNotes}
	}
	h.Refused("m14", notes("m14"), meeting.ConsoleOnly)
	h.Does("m03", notes("m02"), notes("m13"), notes("m25"))
	h.Refused("m03", notes("m25"), meeting.AlreadySeated, "党员25")
	h.Does("m03", notes("m14")) // instead of m13
	same(t, "recorders", h.State().PartyGroups(), []meeting.PartyGroup{{"第1党小组", "m02"}, {"第2党小组", "m14"}, {"第3党小组", "m25"}, {"", ""}})
	same(t, "seats", h.State().Seats("m14"), []meeting.Seat{meeting.SeatGroupNotes, meeting.SeatMember})
	h.Greyed("m14", meeting.ActNote, meeting.RecorderOnly) // this item is for all
	h.GoTo(preset.Criticism)
	same(t, "a group without one", code(h, meeting.GroupsUnrecorded), []string{"1", "未编组"})
	h.Greyed("m13", meeting.ActRecord, meeting.RecorderOnly)
	h.Does("m14", meeting.CriticiseSelf{From: "m13", Text: "学习不够"}, meeting.Criticise{From: "m04", Of: "m13", Text: "联系群众不够"}, meeting.TakeNote{Text: "会后补一次谈心谈话"})
	h.Refused("m14", meeting.CriticiseSelf{From: "m26", Text: "学习不够"}, meeting.OtherGroup, "党员26", "第3党小组")
	h.Refused("m14", meeting.TakeNote{Text: "补记", Item: h.Item(preset.Study).No}, meeting.RecorderOnly)
	same(t, "reads the words of the own group", []int{len(h.State().Speeches("m14")), len(h.State().Speeches("m25"))}, []int{2, 0})
	h.GoTo(preset.SelfRating)
	h.Does("m14", meeting.RateSelf{ID: "m13", Grade: "合格"})
	h.Refused("m14", meeting.RateSelf{ID: "m26", Grade: "合格"}, meeting.OtherGroup)
	h.GoTo(preset.Ballot)
	h.Greyed("m14", meeting.ActNote, meeting.RecorderOnly)
}

func TestASmallBranchHasNoGroupRecorders(t *testing.T) {
	h := seated(t, "seed-2017", preset.Criticism, nil)
	h.Refused("m03", meeting.Name{ID: "m05", Seat: meeting.SeatGroupNotes}, meeting.NotByGroups)
}

// code returns the arguments of a check of the open item.
func code(h *hall, want meeting.Code) []string {
	for _, c := range h.State().Checks() {
		if c.Code == want {
			return c.Args
		}
	}
	return nil
}
