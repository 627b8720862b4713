package paper

import (
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// ballotPaper is the blank 民主测评票 (DOMAIN.md §4.2, layout A), there before the
// meeting: a sheet for members, with the committee's table (§4.4) where the rules
// have one, and one for 群众 where they vote. Sheets have no number and no mark: all
// of a channel are the same.
func ballotPaper(p *pen) (doc.Document, bool) {
	if !p.s.Rules.OnAgenda(preset.Ballot) || len(p.s.ToGrade()) == 0 {
		return doc.Document{}, false
	}
	if p.s.Rules.Vote.Mass {
		p.write(doc.Heading{Level: 1, Text: "党员测评票"})
	}
	p.sheet()
	if p.s.Rules.Vote.Mass {
		p.write(doc.PageBreak{}, doc.Heading{Level: 1, Text: "群众评议票"})
		p.sheet()
	}
	return doc.Document{Title: "民主测评票", Blocks: p.blocks}, true
}

// sheet writes one ballot.
func (p *pen) sheet() {
	r := p.s.Rules
	p.write(doc.Boxes{{{Name: "党支部", Value: doc.Text(p.s.Branch.Name)}, {Name: "日期", Value: doc.Text(p.ballotDay())}}})
	rule := "无记名填写，在所选等次下打“√”，一人一项；不打“√”为弃权，同一行打两个“√”该行无效。"
	if !r.Vote.SelfVote {
		rule += "不给本人测评，本人一行留空。"
	}
	p.write(doc.Paragraph{Lead: "填表说明", Text: rule + "认为有问题的，在“存在问题”栏写明情形或代码。"})
	t := doc.Table{Title: "党员民主测评", Columns: []doc.Column{{Name: "序号", Width: 3}, {Name: "姓名", Width: 8}, {Name: "备注", Width: 7}}}
	for _, g := range r.Grades {
		t.Columns = append(t.Columns, doc.Column{Name: g, Width: 5})
	}
	t.Columns = append(t.Columns, doc.Column{Name: "存在问题（情形代码）", Width: 10})
	for i, id := range p.s.ToGrade() {
		m, _ := p.s.Member(id)
		mark := ""
		if m.Kind == meeting.Probationary {
			mark = kindName(m.Kind)
		}
		t.Rows = append(t.Rows, append([]doc.Cell{doc.Number(i + 1), doc.Text(p.s.SubjectCalled(id)), doc.Text(mark)}, blanks(len(r.Grades)+1)...))
	}
	p.write(t)
	if r.Vote.Branch {
		p.committeeSheet()
	}
}

// ballotDay is the day of the meeting, as far as it is known.
func (p *pen) ballotDay() string {
	if day := p.s.MeetingDay(); day != "" {
		return dayText(day)
	}
	return strings.TrimSpace(handDay)
}

// committeeSheet writes the committee's own table.
func (p *pen) committeeSheet() {
	r := p.s.Rules
	t := doc.Table{Title: r.Vote.BranchTitle + "测评", Columns: []doc.Column{{Name: "项目", Width: 10}}}
	for _, g := range r.Vote.BranchScale {
		t.Columns = append(t.Columns, doc.Column{Name: g, Width: 6})
	}
	t.Rows = [][]doc.Cell{append([]doc.Cell{doc.Text("总体评价")}, blanks(len(r.Vote.BranchScale))...)}
	p.write(t, doc.Boxes{{{Name: "意见建议", Value: doc.Text(""), Lines: 4}}})
}
