package paper

import (
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Material is what was prepared for the open item, paragraph by paragraph, for
// the facilitator and the recorder: the summary of the opinions, the lines of last
// year's ledger, the committee's self-check, the outline of the absent member
// whose turn it is. It has what who may read, and is nil where nothing was
// prepared.
func Material(s *meeting.State, who meeting.MemberID) []string {
	it, open := s.Item()
	if s.Rules == nil || !open {
		return nil
	}
	if write := materials[it.Kind]; write != nil {
		return write(s, who)
	}
	return nil
}

// materials write what was prepared for an item, by its kind.
var materials = map[string]func(*meeting.State, meeting.MemberID) []string{
	preset.LastYear:  func(s *meeting.State, _ meeting.MemberID) []string { return carriedLines(s) },
	preset.Briefing:  summaryLines,
	preset.SelfCheck: selfCheckParts,
	preset.Criticism: func(s *meeting.State, who meeting.MemberID) []string {
		r, _ := s.ToReadOut(who)
		return fieldParts(s, formNamed("outline"), r)
	},
}

// carriedLines are the lines of the ledger that came over from the year before,
// with how far each has come.
func carriedLines(s *meeting.State) []string {
	p := speaker{pen: &pen{s: s}}
	for _, l := range s.Carried() {
		state := string(l.Progress)
		if l.Closed {
			state = meeting.ShutState.Title()
		}
		p.read("第 %d 条：%s，由%s负责，%s。", l.No, strings.TrimRight(l.Problem, "。；"), p.responsible(l.Of), state)
	}
	return p.text
}

// summaryLines are the lines of the summary of the opinions, each with how many
// opinions it is of.
func summaryLines(s *meeting.State, who meeting.MemberID) []string {
	if !s.ReadsOpinions(who) {
		return nil
	}
	var list []string
	for _, l := range s.Opinions.Lines {
		list = append(list, fmt.Sprintf("意见 %d（归并 %d 条）：%s", l.No, len(l.Of), sentence(l.Text)))
	}
	return list
}

// selfCheckParts is the committee's self-check as it stands.
func selfCheckParts(s *meeting.State, who meeting.MemberID) []string {
	r, _ := s.Record(who, "selfcheck", 0) // none has no parts
	return fieldParts(s, formNamed("selfcheck"), r)
}

// fieldParts are the fields of a record that are filled in, each under its label.
func fieldParts(s *meeting.State, f *meeting.Form, r meeting.Record) []string {
	var list []string
	for _, x := range f.Fields {
		if value := r.Value(x.Name); value != "" {
			list = append(list, x.Label+"：")
			list = append(list, strings.Split(fieldText(s, x, value), "\n")...)
		}
	}
	return list
}
