package paper

import (
	"cmp"
	"fmt"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// talks are the 谈心谈话记录表 (DOMAIN.md §4.5) of its reader, a page each; without
// a reader those of everybody. They are a draft while one of them is.
func talks(p *pen) (doc.Document, bool) {
	list := p.heldTalks()
	if len(list) == 0 {
		return doc.Document{}, false
	}
	p.erased()
	for i, r := range list {
		if i > 0 {
			p.write(doc.PageBreak{})
		}
		p.write(p.talk(r)...)
	}
	return doc.Document{Title: p.s.Branch.Name + "谈心谈话记录表", Draft: slices.ContainsFunc(list, isDraft), Blocks: p.blocks}, true
}

// heldTalks are those that the reader had, with what was said; without a reader
// each of all once, by its number.
func (p *pen) heldTalks() []meeting.Record {
	sides := []meeting.MemberID{p.reader}
	if p.reader == "" {
		sides = nil
		for _, m := range p.s.Roster {
			sides = append(sides, m.ID)
		}
	}
	found := map[int]meeting.Record{}
	for _, id := range sides {
		for _, r := range p.s.Records(id, "talk") {
			if r.Rev > 0 && (r.Owner == id || slices.Contains(r.People("with"), id)) {
				found[r.No] = r
			}
		}
	}
	list := make([]meeting.Record, 0, len(found))
	for _, r := range found {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b meeting.Record) int { return cmp.Compare(a.No, b.No) })
	return list
}

// talk is the form of one talk, with the places of all signatures.
func (p *pen) talk(r meeting.Record) []doc.Block {
	with := r.People("with")
	at := cmp.Or(p.value(r, "at"), blank)
	form := doc.Boxes{
		{{Name: "编号", Value: doc.Number(r.No)}, p.box(r, "kind", "谈话类型", 1)},
		{{Name: "谈话人·职务", Value: doc.Text(p.whoIs(r.Owner))}, {Name: "谈话对象·身份", Value: doc.Text(p.whoAre(with))}},
		{{Name: "时间（起止）", Value: doc.Text(at + " 至 ＿＿＿")}, p.box(r, "place", "地点", 1)},
		{p.box(r, "means", "方式", 1), {Name: "记录人", Value: doc.Text(p.s.Called(r.By))}},
		{p.box(r, "content", "谈话内容要点", 8)},
		{p.box(r, "praise", "肯定的成绩", 2)},
		{p.box(r, "problems", "指出的问题", 2)},
		{p.box(r, "their_opinion", "对方意见建议", 2)},
		{p.box(r, "mood", "思想动态·困难", 2)},
		{p.box(r, "agreed", "达成共识·后续", 2)},
	}
	signs := doc.Signatures{{Role: "谈话人", Name: p.s.Called(r.Owner)}}
	for _, id := range with {
		signs = append(signs, doc.Signature{Role: "谈话对象", Name: p.s.Called(id)})
	}
	if len(with) == 0 {
		signs = append(signs, doc.Signature{Role: "谈话对象"})
	}
	return []doc.Block{doc.Heading{Level: 1, Text: fmt.Sprintf("谈话 %d", r.No)}, form, doc.Paragraph{Lead: "系统内确认", Text: p.confirmed(r)}, signs}
}

// whoIs names a person with their post, or what they are in the Party.
func (p *pen) whoIs(id meeting.MemberID) string {
	m, _ := p.s.Member(id)
	return p.s.Called(id) + "·" + cmp.Or(postOf(m), kindName(m.Kind))
}

func (p *pen) whoAre(ids []meeting.MemberID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = p.whoIs(id)
	}
	return joined("、", list...)
}

// confirmed says who of the other side has confirmed a talk, and when.
func (p *pen) confirmed(r meeting.Record) string {
	var list []string
	for _, id := range r.People("with") {
		when := "未确认"
		if at := r.Signed[id]; !at.IsZero() {
			when = p.when.full(at) + " 确认"
		}
		list = append(list, p.s.Called(id)+" "+when)
	}
	return cmp.Or(joined("；", list...), "无")
}
