package ballot

import (
	"crypto/subtle"
	"io"
	"math/bits"
)

// A proof is a non-interactive zero-knowledge proof (spec §4.3), or one branch of a disjunction.
type proof struct{ challenge, response scalar }

func appendProof(dst []byte, p proof) []byte {
	dst = append(dst, `{"challenge":`...)
	dst = appendScalar(dst, p.challenge)
	dst = append(dst, `,"response":`...)
	dst = appendScalar(dst, p.response)
	return append(dst, '}')
}

func appendProofs(dst []byte, ps []proof) []byte { return appendList(dst, ps, appendProof) }

func (s *scanner) proof() (p proof) {
	s.expect(`{"challenge":`)
	p.challenge = s.scalar()
	s.expect(`,"response":`)
	p.response = s.scalar()
	s.expect(`}`)
	return p
}

// proofs reads the proofs of a row or the branches of one proof.
func (s *scanner) proofs() (ps []proof) {
	s.list(maxChoices+1, func() { ps = append(ps, s.proof()) })
	return ps
}

// proveKnowledge proves knowledge of x with X = g^x: the proof of §4.5, and with other prefixes the signatures of
// §4.6.1 and §4.14.
func proveKnowledge(g Group, prefix []byte, x scalar, rand io.Reader) (proof, error) {
	w, err := randomScalar(g, rand)
	if err != nil {
		return proof{}, err
	}
	c := challengeHash(g, prefix, g.basePower(w))
	return proof{c, g.sub(w, g.mul(x, c))}, nil
}

// checkKnowledge verifies proveKnowledge for X = p.
func checkKnowledge(g Group, prefix []byte, p point, pr proof) bool {
	power := powerVarTime(g, p, pr.challenge)
	a := g.commitVarTime(power, term{g.base(), pr.response})
	return challengeHash(g, prefix, a) == pr.challenge
}

// A pair is (k, g^k, y^k) for a secret k and the election key y: all that encryption and its proofs need of randomness.
type pair struct {
	k      scalar
	gk, yk point
}

// A branch is one case of a disjunction about an ElGamal ciphertext (g^r, y^r·g^m): that m is a certain M.
// offset is m-M, so the branch is true when it is zero.
type branch struct {
	r      scalar
	offset int
}

// proveDisjunction proves that one of the branches is true without telling which (spec §4.12, §4.13). truth is the
// true one. Every branch does the same work: the commitments of a false branch are g^u and y^u·g^(offset·c) for a
// random challenge c, those of the true one g^u and y^u, and every response is u-r·c. Nothing branches on truth.
func proveDisjunction(g Group, prefix []byte, branches []branch, truth int, next func() (pair, error), rand io.Reader) ([]proof, error) {
	var (
		proofs      = make([]proof, len(branches))
		us          = make([]scalar, len(branches))
		commitments = make([]point, 0, 2*len(branches))
		others      scalar
	)
	defer clear(us)
	for j, b := range branches {
		u, err := next()
		if err != nil {
			return nil, err
		}
		c, err := randomScalar(g, rand)
		if err != nil {
			return nil, err
		}
		shift := g.basePower(g.mul(c, signedScalar(g, b.offset)))
		commitments = append(commitments, u.gk, g.product(u.yk, shift))
		us[j], proofs[j].challenge = u.k, c
		others = g.add(others, choose(same(j, truth), scalar{}, c))
	}
	last := g.sub(challengeHash(g, prefix, commitments...), others)
	for j, b := range branches {
		c := choose(same(j, truth), last, proofs[j].challenge)
		proofs[j] = proof{c, g.sub(us[j], g.mul(b.r, c))}
	}
	return proofs, nil
}

// same is 1 if two small numbers are equal and 0 otherwise, in constant time.
func same(a, b int) int {
	return subtle.ConstantTimeEq(int32(a), int32(b)) //nolint:gosec // places in a row, and -1
}

// signedScalar is n modulo the order. It may be secret.
func signedScalar(g Group, n int) scalar {
	sign := n >> (bits.UintSize - 1) // 0, or -1 for a negative number
	size := smallScalar((n ^ sign) - sign)
	return choose(sign&1, g.sub(scalar{}, size), size)
}

// A claim is the public side of a branch: the ciphertext encrypts m.
type claim struct {
	c *ciphertext
	m int
}

// An opened disjunction has the commitments that its proofs give, before they are hashed. So the points of a whole row
// can get their encodings together.
type opened struct {
	commitments []point
	sum         scalar // of the challenges: what the hash must be
}

// open computes the commitments of the proofs that one of the claims is true. With inGroup it also verifies that every
// ciphertext is in the prime-order subgroup, which is cheap where its powers are computed anyway.
func (e *Election) open(claims []claim, proofs []proof, inGroup bool) (o opened, err error) {
	if len(claims) != len(proofs) {
		return o, refuse(WrongShape, "")
	}
	g := e.group
	for i := 0; i < len(claims); {
		j := i
		var exponents []scalar
		for ; j < len(claims) && claims[j].c == claims[i].c; j++ {
			exponents = append(exponents, proofs[j].challenge)
			o.sum = g.add(o.sum, proofs[j].challenge)
		}
		if inGroup {
			exponents = append(exponents, orderScalar(g))
		}
		powers := g.powersVarTime([]point{claims[i].c.alpha, claims[i].c.beta}, exponents...)
		if inGroup && !(powers[0][j-i].isIdentity() && powers[1][j-i].isIdentity()) {
			return o, refuse(NotInGroup, "")
		}
		for k := i; k < j; k++ {
			r, c := proofs[k].response, proofs[k].challenge
			o.commitments = append(o.commitments,
				g.commitVarTime(powers[0][k-i], term{g.base(), r}),
				e.commitBeta(powers[1][k-i], r, c, claims[k].m))
		}
		i = j
	}
	return o, nil
}

// check verifies an opened disjunction whose prefix is what Fiat–Shamir hashes before the commitments.
func (o opened) check(g Group, prefix []byte) error {
	if challengeHash(g, prefix, o.commitments...) != o.sum {
		return refuse(BadProof, "")
	}
	return nil
}

// commitBeta is y^r · (β/g^m)^c, where power is β^c.
func (e *Election) commitBeta(power point, r, c scalar, m int) point {
	if m == 0 {
		return e.group.commitVarTime(power, term{e.table, r})
	}
	g := e.group
	shift := g.sub(scalar{}, g.mul(c, smallScalar(m)))
	return g.commitVarTime(power, term{e.table, r}, term{g.base(), shift})
}
