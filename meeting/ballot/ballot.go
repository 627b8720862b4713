package ballot

import (
	"crypto/sha256"
	"hash"
	"io"
	"slices"
	"sync"
)

// A Ballot is one cast ballot: ciphertexts, proofs and signature (spec §4.15). It is never changed and safe for
// concurrent use.
type Ballot struct {
	e          *Election
	credential point
	answers    []*answer
	signature  proof
	compact    []byte // what Marshal returns; nil: it is made when it is asked for
	text       struct {
		once    sync.Once
		hash    string // of the ballot without its signature
		tracker string
	}
}

// Credential is the public credential that signed the ballot.
func (b *Ballot) Credential() string { return string(b.credential.appendText(nil)) }

// Tracker is Belenios' smart ballot tracker: the SHA-256 of the canonical JSON in Base64 without padding. It is the 回执.
func (b *Ballot) Tracker() string {
	b.hashes()
	return b.text.tracker
}

// JSON returns the canonical JSON of the ballot.
func (b *Ballot) JSON() []byte {
	b.hashes()
	return b.appendSignature(b.unsigned())
}

// hashes computes both hashes at their first use.
func (b *Ballot) hashes() {
	b.text.once.Do(func() {
		text := newBallotText(b)
		b.text.hash = text.unsigned()
		b.text.tracker = text.signed(b)
	})
}

// ballotText hashes a record that is written once: without its signature, and with it.
type ballotText struct{ begun hash.Hash }

func newBallotText(b *Ballot) ballotText {
	text := ballotText{sha256.New()}
	text.begun.Write(b.unsigned())
	return text
}

// unsigned is the hash of the ballot without its signature.
func (t ballotText) unsigned() string {
	h, err := t.begun.(hash.Cloner).Clone()
	if err != nil {
		panic(err) // SHA-256 can be cloned
	}
	h.Write([]byte("}"))
	return encodeHash(h.Sum(nil))
}

// signed is the hash of the signed ballot, whose hash without the signature is known. Nothing can be hashed after it.
func (t ballotText) signed(b *Ballot) string {
	t.begun.Write(b.appendSignature(nil))
	return encodeHash(t.begun.Sum(nil))
}

// unsigned is the record up to where the signature goes, with room for that.
func (b *Ballot) unsigned() []byte {
	dst := make([]byte, 0, 3*b.Size()) // 32 bytes of the compact form are at most 78 digits, a name and quotes
	dst = append(dst, `{"election_uuid":`...)
	dst = appendString(dst, b.e.setup.UUID)
	dst = append(dst, `,"election_hash":`...)
	dst = appendString(dst, b.e.fingerprint)
	dst = append(dst, `,"credential":`...)
	dst = appendPoint(dst, b.credential)
	dst = append(dst, `,"answers":`...)
	return appendList(dst, b.answers, appendAnswer)
}

func (b *Ballot) appendSignature(dst []byte) []byte {
	dst = append(dst, `,"signature":{"hash":`...)
	dst = appendString(dst, b.text.hash)
	dst = append(dst, `,"proof":`...)
	dst = appendProof(dst, b.signature)
	return append(dst, `}}`...)
}

// sign makes the signature and both hashes from one writing of the record (spec §4.14).
func (b *Ballot) sign(secret scalar, rand io.Reader) (err error) {
	text := newBallotText(b)
	unsigned := text.unsigned()
	if b.signature, err = proveKnowledge(b.e.group, signaturePrefix(unsigned), secret, rand); err != nil {
		return err
	}
	b.text.once.Do(func() {
		b.text.hash = unsigned
		b.text.tracker = text.signed(b)
	})
	b.compact = b.Marshal() // now that all of it is at hand: many may be cast at once
	return nil
}

// signaturePrefix is what the signature hashes before its commitment.
func signaturePrefix(hash string) []byte { return []byte("sig|" + hash + "|") }

// ParseBallot reads the canonical JSON of a ballot: its structure and that its points are in the group.
// The proofs are Check's.
func ParseBallot(e *Election, json []byte) (*Ballot, error) {
	b, err := e.parseBallot(json)
	if err != nil {
		return nil, err
	}
	if err := b.members(); err != nil {
		return nil, err
	}
	return b, nil
}

// parseBallot leaves the subgroup to Check.
func (e *Election) parseBallot(json []byte) (*Ballot, error) {
	b := &Ballot{e: e}
	s := scanner{g: e.group, data: json}
	s.expect(`{"election_uuid":`)
	uuid := s.plain()
	s.expect(`,"election_hash":`)
	fingerprint := s.plain()
	s.expect(`,"credential":`)
	b.credential = s.point()
	s.expect(`,"answers":`)
	s.list(len(e.setup.Questions), func() { b.answers = append(b.answers, s.answer()) })
	unsigned := s.pos
	s.expect(`,"signature":{"hash":`)
	hash := s.plain()
	s.expect(`,"proof":`)
	b.signature = s.proof()
	s.expect(`}}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	if string(uuid) != e.setup.UUID || string(fingerprint) != e.fingerprint {
		return nil, refuse(WrongElection, "")
	}
	if err := b.shaped(); err != nil {
		return nil, err
	}
	b.text.once.Do(func() { // what the scanner accepts is what JSON would write
		b.text.hash = hashBase64(append(slices.Clip(json[:unsigned]), '}'))
		b.text.tracker = hashBase64(json)
	})
	if string(hash) != b.text.hash {
		return nil, refuse(BadSignature, "signature.hash")
	}
	return b, nil
}

func (b *Ballot) shaped() error {
	if len(b.answers) != len(b.e.setup.Questions) {
		return refuse(WrongShape, "answers")
	}
	for i, a := range b.answers {
		if !a.shaped(&b.e.setup.Questions[i]) {
			return refuse(WrongShape, "answers[%d]", i)
		}
	}
	return nil
}

// members checks that every ciphertext is in the prime-order subgroup and is not the identity.
func (b *Ballot) members() error {
	if b.credential.isIdentity() || !member(b.e.group, b.credential) {
		return refuse(NotInGroup, "credential")
	}
	return eachOf(len(b.answers), func(i int) error {
		for j, c := range b.answers[i].choices {
			if c.alpha.isIdentity() || c.beta.isIdentity() {
				return refuse(Identity, "answers[%d].choices[%d]", i, j)
			}
			if !member(b.e.group, c.alpha) || !member(b.e.group, c.beta) {
				return refuse(NotInGroup, "answers[%d].choices[%d]", i, j)
			}
		}
		return nil
	})
}

// compactVersion is the first byte of Marshal's form.
const compactVersion = 1

// Marshal returns the compact binary form: a version byte, then credential, signature and the answers, all of fixed
// width, so that its length depends on the questions only and never on the choices. With 30 questions of 4 answers in
// Ed25519 it is 27 KB; the JSON is 78 KB.
func (b *Ballot) Marshal() []byte { return b.AppendTo(make([]byte, 0, b.Size())) }

// AppendTo appends what Marshal returns.
func (b *Ballot) AppendTo(dst []byte) []byte {
	if b.compact != nil {
		return append(dst, b.compact...)
	}
	dst = append(dst, compactVersion)
	dst = b.credential.appendBytes(dst)
	dst = appendCompact(dst, b.signature)
	for _, a := range b.answers {
		for i, c := range a.choices {
			dst = c.alpha.appendBytes(dst)
			dst = c.beta.appendBytes(dst)
			dst = appendCompact(dst, a.individual[i]...)
		}
		dst = appendCompact(dst, a.overall...)
		dst = appendCompact(dst, a.blank...)
	}
	return dst
}

// Size is the length of what Marshal returns.
func (b *Ballot) Size() int {
	const number = len(scalar{})
	points, numbers := 1, 2
	for _, a := range b.answers {
		points += 2 * len(a.choices)
		numbers += 2 * (2*len(a.choices) + len(a.overall) + len(a.blank))
	}
	return 1 + points*b.e.group.pointSize() + numbers*number
}

func appendCompact(dst []byte, ps ...proof) []byte {
	for _, p := range ps {
		dst = append(dst, p.challenge[:]...)
		dst = append(dst, p.response[:]...)
	}
	return dst
}

// DecodeBallot reads what Marshal wrote: its structure and that its points are in the group, no proofs. It is for the
// replay of one's own log, where the ballot was checked before it was written.
func DecodeBallot(e *Election, compact []byte) (*Ballot, error) {
	b, err := ReadBallot(e, compact)
	if err != nil {
		return nil, err
	}
	if err := b.members(); err != nil {
		return nil, err
	}
	return b, nil
}

// ReadBallot reads what Marshal wrote: its structure, not that its points are in the group. It is for a ballot that is only
// written again, as those of a counted box: whoever counts or verifies does not take its word.
func ReadBallot(e *Election, compact []byte) (*Ballot, error) {
	b := &Ballot{e: e}
	d := decoder{g: e.group, rest: compact}
	if v := d.take(1); v == nil || v[0] != compactVersion {
		return nil, refuse(Malformed, "ballot")
	}
	b.credential = d.point()
	b.signature = d.proof()
	for i := range e.setup.Questions {
		b.answers = append(b.answers, d.answer(&e.setup.Questions[i]))
	}
	if d.err != nil {
		return nil, within(d.err, "ballot")
	}
	if len(d.rest) != 0 {
		return nil, refuse(Malformed, "ballot")
	}
	return b, nil
}

// SignerOf returns the bytes of the public credential of what Marshal wrote, by which ballots of one election are told
// apart without reading them; "" if there are none.
func SignerOf(e *Election, compact []byte) string {
	d := decoder{g: e.group, rest: compact}
	if v := d.take(1); v == nil || v[0] != compactVersion {
		return ""
	}
	return string(d.take(d.g.pointSize()))
}

// A decoder reads the compact form from the front. After the first error it reads nothing more.
type decoder struct {
	g    Group
	rest []byte
	err  error
}

func (d *decoder) take(n int) []byte {
	if d.err == nil && len(d.rest) < n {
		d.err = refuse(Malformed, "")
	}
	if d.err != nil {
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) point() point {
	b := d.take(d.g.pointSize())
	if b == nil {
		return nil
	}
	p, err := d.g.decode(b)
	if err != nil {
		d.err = err
	}
	return p
}

func (d *decoder) scalar() scalar {
	b := d.take(32)
	if b == nil {
		return scalar{}
	}
	k, err := decodeScalar(d.g, b)
	if err != nil {
		d.err = err
	}
	return k
}

func (d *decoder) proof() proof { return proof{challenge: d.scalar(), response: d.scalar()} }

func (d *decoder) proofs(n int) []proof {
	ps := make([]proof, n)
	for i := range ps {
		ps[i] = d.proof()
	}
	return ps
}

func (d *decoder) answer(q *Question) *answer {
	a := new(answer)
	for range q.choices() {
		a.choices = append(a.choices, ciphertext{alpha: d.point(), beta: d.point()})
		a.individual = append(a.individual, d.proofs(2))
	}
	a.overall = d.proofs(q.overall())
	if q.blank() {
		a.blank = d.proofs(2)
	}
	return a
}

// Check verifies a ballot in full: that it is of this election, its credential known, its signature and every proof.
// Rows are checked in parallel. Safe for concurrent use.
func (e *Election) Check(b *Ballot) error {
	if err := e.checkFrame(b); err != nil {
		return err
	}
	s0 := e.signedPrefix(b.credential)
	return eachOf(len(b.answers), func(i int) error { return e.checkRow(b, s0, i) })
}

// checkFrame verifies everything of a ballot but its rows.
func (e *Election) checkFrame(b *Ballot) error {
	if b.e.fingerprint != e.fingerprint {
		return refuse(WrongElection, "")
	}
	if !e.known[b.Credential()] {
		return refuse(UnknownCredential, "credential")
	}
	if err := b.shaped(); err != nil {
		return err
	}
	b.hashes()
	if !checkKnowledge(e.group, signaturePrefix(b.text.hash), b.credential, b.signature) {
		return refuse(BadSignature, "signature")
	}
	return nil
}

func (e *Election) checkRow(b *Ballot, s0 []byte, i int) error {
	return within(e.checkAnswer(&e.setup.Questions[i], s0, b.answers[i]), "answers[%d]", i)
}
