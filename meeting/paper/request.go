package paper

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// request is the 请示 with which the branch sends its grades to the superior, and
// the place for their decision. It is a draft until the bundle is sent. Where the
// superior is only told it is a report (报备).
func request(p *pen) (doc.Document, bool) {
	s := p.s
	if !s.Submitted || s.Rules.Approval == preset.ApprovalNone {
		return doc.Document{}, false
	}
	b, sent := s.Bundle()
	filing := s.Rules.Approval == preset.ApprovalFiling
	title, end := "关于审定%s%d年度民主评议党员结果的请示", "妥否，请批示。"
	if filing {
		title, end = "关于报备%s%d年度民主评议党员结果的报告", "特此报告。"
	}
	p.write(doc.Addressee(s.Branch.Org))
	p.say("%s", s.Filled("{meeting_day}，我支部召开{title}会议，应到党员{expected}名，实到{present}名，缺席：{absent}。"+
		"会议按照"+p.links()+"的程序开展民主评议党员。现将结果报告如下。"))
	p.results()
	p.overReasons()
	p.begin("需要说明的情况")
	p.say("未按要求完成而继续的环节：%s。", s.Filled("{red_checks}"))
	p.say("%s", end)
	p.write(p.bundleAttachments(b), doc.Closing{Unit: s.Branch.Name, Day: cmp.Or(p.when.date(b.At), handDay)})
	p.verdicts(b)
	return doc.Document{Title: fmt.Sprintf(title, s.Branch.Name, s.Rules.Year), Layout: doc.Letter, Draft: !sent, Blocks: p.blocks}, true
}

// links name the steps in which members were evaluated: those of the agenda that
// were come to and not skipped.
func (p *pen) links() string {
	var list []string
	for _, l := range []struct{ kind, title string }{
		{preset.SelfRating, "个人自评"}, {preset.Criticism, "党员互评"}, {preset.Ballot, "民主测评"}, {preset.Rating, "组织评定"},
	} {
		if slices.ContainsFunc(p.s.Agenda, func(it meeting.Item) bool { return it.Kind == l.kind && it.Times > 0 && it.Status != meeting.Skipped }) {
			list = append(list, l.title)
		}
	}
	return strings.Join(list, "、")
}

// results write the ballots in numbers, and how many members have which grade.
func (p *pen) results() {
	p.begin("评议结果")
	if p.counted() {
		p.say("%s", p.s.Filled("民主测评发出票{ballots_issued}张，收回{ballots_returned}张，有效{ballots_valid}张，无效0张。"))
	}
	p.say("参加评议的党员 %d 名，评定等次的 %d 名。", len(p.s.Participants()), len(p.graded()))
	p.grades()
}

// overReasons write why there are more 优秀 than the cap has room for, and why a
// grade is another than most ballots gave.
func (p *pen) overReasons() {
	for _, id := range p.graded() {
		if r := p.branchRating(id); r.Over || r.Away {
			p.write(doc.Paragraph{Lead: p.s.Called(id) + "（" + ratingRemark(r) + "）", Text: "评定为" + string(r.Grade) + "，理由：" + sentence(cmp.Or(r.Reason, blank))})
		}
	}
}

// bundleAttachments are what goes with the request.
func (p *pen) bundleAttachments(b meeting.Bundle) doc.Attachments {
	list := doc.Attachments{"组织评定表", "民主评议党员测评汇总表"}
	if p.s.Rules.Has("register") {
		list = append(list, fmt.Sprintf("民主评议党员登记表（%d 份）", len(b.Lines)-len(b.WithoutForm())))
	}
	return list
}

// verdicts write what the superior has decided, or the place for it, and of whom on
// which paper where it was on one.
func (p *pen) verdicts(b meeting.Bundle) {
	text, number, at := p.verdictWords(b)
	p.write(doc.PageBreak{}, doc.Heading{Level: 1, Text: "上级党组织审定意见"}, doc.Boxes{
		{{Name: "审定意见（盖章）", Value: doc.Text(text), Lines: 8, Signs: []doc.Signature{{Role: "负责人"}}}},
		{{Name: "文号", Value: doc.Text(number)}, {Name: "审定日期", Value: doc.Text(at)}},
	})
	t := doc.Table{Title: "逐人审定", Columns: doc.Columns("序号", "姓名", "支部评定等次", "审定", "审定等次", "理由")}
	numbers := p.paperNumbers(b)
	onPaper := slices.ContainsFunc(numbers, func(n string) bool { return n != "" })
	if onPaper {
		t.Columns = append(t.Columns, doc.Columns("文号")...)
	}
	for i, id := range p.graded() {
		v := b.Verdicts.Of(id)
		row := []doc.Cell{
			doc.Number(i + 1), doc.Text(p.s.Called(id)), doc.Text(p.branchGrade(id)), doc.Text(decisionName(v.Decision)), doc.Text(p.decidedGrade(id)), doc.Text(v.Reason),
		}
		if onPaper {
			row = append(row, doc.Text(numbers[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	p.write(t)
}

// paperNumbers are the numbers of the papers on which the superior has decided about
// those who are graded, "" for who was decided about here or not yet.
func (p *pen) paperNumbers(b meeting.Bundle) []string {
	var numbers []string
	for _, id := range p.graded() {
		numbers = append(numbers, cmp.Or(b.Verdicts.Of(id).Approval, p.s.ApprovalOf(id)))
	}
	return numbers
}

// howDecided says how the superior has decided about all: on paper (书面), and on
// which, only where they have so about everybody.
func howDecided(numbers []string) (how, number string) {
	different := slices.Compact(slices.Sorted(slices.Values(numbers)))
	switch {
	case len(different) == 0 || len(different) == 1 && different[0] == "":
		return "（在系统内审定）。", ""
	case len(different) == 1:
		return "（书面审定）。", different[0]
	case different[0] == "":
		return "（部分书面审定）。", "见逐人审定"
	}
	return "（书面审定）。", "见逐人审定"
}

// verdictWords say what is decided as a whole, on which paper and when; "" is what
// is not known, or not decided yet.
func (p *pen) verdictWords(b meeting.Bundle) (text, number, at string) {
	how, number := howDecided(p.paperNumbers(b))
	if len(b.Lines) == 0 {
		if number == "" {
			return "", "", ""
		}
		return "同意" + how, number, ""
	}
	var last time.Time
	amended := ""
	for _, v := range b.Verdicts.All() {
		if v.At.After(last) {
			last = v.At
		}
		if v.Decision == meeting.LineAmended {
			amended = "，调整的见逐人审定"
		}
	}
	switch b.State() {
	case meeting.Approved:
		return "同意" + amended + how, number, p.when.date(last)
	case meeting.Returned:
		return "退回修改，见逐人审定" + how, number, p.when.date(last)
	}
	return "", "", ""
}

func decisionName(d meeting.Decision) string {
	switch d {
	case meeting.LineApproved:
		return "同意"
	case meeting.LineAmended:
		return "调整"
	case meeting.LineSentBack:
		return "退回"
	}
	return ""
}
