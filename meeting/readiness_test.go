package meeting_test

import (
	"slices"
	"testing"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// meets is the day of the tests' meeting.
const meets = "2017-03-20"

// gate is how a gate stands.
func gate(t *testing.T, s *meeting.State, name string) meeting.GateCheck {
	t.Helper()
	list := s.Readiness(meets)
	i := slices.IndexFunc(list, func(c meeting.GateCheck) bool { return c.Gate == name })
	if i < 0 {
		t.Fatalf("no gate %s", name)
	}
	return list[i]
}

func redGates(names ...string) func(*preset.Rules) {
	return func(r *preset.Rules) {
		r.Gates = map[string]string{}
		for _, name := range names {
			r.Gates[name] = preset.Red
		}
	}
}

// A red gate holds the meeting up until it is mended, or passed with a reason that
// stands in the log; it is asked for once.
func TestARedGateIsPassedWithAReason(t *testing.T) {
	h := newHall(t, "seed-2017", redGates("plan", "study"), fifteen()...)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "gate-missing", "plan")
	h.Does("m03", wholePlan())
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "gate-unsent", "plan")
	h.Does("m03", meetingtest.Moves("plan", 1, "submit", ""))
	same(t, "it waits", gate(t, h.State(), "plan").Code, meeting.GateAwaits)
	h.Does(above, meetingtest.Moves("plan", 1, "return", "没有时间"))
	same(t, "returned", gate(t, h.State(), "plan").Code, meeting.GateSentBack)
	h.Does("m03", meetingtest.Writes("plan", 1, "before", "3月13日学习"), meetingtest.Moves("plan", 1, "submit", ""))
	h.Does(above, meetingtest.Moves("plan", 1, "approve", ""))
	same(t, "approved", gate(t, h.State(), "plan").Level, meeting.Green)

	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "no-study-together")
	h.Refused("m03", meeting.Next{Reason: "\x1b"}, meeting.ControlCharacters)
	h.Does("m03", meeting.Next{Reason: "分散学习。"})
	passed := []meeting.GatesPassed{{Gates: []meeting.PassedGate{{Gate: "study", Code: meeting.NoStudyTogether}}, Reason: "分散学习。"}}
	same(t, "in the log", h.State().GatesPassed, passed)
	same(t, "it stays red", []string{gate(t, h.State(), "study").Level, gate(t, h.State(), "study").Reason}, []string{preset.Red, "分散学习。"})
	same(t, "in the report", h.State().Filled("{red_checks}"), "会前没有集中学习（分散学习）")
}

// Before the vote the gates are asked again: what is red only then needs a reason
// too, and the one given before counts.
func TestTheGatesAreAskedAgainBeforeTheVote(t *testing.T) {
	h := newHall(t, "seed-2017", redGates("study", "written"), fifteen()...)
	h.Does("m03", meeting.Next{Reason: "分散学习"})
	h.SignsIn("m08")
	h.Does("m03", meeting.RecordAbsence{ID: "m08", Reason: "病假"})
	h.GoTo(preset.Ballot)
	h.Sealed("m05", "m07")
	same(t, "red", gate(t, h.State(), "written").Level, preset.Red)
	err := h.Open(t.Context(), "m03", "")
	same(t, "shut", meetingtest.Code(err), meeting.NeedsReason)
	if err := h.Open(t.Context(), "m03", "住院"); err != nil {
		t.Fatal(err)
	}
	same(t, "in the log", h.State().GatesPassed[1].Gates, []meeting.PassedGate{{Gate: "written", Code: meeting.WrittenLacking, Args: []string{"1", "党员08"}}})
}

// An amber gate is said and passes; one that is off is not asked for.
func TestAmberPassesAndOffIsSilent(t *testing.T) {
	h := newHall(t, "seed-2017", func(r *preset.Rules) { r.Gates = map[string]string{"talks": preset.Off} }, fifteen()...)
	same(t, "off", slices.ContainsFunc(h.State().Readiness(meets), func(c meeting.GateCheck) bool { return c.Gate == "talks" }), false)
	same(t, "amber", gate(t, h.State(), "plan").Level, preset.Amber)
	h.Does("m03", meeting.Next{})
	same(t, "passed silently", len(h.State().GatesPassed), 0)
}

// What each gate finds.
func TestWhatTheGatesFind(t *testing.T) {
	h := newHall(t, "seed-2017", nil, meetingtest.Members(15).Probationary(2).Post(2, "组织委员").Post(3, "书记")...)
	find := func(name string, code meeting.Code, args ...string) {
		t.Helper()
		c := gate(t, h.State(), name)
		same(t, name, append([]string{string(c.Code)}, c.Args...), append([]string{string(code)}, args...))
	}
	find("notice", meeting.GateMissing, "notice")
	h.Does("m03", meetingtest.Writes("notice", 0, "time", "2017-03-20T14:00", "place", "会议室", "theme", "专题"))
	find("notice", meeting.GateUnsent, "notice")
	h.Does("m03", meetingtest.Moves("notice", 1, "send", ""))
	h.Does("m01", meetingtest.Moves("notice", 1, "confirm", ""))
	find("notice", meeting.NoticeUnconfirmed, "14", "党员02、党员03、党员04、党员05、党员06等")

	find("hours", meeting.StudyLacking, "15", "党员01、党员02、党员03、党员04、党员05等")
	h.Does("m03", studied("attended", `["m01","m02"]`, "made_up", `[{"who":"m03","day":"2017-03-16"}]`))
	find("study", meeting.GateReady)
	find("hours", meeting.StudyLacking, "12", "党员04、党员05、党员06、党员07、党员08等")

	find("opinions", meeting.NoOpinions)
	h.Does("m03", meetingtest.Writes("opinion", 0, "about", "班子", "means", "座谈", "source", "群众", "text", "公开不够"))
	find("opinions", meeting.OpinionsUnmerged, "1", "1")
	h.Does("m03", meeting.MergeOpinions{Nos: []int{1}, Text: "公开不够"})
	find("opinions", meeting.GateReady)

	find("problems", meeting.NoProblems)
	h.Does("m03", meetingtest.Writes("problem", 0, "text", "公开不够"), meetingtest.Writes("problem", 0, "text", "学习少", "category", "政治合格"))
	find("problems", meeting.ProblemsUnsorted, "1")
	same(t, "only amber", gate(t, h.State(), "problems").Level, preset.Amber)

	find("guide", meeting.NoGuide)
	h.Does("m03", meetingtest.Writes("plan", 0, "guide_wanted", "true"))
	find("guide", meeting.GuideAwaited)
	h.Does(above, meeting.AssignGuide{Guide: meeting.Superior{ID: "s2", Name: "上级s2"}})
	find("guide", meeting.GateReady)

	find("ledger", meeting.GateReady)
	find("written", meeting.GateReady)
	h.Does("m03", meeting.RecordAbsence{ID: "m08", Reason: "病假"})
	find("written", meeting.WrittenLacking, "1", "党员08")
	h.Does("m08", meetingtest.Writes("outline", 0, "problems", `[{"problem":"学习少"}]`, "causes", "忙", "measures", `[{"what":"多学"}]`), meetingtest.Moves("outline", 1, "submit", ""))
	find("written", meeting.GateReady)
	find("outlines", meeting.OutlinesLacking, "14", "党员01、党员02、党员03、党员04、党员05等")
	find("scrutineers", meeting.GateUncertain)
}

// A study, a talk or a notice on a day on which it can't have been is said in amber, and
// holds nothing up. Once its day is right the gate is green.
func TestADayThatCannotBeIsAmber(t *testing.T) {
	h := newHall(t, "seed-2017", redGates("study", "notice", "talks"), meetingtest.Members(3).Post(1, "书记")...)
	find := func(name, level string, code meeting.Code, args ...string) {
		t.Helper()
		c := gate(t, h.State(), name)
		same(t, name, append([]string{c.Level, string(c.Code)}, c.Args...), append([]string{level, string(code)}, args...))
	}
	h.Does("m01", studied("day", "2017-03-21"))
	find("study", preset.Amber, meeting.GateAhead, "study", "2017-03-21")
	h.Does("m01", meetingtest.Writes("study", 1, "day", "1917-03-14"))
	find("study", preset.Amber, meeting.GateLongAgo, "study", "1917-03-14", "2016-01-01")
	h.Does("m01", meetingtest.Writes("study", 1, "day", meets))
	find("study", meeting.Green, meeting.GateReady)

	h.Does("m01", meetingtest.Writes("plan", 0, "from", "2017-03-18", "to", "2017-03-23"))
	for i, c := range []struct {
		day  string
		code meeting.Code
		args []string
	}{
		{"2017-03-19", meeting.GateDayPast, nil},
		{"2017-03-24", meeting.GateOffPlan, []string{"2017-03-18", "2017-03-23"}},
	} {
		h.Does("m01", meetingtest.Writes("notice", min(i, 1), "time", c.day+"T14:00", "place", "会议室", "theme", "专题"), meetingtest.Moves("notice", 1, "send", ""))
		for _, id := range []meeting.MemberID{"m01", "m02", "m03"} {
			h.Does(id, meetingtest.Moves("notice", 1, "confirm", ""))
		}
		find("notice", preset.Amber, c.code, append([]string{"notice", c.day}, c.args...)...)
	}

	h.Does("m01", talked("m02", "m03"))
	h.Does("m02", talked("m03"))
	find("talks", meeting.Green, meeting.GateReady)
	h.Does("m01", meetingtest.Writes("talk", 1, "at", "2099-01-01"))
	find("talks", preset.Amber, meeting.GateAhead, "talk", "2099-01-01")
	h.Does("m01", meeting.Next{})
	find("talks", preset.Amber, meeting.DayTooLate, "2099-01-01", "talk", meets)
}

// A rehearsal is a log of its own; the branch's says that its box was counted, and
// then the gate is green, with the day.
func TestTheRehearsalIsAGate(t *testing.T) {
	h := newHall(t, "seed-2017", redGates("rehearsal"), fifteen()...)
	h.Refused("m03", meeting.Next{}, meeting.NeedsReason, "not-rehearsed")
	h.Refused("m05", meeting.KeepRehearsal{Ballots: 2}, meeting.ConsoleOnly)
	h.Refused("m03", meeting.KeepRehearsal{}, meeting.BadNumber)
	h.Does("m03", meeting.KeepRehearsal{Ballots: 9})
	c := gate(t, h.State(), "rehearsal")
	same(t, "held", []any{c.Level, c.Code, c.Args}, []any{meeting.Green, meeting.GateRehearsed, []string{"2017-03-20", "9"}})
	h.Does("m03", meeting.Next{})
	h.Refused("m03", meeting.KeepRehearsal{Ballots: 9}, meeting.TooLateToRehearse)
	h = newHall(t, "party-history-2021", nil, fifteen()...)
	same(t, "without a ballot nothing is rehearsed", slices.ContainsFunc(h.State().Readiness(meets), func(c meeting.GateCheck) bool { return c.Gate == "rehearsal" }), false)
}

// The page is for the console, the committee and the superior.
func TestWhoReadsHowReadyABranchIs(t *testing.T) {
	h := newHall(t, "seed-2017", nil, fifteen()...)
	h.Does(above, meeting.AssignGuide{Guide: meeting.Superior{ID: "s2", Name: "上级s2"}})
	for who, want := range map[meeting.MemberID]bool{"m03": true, "m02": true, above: true, "m05": false, meeting.Screen: false} {
		same(t, string(who), h.State().ReadsReady(who) == nil, want)
	}
}
