package meeting

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"pingyi/meeting/ballot"
)

// Shares are the keys of scrutineers of whom some are enough to open the box
// (Belenios' Pedersen trustees, BALLOT.md §2). Each scrutineer gives a
// certificate; when all have, the keys are joined.
type Shares struct {
	Certificates map[MemberID][]byte
	Trustee      ballot.Trustee      // the joint one; zero until the keys are joined
	Encrypted    map[MemberID]string // each scrutineer's share, encrypted to their own key
}

func (s Shares) joined() bool { return s.Trustee != ballot.Trustee{} }

// Threshold returns how many of the current vote's scrutineers are enough to
// open the box; 0 means all of them.
func (s *State) Threshold() int {
	v := s.Vote()
	if v == nil || s.Rules.Vote.Threshold <= 0 || s.Rules.Vote.Threshold >= len(v.Scrutineers) {
		return 0
	}
	return s.Rules.Vote.Threshold
}

// JoinKeys is given by the server once the last scrutineer has sealed, where
// some are enough: the joint key, and each scrutineer's share encrypted to
// their own key.
type JoinKeys struct {
	Trustee ballot.Trustee
	Shares  map[MemberID]string
}

func (c JoinKeys) decide(s *State, r Request) ([]Fact, error) {
	v := s.Vote()
	switch {
	case r.By != Keeper:
		return nil, refuse(KeeperOnly)
	case v == nil || v.State != BoxSealing || s.Threshold() == 0:
		return nil, refuse(VoteGoesOn)
	case len(s.Sealers()) > 0:
		return nil, refuse(NotSealed, len(s.Sealers()))
	case c.Trustee == ballot.Trustee{} || c.Trustee.Needed() != s.Threshold() || !v.certified(c.Trustee):
		return nil, refuse(BadTrustee)
	}
	record := c.Trustee.JSON()
	if _, err := ballot.ParseTrustee(s.Group(), record); err != nil {
		return nil, refuse(BadTrustee)
	}
	if ids := slices.Sorted(maps.Keys(c.Shares)); !slices.Equal(ids, slices.Sorted(slices.Values(v.Scrutineers))) {
		return nil, refuse(BadTrustee)
	}
	return []Fact{KeysJoined{Group: s.Group().Name(), Trustee: record, Shares: c.Shares}}, nil
}

// certified reports whether a joint key was made of the certificates with which
// the scrutineers have sealed, in their order.
func (v *Vote) certified(t ballot.Trustee) bool {
	var kind string
	var set struct {
		Certs []json.RawMessage `json:"certs"`
	}
	if err := json.Unmarshal(t.JSON(), &[]any{&kind, &set}); err != nil || len(set.Certs) != len(v.Scrutineers) {
		return false
	}
	for i, id := range v.Scrutineers {
		if !bytes.Equal(set.Certs[i], v.Shares.Certificates[id]) {
			return false
		}
	}
	return true
}

// KeysJoined carries the joint key of the scrutineers.
type KeysJoined struct {
	Group   string              `json:"group"`
	Trustee json.RawMessage     `json:"trustee"` // Belenios' trustee_kind record
	Shares  map[MemberID]string `json:"shares"`  // each scrutineer's, encrypted to their own key
}

func (f KeysJoined) apply(s *State, _ Event) {
	trustee, err := parseTrustee(f.Group, f.Trustee)
	if err != nil {
		return
	}
	s.changeVote(func(v *Vote) {
		v.State, v.Shares.Trustee, v.Shares.Encrypted = BoxSealed, trustee, f.Shares
	})
}
