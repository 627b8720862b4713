package meeting

import (
	"slices"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// What may be done with the rating table.
const (
	ActRate   Action = "rate"
	ActSubmit Action = "submit"
)

var ratingActions = []action{
	{ActRate, forMembers, (*State).mayRate},
	{ActSubmit, forMembers, (*State).maySubmit},
}

// Why something about it is refused, and what is amiss with it.
const (
	CommitteeOnly    Code = "committee-only"
	AlreadySubmitted Code = "already-submitted"
	OverCap          Code = "over-cap"        // cap, base
	AwayFromVotes    Code = "away-from-votes" // name
	GradedAnyway     Code = "graded-anyway"   // name of who gets no grade by the rules
	SomeUngraded     Code = "some-ungraded"   // how many
	NotSubmitted     Code = "not-submitted"
	NeverSubmitted   Code = "never-submitted" // and the meeting is over
	CommitteeShort   Code = "committee-short" // committee members in the room, all of them
	HandsMissing     Code = "hands-missing"
)

func (s *State) mayRate(m Member) *Refusal {
	if s.Phase == After {
		return s.mayRegrade(m)
	}
	if no := s.live(); no != nil { // everybody's page asks
		return no
	}
	if no := s.grades(m); no != nil {
		return no
	}
	return s.During(preset.Rating)
}

func (s *State) maySubmit(m Member) *Refusal {
	if s.Phase == After {
		return s.maySend(m)
	}
	return first(s.mayRate(m), need(!s.Submitted, AlreadySubmitted))
}

// grades lets committee members in the room give grades. Where there is no
// committee the members' assembly decides, and the console records it
// (DOMAIN.md §2.2, 15).
func (s *State) grades(m Member) *Refusal {
	switch {
	case s.runs(m.ID):
		return nil
	case !s.HasCommittee():
		return refuse(ConsoleOnly)
	}
	if !s.onCommittee(m.ID) {
		return refuse(CommitteeOnly)
	}
	return s.here(m.ID)
}

var ratingItem = itemKind{
	check:     (*State).checkRating,
	untouched: func(s *State) bool { return s.Ratings.Len() == 0 },
	step:      (*State).ratingStep,
}

func (s *State) checkRating(warn warning) {
	n := len(s.Ungraded())
	warn(n > 0, true, SomeUngraded, n)
	warn(n == 0 && !s.Submitted, true, NotSubmitted)
	if s.HasCommittee() {
		here, all := s.committee()
		warn(2*here < all, true, CommitteeShort, here, all)
		return
	}
	roll := s.Roll()
	warn(!s.quorum(roll.Here, roll.HereFormal, roll), true, NoQuorum, roll.HereFormal, roll.ExpectedFormal)
}

func (s *State) ratingStep(next Step) Step {
	if step, ok := s.voteAgainStep(); ok && !s.Submitted {
		return step
	}
	if ids := s.Ungraded(); len(ids) > 0 {
		return Step{Act: ActRate, Who: ids}
	}
	if !s.Submitted {
		return Step{Act: ActSubmit, Do: Submit{Hands: s.RatingHands()}, Confirm: true}
	}
	return next
}

// Rating is the 组织评定 of one member: typed by people, never computed.
type Rating struct {
	Grade  Grade
	Reason string
	By     MemberID
	At     time.Time
	Over   bool // it went over the cap on 优秀
	Away   bool // most ballots gave another grade
	Anyway bool `json:",omitzero"` // the rules give such a member no grade
}

// CapMeter says how many 优秀 there may be: "优秀 还可 k 名" (DOMAIN.md §3.2).
type CapMeter struct {
	Base int `json:"base"` // members that the ratio is taken of
	Cap  int `json:"cap"`  // how many 优秀 at most
	Used int `json:"used"`
}

// Left is how many 优秀 may still be given; negative when over the cap.
func (c CapMeter) Left() int { return c.Cap - c.Used }

// Cap counts the 优秀 against the rules' limit. Once the table is handed in it
// is the count of that moment.
func (s *State) Cap() CapMeter {
	switch {
	case s.Rules == nil:
		return CapMeter{}
	case s.wall != nil:
		return s.wall.cap
	case s.Submitted && s.Regraded.Len() == 0:
		return s.Table
	}
	c := CapMeter{Base: s.capBase()}
	c.Cap = s.Rules.Cap.Of(c.Base)
	for _, r := range s.rated().All() {
		if r.Grade == s.Excellent() {
			c.Used++
		}
	}
	return c
}

func (s *State) capBase() int {
	switch s.Rules.Cap.Base {
	case preset.BaseFormal:
		return s.Count(Formal)
	case preset.BaseFormalAttending:
		return s.Roll().PresentFormal
	case preset.BaseParticipating:
		return len(s.Participants())
	default: // preset.BaseBranchTotal
		return s.Count(Formal, Probationary)
	}
}

// ToGrade lists the members who get a grade, in roster order.
func (s *State) ToGrade() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.toGrade }, func(s *State) []MemberID {
		var ids []MemberID
		for _, m := range s.Roster {
			if s.Graded(m.ID) {
				ids = append(ids, m.ID)
			}
		}
		return slices.Clip(ids)
	})
}

// graded lists the members who get a grade by the rules, and who have one anyway,
// in roster order.
func (s *State) graded() []MemberID {
	rated := s.rated()
	var ids []MemberID
	for _, m := range s.Roster {
		if s.Graded(m.ID) || rated.Of(m.ID).Grade != "" {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// Ungraded lists the members of [State.ToGrade] who have no grade yet.
func (s *State) Ungraded() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.ungraded }, func(s *State) []MemberID {
		return having(s.ToGrade(), func(id MemberID) bool { return !s.Ratings.Has(id) })
	})
}

// Rate gives a member a grade. A grade over the cap, or another than most
// ballots gave, needs a written reason, and so does a grade for a 预备党员 to whom
// the rules give none; the rules' word for no grade takes that one back. A grade can be changed while the item
// is open; a table that was handed in must then be handed in again. After the
// meeting it can be changed if the superior has returned it.
type Rate struct {
	ID     MemberID
	Grade  Grade
	Reason string
}

func (c Rate) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActRate); no != nil {
		return nil, no
	}
	m, ok := s.Member(c.ID)
	switch {
	case !ok:
		return nil, s.known(c.ID)
	case !m.InParty():
		return nil, refuse(NotGraded, s.Called(m.ID))
	case !s.Evaluated(m):
		return nil, refuse(HasLeft, s.Called(m.ID), m.Standing)
	case s.Phase == After && !s.sentBack(c.ID):
		return nil, refuse(NotReturned, s.Called(m.ID))
	case s.Phase == After && s.Hearings.Has(c.ID):
		return nil, refuse(ToldStands, s.Called(m.ID))
	case s.rated().Of(c.ID).Anyway && string(c.Grade) == s.Rules.Ungraded:
		return []Fact{Rated{ID: c.ID, Anyway: true}}, nil
	case s.GradeIndex(c.Grade) < 0:
		return nil, refuse(UnknownGrade, c.Grade, s.gradeWords())
	}
	if c.Reason != "" {
		if bad := badReason(c.Reason, 200); bad != nil {
			return nil, bad
		}
	}
	f := Rated{ID: c.ID, Grade: c.Grade, Reason: c.Reason, Over: s.over(c.ID, c.Grade), Away: s.away(c.ID, c.Grade), Anyway: !s.Graded(c.ID)}
	meter := s.Cap()
	switch {
	case f.Anyway && c.Reason == "":
		return nil, refuse(GradedAnyway, s.Called(m.ID))
	case f.Over && c.Reason == "":
		return nil, refuse(OverCap, meter.Cap, meter.Base)
	case f.Away && c.Reason == "":
		return nil, refuse(AwayFromVotes, s.Called(m.ID))
	case s.Phase != After && s.stands(f): // the table stays submitted
		return nil, nil
	}
	return []Fact{f}, nil
}

// stands reports whether a member's grade in the table is the one of f already.
func (s *State) stands(f Rated) bool {
	r := s.Ratings.Of(f.ID)
	return r == Rating{Grade: f.Grade, Reason: f.Reason, By: r.By, At: r.At, Over: f.Over, Away: f.Away, Anyway: f.Anyway}
}

// over reports whether one more 优秀 for a person exceeds the cap, which the
// others within the cap use up.
func (s *State) over(id MemberID, g Grade) bool {
	within := 0
	for other, r := range s.rated().All() {
		if other != id && r.Grade == s.Excellent() && !r.Over {
			within++
		}
	}
	return g == s.Excellent() && within >= s.Cap().Cap
}

// away reports whether most ballots gave a person another grade. In a tie none
// of the leading grades is away, and without a histogram no grade is.
func (s *State) away(id MemberID, g Grade) bool {
	h, no := s.Histogram(id)
	if no != nil {
		return false
	}
	i := s.GradeIndex(g)
	return h.Counts[i] < slices.Max(h.Counts)
}

// Rated says which grade the organisation gave a member.
type Rated struct {
	ID     MemberID `json:"id"`
	Grade  Grade    `json:"grade"` // "": none again
	Reason string   `json:"reason"`
	Over   bool     `json:"over"`
	Away   bool     `json:"away"`
	Anyway bool     `json:"anyway,omitempty"` // the rules give such a member no grade
}

func (f Rated) apply(s *State, e Event) {
	r := Rating{Grade: f.Grade, Reason: f.Reason, By: e.By, At: e.At, Over: f.Over, Away: f.Away, Anyway: f.Anyway}
	if s.Phase == After { // the minutes of the meeting stay
		s.Regraded = s.Regraded.with(f.ID, &r, s.alone)
		return
	}
	if f.Grade == "" {
		s.Ratings = s.Ratings.with(f.ID, nil, s.alone)
	} else {
		s.Ratings = s.Ratings.with(f.ID, &r, s.alone)
	}
	s.Submitted = false
}

// RatingHands is the show of hands in which all 正式党员 in the room are for the
// rating table. It is nil where none is needed: a committee decides, or without a
// quorum nothing passes.
func (s *State) RatingHands() *Hands {
	if s.HasCommittee() {
		return nil
	}
	return s.allHands()
}

// Submit hands in the rating table: the branch's decision. Where there is no
// committee the members' assembly decides, and Hands is the show of hands that
// passed it ([State.RatingHands]). After the meeting Submit sends the bundle to
// the superior, and Hands is not used.
type Submit struct{ Hands *Hands }

func (c Submit) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActSubmit); no != nil {
		return nil, no
	}
	if n := len(s.Ungraded()); n > 0 {
		return nil, refuse(SomeUngraded, n)
	}
	if no := s.unreasoned(); no != nil {
		return nil, no
	}
	if s.Phase == After {
		return []Fact{s.send()}, nil
	}
	f := RatingSubmitted{Cap: s.Cap()}
	switch {
	case c.Hands != nil:
		var no *Refusal
		if f.Passed, no = s.passed("组织评定等次", *c.Hands); no != nil {
			return nil, no
		}
	case s.RatingHands() != nil:
		return nil, refuse(HandsMissing)
	}
	return []Fact{f}, nil
}

// unreasoned refuses a table with a grade over the cap, or away from the votes,
// that has no reason. Grades are checked again here because the cap or the
// votes may have come later.
func (s *State) unreasoned() *Refusal {
	meter, reasons := s.Cap(), 0
	rated := s.rated()
	for _, id := range s.graded() {
		r := rated.Of(id)
		switch {
		case r.Reason == "" && s.away(id, r.Grade):
			return refuse(AwayFromVotes, s.Called(id))
		case r.Reason != "" && r.Grade == s.Excellent():
			reasons++
		}
	}
	return need(-meter.Left() <= reasons, OverCap, meter.Cap, meter.Base)
}

// RatingSubmitted says that the rating table was handed in, with the cap and
// the number of 优秀 at that moment and, if hands were counted, how the open vote
// on it went.
type RatingSubmitted struct {
	Cap    CapMeter  `json:"cap"`
	Passed *Resolved `json:"passed,omitempty"`
}

func (f RatingSubmitted) apply(s *State, e Event) {
	s.Submitted, s.Table = true, f.Cap
	if f.Passed != nil {
		s.Resolutions = append(s.Resolutions, f.Passed.resolution(e.At))
	}
}

// gradeWords joins the grades with 、.
func (s *State) gradeWords() string { return strings.Join(s.Rules.Grades, "、") }
