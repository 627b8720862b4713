package paper

import (
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// problems is the 问题清单 (DOMAIN.md §4.10), a draft while one of them is neither
// in the ledger nor dropped.
func problems(p *pen) (doc.Document, bool) {
	list := p.written("problem")
	if len(list) == 0 {
		return doc.Document{}, false
	}
	t := doc.Table{Columns: []doc.Column{
		{Name: "序号"}, {Name: "层面"}, {Name: "姓名"}, {Name: "类别"}, {Name: "问题", Width: 40}, {Name: "来源"}, {Name: "是否列入整改"}, {Name: "备注"},
	}}
	for _, r := range list {
		taken, why := takenUp(r)
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(r.No), doc.Text(p.value(r, "level")), doc.Text(p.value(r, "member")), doc.Text(p.value(r, "category")),
			doc.Text(p.value(r, "text")), doc.Text(p.value(r, "source")), doc.Text(taken), doc.Text(why),
		})
	}
	open := slices.ContainsFunc(list, func(r meeting.Record) bool { return r.State == meeting.OpenState })
	return doc.Document{Title: p.s.Branch.Name + "问题清单", Layout: doc.Ledger, Draft: open, Blocks: []doc.Block{t}}, true
}

// takenUp says whether a problem is in the ledger, and why not; "" while nobody
// has decided.
func takenUp(r meeting.Record) (word, why string) {
	switch r.State {
	case meeting.InLedger:
		return "是", ""
	case meeting.Dropped:
		return "否", r.History[len(r.History)-1].Reason
	}
	return "", ""
}
