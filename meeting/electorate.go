package meeting

import (
	"slices"

	"pingyi/meeting/ballot"
)

// Why somebody does not vote, or nobody does.
const (
	NoVotingRight Code = "no-voting-right" // name
	NoVoters      Code = "no-voters"
	TooFewVoters  Code = "too-few-voters" // who would get a ballot, least
)

// votes reports whether the rules let m vote (DOMAIN.md §3.3): nobody who has left the
// branch, also if they had signed in before.
func (s *State) votes(m Member) bool {
	if m.Gone() {
		return false
	}
	return m.Kind == Formal || (m.Kind == Probationary && s.Rules.Probationary.Votes) || (m.Kind == Mass && s.Rules.Vote.Mass)
}

// channel returns the box into which m's ballot goes.
func (m Member) channel() Channel {
	if m.Kind == Mass {
		return MassBox
	}
	return MemberBox
}

// Electorate lists who would get a ballot of a channel if the boxes opened now:
// entitled and in the room, in roster order, without those who vote on paper.
func (s *State) Electorate(c Channel) []MemberID {
	which := func(a *answers) *answer[[]MemberID] { return &a.voters[slices.Index(Channels(), c)] }
	return once(s, which, func(s *State) []MemberID {
		v, out := s.Vote(), map[MemberID]bool{}
		if v != nil {
			out = setOf(v.OnPaper)
		}
		admits := v.admitted()
		var ids []MemberID
		for _, m := range s.Roster {
			if m.channel() == c && s.votes(m) && admits(m) && s.present(m.ID) && !out[m.ID] {
				ids = append(ids, m.ID)
			}
		}
		return slices.Clip(ids)
	})
}

// votable refuses a vote without voters or without anybody to grade.
func (s *State) votable() *Refusal {
	if len(s.Electorate(MemberBox)) == 0 || len(s.ToGrade()) == 0 {
		return refuse(NoVoters)
	}
	return nil
}

// Unreadable refuses a vote that is not open yet and whose result nobody would
// ever read, because too few would get a ballot. Paper slips are not in the box.
// A trial vote may have any number.
func (s *State) Unreadable() *Refusal {
	n, least := len(s.Electorate(MemberBox)), s.LeastBallots()
	return need(s.Rehearsal || s.beforeOpening() != nil || n >= least, TooFewVoters, n, least)
}

// Questions returns the ballot that everybody would get if the boxes opened
// now: a question for each graded member, in roster order, then the committee's
// if the rules have one. A row of zeros is 弃权.
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
