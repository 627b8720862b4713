package meeting_test

import (
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// Branches that stand beside each other are told apart where their names are the
// same, and say their years where they are not all in one.
func TestWhatBranchesAreCalledBesideEachOther(t *testing.T) {
	branch := func(id, name string, year int) *meeting.State {
		m := meetingtest.New(t, meetingtest.NewRoom())
		rules := meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.Year = year })
		m.Does(meeting.Keeper, meeting.Found{Branch: meeting.Branch{ID: id, Name: name, Org: "某党总支"}, Rules: rules})
		return m.State()
	}
	first, alike, third := branch("b1", "第一党支部", 2016), branch("b2", "第一党支部", 2016), branch("b3", "第三党支部", 2017)
	same(t, "other names", meeting.BranchesAddedUp([]*meeting.State{first}), []string{"第一党支部"})
	same(t, "the same name", meeting.BranchesAddedUp([]*meeting.State{first, alike}), []string{"第一党支部（b1）", "第一党支部（b2）"})
	all := []*meeting.State{first, alike, third}
	same(t, "beside each other", meeting.BranchesCalled(all), []string{"第一党支部（b1）", "第一党支部（b2）", "第三党支部"})
	same(t, "added up", meeting.BranchesAddedUp(all), []string{"第一党支部（b1）（2016）", "第一党支部（b2）（2016）", "第三党支部（2017）"})
}
