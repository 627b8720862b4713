package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// FieldText is the value of a field as people read it: names for ids, the rows
// of a small table one under the other. "" is what is not filled in.
func (w *Words) FieldText(s *meeting.State, x meeting.Field, value string) string {
	switch {
	case value == "":
		return ""
	case x.Type == meeting.PersonField:
		return nameOf(s, meeting.MemberID(value))
	case x.Type == meeting.PeopleField:
		return w.names(s, meeting.People(value))
	case x.Type == meeting.YesField && value == "true":
		return w.Record.Yes
	case x.Type == meeting.YesField:
		return w.Record.No
	case x.Type == meeting.MomentField:
		return strings.Replace(value, "T", " ", 1)
	case x.Type == meeting.RowsField:
		return strings.Join(rowTexts(x, value), "\n")
	case x.Type == meeting.WordField, x.Type == meeting.DayField:
		return w.term(value)
	}
	return value
}

// rowTexts are the rows of a small table, a line each.
func rowTexts(x meeting.Field, value string) []string {
	rows, _ := meeting.Rows(value) // what is no table has no rows
	var lines []string
	for _, row := range rows {
		var cells []string
		for _, c := range x.Columns {
			if row[c.Name] != "" {
				cells = append(cells, row[c.Name])
			}
		}
		lines = append(lines, strings.Join(cells, "；"))
	}
	return lines
}

func ledgerChoices(*App) []choice { return nil }

// formNamed is the kind with a name; an unknown one has no name.
func formNamed(name meeting.FormName) *meeting.Form {
	for _, f := range meeting.Forms() {
		if f.Name == name {
			return f
		}
	}
	return &meeting.Form{}
}

func writeNew(*App, *meeting.Form, map[string]string) tea.Cmd { return nil }
func openRecord(*App, *meeting.Form, int) tea.Cmd             { return nil }
func outlineChoices(a *App) []choice                          { return nil }
