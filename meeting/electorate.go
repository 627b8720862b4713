package meeting

import (
	"slices"

	"pingyi/meeting/ballot"
)

// Why nobody votes, or somebody does not.
const (
	NoVotingRight Code = "no-voting-right" // name
	NoVoters      Code = "no-voters"
)

// votes reports whether the rules let m vote (DOMAIN.md §3.3).
func (s *State) votes(m Member) bool {
	return m.Kind == Formal || (m.Kind == Probationary && s.Rules.Probationary.Votes) || (m.Kind == Mass && s.Rules.Vote.Mass)
}

// channel is the box into which m votes.
func (m Member) channel() Channel {
	if m.Kind == Mass {
		return MassBox
	}
	return MemberBox
}

// Electorate are those who would get a ballot of a channel if the boxes opened
// now: entitled and signed in, in roster order. Who votes on paper is left out.
func (s *State) Electorate(c Channel) []MemberID {
	var paper []MemberID
	if v := s.Vote(); v != nil {
		paper = v.OnPaper
	}
	var ids []MemberID
	for _, m := range s.Roster {
		if m.channel() == c && s.votes(m) && s.present(m.ID) && !slices.Contains(paper, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// votable refuses a vote in which no member would vote, or nobody be graded.
func (s *State) votable() *Refusal {
	if len(s.Electorate(MemberBox)) == 0 || len(s.ToGrade()) == 0 {
		return refuse(NoVoters)
	}
	return nil
}

// Questions is the ballot that everybody would get if the boxes opened now: a
// question per graded member, in roster order, then the committee's if the
// rules have one. All zeros is 弃权.
func (s *State) Questions() []ballot.Question {
	var list []ballot.Question
	for _, id := range s.ToGrade() {
		list = append(list, ballot.Question{Question: string(id) + " " + s.NameOf(id), Answers: s.Rules.Grades, Min: 0, Max: 1})
	}
	if s.Rules.Vote.Branch {
		list = append(list, ballot.Question{Question: s.Rules.Vote.BranchTitle, Answers: s.Rules.Vote.BranchScale, Min: 0, Max: 1})
	}
	return list
}
