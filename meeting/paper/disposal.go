package paper

import (
	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// disposals is the 处置统计表 (DOMAIN.md §3.5): what is done about the members with
// one of the two lower grades, for those who grade and the superior. It is a draft
// until the superior has decided on each.
func disposals(p *pen) (doc.Document, bool) {
	list, f := p.records("disposal"), formNamed("disposal")
	if len(list) == 0 {
		return doc.Document{}, false
	}
	t := doc.Table{Columns: doc.Columns("序号", "评定等次")}
	for _, x := range f.Fields {
		if !x.Private || !p.public() {
			t.Columns = append(t.Columns, doc.Column{Name: x.Label})
		}
	}
	t.Columns = append(t.Columns, doc.Columns("审定", "文号", "审定日期")...)
	done, means := true, map[string]int{}
	for _, r := range list {
		done = done && r.State == meeting.Approved
		means[r.Value("means")]++
		grade, _ := p.s.GradeOf(meeting.MemberID(r.Value("member")))
		row := []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(grade.Grade)}
		for _, x := range f.Fields {
			if !x.Private || !p.public() {
				row = append(row, p.cell(x, r))
			}
		}
		t.Rows = append(t.Rows, append(row, doc.Text(r.State.Title()), doc.Text(r.Approval), doc.Day(p.stepDay(r, meeting.Approved))))
	}
	p.write(t, p.meansTable(means, len(list)))
	p.say("处置不下指标、不定比例。")
	p.write(p.signs("支部书记", p.s.Chair()))
	p.seal(p.s.Branch.Name)
	return doc.Document{Title: "不合格、基本合格党员处置情况统计表", Layout: doc.Ledger, Day: p.today(), Draft: !done, Blocks: p.blocks}, true
}

// meansTable says how many members are handled in which way. Of who is 基本合格 there
// is none.
func (p *pen) meansTable(means map[string]int, all int) doc.Table {
	t := doc.Table{Title: "处置方式统计", Columns: []doc.Column{{Name: "处置方式"}, {Name: "人数", Sum: true}}}
	x, _ := formNamed("disposal").Field("means")
	for _, word := range x.Words {
		t.Rows = append(t.Rows, []doc.Cell{doc.Text(word), doc.Number(means[word])})
	}
	t.Rows = append(t.Rows, []doc.Cell{doc.Text("帮助教育（不作组织处置）"), doc.Number(means[""])})
	t.Total = []doc.Cell{doc.Text("合计"), doc.Number(all)}
	return t
}
