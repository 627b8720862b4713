package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
)

// A refusal is a change to a good archive that must be noticed although every hash and link fits again.
type refusal struct {
	name string
	do   func(t *testing.T, v *vote, f *forgery)
	kind string
	code Code
}

// The votes under attack have 3 voters, 2 subjects and 2 trustees; voter 0 voted twice; voter 2 did not vote.
func attacked(t testing.TB) (*vote, []byte) {
	t.Helper()
	v := newVote(t, Ed25519, 3, 2, subjects(2))
	return v, v.archive(t, []*Ballot{v.cast(t, 0, 0, 3), v.cast(t, 1, 1, Abstain), v.cast(t, 0, 2, 3)})
}

func firstBallot(f *forgery) *[]byte { return &f.find(eventBallot, 0).data[0] }

// plusOrder is the same number modulo q, written too large.
func plusOrder(decimal string) string {
	n, _ := new(big.Int).SetString(decimal, 10)
	return n.Add(n, edOrder).String()
}

func changeDigit(decimal string) string {
	if decimal[0] == '1' {
		return "2" + decimal[1:]
	}
	return "1" + decimal[1:]
}

func aPoint(t testing.TB) string {
	return string(Ed25519.basePower(scalarOf(t, Ed25519)).appendText(nil))
}

var ballotRefusals = []refusal{
	{"a ciphertext exchanged", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), between(*firstBallot(f), `"alpha":"`, `"`), aPoint(t))
	}, "ballot", BadSignature},
	{"a challenge altered", func(t *testing.T, _ *vote, f *forgery) {
		c := between(*firstBallot(f), `"challenge":"`, `"`)
		swapText(firstBallot(f), c, changeDigit(c))
	}, "ballot", BadSignature},
	{"a challenge out of range", func(t *testing.T, _ *vote, f *forgery) {
		c := between(*firstBallot(f), `"challenge":"`, `"`)
		swapText(firstBallot(f), c, plusOrder(c))
	}, "ballot", OutOfRange},
	{"a response out of range", func(t *testing.T, _ *vote, f *forgery) {
		c := between(*firstBallot(f), `"response":"`, `"`)
		swapText(firstBallot(f), c, plusOrder(c))
	}, "ballot", OutOfRange},
	{"a response with a leading zero", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), `"response":"`, `"response":"0`)
	}, "ballot", Malformed},
	{"the signature altered", func(t *testing.T, _ *vote, f *forgery) {
		b := firstBallot(f)
		at := bytes.Index(*b, []byte(`"signature"`))
		c := between((*b)[at:], `"response":"`, `"`)
		*b = slices.Concat((*b)[:at], bytes.Replace((*b)[at:], []byte(c), []byte(changeDigit(c)), 1))
	}, "ballot", BadSignature},
	{"the signature's hash altered", func(t *testing.T, _ *vote, f *forgery) {
		s := f.find(eventBallot, 0)
		s.keep = true
		swapText(&s.data[0], `"hash":"`+between(s.data[0], `"hash":"`, `"`)[:4], `"hash":"AAAA`)
	}, "ballot", BadSignature},
	{"under another voter's credential", func(t *testing.T, v *vote, f *forgery) {
		mine := between(*firstBallot(f), `"credential":"`, `"`)
		for _, c := range v.e.Credentials() {
			if c != mine {
				swapText(firstBallot(f), mine, c)
				return
			}
		}
	}, "ballot", BadSignature},
	{"under an unknown credential", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), between(*firstBallot(f), `"credential":"`, `"`), aPoint(t))
	}, "ballot", UnknownCredential},
	{"of another election", func(t *testing.T, _ *vote, f *forgery) {
		other := newVote(t, Ed25519, 1, 1, subjects(2))
		*firstBallot(f) = other.cast(t, 0, 1, 1).JSON()
	}, "ballot", WrongElection},
	{"replayed from another election under its name", func(t *testing.T, v *vote, f *forgery) {
		// The same voter, the same questions, other trustees: proofs and signature name the election's hash.
		other := newVoteLike(t, v)
		b := other.cast(t, 0, 1, 1).JSON()
		swapText(&b, other.e.Fingerprint(), v.e.Fingerprint())
		*firstBallot(f) = b
	}, "ballot", BadSignature},
	{"cast twice", func(t *testing.T, _ *vote, f *forgery) {
		f.insertAfter(eventBallot, 1, step{kind: eventBallot, data: [][]byte{bytes.Clone(*firstBallot(f))}})
	}, "ballot", Doubled},
	{"two grades in one row", func(t *testing.T, v *vote, f *forgery) {
		c := v.cheat(t, 0)
		c.falseRow(t, 1, 1, 0, 0)
		*firstBallot(f) = c.seal(t)
	}, "ballot", BadProof},
	{"a grade that counts twice", func(t *testing.T, v *vote, f *forgery) {
		c := v.cheat(t, 0)
		c.falseRow(t, 0, 2, 0, 0)
		*firstBallot(f) = c.seal(t)
	}, "ballot", BadProof},
	{"a grade that counts minus one", func(t *testing.T, v *vote, f *forgery) {
		c := v.cheat(t, 0)
		c.falseRow(t, 0, 1, -1, 1)
		*firstBallot(f) = c.seal(t)
	}, "ballot", BadProof},
	{"a point outside the subgroup with proofs that hold", func(t *testing.T, v *vote, f *forgery) {
		c := v.cheat(t, 0)
		c.smallOrder(t)
		*firstBallot(f) = c.seal(t)
	}, "ballot", NotInGroup},
	{"a choice in the open", func(t *testing.T, v *vote, f *forgery) {
		// Encrypted with the exponent 0: true proofs, but anybody can read it.
		c := v.cheat(t, 0)
		first := true
		c.prover.next = func() (pair, error) {
			if first {
				first = false
				g := v.e.group
				return pair{scalar{}, g.identity(), g.identity()}, nil
			}
			return v.e.newPair(rand.Reader)
		}
		a, err := c.prover.answer(&v.e.setup.Questions[0], []int{1, 0, 0, 0})
		if err != nil {
			t.Fatal(err)
		}
		c.rows[0] = a
		*firstBallot(f) = c.seal(t)
	}, "ballot", Identity},
	{"a row too few", func(t *testing.T, v *vote, f *forgery) {
		c := v.cheat(t, 0)
		c.rows = c.rows[:1]
		*firstBallot(f) = c.seal(t)
	}, "ballot", WrongShape},
	{"a choice too few", func(t *testing.T, v *vote, f *forgery) {
		c := v.cheat(t, 0)
		c.falseRow(t, 1, 0, 0)
		*firstBallot(f) = c.seal(t)
	}, "ballot", WrongShape},
	{"rows exchanged", func(t *testing.T, v *vote, f *forgery) {
		c := v.cheat(t, 0)
		c.rows[0].choices[0], c.rows[0].choices[1] = c.rows[0].choices[1], c.rows[0].choices[0]
		*firstBallot(f) = c.seal(t)
	}, "ballot", BadProof},
	{"a space in the record", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), `,"answers"`, `, "answers"`)
	}, "ballot", Malformed},
	{"an unknown field", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), `,"answers"`, `,"name":"m01","answers"`)
	}, "ballot", Malformed},
	{"hexadecimal digits in capitals", func(t *testing.T, _ *vote, f *forgery) {
		alpha := between(*firstBallot(f), `"alpha":"`, `"`)
		swapText(firstBallot(f), alpha, strings.ToUpper(alpha))
	}, "ballot", Malformed},
	{"the identity in a non-canonical encoding", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), between(*firstBallot(f), `"alpha":"`, `"`), "8"+strings.Repeat("0", 62)+"1")
	}, "ballot", NotInGroup},
	{"a coordinate above the field's order", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), between(*firstBallot(f), `"alpha":"`, `"`), "7"+strings.Repeat("f", 61)+"ee")
	}, "ballot", NotInGroup},
	{"a point off the curve", func(t *testing.T, _ *vote, f *forgery) {
		swapText(firstBallot(f), between(*firstBallot(f), `"alpha":"`, `"`), strings.Repeat("0", 63)+"2")
	}, "ballot", NotInGroup},
}

var setupRefusals = []refusal{
	{"the election's name", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[0], "民主评议党员", "民主评议干部")
	}, "ballot", WrongElection},
	{"a grade renamed", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[0], "不合格", "优　　秀")
	}, "ballot", WrongElection},
	{"the election's key", func(t *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[0], between(f.steps[0].data[0], `"public_key":"`, `"`), aPoint(t))
	}, "election", WrongKey},
	{"a limit of two", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[0], `"max":1`, `"max":2`)
	}, "ballot", WrongElection},
	{"a limit below zero", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[0], `"min":0`, `"min":-1`)
	}, "election", Malformed},
	{"an unknown group", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[0], `"Ed25519"`, `"Ed448"`)
	}, "election", UnknownGroup},
	{"another version", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[0], `"version":1`, `"version":2`)
	}, "election", Malformed},
	{"a trustee's key with another's proof", func(t *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[1], between(f.steps[0].data[1], `"public_key":"`, `"`), aPoint(t))
	}, "trustees", BadProof},
	{"a trustee's proof", func(_ *testing.T, _ *vote, f *forgery) {
		c := between(f.steps[0].data[1], `"challenge":"`, `"`)
		swapText(&f.steps[0].data[1], c, changeDigit(c))
	}, "trustees", BadProof},
	{"the identity as a trustee's key", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.steps[0].data[1], between(f.steps[0].data[1], `"public_key":"`, `"`), strings.Repeat("0", 63)+"1")
	}, "trustees", Identity},
	{"another trustee in the place of one", func(t *testing.T, v *vote, f *forgery) {
		f.steps[0].data[1] = appendList(nil, []Trustee{v.e.setup.Trustees[0], aTrustee(t)}, appendTrustee)
	}, "election", WrongKey},
	{"a trustee less", func(_ *testing.T, v *vote, f *forgery) {
		f.steps[0].data[1] = appendList(nil, v.e.setup.Trustees[:1], appendTrustee)
	}, "election", WrongKey},
	{"a voter's credential taken away", func(_ *testing.T, v *vote, f *forgery) {
		cred := between(*firstBallot(f), `"credential":"`, `"`)
		rest := slices.DeleteFunc(v.e.Credentials(), func(c string) bool { return c == cred })
		f.steps[0].data[2] = appendList(nil, rest, appendString)
	}, "ballot", UnknownCredential},
	{"a credential twice", func(_ *testing.T, v *vote, f *forgery) {
		cs := v.e.Credentials()
		f.steps[0].data[2] = appendList(nil, append(cs, cs[0]), appendString)
	}, "credentials", Doubled},
	{"a credential outside the subgroup", func(_ *testing.T, v *vote, f *forgery) {
		bad := "7" + strings.Repeat("f", 61) + "ec" // of order 2
		f.steps[0].data[2] = appendList(nil, append(v.e.Credentials(), bad), appendString)
	}, "credentials", NotInGroup},
	{"the identity as a credential", func(_ *testing.T, v *vote, f *forgery) {
		f.steps[0].data[2] = appendList(nil, append(v.e.Credentials(), strings.Repeat("0", 63)+"1"), appendString)
	}, "credentials", Identity},
	{"a credential with a weight", func(_ *testing.T, v *vote, f *forgery) {
		cs := v.e.Credentials()
		cs[0] += ",2"
		f.steps[0].data[2] = appendList(nil, cs, appendString)
	}, "credentials", Unsupported},
}

var countRefusals = []refusal{
	{"a tally without one ballot, decrypted by the true trustees", func(t *testing.T, v *vote, f *forgery) {
		b, err := ParseBallot(v.e, *firstBallot(f))
		if err != nil {
			t.Fatal(err)
		}
		recount(t, v, f, []*Ballot{b})
	}, "tally", WrongSum},
	{"a ballot removed", func(_ *testing.T, _ *vote, f *forgery) { f.remove(eventBallot, 1) }, "tally", WrongSum},
	{"a re-vote before the vote it replaces", func(_ *testing.T, _ *vote, f *forgery) {
		a, b := f.find(eventBallot, 0), f.find(eventBallot, 2)
		a.data, b.data = b.data, a.data
	}, "tally", WrongSum},
	{"the number of ballots", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventTally, 0)
		s.data[1] = sizedRecord(3, hashHex(s.data[0]))
	}, "tally", WrongSum},
	{"a weight", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventTally, 0)
		s.keep = true
		swapText(&s.data[1], `"total_weight":2`, `"total_weight":3`)
	}, "tally", WrongSum},
	{"two columns of the tally exchanged", func(t *testing.T, v *vote, f *forgery) {
		s := f.find(eventTally, 0)
		tally, err := v.e.parseTally(s.data[0], s.data[1])
		if err != nil {
			t.Fatal(err)
		}
		row := tally.sums[0]
		row[0], row[1] = row[1], row[0]
		s.data[0], s.data[1] = tally.records()
	}, "tally", WrongSum},
	{"a decryption factor", func(t *testing.T, _ *vote, f *forgery) {
		s := f.find(eventPartial, 0)
		swapText(&s.data[0], between(s.data[0], `[["`, `"`), aPoint(t))
	}, "partial", BadProof},
	{"a decryption factor outside the subgroup", func(t *testing.T, _ *vote, f *forgery) {
		s := f.find(eventPartial, 0)
		swapText(&s.data[0], between(s.data[0], `[["`, `"`), "7"+strings.Repeat("f", 61)+"ec")
	}, "partial", NotInGroup},
	{"a decryption proof", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventPartial, 1)
		c := between(s.data[0], `"response":"`, `"`)
		swapText(&s.data[0], c, changeDigit(c))
	}, "partial", BadProof},
	{"a decryption under another trustee's number", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventPartial, 0).owner = 2
	}, "partial", BadProof},
	{"a decryption under no trustee's number", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventPartial, 0).owner = 3
	}, "partial", WrongKey},
	{"a trustee missing", func(_ *testing.T, _ *vote, f *forgery) { f.remove(eventPartial, 1) }, "result", Missing},
	{"a trustee doubled", func(_ *testing.T, _ *vote, f *forgery) {
		f.insertAfter(eventPartial, 1, *f.find(eventPartial, 0))
	}, "partial", Doubled},
	{"a trustee doubled in the place of another", func(_ *testing.T, _ *vote, f *forgery) {
		*f.find(eventPartial, 1) = *f.find(eventPartial, 0)
	}, "partial", Doubled},
	{"a row of factors too few", func(t *testing.T, v *vote, f *forgery) {
		s := f.find(eventPartial, 0)
		p, err := v.e.parsePartial(s.data[0], 1)
		if err != nil {
			t.Fatal(err)
		}
		p.factors, p.proofs = p.factors[:1], p.proofs[:1]
		s.data[0], _ = p.records()
	}, "partial", WrongShape},
	{"the result", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventResult, 0).data[0] = resultRecord([][]int{{0, 2, 0, 0}, {0, 0, 0, 1}})
	}, "result", WrongResult},
	{"the result's shape", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventResult, 0).data[0] = resultRecord([][]int{{0, 1, 1, 0}})
	}, "result", WrongResult},
	{"a result that no number of ballots gives", func(_ *testing.T, _ *vote, f *forgery) {
		swapText(&f.find(eventResult, 0).data[0], "1", "18446744073709551617")
	}, "result", Malformed},
}

var orderRefusals = []refusal{
	{"no setup", func(_ *testing.T, _ *vote, f *forgery) { f.remove(eventSetup, 0) }, "event", WrongOrder},
	{"a second setup", func(_ *testing.T, _ *vote, f *forgery) {
		f.insertAfter(eventBallot, 0, *f.find(eventSetup, 0))
	}, "event", WrongOrder},
	{"no end of the ballots", func(_ *testing.T, _ *vote, f *forgery) { f.remove(eventEndBallots, 0) }, "event", WrongOrder},
	{"a ballot after the end", func(t *testing.T, v *vote, f *forgery) {
		f.insertAfter(eventEndBallots, 0, step{kind: eventBallot, data: [][]byte{v.cast(t, 2, 0, 0).JSON()}})
	}, "event", WrongOrder},
	{"no tally", func(_ *testing.T, _ *vote, f *forgery) { f.remove(eventTally, 0) }, "event", WrongOrder},
	{"the result before the decryptions", func(_ *testing.T, _ *vote, f *forgery) {
		r := *f.find(eventResult, 0)
		f.remove(eventResult, 0)
		f.insertAfter(eventTally, 0, r)
	}, "event", WrongOrder},
	{"no result", func(_ *testing.T, _ *vote, f *forgery) { f.remove(eventResult, 0) }, "result", Missing},
	{"a second result", func(_ *testing.T, _ *vote, f *forgery) {
		f.insertAfter(eventResult, 0, *f.find(eventResult, 0))
	}, "event", WrongOrder},
	{"a shuffle", func(_ *testing.T, _ *vote, f *forgery) {
		f.insertAfter(eventTally, 0, step{kind: eventShuffle, data: [][]byte{[]byte("{}")}})
	}, "event", Unsupported},
	{"an unknown event", func(_ *testing.T, _ *vote, f *forgery) {
		f.insertAfter(eventTally, 0, step{kind: "Recount"})
	}, "event", Malformed},
	{"a record of no event", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventEndBallots, 0)
		s.data = append(s.data, []byte("{}"))
	}, "event", WrongShape},
	{"a tally without its second record", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventTally, 0)
		s.keep, s.data = true, s.data[:1]
	}, "event", WrongShape},
	{"a tally of another record", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventTally, 0)
		s.keep = true
		s.data[1] = sizedRecord(2, strings.Repeat("0", 64))
	}, "tally", WrongSum},
	{"a decryption of another record", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventPartial, 0)
		s.keep = true
		s.data[1] = ownedRecord(1, strings.Repeat("0", 64))
	}, "partial", WrongHash},
	{"another parent", func(_ *testing.T, _ *vote, f *forgery) {
		first := f.find(eventBallot, 0).data[0]
		f.find(eventBallot, 1).spoil = func(e *event) { e.parent = hashHex(first) }
	}, "event", WrongOrder},
	{"no parent", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventBallot, 1).spoil = func(e *event) { e.parent = "" }
	}, "event", WrongOrder},
	{"a parent of the first", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventSetup, 0).spoil = func(e *event) { e.parent = e.payload }
	}, "event", WrongOrder},
	{"a height left out", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventBallot, 1).spoil = func(e *event) { e.height++ }
	}, "event", WrongOrder},
	{"another payload", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventBallot, 1).spoil = func(e *event) { e.payload = e.parent }
	}, "event", WrongHash},
	{"a payload where none belongs", func(_ *testing.T, _ *vote, f *forgery) {
		f.find(eventEndBallots, 0).spoil = func(e *event) { e.payload = e.parent }
	}, "event", WrongHash},
	{"a setup of other records", func(_ *testing.T, _ *vote, f *forgery) {
		s := f.find(eventSetup, 0)
		s.keep = true
		swapText(&s.data[3], between(s.data[3], `"trustees":"`, `"`), strings.Repeat("0", 64))
	}, "setup", WrongHash},
}

func TestForgeriesAreRefused(t *testing.T) {
	v, good := attacked(t)
	if r := verify(t, takeApart(t, good).archive(t)); !r.OK() || r.Counted != 2 {
		t.Fatalf("the unchanged archive is refused: %+v", r)
	}
	for group, list := range map[string][]refusal{"ballot": ballotRefusals, "setup": setupRefusals, "count": countRefusals, "order": orderRefusals} {
		for _, c := range list {
			t.Run(group+"/"+c.name, func(t *testing.T) {
				f := takeApart(t, good)
				c.do(t, v, f)
				r := verify(t, f.archive(t))
				for _, fail := range r.Failures {
					if fail.Kind == c.kind && fail.Code == c.code {
						if !strings.Contains(fail.Why, fmt.Sprint(fail.Record)) || strings.ContainsAny(fail.Why, "\n\x1b") {
							t.Errorf("the sentence does not name the record: %q", fail.Why)
						}
						return
					}
				}
				t.Errorf("want a failure %s/%s, got %+v", c.kind, c.code, r.Failures)
			})
		}
	}
}

// A forged tally that everything else was made to fit is the only thing that is blamed.
func TestSwappedTallyIsTheOnlyFailure(t *testing.T) {
	v, good := attacked(t)
	f := takeApart(t, good)
	b, err := ParseBallot(v.e, *firstBallot(f))
	if err != nil {
		t.Fatal(err)
	}
	recount(t, v, f, []*Ballot{b})
	if r := verify(t, f.archive(t)); len(r.Failures) != 1 || r.Failures[0].Code != WrongSum || r.Result != nil {
		t.Errorf("%+v", r)
	}
}

// All failures are listed, not only the first.
func TestEveryFailureIsListed(t *testing.T) {
	v, good := attacked(t)
	f := takeApart(t, good)
	ballotRefusals[0].do(t, v, f)
	c := between(f.find(eventBallot, 1).data[0], `"challenge":"`, `"`)
	swapText(&f.find(eventBallot, 1).data[0], c, plusOrder(c))
	f.find(eventResult, 0).data[0] = resultRecord([][]int{{0, 2, 0, 0}, {0, 0, 0, 1}})
	r := verify(t, f.archive(t))
	var codes []Code
	for i, fail := range r.Failures {
		codes = append(codes, fail.Code)
		if i > 0 && fail.Record < r.Failures[i-1].Record {
			t.Error("the failures are not in the order of the records")
		}
	}
	for _, want := range []Code{BadSignature, OutOfRange, WrongSum, WrongResult} {
		if !slices.Contains(codes, want) {
			t.Errorf("%s is not among %v", want, codes)
		}
	}
}

// recount makes tally, decryptions and result of the forgery fit other ballots.
func recount(t testing.TB, v *vote, f *forgery, ballots []*Ballot) {
	t.Helper()
	tally, partials, result := v.count(t, ballots)
	s := f.find(eventTally, 0)
	s.data[0], s.data[1] = tally.records()
	for i, p := range partials {
		s := f.find(eventPartial, i)
		s.data[0], s.data[1] = p.records()
	}
	f.find(eventResult, 0).data[0] = resultRecord(result)
}

func aTrustee(t testing.TB) Trustee {
	t.Helper()
	k, err := NewSecretKey(Ed25519, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	trustee, err := k.Public(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return trustee
}

// newVoteLike is another election with the same UUID, questions and credentials.
func newVoteLike(t testing.TB, v *vote) *vote {
	t.Helper()
	s := v.e.setup
	s.Trustees = []Trustee{aTrustee(t)}
	e, err := NewElection(s)
	if err != nil {
		t.Fatal(err)
	}
	return &vote{e: e, rand: v.rand, creds: v.creds}
}

func TestDamagedFilesAreRefused(t *testing.T) {
	_, good := attacked(t)
	for name, bad := range map[string][]byte{
		"empty":                         nil,
		"cut in a header":               good[:len(good)-700],
		"cut in a body":                 good[:len(good)-100],
		"cut after the last header":     good[:len(good)-512],
		"cut after the last data":       good[:len(good)-1024],
		"the last event away":           good[:len(good)-2048],
		"a block of zeros more":         append(bytes.Clone(good), make([]byte, 512)...),
		"the end blocks of another tar": append(bytes.Clone(good), make([]byte, 1024)...),
		"a byte more":                   append(bytes.Clone(good), 0),
		"garbage more":                  append(bytes.Clone(good), bytes.Repeat([]byte("x"), 512)...),
		"twice":                         append(bytes.Clone(good), good...),
		"a huge record":                 hugeRecord(good),
		"a record under another name":   renamed(t, good, 6, strings.Repeat("0", 64)+".data.json"),
		"an event under another name":   renamed(t, good, 7, strings.Repeat("0", 64)+".event.json"),
		"a data record named event":     renamed(t, good, 6, hashHex(records(t, good)[6].body)+".event.json"),
		"a header under another name":   renamed(t, good, 0, "belenios"),
		"a record of no event":          oneMore(t, good, hashHex([]byte("{}"))+".data.json"),
		"a record of no kind":           oneMore(t, good, "notes.txt"),
	} {
		if r := verify(t, bad); r.OK() || r.Result != nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// renamed writes one record under another name, with the header that belongs to it.
func renamed(t *testing.T, good []byte, at int, name string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tarWriter{&out, 1795425164}
	for i, r := range records(t, good) {
		if i == at {
			r.name = name
		}
		if err := w.write(r.name, r.body); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// oneMore appends a record to a whole archive.
func oneMore(t *testing.T, good []byte, name string) []byte {
	t.Helper()
	out := bytes.NewBuffer(bytes.Clone(good))
	if err := (&tarWriter{out, 1795425164}).write(name, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// hugeRecord claims 8 GB in the second header.
func hugeRecord(good []byte) []byte {
	h := tarHeader("x.data.json", 1<<33-1, 1795425164)
	return slices.Concat(good[:1024], h[:], good[1024:])
}

// Every byte counts: none can be changed without notice.
func TestEveryChangedByteIsRefused(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, []Question{{Question: "党员01", Answers: []string{"同意"}, Max: 1}})
	good := v.archive(t, []*Ballot{v.cast(t, 0, 0)})
	if r := verify(t, good); !r.OK() {
		t.Fatal(r.Failures)
	}
	random := repeatable(7)
	for at := 0; at < len(good); at += 1 + int(random.Uint64()%100) {
		bad := bytes.Clone(good)
		bad[at] ^= 1 << (random.Uint64() % 8)
		if r := verify(t, bad); r.OK() {
			t.Errorf("byte %d may be changed", at)
		}
	}
}

type brokenReader struct{ err error }

func (r brokenReader) Read([]byte) (int, error) { return 0, r.err }

func TestReadErrorIsNotAVerdict(t *testing.T) {
	want := errors.New("disk")
	if _, err := VerifyArchive(brokenReader{want}); !errors.Is(err, want) {
		t.Errorf("%v, want %v", err, want)
	}
}

func TestArchiveIsNotWrittenWithoutAllTrustees(t *testing.T) {
	v := newVote(t, Ed25519, 1, 2, subjects(1))
	b := v.cast(t, 0, 1)
	tally, partials, _ := v.count(t, []*Ballot{b})
	var out bytes.Buffer
	err := v.e.WriteArchive(&out, time.Unix(1795425164, 0), slices.Values([]*Ballot{b}), tally, partials[:1])
	if !errors.Is(err, Missing) {
		t.Errorf("%v, want %v", err, Missing)
	}
}
