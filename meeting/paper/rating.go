package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

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
	for _, m := range p.s.Roster {
		if !m.InParty() || !in(m) {
			continue
		}
		grade, note := "（未自评）", ""
		rating, done := p.s.SelfRatings[m.ID]
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
	body := "支部党员大会"
	if p.s.HasCommittee() {
		body = "支部委员会"
	}
	state := "评定表尚未提交，以下为暂定。"
	if p.s.Submitted {
		state = "评定表已提交。"
	}
	p.say("由%s研究评定等次。测评结果供评定参考，不据此自动定等。%s", body, state)
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "评定等次", "理由", "说明")}
	for _, m := range p.s.Roster {
		if m.InParty() {
			r := p.s.Ratings[m.ID]
			t.Rows = append(t.Rows, []doc.Cell{
				doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(m.ID)), doc.Text(kindName(m.Kind)), doc.Text(p.gradeOf(m.ID)), doc.Text(r.Reason), doc.Text(ratingRemark(r)),
			})
		}
	}
	p.write(t)
	p.distribution()
	p.say("%s", p.capSentence())
}

// decides names who decides on grades, as it is said aloud (DOMAIN.md §2.2, 15).
func (p *pen) decides() string {
	if p.s.HasCommittee() {
		return "支委会"
	}
	return "党员大会"
}

// gradeOf returns the grade that the organisation gave, or the word for none.
func (p *pen) gradeOf(id meeting.MemberID) string {
	if r, ok := p.s.Ratings[id]; ok {
		return string(r.Grade)
	}
	if p.s.Graded(id) {
		return "（未评定）"
	}
	return p.s.Rules.Ungraded
}

// ratingRemark says why a rating has a written reason.
func ratingRemark(r meeting.Rating) string {
	var words []string
	if r.Over {
		words = append(words, "评定时超出优秀上限")
	}
	if r.Away {
		words = append(words, "与多数测评票不一致")
	}
	if r.Anyway {
		words = append(words, "预备党员，按通知不定等次；理由："+r.Reason)
	}
	return strings.Join(words, "；")
}

// regradedWords tells of a grade that was changed after it had been given.
func (p *pen) regradedWords(m moment, f meeting.Rated) string {
	old, had := m.before.Ratings[f.ID]
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

// distribution writes how many members have which grade, and who has none yet.
func (p *pen) distribution() {
	count := map[meeting.Grade]int{}
	base, anyway := 0, 0
	for _, r := range p.s.Ratings {
			count[r.Grade]++
			base++
		if r.Anyway {
			anyway++
		}
	}
	t := doc.Table{Title: "各等次人数", Columns: doc.Columns("等次", "人数", fmt.Sprintf("比例（占已评定的 %d 名）", base))}
	for _, g := range p.s.Rules.Grades {
		n := count[meeting.Grade(g)]
		t.Rows = append(t.Rows, []doc.Cell{doc.Text(g), doc.Number(n), doc.Ratio{Count: n, Base: base}})
	}
	if base > 0 {
		p.write(t)
	}
	if anyway > 0 {
		p.say("其中预备党员 %d 名，按通知不定等次，理由见表。", anyway)
	}
	p.missing("尚未评定", p.s.Ungraded())
}

// capSentence says how many 优秀 there may be and how many there are, with the
// base (DOMAIN.md §3.2).
func (p *pen) capSentence() string {
	meter, rule := p.s.Cap(), p.s.Rules.Cap
	word := p.s.Rules.Grades[0]
	text := fmt.Sprintf("%s上限：%s %d 名的 %d/%d，%s为 %d 名；", word, capBaseName(rule.Base), meter.Base, rule.Num, rule.Den, roundName(rule.Round), meter.Cap)
	if rule.Min > 0 {
		text += fmt.Sprintf("不足 %d 名按 %d 名计；", rule.Min, rule.Min)
	}
	text += fmt.Sprintf("已评定%s %d 名", word, meter.Used)
	if meter.Base > 0 {
		text += "，占 " + doc.Ratio{Count: meter.Used, Base: meter.Base}.InWords()
	}
	if over := -meter.Left(); over > 0 {
		return text + fmt.Sprintf("，超出上限 %d 名，理由见表。", over)
	}
	return text + "，未超出上限。"
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
