package paper

import (
	"cmp"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// wordsOf are the words that a field of a kind may have, for a list to choose from.
func wordsOf(form meeting.FormName, field string) []string {
	x, _ := formNamed(form).Field(field)
	return x.Words
}

// ledger is the 整改台账 (DOMAIN.md §4.11), line by line, and how far the lines have
// come. Whether a line was posted (公示) is written by hand.
func ledger(p *pen) (doc.Document, bool) {
	list := p.s.Records(p.s.Chair(), "ledger")
	if len(list) == 0 {
		return doc.Document{}, false
	}
	t := doc.Table{Columns: []doc.Column{
		{Name: "序号"},
		{Name: "层面", Words: wordsOf("ledger", "level")},
		{Name: "责任主体"},
		{Name: "问题", Width: 14},
		{Name: "来源", Words: wordsOf("ledger", "source")},
		{Name: "整改措施", Width: 12},
		{Name: "整改目标", Width: 8},
		{Name: "责任人"},
		{Name: "协助人"},
		{Name: "整改时限"},
		{Name: "进展", Words: wordsOf("ledger", "progress")},
		{Name: "完成日期"},
		{Name: "佐证材料", Width: 6},
		{Name: "验收人、验收意见", Width: 8},
		{Name: "销号", Words: []string{"是", "否"}},
		{Name: "公示", Words: []string{"是", "否"}},
	}}
	closed := map[bool]string{true: "是", false: "否"}
	for i, l := range p.s.Ledger() {
		r := list[i]
		files, _ := formNamed("ledger").Field("files")
		whose, responsible := cmp.Or(p.s.Rules.Vote.BranchTitle, "支部班子"), ""
		if l.Of != "" {
			whose, responsible = p.s.Called(l.Of), p.s.Called(l.Of)
		}
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(l.No), doc.Text(l.Level), doc.Text(whose), doc.Text(l.Problem), doc.Text(l.Source), doc.Text(l.Measure), doc.Text(l.Goal), doc.Text(responsible),
			doc.Text(l.Helper), doc.Day(l.Due), doc.Text(l.Progress), doc.Day(l.Done), doc.Text(joined("\n", l.Evidence, fieldText(p.s, files, r.Value("files")))),
			doc.Text(p.accepted(r)), doc.Text(closed[l.Closed]), doc.Text(""),
		})
	}
	p.write(t, p.progress())
	p.write(p.signs("支部书记", p.s.Chair()))
	p.seal(p.s.Branch.Name)
	return doc.Document{Title: "专题组织生活会和民主评议整改台账", Layout: doc.Ledger, Day: p.today(), Blocks: p.blocks}, true
}

// accepted is who accepted a line, and in which words.
func (p *pen) accepted(r meeting.Record) string {
	who := ""
	for _, step := range r.History {
		if step.State == meeting.ShutState {
			who = p.s.Called(step.By)
		}
	}
	return joined("：", who, r.Value("acceptance"))
}

// progress is how many lines have come how far.
func (p *pen) progress() doc.Table {
	t := doc.Table{Title: "整改进展", Columns: []doc.Column{{Name: "进展"}, {Name: "条数", Sum: true}, {Name: "已销号", Sum: true}}}
	all, shut := 0, 0
	for _, word := range meeting.Progresses() {
		n, closed := 0, 0
		for _, l := range p.s.Ledger() {
			if l.Progress == word {
				n++
				if l.Closed {
					closed++
				}
			}
		}
		all, shut = all+n, shut+closed
		t.Rows = append(t.Rows, []doc.Cell{doc.Text(word), doc.Number(n), doc.Number(closed)})
	}
	t.Total = []doc.Cell{doc.Text("合计"), doc.Number(all), doc.Number(shut)}
	t.Chart = &doc.Chart{Title: "整改进展", Values: []int{1}}
	return t
}
