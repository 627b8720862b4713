package meeting

import "slices"

// ActConfirmed ends the confirming of receipts between closing and unsealing.
const ActConfirmed Action = "confirmed"

var confirmActions = []action{{ActConfirmed, forConsole, ofVote((*State).mayEndConfirming)}}

// Why the box stays closed, or the confirming is not ended.
const (
	NotConfirmed     Code = "not-confirmed"    // who confirmed, who voted
	SomeUnconfirmed  Code = "some-unconfirmed" // who confirmed, who voted
	AlreadyConfirmed Code = "already-confirmed"
)

func (s *State) mayEndConfirming(_ Member, v *Vote) *Refusal {
	return first(need(v.State != BoxVoid, NoVote), need(v.State != BoxOpened, BoxIsOpen), need(v.State != BoxCounted, AlreadyCounted),
		need(v.State == BoxClosed, BoxNotOpen), need(s.enough(v), TooFewBallots, v.Members().Returned.Len(), s.LeastBallots()),
		need(v.Confirmed == nil, AlreadyConfirmed))
}

// confirmed refuses to decrypt anything before the members had time to find
// their receipts on the board: replaced ballots can be seen only now (BALLOT.md
// §3).
func (v *Vote) confirmed() *Refusal {
	voters := len(v.Board())
	return need(v.Confirmed != nil, NotConfirmed, voters-len(v.Unconfirmed()), voters)
}

// Unconfirmed lists the voters who have not confirmed their receipt, in roster
// order.
func (v *Vote) Unconfirmed() []MemberID {
	return onceOf(v, func(m *voteMemo) *answer[[]MemberID] { return &m.unconfirmed }, func() []MemberID {
		var ids []MemberID
		for _, b := range v.Boxes {
			for _, id := range b.Voters {
				if b.Returned.Has(id) && !v.Checked.Of(id) {
					ids = append(ids, id)
				}
			}
		}
		return slices.Clip(ids)
	})
}

// confirmStep is the step between closing and unsealing; ok is false when it is
// not time for it.
func (s *State) confirmStep() (step Step, ok bool) {
	v := s.Vote()
	if v == nil || v.State != BoxClosed || !s.enough(v) || v.Confirmed != nil {
		return Step{}, false
	}
	if wait := v.Unconfirmed(); len(wait) > 0 {
		return Step{Act: ActConfirmed, Wait: wait}, true // it may be ended before, with a reason
	}
	return Step{Act: ActConfirmed, Do: Confirm{}}, true
}

// Confirm ends the confirming of receipts. Reason says why, if some voters have
// not confirmed theirs.
type Confirm struct{ Reason string }

func (c Confirm) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActConfirmed); no != nil {
		return nil, no
	}
	v := s.Vote()
	voters := len(v.Board())
	f := ReceiptsConfirmed{Voters: voters, Checked: voters - len(v.Unconfirmed()), Reason: c.Reason}
	if f.Checked < f.Voters && c.Reason == "" {
		return nil, refuse(SomeUnconfirmed, f.Checked, f.Voters)
	}
	if c.Reason != "" {
		if bad := badReason(c.Reason, 200); bad != nil {
			return nil, bad
		}
	}
	return []Fact{f}, nil
}

// ReceiptsConfirmed says how many voters had found their receipt when the
// confirming ended, and why it ended if some had not.
type ReceiptsConfirmed struct {
	Voters  int    `json:"voters"`
	Checked int    `json:"checked"`
	Reason  string `json:"reason,omitempty"`
}

func (f ReceiptsConfirmed) apply(s *State, _ Event) {
	s.changeVote(func(v *Vote) { v.Confirmed = &f })
}
