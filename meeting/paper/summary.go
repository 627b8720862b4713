package paper

import (
	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// summary is the 民主测评汇总表 (DOMAIN.md §4.3), for the committee and the
// superior: counts, the branch's grade and the superior's, member by member. It is
// there from the count or the rating table on, a draft until the grades are final.
func summary(p *pen) (doc.Document, bool) {
	if !p.counted() && !p.s.Submitted {
		return doc.Document{}, false
	}
	p.write(p.ballotHead())
	if p.enough() {
		p.say("%s", p.baseSentence())
	} else if v := p.s.Vote(); v != nil && !v.Closed.IsZero() {
		p.say("%s", tooFew(v.Members().Returned.Len(), p.s.LeastBallots()))
	}
	p.write(p.summaryRows())
	p.decidedGrades()
	p.write(append(p.countSigns(), p.signs("支部书记", p.s.Chair())...))
	p.seal(p.s.Branch.Name)
	p.proof()
	return doc.Document{Title: "民主评议党员测评汇总表", Layout: doc.Ledger, Day: p.when.date(p.s.Began()), Draft: !p.settled(), Blocks: p.blocks}, true
}

// summaryRows has a row for each party member, with columns for the counts where
// there are enough ballots to show any.
func (p *pen) summaryRows() doc.Table {
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别")}
	counts, mass := p.enough(), p.massCounts()
	if counts {
		first := len(t.Columns) + 1
		t.Columns = append(append(t.Columns, countColumns(p.s.Rules.Grades)...), doc.Columns("本行无效")...)
		t.Chart = &doc.Chart{Title: "各等次票数", Names: 1, Stacked: true}
		for i := range p.s.Rules.Grades {
			t.Chart.Values = append(t.Chart.Values, first+2*i)
		}
	}
	if mass {
		for _, name := range append(append([]string{"有效"}, p.s.Rules.Grades...), "弃权") {
			t.Columns = append(t.Columns, doc.Column{Group: "群众票（另计）", Name: name})
		}
	}
	t.Columns = append(t.Columns, doc.Columns("支部评定等次", "上级审定等次")...)
	t.Columns = append(t.Columns, doc.Column{Name: "备注", Width: 9})
	for _, m := range p.party() {
		row := []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(p.s.SubjectCalled(m.ID)), doc.Text(meeting.KindWord(m.Kind))}
		if counts {
			row = append(row, p.rowCounts(m.ID)...)
		}
		if mass {
			row = append(row, p.massCells(m.ID)...)
		}
		t.Rows = append(t.Rows, append(row, doc.Text(p.branchGrade(m.ID)), doc.Text(p.decidedGrade(m.ID)), doc.Text(p.summaryRemark(m))))
	}
	return t
}

// massCounts reports whether 群众 voted, and enough of them to show how.
func (p *pen) massCounts() bool {
	if !p.counted() {
		return false
	}
	for _, id := range p.s.Vote().Subjects {
		if _, no := p.s.HistogramApart(meeting.MassBox, id); no == nil {
			return true
		}
	}
	return false
}

func (p *pen) massCells(id meeting.MemberID) []doc.Cell {
	h, no := p.s.HistogramApart(meeting.MassBox, id)
	if no != nil {
		return blanks(len(p.s.Rules.Grades) + 2)
	}
	cells := []doc.Cell{doc.Number(h.Ballots)}
	for _, n := range h.Counts {
		cells = append(cells, doc.Number(n))
	}
	return append(cells, doc.Number(h.Abstain))
}

func (p *pen) summaryRemark(m meeting.Member) string {
	return joined("；", ratingRemark(p.branchRating(m.ID)), p.regraded(m.ID), p.ballotRemark(m))
}
