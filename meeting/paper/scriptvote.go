package paper

import (
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// ballot leads through 民主测评 from the scrutineers on.
func (p *speaker) ballot() {
	if p.s.Vote() == nil && p.s.Unreadable() == nil {
		p.voteBegins()
	}
	p.vote()
}

func (p *speaker) voteBegins() { p.read("%s采用无记名投票，先推选监票人。", p.begins()) }

// vote reads out how far the vote has come.
func (p *speaker) vote() {
	s, v := p.s, p.s.Vote()
	if no := s.Unreadable(); no != nil {
		p.read("今天到会能领票的只有 %s 位，不足 %s 位，为保护测评人，不进行无记名投票，改为书面研究。", no.Args[0], no.Args[1])
		return
	}
	if v == nil || v.State == meeting.BoxVoid {
		p.elect(v)
		return
	}
	watch := p.names(v.Scrutineers)
	switch v.State {
	case meeting.BoxSealing:
		if v.Again != nil {
			p.read("经表决重新测评，上一次的结果不采用，理由：%s", sentence(v.Again.Reason))
		}
		p.asksSealing(watch)
	case meeting.BoxSealed:
		p.handsOut(watch, len(s.Electorate(meeting.MemberBox))+len(v.OnPaper), len(v.OnPaper))
	case meeting.BoxOpened:
		p.opensVote(fmt.Sprintf("发出测评票 %d 张%s", len(v.Members().Voters), p.apart(v, true)))
		if len(v.Missing()) == 0 {
			p.allReturned()
		}
	case meeting.BoxClosed:
		p.closed(v)
	case meeting.BoxCounted:
		p.countDone(p.returned(v), valid(v))
		p.result()
	}
}

func (p *speaker) asksSealing(watch string) {
	p.read("监票人 %s 已经推选。请监票人封箱，请大家稍候。", watch)
}

// handsOut says how many ballots go out, and how many of them on paper; none are known
// before the box is sealed.
func (p *speaker) handsOut(watch string, ballots, onPaper int) {
	n := gap
	if ballots > 0 {
		n = fmt.Sprint(ballots)
	}
	slips := ""
	if onPaper > 0 {
		slips = fmt.Sprintf("，其中纸质票 %d 张", onPaper)
	}
	p.read("监票人 %s 已把票箱封好。下面发票，有表决权的到会党员每人一张，共 %s 张%s。请大家对%s逐个评定：%s；不选就是弃权。",
		watch, n, slips, p.onBallot(), strings.Join(p.s.Rules.Grades, "、"))
	p.read("投票无记名。填好以后提交，抄下回执；投票结束以前可以改投，以最后一张为准。")
}

func (p *speaker) opensVote(issued string) {
	p.read("现在开始投票，%s。请大家独立填写，填好以后提交，抄下回执。", issued)
}

func (p *speaker) allReturned() {
	p.read("票已全部收回。还有没有要改投的？没有的话，投票到此结束。")
}

func (p *speaker) asksReceipts() {
	p.read("请大家核对自己的回执。谁的回执不在公示里，请现在提出。")
}

func (p *speaker) asksOpening(watch string) {
	p.read("回执核对完毕。请监票人 %s 开箱计票。", watch)
}

func (p *speaker) countDone(returned, valid string) {
	p.read("计票完毕。%s有效 %s 张，无效 0 张。", returned, valid)
}

// elect proposes scrutineers, after a void vote with its reason.
func (p *speaker) elect(old *meeting.Vote) {
	if old != nil {
		p.read("上一次测评已经作废，理由：%s现在重新测评。", sentence(old.Reason))
	}
	p.proposes(p.names(p.s.ProposeScrutineers()))
}

func (p *speaker) proposes(watch string) {
	p.read("提议由 %s 担任监票人。同意的请举手；不同意的请举手；弃权的请举手。", watch)
}

// onBallot says whom or what a ballot asks about.
func (p *speaker) onBallot() string {
	if p.s.Rehearsal {
		return "票上各项"
	}
	text := fmt.Sprintf(" %d 名党员", len(p.s.ToGrade()))
	if p.s.Rules.Vote.Branch {
		text += "和" + p.s.Rules.Vote.BranchTitle
	}
	return text
}

// apart adds the ballots of the other channels and the paper slips, as they went
// out or as they came back.
func (p *speaker) apart(v *meeting.Vote, issued bool) string {
	text := ""
	for _, b := range apart(v) {
		n := b.Returned.Len()
		if issued {
			n = len(b.Voters)
		}
		text += fmt.Sprintf("，%s票 %d 张", channelName(b), n)
	}
	sums, agreed := v.AgreedPaper()
	switch n := len(v.OnPaper); {
	case n > 0 && issued:
		text += fmt.Sprintf("，纸质票 %d 张", n)
	case n > 0 && agreed:
		text += fmt.Sprintf("，纸质票 %d 张", sums.Returned)
	}
	return text
}

// valid is how many ballots count, those on paper with the others.
func valid(v *meeting.Vote) string {
	_, returned := v.Ballots()
	return fmt.Sprint(returned)
}

// returned says how many ballots went out and came back.
func (p *speaker) returned(v *meeting.Vote) string {
	return fmt.Sprintf("发出测评票 %d 张%s；收回 %d 张%s。", len(v.Members().Voters), p.apart(v, true), v.Members().Returned.Len(), p.apart(v, false))
}

// closed announces the end of voting, asks for receipts that are missing, and
// calls the scrutineers to open the box.
func (p *speaker) closed(v *meeting.Vote) {
	n, least := v.Members().Returned.Len(), p.s.LeastBallots()
	p.voteEnds(p.returned(v))
	switch {
	case n < least:
		p.read("收回不足 %d 张，为保护测评人，按规定不开箱、不计票。", least)
	case v.Confirmed == nil:
		p.asksReceipts()
	default:
		p.asksOpening(p.names(v.Unsealers()))
	}
}

func (p *speaker) voteEnds(returned string) {
	p.read("投票结束。%s收回的票数不多于发出的票数，投票有效。", returned)
}

// result reads out what was announced of a counted vote, and before that that it
// comes.
func (p *speaker) result() {
	s := p.s
	an, said := s.Announced()
	switch {
	case !said && s.Announcing() != preset.AnnounceNone:
		p.read("下面公布测评结果。")
	case an.Full:
		p.everybody()
		p.committee()
	case an.Leading != nil:
		var parts []string
		for _, g := range s.Rules.Grades {
			parts = append(parts, fmt.Sprintf("%s %d 名", g, an.Leading[meeting.Grade(g)]))
		}
		if n := s.Undecided(an); n > 0 {
			parts = append(parts, fmt.Sprintf("最多票并列或全部弃权 %d 名", n))
		}
		p.read("得票最多的等次：%s。", strings.Join(parts, "，"))
		p.committee()
	case an.Excellent != nil || an.Tied != nil:
		p.read("得票最多的等次是%s、在上限以内的：%s。", s.Excellent(), p.subjects(an.Excellent))
		if len(an.Tied) > 0 {
			p.read("票数相同、由%s研究的：%s。", p.decides(), p.subjects(an.Tied))
		}
	default:
		p.read("测评结果由党组织掌握，会后反馈给本人。")
	}
}

// everybody reads out the counts of each subject.
func (p *speaker) everybody() {
	s := p.s
	for _, id := range s.ByVotes() {
		h, no := s.Histogram(id)
		if no != nil {
			continue
		}
		p.counts(s.SubjectCalled(id), s.Rules.Grades, h)
	}
}

// committee reads out the committee's own ballot, if there was one.
func (p *speaker) committee() {
	if h, no := p.s.BranchHistogram(); no == nil {
		p.counts(p.s.Rules.Vote.BranchTitle, p.s.Rules.Vote.BranchScale, h)
	}
}

// counts reads out how somebody was graded on a scale.
func (p *speaker) counts(name string, scale []string, h meeting.Histogram) {
	var parts []string
	for i, g := range scale {
		parts = append(parts, fmt.Sprintf("%s %d", g, h.Counts[i]))
	}
	p.read("%s：%s，弃权 %d。", name, strings.Join(parts, "，"), h.Abstain)
}
