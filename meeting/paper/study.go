package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// study are the 学习记录 (DOMAIN.md §4.7), a page a session, and then the hours of
// each member. They are a draft while one of them is not whole.
func study(p *pen) (doc.Document, bool) {
	list := p.written("study")
	if len(list) == 0 {
		return doc.Document{}, false
	}
	for i, r := range list {
		p.write(doc.Heading{Level: 1, Text: fmt.Sprintf("第 %d 次学习", i+1)}, p.session(r), doc.PageBreak{})
	}
	p.studyHours()
	return doc.Document{Title: p.s.Branch.Name + "学习记录", Draft: slices.ContainsFunc(list, isDraft), Blocks: p.blocks}, true
}

func isDraft(r meeting.Record) bool { return r.State == meeting.Draft }

// session is the form of one session. What was said there has its place only on
// the paper of who may read it.
func (p *pen) session(r meeting.Record) doc.Boxes {
	came := r.People("attended")
	form := doc.Boxes{
		{p.box(r, "day", "日期", 1), p.box(r, "form", "形式", 1)},
		{p.box(r, "topic", "主题", 1)},
		{p.box(r, "content", "内容·篇目", 5)},
		{p.box(r, "leader", "主持·领学", 1), p.box(r, "hours", "学时", 1)},
		{{Name: "应到/实到", Value: doc.Text(fmt.Sprintf("%d/%d", p.s.Count(meeting.Formal, meeting.Probationary), len(came)))}, p.box(r, "recorder", "记录人", 1)},
		{{Name: "到会", Value: doc.Text(p.names(came)), Lines: 2}},
		{{Name: "缺席及补课", Value: doc.Text(p.missed(r)), Lines: 2}},
	}
	if p.shown(r, "points") {
		form = append(form, []doc.Box{p.box(r, "points", "发言要点", 10)})
	}
	return append(form, []doc.Box{p.box(r, "files", "照片和签名", 1)})
}

// missed names who was not at a session, and when they made it up.
func (p *pen) missed(r meeting.Record) string {
	came := r.People("attended")
	rows, _ := meeting.Rows(r.Value("made_up")) // checked when it was written
	made := map[meeting.MemberID]string{}
	for _, row := range rows {
		made[meeting.MemberID(row["who"])] = "（" + joined(" ", dayText(row["day"]), "补课") + "）"
	}
	var names []string
	for _, m := range p.s.Roster {
		if m.InParty() && !m.Gone() && !slices.Contains(came, m.ID) {
			names = append(names, p.s.Called(m.ID)+made[m.ID])
		}
	}
	if len(names) == 0 {
		return "无"
	}
	return strings.Join(names, "、")
}

// studyHours says how much each member has studied.
func (p *pen) studyHours() {
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "学习次数", "其中补课", "学时")}
	for _, m := range p.s.Roster {
		if m.InParty() && !m.Gone() {
			sum := p.s.StudyTimeOf(m.ID)
			t.Rows = append(t.Rows, []doc.Cell{
				doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(m.ID)), doc.Text(kindName(m.Kind)),
				doc.Number(sum.Sessions), doc.Number(sum.MadeUp), doc.Text(sum.Hours.String()),
			})
		}
	}
	p.write(doc.Heading{Level: 1, Text: "党员学时"}, t)
}
