package paper

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Script is the 主持词 of this moment: what the facilitator reads out at the open
// item, paragraph by paragraph, with its figures. Of a vote it tells how many
// ballots went out and came back, and of the result only what was announced. It
// is nil where nothing is read out.
func Script(s *meeting.State) []string {
	if s.Rules == nil {
		return nil
	}
	it, open := s.Item()
	p := speaker{pen: &pen{s: s}, it: it}
	rest, rests := s.Resting()
	switch {
	case s.Rehearsal:
		p.read("同志们，现在预演一次投票，不算数，也不进会议记录。")
		p.vote()
	case rests:
		p.read("同志们，现在休会，定于 %s 续会，请大家准时参加。", rest.Until)
	case s.Placard.Break && s.Placard.Seconds > 0:
		p.read("同志们，现在休息 %d 分钟。", s.Placard.Seconds/60)
	case s.Placard.Break:
		p.read("同志们，现在休息。%s", s.Placard.Text)
	case s.Phase == meeting.Before:
		p.read("请各位同志签到。应到党员 %d 名，已经签到 %d 名。", s.Roll().Expected, s.Roll().Present)
	case open:
		if write := scripts[it.Kind]; write != nil {
			write(&p)
		}
		p.own()
		p.floor()
	}
	return p.text
}

// scripts write what is read out at an item, by its kind.
var scripts = map[string]func(*speaker){
	preset.SignIn:        (*speaker).signIn,
	preset.Opening:       (*speaker).opening,
	preset.Study:         (*speaker).study,
	preset.LastYear:      (*speaker).lastYear,
	preset.Briefing:      (*speaker).briefing,
	preset.SelfCheck:     (*speaker).selfCheck,
	preset.Criticism:     (*speaker).criticism,
	preset.Rectification: (*speaker).rectification,
	preset.SelfRating:    (*speaker).selfRating,
	preset.Ballot:        (*speaker).ballot,
	preset.Tally:         (*speaker).vote,
	preset.Rating:        (*speaker).rating,
	preset.Remark:        (*speaker).remark,
	preset.Closing:       (*speaker).closing,
}

// speaker writes what is read out at an item: at the open one that of the moment,
// or ahead, for the whole meeting, with blanks for figures that do not exist yet.
type speaker struct {
	*pen
	it    meeting.Item
	ahead bool
	text  []string
}

// read adds a paragraph.
func (p *speaker) read(format string, args ...any) {
	p.text = append(p.text, fmt.Sprintf(format, args...))
}

// own adds the item's own words.
func (p *speaker) own() {
	if p.it.Text != "" {
		p.text = append(p.text, strings.Split(p.it.Text, "\n")...)
	}
}

// unknown reports whether the item's figures do not exist yet.
func (p *speaker) unknown() bool { return p.ahead && p.it.Times == 0 }

// figure is a number that the item makes, or its blank.
func (p *speaker) figure(n int) string {
	if p.unknown() {
		return gap
	}
	return fmt.Sprint(n)
}

// who names people who show at the item, or leaves them blank.
func (p *speaker) who(ids []meeting.MemberID) string {
	if p.unknown() || p.ahead && len(ids) == 0 {
		return blank
	}
	return p.names(ids)
}

// gap is the blank for a number.
const gap = "＿＿＿"

// begins announces the item.
func (p *speaker) begins() string {
	return fmt.Sprintf("下面进行第 %d 项：%s。", p.it.No, p.it.Title)
}

// chair is whoever reports for the branch, with the word 书记.
func (p *speaker) chair() string {
	if id := p.s.Chair(); id != "" {
		return "书记 " + p.s.Called(id) + " "
	}
	return "支部负责人"
}

// floor calls who speaks next at an item without an order of its own.
func (p *speaker) floor() {
	queue := p.s.Floor.Queue
	if len(queue) == 0 || p.it.Kind == preset.Criticism {
		return
	}
	text := fmt.Sprintf("下一位请 %s 发言", p.s.Called(queue[0]))
	if len(queue) > 1 {
		text += fmt.Sprintf("，请 %s 准备", p.s.Called(queue[1]))
	}
	p.read("%s。", text)
}

// signIn announces the attendance (DOMAIN.md §3.1): the script of the whole meeting has
// that of the sign-in, whoever has come or gone since.
func (p *speaker) signIn() {
	then := p.atEnd(p.it)
	roll := then.Roll()
	var absent []string
	for _, id := range roll.Absent {
		reason := then.Attendance.Of(id).Reason
		if reason == "" {
			reason = "原因待核实"
		}
		absent = append(absent, p.s.Called(id)+"（"+reason+"）")
	}
	missing := fmt.Sprintf("缺席 %s 名", p.figure(len(absent)))
	switch {
	case p.unknown():
		missing += "：" + blank
	case len(absent) > 0:
		missing += "：" + strings.Join(absent, "、")
	}
	p.read("同志们，现在清点到会人数。应到党员 %d 名，实到 %s 名，%s。", roll.Expected, p.figure(roll.Present), missing)
	formal := ""
	if p.s.Rules.Quorum.Base == preset.BaseFormal {
		formal = fmt.Sprintf("其中应到正式党员 %d 名，实到 %s 名，", roll.ExpectedFormal, p.figure(roll.PresentFormal))
	}
	if roll.Quorum || p.unknown() {
		p.read("%s符合规定人数，可以开会。", formal)
	} else {
		p.read("%s还不到规定人数，请大家稍候。", formal)
	}
	switch {
	case p.unknown():
		p.read("列席今天会议的有：%s。", blank)
	case len(roll.Guests) > 0:
		p.read("列席今天会议的有：%s。", p.guests(roll.Guests))
	}
}

func (p *speaker) opening() {
	s := p.s
	p.read("同志们，%s%s现在开会。", s.Branch.Name, s.Rules.Title)
	if host := p.s.Host(); host != "" || p.ahead {
		text := "会议由 " + p.who(someone(host)) + " 主持"
		if s.Recorder != "" || p.ahead {
			text += "，" + p.who(someone(s.Recorder)) + " 记录"
		}
		p.read("%s。", text)
	}
	var titles []string
	for _, it := range s.Agenda[p.it.No:] {
		titles = append(titles, it.Title)
	}
	p.read("接下来还有 %d 项议程：%s。", len(titles), strings.Join(titles, "，"))
	p.read("请大家实事求是、开门见山；自我批评讲问题，相互批评讲真话。")
}

func (p *speaker) study() {
	p.read("%s先请领学的同志领读，随后请大家结合实际谈体会。", p.begins())
}

func (p *speaker) lastYear() {
	p.read("%s请%s通报上次整改措施的落实情况，哪些完成了，哪些还没有。", p.begins(), p.chair())
	lines := p.atEnd(p.it).Carried()
	if len(lines) == 0 {
		return
	}
	closed := 0
	for _, l := range lines {
		if l.Closed {
			closed++
		}
	}
	p.read("上年度转来整改台账 %d 条，已销号 %d 条，还在整改 %d 条。", len(lines), closed, len(lines)-closed)
}

func (p *speaker) briefing() {
	p.read("%s请%s通报会前的学习、征求意见和谈心谈话情况，以及支部一年来的工作。", p.begins(), p.chair())
	p.prepared()
}

// prepared tells in figures what was done before the meeting, of what there were
// records then.
func (p *speaker) prepared() {
	s := p.atEnd(p.it)
	if studies := s.Studies(); len(studies) > 0 {
		var sum meeting.Hours
		for _, one := range studies {
			sum += one.Hours
		}
		p.read("会前组织学习 %d 次，共 %s 学时。", len(studies), sum)
	}
	if n := s.RawOpinions(); n > 0 {
		p.read("征求意见 %d 条，归并为 %d 条。", n, len(s.Opinions.Lines))
	}
	owed, held, talks := 0, 0, 0
	for _, pair := range s.TalkPairs() {
		talks += pair.Done
		if pair.Owed {
			owed++
			held += min(1, pair.Done)
		}
	}
	if talks > 0 {
		p.read("谈心谈话应谈 %d 对，已谈 %d 对，共 %d 人次。", owed, held, talks)
	}
}

func (p *speaker) selfCheck() {
	of := "支部"
	if p.s.HasCommittee() {
		of = "支委会"
	}
	p.read("%s请%s代表%s作对照检查，随后请大家对%s提意见。", p.begins(), p.chair(), of, of)
}

// criticism leads through 批评与自我批评: it opens the item, calls each person,
// and closes it with the number of criticisms.
func (p *speaker) criticism() {
	s := p.s
	round, _ := s.Round(s.Subject)
	next := s.NextSubject()
	switch {
	case s.Subject == "" && next == "":
		p.criticismEnds()
	case s.Subject == "" && s.Rounds.Len() == 0:
		p.criticismBegins()
		p.calls(next, "首先")
	case s.Subject == "":
		if last := s.Rounds.Last().Subject; s.ByGroups() && s.PartyGroupOf(last) != s.PartyGroupOf(next) {
			p.read("%s到这里，下面是%s。", s.PartyGroupOf(last).Title(), s.PartyGroupOf(next).Title())
		}
		p.calls(next, "下面")
	case round.Part == meeting.PartSelf:
		p.calls(s.Subject, "现在")
	case round.Part == meeting.PartCriticism:
		p.critics(round)
	case round.Part == meeting.PartResponse:
		p.asksAnswer(s.Subject)
	}
}

// criticismBegins opens the item and says in which order it goes.
func (p *speaker) criticismBegins() {
	limits := p.s.Limits()
	if p.s.ByGroups() {
		p.read("%s人数较多，按党小组进行：%s。", p.begins(), p.recorders())
		p.read("各组从书记、支委开始，依次进行%s。", within("，每人自我批评", limits.SelfCriticism))
	} else {
		p.read("%s从书记开始，支委、党员依次进行%s。", p.begins(), within("，每人自我批评", limits.SelfCriticism))
	}
	if p.s.Rules.MutualReview == preset.AfterAll {
		p.read("先逐个作自我批评，都讲完以后再逐个听取批评意见%s，最后由本人表态。", within("，每条", limits.Criticism))
	} else {
		p.read("每人讲完，其他同志接着提批评意见%s，最后由本人表态。", within("，每条", limits.Criticism))
	}
}

// criticismEnds closes the item with the number of criticisms.
func (p *speaker) criticismEnds() {
	_, mutual := p.s.CountCriticism()
	p.read("%s 位同志都已评议，共提出批评意见 %s 条。批评与自我批评到此结束，请大家会后认真整改。", p.figure(p.s.Rounds.Len()), p.figure(mutual))
}

func (p *speaker) asksOwn(id meeting.MemberID, when string) {
	p.read("%s请 %s 作自我批评%s。", when, p.s.Called(id), within("，", p.s.Limits().SelfCriticism))
}

func (p *speaker) asksCriticism(id meeting.MemberID) {
	p.read("下面请大家对 %s 提批评意见，有什么问题讲什么问题%s。", p.s.Called(id), within("，每条", p.s.Limits().Criticism))
}

func (p *speaker) asksAnswer(id meeting.MemberID) {
	p.read("请 %s 表态%s。", p.s.Called(id), within("，", p.s.Limits().Response))
}

// calls calls a person whose round begins or goes on, or has their material read
// out.
func (p *speaker) calls(id meeting.MemberID, when string) {
	s := p.s
	round, _ := s.Round(id)
	name := s.Called(id)
	switch {
	case round.Part == meeting.PartHeard:
		p.read("%s听取对 %s 的批评意见。", when, name)
	case !s.Attendance.Of(id).Present:
		gone := "没有到会"
		if s.Attendance.Of(id).Came() {
			gone = "提前离会"
		}
		p.read("%s 因%s%s，%s请记录人宣读书面材料。", name, p.absenceReason(id), gone, when)
	default:
		p.asksOwn(id, when)
	}
}

// critics calls the next critic, or asks whether anybody else has something to
// say.
func (p *speaker) critics(round meeting.Round) {
	s := p.s
	name := s.Called(round.Subject)
	var queue []string
	for _, id := range s.Floor.Queue {
		if id != round.Subject {
			queue = append(queue, s.Called(id))
		}
	}
	n := len(round.Criticisms)
	switch {
	case len(queue) > 1:
		p.read("下面请 %s 对 %s 提意见，请 %s 准备。", queue[0], name, queue[1])
	case len(queue) == 1:
		p.read("下面请 %s 对 %s 提意见。", queue[0], name)
	case n == 0:
		p.asksCriticism(round.Subject)
	case s.Attendance.Of(round.Subject).Present:
		p.read("对 %s 已提 %d 条意见。哪位同志还有意见？没有的话，请 %s 表态。", name, n, name)
	default:
		p.read("对 %s 已提 %d 条意见。哪位同志还有意见？没有的话，会后由支部转告本人。", name, n)
	}
}

// within says a time limit of what is named; "" for none.
func within(what string, seconds int) string {
	switch {
	case seconds <= 0:
		return ""
	case seconds%60 == 0:
		return fmt.Sprintf("%s不超过 %d 分钟", what, seconds/60)
	case seconds < 60:
		return fmt.Sprintf("%s不超过 %d 秒", what, seconds)
	}
	return fmt.Sprintf("%s不超过 %d 分 %d 秒", what, seconds/60, seconds%60)
}

func (p *speaker) rectification() {
	p.read("%s请大家对照刚才查摆的问题提出整改意见：改什么、谁负责、什么时候完成。", p.begins())
	then := p.atEnd(p.it)
	carried := map[int]bool{} // they were read out at another item
	for _, l := range then.Carried() {
		carried[l.No] = true
	}
	for _, l := range then.Ledger() {
		if carried[l.No] {
			continue
		}
		what := l.Measure
		if what == "" {
			what = l.Problem
		}
		p.read("第 %d 条：%s，由%s负责，%s。", l.No, strings.TrimRight(what, "。；"), p.responsible(l.Of), until(l.Due))
	}
}

// responsible names who is responsible for a measure.
func (p *speaker) responsible(id meeting.MemberID) string {
	if id == "" {
		return string(meeting.LevelCommittee)
	}
	return " " + p.s.Called(id) + " "
}

// until says when a measure is to be carried out.
func until(due string) string {
	switch due {
	case "":
		return "时限待定"
	case meeting.DueNow, meeting.DueAlways:
		return due
	}
	return due + " 以前完成"
}

func (p *speaker) selfRating() {
	s := p.s
	people := 0
	for _, id := range s.Participants() {
		if s.Graded(id) {
			people++
		}
	}
	p.read("%s请参加评定的 %s 位党员对照合格党员标准，给自己评一个等次：%s。", p.begins(), p.figure(people), strings.Join(s.Rules.Grades, "、"))
	if s.ByGroups() {
		p.read("按党小组进行：%s。", p.recorders())
	}
	if n := len(s.Unrated()); n > 0 && !p.unknown() {
		p.read("还有 %d 位没有填。", n)
	} else {
		p.read("都填好了，个人自评到此结束。")
	}
}

func (p *speaker) rating() {
	s := p.s
	if s.Submitted {
		p.ratingEnds()
		return
	}
	p.ratingBegins()
	if len(s.Ungraded()) == 0 && s.RatingHands() != nil {
		p.asksHands()
	}
}

// ratingBegins says who grades whom, and how many 优秀 there may be.
func (p *speaker) ratingBegins() {
	s := p.s
	who, meter := p.decides(), s.Cap()
	p.read("%s由%s综合民主测评和平时表现，对 %d 名党员提出等次。%s不超过 %s 名（%s），宁缺毋滥。",
		p.begins(), who, len(s.ToGrade()), s.Excellent(), p.ofBase(meter.Cap), capRule(s.Rules.Cap, p.ofBase(meter.Base)))
}

// ofBase is a number that rests on the base of the cap, which may be known only
// when people have come.
func (p *speaker) ofBase(n int) string {
	if base := p.s.Rules.Cap.Base; base == preset.BaseFormal || base == preset.BaseBranchTotal {
		return fmt.Sprint(n)
	}
	return p.figure(n)
}

func (p *speaker) asksHands() {
	p.read("下面举手表决。同意以上等次的请举手；不同意的请举手；弃权的请举手。")
}

func (p *speaker) ratingEnds() {
	p.read("%s已对 %d 名党员提出等次，%s", p.decides(), len(p.s.ToGrade()), p.afterwards())
}

// afterwards says what becomes of the grades.
func (p *speaker) afterwards() string {
	switch p.s.Rules.Approval {
	case preset.ApprovalFirst:
		return "报" + p.s.Branch.Org + "审定以后，由支部向本人反馈。"
	case preset.ApprovalFiling:
		return "由支部向本人反馈，并报" + p.s.Branch.Org + "备案。"
	}
	return "由支部向本人反馈。"
}

// remark asks the guides to speak, and thanks the last one.
func (p *speaker) remark() {
	guides := p.s.Guides()
	step := meeting.NextStep(p.s)
	switch {
	case len(guides) == 0 && p.s.Guide != nil:
		p.read("%s指派的指导领导 %s 今天没有到会，「%s」这一项从略。", p.s.Branch.Org, p.s.Guide.Name, p.it.Title)
	case len(guides) == 0:
		p.read("今天没有指导会议的领导到会，「%s」这一项从略。", p.it.Title)
	case step.Act == meeting.ActCall && slices.Contains(guides, step.Who[0]):
		p.asksRemark(p.s.Called(step.Who[0]))
	default:
		p.thanks(p.names(guides))
	}
}

func (p *speaker) asksRemark(guide string) {
	p.read("%s请 %s 点评，大家欢迎。", p.begins(), guide)
}

func (p *speaker) thanks(guides string) {
	p.read("感谢 %s 的点评。支部会后逐条研究，列入整改。", guides)
}

func (p *speaker) closing() {
	p.read("%s请%s代表支部表态。", p.begins(), p.chair())
	p.read("会后支部向每位党员反馈评议结果，查摆的问题列入整改台账，限期整改。")
	p.read("今天的会议到此结束，散会。")
}
