package ballot

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"io"
	"strings"
)

// A ThresholdKey is the secret of a member of a k-of-n set (spec §4.6). The set is made in four steps, each of which
// needs the records that all members made in the one before:
//
//  1. each member: Certificate
//  2. each member: Polynomial(certificates)
//  3. each member: Share(certificates, polynomials)
//  4. anybody: NewThresholdTrustee(certificates, polynomials, shares)
//
// All these records may be public: what is secret in them is encrypted to its recipient. A member who comes back later
// needs the seed and the box that step 4 gave, and opens it with Open. The records are those of belenios-tool's
// generate-trustee-key-threshold.
type ThresholdKey struct {
	g    Group
	seed []byte // 22 Base58 characters; nil when wiped
}

// NewThresholdKey derives a key from a secret seed of at least 128 bits of entropy. The same seed gives the same key.
func NewThresholdKey(g Group, seed []byte) *ThresholdKey {
	stream, err := hkdf.Key(sha256.New, seed, nil, "pingyi threshold key "+g.Name(), 1024)
	if err != nil {
		panic("ballot: hkdf refuses 1024 bytes") // it gives up to 8160
	}
	defer clear(stream)
	text, err := randomBase58(22, bytes.NewReader(stream))
	if err != nil {
		panic("ballot: 1024 bytes without 22 good ones") // fewer than one in 10^800
	}
	return &ThresholdKey{g, text}
}

// ParseThresholdKey reads a seed of 22 Base58 characters: the content of belenios-tool's .key file.
func ParseThresholdKey(g Group, seed string) (*ThresholdKey, error) {
	seed = strings.TrimSuffix(seed, "\n")
	if len(seed) != 22 || !isBase58(seed) {
		return nil, refuse(Malformed, "seed")
	}
	return &ThresholdKey{g, []byte(seed)}, nil
}

// Seed is what ParseThresholdKey reads.
func (k *ThresholdKey) Seed() string { return string(k.seed) }

// Wipe overwrites the seed.
func (k *ThresholdKey) Wipe() {
	clear(k.seed)
	k.seed = nil
}

func (k *ThresholdKey) signing() scalar    { return k.derive("sk|") }
func (k *ThresholdKey) decryption() scalar { return k.derive("dk|") }

func (k *ThresholdKey) derive(purpose string) scalar {
	text := append([]byte(purpose), k.seed...)
	defer clear(text)
	sum := sha256.Sum256(text)
	return k.g.reduce(sum[:])
}

// Certificate is step 1: the member's public keys and place, signed.
func (k *ThresholdKey) Certificate(p Position, rand io.Reader) ([]byte, error) {
	if k.seed == nil {
		return nil, refuse(Wiped, "threshold key")
	}
	c := certificate{&p, k.g.basePower(k.signing()), k.g.basePower(k.decryption())}
	m, err := signMessage(k.g, k.signing(), c.message(k.g), rand)
	if err != nil {
		return nil, err
	}
	return appendSigned(nil, m), nil
}

// A members is the certificates of a set, verified.
type members struct {
	g      Group
	signed []signedMessage
	keys   []certificate
	place  Position // of the member who looks
}

func (k *ThresholdKey) members(certificates [][]byte) (*members, error) {
	if k.seed == nil {
		return nil, refuse(Wiped, "threshold key")
	}
	m, err := parseMembers(k.g, certificates)
	if err != nil {
		return nil, err
	}
	mine := k.g.basePower(k.signing())
	for i, c := range m.keys {
		if k.g.equal(c.verification, mine) && k.g.equal(c.encryption, k.g.basePower(k.decryption())) {
			m.place.Index = i + 1
			return m, nil
		}
	}
	return nil, refuse(WrongKey, "certs")
}

func parseMembers(g Group, certificates [][]byte) (*members, error) {
	m := &members{g: g}
	for i, record := range certificates {
		s := scanner{g: g, data: record}
		m.signed = append(m.signed, s.signed())
		if err := s.end(); err != nil {
			return nil, within(err, "certs[%d]", i)
		}
	}
	if len(m.signed) == 0 {
		return nil, refuse(Missing, "certs")
	}
	first, err := parseCertificate(g, m.signed[0].message)
	if err != nil {
		return nil, within(err, "certs[0]")
	}
	if first.place == nil {
		return nil, refuse(Unsupported, "certs[0]") // a set is made with places only; without them it can be verified
	}
	m.place = Position{Size: len(m.signed), Threshold: first.place.Threshold}
	m.keys, err = checkCerts(g, m.signed, first.place.Threshold)
	return m, err
}

// Polynomial is step 2: the member picks a random polynomial, commits to it, and encrypts for each member its value at
// that member's place (spec §4.6.4).
func (k *ThresholdKey) Polynomial(certificates [][]byte, rand io.Reader) ([]byte, error) {
	m, err := k.members(certificates)
	if err != nil {
		return nil, err
	}
	g, sk := k.g, k.signing()
	coefficients := make([]scalar, m.place.Threshold)
	defer clear(coefficients)
	commitments := make([]point, len(coefficients))
	for i := range coefficients {
		if coefficients[i], err = randomScalar(g, rand); err != nil {
			return nil, err
		}
		commitments[i] = g.basePower(coefficients[i])
	}
	g.settle(commitments)
	own, err := send(g, sk, m.keys[m.place.Index-1].encryption, rawPolynomial(coefficients), rand)
	if err != nil {
		return nil, err
	}
	secrets := make([]string, len(m.keys))
	for j, c := range m.keys {
		secret := appendScalar([]byte(`{"secret":`), valueAt(g, coefficients, j+1))
		if secrets[j], err = send(g, sk, c.encryption, append(secret, '}'), rand); err != nil {
			return nil, err
		}
	}
	coefexps := coefexpsMessage(commitments)
	signed, err := signMessage(g, sk, string(coefexps), rand)
	if err != nil {
		return nil, err
	}
	binding, err := signMessage(g, sk, bindingMessage(m.signed, coefexps), rand)
	if err != nil {
		return nil, err
	}
	p := polynomial{own, secrets, signed, binding.signature}
	return p.record(), nil
}

func rawPolynomial(coefficients []scalar) []byte {
	return append(appendList([]byte(`{"polynomial":`), coefficients, appendScalar), '}')
}

// valueAt evaluates a polynomial (Horner).
func valueAt(g Group, coefficients []scalar, x int) (value scalar) {
	for i := len(coefficients) - 1; i >= 0; i-- {
		value = g.add(g.mul(value, smallScalar(x)), coefficients[i])
	}
	return value
}

// A polynomial is the record of step 2.
type polynomial struct {
	own      string   // encrypted to its author
	secrets  []string // encrypted to each member
	coefexps signedMessage
	binding  proof
}

func (p *polynomial) record() []byte {
	dst := appendString([]byte(`{"polynomial":`), p.own)
	dst = appendList(append(dst, `,"secrets":`...), p.secrets, appendString)
	dst = appendSigned(append(dst, `,"coefexps":`...), p.coefexps)
	dst = appendProof(append(dst, `,"signature":`...), p.binding)
	return append(dst, '}')
}

func parsePolynomial(g Group, record []byte) (p polynomial, err error) {
	s := scanner{g: g, data: record}
	s.expect(`{"polynomial":`)
	p.own = s.text()
	s.expect(`,"secrets":`)
	s.list(maxKeys, func() { p.secrets = append(p.secrets, s.text()) })
	s.expect(`,"coefexps":`)
	p.coefexps = s.signed()
	s.expect(`,"signature":`)
	p.binding = s.proof()
	s.expect(`}`)
	return p, s.end()
}

// polynomials reads the records of step 2 with the commitments in them, verified.
func (m *members) polynomials(records [][]byte) (ps []polynomial, commitments [][]point, err error) {
	if len(records) != len(m.keys) {
		return nil, nil, refuse(Missing, "polynomials")
	}
	for i, record := range records {
		p, points, err := m.polynomial(i, record)
		if err != nil {
			return nil, nil, within(err, "polynomials[%d]", i)
		}
		ps, commitments = append(ps, p), append(commitments, points)
	}
	return ps, commitments, nil
}

// polynomial reads the record of step 2 of one member, verified.
func (m *members) polynomial(i int, record []byte) (p polynomial, points []point, err error) {
	if p, err = parsePolynomial(m.g, record); err != nil {
		return p, nil, err
	}
	if len(p.secrets) != len(m.keys) {
		return p, nil, refuse(WrongShape, "secrets")
	}
	if points, err = parseCoefexps(m.g, p.coefexps, m.keys[i], m.place.Threshold); err != nil {
		return p, nil, err
	}
	binding := signedMessage{bindingMessage(m.signed, coefexpsMessage(points)), p.binding}
	if !binding.check(m.g, m.keys[i].verification) {
		return p, nil, refuse(BadSignature, "signature")
	}
	return p, points, nil
}

// Share is step 3: the member checks the values received against the commitments and adds them up to its decryption
// key. The record has the public key with its proof, and the secret one encrypted to the member itself (spec §4.6.5–6).
func (k *ThresholdKey) Share(certificates, polynomials [][]byte, rand io.Reader) ([]byte, error) {
	m, err := k.members(certificates)
	if err != nil {
		return nil, err
	}
	ps, commitments, err := m.polynomials(polynomials)
	if err != nil {
		return nil, err
	}
	secret := &SecretKey{g: k.g}
	defer secret.Wipe()
	for i, p := range ps {
		value, err := k.receiveValue(m, i, p)
		if err != nil {
			return nil, within(err, "polynomials[%d]", i)
		}
		if !k.g.equal(k.g.basePower(value), evaluate(k.g, commitments[i], m.place.Index)) {
			return nil, refuse(BadProof, "polynomials[%d]", i)
		}
		secret.x = k.g.add(secret.x, value)
	}
	public, err := secret.publicKey(rand)
	if err != nil {
		return nil, err
	}
	own := append(appendScalar([]byte(`{"decryption_key":`), secret.x), '}')
	box, err := send(k.g, k.signing(), m.keys[m.place.Index-1].encryption, own, rand)
	if err != nil {
		return nil, err
	}
	dst := appendString([]byte(`{"private_key":`), box)
	dst = appendPublicKey(append(dst, `,"public_key":`...), public)
	return append(dst, '}'), nil
}

func (k *ThresholdKey) receiveValue(m *members, from int, p polynomial) (scalar, error) {
	text, err := receive(k.g, k.decryption(), m.keys[from].verification, p.secrets[m.place.Index-1])
	if err != nil {
		return scalar{}, err
	}
	s := scanner{g: k.g, data: text}
	s.expect(`{"secret":`)
	value := s.scalar()
	s.expect(`}`)
	return value, s.end()
}

// NewThresholdTrustee is step 4: it verifies everything and returns the set, and for each member the box with its
// encrypted decryption key (belenios-tool's .dkey), which may be kept in public.
func NewThresholdTrustee(g Group, certificates, polynomials, shares [][]byte) (Trustee, []string, error) {
	m, err := parseMembers(g, certificates)
	if err != nil {
		return Trustee{}, nil, err
	}
	ps, _, err := m.polynomials(polynomials)
	if err != nil {
		return Trustee{}, nil, err
	}
	if len(shares) != len(ps) {
		return Trustee{}, nil, refuse(Missing, "shares")
	}
	t := &thresholdSet{threshold: m.place.Threshold, certs: m.signed}
	var boxes []string
	for i, record := range shares {
		box, key, err := parseShare(g, record)
		if err != nil {
			return Trustee{}, nil, within(err, "shares[%d]", i)
		}
		boxes, t.keys = append(boxes, box), append(t.keys, key)
		t.coefexps = append(t.coefexps, ps[i].coefexps)
		t.signatures = append(t.signatures, ps[i].binding)
	}
	if err := t.check(g); err != nil {
		return Trustee{}, nil, err
	}
	return Trustee{g: g, set: t}, boxes, nil
}

// parseShare reads the record of step 3.
func parseShare(g Group, record []byte) (box string, key publicKey, err error) {
	s := scanner{g: g, data: record}
	s.expect(`{"private_key":`)
	box = s.text()
	s.expect(`,"public_key":`)
	key = s.publicKey()
	s.expect(`}`)
	return box, key, s.end()
}

// Open gives the member's decryption key from its box. A box of somebody else is refused.
func (k *ThresholdKey) Open(box string) (*SecretKey, error) {
	if k.seed == nil {
		return nil, refuse(Wiped, "threshold key")
	}
	text, err := receive(k.g, k.decryption(), k.g.basePower(k.signing()), strings.TrimSuffix(box, "\n"))
	if err != nil {
		return nil, err
	}
	s := scanner{g: k.g, data: text}
	s.expect(`{"decryption_key":`)
	secret := &SecretKey{k.g, s.scalar()}
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	return secret, nil
}
