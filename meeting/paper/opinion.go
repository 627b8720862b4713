package paper

import (
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// opinions is the 征求意见汇总: how many opinions there are, the lines of the
// summary, and of those that somebody has kept what is not private. Of those
// without a name only the number is there: the paper is the same with the
// server's secret and without it.
func opinions(p *pen) (doc.Document, bool) {
	s := p.s
	if s.RawOpinions() == 0 {
		return doc.Document{}, false
	}
	d := doc.Document{Title: s.Branch.Name + "征求意见汇总", Layout: doc.Ledger}
	counts := fmt.Sprintf("原始 %d 条，其中不署名 %d 条；归并 %d 条。", s.RawOpinions(), s.Opinions.Unsigned(), len(s.Opinions.Lines))
	d.Blocks = append(d.Blocks, doc.Paragraph{Lead: "条数", Text: counts})
	if len(s.Opinions.Lines) > 0 {
		t := doc.Table{Title: "归并汇总", Columns: doc.Columns("序号", "意见建议", "条数")}
		for i, l := range s.Opinions.Lines {
			t.Rows = append(t.Rows, []doc.Cell{doc.Number(i + 1), doc.Text(l.Text), doc.Number(len(l.Of))})
		}
		d.Blocks = append(d.Blocks, t)
	}
	if list := keptOpinions(s); len(list) > 0 {
		d.Blocks = append(d.Blocks, recordTable(s, public(formNamed("opinion")), list))
	}
	return d, true
}

// keptOpinions are those that somebody has written down.
func keptOpinions(s *meeting.State) []meeting.Record {
	var list []meeting.Record
	for _, r := range s.Records(s.Chair(), "opinion") {
		if r.No < meeting.FirstUnsigned && r.State != meeting.Draft {
			list = append(list, r)
		}
	}
	return list
}

// public is a kind without its private fields.
func public(f *meeting.Form) *meeting.Form {
	some := *f
	some.Fields = nil
	for _, x := range f.Fields {
		if !x.Private {
			some.Fields = append(some.Fields, x)
		}
	}
	return &some
}

func formNamed(name meeting.FormName) *meeting.Form {
	for _, f := range meeting.Forms() {
		if f.Name == name {
			return f
		}
	}
	return &meeting.Form{}
}
