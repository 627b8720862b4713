package org

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Year is what the organisation's notice says of a year: the dates, the study
// plan month by month, and the indicators of the secretary's assessment.
type Year struct {
	Year       int                `toml:"year" json:"year"` // the year that is evaluated
	Title      string             `toml:"title" json:"title"`
	Dates      []Date             `toml:"dates" json:"dates,omitempty"`
	Months     []Month            `toml:"months" json:"months,omitempty"`
	Assess     preset.Assess      `toml:"assess" json:"assess"`
	Indicators []preset.Indicator `toml:"indicators" json:"indicators,omitempty"`
}

// Date says until when a step is to be done. Days are yyyy-mm-dd.
type Date struct {
	Step meeting.StepName `toml:"step" json:"step"`
	From string           `toml:"from" json:"from,omitempty"`
	To   string           `toml:"to" json:"to"`
}

// Month is a month of the study plan.
type Month = meeting.StudyMonth

// Directive is what the year gives the branches to go by.
func (y *Year) Directive() meeting.Directive {
	return meeting.Directive{Title: y.Title, Months: y.Months, Assess: y.Assess, Indicators: y.Indicators}
}

// What is wrong with a file beside what can be wrong with every one. What the
// arguments are stands behind each.
const (
	DayBad        preset.Code = "org.day-bad"        // what is written
	DaysBackwards preset.Code = "org.days-backwards" // the first day
	FileEmpty     preset.Code = "org.file-empty"
	MonthBad      preset.Code = "org.month-bad" // what is written
)

// Limits of what stands in a file.
const (
	maxTitle = 60  // characters
	maxTopic = 200 // characters
	maxHours = 1000
)

// ReadYear returns the year that a file of the organisation's own says, or a
// *[preset.Error] with everything that is wrong with it.
func ReadYear(data []byte) (*Year, error) {
	if strings.TrimSpace(strings.TrimPrefix(string(data), "\ufeff")) == "" {
		return nil, &preset.Error{Faults: []preset.Fault{{Code: FileEmpty}}}
	}
	var y Year
	if err := preset.ReadInto(data, &y, func() []preset.Fault { return y.faults() }); err != nil {
		return nil, err
	}
	return &y, nil
}

// For returns the year for a branch, whose dates it sets only if the branch's rules
// are of that year; nil otherwise.
func (y *Year) For(s *meeting.State) *Year {
	if y == nil || s.Rules == nil || s.Rules.Year != y.Year {
		return nil
	}
	return y
}

// Due returns the day until which a step is to be done; "" if the year sets none.
func (y *Year) Due(step meeting.StepName) string {
	if y == nil {
		return ""
	}
	for _, d := range y.Dates {
		if d.Step == step {
			return d.To
		}
	}
	return ""
}

// faults reports everything in which a year contradicts itself.
func (y *Year) faults() []preset.Fault {
	var c checks
	if y.Year < 1900 || y.Year > 2200 {
		c.add("year", preset.NumberBad, y.Year, 1900, 2200)
	}
	c.text("title", y.Title, maxTitle)
	for i, d := range y.Dates {
		c.date(fmt.Sprintf("dates[%d]", i+1), d, y.Dates[:i])
	}
	for i, m := range y.Months {
		c.month(fmt.Sprintf("months[%d]", i+1), m, y.Months[:i])
	}
	var wrong *preset.Error
	if errors.As(preset.CheckAssess(y.Assess, y.Indicators), &wrong) {
		c = append(c, wrong.Faults...)
	}
	return c
}

// checks collects the faults of a year.
type checks []preset.Fault

func (c *checks) add(key string, code preset.Code, args ...any) {
	f := preset.Fault{Key: key, Code: code}
	for _, a := range args {
		f.Args = append(f.Args, fmt.Sprint(a))
	}
	*c = append(*c, f)
}

func (c *checks) text(key, text string, most int) {
	if no := meeting.CheckText(text, most); no != nil && no.Code == meeting.TextMissing {
		c.add(key, preset.Missing)
	} else if no != nil {
		c.add(key, preset.TextBad, most)
	}
}

func (c *checks) date(key string, d Date, before []Date) {
	steps := meeting.StepNames()
	switch same := func(o Date) bool { return o.Step == d.Step }; {
	case d.Step == "":
		c.add(key+".step", preset.Missing)
	case !slices.Contains(steps, d.Step):
		names := make([]string, len(steps))
		for i, s := range steps {
			names[i] = string(s)
		}
		c.add(key+".step", preset.WordUnknown, d.Step, strings.Join(names, "、"))
	case slices.ContainsFunc(before, same):
		c.add(key+".step", preset.WordTwice, d.Step)
	}
	from, fromOK := time.Parse(time.DateOnly, d.From)
	to, toOK := time.Parse(time.DateOnly, d.To)
	switch {
	case d.To == "":
		c.add(key+".to", preset.Missing)
	case toOK != nil:
		c.add(key+".to", DayBad, d.To)
	case d.From != "" && fromOK != nil:
		c.add(key+".from", DayBad, d.From)
	case d.From != "" && to.Before(from):
		c.add(key+".to", DaysBackwards, d.From)
	}
}

func (c *checks) month(key string, m Month, before []Month) {
	switch same := func(o Month) bool { return o.Month == m.Month }; {
	case m.Month == "":
		c.add(key+".month", preset.Missing)
	case !isMonth(m.Month):
		c.add(key+".month", MonthBad, m.Month)
	case slices.ContainsFunc(before, same):
		c.add(key+".month", preset.WordTwice, m.Month)
	}
	if len(m.Topics) == 0 {
		c.add(key+".topics", preset.Missing)
	}
	for i, topic := range m.Topics {
		c.text(fmt.Sprintf("%s.topics[%d]", key, i+1), topic, maxTopic)
	}
	if m.Hours < 0 || m.Hours > maxHours {
		c.add(key+".hours", preset.NumberBad, m.Hours, 0, maxHours)
	}
}

func isMonth(text string) bool {
	_, err := time.Parse("2006-01", text)
	return err == nil
}

// SetYear replaces the organisation's year.
type SetYear struct{ Year Year }

func (c SetYear) decide(s *State, _ Request) ([]Fact, error) {
	if s.Name == "" {
		return nil, &meeting.Refusal{Code: meeting.NotFounded}
	}
	if wrong := c.Year.faults(); len(wrong) > 0 {
		return nil, &preset.Error{Faults: wrong}
	}
	return []Fact{YearSet(c)}, nil
}

// YearSet carries the whole year.
type YearSet struct {
	Year Year `json:"year"`
}

func (f YearSet) apply(s *State) { s.Year = &f.Year }
