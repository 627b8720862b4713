package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// ActSelfRate rates oneself.
const ActSelfRate Action = "self-rate"

var selfRatingActions = []action{{ActSelfRate, forMembers, (*State).mayRateSelf}}

// Why a grade is refused, and what is amiss with the self-ratings.
const (
	NotGraded    Code = "not-graded"    // name
	UnknownGrade Code = "unknown-grade" // word, the grades
	SomeUnrated  Code = "some-unrated"  // how many
)

func (s *State) mayRateSelf(m Member) *Refusal {
	return first(s.live(), need(s.Graded(m.ID), NotGraded, s.Called(m.ID)), s.here(m.ID), s.During(preset.SelfRating))
}

var selfRatingItem = itemKind{
	check:     (*State).checkSelfRatings,
	untouched: func(s *State) bool { return s.SelfRatings.Len() == 0 },
	step:      func(s *State, next Step) Step { next.Wait = s.Unrated(); return next },
}

func (s *State) checkSelfRatings(warn warning) {
	n := len(s.Unrated())
	warn(n > 0, false, SomeUnrated, n)
	s.checkGroups(warn)
}

// Grade is a 等次, in the words of the rules (优秀, 合格, 基本合格, 不合格).
type Grade string

// GradeIndex returns the place of a grade in the rules, best first, or -1.
func (s *State) GradeIndex(g Grade) int {
	if s.Rules == nil {
		return -1
	}
	return slices.Index(s.Rules.Grades, string(g))
}

// Excellent is the grade that the cap limits.
func (s *State) Excellent() Grade { return Grade(s.Rules.Grades[0]) }

// Graded reports whether a person gets a grade: 正式党员 do, 预备党员 only where
// the rules say so (DOMAIN.md §3.3), and who has left only if they took part
// before ([State.Evaluated]). A rehearsal grades no person.
func (s *State) Graded(id MemberID) bool {
	m, ok := s.Member(id)
	if s.Rehearsal {
		return ok && m.Kind == Matter
	}
	return ok && s.Evaluated(m) && (m.Kind == Formal || (m.Kind == Probationary && s.Rules.Probationary.Graded))
}

// SelfRating is a 个人自评.
type SelfRating struct {
	Grade Grade
	By    MemberID // who entered it: the person or the recorder
}

// RateSelf records a person's self-rating. A recorder may enter it for somebody
// without a terminal, or whose written material is read. It can be changed
// while the item is open.
type RateSelf struct {
	ID    MemberID // "" for the caller
	Grade Grade
}

func (c RateSelf) decide(s *State, r Request) ([]Fact, error) {
	if c.ID == "" {
		c.ID = r.By
	}
	if c.ID == r.By {
		if no := May(s, r.By, ActSelfRate); no != nil {
			return nil, no
		}
	} else {
		switch no := May(s, r.By, ActRecord); {
		case no != nil:
			return nil, no
		case s.During(preset.SelfRating) != nil:
			return nil, s.During(preset.SelfRating)
		case !s.Graded(c.ID):
			return nil, refuse(NotGraded, s.Called(c.ID))
		case !slices.Contains(s.Participants(), c.ID):
			return nil, s.noPart(c.ID)
		case s.notFor(r.By, c.ID) != nil:
			return nil, s.notFor(r.By, c.ID)
		}
	}
	if s.GradeIndex(c.Grade) < 0 {
		return nil, refuse(UnknownGrade, c.Grade, s.gradeWords())
	}
	return []Fact{SelfRated(c)}, nil
}

// SelfRated says how a person rated themself.
type SelfRated struct {
	ID    MemberID `json:"id"`
	Grade Grade    `json:"grade"`
}

func (f SelfRated) apply(s *State, e Event) {
	s.SelfRatings = s.SelfRatings.with(f.ID, &SelfRating{Grade: f.Grade, By: e.By}, s.alone)
}

// Unrated lists the graded members who take part and have not rated themselves.
func (s *State) Unrated() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.unrated }, func(s *State) []MemberID {
		return having(s.Participants(), func(id MemberID) bool {
			return !s.SelfRatings.Has(id) && s.Graded(id)
		})
	})
}
