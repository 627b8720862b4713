package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// ratings is the 组织评定表 that the committee signs: what was before it when it
// graded, its grades and reasons, and the cap. Votes and facts inform, people
// grade. It is a draft until the table is handed in.
func ratings(p *pen) (doc.Document, bool) {
	s := p.s
	if s.Ratings.Len() == 0 {
		return doc.Document{}, false
	}
	p.say("由%s研究评定等次。测评结果和平时表现供评定参考，不据此自动定等，不积分、不排名。", p.body())
	p.write(p.ratingRows())
	p.grades()
	var committee []meeting.MemberID
	for _, m := range s.Roster {
		if slices.Contains(s.Seats(m.ID), meeting.SeatCommittee) {
			committee = append(committee, m.ID)
		}
	}
	if s.HasCommittee() && len(committee) > 0 {
		p.write(p.signs("支委会成员", committee...))
	} else {
		p.write(append(p.signs("支部书记", s.Chair()), p.signs("记录人", s.Recorder)...))
	}
	p.seal(s.Branch.Name)
	p.proof()
	return doc.Document{Title: "民主评议党员组织评定表", Layout: doc.Ledger, Day: p.when.date(s.Began()), Draft: !s.Submitted, Blocks: p.blocks}, true
}

// ratingRows has a row for each party member. Daily conduct is for those who grade.
func (p *pen) ratingRows() doc.Table {
	then := p.whenGraded()
	votes, facts := p.enough(), p.s.Rules.Has("conduct") && len(then.records("conduct")) > 0
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "个人自评")}
	if votes {
		for _, g := range append(slices.Clone(p.s.Rules.Grades), "弃权") {
			t.Columns = append(t.Columns, doc.Column{Group: "测评票", Name: g})
		}
	}
	if facts {
		for _, name := range conductColumns {
			x, _ := formNamed("conduct").Field(name)
			t.Columns = append(t.Columns, doc.Column{Group: "平时表现", Name: x.Label})
		}
	}
	t.Columns = append(t.Columns, doc.Column{Name: "评定等次"}, doc.Column{Name: "理由", Width: 10}, doc.Column{Name: "说明", Width: 9})
	for _, m := range p.party() {
		row := []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(m.ID)), doc.Text(meeting.KindWord(m.Kind)), doc.Text(p.s.SelfRatings.Of(m.ID).Grade)}
		if votes {
			row = append(row, p.voteCells(m.ID)...)
		}
		if facts {
			row = append(row, then.conductCells(m.ID)...)
		}
		r := p.branchRating(m.ID)
		t.Rows = append(t.Rows, append(row, doc.Text(p.gradeWord(m.ID, r)), doc.Text(r.Reason), doc.Text(joined("；", ratingRemark(r), p.regraded(m.ID)))))
	}
	return t
}

// whenGraded reads the meeting as it was when the table that was handed in got its last
// grade, before or after the meeting.
func (p *pen) whenGraded() *pen {
	then := p.s
	for _, m := range p.past {
		if _, graded := m.Fact.(meeting.Rated); graded && p.s.Submitted {
			then = m.after
		}
	}
	return &pen{s: then, reader: p.reader, read: map[meeting.FormName][]meeting.Record{}}
}

// voteCells are the ballots about a member by grade, as counts.
func (p *pen) voteCells(id meeting.MemberID) []doc.Cell {
	h, no := p.s.Histogram(id)
	if no != nil {
		return blanks(len(p.s.Rules.Grades) + 1)
	}
	var cells []doc.Cell
	for _, n := range h.Counts {
		cells = append(cells, doc.Number(n))
	}
	return append(cells, doc.Number(h.Abstain))
}

// body is who decides on grades.
func (p *pen) body() string {
	if p.s.HasCommittee() {
		return "支部委员会"
	}
	return "支部党员大会"
}

// selfRatings writes the table of 个人自评, or one for each 党小组.
func (p *pen) selfRatings() {
	if !p.byGroup(func(g meeting.PartyGroup) {
		p.selfRatingsOf(func(m meeting.Member) bool { return p.s.PartyGroupOf(m.ID) == g })
	}) {
		p.selfRatingsOf(func(meeting.Member) bool { return true })
	}
}

func (p *pen) selfRatingsOf(in func(meeting.Member) bool) {
	takesPart := p.s.Participants()
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "自评等次", "备注")}
	for _, m := range p.party() {
		if !in(m) {
			continue
		}
		grade, note := "（未自评）", ""
		rating, done := p.s.SelfRatings.Get(m.ID)
		switch {
		case !p.s.Graded(m.ID):
			grade = p.s.Rules.Ungraded
		case done:
			grade = string(rating.Grade)
		case !slices.Contains(takesPart, m.ID):
			grade = "（未参加）"
		}
		if done && rating.By != m.ID {
			note = "由" + p.s.Called(rating.By) + "代录"
		}
		t.Rows = append(t.Rows, []doc.Cell{doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(m.ID)), doc.Text(kindName(m.Kind)), doc.Text(grade), doc.Text(note)})
	}
	p.write(t)
}

// ratings writes the table of 组织评定, with every reason, and the cap.
func (p *pen) ratings() {
	state := "评定表尚未提交，以下为暂定。"
	if p.s.Submitted {
		state = "评定表已提交。"
	}
	vote := "测评结果供评定参考，不据此自动定等。"
	if p.s.Vote() == nil {
		vote = "会上未进行测评。"
	}
	p.say("由%s研究评定等次。%s%s", p.body(), vote, state)
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "评定等次", "理由", "说明")}
	for _, m := range p.party() {
		r := p.s.Ratings.Of(m.ID)
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(m.ID)), doc.Text(kindName(m.Kind)), doc.Text(p.gradeWord(m.ID, r)), doc.Text(r.Reason), doc.Text(ratingRemark(r)),
		})
	}
	p.write(t)
	p.distribution()
	meter := p.s.Cap()
	if p.s.Submitted {
		meter = p.s.Table // not with what was changed after the meeting
	}
	p.say("%s", p.capWords(meter))
}

// decides names who decides on grades, as it is said aloud (DOMAIN.md §2.2, 15).
func (p *pen) decides() string {
	if p.s.HasCommittee() {
		return "支委会"
	}
	return "党员大会"
}

// gradeWord is the grade of a member's rating, or the word for none.
func (p *pen) gradeWord(id meeting.MemberID, r meeting.Rating) string {
	switch {
	case r.Grade != "":
		return string(r.Grade)
	case p.s.Graded(id):
		return "（未评定）"
	}
	return p.s.Rules.Ungraded
}

// ratingRemark says why a rating has a written reason.
func ratingRemark(r meeting.Rating) string {
	over, away := "", ""
	if r.Over {
		over = "评定时超出优秀上限"
	}
	if r.Away {
		away = "与得票最多的等次不一致"
	}
	anyway := ""
	if r.Anyway {
		anyway = "预备党员，按通知不定等次；理由：" + r.Reason
	}
	return joined("；", over, away, anyway)
}

// regraded tells of a grade that is no longer the one of the minutes.
func (p *pen) regraded(id meeting.MemberID) string {
	held, now := p.s.Ratings.Of(id).Grade, p.branchRating(id).Grade
	if held == "" || now == "" || held == now {
		return ""
	}
	return "会上评定为" + string(held) + "，会后改评"
}

// joined are the words that are not "", with what stands between them.
func joined(between string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), between)
}

// regradedWords tells of a grade that was changed after it had been given.
func (p *pen) regradedWords(m moment, f meeting.Rated) string {
	old, had := m.before.Ratings.Get(f.ID)
	switch {
	case !had || old.Grade == f.Grade:
		return ""
	case f.Grade == "":
		return fmt.Sprintf("%s的评定（%s）撤回，按通知不定等次。", p.s.Called(f.ID), old.Grade)
	}
	words := fmt.Sprintf("%s的评定由%s改为%s", p.s.Called(f.ID), old.Grade, f.Grade)
	if f.Reason != "" {
		words += "，理由：" + f.Reason
	}
	return sentence(words)
}

// distribution writes how many members have which grade, and who has none yet:
// those that the meeting gave.
func (p *pen) distribution() {
	t, base := p.gradeTable(p.s.Ratings.Of)
	if base > 0 {
		p.write(t)
	}
	p.gradedAnyway(p.s.Ratings.Of)
	p.missing("尚未评定", p.s.Ungraded())
}

// gradedAnyway says how many 预备党员 have a grade though the rules give them none.
func (p *pen) gradedAnyway(of func(meeting.MemberID) meeting.Rating) {
	n := 0
	for _, id := range p.graded() {
		if of(id).Anyway {
			n++
		}
	}
	if n > 0 {
		p.say("其中预备党员 %d 名，按通知不定等次，理由见表。", n)
	}
}

// gradeTable says how many members have which grade, with their number as the
// base.
func (p *pen) gradeTable(of func(meeting.MemberID) meeting.Rating) (t doc.Table, base int) {
	count := map[meeting.Grade]int{}
	for _, id := range p.graded() {
		if g := of(id).Grade; g != "" {
			count[g]++
			base++
		}
	}
	t = doc.Table{Title: "各等次人数", Columns: doc.Columns("等次", "人数", fmt.Sprintf("比例（占已评定的 %d 名）", base))}
	for _, g := range p.s.Rules.Grades {
		n := count[meeting.Grade(g)]
		t.Rows = append(t.Rows, []doc.Cell{doc.Text(g), doc.Number(n), doc.Ratio{Count: n, Base: base}})
	}
	return t, base
}

// grades writes how many members have which grade as the branch says it, and the
// cap.
func (p *pen) grades() {
	t, base := p.gradeTable(p.branchRating)
	p.withCap(t, base)
}

// decidedGrades are those with what holds once the superior has approved any.
func (p *pen) decidedGrades() {
	t, base := p.gradeTable(p.branchRating)
	approved, decided := p.gradeTable(func(id meeting.MemberID) (r meeting.Rating) {
		if p.s.ApprovedLine(id) {
			r, _ = p.s.GradeOf(id)
		}
		return r
	})
	if decided > 0 {
		t.Columns = append(t.Columns, doc.Columns("审定人数", fmt.Sprintf("审定比例（占已审定的 %d 名）", decided))...)
		for i, row := range approved.Rows {
			t.Rows[i] = append(t.Rows[i], row[1:]...)
		}
	}
	p.withCap(t, base)
	if over := p.s.Rollup(); decided > 0 && over.Over && over.Excellent != p.meter().Used {
		p.say("审定%s %d 名，超出上限 %d 名。", p.s.Rules.Grades[0], over.Excellent, over.Excellent-over.Cap)
	}
}

// withCap writes such a table, where anybody has a grade, and the cap.
func (p *pen) withCap(t doc.Table, base int) {
	if base > 0 {
		p.write(t)
	}
	p.gradedAnyway(p.branchRating)
	p.say("%s", p.capWords(p.meter()))
}

// meter counts the branch's own 优秀 ([pen.branchRating]).
func (p *pen) meter() meeting.CapMeter {
	if b, sent := p.s.Bundle(); sent {
		return b.Cap
	}
	return p.s.Cap()
}

// branchRating is what the branch says of a member: once it has sent the grades to
// the superior what it has sent them, since their decision is about that.
func (p *pen) branchRating(id meeting.MemberID) meeting.Rating {
	b, _ := p.s.Bundle()
	if l, sent := b.Line(id); sent {
		return meeting.Rating{Grade: l.Grade, Reason: l.Reason, Over: l.Over, Away: l.Away, Anyway: l.Grade != "" && !p.s.Graded(id)}
	}
	r, _ := p.s.GradeOf(id)
	return r
}

// branchGrade is the grade of that, or the word for none.
func (p *pen) branchGrade(id meeting.MemberID) string {
	return p.gradeWord(id, p.branchRating(id))
}

// decidedGrade is the grade that the superior has approved, "" before that.
func (p *pen) decidedGrade(id meeting.MemberID) string {
	if !p.s.ApprovedLine(id) {
		return ""
	}
	if r, graded := p.s.GradeOf(id); graded && r.Grade != "" {
		return string(r.Grade)
	}
	return p.s.Rules.Ungraded
}

// settled reports whether the grades are final: handed in, and with the superior or
// approved by them, as the rules want it.
func (p *pen) settled() bool {
	_, sent := p.s.Bundle()
	switch {
	case !p.s.Submitted:
		return false
	case p.s.Rules.Approval == preset.ApprovalNone:
		return true
	case p.s.Rules.Approval == preset.ApprovalFiling:
		return sent || p.s.Approval() != ""
	}
	return !slices.ContainsFunc(p.s.ToGrade(), func(id meeting.MemberID) bool { return !p.s.ApprovedLine(id) })
}

// capWords says how many 优秀 there may be and how many there are, with the base
// (DOMAIN.md §3.2).
func (p *pen) capWords(meter meeting.CapMeter) string {
	rule := p.s.Rules.Cap
	word := p.s.Rules.Grades[0]
	text := fmt.Sprintf("%s上限：%s，%s为 ", word, capShare(rule, fmt.Sprint(meter.Base)), roundName(rule.Round))
	share := rule
	share.Min = 0
	if n := share.Of(meter.Base); n < rule.Min {
		text += fmt.Sprintf("%d 名，%s", n, leastOf(rule))
	} else {
		text += fmt.Sprintf("%d 名", meter.Cap)
	}
	text += fmt.Sprintf("；已评定%s %d 名", word, meter.Used)
	if meter.Base > 0 {
		text += "，占 " + doc.Ratio{Count: meter.Used, Base: meter.Base}.InWords()
	}
	if over := -meter.Left(); over > 0 {
		return text + fmt.Sprintf("，超出上限 %d 名，理由见表。", over)
	}
	return text + "，未超出上限。"
}

// capShare is the part of its base that the cap is.
func capShare(rule preset.Cap, base string) string {
	return fmt.Sprintf("%s %s 名的 %d/%d", capBaseName(rule.Base), base, rule.Num, rule.Den)
}

// capRule is that, and why the cap may be more.
func capRule(rule preset.Cap, base string) string {
	text := capShare(rule, base)
	if rule.Round != "floor" {
		text += "，" + roundName(rule.Round)
	}
	if rule.Min > 0 {
		text += "，" + leastOf(rule)
	}
	return text
}

// leastOf says how many the cap is at least.
func leastOf(rule preset.Cap) string {
	return fmt.Sprintf("不足 %d 名按 %d 名计", rule.Min, rule.Min)
}

func capBaseName(base string) string {
	switch base {
	case preset.BaseFormal:
		return "支部正式党员"
	case preset.BaseFormalAttending:
		return "到会正式党员"
	case preset.BaseParticipating:
		return "参评党员"
	}
	return "支部党员总数"
}

func roundName(round string) string {
	switch round {
	case "ceil":
		return "向上取整"
	case "nearest":
		return "四舍五入"
	}
	return "向下取整"
}
