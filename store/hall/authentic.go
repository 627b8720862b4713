package hall

import (
	"crypto/hkdf"
	"crypto/sha256"
	"runtime"
	"sync"
	"sync/atomic"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Whoever can write the database while the server is stopped could replace
// everybody's ballots but one, and chain the log anew: the chain has no key. So
// no ballot that was read back is counted before it is known to be the one that
// was cast (BALLOT.md §4).

// stampKey is the key under which ballots are stamped when they are cast.
func (h *Hall) stampKey() meeting.StampKey {
	key, err := hkdf.Key(sha256.New, h.secret, nil, "pingyi ballot stamp", sha256.Size)
	if err != nil {
		panic(err) // only for absurd lengths
	}
	return key
}

// Examine compares the stamps of all ballots that are not counted yet, which is
// quick, and says which are not those that were cast: a *[meeting.Refusal]. A
// ballot without a stamp is examined before the count. Under another secret the
// proofs are verified instead, and a whole box is [Hall.Foreign].
func (h *Hall) Examine() error {
	if no := h.Foreign(); no != nil {
		if err := h.authentic(); err != nil {
			return err
		}
		return no
	}
	return h.examine(func(s *meeting.State, key meeting.StampKey, b *meeting.Box, who meeting.MemberID) bool {
		has, right := s.Stamped(key, b, who)
		return right || !has
	})
}

// authentic refuses a box in which a ballot is not the one that was cast. It
// reads every ballot: the stamp must be right, or, in a log of before, every
// proof, under the credential that this server gives that voter. Under another
// secret ([Hall.Foreign]) only the proofs tell: somebody with a credential of this
// box made each ballot.
func (h *Hall) authentic() error {
	foreign := h.Foreign() != nil
	return h.examine(func(s *meeting.State, key meeting.StampKey, b *meeting.Box, who meeting.MemberID) bool {
		one := b.Returned.Of(who).Ballot()
		has, right := s.Stamped(key, b, who)
		if foreign {
			return one != nil && one.Tracker() == b.Returned.Of(who).Receipt && b.Election.Check(one) == nil
		}
		if one == nil || one.Tracker() != b.Returned.Of(who).Receipt || has {
			return one != nil && right && one.Tracker() == b.Returned.Of(who).Receipt
		}
		return h.owns(b.Election, who, one) && b.Election.Check(one) == nil
	})
}

// owns reports whether a ballot is signed with a voter's own credential.
func (h *Hall) owns(e *ballot.Election, who meeting.MemberID, one *ballot.Ballot) bool {
	private, err := h.credential(e.UUID(), who)
	if err != nil {
		return false
	}
	public, err := ballot.PublicCredential(e.Group(), e.UUID(), private)
	return err == nil && public == one.Credential()
}

// examine calls good for every ballot of a vote that is not counted, on all
// processors, and refuses the box if one is not.
func (h *Hall) examine(good func(*meeting.State, meeting.StampKey, *meeting.Box, meeting.MemberID) bool) error {
	s := h.State()
	v := s.Vote()
	if v == nil || v.State != meeting.BoxOpened && v.State != meeting.BoxClosed {
		return nil
	}
	type place struct {
		box *meeting.Box
		who meeting.MemberID
	}
	var places []place
	for _, b := range v.Boxes {
		for who := range b.Returned.All() {
			places = append(places, place{b, who})
		}
	}
	key := h.stampKey()
	var next, bad atomic.Int64
	var work sync.WaitGroup
	for range runtime.NumCPU() {
		work.Go(func() {
			for i := next.Add(1); int(i) <= len(places); i = next.Add(1) {
				if p := places[i-1]; !good(s, key, p.box, p.who) {
					bad.Add(1)
				}
			}
		})
	}
	work.Wait()
	if bad.Load() == 0 {
		return nil
	}
	return meeting.Altered(int(bad.Load()), len(places))
}
