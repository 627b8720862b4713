package paper

import (
	"pingyi/meeting/paper/doc"
)

// committee is the 支部班子测评表 (DOMAIN.md §4.4) of the counted vote, where the
// rules have that vote. One question is asked, for the whole; opinions are left to
// be written by hand, since those of the ballots stand on no paper.
func committee(p *pen) (doc.Document, bool) {
	if !p.counted() || !p.s.Vote().Branch {
		return doc.Document{}, false
	}
	v, scale := p.s.Vote(), p.s.Rules.Vote
	p.write(p.ballotHead())
	if _, no := p.s.BranchHistogram(); no != nil {
		p.say("%s", tooFew(v.Members().Returned.Len(), p.s.LeastBallots()))
	} else {
		p.say("%s", "各比例以本行有效票为基数，弃权计入基数。")
	}
	p.branchCounts(apart(p.s.Vote()))
	p.write(doc.Boxes{{{Name: "意见建议", Value: doc.Text(""), Lines: 4}}}, append(p.countSigns(), p.signs("支部书记", p.s.Chair())...))
	return doc.Document{Title: scale.BranchTitle + "民主测评表", Layout: doc.Ledger, Day: p.when.date(v.Opened), Draft: p.unheard(), Blocks: p.blocks}, true
}
