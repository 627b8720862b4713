package ballot

import "io"

// An answer is the encrypted row of one question with the proofs that it obeys the question's rules (spec §4.11.1).
type answer struct {
	choices    []ciphertext
	individual [][]proof // of each choice: it is 0 or 1
	overall    []proof   // the sum is within min…max; with blank: or the vote is blank
	blank      []proof   // with blank only: the vote is not blank, or the sum is 0
}

func appendAnswer(dst []byte, a *answer) []byte {
	dst = append(dst, `{"choices":`...)
	dst = appendCiphertexts(dst, a.choices)
	dst = append(dst, `,"individual_proofs":`...)
	dst = appendList(dst, a.individual, appendProofs)
	dst = append(dst, `,"overall_proof":`...)
	dst = appendProofs(dst, a.overall)
	if a.blank != nil {
		dst = append(dst, `,"blank_proof":`...)
		dst = appendProofs(dst, a.blank)
	}
	return append(dst, '}')
}

func (s *scanner) answer() *answer {
	a := new(answer)
	s.expect(`{"choices":`)
	a.choices = s.ciphertexts()
	s.expect(`,"individual_proofs":`)
	s.list(maxChoices, func() { a.individual = append(a.individual, s.proofs()) })
	s.expect(`,"overall_proof":`)
	a.overall = s.proofs()
	if s.accept(`,"blank_proof":`) {
		a.blank = s.proofs()
	}
	s.expect(`}`)
	return a
}

// shaped reports whether the numbers of ciphertexts and proofs are those of the question.
func (a *answer) shaped(q *Question) bool {
	n := q.choices()
	if len(a.choices) != n || len(a.individual) != n || len(a.overall) != q.overall() {
		return false
	}
	for _, ps := range a.individual {
		if len(ps) != 2 {
			return false
		}
	}
	if q.blank() {
		return len(a.blank) == 2
	}
	return len(a.blank) == 0
}

// A prover has what all answers of one ballot share.
type prover struct {
	e    *Election
	s0   []byte // the election's fingerprint and the credential (spec §4.11)
	next func() (pair, error)
	rand io.Reader
}

// answer encrypts the choices m (0 or 1 each, obeying the question's rules) and proves them, with the same work whatever
// they are.
func (p *prover) answer(q *Question, m []int) (*answer, error) {
	g := p.e.group
	a := &answer{choices: make([]ciphertext, len(m))}
	rs := make([]scalar, len(m))
	defer clear(rs)
	for i := range m {
		r, err := p.next()
		if err != nil {
			return nil, err
		}
		rs[i] = r.k
		a.choices[i] = ciphertext{r.gk, g.product(r.yk, g.basePower(smallScalar(m[i])))}
	}
	settleCiphertexts(g, a.choices)
	for i := range m {
		branches := []branch{{rs[i], m[i]}, {rs[i], m[i] - 1}}
		ps, err := proveDisjunction(g, p.e.choicePrefix(p.s0, &a.choices[i]), branches, m[i], p.next, p.rand)
		if err != nil {
			return nil, err
		}
		a.individual = append(a.individual, ps)
	}
	return a, p.sum(q, a, m, rs)
}

// sum adds the proofs about the sum of the choices.
func (p *prover) sum(q *Question, a *answer, m []int, rs []scalar) (err error) {
	g := p.e.group
	s := rowPrefix(p.s0, a.choices)
	first := len(m) - len(q.Answers) // 1 when the first choice is the blank one
	var sumR scalar
	sumM := 0
	for i := first; i < len(m); i++ {
		sumR = g.add(sumR, rs[i])
		sumM += m[i]
	}
	var branches []branch
	for v := q.Min; v <= q.Max; v++ {
		branches = append(branches, branch{sumR, sumM - v})
	}
	if !q.blank() {
		sum := sumCiphertexts(g, a.choices)
		g.settle([]point{sum.alpha, sum.beta})
		a.overall, err = proveDisjunction(g, p.e.choicePrefix(s, &sum), branches, sumM-q.Min, p.next, p.rand)
		return err
	}
	none := []branch{{rs[0], m[0]}, {sumR, sumM}}
	if a.blank, err = proveDisjunction(g, blankPrefix("bproof0", s), none, m[0], p.next, p.rand); err != nil {
		return err
	}
	branches = append([]branch{{rs[0], m[0] - 1}}, branches...)
	truth := (1 - m[0]) * (1 + sumM - q.Min)
	a.overall, err = proveDisjunction(g, blankPrefix("bproof1", s), branches, truth, p.next, p.rand)
	return err
}

// checkAnswer verifies the shape of an answer, that its ciphertexts are in the group, and all its proofs.
func (e *Election) checkAnswer(q *Question, s0 []byte, a *answer) error {
	if !a.shaped(q) {
		return refuse(WrongShape, "")
	}
	for i, c := range a.choices {
		if c.alpha.isIdentity() || c.beta.isIdentity() {
			return refuse(Identity, "choices[%d]", i)
		}
	}
	return e.checkProofs(q, s0, a, true)
}

// checkProofs verifies all proofs of an answer in its right shape, and with inGroup that its ciphertexts are in the
// group.
func (e *Election) checkProofs(q *Question, s0 []byte, a *answer, inGroup bool) error {
	individual := make([]opened, len(a.choices))
	for i := range a.choices {
		c := &a.choices[i]
		var err error
		if individual[i], err = e.open([]claim{{c, 0}, {c, 1}}, a.individual[i], inGroup); err != nil {
			return within(err, "individual_proofs[%d]", i)
		}
	}
	sum := sumCiphertexts(e.group, a.choices[len(a.choices)-len(q.Answers):])
	overall, blank, err := e.openSum(q, a, &sum)
	if err != nil {
		return err
	}
	together := []point{sum.alpha, sum.beta}
	for _, o := range append(individual, overall, blank) {
		together = append(together, o.commitments...)
	}
	e.group.settle(together)
	for i, o := range individual {
		if err := o.check(e.group, e.choicePrefix(s0, &a.choices[i])); err != nil {
			return within(err, "individual_proofs[%d]", i)
		}
	}
	s := rowPrefix(s0, a.choices)
	if !q.blank() {
		return within(overall.check(e.group, e.choicePrefix(s, &sum)), "overall_proof")
	}
	if err := blank.check(e.group, blankPrefix("bproof0", s)); err != nil {
		return within(err, "blank_proof")
	}
	return within(overall.check(e.group, blankPrefix("bproof1", s)), "overall_proof")
}

// openSum opens the overall proof and, where the question has one, the blank proof.
func (e *Election) openSum(q *Question, a *answer, sum *ciphertext) (overall, blank opened, err error) {
	var claims []claim
	if q.blank() {
		none := []claim{{&a.choices[0], 0}, {sum, 0}}
		if blank, err = e.open(none, a.blank, false); err != nil {
			return overall, blank, within(err, "blank_proof")
		}
		claims = append(claims, claim{&a.choices[0], 1})
	}
	for v := q.Min; v <= q.Max; v++ {
		claims = append(claims, claim{sum, v})
	}
	overall, err = e.open(claims, a.overall, false)
	return overall, blank, within(err, "overall_proof")
}

// choicePrefix is what Fiat–Shamir hashes before the commitments of an interval proof: prove|S|α,β|.
func (e *Election) choicePrefix(s []byte, c *ciphertext) []byte {
	b := make([]byte, 0, len(s)+6*e.group.pointSize())
	b = append(append(append(b, "prove|"...), s...), '|')
	b = c.alpha.appendText(b)
	b = c.beta.appendText(append(b, ','))
	return append(b, '|')
}

func blankPrefix(name string, s []byte) []byte {
	b := append([]byte(name), '|')
	return append(append(b, s...), '|')
}

// rowPrefix is S: S0 and all ciphertexts of the row (spec §4.11.1).
func rowPrefix(s0 []byte, cs []ciphertext) []byte {
	b := append([]byte(nil), s0...)
	for i, c := range cs {
		if i == 0 {
			b = append(b, '|')
		} else {
			b = append(b, ',')
		}
		b = c.alpha.appendText(b)
		b = c.beta.appendText(append(b, ','))
	}
	return b
}
