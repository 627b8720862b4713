package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// recordChoices lead a person to the records of all kinds that they may read or
// write, their own ones first.
func recordChoices(a *App) []choice {
	return recordsChoice(a, func(a *App, f *meeting.Form) []choice {
		if viewOfRecords(f.Name).hand {
			return allRecords(a, f)
		}
		return append(ownRecords(a, f), allRecords(a, f)...)
	})
}

// consoleRecords lead the facilitator to the records of all kinds.
func consoleRecords(a *App) []choice { return recordsChoice(a, allRecords) }

// recordsChoice opens the list of the kinds of which a person may read or write a
// record; who may none is not asked.
func recordsChoice(a *App, of func(*App, *meeting.Form) []choice) []choice {
	rows := func(f *meeting.Form) []choice {
		list := of(a, f)
		if first := viewOfRecords(f.Name).first; first != nil {
			list = append(list, first(a)...)
		}
		return slices.DeleteFunc(list, func(c choice) bool { return c.why != "" })
	}
	if !slices.ContainsFunc(kinds(a), func(f *meeting.Form) bool { return len(rows(f)) > 0 }) {
		return nil
	}
	return []choice{{label: a.words.Record.All, id: "records", do: func(a *App) tea.Cmd {
		return a.push(&menu{title: a.words.Record.All, opened: true, choices: func(a *App) []choice {
			var list []choice
			for _, f := range kinds(a) {
				list = append(list, rows(f)...)
			}
			return list
		}})
	}}}
}

// kinds are the kinds of records that the preset has.
func kinds(a *App) []*meeting.Form {
	return slices.DeleteFunc(meeting.Forms(), func(f *meeting.Form) bool { return !a.s.Rules.Has(string(f.Name)) })
}

// ownRecords lead to the records that concern a person, where there are others
// beside them; of a kind that each person has once, to theirs.
func ownRecords(a *App, f *meeting.Form) []choice {
	title, mine := a.words.mineTitle(f), "mine:"+string(f.Name)
	theirs := func(r meeting.Record) bool { return concerns(f, r, a.Who) }
	own := readable(a, f, theirs)
	if f.One == meeting.PerBranch {
		return nil
	}
	switch {
	case f.One != meeting.Numbered && len(own) > 0:
		return []choice{{label: title, id: mine, note: a.words.RecordState(own[0].State), do: func(a *App) tea.Cmd { return openRecord(a, f, own[0].No) }}}
	case f.One != meeting.Numbered:
		return []choice{{label: title, id: mine, why: a.whyNot(f, 0, nil), draft: newDraft(f, nil), do: func(a *App) tea.Cmd { return writeNew(a, f, nil) }}}
	case len(own) == 0 || len(own) == len(a.s.Records(a.Who, f.Name)):
		return nil
	}
	return []choice{{label: title, id: mine, note: a.words.Record.Count.of(len(own)), do: func(a *App) tea.Cmd {
		return a.push(&menu{title: title, opened: true, choices: func(a *App) []choice { return recordRows(a, f, theirs) }})
	}}}
}

// allRecords lead to all records of a kind. Of one that each person has once
// there is a list only of the others', and of everybody's where everybody has one.
func allRecords(a *App, f *meeting.Form) []choice {
	title := a.words.RecordTitle(f)
	others := func(r meeting.Record) bool { return f.One != meeting.PerPerson || r.Owner != a.Who }
	listed := others
	if f.Each != nil {
		listed = func(meeting.Record) bool { return true }
	}
	c := choice{label: title, id: "kind:" + string(f.Name), do: func(a *App) tea.Cmd { return openRecords(a, f, listed) }}
	n := len(readable(a, f, others))
	if f.One == meeting.PerBranch {
		return []choice{onlyRecord(a, f)}
	}
	switch {
	case n > 0:
		c.note = a.words.Record.Count.of(len(readable(a, f, listed)))
	case f.One != meeting.Numbered:
		return nil
	default:
		c.why = a.whyNot(f, 0, nil)
	}
	return []choice{c}
}

// onlyRecord leads to what a branch has once: to read, or to begin it.
func onlyRecord(a *App, f *meeting.Form) choice {
	title := a.words.RecordTitle(f)
	r, none := a.s.Record(a.Who, f.Name, 0)
	if none != nil {
		return choice{label: title, id: "kind:" + string(f.Name), why: a.whyNot(f, 0, nil), draft: newDraft(f, nil), do: func(a *App) tea.Cmd { return writeNew(a, f, nil) }}
	}
	return choice{label: title, id: "kind:" + string(f.Name), note: noteOf(a, f, r, false), do: func(a *App) tea.Cmd { return openRecord(a, f, r.No) }}
}

// concerns reports whether a record is a person's: it names them, or, where the
// kind names nobody, they wrote it.
func concerns(f *meeting.Form, r meeting.Record, who meeting.MemberID) bool {
	if f.One == meeting.PerPerson {
		return r.Owner == who
	}
	for _, x := range f.Fields {
		if x.Type == meeting.PersonField {
			return meeting.MemberID(r.Value(x.Name)) == who
		}
		if x.Type == meeting.PeopleField {
			return r.Owner == who || slices.Contains(r.People(x.Name), who)
		}
	}
	return r.Owner == who
}

// openRecords lists the records of a kind.
func openRecords(a *App, f *meeting.Form, keep func(meeting.Record) bool) tea.Cmd {
	return a.push(&menu{
		title: a.words.RecordTitle(f), opened: true,
		say: func(a *App, text *flow) {
			if head := viewOfRecords(f.Name).head; head != nil {
				head(a, text)
			}
			if !slices.ContainsFunc(a.s.Records(a.Who, f.Name), keep) {
				text.say(draw.Muted, a.words.Record.Empty)
			}
		},
		choices: func(a *App) []choice {
			var list []choice
			if f.One == meeting.Numbered {
				list = append(list, choice{label: a.words.Record.Add, why: a.whyNot(f, 0, nil), draft: newDraft(f, nil), do: func(a *App) tea.Cmd { return writeNew(a, f, nil) }})
			}
			list = append(list, recordRows(a, f, keep)...)
			if rows := viewOfRecords(f.Name).rows; rows != nil {
				list = append(list, rows(a)...)
			}
			return list
		},
	})
}

// readable are the records of a kind that a person may read, as far as they are
// wanted.
func readable(a *App, f *meeting.Form, keep func(meeting.Record) bool) []meeting.Record {
	return slices.DeleteFunc(a.s.Records(a.Who, f.Name), func(r meeting.Record) bool { return !keep(r) })
}

// recordRows are the records of a kind that who may read, as rows of a list:
// what is overdue first.
func recordRows(a *App, f *meeting.Form, keep func(meeting.Record) bool) []choice {
	view := viewOfRecords(f.Name)
	var overdue, others []choice
	for _, r := range readable(a, f, keep) {
		late := view.late != nil && view.late(a, r)
		no := r.No
		c := choice{note: noteOf(a, f, r, late), id: fmt.Sprint("record ", no), do: func(a *App) tea.Cmd { return openRecord(a, f, no) }}
		if view.name != nil {
			c.label = view.name(a, r)
		} else {
			c.label = strings.TrimSpace(whose(a, f, r) + "  " + briefly(a, f, r))
		}
		if late {
			overdue = append(overdue, c)
		} else {
			others = append(others, c)
		}
	}
	return append(overdue, others...)
}

// whose is who a record is about, for a list.
func whose(a *App, f *meeting.Form, r meeting.Record) string {
	owner := a.name(r.Owner)
	if f.One != meeting.Numbered {
		return owner
	}
	for i, x := range f.Fields {
		text := a.words.FieldText(a.s, x, r.Value(x.Name))
		switch {
		case x.Type == meeting.PersonField && text == "" && i > 0: // the committee's own
			return a.words.FieldText(a.s, f.Fields[0], r.Value(f.Fields[0].Name))
		case x.Type == meeting.PersonField:
			return text
		case x.Type == meeting.PeopleField && text != "":
			return a.words.Record.Pair.of(owner, text)
		}
	}
	return owner
}

// briefly is the beginning of what a record says, for a list: of a text, else the
// day. What is private is read on the record's own page only.
func briefly(a *App, f *meeting.Form, r meeting.Record) string {
	for _, types := range [][]meeting.FieldType{{meeting.TextField, meeting.RowsField}, {meeting.DayField, meeting.MomentField}, {meeting.LineField}} {
		for _, x := range f.Fields {
			text := a.words.FieldText(a.s, x, r.Value(x.Name))
			if text != "" && !x.Private && slices.Contains(types, x.Type) {
				first, _, _ := strings.Cut(text, "\n")
				return ansi.Truncate(draw.Clean(first), 30, "...")
			}
		}
	}
	return ""
}

// noteOf says how far a record has come, and what is wanted of who looks at it.
func noteOf(a *App, f *meeting.Form, r meeting.Record, late bool) string {
	var parts []string
	if f.One == meeting.Numbered {
		parts = append(parts, a.words.Record.No.of(r.No))
	}
	state := a.words.RecordState(r.State)
	if note := viewOfRecords(f.Name).note; note != nil {
		state = note(a, r)
	}
	parts = append(parts, state)
	if warn := viewOfRecords(f.Name).warn; warn != nil && warn(a, r) != "" {
		parts = append(parts, warn(a, r))
	}
	if late {
		parts = append(parts, a.words.Record.Overdue)
	}
	for _, m := range f.Moves {
		if m.Signers != nil && r.Owner != a.Who && a.s.MayMove(a.Who, r, m.Word) == nil {
			parts = append(parts, a.words.Record.Wanted.of(a.words.move(f.Name, m.Word).Name))
		}
	}
	return strings.Join(parts, a.words.Common.Comma)
}
