package paper

import (
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// opinions is the 征求意见汇总 (DOMAIN.md §4.6): how many opinions there are, the
// lines of the summary, and of those that somebody has kept what is not private.
// Of those without a name only the number is there: the paper is the same with the
// server's secret and without it, and nothing in it tells an author. It is a draft
// while opinions are collected.
func opinions(p *pen) (doc.Document, bool) {
	s := p.s
	if s.RawOpinions() == 0 {
		return doc.Document{}, false
	}
	p.write(doc.Fields{
		{Name: "发出征求意见表", Value: doc.Text(blank + " 份")},
		{Name: "收回", Value: doc.Text(blank + " 份")},
		{Name: "原始条数", Value: doc.Text(fmt.Sprintf("%d 条，其中不署名 %d 条", s.RawOpinions(), s.Opinions.Unsigned()))},
		{Name: "归并条数", Value: doc.Text(fmt.Sprintf("%d 条", len(s.Opinions.Lines)))},
	})
	summary := doc.Table{Title: "归并汇总", Columns: []doc.Column{{Name: "序号"}, {Name: "意见建议内容", Width: 60}, {Name: "归并的条数"}, {Name: "原始意见编号"}}}
	for i, l := range s.Opinions.Lines {
		summary.Rows = append(summary.Rows, []doc.Cell{doc.Number(i + 1), doc.Text(l.Text), doc.Number(len(l.Of)), doc.Text(keptNumbers(l.Of))})
	}
	p.table(summary, "尚未归并")
	p.keptOpinions()
	return doc.Document{Title: s.Branch.Name + "征求意见汇总表", Layout: doc.Ledger, Draft: !s.Opinions.Closed && s.Ended().IsZero(), Blocks: p.blocks}, true
}

// keptNumbers are the numbers of the opinions in a line that somebody has kept, as
// they stand in the table of those.
func keptNumbers(of []int) string {
	var list []string
	for _, no := range of {
		if no < meeting.FirstUnsigned {
			list = append(list, fmt.Sprint(no))
		}
	}
	return joined("、", list...)
}

// keptOpinions writes those that somebody has written down; for who may read them
// also what they say.
func (p *pen) keptOpinions() {
	t := doc.Table{Title: "记录的意见", Columns: doc.Columns("编号", "对象", "征求方式", "意见来源身份", "问题类别", "日期", "状态")}
	text := p.reader != "" && p.s.ReadsOpinions(p.reader)
	if text {
		t.Columns = append(t.Columns, doc.Column{Name: "意见建议内容", Width: 40})
	}
	for _, r := range p.written("opinion") {
		if r.No >= meeting.FirstUnsigned || r.State == meeting.Draft {
			continue
		}
		row := []doc.Cell{
			doc.Number(r.No), doc.Text(p.value(r, "about")), doc.Text(p.value(r, "means")), doc.Text(p.value(r, "source")),
			doc.Text(p.value(r, "category")), doc.Day(r.Value("day")), doc.Text(r.State.Title()),
		}
		if text {
			row = append(row, doc.Text(p.value(r, "text")))
		}
		t.Rows = append(t.Rows, row)
	}
	p.table(t, "无")
}

func formNamed(name meeting.FormName) *meeting.Form {
	for _, f := range meeting.Forms() {
		if f.Name == name {
			return f
		}
	}
	return &meeting.Form{}
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
