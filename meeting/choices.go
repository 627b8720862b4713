package meeting

import (
	"slices"
	"strings"

	"pingyi/meeting/ballot"
)

// Why choices are refused.
const (
	ChoiceUnknown Code = "choice-unknown" // subject, the grades
	NotOnBallot   Code = "not-on-ballot"  // id
	NoSelfVote    Code = "no-self-vote"
)

// Choices are what one member chose: a grade for each subject; a subject
// without a grade is 弃权. They leave the voter's session as ciphertexts only,
// and are part of no state, event or refusal.
type Choices struct {
	Grades map[MemberID]Grade
	Branch Grade // for the committee, where the ballot asks for it; "" is 弃权

	Comments map[MemberID]string // anonymous, at most MaxComments of them
}

// Rows turns choices into one answer for each question: 0 for the best grade,
// [ballot.Abstain] for 弃权. It refuses them whole if a subject is not on the
// ballot, a grade does not exist, or somebody grades themself where the rules
// forbid it. No refusal repeats a choice.
func (s *State) Rows(who MemberID, c Choices) ([]int, *Refusal) {
	if no := May(s, who, ActVote); no != nil {
		return nil, no
	}
	if no := s.checkComments(c); no != nil {
		return nil, no
	}
	v := s.Vote()
	rows := make([]int, len(v.Subjects))
	if v.Branch {
		rows = append(rows, 0)
	}
	for i := range rows {
		rows[i] = ballot.Abstain
	}
	for id, g := range c.Grades {
		i, grade := slices.Index(v.Subjects, id), s.GradeIndex(g)
		switch {
		case i < 0:
			return nil, refuse(NotOnBallot, id)
		case g == "":
			continue
		case grade < 0:
			return nil, refuse(ChoiceUnknown, id, s.gradeWords())
		case id == who && !s.Rules.Vote.SelfVote:
			return nil, refuse(NoSelfVote)
		}
		rows[i] = grade
	}
	if c.Branch != "" {
		i := slices.Index(s.Rules.Vote.BranchScale, string(c.Branch))
		if !v.Branch || i < 0 {
			return nil, refuse(ChoiceUnknown, s.Rules.Vote.BranchTitle, strings.Join(s.Rules.Vote.BranchScale, "、"))
		}
		rows[len(v.Subjects)] = i
	}
	return rows, nil
}
