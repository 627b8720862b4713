package meeting

import (
	"cmp"
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// What may be done with feedback: give it, read one's own, acknowledge it.
const (
	ActFeedback Action = "feedback" // give it; read one's own
	ActAck      Action = "ack"
)

var feedbackActions = []action{
	{ActFeedback, forMembers, (*State).mayFeedback},
	{ActAck, forMembers, (*State).mayAcknowledge},
}

// Why something about feedback is refused.
const (
	NoFeedback          Code = "no-feedback"
	FeedbackOnly        Code = "feedback-only"
	NothingToTell       Code = "nothing-to-tell"
	AlreadyTold         Code = "already-told" // name
	ApprovalMissing     Code = "approval-missing"
	AlreadyAcknowledged Code = "already-acknowledged"
	FeedbackOfYearOver  Code = "feedback-of-year-over" // this year, the one before
)

// Hearing records that a member was told the result, and what they said to it.
type Hearing struct {
	By           MemberID
	At           time.Time
	Approval     string    // the superior's decision, such as 批复文号; "" where none is needed
	Acknowledged time.Time // zero: not yet
	Opinion      string    // 本人意见; "" is 无意见
}

// Feedback is what the branch tells a member after the meeting (DOMAIN.md §2.1,
// 12): the member's own, and nobody else's.
type Feedback struct {
	Hearing
	Grade      Grade        // "" for somebody who is not graded
	Reason     string       // of the grade, if one was written
	Ballots    *Histogram   // nil where there are too few to show any
	Criticisms []Speech     // a Text of "" is known to have been spoken
	Lines      []LedgerLine // of the ledger
}

// FeedbackOf returns what a member was told; ok is false before that. Show it
// only to the member and to those who give feedback.
func (s *State) FeedbackOf(who MemberID) (f Feedback, ok bool) {
	heard, ok := s.Hearings.Get(who)
	if !ok {
		return f, false
	}
	rating, _ := s.GradeOf(who)
	round, _ := s.Round(who)
	f = Feedback{
		Hearing: heard, Grade: rating.Grade, Reason: rating.Reason,
		Criticisms: slices.Clone(round.Criticisms), Lines: s.LedgerOf(who),
	}
	if h, no := s.Histogram(who); no == nil {
		f.Ballots = &h
	}
	return f, true
}

// Untold lists the party members who got no feedback yet, in roster order;
// nobody where the meeting grades nobody.
func (s *State) Untold() []MemberID {
	if !s.rates() {
		return nil
	}
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.untold }, func(s *State) []MemberID {
		var ids []MemberID
		for _, m := range s.Roster {
			if s.Evaluated(m) && !s.Hearings.Has(m.ID) {
				ids = append(ids, m.ID)
			}
		}
		return slices.Clip(ids)
	})
}

// Unanswered lists the party members who were told their result and have not answered.
func (s *State) Unanswered() []MemberID { return having(s.party(), s.answerOwed) }

// GivesFeedback reports whether a person tells members their results: the
// console and the committee do.
func (s *State) GivesFeedback(who MemberID) bool { return s.runs(who) || s.onCommittee(who) }

// rates reports whether the meeting has 组织评定, and so results to tell.
func (s *State) rates() bool { return s.Rules != nil && s.Rules.OnAgenda(preset.Rating) }

// mayFeedback lets members read feedback that they got. After the meeting, once
// the rating table is handed in, it lets the console and the committee give it.
func (s *State) mayFeedback(m Member) *Refusal {
	if s.Hearings.Has(m.ID) {
		return nil
	}
	return first(s.newYear(), need(s.GivesFeedback(m.ID), NoFeedback), need(s.Phase == After, NotOver),
		need(s.rates(), NothingToTell), need(s.Submitted, NeverSubmitted))
}

// newYear refuses feedback until the meeting of a year that followed another is over:
// who asks for it means that of the year before, which is only read.
func (s *State) newYear() *Refusal {
	if n := len(s.Earlier); n > 0 && s.Phase != After {
		return refuse(FeedbackOfYearOver, s.Rules.Year, s.Earlier[n-1].Year)
	}
	return nil
}

// Approval returns the superior's decision on the grades that was recorded from
// paper with the first feedback, "" if there is none. It stands for everybody as
// long as there is no bundle. On what ciphertexts are removed is none, it may be any
// reason.
func (s *State) Approval() string {
	return once(s, func(a *answers) *answer[string] { return &a.approval }, func(s *State) string {
		for _, m := range s.Roster {
			if a := s.Hearings.Of(m.ID).Approval; a != "" {
				return a
			}
		}
		return ""
	})
}

// ApprovalOf returns the number of the paper on which the superior has approved a
// member's grade; "" where they have done so here, or not yet.
func (s *State) ApprovalOf(id MemberID) string {
	b, sent := s.Bundle()
	switch {
	case !sent:
		return cmp.Or(s.Hearings.Of(id).Approval, s.Approval())
	case b.Approved(id):
		return b.Verdicts.Of(id).Approval
	}
	return ""
}

// NeedsApproval reports whether feedback must wait for the superior's decision
// on paper, and none is recorded yet. What they decide here is in the bundle.
func (s *State) NeedsApproval() bool {
	return s.Rules != nil && s.Rules.Approval == preset.ApprovalFirst && len(s.Bundles) == 0 && s.Approval() == ""
}

// GiveFeedback tells a party member the result. Where the superior decides
// first, they have approved the line in the bundle, or Approval names the
// decision on paper; "" means the one that is already recorded of this member.
type GiveFeedback struct {
	ID       MemberID
	Approval string
}

func (c GiveFeedback) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActFeedback); no != nil {
		return nil, no
	}
	m, _ := s.Member(c.ID)
	told := s.Hearings.Has(c.ID)
	no := first(need(s.GivesFeedback(r.By), FeedbackOnly), s.known(c.ID), need(m.InParty(), NotInParty, s.Called(m.ID)),
		need(!told, AlreadyTold, s.Called(m.ID)), s.Cleared(c.ID, c.Approval))
	if no != nil {
		return nil, no
	}
	if c.Approval == "" {
		c.Approval = s.ApprovalOf(c.ID)
	} else if bad := badText(c.Approval, 200); bad != nil {
		return nil, bad
	}
	return []Fact{FeedbackGiven(c)}, nil
}

// FeedbackGiven says that a member was told the result.
type FeedbackGiven struct {
	ID       MemberID `json:"id"`
	Approval string   `json:"approval,omitempty"`
}

func (f FeedbackGiven) apply(s *State, e Event) {
	s.Hearings = s.Hearings.with(f.ID, &Hearing{By: e.By, At: e.At, Approval: f.Approval}, s.alone)
}

// mayAcknowledge lets a member acknowledge once, after they got feedback.
func (s *State) mayAcknowledge(m Member) *Refusal {
	heard, told := s.Hearings.Get(m.ID)
	return first(s.newYear(), need(s.Phase == After, NotOver), need(told, NoFeedback),
		need(heard.Acknowledged.IsZero(), AlreadyAcknowledged))
}

// Acknowledge records that the caller has heard the feedback, with their
// 本人意见; "" is 无意见.
type Acknowledge struct{ Text string }

func (c Acknowledge) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActAck); no != nil {
		return nil, no
	}
	text := tidy(c.Text)
	if text != "" {
		if bad := badSpeech(text); bad != nil {
			return nil, bad
		}
	}
	return []Fact{Acknowledged{Text: text}}, nil
}

// Acknowledged carries what a member says to the feedback.
type Acknowledged struct {
	Text string `json:"text"`
}

func (f Acknowledged) apply(s *State, e Event) {
	heard, told := s.Hearings.Get(e.By)
	if !told {
		return
	}
	heard.Acknowledged, heard.Opinion = e.At, f.Text
	s.Hearings = s.Hearings.with(e.By, &heard, s.alone)
}
