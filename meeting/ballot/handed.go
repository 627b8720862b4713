package ballot

import "io"

// What a voter hands in beside a ballot that was made on their own machine. None of it is a part of Belenios or is kept:
// it is checked once, when the ballot is cast.

// HandComment seals a comment for being handed in by the owner of a public credential: the comment as Marshal writes
// it, and a second proof that its author knows r, bound to the credential. So nobody can hand in somebody else's sealed
// comment as their own, in order to see later which text is there twice.
func (e *Election) HandComment(credential string, question int, text string, rand io.Reader) ([]byte, error) {
	r, k, err := e.sealComment(question, text, rand)
	if err != nil {
		return nil, err
	}
	own, err := proveKnowledge(e.group, r.handedPrefix(credential), k, rand)
	if err != nil {
		return nil, err
	}
	return appendCompact(r.Marshal(), own), nil
}

// TakeComment reads what HandComment wrote and verifies both proofs.
func TakeComment(e *Election, credential string, handed []byte) (*Comment, error) {
	const proofSize = 2 * len(scalar{})
	n := len(handed) - proofSize
	if n < 0 {
		return nil, refuse(Malformed, "remark")
	}
	r, err := DecodeComment(e, handed[:n])
	if err != nil {
		return nil, err
	}
	d := decoder{g: e.group, rest: handed[n:]}
	own := d.proof()
	if d.err != nil {
		return nil, within(d.err, "remark")
	}
	if !checkKnowledge(e.group, r.handedPrefix(credential), r.alpha, own) {
		return nil, refuse(BadProof, "remark")
	}
	return r, nil
}

func (r *Comment) handedPrefix(credential string) []byte {
	b := append(r.prefix(), "handed in by|"...)
	return append(append(b, credential...), '|')
}

// ChooseBlank encrypts a row without a choice, like Choose with Abstain, and returns what shows that it is blank: the
// sum of the randomness of its ciphertexts. It is for a row whose blankness is no secret, as that of a member who may
// not grade themself. The question allows no blank vote.
func (s *Sheet) ChooseBlank(row int, rand io.Reader) (shown []byte, err error) {
	if err := s.Choose(row, Abstain, rand); err != nil {
		return nil, err
	}
	q := &s.e.setup.Questions[row]
	g, p := s.e.group, prover{e: s.e, s0: s.s0, rand: rand}
	var drawn []pair
	p.next = func() (pair, error) {
		one, err := s.nextPair(rand)
		drawn = append(drawn, one)
		return one, err
	}
	a, err := p.answer(q, make([]int, q.choices()))
	if err != nil {
		return nil, err
	}
	var sum scalar
	for _, c := range a.choices {
		for _, d := range drawn {
			if g.equal(d.gk, c.alpha) {
				sum = g.add(sum, d.k)
			}
		}
	}
	s.rows[row] = a
	return sum[:], nil
}

// CheckBlank verifies that a row of a ballot is blank, by what ChooseBlank returned. The ballot was checked: each of its
// ciphertexts is of 0 or 1, so that a sum of 0 is all zeros.
func (b *Ballot) CheckBlank(row int, shown []byte) error {
	g := b.e.group
	if row < 0 || row >= len(b.answers) || b.e.setup.Questions[row].blank() {
		return refuse(OutOfRange, "row")
	}
	k, err := decodeScalar(g, shown)
	if err != nil {
		return within(err, "answers[%d]", row)
	}
	sum := sumCiphertexts(g, b.answers[row].choices)
	if !g.equal(sum.alpha, g.basePower(k)) || !g.equal(sum.beta, b.e.table.power(k)) {
		return refuse(BadProof, "answers[%d]", row)
	}
	return nil
}
