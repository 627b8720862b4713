package meetingtest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"filippo.io/edwards25519"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Shift is the attack of a scrutineer who also casts the last ballot: the proof
// of a partial decryption, as Belenios specifies it (§4.18), leaves out the
// ciphertext and the factor. For each choice the commitments g^w and
// others^w·g^b are made before the ballot, and the ballot's randomness r is the
// one with which the factor α^x·g^delta fits the challenge.
type Shift struct {
	urn   *Urn
	who   meeting.MemberID
	row   int
	moves []shiftMove
}

type shiftMove struct {
	choice         int
	delta, w, c, r *edwards25519.Scalar
}

// Shift lets a scrutineer cast the last ballot so that the sum of row moves by n
// ballots from one choice to another. The voter gives from, like everybody.
func (u *Urn) Shift(s *meeting.State, who meeting.MemberID, row, from, to, n int) (*Shift, meeting.Cast) {
	box := s.Vote().Members()
	e := box.Election
	others := factorsOf(must(e.Sum(box.Ballots())).Marshal(), row)
	owner := slices.Index(s.Vote().Scrutineers, who)
	prefix := "decrypt|" + e.Fingerprint() + "|" + e.Trustees()[owner].Keys()[0] + "|"
	a := &Shift{urn: u, who: who, row: row}
	for i, choice := range []int{from, to} {
		m := shiftMove{choice: choice, delta: small(n), w: anyScalar("w", i), r: edwards25519.NewScalar()}
		if choice == to {
			m.delta.Negate(m.delta)
		}
		b := anyScalar("b", i)
		second := new(edwards25519.Point).Add(base(b), new(edwards25519.Point).ScalarMult(m.w, others[choice]))
		m.c = challenge(prefix, base(m.w), second)
		m.r.Multiply(m.r.Subtract(b, edwards25519.NewScalar().Multiply(m.delta, m.c)), edwards25519.NewScalar().Invert(m.w))
		a.moves = append(a.moves, m)
	}
	return a, meeting.Cast{Ballot: a.ballot(s, e, from)}
}

// ballot has the chosen randomness in the row of the attack.
func (a *Shift) ballot(s *meeting.State, e *ballot.Election, answer int) *ballot.Ballot {
	sheet := must(ballot.NewSheet(e, a.urn.private[e.UUID()+string(a.who)]))
	for i, of := range s.Vote().Subjects {
		random, choice := Stream("shift"), answer
		if i == a.row {
			random = a.dice(len(e.Questions()[i].Answers))
		}
		if of == a.who && !s.Rules.Vote.SelfVote {
			choice = ballot.Abstain
		}
		must(0, sheet.Choose(i, choice, random))
	}
	return must(sheet.Seal(Stream("signature of the shift")))
}

// dice are the bytes from which a row's ciphertexts take their randomness: 64
// for each, big-endian.
func (a *Shift) dice(choices int) io.Reader {
	rs := make([]byte, 64*choices)
	_, _ = io.ReadFull(Stream("row of the shift"), rs)
	for _, m := range a.moves {
		wide := rs[64*m.choice:][:64]
		clear(wide)
		copy(wide[32:], m.r.Bytes())
		slices.Reverse(wide[32:])
	}
	return io.MultiReader(bytes.NewReader(rs), Stream("proofs of the shift"))
}

// Unseal is the command with the false partial decryption. Its second proofs are
// those of the true one.
func (a *Shift) Unseal(v *meeting.Vote) meeting.Unseal {
	box := v.Members()
	lines := strings.SplitAfter(string(a.urn.partial(v, box, a.who).Marshal()), "\n")
	var p struct {
		Factors [][]string            `json:"decryption_factors"`
		Proofs  [][]map[string]string `json:"decryption_proofs"`
	}
	must(0, json.Unmarshal([]byte(lines[0]), &p))
	x := scalarOf(strings.Trim(string(a.urn.key(a.who).JSON()), `"`))
	for _, m := range a.moves {
		factor := pointOf(p.Factors[a.row][m.choice])
		p.Factors[a.row][m.choice] = textOf(factor.Add(factor, base(m.delta)))
		response := edwards25519.NewScalar().Multiply(x, m.c)
		response.Subtract(m.w, response)
		p.Proofs[a.row][m.choice] = map[string]string{"challenge": decimal(m.c), "response": decimal(response)}
	}
	factors := must(json.Marshal(p))
	owned := fmt.Sprintf(`{"owner":%d,"payload":"%x"}`, slices.Index(v.Scrutineers, a.who)+1, sha256.Sum256(factors))
	return Partials(must(box.Election.ParsePartial([]byte(string(factors)+"\n"+owned+"\n"+lines[2]))), nil)
}

// factorsOf returns the alphas of a row of a tally.
func factorsOf(tally []byte, row int) (alphas []*edwards25519.Point) {
	line, _, _ := bytes.Cut(tally, []byte("\n"))
	var sums [][]struct{ Alpha string }
	must(0, json.Unmarshal(line, &sums))
	for _, c := range sums[row] {
		alphas = append(alphas, pointOf(c.Alpha))
	}
	return alphas
}

func base(k *edwards25519.Scalar) *edwards25519.Point {
	return new(edwards25519.Point).ScalarBaseMult(k)
}

// challenge is Fiat–Shamir's hash, read as a big-endian number.
func challenge(prefix string, a, b *edwards25519.Point) *edwards25519.Scalar {
	sum := sha256.Sum256([]byte(prefix + textOf(a) + "," + textOf(b)))
	return scalarOf(new(big.Int).SetBytes(sum[:]).String())
}

func anyScalar(name string, i int) *edwards25519.Scalar {
	var wide [64]byte
	_, _ = io.ReadFull(Stream(fmt.Sprint("shift ", name, i)), wide[:])
	return must(edwards25519.NewScalar().SetUniformBytes(wide[:]))
}

func small(n int) *edwards25519.Scalar { return scalarOf(fmt.Sprint(n)) }

// scalarOf reads a decimal number below 2^512.
func scalarOf(text string) *edwards25519.Scalar {
	n, _ := new(big.Int).SetString(text, 10)
	var wide [64]byte
	n.FillBytes(wide[:])
	slices.Reverse(wide[:])
	return must(edwards25519.NewScalar().SetUniformBytes(wide[:]))
}

func decimal(k *edwards25519.Scalar) string {
	b := k.Bytes()
	slices.Reverse(b)
	return new(big.Int).SetBytes(b).String()
}

// Belenios writes a point most significant digit first.
func textOf(p *edwards25519.Point) string {
	b := p.Bytes()
	slices.Reverse(b)
	return hex.EncodeToString(b)
}

func pointOf(text string) *edwards25519.Point {
	b := must(hex.DecodeString(text))
	slices.Reverse(b)
	return must(new(edwards25519.Point).SetBytes(b))
}
