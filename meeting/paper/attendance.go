package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// attendance writes who was absent and why, who left early, who is not
// expected, and which guests there were.
func (p *pen) attendance() {
	roll := p.s.Roll()
	p.begin("出席情况")
	absent := doc.Table{Title: "缺席党员", Columns: doc.Columns("姓名", "类别", "原因", "书面材料")}
	for _, id := range roll.Absent {
		written := "未交"
		if p.s.Attendance.Of(id).Written {
			written = "已交"
		}
		absent.Rows = append(absent.Rows, append(p.person(id), doc.Text(p.absenceReason(id)), doc.Text(written)))
	}
	p.table(absent, "无")
	left := doc.Table{Title: "中途离会党员", Columns: doc.Columns("姓名", "类别", "离会时间", "原因")}
	for _, id := range roll.Left {
		a := p.s.Attendance.Of(id)
		left.Rows = append(left.Rows, append(p.person(id), doc.Text(p.when.clock(a.Left)), doc.Text(a.Reason)))
	}
	if len(left.Rows) > 0 {
		p.write(left)
	}
	spared := doc.Table{Title: "不计入应到人数的党员", Columns: doc.Columns("姓名", "类别", "原因")}
	for _, id := range roll.NotCounted {
		m, _ := p.s.Member(id)
		spared.Rows = append(spared.Rows, append(p.person(id), doc.Text(m.Uncounted())))
	}
	p.table(spared, "无")
}

// person returns the cells that name somebody: 姓名, 类别.
func (p *pen) person(id meeting.MemberID) []doc.Cell {
	m, _ := p.s.Member(id)
	return []doc.Cell{doc.Text(p.s.Called(id)), doc.Text(kindName(m.Kind))}
}

// absenceReason returns why somebody is absent, or says that the reason is
// missing.
func (p *pen) absenceReason(id meeting.MemberID) string {
	if reason := p.s.Attendance.Of(id).Reason; reason != "" {
		return reason
	}
	return "未说明原因，请补记" // what inspections find most often (DOMAIN.md §4.12)
}

// guests names 列席人员 and 群众代表, each with their kind.
func (p *pen) guests(ids []meeting.MemberID) string {
	if len(ids) == 0 {
		return "无"
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		m, _ := p.s.Member(id)
		word := postOf(m)
		if word == "" {
			word = kindName(m.Kind)
		}
		list[i] = p.s.Called(id) + "（" + word + "）"
	}
	return strings.Join(list, "、")
}

// quorum writes what was announced when the sign-in ended (DOMAIN.md §3.1).
func (p *pen) quorum(it meeting.Item) {
	p.say("%s", p.quorumSentence(p.atEnd(it).Roll()))
}

// atEnd is the meeting when an item ended, now while it has not.
func (p *pen) atEnd(it meeting.Item) *meeting.State {
	state := p.s
	p.during(it.No, func(m moment) {
		switch m.Fact.(type) {
		case meeting.ItemEnded, meeting.ItemLeft:
			state = m.after
		}
	})
	return state
}

// quorumSentence announces an attendance in the usual words. Reasons of absence
// are those known at the end of the meeting.
func (p *pen) quorumSentence(roll meeting.Roll) string {
	rule := p.s.Rules.Quorum
	who, expected, present := "正式党员", roll.ExpectedFormal, roll.PresentFormal
	if rule.Base != preset.BaseFormal {
		who, expected, present = "党员", roll.Expected, roll.Present
	}
	var absent []string
	for _, id := range roll.Absent {
		m, _ := p.s.Member(id)
		if rule.Base == preset.BaseFormal && m.Kind != meeting.Formal {
			continue
		}
		reason := "后到会"
		if !p.s.Attendance.Of(id).Came() {
			reason = p.absenceReason(id)
		}
		absent = append(absent, p.s.Called(id)+"："+reason)
	}
	missing := fmt.Sprintf("缺席 %d 名", len(absent))
	if len(absent) > 0 {
		missing += "（" + strings.Join(absent, "；") + "）"
	}
	verdict := "符合规定人数，可以开会"
	if !roll.Quorum {
		verdict = "不符合规定人数"
	}
	return fmt.Sprintf("应到%s %d 名，实到 %d 名，%s，%s（规定人数：应到%s的 %d/%d 以上）。",
		who, expected, present, missing, verdict, who, rule.Num, rule.Den)
}

// signInSheet writes the 签到表 that minutes have behind them.
func (p *pen) signInSheet() { p.write(doc.Heading{Level: 1, Text: "附：签到表"}, p.signInTable()) }

// signInTable has everybody on the roster, and when they came; then the guide whom
// the superior assigned.
func (p *pen) signInTable() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		{Name: "序号"}, {Name: "姓名", Width: 7}, {Name: "类别"}, {Name: "党内职务"}, {Name: "党小组", Width: 6}, {Name: "签到", Width: 7}, {Name: "备注", Width: 12},
	}}
	people := p.s.Roster
	if guide, assigned := p.s.Member(p.s.AssignedGuide()); assigned {
		people = append(slices.Clip(people), guide)
	}
	for i, m := range people {
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(i + 1), doc.Text(p.s.Called(m.ID)), doc.Text(kindName(m.Kind)), doc.Text(m.PartyPost), doc.Text(m.Group),
			doc.Text(p.when.clock(p.s.Attendance.Of(m.ID).At)), doc.Text(p.signInRemark(m)),
		})
	}
	return t
}

func (p *pen) signInRemark(m meeting.Member) string {
	var words []string
	a := p.s.Attendance.Of(m.ID)
	switch {
	case !a.Came() && m.Uncounted() != "":
		words = append(words, "不计入应到："+m.Uncounted())
	case !a.Came() && m.InParty():
		words = append(words, "缺席："+p.absenceReason(m.ID))
		if a.Written {
			words = append(words, "交书面材料")
		}
	case !a.Came():
		words = append(words, "未到会")
	case !a.Left.IsZero():
		words = append(words, p.when.clock(a.Left)+" 离会："+a.Reason)
	}
	if by := p.signedInBy(m.ID); by != m.ID {
		words = append(words, "由"+p.s.Called(by)+"登记")
	}
	return strings.Join(words, "；")
}

// signedInBy returns who signed a person in: usually the person.
func (p *pen) signedInBy(id meeting.MemberID) meeting.MemberID {
	if !p.s.Attendance.Of(id).Came() {
		return id
	}
	for _, m := range p.past {
		if f, ok := m.Fact.(meeting.SignedIn); ok && f.ID == id && m.At.Equal(p.s.Attendance.Of(id).At) {
			return m.By
		}
	}
	return id
}
