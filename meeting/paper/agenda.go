package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// agenda writes the table of all items and what became of them.
func (p *pen) agenda() {
	t := doc.Table{Columns: doc.Columns("序号", "议项", "情况", "开始", "结束", "说明")}
	for _, it := range p.s.Agenda {
		t.Rows = append(t.Rows, []doc.Cell{
			doc.Number(it.No), doc.Text(it.Title), doc.Text(statusName(it)), doc.Text(p.when.clock(it.Began)), doc.Text(p.when.clock(it.Ended)), doc.Text(p.itemRemark(it)),
		})
	}
	p.begin("会议议程")
	p.write(t)
}

// inOrder lists the items that were opened, in the order in which each first
// was.
func (p *pen) inOrder() []meeting.Item {
	items := slices.DeleteFunc(slices.Clone(p.s.Agenda), func(it meeting.Item) bool { return it.Times == 0 })
	slices.SortStableFunc(items, func(a, b meeting.Item) int { return a.Began.Compare(b.Began) })
	return items
}

func statusName(it meeting.Item) string {
	switch {
	case it.Status == meeting.Done:
		return "完成"
	case it.Status == meeting.Skipped:
		return "跳过"
	case it.Status == meeting.Open:
		return "进行中"
	case it.Times > 0:
		return "未完成"
	}
	return "未进行"
}

// itemRemark says how often an item was opened, and with which reasons it was
// left while it had a red check.
func (p *pen) itemRemark(it meeting.Item) string {
	var words []string
	if it.Times > 0 && p.s.SitsByGroups(it) {
		words = append(words, "按党小组进行")
	}
	if it.Times > 1 {
		words = append(words, fmt.Sprintf("分 %d 次进行", it.Times))
	}
	p.during(it.No, func(m moment) {
		if f, ok := m.Fact.(meeting.ItemEnded); ok && f.Reason != "" {
			words = append(words, endedWithReason(m, f))
		}
	})
	return strings.Join(words, "；")
}

// endedWithReason says which red checks an item had when it was ended, and for
// what reason it was ended all the same.
func endedWithReason(m moment, f meeting.ItemEnded) string {
	var red []string
	for _, c := range m.before.Checks() {
		if c.Red {
			red = append(red, checkWords(c))
		}
	}
	verb := "结束"
	if f.Skipped {
		verb = "跳过"
	}
	if len(red) == 0 {
		return verb + "说明：" + f.Reason
	}
	return strings.Join(red, "、") + "，" + verb + "原因：" + f.Reason
}

// checkWords says in the words of minutes what a red check found.
func checkWords(c meeting.Check) string {
	switch c.Code {
	case meeting.NoQuorum:
		return "到会人数不足"
	case meeting.SomeUnheard:
		return "有 " + c.Args[0] + " 名党员未作自我批评"
	case meeting.SomeUnreviewed:
		return "有 " + c.Args[0] + " 名党员未听取批评意见"
	case meeting.NotVoted:
		return "未进行测评"
	case meeting.TooFewVoters:
		return "能领票的到会人员 " + c.Args[0] + " 名，不足 " + c.Args[1] + " 名，未进行测评"
	case meeting.TooFewBallots:
		return "收回测评票 " + c.Args[0] + " 张，不足 " + c.Args[1] + " 张，票箱不打开"
	case meeting.NotCountedYet:
		return "测评票未计票"
	case meeting.SomeUngraded:
		return "有 " + c.Args[0] + " 名党员未评定等次"
	case meeting.CommitteeShort:
		return "支委会委员 " + c.Args[1] + " 名，在场 " + c.Args[0] + " 名"
	case meeting.NotSubmitted:
		return "评定表未提交"
	case meeting.ItemsUndone:
		return "有 " + c.Args[0] + " 项议程未完成"
	}
	return "有事项未完成"
}

// happened writes what happened at a moment, unless minutes leave it out or
// another part of them tells it.
func (p *pen) happened(m moment) {
	if text := p.words(m); text != "" {
		p.write(doc.Paragraph{Lead: p.when.clock(m.At), Text: text})
	}
	if f, noted := m.Fact.(meeting.Noted); noted && f.Corrects == 0 {
		p.corrections(len(m.after.Notes))
	}
}

// corrections writes, below a note, what corrects it.
func (p *pen) corrections(no int) {
	for _, c := range p.s.Corrections {
		if c.Of == no {
			p.write(doc.Paragraph{Lead: "更正（" + p.when.clock(c.At) + "）", Text: p.noted(c.Text, c.By)})
		}
	}
}

// noted is the text of a note, with its author if that is not the recorder.
func (p *pen) noted(text string, by meeting.MemberID) string {
	if by != p.s.Recorder {
		return fmt.Sprintf("%s（%s记）", text, p.s.Called(by))
	}
	return text
}

// words says what happened at a moment; "" where minutes leave it out or tell
// it elsewhere.
func (p *pen) words(m moment) string {
	switch f := m.Fact.(type) {
	case meeting.Noted:
		if f.Corrects > 0 {
			return "" // it stands below what it corrects
		}
		return p.noted(f.Text, m.By)
	case meeting.Resolved:
		return fmt.Sprintf("举手表决“%s”：%s", f.Text, handsWords(m.after.Resolutions[len(m.after.Resolutions)-1], m.after))
	case meeting.FloorYielded:
		if f.Seconds == 0 {
			return p.titled(f.ID) + "发言。"
		}
		return fmt.Sprintf("%s发言，%s。", p.titled(f.ID), duration(f.Seconds))
	case meeting.SignedIn:
		switch {
		case m.before.Attendance.Of(f.ID).Came():
			return p.s.Called(f.ID) + "返回会场。"
		case m.Item > 1:
			return p.s.Called(f.ID) + "到会。"
		}
	case meeting.AbsenceRecorded:
		return p.absenceWords(m, f)
	case meeting.Named:
		switch f.Seat {
		case meeting.SeatRecorder:
			return p.s.Called(f.ID) + "任记录人。"
		case meeting.SeatGroupNotes:
			return p.s.Called(f.ID) + "任" + meeting.PartyGroup{Name: f.Group}.Title() + "记录人。"
		default:
			return p.s.Called(f.ID) + "协助主持。"
		}
	case meeting.RosterImported:
		return fmt.Sprintf("名册变动 %d 人。", len(f.People))
	case meeting.ItemOpened:
		if m.after.Agenda[f.No-1].Times > 1 {
			return "继续本议项。"
		}
	case meeting.RecessBegun:
		return fmt.Sprintf("休会，定于 %s 续会。", f.Until)
	case meeting.RecessEnded:
		return fmt.Sprintf("%s续会，在场党员 %d 名。", p.when.date(m.At), m.after.Roll().Here)
	case meeting.ItemLeft:
		return "本议项未完成，转入其他议项。"
	case meeting.ItemEnded:
		if f.Reason != "" {
			return sentence(endedWithReason(m, f))
		}
	case meeting.GatesPassed:
		return passedWords(f)
	case meeting.Rated:
		return p.regradedWords(m, f)
	case meeting.LimitsSet:
		l := f.Limits
		return fmt.Sprintf("发言时限：自我批评 %s，批评意见每条 %s，表态 %s。", duration(l.SelfCriticism), duration(l.Criticism), duration(l.Response))
	case meeting.RatingSubmitted:
		if f.Passed != nil {
			return "组织评定表提交，举手表决：" + handsWords(m.after.Resolutions[len(m.after.Resolutions)-1], m.after)
		}
		return "组织评定表提交。"
	}
	return ""
}

// passedWords says what was not ready, and for what reason the meeting or the vote
// began all the same.
func passedWords(f meeting.GatesPassed) string {
	var found []string
	for _, g := range f.Gates {
		found = append(found, g.Words())
	}
	return sentence("会前体检：" + strings.Join(found, "、") + "，继续的原因：" + f.Reason)
}

// absenceWords tells of an absence that was recorded during the meeting.
func (p *pen) absenceWords(m moment, f meeting.AbsenceRecorded) string {
	material := ""
	if f.Written {
		material = "，交有书面材料"
	}
	switch {
	case m.after.Attendance.Of(f.ID).Came():
		return fmt.Sprintf("%s离会（%s%s）。", p.s.Called(f.ID), f.Reason, material)
	case m.Item > 1:
		return fmt.Sprintf("补记缺席：%s（%s%s）。", p.s.Called(f.ID), f.Reason, material)
	}
	return ""
}

// handsWords tells of a show of hands with the base of its majority (DOMAIN.md
// §3.1). s has the rules by which it was weighed.
func handsWords(r meeting.Resolution, s *meeting.State) string {
	rule := s.Rules.Decision
	verdict := fmt.Sprintf("未超过 %d/%d，未通过", rule.PassNum, rule.PassDen)
	switch {
	case !r.Quorum:
		verdict = "在场人数不足，表决无效"
	case r.Passed:
		verdict = fmt.Sprintf("超过 %d/%d，通过", rule.PassNum, rule.PassDen)
	}
	silent := ""
	if n := r.Present - r.Yes - r.No - r.Abstain; n > 0 {
		silent = fmt.Sprintf("，未举手 %d", n)
	}
	return fmt.Sprintf("应到正式党员 %d 名，在场 %d 名，赞成 %d，反对 %d，弃权 %d%s；赞成占应到正式党员的 %s，%s。",
		r.Expected, r.Present, r.Yes, r.No, r.Abstain, silent, doc.Ratio{Count: r.Yes, Base: r.Expected}.InWords(), verdict)
}
