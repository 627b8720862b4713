package ballot

import (
	"bytes"
	"crypto/rand"
	"slices"
	"testing"
)

// A forgery is an archive taken apart, so that a test can change it and put it together again with every hash, link and
// signature hash made to fit: what is refused then is refused for what it says, not for a broken chain.
type forgery struct {
	head  []byte
	steps []step
}

// A step is an event with its data records. For a tally and a partial decryption the second record follows from the first.
type step struct {
	kind  string
	data  [][]byte
	owner int  // of a partial decryption
	keep  bool // do not mend this step's own records
	spoil func(*event)
}

func takeApart(t testing.TB, archive []byte) *forgery {
	t.Helper()
	f := new(forgery)
	var data [][]byte
	for i, r := range records(t, archive) {
		switch {
		case i == 0:
			f.head = r.body
		case bytes.HasSuffix([]byte(r.name), []byte(".data.json")):
			data = append(data, bytes.Clone(r.body))
		default:
			ev, err := parseEvent(r.body)
			if err != nil {
				t.Fatal(err)
			}
			s := step{kind: ev.kind, data: data}
			if ev.kind == eventPartial {
				if s.owner, _, err = parseOwned(data[1]); err != nil {
					t.Fatal(err)
				}
			}
			f.steps = append(f.steps, s)
			data = nil
		}
	}
	return f
}

// archive puts the forgery together.
func (f *forgery) archive(t testing.TB) []byte {
	t.Helper()
	at, err := parseArchiveHeader(f.head)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	a := archiveWriter{tar: tarWriter{&out, at}}
	a.record("BELENIOS", f.head)
	for _, s := range f.steps {
		if !s.keep {
			s.mend()
		}
		f.write(&a, s)
	}
	if a.err != nil {
		t.Fatal(a.err)
	}
	return out.Bytes()
}

// write is archiveWriter.event for events that a test may have spoilt; what follows is chained to the spoilt one.
func (f *forgery) write(a *archiveWriter, s step) {
	if s.spoil == nil {
		a.event(s.kind, s.data...)
		return
	}
	ev := event{parent: a.parent, height: a.height, kind: s.kind}
	for _, body := range s.data {
		ev.payload = hashHex(body)
		a.record(ev.payload+".data.json", body)
	}
	s.spoil(&ev)
	body := appendEvent(nil, ev)
	a.parent, a.height = hashHex(body), a.height+1
	a.record(a.parent+".event.json", body)
}

// mend makes the records of a step fit each other.
func (s *step) mend() {
	switch s.kind {
	case eventSetup:
		r := setupRecords{s.data[0], s.data[1], s.data[2]}
		s.data[3] = r.setupData()
	case eventBallot:
		s.data[0] = mendSignatureHash(s.data[0])
	case eventTally:
		n, _, err := parseSized(s.data[1])
		if err == nil {
			s.data[1] = sizedRecord(n, hashHex(s.data[0]))
		}
	case eventPartial:
		s.data[1] = ownedRecord(s.owner, hashHex(s.data[0]))
	}
}

func mendSignatureHash(ballot []byte) []byte {
	unsigned, signature, ok := bytes.Cut(ballot, []byte(`,"signature":{"hash":"`))
	if !ok {
		return ballot
	}
	_, proof, _ := bytes.Cut(signature, []byte(`"`))
	hash := hashBase64(append(bytes.Clone(unsigned), '}'))
	return slices.Concat(unsigned, []byte(`,"signature":{"hash":"`), []byte(hash), []byte(`"`), proof)
}

// find returns the nth step of a kind.
func (f *forgery) find(kind string, n int) *step {
	for i := range f.steps {
		if f.steps[i].kind == kind {
			if n == 0 {
				return &f.steps[i]
			}
			n--
		}
	}
	panic("no such step: " + kind)
}

func (f *forgery) remove(kind string, n int) {
	at := f.find(kind, n)
	for i := range f.steps {
		if &f.steps[i] == at {
			f.steps = slices.Delete(f.steps, i, i+1)
			return
		}
	}
}

func (f *forgery) insertAfter(kind string, n int, s step) {
	at := f.find(kind, n)
	for i := range f.steps {
		if &f.steps[i] == at {
			f.steps = slices.Insert(f.steps, i+1, s)
			return
		}
	}
}

// swapText exchanges the first occurrence of a text in a record.
func swapText(record *[]byte, old, with string) {
	if !bytes.Contains(*record, []byte(old)) {
		panic("not in the record: " + old)
	}
	*record = bytes.Replace(*record, []byte(old), []byte(with), 1)
}

// between returns what stands between two texts in a record.
func between(record []byte, before, after string) string {
	_, rest, ok := bytes.Cut(record, []byte(before))
	text, _, ok2 := bytes.Cut(rest, []byte(after))
	if !ok || !ok2 {
		panic("not in the record: " + before)
	}
	return string(text)
}

// A cheat seals ballots that the rules forbid, with a real credential and a true signature.
type cheat struct {
	*Sheet
	prover prover
}

func (v *vote) cheat(t testing.TB, voter int) *cheat {
	t.Helper()
	c := &cheat{Sheet: v.fillSheet(t, voter)}
	c.prover = prover{e: v.e, s0: c.s0, rand: rand.Reader, next: func() (pair, error) { return v.e.newPair(rand.Reader) }}
	return c
}

func (c *cheat) seal(t testing.TB) []byte {
	t.Helper()
	b, err := c.Seal(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return b.JSON()
}

// falseRow fills row 0 with any numbers; false statements are proved as well as one can, that is, wrongly.
func (c *cheat) falseRow(t testing.TB, m ...int) {
	t.Helper()
	g := c.e.group
	a := &answer{choices: make([]ciphertext, len(m))}
	prove := func(prefix []byte, branches []branch) []proof {
		truth := 0
		for i, b := range branches {
			if b.offset == 0 {
				truth = i
			}
		}
		ps, err := proveDisjunction(g, prefix, branches, truth, c.prover.next, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		return ps
	}
	rs := make([]scalar, len(m))
	var sumR scalar
	sumM := 0
	for i := range m {
		r, err := c.prover.next()
		if err != nil {
			t.Fatal(err)
		}
		rs[i] = r.k
		sumR, sumM = g.add(sumR, r.k), sumM+m[i]
		a.choices[i] = ciphertext{r.gk, g.product(r.yk, g.basePower(signedScalar(g, m[i])))}
	}
	settleCiphertexts(g, a.choices)
	for i := range m {
		a.individual = append(a.individual, prove(c.e.choicePrefix(c.s0, &a.choices[i]), []branch{{rs[i], m[i]}, {rs[i], m[i] - 1}}))
	}
	sum := sumCiphertexts(g, a.choices)
	a.overall = prove(c.e.choicePrefix(rowPrefix(c.s0, a.choices), &sum), []branch{{sumR, sumM}, {sumR, sumM - 1}})
	c.rows[0] = a
}

// offCurveOrder adds the point of order 2 to a ciphertext of row 0 and tries until the proofs hold all the same, which
// they do when the challenges happen to be even.
func (c *cheat) smallOrder(t testing.TB) {
	t.Helper()
	g := c.e.group
	two, err := g.decode(unhex(t, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"))
	if err != nil {
		t.Fatal(err)
	}
	q := &c.e.setup.Questions[0]
	for range 500 {
		first := true
		next := func() (pair, error) {
			p, err := c.e.newPair(rand.Reader)
			if first {
				p.gk, first = g.product(p.gk, two), false
			}
			return p, err
		}
		p := prover{e: c.e, s0: c.s0, rand: rand.Reader, next: next}
		a, err := p.answer(q, []int{0, 1, 0, 0})
		if err != nil {
			t.Fatal(err)
		}
		if c.e.checkProofs(q, c.s0, a, false) == nil {
			c.rows[0] = a
			return
		}
	}
	t.Fatal("no even challenges in 500 tries")
}
