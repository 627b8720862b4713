package paper

import (
	"cmp"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// publicity is what is posted (公示): what, from when until when, where to object,
// and what was objected. It is a draft until the last posting has ended.
func publicity(p *pen) (doc.Document, bool) {
	list := p.records("publicity")
	if len(list) == 0 {
		return doc.Document{}, false
	}
	done := true
	for i, r := range list {
		if i > 0 {
			p.write(doc.PageBreak{})
		}
		done = done && r.State == meeting.Ended
		p.posting(r)
	}
	return doc.Document{Title: "公示", Layout: doc.Letter, Draft: !done, Blocks: p.blocks}, true
}

// posting writes one of them.
func (p *pen) posting(r meeting.Record) {
	p.begin(cmp.Or(r.Value("what"), blank))
	p.say("%s", p.s.Filled("{meeting_day}，{branch}召开{title}会议，开展民主评议党员。现予公示。"))
	switch r.Value("what") {
	case preset.PostExcellent:
		if names := r.People("names"); len(names) > 0 {
			p.write(doc.Paragraph{Lead: "评定为" + string(p.s.Excellent()) + "的党员", Text: p.names(names)})
		} else {
			p.write(doc.Paragraph{Lead: "评定为" + string(p.s.Excellent()) + "的党员", Text: blank})
		}
	case preset.PostCounts:
		p.toldGrades()
	default:
		p.say("%s", p.s.Filled("应到党员{expected}名，实到{present}名。会上作自我批评{self_criticisms}条，提出批评意见{criticisms}条。"))
	}
	p.say("公示期：%s至%s。公示地点：%s。", cmp.Or(p.longDay(r.Value("from")), blank), cmp.Or(p.longDay(r.Value("to")), blank), cmp.Or(r.Value("where"), blank))
	p.say("对公示内容有异议的，请在公示期内以书面或口头形式向%s反映。联系人：%s　联系电话：%s。", p.s.Branch.Org, blank, blank)
	p.write(doc.Closing{Unit: p.s.Branch.Name, Day: cmp.Or(p.longDay(r.Value("from")), handDay)})
	x, _ := formNamed("publicity").Field("objections")
	rows, _ := meeting.Rows(r.Value("objections")) // checked when they were written
	if r.State == meeting.Draft {
		return
	}
	if len(rows) == 0 {
		p.write(doc.Paragraph{Lead: "异议", Text: map[bool]string{true: "公示期内没有收到异议。", false: blank}[r.State == meeting.Ended]})
		return
	}
	p.write(smallTable(x, rows))
}
