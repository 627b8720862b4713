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
}

// Owner is the number of the key that made it, from 1, in the order of the election's trustees.
func (p *Partial) Owner() int { return p.owner }

// Marshal returns the records (partial_decryption, owned_partial_decryption), a line each, as belenios-tool election
// decrypt prints them.
func (p *Partial) Marshal() []byte {
	factors, owned := p.records()
	return append(append(append(factors, '\n'), owned...), '\n')
}

func (p *Partial) records() (factors, owned []byte) {
	factors = append(factors, `{"decryption_factors":`...)
	factors = appendList(factors, p.factors, func(dst []byte, row []point) []byte {
		return appendList(dst, row, appendPoint)
	})
	factors = append(factors, `,"decryption_proofs":`...)
	factors = appendList(factors, p.proofs, appendProofs)
	factors = append(factors, '}')
	return factors, appendOwned(nil, p.owner, hashHex(factors))
}

func appendOwned(dst []byte, owner int, hash string) []byte {
	dst = append(dst, `{"owner":`...)
	dst = strconv.AppendInt(dst, int64(owner), 10)
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

// ParsePartial reads what Marshal or belenios-tool wrote. Its proofs are CheckPartial's.
func (e *Election) ParsePartial(records []byte) (*Partial, error) {
	lines := bytes.SplitN(records, []byte("\n"), 3)
	if len(lines) < 2 || len(lines) == 3 && len(lines[2]) != 0 {
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
	return p, within(err, "partial")
}

func (e *Election) parsePartial(record []byte, owner int) (*Partial, error) {
	if owner < 1 || owner > len(e.keys) {
		return nil, refuse(WrongKey, "owner")
	}
	p := &Partial{e: e, owner: owner}
	s := scanner{g: e.group, data: record}
	s.expect(`{"decryption_factors":`)
	s.list(func() {
		var row []point
		s.list(func() { row = append(row, s.point()) })
		p.factors = append(p.factors, row)
	})
	s.expect(`,"decryption_proofs":`)
	s.list(func() { p.proofs = append(p.proofs, s.proofs()) })
	s.expect(`}`)
	if err := s.end(); err != nil {
		return nil, err
	}
	return p, p.shaped()
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

// Decrypt makes the partial decryption of the trustee whose key it is; a key that is not the election's is WrongKey.
func (e *Election) Decrypt(t *Tally, k *SecretKey, rand io.Reader) (*Partial, error) {
	if t.e.fingerprint != e.fingerprint || k.g != e.group {
		return nil, refuse(WrongElection, "")
	}
	if k.x.isZero() {
		return nil, refuse(Wiped, "secret key")
	}
	public := e.group.basePower(k.x)
	owner := 0
	for i := range e.keys {
		if e.group.equal(e.keys[i].key, public) {
			owner = i + 1
		}
	}
	if owner == 0 {
		return nil, refuse(WrongKey, "")
	}
	p := &Partial{e: e, owner: owner}
	for _, row := range t.sums {
		factors, proofs, err := e.decryptRow(row, k.x, e.keys[owner-1].key, rand)
		if err != nil {
			return nil, err
		}
		p.factors = append(p.factors, factors)
		p.proofs = append(p.proofs, proofs)
	}
	return p, nil
}

func (e *Election) decryptRow(row []ciphertext, x scalar, key point, rand io.Reader) (factors []point, proofs []proof, err error) {
	g := e.group
	for _, c := range row {
		w, err := randomScalar(g, rand)
		if err != nil {
			return nil, nil, err
		}
		ch := challengeHash(g, e.decryptPrefix(key), g.basePower(w), g.power(c.alpha, w))
		factors = append(factors, g.power(c.alpha, x))
		proofs = append(proofs, proof{ch, g.sub(w, g.mul(x, ch))})
	}
	g.settle(factors)
	return factors, proofs, nil
}

func (e *Election) decryptPrefix(key point) []byte {
	b := append([]byte("decrypt|"), e.fingerprint...)
	b = key.appendText(append(b, '|'))
	return append(b, '|')
}

// CheckPartial verifies a partial decryption of the tally against its owner's verification key. Safe for concurrent use.
func (e *Election) CheckPartial(t *Tally, p *Partial) error {
	if t.e.fingerprint != e.fingerprint || p.e.fingerprint != e.fingerprint {
		return refuse(WrongElection, "partial")
	}
	key := e.keys[p.owner-1].key
	return eachOf(len(p.factors), func(i int) error {
		for j, factor := range p.factors[i] {
			if err := e.checkFactor(key, t.sums[i][j].alpha, factor, p.proofs[i][j]); err != nil {
				return within(err, "decryption_factors[%d][%d]", i, j)
			}
		}
		return nil
	})
}

func (e *Election) checkFactor(key, alpha, factor point, pr proof) error {
	g := e.group
	powers := g.powersVarTime(factor, pr.challenge, orderScalar(g))
	if !powers[1].isIdentity() {
		return refuse(NotInGroup, "")
	}
	a := g.commitVarTime(g.powersVarTime(key, pr.challenge)[0], term{g.base(), pr.response})
	b := g.product(g.powersVarTime(alpha, pr.response)[0], powers[0])
	if challengeHash(g, e.decryptPrefix(key), a, b) != pr.challenge {
		return refuse(BadProof, "")
	}
	return nil
}
