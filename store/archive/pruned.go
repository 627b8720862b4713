package archive

import "slices"

// pruned checks what is left of a box whose ciphertexts were removed on a
// decision: the encrypted sums, the scrutineers' proofs of their decryption,
// and the result. That the sums are those of the ballots could be checked
// before the removal, and still can be with an archive that was exported before
// it.
func (r *Findings) pruned(b box, decision string) {
	r.Checked.Pruned += b.Returned.Len()
	r.Notes = append(r.Notes, prunedBox.Of(b.title, decision, b.Returned.Len()))
	if b.Tally == nil || b.Tally.Counted() != b.Returned.Len() {
		r.fail(sumCountDiffers.Of(b.title, b.Returned.Len()))
		return
	}
	partials := b.PartialList()
	sums, err := b.Election.Result(b.Tally, partials)
	if err != nil || !slices.EqualFunc(sums, b.Sums, slices.Equal[[]int]) {
		r.fail(sumsNotOfPartials.Of(b.title))
		return
	}
	r.Checked.Trustees += len(partials)
}
