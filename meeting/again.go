package meeting

import "slices"

// Why a counted vote is not voided or held again.
const (
	CountedStays      Code = "counted-stays"
	AgainByResolution Code = "again-by-resolution"
	AgainWithoutSome  Code = "again-without-some" // names
)

// HeldAgain says why a counted vote is held again, and by whom: by everybody who
// could vote in the first one and nobody else. Two sums that differ by one voter
// are that voter's ballot, so the first result is set aside and nobody is left
// out or added.
type HeldAgain struct {
	Reason string                 `json:"reason"`
	Voters map[Channel][]MemberID `json:"voters"` // with those who voted on paper
}

// heldAgain returns what is frozen when the current vote, which is counted, is
// held again for a reason. It refuses without a reason and a show of hands.
func (s *State) heldAgain(reason string, hands *Hands) (*HeldAgain, *Refusal) {
	if reason == "" || hands == nil {
		return nil, refuse(AgainByResolution)
	}
	if bad := badReason(reason, 200); bad != nil {
		return nil, bad
	}
	v := s.Vote()
	again := &HeldAgain{Reason: reason, Voters: map[Channel][]MemberID{}}
	for _, b := range v.Boxes {
		again.Voters[b.Channel] = slices.Clone(b.Voters)
	}
	again.Voters[MemberBox] = append(again.Voters[MemberBox], v.OnPaper...)
	return again, nil
}

// setAside ends the current vote, which was counted, without a result.
func (s *State) setAside(reason string) {
	s.changeVote(func(v *Vote) {
		v.State, v.Reason, v.Comments, v.Heard = BoxVoid, reason, nil, nil
		for _, b := range v.Boxes {
			b.Sums = nil
		}
	})
}

// admits reports whether a person may vote in this vote: in one that is held
// again, only who could vote in the first one.
func (v *Vote) admits(m Member) bool {
	return v == nil || v.Again == nil || slices.Contains(v.Again.Voters[m.channel()], m.ID)
}

// admitted is [Vote.admits] for asking about many people.
func (v *Vote) admitted() func(Member) bool {
	if v == nil || v.Again == nil {
		return v.admits
	}
	first := map[Channel]map[MemberID]bool{}
	for c, ids := range v.Again.Voters {
		first[c] = setOf(ids)
	}
	return func(m Member) bool { return first[m.channel()][m.ID] }
}

// sameVoters refuses to hold a vote again while somebody who could vote in the
// first one cannot.
func (s *State) sameVoters() *Refusal {
	v := s.Vote()
	if v == nil || v.Again == nil {
		return nil
	}
	var missing []string
	for _, channel := range Channels() {
		now, paper := setOf(s.Electorate(channel)), setOf(v.OnPaper)
		for _, id := range v.Again.Voters[channel] {
			if !now[id] && !paper[id] {
				missing = append(missing, s.NameOf(id))
			}
		}
	}
	return need(len(missing) == 0, AgainWithoutSome, joinWords(missing))
}
