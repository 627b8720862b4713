package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// records is a kind's records as who reads them: numbered ones as one table, a
// row a record; of a kind that each person has once, a part per person; of one
// that the branch has once, the text and how it came to be what it is.
func records(s *meeting.State, who meeting.MemberID, f *meeting.Form) doc.Document {
	d := doc.Document{Title: s.Branch.Name + f.Title}
	list := s.Records(who, f.Name)
	if f.One == meeting.Numbered {
		d.Blocks = append(d.Blocks, recordTable(s, f, list))
		return d
	}
	for _, r := range list {
		if f.One == meeting.PerPerson {
			d.Blocks = append(d.Blocks, doc.Heading{Level: 1, Text: s.Called(r.Owner)})
		}
		d.Blocks = append(d.Blocks, recordParts(s, f, r)...)
		if f.One == meeting.PerBranch {
			d.Blocks = append(d.Blocks, recordHistory(s, r))
		}
	}
	return d
}

// recordHistory says which version a record is, how it came there, and what the
// superior decided, on which paper.
func recordHistory(s *meeting.State, r meeting.Record) doc.Block {
	c := newCalendar(s.Branch.Location(), s.Began())
	var lines []string
	for i, step := range r.History {
		line := c.date(step.At) + "，" + s.Called(step.By) + "：" + step.State.Title()
		if i == len(r.History)-1 && r.Approval != "" {
			line += "，文号 " + r.Approval
		}
		if step.Reason != "" {
			line += "，" + step.Reason
		}
		lines = append(lines, line)
	}
	return doc.Paragraph{Lead: fmt.Sprintf("第 %d 版，%s", r.Version, r.State.Title()), Text: strings.Join(lines, "\n")}
}

// kept writes the records of a kind without what is private in them, once one of
// them is written.
func kept(form meeting.FormName) func(*pen) (doc.Document, bool) {
	return func(p *pen) (doc.Document, bool) {
		if !slices.ContainsFunc(p.s.Records(p.s.Chair(), form), func(r meeting.Record) bool { return r.Rev > 0 }) {
			return doc.Document{}, false
		}
		return records(p.s, p.s.Chair(), public(formNamed(form))), true
	}
}

// recordTable has a column per field.
func recordTable(s *meeting.State, f *meeting.Form, list []meeting.Record) doc.Table {
	t := doc.Table{Columns: doc.Columns("序号")}
	for _, x := range f.Fields {
		t.Columns = append(t.Columns, doc.Column{Name: x.Label})
	}
	t.Columns = append(t.Columns, doc.Column{Name: "状态"})
	for _, r := range list {
		row := []doc.Cell{doc.Number(r.No)}
		for _, x := range f.Fields {
			row = append(row, doc.Text(fieldText(s, x, r.Value(x.Name))))
		}
		t.Rows = append(t.Rows, append(row, doc.Text(r.State.Title())))
	}
	return t
}

// recordParts are the fields of one record, small tables as tables.
func recordParts(s *meeting.State, f *meeting.Form, r meeting.Record) []doc.Block {
	var blocks []doc.Block
	for _, x := range f.Fields {
		value := r.Value(x.Name)
		rows, err := meeting.Rows(value)
		switch {
		case value == "":
		case x.Type == meeting.RowsField && err == nil:
			blocks = append(blocks, smallTable(x, rows))
		default:
			blocks = append(blocks, doc.Paragraph{Lead: x.Label, Text: fieldText(s, x, value)})
		}
	}
	return blocks
}

func smallTable(x meeting.Field, rows []map[string]string) doc.Table {
	t := doc.Table{Title: x.Label, Columns: doc.Columns("序号")}
	for _, c := range x.Columns {
		t.Columns = append(t.Columns, doc.Column{Name: c.Label})
	}
	for i, row := range rows {
		cells := []doc.Cell{doc.Number(i + 1)}
		for _, c := range x.Columns {
			cells = append(cells, doc.Text(row[c.Name]))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// fieldText is the value of a field as papers write it.
func fieldText(s *meeting.State, x meeting.Field, value string) string {
	return x.Text(value, meeting.FieldTexts{
		Yes: "是", No: "否", Sep: "、", CellSep: "；", Name: s.Called, Word: func(word string) string { return word }, Fill: s.Filled,
		File: func(ref meeting.FileRef) string { return ref.Name + "（SHA-256：" + ref.Hash + "）" },
	})
}
