package tui

import (
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
)

// Who grades reads what somebody was graded in the years before, and everybody
// their own.
func TestTheGradesOfEarlierYears(t *testing.T) {
	old := meetingtest.New(t, meetingtest.NewRoom())
	old.Whole(meetingtest.Rules(t, "seed-2017"), "学习还不够深入")
	old.Does(meeting.Keeper, meeting.EndYear{Next: 2018})
	next := meetingtest.New(t, meetingtest.NewRoom())
	next.Does(meeting.Keeper, meeting.BeginYear{Of: old.State(), Rules: meetingtest.Rules(t, "regulation-2018")})
	for who, want := range map[meeting.MemberID]string{"m03": "以前的等次：2016 年度合格", "m02": "以前的等次：2016 年度合格", "m05": ""} {
		if got := Chinese().pastGrades(next.State(), who, "m02"); got != want {
			t.Errorf("%s reads %q", who, got)
		}
	}
	if text := Chinese().SayOwn(next.State(), "m02", meetingtest.Afternoon()); !strings.Contains(text, "以前的等次：2016 年度合格") {
		t.Errorf("of their own m02 reads\n%s", text)
	}
}
