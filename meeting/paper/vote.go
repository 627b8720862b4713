package paper

import (
	"fmt"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// votes writes how every vote went, the void ones too (domain.md §3.6,
// ballot.md §3). Nothing here is about what was chosen.
func (p *pen) votes() {
	if len(p.s.Votes) == 0 {
		p.say("未进行测评。")
		return
	}
	for _, v := range p.s.Votes {
		p.write(Heading{Level: 3, Text: fmt.Sprintf("%s（%s）", v.Title(), boxName(v.State))})
		p.write(p.voteFields(v))
		p.ceremony(v)
		if text := identities(v); text != "" {
			p.say("%s", text)
		}
	}
	if !p.opened(preset.Tally) {
		p.result()
	}
}

// opened reports whether the meeting has come to the item of a kind.
func (p *pen) opened(kind string) bool {
	return slices.ContainsFunc(p.s.Agenda, func(it meeting.Item) bool { return it.Kind == kind && it.Times > 0 })
}

func boxName(state meeting.BoxState) string {
	switch state {
	case meeting.BoxSealing:
		return "待封箱"
	case meeting.BoxSealed:
		return "已封箱，未开始"
	case meeting.BoxOpened:
		return "测评中"
	case meeting.BoxClosed:
		return "已截止，待开箱计票"
	case meeting.BoxCounted:
		return "已计票"
	}
	return "作废"
}

// voteFields are the record of a vote: who watched it, the box, the numbers.
func (p *pen) voteFields(v *meeting.Vote) Fields {
	passed := "未清点举手"
	if v.Passed != nil {
		passed = fmt.Sprintf("举手表决通过，赞成 %s", Ratio{v.Passed.Yes, v.Passed.Expected}.inWords())
	}
	fields := Fields{{"监票人", Text(p.names(v.Scrutineers) + "（" + passed + "）")}}
	if v.Opened.IsZero() {
		return fields
	}
	subjects := fmt.Sprintf("%d 名党员", len(v.Subjects))
	if v.Branch {
		subjects += "和" + p.s.Rules.Vote.BranchTitle
	}
	fields = append(fields,
		Field{"测评对象", Text(subjects)},
		Field{"测评方式", Text(p.method())},
		Field{"票箱指纹", Text(fingerprint(v))},
		Field{"测评时间", Text(p.when.span(v.Opened, v.Closed))},
		Field{"发出", Number(len(v.Voters))})
	if v.Closed.IsZero() {
		return fields
	}
	return append(fields, returned(v)...)
}

// returned are the numbers of ballots of a closed box. A ballot is checked
// before it is put into the box, so that none in it is invalid.
func returned(v *meeting.Vote) Fields {
	return Fields{
		{"收回", Number(len(v.Slips))},
		{"有效", Number(len(v.Slips))},
		{"无效", Number(0)},
		{"未交回", Number(len(v.Voters) - len(v.Slips))},
	}
}

func (p *pen) method() string {
	self := "可以给本人测评"
	if !p.s.Rules.Vote.SelfVote {
		self = "不给本人测评"
	}
	return "无记名，每名被测评人选一个等次或弃权，" + self + "；截止前可以改投，以最后一次为准"
}

// fingerprint is the box's, short as on the screens and in full.
func fingerprint(v *meeting.Vote) string {
	if v.Election == nil {
		return ""
	}
	return v.Election.Short() + "（" + v.Election.Fingerprint() + "）"
}

// ceremony tells in order how the box was sealed, opened, closed and counted.
// It does not tell when anybody voted.
func (p *pen) ceremony(v *meeting.Vote) {
	steps := Table{Columns: []string{"时间", "经过"}}
	for _, m := range p.past {
		if now := m.after.Vote(); now == nil || now.No != v.No {
			continue
		}
		if words := p.ceremonyWords(m); words != "" {
			steps.Rows = append(steps.Rows, []Cell{Text(p.when.clock(m.At)), Text(words)})
		}
	}
	p.write(steps)
}

func (p *pen) ceremonyWords(m moment) string {
	switch f := m.Fact.(type) {
	case meeting.ScrutineersNamed:
		words := "提名监票人" + p.names(f.IDs)
		if passed := m.after.Vote().Passed; passed != nil {
			return words + "，举手表决：" + handsWords(*passed, m.after)
		}
		return words + "，未清点举手。"
	case meeting.Sealed:
		return "监票人" + p.s.NameOf(m.By) + "封箱。"
	case meeting.Opened:
		return fmt.Sprintf("开始测评，发出测评票 %d 张。", len(m.after.Vote().Voters))
	case meeting.Closed:
		return fmt.Sprintf("测评截止，收回测评票 %d 张。", len(m.after.Vote().Slips))
	case meeting.Unsealed:
		if m.By == meeting.Keeper {
			return "服务器密钥参与开箱。"
		}
		return "监票人" + p.s.NameOf(m.By) + "开箱。"
	case meeting.Counted:
		return "计票完成。"
	case meeting.Voided:
		return sentence("测评作废，原因：" + f.Reason)
	}
	return ""
}

// identities are the equations that paper ballots are checked with (domain.md
// §3.6), and what was never done with the ballots; "" before the box is opened.
func identities(v *meeting.Vote) string {
	n, issued := len(v.Slips), len(v.Voters)
	text := ""
	if !v.Closed.IsZero() {
		text = fmt.Sprintf("票数核对：有效 %d + 无效 0 = 收回 %d ≤ 发出 %d ≤ 发票时在场（有权测评）%d。", n, n, issued, issued)
	}
	switch {
	case v.Opened.IsZero() || v.State == meeting.BoxOpened:
		return ""
	case v.State == meeting.BoxCounted:
		return text + "开箱只解出各项票数之和，没有拆看任何一张测评票。"
	case v.State == meeting.BoxVoid && !v.Counted.IsZero():
		return text + "计票后作废，票数不采用；没有拆看任何一张测评票。"
	case v.State == meeting.BoxVoid:
		return text + "未计票，没有拆看任何一张测评票。"
	}
	return text + "待开箱计票，没有拆看任何一张测评票。"
}

// result is what the count gave, as far as the rules announce it (domain.md
// §0, 8); the whole of it stands on the tally sheet.
func (p *pen) result() {
	a, ok := p.s.Announce()
	if !ok {
		p.say("尚未计票。")
		return
	}
	v, least := p.s.Vote(), p.s.Rules.Vote.MinBallots
	p.say("%s：发出 %d 张，收回 %d 张，有效 %d 张，无效 0 张。", v.Title(), a.Issued, a.Returned, a.Returned)
	if n := len(v.Checked); n > 0 {
		p.say("%d 名党员在回执公布板上核对了自己的回执。", n)
	}
	switch {
	case a.Returned < least:
		p.say("%s", tooFew(a.Returned, least))
	case a.Full:
		p.counts()
	case a.Leading != nil:
		p.leading(a)
	case p.s.Rules.Announce == preset.AnnounceExcellent:
		p.leaders(a)
	default:
		p.say("测评结果由党组织掌握，不在会上公布。")
	}
}

// tooFew says why there is no histogram.
func tooFew(returned, least int) string {
	return fmt.Sprintf("收回 %d 张，不足 %d 张：为保护测评人，按规定不显示任何票数分布。", returned, least)
}

// leading announces how many subjects have which grade from most ballots.
func (p *pen) leading(a meeting.Announcement) {
	all, tied := len(p.s.Vote().Subjects), len(p.s.Vote().Subjects)
	t := Table{Title: "公布的测评结果", Columns: []string{"得票最多的等次", "人数", fmt.Sprintf("比例（占测评对象 %d 名）", all)}}
	for _, g := range p.s.Rules.Grades {
		n := a.Leading[meeting.Grade(g)]
		tied -= n
		t.Rows = append(t.Rows, []Cell{Text(g), Number(n), Ratio{n, all}})
	}
	if tied > 0 {
		t.Rows = append(t.Rows, []Cell{Text("最多票并列或全部弃权"), Number(tied), Ratio{tied, all}})
	}
	p.write(t)
}

// leaders announces whom most ballots call 优秀.
func (p *pen) leaders(a meeting.Announcement) {
	word, meter := p.s.Rules.Grades[0], p.s.Cap()
	p.say("公布的测评结果：多数票为%s、在上限 %d 名（%s %d 名的 %d/%d）以内的党员：%s。", word, meter.Cap,
		capBaseName(p.s.Rules.Cap.Base), meter.Base, p.s.Rules.Cap.Num, p.s.Rules.Cap.Den, p.names(a.Excellent))
	if len(a.Tied) > 0 {
		p.say("在上限处票数并列，由支委会研究：%s。", p.names(a.Tied))
	}
}

// counts are the tables with every subject's ballots.
func (p *pen) counts() {
	t := Table{Title: "党员测评票数", Columns: append([]string{"序号", "姓名"}, countColumns(p.s.Rules.Grades)...)}
	for i, id := range p.s.Vote().Subjects {
		if h, no := p.s.Histogram(id); no == nil {
			t.Rows = append(t.Rows, append([]Cell{Number(i + 1), Text(p.s.NameOf(id))}, countCells(h)...))
		}
	}
	p.write(t)
	p.branchCounts()
}

// branchCounts is the table of the committee's own ballot, if there was one.
func (p *pen) branchCounts() {
	h, no := p.s.BranchHistogram()
	if no != nil {
		return
	}
	rules := p.s.Rules.Vote
	p.write(Table{
		Title:   rules.BranchTitle + "测评票数",
		Columns: append([]string{"测评对象"}, countColumns(rules.BranchScale)...),
		Rows:    [][]Cell{append([]Cell{Text(rules.BranchTitle)}, countCells(h)...)},
	})
}

// countColumns are the heads over [countCells].
func countColumns(grades []string) []string {
	heads := []string{"有效票"}
	for _, g := range grades {
		heads = append(heads, g+"票", g+"比例")
	}
	return append(heads, "弃权")
}

// countCells are a histogram: the ballots, which are the base of every ratio,
// each grade with its ratio, and 弃权.
func countCells(h meeting.Histogram) []Cell {
	cells := []Cell{Number(h.Ballots)}
	for _, n := range h.Counts {
		cells = append(cells, Number(n), Ratio{n, h.Ballots})
	}
	return append(cells, Number(h.Abstain))
}

// receipts is the board: every counted receipt, sorted. It is public once the
// box is closed.
func (p *pen) receipts() {
	v := p.s.Vote()
	if v == nil || (v.State != meeting.BoxClosed && v.State != meeting.BoxCounted) {
		return
	}
	t := Table{Columns: []string{"序号", "回执"}}
	for i, code := range v.Board() {
		t.Rows = append(t.Rows, []Cell{Number(i + 1), Text(code)})
	}
	p.write(Heading{Level: 1, Text: "附：测评回执公布板（" + v.Title() + "）"},
		Paragraph{Text: "按回执排序，与姓名、投票先后无关。持有回执的党员可以核对自己的票已经计入。"})
	p.write(t)
}
