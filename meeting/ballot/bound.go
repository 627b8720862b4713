package ballot

import (
	"encoding/hex"
	"io"
)

// The proof of the specification (§4.18) hashes the commitments of a partial
// decryption, but neither the ciphertext nor the factor. So a trustee who also
// makes the last ballot can choose that ballot's randomness after the
// challenge, and prove a false factor that shifts a sum at will. Every verifier
// of the specification accepts it.
//
// A second proof for each factor, ours and no part of Belenios, hashes all of
// the statement: the setup, the key, the ciphertext's alpha, the factor, and
// both commitments. The archive does not hold it, the log does.

// Bound reports whether a partial decryption has the second proofs. Those that
// belenios-tool makes, and those of a log of before, have none.
func (p *Partial) Bound() bool { return p.bound != nil }

// Plain is the partial decryption as it stands in an archive, without the second
// proofs.
func (p *Partial) Plain() *Partial {
	plain := *p
	plain.bound = nil
	return &plain
}

// CheckBound verifies the second proofs of a partial decryption of the tally.
// One without them is refused with the code Missing. The factors are
// CheckPartial's to verify first. Safe for concurrent use.
func (e *Election) CheckBound(t *Tally, p *Partial) error {
	if t.e.fingerprint != e.fingerprint || p.e.fingerprint != e.fingerprint {
		return refuse(WrongElection, "partial")
	}
	if !p.Bound() {
		return refuse(Missing, "bound_proofs")
	}
	key := e.keys[p.owner-1].key
	says := e.boundStatement(key)
	return eachOf(len(p.factors), func(i int) error {
		err := e.checkAll(key, says, alphas(t.sums[i]), p.factors[i], p.bound[i])
		return within(err, "bound_proofs[%d]", i)
	})
}

// bind makes the second proofs with the owner's secret.
func (p *Partial) bind(t *Tally, x scalar, rand io.Reader) error {
	says := p.e.boundStatement(p.e.keys[p.owner-1].key)
	for i, row := range t.sums {
		proofs, err := p.e.proveAll(alphas(row), p.factors[i], x, says, rand)
		if err != nil {
			return err
		}
		p.bound = append(p.bound, proofs)
	}
	return nil
}

// boundStatement is all that a second proof is about.
func (e *Election) boundStatement(key point) statement {
	sum := e.setupSum()
	b := hex.AppendEncode([]byte("pingyi decrypt|"), sum[:])
	b = append(key.appendText(append(b, '|')), '|')
	return func(alpha, factor point) []byte {
		s := alpha.appendText(append([]byte(nil), b...))
		s = factor.appendText(append(s, ','))
		return append(s, '|')
	}
}

// boundRecord is the record of the second proofs, the third of a Partial.
func (p *Partial) boundRecord() []byte {
	return append(appendList([]byte(`{"bound_proofs":`), p.bound, appendProofs), '}')
}

// parseBound reads what boundRecord wrote.
func (p *Partial) parseBound(record []byte) error {
	s := scanner{g: p.e.group, data: record}
	s.expect(`{"bound_proofs":`)
	s.list(len(p.factors), func() { p.bound = append(p.bound, s.proofs()) })
	s.expect(`}`)
	if err := s.end(); err != nil {
		return err
	}
	if len(p.bound) != len(p.factors) {
		return refuse(WrongShape, "bound_proofs")
	}
	for i := range p.bound {
		if len(p.bound[i]) != len(p.factors[i]) {
			return refuse(WrongShape, "bound_proofs[%d]", i)
		}
	}
	return nil
}
