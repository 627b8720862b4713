package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"
)

// A shift is the attack on the specification's decryption proof by a trustee who also makes the last ballot: for one
// choice the commitments are made before the ballot, and the ballot's randomness r is what makes a factor of
// α^x·g^delta fit the challenge.
type shift struct {
	choice, delta int // delta is subtracted from the sum
	w             scalar
	c             scalar
	r             scalar
}

// prepare chooses the commitments g^w and others^w·g^b, and solves b = r·w + delta·c for r.
func (s *shift) prepare(t *testing.T, says statement, others point) {
	g := Ed25519
	s.w = scalarOf(t, g)
	b := scalarOf(t, g)
	s.c = challengeHash(g, says(nil, nil), g.basePower(s.w), g.product(g.power(others, s.w), g.basePower(b)))
	s.r = g.mul(g.sub(b, g.mul(signedScalar(g, s.delta), s.c)), g.invert(s.w))
}

// shifted is a vote of six with 6 × 不合格 on one subject, its ballots, and the forged partial decryption of the first
// trustee, which makes them 6 × 优秀. The second trustee is honest.
func shifted(t *testing.T) (v *vote, ballots []*Ballot, tally *Tally, partials []*Partial) {
	t.Helper()
	v = newVote(t, Ed25519, 6, 2, subjects(1))
	for i := range 5 {
		ballots = append(ballots, v.cast(t, i, 3))
	}
	five, err := v.e.Sum(ballots)
	if err != nil {
		t.Fatal(err)
	}
	says := v.e.decryptStatement(v.e.keys[0].key)
	shifts := []*shift{{choice: 0, delta: -6}, {choice: 3, delta: 6}}
	for _, s := range shifts {
		s.prepare(t, says, five.sums[0][s.choice].alpha)
	}
	last := v.cheat(t, 5)
	n := 0
	last.prover.next = func() (pair, error) {
		choice := n
		n++
		for _, s := range shifts {
			if s.choice == choice {
				return pair{s.r, Ed25519.basePower(s.r), v.e.table.power(s.r)}, nil
			}
		}
		return v.e.newPair(rand.Reader)
	}
	if last.rows[0], err = last.prover.answer(&v.e.setup.Questions[0], []int{0, 0, 0, 1}); err != nil {
		t.Fatal(err)
	}
	b, err := last.Seal(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ballots = append(ballots, b)
	tally, partials, result := v.count(t, ballots)
	if want := [][]int{{0, 0, 0, 6}}; !reflect.DeepEqual(result, want) {
		t.Fatalf("the true sums are %v, want %v", result, want)
	}
	forged := partials[0]
	for _, s := range shifts {
		f := &forged.factors[0][s.choice]
		*f = Ed25519.product(*f, Ed25519.basePower(signedScalar(Ed25519, s.delta)))
		forged.proofs[0][s.choice] = proof{s.c, Ed25519.sub(s.w, Ed25519.mul(v.keys[0].x, s.c))}
	}
	Ed25519.settle(forged.factors[0])
	return v, ballots, tally, partials
}

func TestATrusteeWhoMakesTheLastBallotShiftsNothing(t *testing.T) {
	v, ballots, tally, partials := shifted(t)
	forged := partials[0]

	// By the specification's proof alone the result is turned around, and a .bel does not show it.
	false6 := [][]int{{6, 0, 0, 0}}
	if err := v.e.CheckPartial(tally, forged); err != nil {
		t.Fatal("the attack was not made right:", err)
	}
	var archive bytes.Buffer
	if err := v.e.WriteArchive(&archive, time.Unix(1795425164, 0), slices.Values(ballots), tally, partials); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, archive.Bytes()); !r.OK() || !reflect.DeepEqual(r.Result, false6) {
		t.Fatalf("the archive of the attack has the result %v: %v", r.Result, r.Failures)
	}

	// The second proof refuses it, whatever the trustee puts there.
	says := v.e.boundStatement(v.e.keys[0].key)
	anew, err := v.e.proveAll(alphas(tally.sums[0]), forged.factors[0], v.keys[0].x, says, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for name, bound := range map[string][][]proof{
		"that of the true factors":            forged.bound,
		"made anew over the false factors":    {anew},
		"the specification's proof once more": forged.proofs,
	} {
		p := *forged
		p.bound = bound
		if err := v.e.CheckBound(tally, &p); !errors.Is(err, BadProof) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := v.e.CheckBound(tally, forged.Plain()); !errors.Is(err, Missing) {
		t.Errorf("none: %v", err)
	}
	if err := v.e.CheckBound(tally, partials[1]); err != nil {
		t.Errorf("the honest trustee's: %v", err)
	}
}

// A second proof holds for its election, trustee, ciphertext and factor only.
func TestASecondProofIsBoundToAllOfItsStatement(t *testing.T) {
	v := newVote(t, Ed25519, 2, 2, subjects(2))
	tally, partials, _ := v.count(t, []*Ballot{v.cast(t, 0, 1, 2), v.cast(t, 1, 1, 2)})
	other, theirs, _ := v.count(t, []*Ballot{v.cast(t, 0, 1, 2)})
	for name, p := range map[string]*Partial{
		"of another tally":        {e: v.e, owner: 1, factors: partials[0].factors, bound: theirs[0].bound},
		"of another trustee":      {e: v.e, owner: 1, factors: partials[0].factors, bound: partials[1].bound},
		"of another row":          {e: v.e, owner: 1, factors: partials[0].factors, bound: slices.Repeat(partials[0].bound[:1], 2)},
		"of another factor":       {e: v.e, owner: 1, factors: slices.Repeat(partials[0].factors[:1], 2), bound: partials[0].bound},
		"under another's number":  {e: v.e, owner: 2, factors: partials[0].factors, bound: partials[0].bound},
		"with the tally's factor": {e: v.e, owner: 1, factors: theirs[0].factors, bound: partials[0].bound},
	} {
		if err := v.e.CheckBound(tally, p); !errors.Is(err, BadProof) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := v.e.CheckBound(other, theirs[0]); err != nil {
		t.Error(err)
	}

	// The same election but for one voter more: the specification's fingerprint is the same, the setup is not.
	s := v.e.setup
	extra, err := NewCredential(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	public, err := PublicCredential(Ed25519, s.UUID, extra)
	if err != nil {
		t.Fatal(err)
	}
	s.Credentials = append(slices.Clone(s.Credentials), public)
	more, err := NewElection(s)
	if err != nil {
		t.Fatal(err)
	}
	if more.Fingerprint() != v.e.Fingerprint() {
		t.Fatal("Belenios' fingerprint has the voters under it")
	}
	if err := more.CheckBound(tally, partials[0]); !errors.Is(err, BadProof) {
		t.Errorf("with another list of voters: %v", err)
	}
}

// The records of belenios-tool have no second proof, and are read and written as they are.
func TestAPartialIsReadWithAndWithoutTheSecondProof(t *testing.T) {
	v := newVote(t, Ed25519, 2, 2, subjects(2))
	tally, partials, _ := v.count(t, []*Ballot{v.cast(t, 0, 1, 2), v.cast(t, 1, 1, 2)})
	all := slices.Concat(partials[0].Marshal(), partials[1].Marshal())
	records := SplitPartials(all)
	if len(records) != 2 {
		t.Fatalf("%d records", len(records))
	}
	for i, record := range records {
		p, err := v.e.ParsePartial(record)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.e.CheckBound(tally, p); err != nil || p.Owner() != i+1 {
			t.Errorf("owner %d: %v", p.Owner(), err)
		}
		two := bytes.Join(bytes.SplitAfter(record, []byte("\n"))[:2], nil)
		plain, err := v.e.ParsePartial(two)
		if err != nil {
			t.Fatal(err)
		}
		if plain.Bound() || !bytes.Equal(p.Plain().Marshal(), two) || v.e.CheckPartial(tally, plain) != nil || !bytes.Equal(plain.Marshal(), two) {
			t.Error("a partial of two lines is not as it was written")
		}
		cut := slices.Concat(two, []byte(`{"bound_proofs":[`), appendProofs(nil, p.bound[0]), []byte("]}\n"))
		if _, err := v.e.ParsePartial(cut); !errors.Is(err, WrongShape) {
			t.Errorf("a row of proofs too few: %v", err)
		}
	}
}
