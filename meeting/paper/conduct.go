package paper

import (
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// conductColumns are the facts of a member's daily conduct that are numbers.
var conductColumns = []string{"studied", "hours", "talks", "lines", "closed"}

// conduct is the list of members' daily conduct (平时表现), for those who grade:
// facts in roster order, without points, sums or ranks. It is there once the
// meeting has come to the grades, or somebody has written one.
func conduct(p *pen) (doc.Document, bool) {
	if len(p.written("conduct")) == 0 && p.s.Ratings.Len() == 0 || !p.s.Rules.Has("conduct") {
		return doc.Document{}, false
	}
	f := formNamed("conduct")
	t := doc.Table{Columns: doc.Columns("序号")}
	for _, x := range f.Fields {
		if !x.Private || !p.public() {
			t.Columns = append(t.Columns, doc.Column{Name: x.Label})
		}
	}
	for _, r := range p.records("conduct") {
		row := []doc.Cell{doc.Number(len(t.Rows) + 1)}
		for _, x := range f.Fields {
			if !x.Private || !p.public() {
				row = append(row, p.cell(x, r))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	p.write(t, doc.Paragraph{Text: "以上为事实，供评定等次时参考，不计分、不排名。"})
	p.write(append(p.signs("记录人", p.s.Recorder), p.signs("支部书记", p.s.Chair())...))
	return doc.Document{Title: "党员平时表现情况", Layout: doc.Ledger, Day: p.today(), Draft: !p.s.Submitted, Blocks: p.blocks}, true
}

// conductCells are a member's facts that are numbers.
func (p *pen) conductCells(id meeting.MemberID) []doc.Cell {
	list := p.records("conduct")
	i := slices.IndexFunc(list, func(r meeting.Record) bool { return r.Owner == id })
	if i < 0 {
		return blanks(len(conductColumns))
	}
	r := list[i]
	var cells []doc.Cell
	for _, name := range conductColumns {
		x, _ := formNamed("conduct").Field(name)
		cells = append(cells, p.cell(x, r))
	}
	return cells
}
