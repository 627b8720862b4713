package meeting

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"time"

	"pingyi/meeting/ballot"
)

// Shares are the keys of scrutineers of whom some are enough to open the box
// (Belenios' Pedersen trustees, BALLOT.md §2). Each scrutineer gives a
// certificate; when all have, each gives a polynomial; when all have, each gives
// a share; and with the last one the keys are joined. The server does the last
// two for all whose keys it has.
type Shares struct {
	Certificates map[MemberID][]byte
	Polynomials  map[MemberID][]byte
	Records      map[MemberID][]byte // of the shares
	Trustee      ballot.Trustee      // the joint one; zero until the keys are joined
	Encrypted    map[MemberID]string // each scrutineer's share, encrypted to their own key
	Given        time.Time           // when the last of these records was given
}

func (s Shares) joined() bool { return s.Trustee != ballot.Trustee{} }

// inOrder returns the records of all scrutineers in their order, nil while one
// is missing.
func (v *Vote) inOrder(records map[MemberID][]byte) [][]byte {
	list := make([][]byte, len(v.Scrutineers))
	for i, id := range v.Scrutineers {
		if list[i] = records[id]; list[i] == nil {
			return nil
		}
	}
	return list
}

// Records returns what all scrutineers gave for the joint key, in their order;
// each list is nil while one is missing in it.
func (v *Vote) Records() (certificates, polynomials, shares [][]byte) {
	return v.inOrder(v.Shares.Certificates), v.inOrder(v.Shares.Polynomials), v.inOrder(v.Shares.Records)
}

// Owes reports whether a scrutineer's next record for the joint key is wanted:
// all have sealed, and the polynomial is missing, or all polynomials are there
// and the share is missing.
func (v *Vote) Owes(id MemberID) bool {
	if v.State != BoxSealing || v.inOrder(v.Shares.Certificates) == nil || !slices.Contains(v.Scrutineers, id) {
		return false
	}
	return v.Shares.Polynomials[id] == nil || v.inOrder(v.Shares.Polynomials) != nil && v.Shares.Records[id] == nil
}

// Ceremony is what a scrutineer needs of the others to make the next record for
// the joint key, and in the end to open the box. All of it is public.
type Ceremony struct {
	Group        string            `json:"group"`
	Index        int               `json:"index"` // the scrutineer's place, from 1
	Size         int               `json:"size"`
	Threshold    int               `json:"threshold"`
	Certificates []json.RawMessage `json:"certificates,omitempty"` // once all have sealed
	Polynomials  []json.RawMessage `json:"polynomials,omitempty"`  // once all have given theirs
	Share        string            `json:"share,omitempty"`        // one's own, encrypted, once the keys are joined
}

// Ceremony returns how far the joint key is, for a scrutineer. It refuses where
// all scrutineers are needed, since then there is none.
func (s *State) Ceremony(id MemberID) (Ceremony, *Refusal) {
	v := s.Vote()
	switch {
	case v == nil || !slices.Contains(v.Scrutineers, id):
		return Ceremony{}, refuse(ScrutineerOnly)
	case s.Threshold() == 0:
		return Ceremony{}, refuse(AllNeeded)
	}
	raw := func(records map[MemberID][]byte) (list []json.RawMessage) {
		for _, record := range v.inOrder(records) {
			list = append(list, record)
		}
		return list
	}
	return Ceremony{
		Group: s.Group().Name(), Index: slices.Index(v.Scrutineers, id) + 1, Size: len(v.Scrutineers), Threshold: s.Threshold(),
		Certificates: raw(v.Shares.Certificates), Polynomials: raw(v.Shares.Polynomials), Share: v.Shares.Encrypted[id],
	}, nil
}

// Next makes the record that is due: the certificate, the polynomial or the
// share.
func (c Ceremony) Next(key *ballot.ThresholdKey, random io.Reader) ([]byte, error) {
	switch {
	case c.Certificates == nil:
		return key.Certificate(ballot.Position{Index: c.Index, Size: c.Size, Threshold: c.Threshold}, random)
	case c.Polynomials == nil:
		return key.Polynomial(bytesOf(c.Certificates), random)
	}
	return key.Share(bytesOf(c.Certificates), bytesOf(c.Polynomials), random)
}

func bytesOf(records []json.RawMessage) [][]byte {
	list := make([][]byte, len(records))
	for i, r := range records {
		list[i] = r
	}
	return list
}

// Deal gives a scrutineer's polynomial for the joint key, or the share once all
// polynomials are there.
type Deal struct{ Record []byte }

func (c Deal) decide(s *State, r Request) ([]Fact, error) {
	v := s.Vote()
	switch {
	case v == nil || !slices.Contains(v.Scrutineers, r.By):
		return nil, refuse(ScrutineerOnly)
	case s.Threshold() == 0:
		return nil, refuse(AllNeeded)
	case v.State == BoxSealing && v.inOrder(v.Shares.Certificates) == nil:
		return nil, refuse(NotSealed, len(s.Sealers()))
	case !v.Owes(r.By):
		return nil, refuse(AlreadySealed)
	}
	place := slices.Index(v.Scrutineers, r.By) + 1
	certificates, polynomials := v.inOrder(v.Shares.Certificates), v.inOrder(v.Shares.Polynomials)
	if polynomials == nil {
		if ballot.CheckPolynomial(s.Group(), certificates, place, c.Record) != nil {
			return nil, refuse(BadTrustee)
		}
		return []Fact{Dealt{Polynomial: c.Record}}, nil
	}
	if ballot.CheckShare(s.Group(), certificates, polynomials, place, c.Record) != nil {
		return nil, refuse(BadTrustee)
	}
	return []Fact{Dealt{Share: c.Record}}, nil
}

// Dealt carries a scrutineer's polynomial or share for the joint key.
type Dealt struct {
	Polynomial []byte `json:"polynomial,omitempty"` // Belenios' polynomial record
	Share      []byte `json:"share,omitempty"`      // Belenios' voutput record
}

func (f Dealt) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		v.Shares.Given = e.At
		if f.Polynomial != nil {
			v.Shares.Polynomials = with(v.Shares.Polynomials, e.By, f.Polynomial)
		}
		if f.Share != nil {
			v.Shares.Records = with(v.Shares.Records, e.By, f.Share)
		}
	})
}

// joinTime is how long the server may take to join the keys. Only after it are
// they taken for lost.
const joinTime = 30 * time.Second

// joiningKeys refuses to name scrutineers again while the server joins the keys
// that all have given.
func (s *State) joiningKeys(at time.Time) *Refusal {
	v := s.Vote()
	joins := v != nil && v.State == BoxSealing && s.Threshold() > 0 && len(s.Sealers()) == 0
	return need(!joins || at.Sub(v.Shares.Given) >= joinTime, KeysJoining)
}

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
