package ballot

import (
	"bytes"
	"slices"
	"strconv"
)

// A thresholdSet is a Pedersen set of n keys of which threshold suffice (spec §4.6.7). No single place ever has the
// secret of the whole set: every member chose a polynomial and gave each other member one point of it.
type thresholdSet struct {
	threshold  int
	certs      []signedMessage
	coefexps   []signedMessage
	signatures []proof // of certs and coefexps together; belenios-tool writes them since 2.5.1
	keys       []publicKey
}

func appendThresholdSet(dst []byte, t *thresholdSet) []byte {
	dst = append(dst, `{"threshold":`...)
	dst = strconv.AppendInt(dst, int64(t.threshold), 10)
	dst = append(dst, `,"certs":`...)
	dst = appendList(dst, t.certs, appendSigned)
	dst = append(dst, `,"coefexps":`...)
	dst = appendList(dst, t.coefexps, appendSigned)
	if t.signatures != nil {
		dst = append(dst, `,"signatures":`...)
		dst = appendProofs(dst, t.signatures)
	}
	dst = append(dst, `,"verification_keys":`...)
	dst = appendList(dst, t.keys, appendPublicKey)
	return append(dst, '}')
}

func (s *scanner) thresholdSet() *thresholdSet {
	t := new(thresholdSet)
	s.expect(`{"threshold":`)
	t.threshold = s.integer()
	s.expect(`,"certs":`)
	s.list(maxKeys, func() { t.certs = append(t.certs, s.signed()) })
	s.expect(`,"coefexps":`)
	s.list(maxKeys, func() { t.coefexps = append(t.coefexps, s.signed()) })
	if s.accept(`,"signatures":`) {
		t.signatures = s.proofs()
	}
	s.expect(`,"verification_keys":`)
	s.list(maxKeys, func() { t.keys = append(t.keys, s.publicKey()) })
	s.expect(`}`)
	return t
}

// A certificate holds a member's two public keys (spec §4.6.2), and since belenios-tool 2.5.1 the member's place.
type certificate struct {
	place        *Position
	verification point
	encryption   point
}

// A Position is a member's place in a set of which Threshold of Size suffice.
type Position struct {
	Index     int // from 1
	Size      int
	Threshold int
}

func (c *certificate) message(g Group) string {
	dst := []byte{'{'}
	if p := c.place; p != nil {
		dst = appendString(append(dst, `"context":{"group":`...), g.Name())
		dst = strconv.AppendInt(append(dst, `,"size":`...), int64(p.Size), 10)
		dst = strconv.AppendInt(append(dst, `,"threshold":`...), int64(p.Threshold), 10)
		dst = strconv.AppendInt(append(dst, `,"index":`...), int64(p.Index), 10)
		dst = append(dst, `},`...)
	}
	dst = appendPoint(append(dst, `"verification":`...), c.verification)
	dst = appendPoint(append(dst, `,"encryption":`...), c.encryption)
	return string(append(dst, '}'))
}

func parseCertificate(g Group, message string) (c certificate, err error) {
	s := scanner{g: g, data: []byte(message)}
	s.expect("{")
	if s.accept(`"context":{"group":`) {
		if name := s.text(); name != g.Name() {
			s.fail(UnknownGroup)
		}
		c.place = new(Position)
		s.expect(`,"size":`)
		c.place.Size = s.integer()
		s.expect(`,"threshold":`)
		c.place.Threshold = s.integer()
		s.expect(`,"index":`)
		c.place.Index = s.integer()
		s.expect(`},`)
	}
	s.expect(`"verification":`)
	c.verification = s.point()
	s.expect(`,"encryption":`)
	c.encryption = s.point()
	s.expect("}")
	if err := s.end(); err != nil {
		return c, err
	}
	return c, elements(g, c.verification, c.encryption)
}

// elements checks that points are in the group and not the identity.
func elements(g Group, points ...point) error {
	for _, p := range points {
		if p.isIdentity() {
			return refuse(Identity, "")
		}
		if !member(g, p) {
			return refuse(NotInGroup, "")
		}
	}
	return nil
}

// checkCerts verifies the certificates of a set and their signatures. Either all of them name their places, or none.
func checkCerts(g Group, certs []signedMessage, threshold int) ([]certificate, error) {
	if len(certs) == 0 || len(certs) > maxKeys || threshold < 1 || threshold > len(certs) {
		return nil, refuse(BadSetup, "threshold")
	}
	keys := make([]certificate, len(certs))
	for i, m := range certs {
		c, err := parseCertificate(g, m.message)
		if err != nil {
			return nil, within(err, "certs[%d]", i)
		}
		if !m.check(g, c.verification) {
			return nil, refuse(BadSignature, "certs[%d]", i)
		}
		keys[i] = c
		if (c.place == nil) != (keys[0].place == nil) ||
			c.place != nil && *c.place != (Position{i + 1, len(certs), threshold}) {
			return nil, refuse(WrongOrder, "certs[%d]", i)
		}
	}
	return keys, nil
}

// parseCoefexps reads the commitments g^a to a member's polynomial, which its certificate has signed.
func parseCoefexps(g Group, m signedMessage, c certificate, threshold int) (points []point, err error) {
	if !m.check(g, c.verification) {
		return nil, refuse(BadSignature, "")
	}
	s := scanner{g: g, data: []byte(m.message)}
	s.expect(`{"coefexps":`)
	s.list(maxKeys, func() { points = append(points, s.point()) })
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	if len(points) != threshold {
		return nil, refuse(WrongShape, "")
	}
	return points, elements(g, points...)
}

// coefexpsMessage is what parseCoefexps reads.
func coefexpsMessage(points []point) []byte {
	return append(appendList([]byte(`{"coefexps":`), points, appendPoint), '}')
}

// bindingMessage is what the members sign besides: their commitments together with all certificates.
func bindingMessage(certs []signedMessage, coefexps []byte) string {
	list := bytes.TrimPrefix(coefexps, []byte("{"))
	dst := appendList([]byte(`certs_sig|{"certs":`), certs, appendSigned)
	return string(append(append(dst, ','), list...))
}

// check verifies a set: the certificates, the commitments, the keys that follow from them, and the proofs.
func (t *thresholdSet) check(g Group) error {
	certs, err := checkCerts(g, t.certs, t.threshold)
	if err != nil {
		return err
	}
	n := len(certs)
	if len(t.coefexps) != n || len(t.keys) != n || certs[0].place == nil && t.signatures != nil ||
		certs[0].place != nil && len(t.signatures) != n {
		return refuse(WrongShape, "")
	}
	sums := make([]point, t.threshold) // the commitments to the sum of all polynomials
	for i, c := range certs {
		points, err := parseCoefexps(g, t.coefexps[i], c, t.threshold)
		if err != nil {
			return within(err, "coefexps[%d]", i)
		}
		addPoints(g, sums, points)
		if t.signatures != nil {
			binding := signedMessage{bindingMessage(t.certs, coefexpsMessage(points)), t.signatures[i]}
			if !binding.check(g, c.verification) {
				return refuse(BadSignature, "signatures[%d]", i)
			}
		}
	}
	for i := range t.keys {
		if err := t.keys[i].check(g); err != nil {
			return within(err, "verification_keys[%d]", i)
		}
		if !g.equal(t.keys[i].key, evaluate(g, sums, i+1)) {
			return refuse(WrongKey, "verification_keys[%d]", i)
		}
		if err := t.keys[i].checkSignature(g, certs[i], t.keys[0].signature != nil); err != nil {
			return within(err, "verification_keys[%d]", i)
		}
	}
	return nil
}

// checkSignature verifies the signature of a key of a set with its owner's certificate. Either all keys have one, or none.
func (k *publicKey) checkSignature(g Group, c certificate, wanted bool) error {
	switch {
	case (k.signature != nil) != wanted:
		return refuse(WrongShape, "signature")
	case wanted && !(signedMessage{string(k.key.appendText(nil)), *k.signature}).check(g, c.verification):
		return refuse(BadSignature, "signature")
	}
	return nil
}

func addPoints(g Group, sums, points []point) {
	for k, p := range points {
		if sums[k] == nil {
			sums[k] = g.identity()
		}
		sums[k] = g.product(sums[k], p)
	}
}

// evaluate is g^f(x) for the polynomial f whose coefficients the points commit to (spec §4.6.5).
func evaluate(g Group, commitments []point, x int) point {
	value := g.identity()
	for _, p := range slices.Backward(commitments) { // Horner: its exponents are small
		value = g.product(powerVarTime(g, value, smallScalar(x)), p)
	}
	return value
}

// subkey is the set's factor of the election key: the commitment to the sum of the polynomials at 0 (spec §4.6.4).
// The set has been checked.
func (t *thresholdSet) subkey(g Group) point {
	key := g.identity()
	for _, m := range t.coefexps {
		s := scanner{g: g, data: []byte(m.message)}
		s.expect(`{"coefexps":[`)
		key = g.product(key, s.point())
	}
	return key
}
