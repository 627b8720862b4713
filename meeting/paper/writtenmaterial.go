package paper

import (
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// writtenMaterial is the 书面材料 of a member who was absent: what was read out for
// them in the meeting. The words of their outline stay theirs: a folder says which
// one was read out and leaves the place of the signed sheet.
func writtenMaterial(p *pen, of meeting.MemberID) (doc.Document, bool) {
	m, _ := p.s.Member(of)
	a := p.s.Attendance.Of(of)
	round, _ := p.s.Round(of)
	if a.Came() || !a.Written && round.Read == 0 {
		return doc.Document{}, false
	}
	handed := "已交"
	if !a.Written {
		handed = "未登记"
	}
	p.write(doc.Boxes{
		{{Name: "姓名", Value: doc.Text(p.s.Called(of))}, {Name: "类别", Value: doc.Text(kindName(m.Kind))}},
		{{Name: "党内职务", Value: doc.Text(m.PartyPost)}, {Name: "党小组", Value: doc.Text(m.Group)}},
		{{Name: "缺席原因", Value: doc.Text(a.Reason)}, {Name: "书面材料", Value: doc.Text(handed)}},
		{{Name: "会上宣读", Value: doc.Text(p.readFor(round))}},
	})
	r, some := p.outlineOf(of)
	switch {
	case some && p.reader != "" && (p.reader == of || shownOutline(p.s, p.reader, of)):
		p.outlineParts(r)
	case len(round.Own) == 0:
		p.write(doc.Boxes{{{Name: "材料内容", Value: doc.Text(""), Lines: 22}}})
	}
	for _, w := range round.Own {
		p.write(doc.Paragraph{Lead: "宣读的内容", Text: w.Text})
	}
	p.write(p.signs("本人", of))
	return doc.Document{Title: p.s.Called(of) + "书面材料", Draft: p.s.Ended().IsZero(), Blocks: p.blocks}, true
}

// readFor says what was read out in an absent person's round.
func (p *pen) readFor(round meeting.Round) string {
	switch {
	case round.Read > 0:
		return fmt.Sprintf("宣读了本人提交的发言提纲（第 %d 稿）", round.Read)
	case len(round.Own) > 0:
		return "宣读了书面材料"
	case round.Spoke:
		return "已宣读，要点未记录"
	}
	return ""
}
