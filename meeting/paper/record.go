package paper

import (
	"slices"
	"strings"

	"pingyi/meeting"
)

// records is a kind's records as who reads them: numbered ones as one table, a
// row a record; of a kind that each person has once, a part per person.
func records(s *meeting.State, who meeting.MemberID, f *meeting.Form) Document {
	d := Document{Title: s.Branch.Name + f.Title}
	list := s.Records(who, f.Name)
	if !f.One {
		d.Blocks = append(d.Blocks, recordTable(s, f, list))
		return d
	}
	for _, r := range list {
		d.Blocks = append(d.Blocks, Heading{Level: 1, Text: s.Called(r.Owner)})
		d.Blocks = append(d.Blocks, recordParts(s, f, r)...)
	}
	return d
}

// forms are the papers of the kinds that hold nothing private, once there is a
// record of them. What is private is made for its readers only.
func forms(s *meeting.State) []Paper {
	var list []Paper
	for _, f := range meeting.Forms() {
		private := slices.ContainsFunc(f.Fields, func(x meeting.Field) bool { return x.Private })
		if who := s.Chair(); f.Paper != "" && !private && len(s.Records(who, f.Name)) > 0 {
			list = append(list, Paper{Name: f.Paper, Document: records(s, who, f)})
		}
	}
	return list
}

// recordTable has a column per field.
func recordTable(s *meeting.State, f *meeting.Form, list []meeting.Record) Table {
	t := Table{Columns: []string{"序号"}}
	for _, x := range f.Fields {
		t.Columns = append(t.Columns, x.Label)
	}
	t.Columns = append(t.Columns, "状态")
	for _, r := range list {
		row := []Cell{Number(r.No)}
		for _, x := range f.Fields {
			row = append(row, Text(fieldText(s, x, r.Value(x.Name))))
		}
		t.Rows = append(t.Rows, append(row, Text(stateName(r.State))))
	}
	return t
}

// recordParts are the fields of one record, small tables as tables.
func recordParts(s *meeting.State, f *meeting.Form, r meeting.Record) []Block {
	var blocks []Block
	for _, x := range f.Fields {
		value := r.Value(x.Name)
		rows, err := meeting.Rows(value)
		switch {
		case value == "":
		case x.Type == meeting.RowsField && err == nil:
			blocks = append(blocks, smallTable(x, rows))
		default:
			blocks = append(blocks, Paragraph{Lead: x.Label, Text: fieldText(s, x, value)})
		}
	}
	return blocks
}

func smallTable(x meeting.Field, rows []map[string]string) Table {
	t := Table{Title: x.Label, Columns: []string{"序号"}}
	for _, c := range x.Columns {
		t.Columns = append(t.Columns, c.Label)
	}
	for i, row := range rows {
		cells := []Cell{Number(i + 1)}
		for _, c := range x.Columns {
			cells = append(cells, Text(row[c.Name]))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// fieldText is the value of a field as people read it: names for ids, rows of a small table
// one under the other.
func fieldText(s *meeting.State, x meeting.Field, value string) string {
	switch x.Type {
	case meeting.PersonField:
		if value == "" {
			return ""
		}
		return s.Called(meeting.MemberID(value))
	case meeting.PeopleField:
		var names []string
		for _, id := range meeting.People(value) {
			names = append(names, s.Called(id))
		}
		return strings.Join(names, "、")
	case meeting.YesField:
		return map[string]string{"true": "是", "false": "否"}[value]
	case meeting.MomentField:
		return strings.Replace(value, "T", " ", 1)
	case meeting.RowsField:
		return rowsText(x, value)
	}
	return value
}

func rowsText(x meeting.Field, value string) string {
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
	return strings.Join(lines, "\n")
}

// stateName is the state of a record as people read it.
func stateName(state meeting.RecordState) string {
	switch state {
	case meeting.Draft:
		return "草稿"
	case meeting.Kept:
		return "已记"
	case meeting.Submitted:
		return "已提交"
	case meeting.Confirmed:
		return "已确认"
	case meeting.OpenState:
		return "整改中"
	case meeting.ShutState:
		return "已销号"
	}
	return string(state)
}
