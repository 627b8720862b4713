package archive

import (
	"errors"

	"pingyi/store"
)

// What can be wrong with the second proofs of partial decryptions.
const (
	boundBad       store.Code = "archive.bound-bad"       // vote, owner of the key
	boundElsewhere store.Code = "archive.bound-elsewhere" // file
	boundMissing   store.Code = "archive.bound-missing"   // vote, with second proofs, partial decryptions
	boundOld       store.Code = "archive.bound-old"       // vote
)

// decryption checks the second proofs of the partial decryptions of a counted
// box, which bind each factor to its ciphertext. A log of before has none at
// all; where only some are missing, somebody took them out.
func (r *Findings) decryption(b box) {
	partials := b.PartialList()
	bound := 0
	for _, p := range partials {
		if !p.Bound() {
			continue
		}
		bound++
		if err := b.Election.CheckBound(b.Tally, p); err != nil {
			r.fail(boundBad.Of(b.title, p.Owner()))
		}
	}
	switch {
	case bound == 0:
		r.Notes = append(r.Notes, boundOld.Of(b.title))
	case bound < len(partials):
		r.fail(boundMissing.Of(b.title, bound, len(partials)))
	}
}

// alone says what a .bel by itself does not prove: it has no second proofs.
func (r *Findings) alone(name string) {
	r.Notes = append(r.Notes, boundElsewhere.Of(name))
}

// Strict makes failures of the notes about what an old log does not prove.
func (r *Findings) Strict() {
	var notes []error
	for _, n := range r.Notes {
		if errors.Is(n, boundOld) {
			r.fail(n)
		} else {
			notes = append(notes, n)
		}
	}
	r.Notes = notes
	r.done()
}
