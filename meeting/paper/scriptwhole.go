package paper

import (
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// script is the 主持词 of the whole meeting, item by item in the sentences that the
// console shows at each. It is there before the meeting, with blanks for what only
// the meeting will know; a draft until it is over.
func script(p *pen) (doc.Document, bool) {
	for _, it := range p.s.Agenda {
		p.begin(it.Title)
		at := speaker{pen: p, it: it, ahead: true}
		write := wholes[it.Kind]
		if write == nil {
			write = scripts[it.Kind]
		}
		if write != nil {
			write(&at)
		}
		at.own()
		for _, text := range at.text {
			p.write(doc.Paragraph{Text: text})
		}
	}
	return doc.Document{Title: p.s.Branch.Name + p.s.Rules.Title + "主持词", Layout: doc.Letter, Draft: p.s.Ended().IsZero(), Blocks: p.blocks}, len(p.blocks) > 0
}

// wholes write an item from its beginning to its end where the console shows one
// moment of it at a time.
var wholes = map[string]func(*speaker){
	preset.Criticism: (*speaker).wholeCriticism,
	preset.Ballot:    (*speaker).wholeBallot,
	preset.Tally:     (*speaker).wholeTally,
	preset.Rating:    (*speaker).wholeRating,
	preset.Remark:    (*speaker).wholeRemark,
}

// wholeCriticism calls everybody in their order. What is asked after each is
// written for the first.
func (p *speaker) wholeCriticism() {
	p.criticismBegins()
	people := p.s.Participants()
	if p.unknown() {
		people = p.s.Invited()
	}
	for i, id := range people {
		when := "下面"
		if i == 0 {
			when = "首先"
		}
		p.asksOwn(id, when)
		if i == 0 && p.s.Rules.MutualReview == preset.AfterEach {
			p.asksCriticism(id)
			p.asksAnswer(id)
		}
	}
	if p.s.Rules.MutualReview == preset.AfterAll && len(people) > 0 {
		p.asksCriticism(people[0])
		p.asksAnswer(people[0])
	}
	p.criticismEnds()
}

// wholeBallot is the vote up to the closed box.
func (p *speaker) wholeBallot() {
	var watch []meeting.MemberID
	issued, returned := "发出测评票 "+gap+" 张", "发出测评票 "+gap+" 张；收回 "+gap+" 张。"
	ballots, onPaper := 0, 0
	if v := p.s.Vote(); v != nil && (v.State == meeting.BoxClosed || v.State == meeting.BoxCounted) {
		watch, onPaper = v.Scrutineers, len(v.OnPaper)
		ballots, _ = v.Ballots()
		issued, returned = fmt.Sprintf("发出测评票 %d 张%s", len(v.Members().Voters), p.apart(v, true)), p.returned(v)
	}
	p.voteBegins()
	p.proposes(p.who(watch))
	p.asksSealing(p.who(watch))
	p.handsOut(p.who(watch), ballots, onPaper)
	p.opensVote(issued)
	p.allReturned()
	p.voteEnds(returned)
	p.asksReceipts()
}

// wholeTally is the count, with no more of the result than was announced.
func (p *speaker) wholeTally() {
	v := p.s.Vote()
	if v == nil || v.State != meeting.BoxCounted {
		p.asksOpening(blank)
		p.countDone("发出测评票 "+gap+" 张；收回 "+gap+" 张。", gap)
	} else {
		p.asksOpening(p.names(v.Scrutineers))
		p.countDone(p.returned(v), valid(v))
	}
	p.result()
	if _, said := p.s.Announced(); !said && p.s.Announcing() != preset.AnnounceNone {
		p.read("%s", blank)
	}
}

func (p *speaker) wholeRating() {
	p.ratingBegins()
	if !p.s.HasCommittee() {
		p.asksHands()
	}
	p.ratingEnds()
}

func (p *speaker) wholeRemark() {
	guides := p.who(p.s.Guides())
	p.asksRemark(guides)
	p.thanks(guides)
}
