package paper

import (
	"cmp"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// outline is a member's 发言提纲 (DOMAIN.md §4.9), for them and for whom they show
// it to. It is a draft until it is handed in.
func outline(p *pen, of meeting.MemberID) (doc.Document, bool) {
	r, some := p.outlineOf(of)
	if !some {
		return doc.Document{}, false
	}
	p.erased()
	p.outlineParts(r)
	p.write(p.signs("本人", of))
	return doc.Document{Title: p.s.Called(of) + "个人发言提纲", Draft: r.State != meeting.Submitted, Blocks: p.blocks}, true
}

// outlineOf is somebody's outline as they read it themself.
func (p *pen) outlineOf(of meeting.MemberID) (meeting.Record, bool) {
	r, none := p.s.Record(of, "outline", 0)
	return r, none == nil && r.Rev > 0
}

// outlineParts writes who somebody is and the fields of their outline.
func (p *pen) outlineParts(r meeting.Record) {
	m, _ := p.s.Member(r.Owner)
	p.begin("个人基本情况")
	p.write(doc.Boxes{
		{{Name: "姓名", Value: doc.Text(p.s.Called(m.ID))}, {Name: "类别", Value: doc.Text(kindName(m.Kind))}, {Name: "入党时间", Value: doc.Text(m.Joined)}},
		{{Name: "党内职务", Value: doc.Text(m.PartyPost)}, {Name: "职务", Value: doc.Text(m.Post)}, {Name: "党小组", Value: doc.Text(m.Group)}},
	})
	p.part("学习体会", p.value(r, "study"))
	p.begin("对照标准查摆的问题")
	p.rows(r, "problems")
	p.part("原因", p.value(r, "causes"))
	p.begin("整改措施")
	p.rows(r, "measures")
	p.write(doc.Paragraph{Lead: "自评等次", Text: cmp.Or(p.value(r, "self_grade"), blank)})
}

// shownOutline reports whether somebody showed theirs.
func shownOutline(s *meeting.State, who, of meeting.MemberID) bool {
	for _, r := range s.Records(who, "outline") {
		if r.Owner == of {
			return r.Value("problems") != ""
		}
	}
	return false
}
