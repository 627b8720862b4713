package meeting

import (
	"encoding/json"
	"slices"

	"pingyi/meeting/ballot"
)

// ActSeal seals the box.
const ActSeal Action = "seal"

var sealActions = []action{{ActSeal, forMembers, ofVote((*State).maySeal)}}

// Why sealing is refused, and what waits for it.
const (
	AlreadySealed Code = "already-sealed"
	NotSealed     Code = "not-sealed" // how many are missing
	BadTrustee    Code = "bad-trustee"
	AllNeeded     Code = "all-needed" // there is no joint key: every scrutineer opens the box
	CodeNotShown  Code = "code-not-shown"
	CodeWrong     Code = "code-wrong"
	CodeWordWrong Code = "code-word-wrong" // which word
	CodeLength    Code = "code-length"     // how many words were typed
	CodeMissing   Code = "code-missing"
	KeysLost      Code = "keys-lost"
	KeysJoining   Code = "keys-joining"
)

func (s *State) maySeal(m Member, v *Vote) *Refusal {
	return first(s.live(), need(v.State != BoxVoid, NoVote), need(slices.Contains(v.Scrutineers, m.ID), ScrutineerOnly),
		need(v.State == BoxSealing || v.State == BoxSealed, VoteGoesOn),
		need(!v.sealed(m.ID), AlreadySealed))
}

// Sealers lists the scrutineers of the current vote who have not sealed yet, or
// who keep their key on their own machine and owe the next record for the joint
// key.
func (s *State) Sealers() []MemberID {
	v := s.Vote()
	if v == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Scrutineers), func(id MemberID) bool {
		return v.sealed(id) && !(v.Own[id] && v.Owes(id))
	})
}

// sealed reports whether a scrutineer has sealed.
func (v *Vote) sealed(id MemberID) bool {
	_, whole := v.Keys[id]
	_, share := v.Shares.Certificates[id]
	return whole || share
}

// Trustees returns the scrutineers' part of this vote's trustees: one for each,
// or one set of which some are enough. The server's own key comes after them.
func (v *Vote) Trustees() []ballot.Trustee {
	if v.Shares.joined() {
		return []ballot.Trustee{v.Shares.Trustee}
	}
	list := make([]ballot.Trustee, len(v.Scrutineers))
	for i, id := range v.Scrutineers {
		list[i] = v.Keys[id]
	}
	return list
}

// Seal gives a scrutineer's public key with its proof of knowledge, or, where
// some scrutineers are enough, the certificate for their joint key.
type Seal struct {
	Trustee     ballot.Trustee
	Certificate []byte
	Own         bool // the key is on the scrutineer's own machine
}

func (c Seal) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActSeal); no != nil {
		return nil, no
	}
	if s.Threshold() > 0 {
		v := s.Vote()
		place := ballot.Position{Index: slices.Index(v.Scrutineers, r.By) + 1, Size: len(v.Scrutineers), Threshold: s.Threshold()}
		if c.Trustee != (ballot.Trustee{}) || ballot.CheckCertificate(s.Group(), place, c.Certificate) != nil {
			return nil, refuse(BadTrustee)
		}
		return []Fact{Sealed{Certificate: c.Certificate, Own: c.Own}}, nil
	}
	if c.Trustee == (ballot.Trustee{}) {
		return nil, refuse(BadTrustee)
	}
	record := c.Trustee.JSON()
	if _, err := ballot.ParseTrustee(s.Group(), record); err != nil || len(c.Trustee.Keys()) != 1 {
		return nil, refuse(BadTrustee)
	}
	for _, k := range s.Vote().Keys {
		if slices.Equal(k.Keys(), c.Trustee.Keys()) {
			return nil, refuse(BadTrustee)
		}
	}
	return []Fact{Sealed{Group: s.Group().Name(), Trustee: record, Last: len(s.Sealers()) == 1, Own: c.Own}}, nil
}

// Sealed says that a scrutineer has sealed the box with their key.
type Sealed struct {
	Group       string          `json:"group,omitempty"`       // of the key
	Trustee     json.RawMessage `json:"trustee,omitempty"`     // Belenios' trustee_kind record
	Last        bool            `json:"last,omitempty"`        // with this key the box is sealed
	Certificate []byte          `json:"certificate,omitempty"` // Belenios' cert record
	Own         bool            `json:"own,omitempty"`         // the key is on the scrutineer's own machine
}

func (f Sealed) apply(s *State, e Event) {
	if f.Own {
		s.changeVote(func(v *Vote) { v.Own = with(v.Own, e.By, true) })
	}
	if len(f.Certificate) > 0 {
		s.changeVote(func(v *Vote) {
			v.Shares.Given = e.At
			v.Shares.Certificates = with(v.Shares.Certificates, e.By, f.Certificate)
		})
		return
	}
	trustee, err := parseTrustee(f.Group, f.Trustee)
	if err != nil {
		return
	}
	s.changeVote(func(v *Vote) {
		v.Keys = with(v.Keys, e.By, trustee)
		if f.Last {
			v.State = BoxSealed
		}
	})
}

// parseTrustee reads a trustee_kind record in a group of a name.
func parseTrustee(group string, record []byte) (ballot.Trustee, error) {
	g, err := ballot.GroupByName(group)
	if err != nil {
		return ballot.Trustee{}, err
	}
	return ballot.ParseTrustee(g, record)
}
