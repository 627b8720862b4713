package paper

import (
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
)

// byGroup writes a part of the minutes for each 党小组, with its recorder, who
// signs it. It returns false where the branch does not sit by groups.
func (p *pen) byGroup(write func(meeting.PartyGroup)) bool {
	groups := p.s.PartyGroups()
	for _, g := range groups {
		if !slices.ContainsFunc(p.s.Participants(), func(id meeting.MemberID) bool { return p.s.PartyGroupOf(id) == g }) {
			continue
		}
		recorder := "（记录人请手填）"
		if g.Recorder != "" {
			recorder = "（记录人：" + p.s.Called(g.Recorder) + "）"
		}
		p.write(doc.Heading{Level: 3, Text: g.Title() + recorder})
		write(g)
		p.write(doc.Signatures{{Role: g.Title() + "记录人", Name: p.s.Called(g.Recorder)}})
	}
	return len(groups) > 0
}

// groupRounds are the rounds of a group's members.
func (p *pen) groupRounds(g meeting.PartyGroup) []*meeting.Round {
	return slices.DeleteFunc(slices.Collect(p.s.Rounds.All()), func(r *meeting.Round) bool { return p.s.PartyGroupOf(r.Subject) != g })
}

// recorders names who records which group, as it is said aloud.
func (p *pen) recorders() string {
	text := ""
	for i, g := range p.s.PartyGroups() {
		if i > 0 {
			text += "，"
		}
		text += g.Title()
		if g.Recorder != "" {
			text += "由 " + p.s.Called(g.Recorder) + " 记录"
		}
	}
	return text
}
