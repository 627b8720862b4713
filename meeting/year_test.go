package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// nextYear is a whole meeting, its year ended, and the year after it.
func nextYear(t *testing.T) (old, next *meetingtest.Meeting) {
	t.Helper()
	old = meetingtest.New(t, meetingtest.NewRoom())
	old.Whole(meetingtest.Rules(t, "seed-2017"), "学习还不够深入")
	next = meetingtest.New(t, meetingtest.NewRoom())
	later := meetingtest.Rules(t, "regulation-2018")
	next.Refused(meeting.Keeper, meeting.BeginYear{Of: old.State(), Rules: later}, meeting.YearGoesOn, "2016")
	old.Refused("m03", meeting.EndYear{Next: 2018}, meeting.KeeperOnly)
	old.Refused(meeting.Keeper, meeting.EndYear{Next: 2016}, meeting.YearNotLater, "2016", "2016")
	old.Does(meeting.Keeper, meeting.EndYear{Next: 2018})
	next.Refused(meeting.Keeper, meeting.BeginYear{Of: old.State(), Rules: meetingtest.Rules(t, "seed-2017")}, meeting.YearNotLater)
	next.Does(meeting.Keeper, meeting.BeginYear{Of: old.State(), Seq: 99, Hash: "c0ffee", Rules: later})
	return old, next
}

// What goes over into the next year: everybody, the open lines, and grades for
// who may see them. Codes do not.
func TestWhatGoesOverIntoTheNextYear(t *testing.T) {
	old, next := nextYear(t)
	s := next.State()
	same(t, "branch, roster, codes", []any{s.Branch, s.Roster, s.Codes.Len(), s.Phase, s.Rules.ID},
		[]any{old.State().Branch, old.State().Roster, 0, meeting.Before, "regulation-2018"})
	same(t, "open lines", len(s.Ledger()), 1)
	same(t, "the line", s.Ledger()[0].Problem, old.State().Ledger()[1].Problem)
	same(t, "came over", s.Carried(), s.Ledger())
	line, _ := s.Record("m04", "ledger", 1)
	same(t, "its version", line.Version, 1)
	photo, no := s.ReadableFile("m04", strings.Repeat("0f", 32))
	same(t, "the line's file", []any{photo.Name, photo.Size, no}, []any{"照片.jpg", 3, (*meeting.Refusal)(nil)})
	same(t, "where the old log ended", []any{s.Earlier[0].Year, s.Earlier[0].Seq, s.Earlier[0].Hash}, []any{2016, 99, "c0ffee"})
	own := []meeting.PastGrade{{Year: 2016, Grade: "合格"}}
	for who, want := range map[meeting.MemberID][]meeting.PastGrade{"m01": own, "m03": own, "m05": nil, "g1": nil} {
		same(t, string(who)+" reads", s.PastGrades(who, "m01"), want)
	}
	ready := func() meeting.GateCheck {
		list := next.State().Readiness("")
		return list[slices.IndexFunc(list, func(c meeting.GateCheck) bool { return c.Gate == "ledger" })]
	}
	same(t, "ready", []any{ready().Code, ready().Args}, []any{meeting.LastYearOpen, []string{"1"}})
	next.Does("m04", meetingtest.Writes("ledger", 1, "progress", string(meeting.ProgressGoing)))
	same(t, "before the meeting", s.Phase, meeting.Before)
	next.Refused(meeting.Keeper, meeting.BeginYear{Of: old.State(), Rules: s.Rules}, meeting.BranchExists)
}

// What the committee still has to mend from the year before stands in the ledger,
// but not among the problems that this year's meeting found.
func TestTheReportHasTheProblemsOfItsOwnYear(t *testing.T) {
	old := meetingtest.New(t, meetingtest.NewRoom())
	old.Whole(meetingtest.Rules(t, "seed-2017"), "学习还不够深入")
	line := func(problem string) meeting.Command {
		return meetingtest.Writes("ledger", 0, "level", string(meeting.LevelCommittee), "problem", problem, "due", meeting.DueAlways)
	}
	old.Does(old.Chair(), line("会议偏多"))
	old.Does(meeting.Keeper, meeting.EndYear{Next: 2018})
	next := meetingtest.New(t, meetingtest.NewRoom())
	next.Does(meeting.Keeper, meeting.BeginYear{Of: old.State(), Seq: 99, Hash: "c0ffee", Rules: meetingtest.Rules(t, "regulation-2018")})
	next.Does(next.Chair(), line("调研不够"))
	same(t, "found this year", next.State().Filled("{committee_problems}"), "1. 调研不够")
	same(t, "in the ledger", next.State().Filled("{ledger_lines}"), "3")
}

// A year that another follows is read, and no more is added to it.
func TestAYearThatIsOverIsOnlyRead(t *testing.T) {
	old, _ := nextYear(t)
	old.Refused("m03", meeting.TakeNote{Text: "再记一笔"}, meeting.YearOver, "2018")
	old.Refused(meeting.Keeper, meeting.IssueCodes{Hashes: map[meeting.MemberID]string{"m01": "00"}}, meeting.YearOver)
	old.Refused("m04", meetingtest.Writes("ledger", 2, "goal", "x"), meeting.YearOver)
	old.Refused(meeting.Keeper, meeting.EndYear{Next: 2019}, meeting.YearOver)
	old.Refused(meeting.Keeper, meeting.Found{Branch: old.State().Branch, Rules: old.State().Rules}, meeting.BranchExists, old.State().Branch.ID)
	old.Greyed("m03", meeting.ActRate, meeting.YearOver)
	for _, act := range []meeting.Action{meeting.ActPapers, meeting.ActBoard} {
		if no := meeting.May(old.State(), "m03", act); no != nil {
			t.Errorf("%s: %v", act, no)
		}
	}
	old.Does(meeting.Keeper, meeting.Prune{Approval: "批复", Classes: meeting.Classes()})
}

func TestAYearDoesNotEndInTheMiddle(t *testing.T) {
	h := five(t, nil)
	h.Refused(meeting.Keeper, meeting.EndYear{Next: 2030}, meeting.StillLive)
}
