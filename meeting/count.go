package meeting

import (
	"slices"

	"pingyi/meeting/ballot"
)

// What may be done to count the ballots.
const (
	ActClose  Action = "close"
	ActUnseal Action = "unseal"
)

var countActions = []action{
	{ActUnseal, forMembers, ofVote((*State).mayUnseal)},
	{ActClose, forConsole, (*State).mayClose},
}

// Why the count is refused.
const (
	NoBallots       Code = "no-ballots"
	VotersMissing   Code = "voters-missing" // how many, ballots returned, least
	TooFewBallots   Code = "too-few"        // ballots returned, least
	AlreadyUnsealed Code = "already-unsealed"
	AlreadyCounted  Code = "already-counted"
	BadPartial      Code = "bad-partial"
	UnboundPartial  Code = "unbound-partial" // without the proof that binds it to its ciphertexts
)

func (s *State) mayUnseal(m Member, v *Vote) *Refusal {
	return first(need(v.State != BoxVoid, NoVote), need(slices.Contains(v.Scrutineers, m.ID), ScrutineerOnly),
		need(v.State != BoxOpened, BoxIsOpen), need(v.State != BoxCounted, AlreadyCounted),
		need(v.State == BoxClosed, BoxNotOpen), need(!v.unsealed(m.ID), AlreadyUnsealed),
		need(s.enough(v), TooFewBallots, v.Members().Returned.Len(), s.LeastBallots()), need(v.paperEntered(), SlipsMissing), v.confirmed())
}

func (s *State) mayClose(Member) *Refusal {
	return first(s.live(), need(s.boxIsOpen(), BoxNotOpen),
		need(s.Vote() == nil || s.Vote().Members().Returned.Len() > 0, NoBallots), s.slipsAtClosing())
}

// slipsAtClosing refuses to close over so few paper slips that no sum of them will be
// taken: while the box is open they can be taken back, or more given.
func (s *State) slipsAtClosing() *Refusal {
	if no := s.onPaperEnough(); no != nil {
		return refuse(FewSlipsOut, no.Args[0], no.Args[1])
	}
	return nil
}

// LeastBallots is the smallest number of ballots with which the members' box of the
// current vote is opened. Where nobody grades themselves it is one more than the rules'
// minimum: the histogram of each who voted has a ballot less. A box that is counted
// needed the minimum only.
func (s *State) LeastBallots() int {
	if v := s.Vote(); s.Rules.Vote.SelfVote || v != nil && v.State == BoxCounted {
		return s.Rules.Vote.MinBallots
	}
	return s.Rules.Vote.MinBallots + 1
}

// enough reports whether the members' box has the least number of ballots. With
// fewer it is never opened, not even its sum.
func (s *State) enough(v *Vote) bool { return v.Members().Returned.Len() >= s.LeastBallots() }

// NeverOpened reports whether the current vote's box is closed with so few
// ballots that its sums are never decrypted.
func (s *State) NeverOpened() bool {
	v := s.Vote()
	return v != nil && v.State == BoxClosed && !s.enough(v)
}

// tooFew refuses what waits for a box that will never be opened.
func (s *State) tooFew() *Refusal {
	if !s.NeverOpened() {
		return nil
	}
	return refuse(TooFewBallots, s.Vote().Members().Returned.Len(), s.LeastBallots())
}

// CloseBox ends the vote and adds up the ballots of each box while they are
// encrypted. 群众's box gets no sum if it has too few ballots. Reason says why
// the vote ends although somebody's ballot is missing.
type CloseBox struct{ Reason string }

func (c CloseBox) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActClose); no != nil {
		return nil, no
	}
	v := s.Vote()
	reason, bad := c.reason(s, v)
	if bad != nil {
		return nil, bad
	}
	f := Closed{Reason: reason, Tallies: map[Channel][]byte{}, tallies: map[Channel]*ballot.Tally{}}
	for _, b := range v.Boxes {
		if b.Channel != MemberBox && b.Returned.Len() < s.Rules.Vote.MinBallots {
			continue
		}
		if no := b.genuine(); no != nil {
			return nil, no
		}
		tally, err := b.Election.Sum(b.Ballots())
		if err != nil {
			return nil, refuse(BadBallot)
		}
		f.Tallies[b.Channel], f.tallies[b.Channel] = tally.Marshal(), tally
	}
	return []Fact{f}, nil
}

// reason returns the reason that goes into the minutes: none where every voter
// has voted, and in a rehearsal.
func (c CloseBox) reason(s *State, v *Vote) (string, *Refusal) {
	missing := len(v.Missing())
	switch {
	case missing == 0 || s.Rehearsal:
		return "", nil
	case c.Reason == "":
		return "", refuse(VotersMissing, missing, v.Members().Returned.Len(), s.LeastBallots())
	}
	return c.Reason, badReason(c.Reason, 200)
}

// Closed says that the boxes are closed, with the encrypted sums of those that
// may be opened, and why if somebody's ballot was missing.
type Closed struct {
	Reason  string             `json:"reason,omitempty"`
	Tallies map[Channel][]byte `json:"tallies"` // [ballot.Tally.Marshal]
	tallies map[Channel]*ballot.Tally
}

func (f Closed) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		if len(v.Boxes) == 0 {
			return
		}
		v.State, v.Closed = BoxClosed, e.At
		for _, b := range v.Boxes {
			if b.Tally = f.tallies[b.Channel]; b.Tally == nil && f.Tallies[b.Channel] != nil {
				b.Tally, _ = b.Election.ParseTally(f.Tallies[b.Channel])
			}
		}
	})
}

// Unsealers lists the scrutineers who have not yet opened the closed boxes.
func (v *Vote) Unsealers() []MemberID {
	return slices.DeleteFunc(slices.Clone(v.Scrutineers), v.unsealed)
}

// unsealed reports whether a scrutineer, or the server under [Keeper], has
// given the partial decryptions.
func (v *Vote) unsealed(who MemberID) bool {
	_, done := v.Members().Partials[who]
	return done
}

// Unseal gives somebody's partial decryptions of all sums, with both proofs of
// each: a scrutineer's, or the server's under [Keeper]. With the last one that
// is needed the sums are known.
type Unseal struct{ Partials map[Channel]*ballot.Partial }

func (c Unseal) decide(s *State, r Request) ([]Fact, error) {
	if no := s.mayDecrypt(r.By); no != nil {
		return nil, no
	}
	v := s.Vote()
	owner := v.Owner(r.By)
	boxes := v.OpenedBoxes()
	if len(c.Partials) != len(boxes) {
		return nil, refuse(BadPartial)
	}
	f := Unsealed{Partials: map[Channel][]byte{}, partials: c.Partials}
	counted := Counted{Sums: map[Channel][][]int{}, Paper: v.Agreed}
	for _, b := range boxes {
		if no := b.genuine(); no != nil {
			return nil, no
		}
		p := c.Partials[b.Channel]
		if no := b.opens(p, owner); no != nil {
			return nil, no
		}
		f.Partials[b.Channel] = p.Marshal()
		sums, ready, no := b.result(p)
		if no != nil {
			return nil, no
		}
		if ready {
			counted.Sums[b.Channel] = sums
		}
	}
	if len(counted.Sums) < len(boxes) {
		return []Fact{f}, nil
	}
	return []Fact{f, counted}, nil
}

// Owner is the number of somebody's key in each election of the vote, from 1:
// the scrutineers in their order, then the server under [Keeper].
func (v *Vote) Owner(who MemberID) int {
	if who == Keeper {
		return len(v.Scrutineers) + 1
	}
	return slices.Index(v.Scrutineers, who) + 1
}

// mayDecrypt allows each scrutineer, and the server, to decrypt the sums once.
func (s *State) mayDecrypt(who MemberID) *Refusal {
	v := s.Vote()
	switch {
	case who != Keeper:
		return May(s, who, ActUnseal)
	case v == nil:
		return refuse(NoVote)
	}
	return first(need(!v.unsealed(Keeper), AlreadyUnsealed), need(v.State == BoxClosed, BoxNotOpen),
		need(s.enough(v), TooFewBallots, v.Members().Returned.Len(), s.LeastBallots()), v.confirmed())
}

// opens refuses what is not the partial decryption of the box with the owner's
// key, or lacks one of its two proofs.
func (b *Box) opens(p *ballot.Partial, owner int) *Refusal {
	if p == nil || p.Owner() != owner || b.Election.CheckPartial(b.Tally, p) != nil {
		return refuse(BadPartial)
	}
	return b.bound(p)
}

// bound refuses partial decryptions without a true second proof. The proof of
// Belenios alone lets a trustee who makes the last ballot shift a sum
// (BALLOT.md §2).
func (b *Box) bound(partials ...*ballot.Partial) *Refusal {
	for _, p := range partials {
		if !p.Bound() {
			return refuse(UnboundPartial)
		}
		if b.Election.CheckBound(b.Tally, p) != nil {
			return refuse(BadPartial)
		}
	}
	return nil
}

// result returns the sums that p, which was checked, and the earlier partial
// decryptions give together. ready is false while others are still needed.
func (b *Box) result(p *ballot.Partial) (sums [][]int, ready bool, no *Refusal) {
	earlier := b.PartialList()
	partials := append(earlier, p)
	owners := make([]int, len(partials))
	for i, one := range partials {
		owners[i] = one.Owner()
	}
	if !b.Election.Ready(owners) {
		return nil, false, nil
	}
	if no := b.bound(earlier...); no != nil {
		return nil, false, no
	}
	sums, err := b.Election.Result(b.Tally, partials)
	if err != nil {
		return nil, false, refuse(BadPartial)
	}
	return sums, true, nil
}

// Unsealed carries somebody's partial decryptions of the sums.
type Unsealed struct {
	Partials map[Channel][]byte `json:"partials"` // [ballot.Partial.Marshal]
	partials map[Channel]*ballot.Partial
}

func (f Unsealed) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		for _, b := range v.Boxes {
			p := f.partials[b.Channel]
			if p == nil && f.Partials[b.Channel] != nil {
				p, _ = b.Election.ParsePartial(f.Partials[b.Channel])
			}
			if p != nil {
				b.Partials = with(b.Partials, e.By, p)
			}
		}
	})
}

// Counted carries the sums of each box that was opened: [question][grade], and
// those of the paper slips.
type Counted struct {
	Sums  map[Channel][][]int `json:"sums"`
	Paper *PaperCount         `json:"paper,omitempty"` // the sums of the paper slips that are added
}

func (f Counted) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		v.State, v.Counted = BoxCounted, e.At
		if f.Paper != nil {
			v.Agreed = f.Paper
		}
		for _, b := range v.Boxes {
			b.Sums = f.Sums[b.Channel]
		}
	})
}
