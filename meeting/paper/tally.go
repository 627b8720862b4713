package paper

import (
	"fmt"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// tally is the 计票结果报告单 of the counted vote, which scrutineers and counters
// sign: every count, whatever the meeting heard of it. It is a draft until the
// result is announced.
func tally(p *pen) (doc.Document, bool) {
	if !p.counted() {
		return doc.Document{}, false
	}
	v := p.s.Vote()
	p.write(p.ballotHead(), p.boxFields(v))
	p.say("%s", p.identities(v))
	if p.enough() {
		p.say("%s每名被测评人：%s。", p.baseSentence(), p.rowIdentity())
		p.write(p.tallyRows())
		p.otherCounts()
	} else {
		p.say("%s", tooFew(v.Members().Returned.Len(), p.s.LeastBallots()))
	}
	p.renamed(v)
	p.write(p.countSigns())
	p.proof()
	return doc.Document{Title: "民主评议党员计票结果报告单", Layout: doc.Ledger, Day: p.when.date(v.Opened), Draft: p.unheard(), Blocks: p.blocks}, true
}

// boxFields are the record of a vote without the figures at the head of the paper.
func (p *pen) boxFields(v *meeting.Vote) doc.Fields {
	return slices.DeleteFunc(p.voteFields(v), func(f doc.Field) bool {
		return slices.Contains([]string{"发出", "收回", "有效", "无效"}, f.Name)
	})
}

// counted reports whether the current vote is.
func (p *pen) counted() bool {
	v := p.s.Vote()
	return v != nil && v.State == meeting.BoxCounted
}

// enough reports whether the counted vote has the least number of ballots.
func (p *pen) enough() bool {
	return p.counted() && p.s.Vote().Members().Returned.Len() >= p.s.LeastBallots()
}

// unheard reports whether the count may still change: nobody has announced it.
func (p *pen) unheard() bool { return p.s.Vote().Heard == nil && p.s.Ended().IsZero() }

// ballotHead are the boxes at the head of a paper about the count (DOMAIN.md
// §4.3). What is not known is left blank.
func (p *pen) ballotHead() doc.Boxes {
	roll := p.s.Roll()
	who := func(all, formal int) doc.Cell { return doc.Text(fmt.Sprintf("%d（正式党员 %d）", all, formal)) }
	issued, returned, void, day := doc.Cell(doc.Text("")), doc.Cell(doc.Text("")), doc.Cell(doc.Text("")), p.when.date(p.s.Began())
	if p.counted() {
		n, m := p.s.Vote().Ballots()
		issued, returned, void, day = doc.Number(n), doc.Number(m), doc.Number(0), p.when.date(p.s.Vote().Opened)
	}
	return doc.Boxes{
		{{Name: "党支部", Value: doc.Text(p.s.Branch.Name)}, {Name: "上级党组织", Value: doc.Text(p.s.Branch.Org)}},
		{{Name: "会议", Value: doc.Text(p.s.Rules.Title)}, {Name: "日期", Value: doc.Text(day)}},
		{{Name: "应到", Value: who(roll.Expected, roll.ExpectedFormal)}, {Name: "实到", Value: who(roll.Present, roll.PresentFormal)}},
		{{Name: "发出", Value: issued}, {Name: "收回", Value: returned}, {Name: "有效", Value: returned}, {Name: "无效", Value: void}},
	}
}

// baseSentence names the base of the ratios.
func (p *pen) baseSentence() string {
	text := "各比例以本行有效票为基数，弃权计入基数。"
	if !p.s.Rules.Vote.SelfVote {
		text += "不给本人测评：被测评人自己的一票不计入本行。"
	}
	return text
}

// rowIdentity writes the equation that every row fulfils (DOMAIN.md §3.6).
func (p *pen) rowIdentity() string {
	text := ""
	for _, g := range p.s.Rules.Grades {
		text += g + " + "
	}
	return text + "弃权 + 本行无效 = 收回（不给本人测评的，减去本人一票）"
}

// tallyRows has a row for each party member. Who was not on the ballot has no
// counts.
func (p *pen) tallyRows() doc.Table {
	t := doc.Table{Title: "党员测评结果", Columns: append(doc.Columns("序号", "姓名", "类别"), countColumns(p.s.Rules.Grades)...)}
	t.Columns = append(t.Columns, doc.Columns("本行无效", "备注")...)
	for _, m := range p.party() {
		row := []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(p.s.SubjectCalled(m.ID)), doc.Text(kindName(m.Kind))}
		t.Rows = append(t.Rows, append(append(row, p.rowCounts(m.ID)...), doc.Text(p.ballotRemark(m))))
	}
	return t
}

// rowCounts returns a member's counts with 本行无效, or empty cells for a member
// who was not on the ballot. A line is valid or not taken, so that none is void.
func (p *pen) rowCounts(id meeting.MemberID) []doc.Cell {
	if h, no := p.s.Histogram(id); no == nil {
		return append(countCells(h), doc.Number(0))
	}
	return blanks(len(countColumns(p.s.Rules.Grades)) + 1)
}

// blanks are so many empty cells.
func blanks(n int) []doc.Cell {
	list := make([]doc.Cell, n)
	for i := range list {
		list[i] = doc.Text("")
	}
	return list
}

// ballotRemark says what is special about a member on the ballot.
func (p *pen) ballotRemark(m meeting.Member) string {
	ungraded, absent := "", ""
	if !p.s.Graded(m.ID) {
		ungraded = p.s.Rules.Ungraded
	}
	switch a := p.s.Attendance.Of(m.ID); {
	case a.Came():
	case a.Written:
		absent = "缺席，书面参评"
	default:
		absent = "缺席"
	}
	return joined("；", ungraded, absent)
}

// countSigns are those who sign a count. Who counted with the program is written
// by hand.
func (p *pen) countSigns() doc.Signatures {
	var scrutineers []meeting.MemberID
	if v := p.s.Vote(); v != nil {
		scrutineers = v.Scrutineers
	}
	return append(p.signs("监票人", scrutineers...), doc.Signature{Role: "计票人"})
}
