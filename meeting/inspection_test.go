package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// flaws are what an inspector finds, as paper and code.
func flaws(s *meeting.State) []string {
	var list []string
	for _, x := range s.Inspect("") {
		list = append(list, x.Paper+" "+string(x.Code))
	}
	return list
}

// finds and finds not: each is a paper and a code.
func finds(t *testing.T, s *meeting.State, want, not []string) {
	t.Helper()
	got := flaws(s)
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("not found: %s, only %s", w, strings.Join(got, ", "))
		}
	}
	for _, n := range not {
		if slices.Contains(got, n) {
			t.Errorf("found: %s", n)
		}
	}
}

// What real inspections find: absentees without reasons, nobody to sign, nobody
// criticised, last year's ledger not spoken of, and a talk that was owed.
func TestAnInspectorFindsWhatTheMinutesLack(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017", func(r *preset.Rules) { r.Gates = map[string]string{"talks": preset.Amber, "plan": preset.Red} }), meetingtest.Branch(6, 0)...)
	finds(t, m.State(), []string{"plan gate-missing", "talks talks-lacking"}, []string{"sign-in absent-without-reason"})
	m.Does("m01", meeting.SignIn{})
	for _, id := range []meeting.MemberID{"m02", "m03", "m04", "m05"} {
		m.Does(id, meeting.SignIn{})
	}
	m.ComesTo(preset.Rectification)
	finds(t, m.State(),
		[]string{"sign-in absent-without-reason", "minutes no-place", "minutes no-recorder", "minutes last-year-missing"},
		[]string{"plan day-too-late"})
	m.Does(m.Chair(), meeting.RecordAbsence{ID: "m06", Reason: "出差"})
	finds(t, m.State(), nil, []string{"sign-in absent-without-reason"})
}

// Days that contradict each other: a meeting outside of its plan, a study after it.
func TestAnInspectorFindsDaysOutOfOrder(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Founds(meetingtest.Rules(t, "seed-2017"), meetingtest.Branch(6, 0)...)
	held := meetingtest.Afternoon()
	m.Does(m.Chair(), meetingtest.Writes("plan", 0, "title", "方案", "from", held.AddDate(0, 0, 5).Format("2006-01-02"), "to", held.AddDate(0, 0, 9).Format("2006-01-02"),
		"before", "学习", "during", "评议", "after", "整改"),
		meetingtest.Writes("study", 0, "day", held.AddDate(0, 0, 3).Format("2006-01-02"), "form", "集中", "topic", "《准则》", "hours", "2"),
		meetingtest.Writes("study", 0, "day", held.AddDate(0, 0, -3).Format("2006-01-02"), "form", "集中", "topic", "《条例》", "hours", "2"))
	m.SignsIn()
	m.ComesTo(preset.Opening)
	finds(t, m.State(), []string{"plan outside-the-plan", "study day-too-late"}, []string{"notice day-too-late"})
	if n := len(slices.DeleteFunc(flaws(m.State()), func(x string) bool { return x != "study day-too-late" })); n != 1 {
		t.Errorf("%d studies too late, one is", n)
	}
}

// In a whole meeting nothing is found of what it has.
func TestAnInspectorFindsNothingAmissInWhatIsThere(t *testing.T) {
	m := meetingtest.New(t, meetingtest.NewRoom())
	m.Whole(meetingtest.Rules(t, "seed-2017"), "学习还不够深入")
	finds(t, m.State(), nil, []string{"tally counts-disagree", "minutes no-host", "plan gate-missing", "plan outside-the-plan"})
}
