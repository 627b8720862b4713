package paper

import (
	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// selfcheck is the 班子对照检查材料 (DOMAIN.md §4.8), with the place of the
// superior's opinion where the rules want it. It is a draft until it is approved,
// or handed in where nobody approves it.
func selfcheck(p *pen) (doc.Document, bool) {
	r, some := p.only("selfcheck")
	if !some {
		return doc.Document{}, false
	}
	p.part("基本情况", p.value(r, "basics"))
	p.part("上年度整改落实情况", p.value(r, "last_year"))
	p.begin("存在的主要问题")
	p.rows(r, "problems")
	p.part("原因剖析", p.value(r, "causes"))
	p.part("努力方向和整改措施", p.value(r, "direction"))
	p.rows(r, "measures")
	p.write(p.signs("支部书记", p.chairs()...))
	if p.s.Rules.SelfCheckApproval {
		p.write(p.examined(r)...)
	}
	return doc.Document{Title: p.s.Branch.Name + "班子对照检查材料", Draft: r.State != meeting.Approved, Blocks: p.blocks}, true
}

// chairs is the secretary, or nobody.
func (p *pen) chairs() []meeting.MemberID {
	if id := p.s.Chair(); id != "" {
		return []meeting.MemberID{id}
	}
	return nil
}
