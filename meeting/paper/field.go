package paper

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// written are the records of a kind that somebody has written, as the paper's
// reader reads them.
func (p *pen) written(form meeting.FormName) []meeting.Record {
	return slices.DeleteFunc(slices.Clone(p.records(form)), func(r meeting.Record) bool { return r.Rev == 0 })
}

// only is the record of a kind that the branch has once; ok is false while nobody
// has written it.
func (p *pen) only(form meeting.FormName) (r meeting.Record, ok bool) {
	list := p.written(form)
	if len(list) == 0 {
		return meeting.Record{Form: form}, false
	}
	return list[0], true
}

// value is what a field of a record holds, as papers write it; "" for nothing.
func (p *pen) value(r meeting.Record, field string) string {
	x, _ := formNamed(r.Form).Field(field)
	switch text := fieldText(p.s, x, r.Value(field)); x.Type {
	case meeting.DayField, meeting.MomentField:
		return dayText(text)
	default:
		return text
	}
}

// shown reports whether the paper's reader may read a field; a private one stands
// in no folder.
func (p *pen) shown(r meeting.Record, field string) bool {
	f := formNamed(r.Form)
	x, _ := f.Field(field)
	return !x.Private || !p.public() && f.Reads(p.s, p.reader, r, x)
}

// box is the place of a field on a form, at least so many lines high.
func (p *pen) box(r meeting.Record, field, name string, lines int) doc.Box {
	return doc.Box{Name: name, Value: doc.Text(p.value(r, field)), Lines: lines}
}

// part writes a field as a chapter, with a blank where nothing is written.
func (p *pen) part(title, text string) {
	p.begin(title)
	p.write(doc.Paragraph{Text: cmp.Or(text, blank)})
}

// rows writes a small table of a record. One without rows has a few blank ones, to
// be filled in by hand.
func (p *pen) rows(r meeting.Record, field string) {
	x, _ := formNamed(r.Form).Field(field)
	list, _ := meeting.Rows(r.Value(field)) // checked when it was written
	t := smallTable(x, list)
	t.Title = ""
	for len(list) == 0 && len(t.Rows) < blankRows {
		t.Rows = append(t.Rows, blanks(len(t.Columns)))
	}
	p.write(t)
}

// blankRows is how many rows a table has that nobody has filled in.
const blankRows = 3

// dayText writes a day, with its time where there is one, as papers do:
// 2017年3月20日 14:30. Other words stay as they are.
func dayText(value string) string {
	if at, err := time.Parse(time.DateOnly, value); err == nil {
		return at.Format(dayForm)
	}
	if at, err := time.Parse(time.DateOnly+" 15:04", value); err == nil {
		return at.Format(dayForm + " 15:04")
	}
	return value
}

// ownNumber is a number at the beginning of a line: 1. 1．1、（1） 1）.
var ownNumber = regexp.MustCompile(`^\s*[（(]?(\d{1,2})[.．、)）]\s*`)

// numbered writes a text whose lines are points: 1. 2. …. Those that somebody has
// numbered keep their numbers; otherwise all of them are, if there are several.
func numbered(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	own := slices.ContainsFunc(lines, ownNumber.MatchString)
	for i, line := range lines {
		switch {
		case own:
			lines[i] = ownNumber.ReplaceAllString(line, "${1}. ")
		case len(lines) > 1:
			lines[i] = fmt.Sprintf("%d. %s", i+1, strings.TrimSpace(line))
		}
	}
	return strings.Join(lines, "\n")
}
