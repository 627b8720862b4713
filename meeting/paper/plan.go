package paper

import (
	"cmp"
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// plan is the branch's 方案 (DOMAIN.md §4.14), a letter with what the superior
// said to it at its end. It is a draft until they approve it.
func plan(p *pen) (doc.Document, bool) {
	r, some := p.only("plan")
	if !some {
		return doc.Document{}, false
	}
	p.part("指导思想", p.value(r, "guidance"))
	p.part("参加对象", p.value(r, "attendees"))
	p.part("时间要求", p.planDays(r))
	p.begin("方法步骤")
	for _, x := range []struct{ title, field string }{{"会前", "before"}, {"会上", "during"}, {"会后", "after"}} {
		p.beginSection(x.title)
		p.write(doc.Paragraph{Text: cmp.Or(numbered(p.value(r, x.field)), blank)})
	}
	if text := p.value(r, "assessment"); text != "" || p.s.Rules.Has("assess") {
		p.part("书记考核", text)
	}
	p.part("工作要求", numbered(p.value(r, "demands")))
	p.write(doc.Paragraph{Lead: "请上级派人指导", Text: cmp.Or(p.value(r, "guide_wanted"), blank)})
	p.write(doc.Closing{Unit: p.s.Branch.Name, Day: cmp.Or(p.longDay(p.stepDay(r, meeting.Submitted)), handDay)})
	p.write(p.examined(r)...)
	title := cmp.Or(p.value(r, "title"), p.s.Branch.Name+p.s.Rules.Title+"工作方案")
	return doc.Document{Title: title, Layout: doc.Letter, Draft: r.State != meeting.Approved, Blocks: p.blocks}, true
}

// planDays says between which days the meeting is held, and by when all is done.
func (p *pen) planDays(r meeting.Record) string {
	from, to := cmp.Or(p.value(r, "from"), blank), cmp.Or(p.value(r, "to"), blank)
	text := "会议时间：" + from + "至" + to
	if from == to && from != blank {
		text = "会议时间：" + from
	}
	return text + "。\n完成期限：" + cmp.Or(p.value(r, "deadline"), blank) + "。"
}

// examined is the place of the 审核意见: who decided on which version, when, and by
// which paper; blank while nobody has.
func (p *pen) examined(r meeting.Record) []doc.Block {
	form := doc.Boxes{}
	version := 0
	for i, step := range r.History {
		switch step.State {
		case meeting.Submitted:
			version++
		case meeting.Approved, meeting.Returned:
			number := ""
			if i == len(r.History)-1 {
				number = r.Approval
			}
			form = append(form, p.decision(step, version, number)...)
		}
	}
	if r.State != meeting.Approved {
		form = append(form, p.decision(meeting.RecordStep{}, 0, "")...)
	}
	return []doc.Block{doc.Heading{Level: 1, Text: "审核意见"}, form}
}

// decidedHere stands for the number of a paper where there is none.
const decidedHere = "系统内审定"

// decision are the boxes of one decision. What the console recorded was decided on
// paper: the paper has the signature.
func (p *pen) decision(step meeting.RecordStep, version int, number string) [][]doc.Box {
	opinion, who, post, way := "", "", "", ""
	if step.State != "" {
		opinion = joined("：", fmt.Sprintf("第 %d 版，%s", version, step.State.Title()), step.Reason)
		way = decidedHere
		if m, _ := p.s.Member(step.By); m.Kind == meeting.Above {
			who, post = p.s.Called(step.By), p.titled(step.By)
		} else {
			way = cmp.Or(number, "书面")
		}
	}
	return [][]doc.Box{
		{{Name: "审核意见", Value: doc.Text(opinion), Lines: 5, Signs: []doc.Signature{{Role: "审核人", Name: who}}}},
		{{Name: "审核人", Value: doc.Text(post)}, {Name: "审核日期", Value: doc.Text(p.when.date(step.At))}},
		{{Name: "文号", Value: doc.Text(way)}},
	}
}
