package paper

import (
	"fmt"

	"pingyi/meeting"
)

// tally is the 测评汇总表、计票结果报告单 (DOMAIN.md §4.3) of the counted vote,
// for the committee and the superior: it has every count, whatever the meeting
// heard of it.
func tally(s *meeting.State, f Facts) Document {
	p := newPen(s)
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
	p.proof(f)
	return Document{Title: s.Branch.Name + "民主评议党员测评汇总表（计票结果报告单）", Blocks: p.blocks}
}

func (p *pen) tallyHead() {
	s, v, roll := p.s, p.s.Vote(), p.s.Roll()
	fields := Fields{
		{"党支部", Text(s.Branch.Name)},
		{"上级党组织", Text(s.Branch.Org)},
		{"会议", Text(s.Rules.Title)},
		{"日期", Text(p.when.date(v.Opened))},
		{"测评", Text(fmt.Sprintf("%s，%s", v.Title(), p.when.span(v.Opened, v.Closed)))},
		{"应到", Number(roll.Expected)},
		{"应到正式党员", Number(roll.ExpectedFormal)},
		{"实到", Number(roll.Present)},
		{"实到正式党员", Number(roll.PresentFormal)},
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
	t := Table{Title: "党员测评结果", Columns: append(columns, "支部评定等次", "备注")}
	for _, m := range p.s.Roster {
		if !m.InParty() {
			continue
		}
		row := []Cell{Number(len(t.Rows) + 1), Text(p.s.SubjectCalled(m.ID)), Text(kindName(m.Kind))}
		if histograms {
			row = append(row, p.rowCounts(m.ID)...)
		}
		t.Rows = append(t.Rows, append(row, Text(p.gradeOf(m.ID)), Text(p.tallyRemark(m))))
	}
	p.write(t)
}

// rowCounts returns a member's counts, or empty cells for a member who was not
// on the ballot.
func (p *pen) rowCounts(id meeting.MemberID) []Cell {
	if h, no := p.s.Histogram(id); no == nil {
		return countCells(h)
	}
	empty := make([]Cell, len(countColumns(p.s.Rules.Grades)))
	for i := range empty {
		empty[i] = Text("")
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
	var signs Signatures
	for _, id := range p.s.Vote().Scrutineers {
		signs = append(signs, Signature{"监票人", p.s.Called(id)})
	}
	chair, _ := p.s.Member(p.s.Chair())
	p.write(append(signs, Signature{"支部书记", p.s.Called(chair.ID)}))
}
