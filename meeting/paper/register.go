package paper

import (
	"fmt"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// register is a member's 民主评议党员登记表 (DOMAIN.md §4.1), as its reader may read
// it; in a folder it is without 个人小结. It is there once the member has handed in
// their part, or the count is known; a draft until its last box is filled.
func register(p *pen, of meeting.MemberID) (doc.Document, bool) {
	r, some := p.registerOf(of)
	begun := r.State != meeting.Draft || of == p.reader && r.Rev > 0
	if !some || !begun && !p.counted() && !p.s.Submitted {
		return doc.Document{}, false
	}
	cover := doc.Boxes{
		{{Name: "年度", Value: doc.Text(fmt.Sprintf("%d 年度", p.s.Rules.Year)), Lines: 2}},
		{{Name: "姓名", Value: doc.Text(p.s.Called(of)), Lines: 2}},
		{{Name: "单位", Value: doc.Text(joined("　", p.s.Branch.Org, p.s.Branch.Name)), Lines: 2}},
	}
	page := append(p.basics(r), []doc.Box{{Name: "个人小结", Value: doc.Text(p.ownWord(r)), Lines: 24, Signs: p.signs("本人", of)}})
	p.write(cover, doc.PageBreak{}, page, doc.PageBreak{}, p.opinionBoxes(r))
	return doc.Document{Title: "民主评议党员登记表", Draft: !p.filled(r), Blocks: p.blocks}, true
}

// registerOf is a member's form as the reader of the paper may read it.
func (p *pen) registerOf(of meeting.MemberID) (meeting.Record, bool) {
	list := p.records("register")
	i := slices.IndexFunc(list, func(r meeting.Record) bool { return r.Owner == of })
	if !p.s.Rules.Has("register") || i < 0 {
		return meeting.Record{}, false
	}
	return list[i], true
}

// filled reports whether a form has come to its last state: approved or answered,
// whichever the rules have last.
func (p *pen) filled(r meeting.Record) bool {
	if p.s.Rules.Approval == preset.ApprovalFiling {
		return r.State == meeting.Approved
	}
	return r.State == meeting.Answered
}

// basics are the boxes of the person. What is not known is left blank.
func (p *pen) basics(r meeting.Record) doc.Boxes {
	box := func(name, field string) doc.Box {
		x, _ := formNamed("register").Field(field)
		return doc.Box{Name: name, Value: doc.Text(fieldText(p.s, x, r.Value(field)))}
	}
	m, _ := p.s.Member(r.Owner)
	return doc.Boxes{
		{{Name: "现名", Value: doc.Text(p.s.Called(m.ID))}, box("曾用名", "former_name"), box("性别", "sex"), box("出生年月", "born")},
		{box("民族", "ethnic"), box("籍贯", "native"), box("学历", "education"), box("参加工作时间", "work_since")},
		{box("入党时间", "joined"), box("转正时间", "confirmed"), {Name: "类别", Value: doc.Text(kindName(m.Kind))}, box("党小组", "group")},
		{box("现任职务", "post"), box("党内职务", "party_post")},
		{box("所在支部", "branch"), box("参评方式", "part"), box("自评等次", "self_grade")},
	}
}

// ownWord is 个人小结, or where it is kept for who may not read it here, or on what
// decision it was removed.
func (p *pen) ownWord(r meeting.Record) string {
	number := p.s.Pruned[meeting.PrivateBlob]
	switch {
	case r.State != meeting.Draft && number != "":
		return "（已交，审定后已清除，依据：" + number + "）"
	case r.State != meeting.Draft && p.public():
		return "（已交，不在此件中：由本人和评定人员另印。）"
	}
	return r.Value("summary")
}

// opinionBoxes are what others say of a member, in the order of the rules.
func (p *pen) opinionBoxes(r meeting.Record) doc.Boxes {
	graded := func(word, grade, text string) doc.Cell {
		if g := r.Value(grade); g != "" {
			return doc.Text(joined("\n", word+"："+g+"。", r.Value(text)))
		}
		return doc.Text("")
	}
	branch := []doc.Box{{Name: "支部意见（盖章）", Value: graded("评定等次", "grade", "opinion"), Lines: 7, Signs: p.signs("支部书记", p.s.Chair())}}
	above := []doc.Box{{Name: "上级党组织意见（盖章）", Value: graded("审定等次", "decided", "superior"), Lines: 7, Signs: []doc.Signature{{Role: "负责人"}}}}
	own := []doc.Box{{Name: "本人意见", Value: doc.Text(r.Value("statement")), Lines: 7, Signs: p.signs("本人", r.Owner)}}
	boxes := doc.Boxes{{{Name: "民主评议情况", Value: doc.Text(r.Value("review")), Lines: 4}}, branch}
	if p.s.Rules.Approval == preset.ApprovalFirst {
		boxes = append(boxes, above, own)
	} else {
		boxes = append(boxes, own, above)
	}
	return append(boxes, []doc.Box{{Name: "备注", Value: doc.Text(""), Lines: 3}})
}

// registers is the list of the register forms, for those who read them: who, how
// far, which grade.
func registers(p *pen) (doc.Document, bool) {
	if !p.s.Rules.Has("register") || !p.counted() && !p.s.Submitted && len(p.written("register")) == 0 {
		return doc.Document{}, false
	}
	t := doc.Table{Columns: doc.Columns("序号", "姓名", "类别", "登记表", "交表日期", "自评等次", "支部评定等次", "上级审定等次", "本人意见", "办结日期")}
	done := true
	for _, r := range p.records("register") {
		m, _ := p.s.Member(r.Owner)
		state, statement := r.State.Title(), ""
		if r.Rev == 0 {
			state = "未填"
		}
		if r.Value("statement") != "" {
			statement = "已签"
		}
		end := doc.Day("")
		if p.filled(r) {
			end = doc.Day(p.stepDay(r, r.State))
		}
		done = done && p.filled(r)
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(len(t.Rows) + 1), doc.Text(p.s.Called(r.Owner)), doc.Text(kindName(m.Kind)), doc.Text(state), doc.Day(p.stepDay(r, meeting.Submitted)),
			doc.Text(r.Value("self_grade")), doc.Text(r.Value("grade")), doc.Text(r.Value("decided")), doc.Text(statement), end,
		})
	}
	p.write(t)
	p.say("登记表 %d 份，办结前为草稿。", len(t.Rows))
	p.write(p.signs("支部书记", p.s.Chair()))
	return doc.Document{Title: "民主评议党员登记表目录", Layout: doc.Ledger, Day: p.today(), Draft: !done, Blocks: p.blocks}, true
}

// stepDay is the day on which a record last came to a state, "" if it never did.
func (p *pen) stepDay(r meeting.Record, state meeting.RecordState) string {
	at := ""
	for _, step := range r.History {
		if step.State == state {
			at = day(p.s, step.At)
		}
	}
	return at
}

// seesRegister reports whether somebody reads the form of another.
func seesRegister(s *meeting.State, who, of meeting.MemberID) bool {
	return slices.ContainsFunc(s.Records(who, "register"), func(r meeting.Record) bool { return r.Owner == of })
}
