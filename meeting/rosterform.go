package meeting

import "strings"

// RosterColumn is a column of a roster, for who makes a sheet to fill in.
type RosterColumn struct {
	Name    string
	Choices []string // what is written in it; none is anything
	Open    bool     // anything else may be written too
}

// RosterColumns returns the columns of a roster, in the order of [State.RosterRows].
func RosterColumns() []RosterColumn {
	list := make([]RosterColumn, len(rosterColumns))
	for i, c := range rosterColumns {
		choices, open := choicesOf(c.name)
		list[i] = RosterColumn{c.name, strings.Fields(choices), open}
	}
	return list
}

// choicesOf returns what may be chosen in a column. There may be several posts and
// states, and a reason may say more in brackets.
func choicesOf(column string) (choices string, open bool) {
	switch column {
	case "类别":
		return kindChoices, false
	case "性别":
		return sexNames, false
	case "党内职务":
		return postNames, true
	case "状态":
		return standingNames, true
	case "不计入应到原因":
		return reasonNames, true
	}
	return "", true
}

// RosterRows returns a row for everybody on the roster. Under the headers of
// [RosterColumns], [ReadRoster] reads them again without a change.
func (s *State) RosterRows() [][]string {
	rows := make([][]string, len(s.Roster))
	for i, m := range s.Roster {
		row := make([]string, len(rosterColumns))
		for j, c := range rosterColumns {
			row[j] = *c.field(&m)
			if c.name == "类别" {
				row[j] = kindNames[m.Kind]
			}
		}
		rows[i] = row
	}
	return rows
}
