package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// votes writes how every vote went, the void ones too (DOMAIN.md §3.6,
// BALLOT.md §3). Nothing here is about what was chosen.
func (p *pen) votes() {
	if len(p.s.Votes) == 0 {
		p.say("未进行测评。")
		return
	}
	for _, v := range p.s.Votes {
		p.write(doc.Heading{Level: 3, Text: fmt.Sprintf("%s（%s）", v.Title(), p.boxName(v))})
		p.write(p.voteFields(v))
		p.ceremony(v)
		if text := p.identities(v); text != "" {
			p.say("%s", text)
		}
		p.renamed(v)
	}
	if !p.opened(preset.Tally) {
		p.result()
	}
}

// renamed says whose name on the ballots is another than the roster has now.
func (p *pen) renamed(v *meeting.Vote) {
	for _, r := range p.s.Renamed(v) {
		p.say("开始测评以后名册改了姓名：%s 测评票上是%s，现为%s。", r.ID, r.Old, r.New)
	}
}

// subjects joins the names of people as the ballots have them.
func (p *pen) subjects(ids []meeting.MemberID) string {
	if len(ids) == 0 {
		return "无"
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = p.s.SubjectCalled(id)
	}
	return strings.Join(list, "、")
}

// opened reports whether the meeting has come to the item of a kind.
func (p *pen) opened(kind string) bool {
	return slices.ContainsFunc(p.s.Agenda, func(it meeting.Item) bool { return it.Kind == kind && it.Times > 0 })
}

func (p *pen) boxName(v *meeting.Vote) string {
	switch v.State {
	case meeting.BoxSealing:
		return "待封箱"
	case meeting.BoxSealed:
		return "已封箱，未开始"
	case meeting.BoxOpened:
		return "测评中"
	case meeting.BoxClosed:
		if v.Members().Returned.Len() < p.s.LeastBallots() {
			return "已截止，票太少，不开箱"
		}
		return "已截止，待开箱计票"
	case meeting.BoxCounted:
		return "已计票"
	}
	return "作废"
}

// voteFields returns the record of a vote: scrutineers, box, numbers.
func (p *pen) voteFields(v *meeting.Vote) doc.Fields {
	passed := "未清点举手"
	if v.Passed != nil {
		passed = fmt.Sprintf("举手表决通过，赞成 %s", doc.Ratio{Count: v.Passed.Yes, Base: v.Passed.Expected}.InWords())
	}
	fields := doc.Fields{{Name: "监票人", Value: doc.Text(p.names(v.Scrutineers) + "（" + passed + "）")}}
	if v.Opened.IsZero() {
		return fields
	}
	fields = append(fields, doc.Field{Name: "开箱条件", Value: doc.Text(p.keysWords(v))})
	subjects := fmt.Sprintf("%d 名党员", len(v.Subjects))
	if v.Branch {
		subjects += "和" + p.s.Rules.Vote.BranchTitle
	}
	fields = append(fields,
		doc.Field{Name: "测评对象", Value: doc.Text(subjects)},
		doc.Field{Name: "测评方式", Value: doc.Text(p.method())})
	fields = append(fields, fingerprints(v)...)
	fields = append(fields, doc.Field{Name: "测评时间", Value: doc.Text(p.when.span(v.Opened, v.Closed))})
	fields = append(fields, numbers(v)...)
	if n, opened := p.comments(v); opened {
		readers := "支委会"
		if !p.s.HasCommittee() {
			readers = "支部班子、主持人"
		}
		fields = append(fields, doc.Field{Name: "匿名意见", Value: doc.Text(fmt.Sprintf("%d 条，内容只给%s和本人看，不写入会议材料", n, readers))})
	}
	return fields
}

// keysWords says whose keys open the box.
func (p *pen) keysWords(v *meeting.Vote) string {
	n, k := len(v.Scrutineers), p.s.Rules.Vote.Threshold
	if k <= 0 || k >= n {
		return fmt.Sprintf("全部 %d 名监票人，加上服务器密钥", n)
	}
	return fmt.Sprintf("%d 名监票人中的任意 %d 名，加上服务器密钥", n, k)
}

// numbers returns how many ballots were issued and, once the box is closed,
// returned, for each channel apart (DOMAIN.md §3.7). A ballot is checked before
// it enters the box, so none in it is invalid.
func numbers(v *meeting.Vote) doc.Fields {
	fields := memberNumbers(v)
	for _, b := range apart(v) {
		fields = append(fields, boxNumbers(channelName(b)+"票", b, v)...)
	}
	if board := len(v.Board()); !v.Closed.IsZero() && board > 0 {
		fields = append(fields, doc.Field{Name: "本人核对过回执", Value: doc.Text(doc.Ratio{Count: v.Checked.Len(), Base: board}.InWords())})
	}
	return fields
}

// memberNumbers are those of the members' ballots. Where some are on paper the
// whole stands before its parts.
func memberNumbers(v *meeting.Vote) doc.Fields {
	n := len(v.OnPaper)
	if n == 0 {
		return boxNumbers("", v.Members(), v)
	}
	issued, returned := v.Ballots()
	fields := doc.Fields{{Name: "发出", Value: doc.Number(issued)}}
	if !v.Closed.IsZero() {
		fields = append(fields, doc.Field{Name: "收回", Value: doc.Number(returned)}, doc.Field{Name: "有效", Value: doc.Number(returned)}, doc.Field{Name: "无效", Value: doc.Number(0)})
	}
	fields = append(append(fields, boxNumbers("终端票", v.Members(), v)...), doc.Field{Name: "纸质票发出", Value: doc.Number(n)})
	if sums, agreed := v.AgreedPaper(); agreed {
		fields = append(fields, doc.Field{Name: "纸质票收回", Value: doc.Number(sums.Returned)})
	}
	return fields
}

func boxNumbers(channel string, b *meeting.Box, v *meeting.Vote) doc.Fields {
	fields := doc.Fields{{Name: channel + "发出", Value: doc.Number(len(b.Voters))}}
	if v.Closed.IsZero() {
		return fields
	}
	n, moved := b.Returned.Len(), len(v.Moved(b))
	fields = append(fields, doc.Field{Name: channel + "收回", Value: doc.Number(n)}, doc.Field{Name: channel + "有效", Value: doc.Number(n)}, doc.Field{Name: channel + "无效", Value: doc.Number(0)},
		doc.Field{Name: channel + "未交回", Value: doc.Number(len(b.Voters) - n - moved)})
	if moved > 0 {
		fields = append(fields, doc.Field{Name: channel + "改用纸质票", Value: doc.Number(moved)})
	}
	return fields
}

// comments returns the number of anonymous comments in a vote. Their texts
// stand on no paper.
func (p *pen) comments(v *meeting.Vote) (n int, opened bool) {
	for _, m := range p.past {
		f, ok := m.Fact.(meeting.CommentsOpened)
		if now := m.after.Vote(); ok && now != nil && now.No == v.No {
			n, opened = f.Count, true
		}
	}
	return n, opened
}

func (p *pen) method() string {
	self := "可以给本人测评"
	if !p.s.Rules.Vote.SelfVote {
		self = "不给本人测评"
	}
	return "无记名，每名被测评人选一个等次或弃权，" + self + "；截止前可以改投，以最后一次为准"
}

// fingerprints returns the boxes' fingerprints, short as on the screens and in
// full.
func fingerprints(v *meeting.Vote) doc.Fields {
	fields := doc.Fields{{Name: "票箱指纹", Value: doc.Text(fingerprint(v.Members()))}}
	for _, b := range apart(v) {
		fields = append(fields, doc.Field{Name: channelName(b) + "票箱指纹", Value: doc.Text(fingerprint(b))})
	}
	return fields
}

func fingerprint(b *meeting.Box) string {
	if b.Election == nil {
		return ""
	}
	return b.Election.Short() + "（" + b.Election.Fingerprint() + "）"
}

// ceremony tells in order how the box was sealed, opened, closed and counted,
// but not when anybody voted.
func (p *pen) ceremony(v *meeting.Vote) {
	steps := doc.Table{Columns: doc.Columns("时间", "经过")}
	for _, m := range p.commentsLast(v) {
		if words := p.ceremonyWords(m); words != "" {
			steps.Rows = append(steps.Rows, []doc.Cell{doc.Text(p.when.clock(m.At)), doc.Text(words)})
		}
	}
	p.write(steps)
}

// commentsLast is what happened in a vote, with the opening of the comments behind
// that of the box: the last scrutineer's key opens both, and the log has the comments
// first.
func (p *pen) commentsLast(v *meeting.Vote) []moment {
	var list []moment
	for _, m := range p.past {
		if now := m.after.Vote(); now == nil || now.No != v.No {
			continue
		}
		list = append(list, m)
		_, opens := m.Fact.(meeting.Unsealed)
		if last := len(list) - 1; opens && last > 0 {
			if _, comments := list[last-1].Fact.(meeting.CommentsOpened); comments {
				list[last-1], list[last] = list[last], list[last-1]
			}
		}
	}
	return list
}

func (p *pen) ceremonyWords(m moment) string {
	switch f := m.Fact.(type) {
	case meeting.ScrutineersNamed:
		if f.Again != nil {
			return sentence("经表决重新测评，投票人不变，上一次的结果不采用；监票人" + p.names(f.IDs) + "，举手表决：" + handsWords(*m.after.Vote().Passed, m.after) + "理由：" + f.Again.Reason)
		}
		words := "提名监票人" + p.names(f.IDs)
		if passed := m.after.Vote().Passed; passed != nil {
			return words + "，举手表决：" + handsWords(*passed, m.after)
		}
		return words + "，未清点举手。"
	case meeting.Sealed:
		return "监票人" + p.s.Called(m.By) + "封箱。"
	case meeting.KeysJoined:
		return "票箱密钥合成，开箱需要：" + p.keysWords(m.after.Vote()) + "。"
	case meeting.PaperGiven:
		switch _, ballot := m.after.Vote().BoxOf(f.ID); {
		case f.Back && ballot:
			return "收回" + p.s.Called(f.ID) + "的纸质测评票，仍用终端。"
		case f.Back:
			return "收回" + p.s.Called(f.ID) + "的纸质测评票。"
		case m.after.Vote().State != meeting.BoxOpened:
			return "发给" + p.s.Called(f.ID) + "纸质测评票一张。"
		case ballot:
			return p.s.Called(f.ID) + "不再用终端，改用纸质测评票一张。"
		}
		return p.s.Called(f.ID) + "在测评开始后到会，发给纸质测评票一张。"
	case meeting.PaperEntered:
		return fmt.Sprintf("监票人%s录入纸质测评票各项合计，收回 %d 张。", p.s.Called(m.By), f.Returned)
	case meeting.Opened:
		v := m.after.Vote()
		return fmt.Sprintf("开始测评，发出测评票 %d 张%s。", len(v.Members().Voters), apartWords(v, func(b *meeting.Box) int { return len(b.Voters) }))
	case meeting.CodesIssued:
		if m.after.Vote().State == meeting.BoxOpened {
			return "测评期间重发入会码：" + p.names(f.People()) + "。"
		}
	case meeting.Closed:
		v := m.after.Vote()
		words := fmt.Sprintf("测评截止，收回测评票 %d 张%s", v.Members().Returned.Len(), apartWords(v, func(b *meeting.Box) int { return b.Returned.Len() }))
		if f.Reason != "" {
			words += fmt.Sprintf("，%d 人没有投票；理由：%s", len(v.Missing()), strings.TrimRight(f.Reason, "。"))
		}
		return words + "。"
	case meeting.ClosingNoted:
		return fmt.Sprintf("记下关箱时的链头：第 %d 条记录 %s（屏幕上显示为 %s）。", f.Seq, f.Hash, f.Short())
	case meeting.ReceiptsConfirmed:
		words := fmt.Sprintf("核对回执：%d 名投票人中 %d 名核对了自己的回执", f.Voters, f.Checked)
		if f.Reason != "" {
			words += "；" + f.Reason
		}
		return words + "。"
	case meeting.CommentsOpened:
		return fmt.Sprintf("打开匿名意见 %d 条。", f.Count)
	case meeting.ResultAnnounced:
		if f.Level == preset.AnnounceNone {
			return "在会上只宣布收发票数，不公布测评结果。"
		}
		return "在会上公布测评结果：" + levelWords(f.Level) + "。"
	case meeting.Unsealed:
		if m.By == meeting.Keeper {
			return "服务器密钥参与开箱。"
		}
		return "监票人" + p.s.Called(m.By) + "开箱。"
	case meeting.Counted:
		return "计票完成。"
	case meeting.Voided:
		return sentence("测评作废，原因：" + f.Reason)
	}
	return ""
}

// apart lists the boxes that are counted beside the members' (DOMAIN.md §3.7).
func apart(v *meeting.Vote) []*meeting.Box {
	return slices.DeleteFunc(slices.Clone(v.Boxes), func(b *meeting.Box) bool { return b.Channel == meeting.MemberBox })
}

// channelName names the voters of a box beside the members'.
func channelName(b *meeting.Box) string {
	if b.Channel == meeting.MassBox {
		return "群众"
	}
	return string(b.Channel)
}

// apartWords adds the numbers of the other boxes to the members' number.
func apartWords(v *meeting.Vote, count func(*meeting.Box) int) string {
	words := ""
	for _, b := range apart(v) {
		words += fmt.Sprintf("，%s测评票 %d 张", channelName(b), count(b))
	}
	return words
}

// levelWords say how much of the result the meeting hears.
func levelWords(level string) string {
	switch level {
	case preset.AnnounceFull:
		return "每名测评对象的票数"
	case preset.AnnounceExcellent:
		return "上限以内得票最多的等次是优秀的名单"
	case preset.AnnounceCounts:
		return "各等次的人数，不公布姓名"
	}
	return "只公布发出、收回的票数"
}

// paperSlips says what became of the paper slips; "" if there were none.
func paperSlips(v *meeting.Vote) string {
	n := len(v.OnPaper)
	sums, agreed := v.AgreedPaper()
	switch {
	case n == 0:
		return ""
	case agreed && v.State == meeting.BoxVoid:
		return fmt.Sprintf("纸质票：收回 %d ≤ 发出 %d，由两名监票人录入同样的合计；测评作废，没有采用。", sums.Returned, n)
	case agreed:
		return fmt.Sprintf("纸质票：收回 %d ≤ 发出 %d，由两名监票人录入同样的合计，计入党员票数。", sums.Returned, n)
	}
	return fmt.Sprintf("纸质票：发出 %d 张，没有两名监票人录入同样的合计，没有计入。", n)
}

// identities returns the equations with which ballots are checked (DOMAIN.md
// §3.6), and what was never done with the ballots; "" before the box is opened.
func (p *pen) identities(v *meeting.Vote) string {
	n, issued, late := v.Members().Returned.Len(), len(v.Members().Voters), p.latePaper(v)
	text := ""
	if !v.Closed.IsZero() {
		text = fmt.Sprintf("票数核对：有效 %d + 无效 0 = 收回 %d ≤ 发出 %d ≤ 发票时在场（有权测评）%d。", n, n, issued, issued+len(v.OnPaper)-late)
		if moved := len(v.Moved(v.Members())); late > 0 {
			text += fmt.Sprintf("测评开始后另发纸质票 %d 张：后到会 %d 张，改用纸质票 %d 张。", late, late-moved, moved)
		}
		for _, b := range apart(v) {
			m, out := b.Returned.Len(), len(b.Voters)
			text += fmt.Sprintf("%s票另计：有效 %d + 无效 0 = 收回 %d ≤ 发出 %d。", channelName(b), m, m, out)
		}
		text += paperSlips(v)
	}
	switch least := p.s.LeastBallots(); {
	case v.Opened.IsZero() || v.State == meeting.BoxOpened:
		return ""
	case v.State == meeting.BoxCounted:
		return text + "开箱只解出各项票数之和，没有拆看任何一张测评票。"
	case v.State == meeting.BoxVoid && !v.Counted.IsZero():
		return text + "计票后作废，票数不采用；没有拆看任何一张测评票。"
	case v.State == meeting.BoxVoid:
		return text + "未计票，没有拆看任何一张测评票。"
	case n < least:
		return text + tooFew(n, least)
	}
	return text + "待开箱计票，没有拆看任何一张测评票。"
}

// latePaper returns how many paper slips that are out were given after a vote was
// opened.
func (p *pen) latePaper(v *meeting.Vote) (n int) {
	late := map[meeting.MemberID]bool{}
	for _, m := range p.past {
		f, given := m.Fact.(meeting.PaperGiven)
		if now := m.after.Vote(); given && now != nil && now.No == v.No {
			late[f.ID] = now.State == meeting.BoxOpened
		}
	}
	for _, id := range v.OnPaper {
		if late[id] {
			n++
		}
	}
	return n
}

// result writes what the count gave, as far as the rules announce it (DOMAIN.md
// §0, 8). The tally sheet has all of it.
func (p *pen) result() {
	v, least := p.s.Vote(), p.s.LeastBallots()
	if v == nil {
		p.say("未进行测评，没有票可计。")
		return
	}
	if v.State != meeting.BoxClosed && v.State != meeting.BoxCounted {
		p.say("尚未计票。")
		return
	}
	n := v.Members().Returned.Len()
	issued, returned := v.Ballots()
	p.say("%s：发出 %d 张，收回 %d 张，有效 %d 张，无效 0 张。", v.Title(), issued, returned, returned)
	a, announced := p.s.Announced()
	switch {
	case n < least:
		p.say("%s", tooFew(n, least))
		return
	case v.State == meeting.BoxClosed:
		p.say("尚未计票。")
		return
	case !announced:
		p.say("已计票，测评结果尚未在会上公布。")
		return
	}
	p.announcement()
	switch {
	case a.Full:
		p.counts()
	case a.Leading != nil:
		p.leading(a)
		p.branchCounts(nil)
	case p.s.Announcing() == preset.AnnounceExcellent:
		p.leaders(a)
	default:
		p.say("测评结果由党组织掌握，不在会上公布。")
	}
	for _, b := range apart(v) {
		if !a.Full {
			p.say("%s票单独计票，不与党员票合计，不在会上公布。", channelName(b))
		}
	}
}

// announcement says how much the meeting heard, and why if it was less than the
// rules announce.
func (p *pen) announcement() {
	level, rules := p.s.Announcing(), p.s.Rules.Announce
	p.say("会上公布：%s。", levelWords(level))
	if level != rules {
		p.say("按规定可以公布“%s”；为防止看出个人选择，主持人缩小了公布范围。", levelWords(rules))
	}
}

// tooFew says why a box is not opened.
func tooFew(returned, least int) string {
	return fmt.Sprintf("收回 %d 张，不足 %d 张：为保护测评人，按规定不开箱、不计票，不显示任何票数分布。", returned, least)
}

// leading writes how many subjects have which grade from most ballots.
func (p *pen) leading(a meeting.Announcement) {
	all := len(p.s.Vote().Subjects)
	t := doc.Table{Title: "公布的测评结果", Columns: doc.Columns("得票最多的等次", "人数", fmt.Sprintf("比例（占测评对象 %d 名）", all))}
	for _, g := range p.s.Rules.Grades {
		n := a.Leading[meeting.Grade(g)]
		t.Rows = append(t.Rows, []doc.Cell{doc.Text(g), doc.Number(n), doc.Ratio{Count: n, Base: all}})
	}
	if tied := p.s.Undecided(a); tied > 0 {
		t.Rows = append(t.Rows, []doc.Cell{doc.Text("最多票并列或全部弃权"), doc.Number(tied), doc.Ratio{Count: tied, Base: all}})
	}
	p.write(t)
}

// leaders writes whom most ballots call 优秀.
func (p *pen) leaders(a meeting.Announcement) {
	word, meter := p.s.Rules.Grades[0], a.Cap
	p.say("公布的测评结果：得票最多的等次是%s、在上限 %d 名（%s）以内的党员：%s。", word, meter.Cap, capRule(p.s.Rules.Cap, fmt.Sprint(meter.Base)), p.subjects(a.Excellent))
	if len(a.Tied) > 0 {
		p.say("在上限处票数并列，由%s研究：%s。", p.decides(), p.subjects(a.Tied))
	}
}

// counts writes the tables with every subject's ballots.
func (p *pen) counts() {
	p.write(p.countTable("党员测评票数", p.s.Histogram))
	p.otherCounts()
	p.branchCounts(apart(p.s.Vote()))
}

// countTable returns a row for each subject whose histogram may be shown.
func (p *pen) countTable(title string, histogram func(meeting.MemberID) (meeting.Histogram, *meeting.Refusal)) doc.Table {
	t := doc.Table{Title: title, Columns: append(doc.Columns("序号", "姓名"), countColumns(p.s.Rules.Grades)...)}
	for i, id := range p.s.Vote().Subjects {
		if h, no := histogram(id); no == nil {
			t.Rows = append(t.Rows, append([]doc.Cell{doc.Number(i + 1), doc.Text(p.s.SubjectCalled(id))}, countCells(h)...))
		}
	}
	return t
}

// otherCounts writes the channels beside the members' ballots, each with its
// own base: 群众's, and the paper slips where there are enough of them
// (DOMAIN.md §3.7, BALLOT.md §3).
func (p *pen) otherCounts() {
	v, least := p.s.Vote(), p.s.Rules.Vote.MinBallots
	for _, b := range apart(v) {
		name := channelName(b)
		p.say("%s票单独计票，不与党员票合计。", name)
		counts := func(id meeting.MemberID) (meeting.Histogram, *meeting.Refusal) {
			return p.s.HistogramApart(b.Channel, id)
		}
		p.table(p.countTable(name+"测评票数（另计）", counts), tooFew(b.Returned.Len(), least))
	}
	if sums, agreed := v.AgreedPaper(); agreed {
		p.table(p.countTable("其中：纸质票（已计入党员测评票数）", p.s.PaperHistogram),
			fmt.Sprintf("收回 %d 张，不足 %d 张：为保护测评人，只计入合计，不单独列出。", sums.Returned, least))
	}
}

// branchCounts writes the committee's own ballot, if there was one, with those of other
// boxes in rows of their own.
func (p *pen) branchCounts(others []*meeting.Box) {
	rules := p.s.Rules.Vote
	t := doc.Table{Title: rules.BranchTitle + "测评票数", Columns: append(doc.Columns("测评对象"), countColumns(rules.BranchScale)...)}
	row := func(name string, h meeting.Histogram, no *meeting.Refusal) {
		if no == nil {
			t.Rows = append(t.Rows, append([]doc.Cell{doc.Text(name)}, countCells(h)...))
		}
	}
	h, no := p.s.BranchHistogram()
	row(rules.BranchTitle, h, no)
	for _, b := range others {
		h, no = p.s.BranchHistogramApart(b.Channel)
		row(rules.BranchTitle+"（"+channelName(b)+"票，另计）", h, no)
	}
	if len(t.Rows) > 0 {
		p.write(t)
	}
}

// countColumns returns the heads over [countCells].
func countColumns(grades []string) []doc.Column {
	heads := doc.Columns("有效票")
	for _, g := range grades {
		heads = append(heads, doc.Column{Group: g, Name: "票"}, doc.Column{Group: g, Name: "比例"})
	}
	return append(heads, doc.Columns("弃权")...)
}

// countCells returns a histogram as cells: the ballots, which are the base of
// every ratio, each grade with its ratio, and 弃权.
func countCells(h meeting.Histogram) []doc.Cell {
	cells := []doc.Cell{doc.Number(h.Ballots)}
	for _, n := range h.Counts {
		cells = append(cells, doc.Number(n), doc.Ratio{Count: n, Base: h.Ballots})
	}
	return append(cells, doc.Number(h.Abstain))
}

// receipts writes the board: every counted receipt, sorted. It is public once
// the box is closed.
func (p *pen) receipts() {
	v := p.s.Vote()
	if v == nil || (v.State != meeting.BoxClosed && v.State != meeting.BoxCounted) {
		return
	}
	t := doc.Table{Columns: doc.Columns("序号", "回执")}
	for i, code := range v.Board() {
		t.Rows = append(t.Rows, []doc.Cell{doc.Number(i + 1), doc.Text(code)})
	}
	p.write(doc.Heading{Level: 1, Text: "附：测评回执公布板（" + v.Title() + "）"},
		doc.Paragraph{Text: "按回执排序，与姓名、投票先后无关。持有回执的党员可以核对自己的票已经计入。"})
	p.write(t)
}
