package ballot

import (
	"crypto/hkdf"
	"crypto/sha256"
	"io"
)

// A Trustee is the public part of one entry of an election's trustees (spec §4.7): a single mandatory key, or a set of
// n keys of which k suffice. Its proofs are verified when it is made or parsed. The zero Trustee is not valid.
type Trustee struct {
	g      Group
	single *publicKey
	set    *thresholdSet
}

// A publicKey is a verification key with the proof that somebody knows its secret (spec §4.5).
type publicKey struct {
	key       point
	pok       proof
	signature *proof  // by its owner, in a set; belenios-tool writes it since 3.0
	name      *string // the tool's web server writes one
}

// Needed is how many of the trustee's keys a result needs: 1 for a single key, k for a set.
func (t Trustee) Needed() int {
	if t.set != nil {
		return t.set.threshold
	}
	return 1
}

// Keys returns the verification keys as they are written in the record: one, or n for a set.
func (t Trustee) Keys() []string {
	var texts []string
	for _, k := range t.publicKeys() {
		texts = append(texts, string(k.key.appendText(nil)))
	}
	return texts
}

// JSON is the trustee_kind record: ["Single",…] or ["Pedersen",…].
func (t Trustee) JSON() []byte { return appendTrustee(nil, t) }

// ParseTrustee reads what JSON wrote and verifies its proofs.
func ParseTrustee(g Group, record []byte) (Trustee, error) {
	s := scanner{g: g, data: record}
	t := s.trustee()
	if err := s.end(); err != nil {
		return Trustee{}, err
	}
	if err := t.check(); err != nil {
		return Trustee{}, err
	}
	return t, nil
}

func (t Trustee) publicKeys() []publicKey {
	if t.set != nil {
		return t.set.keys
	}
	return []publicKey{*t.single}
}

func (t Trustee) check() error {
	if t.set != nil {
		return t.set.check(t.g)
	}
	if t.single.signature != nil {
		return refuse(Unsupported, "signature") // a single trustee has no key to sign with
	}
	return t.single.check(t.g)
}

// subkey is the trustee's factor of the election key.
func (t Trustee) subkey() point {
	if t.set != nil {
		return t.set.subkey(t.g)
	}
	return t.single.key
}

func appendTrustee(dst []byte, t Trustee) []byte {
	if t.set != nil {
		dst = append(dst, `["Pedersen",`...)
		dst = appendThresholdSet(dst, t.set)
	} else {
		dst = append(dst, `["Single",`...)
		dst = appendPublicKey(dst, *t.single)
	}
	return append(dst, ']')
}

func (s *scanner) trustee() Trustee {
	t := Trustee{g: s.g}
	if s.accept(`["Pedersen",`) {
		t.set = s.thresholdSet()
	} else {
		s.expect(`["Single",`)
		k := s.publicKey()
		t.single = &k
	}
	s.expect("]")
	return t
}

func appendPublicKey(dst []byte, k publicKey) []byte {
	dst = append(dst, `{"pok":`...)
	dst = appendProof(dst, k.pok)
	dst = append(dst, `,"public_key":`...)
	dst = appendPoint(dst, k.key)
	if k.signature != nil {
		dst = append(dst, `,"signature":`...)
		dst = appendProof(dst, *k.signature)
	}
	if k.name != nil {
		dst = append(dst, `,"name":`...)
		dst = appendString(dst, *k.name)
	}
	return append(dst, '}')
}

func (s *scanner) publicKey() (k publicKey) {
	s.expect(`{"pok":`)
	k.pok = s.proof()
	s.expect(`,"public_key":`)
	k.key = s.point()
	if s.accept(`,"signature":`) {
		signature := s.proof()
		k.signature = &signature
	}
	if s.accept(`,"name":`) {
		name := s.text()
		k.name = &name
	}
	s.expect(`}`)
	return k
}

func (k *publicKey) check(g Group) error {
	switch {
	case k.key.isIdentity():
		return refuse(Identity, "public_key")
	case !member(g, k.key):
		return refuse(NotInGroup, "public_key")
	case !checkKnowledge(g, pokPrefix(g, k.key), k.key, k.pok):
		return refuse(BadProof, "pok")
	}
	return nil
}

func pokPrefix(g Group, key point) []byte {
	b := append([]byte("pok|"), g.Name()...)
	b = key.appendText(append(b, '|'))
	return append(b, '|')
}

// A SecretKey is a trustee's private key. It lives in memory until Wipe. One goroutine at a time.
type SecretKey struct {
	g Group
	x scalar // zero when wiped
}

// NewSecretKey picks a key.
func NewSecretKey(g Group, rand io.Reader) (*SecretKey, error) {
	x, err := randomScalar(g, rand)
	if err != nil {
		return nil, err
	}
	return &SecretKey{g, x}, nil
}

// SecretKeyFromSeed derives a key from a secret seed of at least 128 bits of entropy by HKDF-SHA256, 64 bytes modulo
// the group's order, so that the key is uniform. The same seed gives the same key.
func SecretKeyFromSeed(g Group, seed []byte) *SecretKey {
	wide, err := hkdf.Key(sha256.New, seed, nil, "pingyi trustee key "+g.Name(), 64)
	if err != nil {
		panic("ballot: hkdf refuses 64 bytes") // it gives up to 8160
	}
	k := &SecretKey{g, g.reduce(wide)}
	clear(wide)
	return k
}

// ParseSecretKey reads the private_key record: the content of belenios-tool's .privkey file.
func ParseSecretKey(g Group, record []byte) (*SecretKey, error) {
	s := scanner{g: g, data: record}
	k := &SecretKey{g, s.scalar()}
	s.accept("\n")
	if err := s.end(); err != nil {
		return nil, err
	}
	if k.x.isZero() {
		return nil, refuse(OutOfRange, "")
	}
	return k, nil
}

// JSON is the private_key record, for a file that only the trustee keeps; nil when wiped.
func (k *SecretKey) JSON() []byte {
	if k.x.isZero() {
		return nil
	}
	return appendScalar(nil, k.x)
}

// Threshold is the member's key of a k-of-n set that follows from this one, so that a trustee keeps one key for both.
func (k *SecretKey) Threshold() *ThresholdKey { return NewThresholdKey(k.g, k.x[:]) }

// Group is the key's group.
func (k *SecretKey) Group() Group { return k.g }

// Public returns the public key with a fresh proof of knowledge, as a Single trustee.
func (k *SecretKey) Public(rand io.Reader) (Trustee, error) {
	key, err := k.publicKey(rand)
	if err != nil {
		return Trustee{}, err
	}
	return Trustee{g: k.g, single: &key}, nil
}

func (k *SecretKey) publicKey(rand io.Reader) (publicKey, error) {
	if k.x.isZero() {
		return publicKey{}, refuse(Wiped, "secret key")
	}
	key := k.g.basePower(k.x)
	k.g.settle([]point{key})
	pok, err := proveKnowledge(k.g, pokPrefix(k.g, key), k.x, rand)
	return publicKey{key: key, pok: pok}, err
}

// Wipe overwrites the key; it cannot be used afterwards.
func (k *SecretKey) Wipe() { clear(k.x[:]) }
