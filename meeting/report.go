package meeting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting/preset"
)

// ActReport writes the report on the meeting.
const ActReport Action = "report"

var reportActions = []action{{ActReport, forMembers, (*State).mayKeep}}

// FieldPlaceholder means that a text has a placeholder that stands for nothing:
// field, placeholder, those that there are.
const FieldPlaceholder Code = "field-placeholder"

// reportForm is the 情况报告 (DOMAIN.md §4.13) to the superior. Its figures are
// placeholders, which whoever reads it sees filled.
func reportForm() *Form {
	section := func(name, label string) Field {
		return Field{Name: name, Label: label, Type: TextField, Must: true, Facts: true}
	}
	return &Form{
		Name: "report", Title: "情况报告", Paper: "report", Main: "held", One: PerBranch,
		Fields: []Field{
			section("prepared", "会前准备情况"), section("held", "会议召开情况"), section("results", "评议结果"),
			section("problems", "查摆的主要问题"), section("next", "整改措施和下一步打算"),
		},
		Moves: []Move{
			{Word: "submit", From: []RecordState{Draft}, To: Submitted, Whole: true, May: (*State).keepsIt},
			{Word: "receive", From: []RecordState{Submitted}, To: Received, Decides: true},
			{Word: "return", From: []RecordState{Submitted}, To: Returned, Text: true, Decides: true},
		},
		Phase: (*State).mayKeep,
		Read:  (*State).readsBranch,
		Fresh: (*State).freshReport,
	}
}

// freshReport are the sections with what the branch's facts give.
func (s *State) freshReport(MemberID) map[string]string {
	var prepared []string
	for kind, text := range map[string]string{
		"study":   "组织学习{study_sessions}次，共{study_hours}学时。",
		"opinion": "征求意见{opinions_raw}条，归并为{opinions_merged}条。",
		"talk":    "应谈心谈话{talks_owed}对，已谈{talks_held}对。",
	} {
		if s.Rules.Has(kind) {
			prepared = append(prepared, text)
		}
	}
	slices.Sort(prepared)
	return map[string]string{
		"prepared": strings.Join(prepared, ""),
		"held": "{meeting_day}，{branch}召开{title}会议，由{host}主持。应到党员{expected}名，实到{present}名，缺席：{absent}。" +
			"会上作自我批评{self_criticisms}条，提出批评意见{criticisms}条。\n未按要求完成而继续的环节：{red_checks}。",
		"results": "民主测评发出票{ballots_issued}张，收回{ballots_returned}张，有效{ballots_valid}张。" +
			"评定等次：优秀{excellent}名，合格{qualified}名，基本合格{basic}名，不合格{unqualified}名。",
		"problems": "{committee_problems}",
		"next":     "整改台账共{ledger_lines}条，已销号{ledger_closed}条，其余逐条落实。",
	}
}

// placeholders lists what {…} in a text may stand for.
func (s *State) placeholders() []string {
	list := preset.Placeholders()
	for _, stage := range s.Rules.Stages {
		list = append(list, "stage:"+stage.Name)
	}
	return list
}

// checkPlaceholders refuses a text with a placeholder that stands for nothing.
func (s *State) checkPlaceholders(f Field, text string) *Refusal {
	known := s.placeholders()
	var bad *Refusal
	preset.Fill(text, func(name string) string {
		if bad == nil && !slices.Contains(known, name) {
			bad = refuse(FieldPlaceholder, f.Label, name, strings.Join(known, "、"))
		}
		return ""
	})
	return bad
}

// workFact is what a placeholder about the work before, in and after the meeting
// stands for; "" while that is not known.
func (s *State) workFact(name string) string {
	lines := s.Ledger()
	switch name {
	case "study_sessions":
		n, _ := s.studiedBeforehand()
		return fmt.Sprint(n)
	case "study_hours":
		_, hours := s.studiedBeforehand()
		return hours.String()
	case "talks_owed":
		return fmt.Sprint(s.pairs(func(p TalkPair) bool { return p.Owed }))
	case "talks_held":
		return fmt.Sprint(s.pairs(func(p TalkPair) bool { return p.Owed && p.Beforehand }))
	case "opinions_raw":
		return known(s.RawOpinions() - len(s.lateOpinions()))
	case "opinions_merged":
		late := s.lateOpinions()
		return known(len(slices.DeleteFunc(slices.Clone(s.Opinions.Lines), func(l OpinionLine) bool {
			return !slices.ContainsFunc(l.Of, func(no int) bool { return !slices.Contains(late, no) })
		})))
	case "ledger_lines":
		return fmt.Sprint(len(lines))
	case "ledger_closed":
		return fmt.Sprint(len(slices.DeleteFunc(lines, func(l LedgerLine) bool { return !l.Closed })))
	case "committee_problems":
		carried := s.Carried() // found the year before
		return numbered(slices.DeleteFunc(lines, func(l LedgerLine) bool { return slices.Contains(carried, l) }))
	}
	if s.Began().IsZero() {
		return ""
	}
	return cmp.Or(s.meetingFact(name), s.gradeFact(name))
}

// known is a number of what somebody has collected; "" for none.
func known(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// numbered are the problems of the committee in a ledger, one under the other.
func numbered(lines []LedgerLine) string {
	var list []string
	for _, l := range lines {
		if l.Level == LevelCommittee {
			list = append(list, fmt.Sprintf("%d. %s", len(list)+1, l.Problem))
		}
	}
	return strings.Join(list, "\n")
}

// pairs counts the pairs of people that are wanted.
func (s *State) pairs(want func(TalkPair) bool) int {
	n := 0
	for _, p := range s.TalkPairs() {
		if want(p) {
			n++
		}
	}
	return n
}

// meetingFact is what a placeholder about the meeting stands for, once it has
// begun.
func (s *State) meetingFact(name string) string {
	roll := s.Roll()
	switch name {
	case "host":
		return s.NameOf(s.Host())
	case "expected":
		return fmt.Sprint(roll.Expected)
	case "present":
		return fmt.Sprint(roll.Present)
	case "absent":
		return s.absentWords(roll.Absent)
	case "self_criticisms":
		own, _ := s.CountCriticism()
		return fmt.Sprint(own)
	case "criticisms":
		_, others := s.CountCriticism()
		return fmt.Sprint(others)
	case "red_checks":
		return s.passedRed()
	}
	return s.ballotFact(name)
}

// absentWords are those who are absent, with their reasons.
func (s *State) absentWords(absent []MemberID) string {
	var list []string
	for _, id := range absent {
		one := s.Called(id)
		if reason := s.Attendance.Of(id).Reason; reason != "" {
			one += "（" + reason + "）"
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		return "无"
	}
	return joinWords(list)
}

// passedRed are the gates that were passed, and the items that were skipped or
// left with a red check, with the reasons.
func (s *State) passedRed() string {
	var list []string
	add := func(what, reason string) { list = append(list, what+"（"+strings.TrimRight(reason, "。.；;")+"）") }
	for _, p := range s.GatesPassed {
		for _, g := range p.Gates {
			add(g.Words(), p.Reason)
		}
	}
	for _, it := range s.Agenda {
		if it.Reason != "" {
			add(it.Title, it.Reason)
		}
	}
	if len(list) == 0 {
		return "无"
	}
	return joinWords(list)
}

// ballotFact is how many ballots of members there were, once they are counted:
// before, how many are in the box is nobody's to write down.
func (s *State) ballotFact(name string) string {
	v := s.Vote()
	if v == nil || v.State != BoxCounted {
		return ""
	}
	issued, returned := v.Ballots()
	switch name {
	case "ballots_issued":
		return fmt.Sprint(issued)
	case "ballots_returned", "ballots_valid": // a ballot is refused or valid
		return fmt.Sprint(returned)
	}
	return ""
}

// gradeFact is how many members have a grade, once members may be told theirs:
// fewer would tell something about those who wait.
func (s *State) gradeFact(name string) string {
	i := slices.Index([]string{"excellent", "qualified", "basic", "unqualified"}, name)
	if i < 0 || !s.Submitted || i >= len(s.Rules.Grades) {
		return ""
	}
	n := 0
	for _, id := range s.graded() {
		r, _ := s.GradeOf(id)
		if s.Cleared(id, "") != nil {
			return ""
		}
		if r.Grade == Grade(s.Rules.Grades[i]) {
			n++
		}
	}
	return fmt.Sprint(n)
}
