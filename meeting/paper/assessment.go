package paper

import (
	"fmt"
	"strconv"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// assessment is the 党支部书记考核督查表 (DOMAIN.md §4.15): each indicator with the
// branch's score and the superior's, the sums, and the outcome that the superior
// chose. It is a draft until it is published.
func assessment(p *pen) (doc.Document, bool) {
	list := p.records("assess")
	if len(list) == 0 || list[0].Rev == 0 {
		return doc.Document{}, false
	}
	r := list[0]
	rows, _ := meeting.Rows(r.Value("indicators")) // checked when they were written
	t := doc.Table{Columns: []doc.Column{
		{Name: "序号"},
		{Name: "指标"},
		{Name: "标准", Width: 16},
		{Name: "分值", Sum: true},
		{Name: "自查得分", Sum: true},
		{Name: "自查说明", Width: 10},
		{Name: "督查得分", Sum: true},
		{Name: "扣分原因", Width: 10},
		{Name: "佐证", Width: 10},
	}}
	points := 0
	for i, row := range rows {
		n, _ := strconv.Atoi(row["points"]) // the rules' own number
		points += n
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(i + 1), doc.Text(row["group"]), doc.Text(row["text"]), doc.Number(n), number(row["self"]), doc.Text(row["self_note"]),
			number(row["score"]), doc.Text(row["why"]), doc.Text(row["evidence"]),
		})
	}
	t.Total = []doc.Cell{
		doc.Text(""), doc.Text("合计"), doc.Text(""), doc.Number(points), number(r.Value("self_total")), doc.Text(""), number(r.Value("score_total")), doc.Text(""), doc.Text(""),
	}
	files, _ := formNamed("assess").Field("files")
	p.write(t, doc.Boxes{
		{{Name: "考核结果", Value: doc.Text(r.Value("outcome"))}, {Name: "被考核人", Value: doc.Text(p.titled(p.s.Chair()))}},
		{{Name: "结果的理由", Value: doc.Text(r.Value("reason")), Lines: 2}},
		{{Name: "佐证文件", Value: doc.Text(fieldText(p.s, files, r.Value("files")))}},
	})
	p.write(append(p.signs("党支部书记", p.s.Chair()), doc.Signature{Role: "督查人", Name: p.inspector(r)}))
	p.seal(p.s.Branch.Org)
	return doc.Document{
		Title:  fmt.Sprintf("%d年度党支部书记考核督查表", p.s.Rules.Year),
		Layout: doc.Ledger, Day: p.today(), Draft: r.State != meeting.Published && r.State != meeting.Filed, Blocks: p.blocks,
	}, true
}

// inspector is who of the superior scored, "" before that or on paper.
func (p *pen) inspector(r meeting.Record) string {
	for _, step := range r.History {
		if m, known := p.s.Member(step.By); step.State == meeting.Inspected && known && m.Kind == meeting.Above {
			return m.Name
		}
	}
	return ""
}

// number is a cell with a number as it is written: one with decimals in words.
func number(text string) doc.Cell {
	if n, err := strconv.Atoi(text); err == nil {
		return doc.Number(n)
	}
	return doc.Text(text)
}
