package meeting

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// Draft is what a new record of a kind begins with: what the kind knows itself,
// and the preset's template with the branch's own facts, which goes before. It is
// empty where there is neither.
func (s *State) Draft(who MemberID, form FormName) map[string]string {
	values := map[string]string{}
	f, ok := form.form()
	if !ok || s.Rules == nil {
		return values
	}
	if f.Fresh != nil {
		maps.Copy(values, f.Fresh(s, who))
	}
	for name, text := range s.Rules.Templates[string(form)] {
		if x, ok := f.Field(name); ok {
			if x.Facts { // what the kind drafts are its figures
				values[name] = tidy(text + "\n" + values[name])
				continue
			}
			values[name] = x.FromText(s.Filled(text))
		}
	}
	return values
}

// Unknown stands in a drafted text for what is not known yet.
const Unknown = "____"

// Filled is a text with the branch's facts in place of its placeholders. What is
// not known yet is a blank to be filled in, never an invented word.
func (s *State) Filled(text string) string {
	return preset.Fill(text, func(name string) string { return cmp.Or(s.fact(name), Unknown) })
}

// fillBlanks puts what is known now into the blanks that drafted lines of a record
// have kept: a plan is drafted before its days are. What people have written in other
// words stays.
func (s *State) fillBlanks(f *Form, r Request, next Record) {
	var then *State // with the record as it is written now
	for name, template := range s.Rules.Templates[string(f.Name)] {
		x, ok := f.Field(name)
		if !ok || x.Facts || x.Type != TextField && x.Type != LineField || !strings.Contains(next.Values[name], Unknown) {
			continue
		}
		if then == nil {
			no := cmp.Or(next.No, s.kept[f.Name].Len()+1)
			then = Apply(s, Event{By: r.By, At: r.At, Fact: RecordWritten{Form: f.Name, No: no, Rev: next.Rev + 1, Version: 1, State: Draft, Values: next.Values}})
		}
		lines := strings.Split(next.Values[name], "\n")
		for _, drafted := range strings.Split(template, "\n") {
			for i, line := range lines {
				lines[i] = then.withoutBlanks(strings.TrimSpace(drafted), line)
			}
		}
		if filled := strings.Join(lines, "\n"); s.check(x, filled) == nil {
			next.Values[name] = filled
		}
	}
}

// withoutBlanks is a line with its blanks filled in, if it is one that this line of a
// template has drafted.
func (s *State) withoutBlanks(drafted, line string) string {
	var names []string
	words := preset.Fill(drafted, func(name string) string {
		names = append(names, name)
		return "\x00"
	})
	pattern := strings.ReplaceAll(regexp.QuoteMeta(words), "\x00", "(.*?)")
	found := regexp.MustCompile("^" + pattern + "$").FindStringSubmatchIndex(line)
	if found == nil {
		return line
	}
	for i, name := range slices.Backward(names) {
		if from, to := found[2*i+2], found[2*i+3]; line[from:to] == Unknown {
			line = line[:from] + cmp.Or(s.fact(name), Unknown) + line[to:]
		}
	}
	return line
}

// fact is what a placeholder stands for; "" if that is not known.
func (s *State) fact(name string) string {
	switch name {
	case "branch":
		return s.Branch.Name
	case "org":
		return s.Branch.Org
	case "year":
		return fmt.Sprint(s.Rules.Year)
	case "title":
		return s.Rules.Title
	case "secretary":
		return s.NameOf(s.Chair())
	case "formal":
		return fmt.Sprint(s.Count(Formal))
	case "probationary":
		return fmt.Sprint(s.Count(Probationary))
	case "members":
		return fmt.Sprint(s.Count(Formal, Probationary))
	case "meeting_day":
		return cmp.Or(s.plannedDays(), chineseDay(s.MeetingDay()))
	case "from", "to", "deadline":
		r, _ := s.only("plan") // none has no days
		return chineseDay(r.Value(name))
	}
	if stage, ok := strings.CutPrefix(name, "stage:"); ok {
		return s.stageDays(stage)
	}
	return s.workFact(name)
}

// MeetingDay is the day on which the meeting is held, as far as it is known: it
// was, or the notice or the plan says so; "" otherwise. Days are yyyy-mm-dd.
func (s *State) MeetingDay() string {
	if at := s.Began(); !at.IsZero() {
		return at.In(s.Branch.Location()).Format(time.DateOnly)
	}
	if r, ok := s.only("notice"); ok && len(r.Value("time")) >= len(time.DateOnly) {
		return r.Value("time")[:len(time.DateOnly)]
	}
	if r, ok := s.only("plan"); ok {
		return r.Value("from")
	}
	return ""
}

// plannedDays are the days among which the plan leaves the choice, in words; "" once
// the day of the meeting is known.
func (s *State) plannedDays() string {
	notice, _ := s.only("notice")
	plan, _ := s.only("plan")
	from, to := plan.Value("from"), plan.Value("to")
	if !s.Began().IsZero() || dayOf(notice.Value("time")) != "" || from == "" || to <= from {
		return ""
	}
	return chineseDay(from) + "至" + chineseDay(to)
}

// beforehand reports whether what was done on a day prepared the meeting: once it has
// begun, what came on a later day did not. A day that is not known may have been before.
func (s *State) beforehand(day string) bool {
	return s.Began().IsZero() || dayOf(day) <= s.MeetingDay()
}

// only is the record of a kind that a branch has once, as it stands now.
func (s *State) only(form FormName) (Record, bool) {
	list := s.all(form)
	if len(list) == 0 {
		return Record{}, false
	}
	return list[0], true
}

// StageDays are the first and the last day of a stage of the preset; ok is false
// while the day of the meeting is not known.
func (s *State) StageDays(stage preset.Stage) (from, to string, ok bool) {
	day, err := time.Parse(time.DateOnly, s.MeetingDay())
	if err != nil {
		return "", "", false
	}
	return day.AddDate(0, 0, stage.From).Format(time.DateOnly), day.AddDate(0, 0, stage.To).Format(time.DateOnly), true
}

// stageDays are the days of a stage in words.
func (s *State) stageDays(name string) string {
	i := slices.IndexFunc(s.Rules.Stages, func(st preset.Stage) bool { return st.Name == name })
	if i < 0 {
		return ""
	}
	from, to, ok := s.StageDays(s.Rules.Stages[i])
	switch {
	case !ok:
		return ""
	case from == to:
		return chineseDay(from)
	}
	return chineseDay(from) + "至" + chineseDay(to)
}

// chineseDay is a day as papers write it: 2017年3月20日; "" for none.
func chineseDay(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", at.Year(), at.Month(), at.Day())
}
