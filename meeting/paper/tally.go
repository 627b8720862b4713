package paper

import (
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// tally is the 测评汇总表、计票结果报告单 (DOMAIN.md §4.3) of the counted vote,
// for the committee and the superior: it has every count, whatever the meeting
// heard of it.
func tally(p *pen) (doc.Document, bool) {
	s := p.s
	if v := s.Vote(); v == nil || v.State != meeting.BoxCounted {
		return doc.Document{}, false
	}
	p.tallyHead()
	if v, least := s.Vote(), s.Rules.Vote.MinBallots; len(v.Members().Returned) < least {
		p.say("%s", tooFew(len(v.Members().Returned), least))
		p.tallyRows(false)
	} else {
		p.say("%s每名被测评人：%s。", p.baseSentence(), p.rowIdentity())
		p.tallyRows(true)
		p.otherCounts()
		p.branchCounts()
	}
	p.renamed(s.Vote())
	p.distribution()
	p.say("%s", p.capSentence())
	p.say("票数由密文求和后经监票人开箱得出，没有拆看任何一张测评票。")
	p.tallySignatures()
	p.proof()
	return doc.Document{Title: s.Branch.Name + "民主评议党员测评汇总表（计票结果报告单）", Layout: doc.Ledger, Blocks: p.blocks}, true
}

func (p *pen) tallyHead() {
	s, v, roll := p.s, p.s.Vote(), p.s.Roll()
	fields := doc.Fields{
		{Name: "党支部", Value: doc.Text(s.Branch.Name)},
		{Name: "上级党组织", Value: doc.Text(s.Branch.Org)},
		{Name: "会议", Value: doc.Text(s.Rules.Title)},
		{Name: "日期", Value: doc.Text(p.when.date(v.Opened))},
		{Name: "测评", Value: doc.Text(fmt.Sprintf("%s，%s", v.Title(), p.when.span(v.Opened, v.Closed)))},
		{Name: "应到", Value: doc.Number(roll.Expected)},
		{Name: "应到正式党员", Value: doc.Number(roll.ExpectedFormal)},
		{Name: "实到", Value: doc.Number(roll.Present)},
		{Name: "实到正式党员", Value: doc.Number(roll.PresentFormal)},
	}
	p.write(append(append(fields, fingerprints(v)...), numbers(v)...))
	if text := paperSlips(v); text != "" {
		p.say("%s", text)
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
	return text + "弃权 = 有效票"
}

// tallyRows returns a row for each party member. Members without a grade have
// no counts, and without histograms (below the least number of ballots) nobody
// has.
func (p *pen) tallyRows(histograms bool) {
	columns := []string{"序号", "姓名", "类别"}
	if histograms {
		columns = append(columns, countColumns(p.s.Rules.Grades)...)
	}
	t := doc.Table{Title: "党员测评结果", Columns: doc.Columns(append(columns, "支部评定等次", "备注")...)}
	for _, m := range p.s.Roster {
		if !m.InParty() {
			continue
		}
		row := []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(p.s.SubjectCalled(m.ID)), doc.Text(kindName(m.Kind))}
		if histograms {
			row = append(row, p.rowCounts(m.ID)...)
		}
		t.Rows = append(t.Rows, append(row, doc.Text(p.gradeOf(m.ID)), doc.Text(p.tallyRemark(m))))
	}
	p.write(t)
}

// rowCounts returns a member's counts, or empty cells for a member who was not
// on the ballot.
func (p *pen) rowCounts(id meeting.MemberID) []doc.Cell {
	if h, no := p.s.Histogram(id); no == nil {
		return countCells(h)
	}
	empty := make([]doc.Cell, len(countColumns(p.s.Rules.Grades)))
	for i := range empty {
		empty[i] = doc.Text("")
	}
	return empty
}

func (p *pen) tallyRemark(m meeting.Member) string {
	note := ratingRemark(p.s.Ratings[m.ID])
	a := p.s.Attendance[m.ID]
	switch {
	case note != "" || a.Came():
		return note
	case a.Written:
		return "缺席，书面参评"
	}
	return "缺席"
}

func (p *pen) tallySignatures() {
	var signs doc.Signatures
	for _, id := range p.s.Vote().Scrutineers {
		signs = append(signs, doc.Signature{Role: "监票人", Name: p.s.Called(id)})
	}
	chair, _ := p.s.Member(p.s.Chair())
	p.write(append(signs, doc.Signature{Role: "支部书记", Name: p.s.Called(chair.ID)}))
}
