package ballot

import (
	"bytes"
	"io"
	"strconv"
)

// A Partial is one trustee's partial decryption of a tally with its proofs (spec §4.18). It says nothing about the
// sums until enough of them are combined.
type Partial struct {
	e       *Election
	owner   int
	factors [][]point
	proofs  [][]proof
	bound   [][]proof // the second proofs; nil where there are none (see Bound)
}

// Owner is the number of the key that made it, from 1, in the order of the election's trustees.
func (p *Partial) Owner() int { return p.owner }

// Marshal returns the records (partial_decryption, owned_partial_decryption), a line each, as belenios-tool election
// decrypt prints them, and a third line with the second proofs if there are any.
func (p *Partial) Marshal() []byte {
	factors, owned := p.records()
	text := append(append(append(factors, '\n'), owned...), '\n')
	if p.Bound() {
		text = append(append(text, p.boundRecord()...), '\n')
	}
	return text
}

func (p *Partial) records() (factors, owned []byte) {
	factors = append(factors, `{"decryption_factors":`...)
	factors = appendList(factors, p.factors, func(dst []byte, row []point) []byte {
		return appendList(dst, row, appendPoint)
	})
	factors = append(factors, `,"decryption_proofs":`...)
	factors = appendList(factors, p.proofs, appendProofs)
	factors = append(factors, '}')
	return factors, ownedRecord(p.owner, hashHex(factors))
}

// ownedRecord is the payload of a PartialDecryption event.
func ownedRecord(owner int, hash string) []byte {
	dst := strconv.AppendInt([]byte(`{"owner":`), int64(owner), 10)
	dst = append(dst, `,"payload":`...)
	dst = appendString(dst, hash)
	return append(dst, '}')
}

func parseOwned(record []byte) (owner int, hash string, err error) {
	s := scanner{data: record}
	s.expect(`{"owner":`)
	owner = s.integer()
	s.expect(`,"payload":`)
	hash = string(s.plain())
	s.expect(`}`)
	return owner, hash, s.end()
}

// ParsePartial reads what Marshal or belenios-tool wrote. Its proofs are for CheckPartial and CheckBound.
func (e *Election) ParsePartial(records []byte) (*Partial, error) {
	lines := bytes.SplitN(bytes.TrimSuffix(records, []byte("\n")), []byte("\n"), 4)
	if len(lines) != 2 && len(lines) != 3 {
		return nil, refuse(Malformed, "partial")
	}
	owner, hash, err := parseOwned(lines[1])
	if err != nil {
		return nil, within(err, "partial")
	}
	if hash != hashHex(lines[0]) {
		return nil, refuse(WrongHash, "partial")
	}
	p, err := e.parsePartial(lines[0], owner)
	if err == nil && len(lines) == 3 {
		err = p.parseBound(lines[2])
	}
	if err != nil {
		return nil, within(err, "partial")
	}
	return p, nil
}

// SplitPartials takes a text apart that has the records of several partial decryptions one after another.
func SplitPartials(text []byte) (records [][]byte) {
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(line, []byte(`{"decryption_factors":`)) || len(records) == 0 {
			records = append(records, nil)
		}
		last := &records[len(records)-1]
		*last = append(*last, line...)
	}
	return records
}

func (e *Election) parsePartial(record []byte, owner int) (*Partial, error) {
	if owner < 1 || owner > len(e.keys) {
		return nil, refuse(WrongKey, "owner")
	}
	p := &Partial{e: e, owner: owner}
	s := scanner{g: e.group, data: record}
	s.expect(`{"decryption_factors":`)
	s.list(len(e.setup.Questions), func() {
		var row []point
		s.list(maxChoices, func() { row = append(row, s.point()) })
		p.factors = append(p.factors, row)
	})
	s.expect(`,"decryption_proofs":`)
	s.list(len(e.setup.Questions), func() { p.proofs = append(p.proofs, s.proofs()) })
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	if err := p.shaped(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Partial) shaped() error {
	questions := p.e.setup.Questions
	if len(p.factors) != len(questions) || len(p.proofs) != len(questions) {
		return refuse(WrongShape, "")
	}
	for i := range questions {
		if n := questions[i].choices(); len(p.factors[i]) != n || len(p.proofs[i]) != n {
			return refuse(WrongShape, "decryption_factors[%d]", i)
		}
	}
	return nil
}

// Decrypt makes the partial decryption of the trustee whose key it is, with both proofs of each factor; a key that is
// not the election's is WrongKey.
func (e *Election) Decrypt(t *Tally, k *SecretKey, rand io.Reader) (*Partial, error) {
	owner, err := e.ownerOf(k)
	if err != nil {
		return nil, err
	}
	return e.DecryptAs(owner, t, k, rand)
}

// DecryptAs is Decrypt for the owner of that number: in a set of which one suffices all have the same key.
func (e *Election) DecryptAs(owner int, t *Tally, k *SecretKey, rand io.Reader) (*Partial, error) {
	if t.e.fingerprint != e.fingerprint {
		return nil, refuse(WrongElection, "")
	}
	if k.x.isZero() {
		return nil, refuse(Wiped, "secret key")
	}
	if owner < 1 || owner > len(e.keys) || k.g != e.group || !e.group.equal(e.keys[owner-1].key, e.group.basePower(k.x)) {
		return nil, refuse(WrongKey, "")
	}
	p := &Partial{e: e, owner: owner}
	says := e.decryptStatement(e.keys[owner-1].key)
	for _, row := range t.sums {
		factors, proofs, err := e.decryptAll(alphas(row), k.x, says, rand)
		if err != nil {
			return nil, err
		}
		p.factors = append(p.factors, factors)
		p.proofs = append(p.proofs, proofs)
	}
	if err := p.bind(t, k.x, rand); err != nil {
		return nil, err
	}
	return p, nil
}

// ownerOf finds the number of a key among those of the election.
func (e *Election) ownerOf(k *SecretKey) (int, error) {
	if k.x.isZero() {
		return 0, refuse(Wiped, "secret key")
	}
	if k.g == e.group {
		public := e.group.basePower(k.x)
		for i := range e.keys {
			if e.group.equal(e.keys[i].key, public) {
				return i + 1, nil
			}
		}
	}
	return 0, refuse(WrongKey, "")
}

func alphas(row []ciphertext) []point {
	points := make([]point, len(row))
	for i, c := range row {
		points[i] = c.alpha
	}
	return points
}

// A statement gives what Fiat–Shamir hashes before the commitments of the proof that a factor is right for a point.
type statement func(p, factor point) []byte

// decryptAll raises points to the secret x and proves for each that x belongs to the public key in the statement.
func (e *Election) decryptAll(points []point, x scalar, says statement, rand io.Reader) (factors []point, proofs []proof, err error) {
	for _, p := range points {
		factors = append(factors, e.group.power(p, x))
	}
	e.group.settle(factors)
	proofs, err = e.proveAll(points, factors, x, says, rand)
	return factors, proofs, err
}

// proveAll proves that each factor is its point to the secret x.
func (e *Election) proveAll(points, factors []point, x scalar, says statement, rand io.Reader) (proofs []proof, err error) {
	g := e.group
	for i, p := range points {
		w, err := randomScalar(g, rand)
		if err != nil {
			return nil, err
		}
		c := challengeHash(g, says(p, factors[i]), g.basePower(w), g.power(p, w))
		proofs = append(proofs, proof{c, g.sub(w, g.mul(x, c))})
	}
	return proofs, nil
}

// decryptStatement is the specification's (§4.18). It leaves out the point and the factor; see CheckBound.
func (e *Election) decryptStatement(key point) statement {
	return e.keyStatement("decrypt|", key)
}

// keyStatement is a statement about the election and the key alone.
func (e *Election) keyStatement(purpose string, key point) statement {
	b := append([]byte(purpose), e.fingerprint...)
	b = append(key.appendText(append(b, '|')), '|')
	return func(_, _ point) []byte { return b }
}

// CheckPartial verifies a partial decryption of the tally against its owner's verification key. Safe for concurrent use.
func (e *Election) CheckPartial(t *Tally, p *Partial) error {
	if t.e.fingerprint != e.fingerprint || p.e.fingerprint != e.fingerprint {
		return refuse(WrongElection, "partial")
	}
	key := e.keys[p.owner-1].key
	says := e.decryptStatement(key)
	return eachOf(len(p.factors), func(i int) error {
		err := e.checkAll(key, says, alphas(t.sums[i]), p.factors[i], p.proofs[i])
		return within(err, "decryption_factors[%d]", i)
	})
}

// checkAll verifies what decryptAll or proveAll made: each factor is its point to the secret of the public key.
func (e *Election) checkAll(key point, says statement, points, factors []point, proofs []proof) error {
	challenges := make([]scalar, len(proofs))
	for i, pr := range proofs {
		challenges[i] = pr.challenge
	}
	keys := e.group.powersVarTime([]point{key}, challenges...)[0]
	for i := range factors {
		if err := e.checkFactor(says(points[i], factors[i]), keys[i], points[i], factors[i], proofs[i]); err != nil {
			return within(err, "[%d]", i)
		}
	}
	return nil
}

// checkFactor verifies one factor; power is the public key to the challenge.
func (e *Election) checkFactor(prefix []byte, power, p, factor point, pr proof) error {
	g := e.group
	powers := g.powersVarTime([]point{factor}, pr.challenge, orderScalar(g))[0]
	if !powers[1].isIdentity() {
		return refuse(NotInGroup, "")
	}
	a := g.commitVarTime(power, term{g.base(), pr.response})
	b := g.product(powerVarTime(g, p, pr.response), powers[0])
	if challengeHash(g, prefix, a, b) != pr.challenge {
		return refuse(BadProof, "")
	}
	return nil
}
