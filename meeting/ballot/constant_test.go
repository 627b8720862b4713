package ballot

import (
	"crypto/rand"
	"fmt"
	"io"
	"math/big"
	"slices"
	"testing"
)

// A tracer is a group that notes each operation.
type tracer struct {
	Group
	did *[]string
}

func (g tracer) note(what string) { *g.did = append(*g.did, what) }

func (g tracer) add(a, b scalar) scalar { g.note("add"); return g.Group.add(a, b) }
func (g tracer) sub(a, b scalar) scalar { g.note("sub"); return g.Group.sub(a, b) }
func (g tracer) mul(a, b scalar) scalar { g.note("mul"); return g.Group.mul(a, b) }
func (g tracer) invert(a scalar) scalar { g.note("invert"); return g.Group.invert(a) }
func (g tracer) reduce(n []byte) scalar {
	g.note(fmt.Sprint("reduce ", len(n)))
	return g.Group.reduce(n)
}

func (g tracer) identity() point { g.note("identity"); return g.Group.identity() }

func (g tracer) product(a, b point) point           { g.note("product"); return g.Group.product(a, b) }
func (g tracer) inverse(a point) point              { g.note("inverse"); return g.Group.inverse(a) }
func (g tracer) equal(a, b point) bool              { g.note("equal"); return g.Group.equal(a, b) }
func (g tracer) basePower(k scalar) point           { g.note("basePower"); return g.Group.basePower(k) }
func (g tracer) power(p point, k scalar) point      { g.note("power"); return g.Group.power(p, k) }
func (g tracer) settle(ps []point)                  { g.note(fmt.Sprint("settle ", len(ps))); g.Group.settle(ps) }
func (g tracer) commitVarTime(point, ...term) point { panic("variable time on a secret") }
func (g tracer) powersVarTime([]point, ...scalar) [][]point {
	panic("variable time on a secret")
}

// A tracedTable notes the powers of the election's key.
type tracedTable struct {
	table
	g tracer
}

func (t tracedTable) power(k scalar) point { t.g.note("table.power"); return t.table.power(k) }

// A tracedReader notes how much randomness is taken.
type tracedReader struct {
	io.Reader
	g tracer
}

func (r tracedReader) Read(p []byte) (int, error) {
	r.g.note(fmt.Sprint("read ", len(p)))
	return r.Reader.Read(p)
}

// traced returns what is done for one choice of a row, in its order, and how often memory is taken for it.
func traced(t *testing.T, q Question, m []int, answer int) (did []string, allocations float64) {
	t.Helper()
	v := newVoteFrom(t, repeatable(5), Ed25519, 1, 1, []Question{q})
	fill := func(s *Sheet, random io.Reader) {
		var err error
		if m == nil {
			err = s.Choose(0, answer, random)
		} else {
			err = s.fill(0, slices.Clone(m), random)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := NewSheet(v.e, v.creds[0])
	if err != nil {
		t.Fatal(err)
	}
	random := repeatable(6)
	allocations = testing.AllocsPerRun(20, func() { fill(s, random) })

	g := tracer{Ed25519, &did}
	e := *v.e
	e.group, e.table = g, tracedTable{v.e.table, g}
	s.e = &e
	fill(s, tracedReader{repeatable(7), g})
	return did, allocations
}

// Whatever a row says, the same is done in the same order.
func TestEveryChoiceIsTheSameWork(t *testing.T) {
	yes := true
	grades := []string{"优秀", "合格", "基本合格", "不合格"}
	for name, c := range map[string]struct {
		q       Question
		rows    [][]int // for fill; nil: Choose with every answer
		answers []int
	}{
		"a subject":           {Question{Question: "党员01", Answers: grades, Max: 1}, nil, []int{Abstain, 0, 1, 2, 3}},
		"the committee":       {Question{Question: "班子", Answers: grades, Min: 1, Max: 1}, nil, []int{0, 1, 2, 3}},
		"with a blank choice": {Question{Question: "推荐", Answers: grades, Min: 1, Max: 1, Blank: &yes}, nil, []int{Abstain, 0, 1, 2, 3}},
		"up to three": {
			Question{Question: "推荐", Answers: grades, Min: 0, Max: 3},
			[][]int{{0, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 1, 0}, {1, 1, 0, 1}},
			nil,
		},
		"up to two, or blank": {
			Question{Question: "推荐", Answers: grades, Min: 1, Max: 2, Blank: &yes},
			[][]int{{1, 0, 0, 0, 0}, {0, 1, 0, 0, 0}, {0, 0, 1, 1, 0}, {0, 0, 0, 0, 1}},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var first []string
			var most float64
			for i := range max(len(c.rows), len(c.answers)) {
				var m []int
				answer := 0
				if c.rows != nil {
					m = c.rows[i]
				} else {
					answer = c.answers[i]
				}
				did, allocations := traced(t, c.q, m, answer)
				if i == 0 {
					first, most = did, allocations
					if len(first) < 100 {
						t.Fatalf("only %d operations were noted", len(first))
					}
				}
				if !slices.Equal(did, first) {
					t.Errorf("%v %d: %d operations, for the first choice %d, or in another order", m, answer, len(did), len(first))
				}
				if allocations != most {
					t.Errorf("%v %d: memory is taken %v times, for the first choice %v times", m, answer, allocations, most)
				}
			}
		})
	}
}

// The control: what a branch on the choice would do is seen.
func TestATraceShowsABranch(t *testing.T) {
	var one, other []string
	for i, did := range []*[]string{&one, &other} {
		g := tracer{Ed25519, did}
		if i == 1 {
			g.sub(scalar{}, smallScalar(1))
		}
		g.basePower(smallScalar(i))
	}
	if slices.Equal(one, other) {
		t.Error("a branch leaves no trace")
	}
}

func TestSmallNumbersAreScalars(t *testing.T) {
	for n := range 300 {
		if s := smallScalar(n); string(s.appendDecimal(nil)) != fmt.Sprint(n) {
			t.Errorf("%d is %s", n, s.appendDecimal(nil))
		}
		for _, g := range []Group{Ed25519, Belenios2048} {
			if g.add(signedScalar(g, -n), smallScalar(n)) != (scalar{}) || signedScalar(g, n) != smallScalar(n) {
				t.Errorf("%s: -%d is wrong", g.Name(), n)
			}
		}
	}
	a, b := smallScalar(7), smallScalar(1000)
	if choose(1, a, b) != a || choose(0, a, b) != b || same(-1, -1) != 1 || same(-1, 3) != 0 {
		t.Error("a choice in constant time is wrong")
	}
}

// A ballot of 30 rows has some eight hundred numbers, and sixty are signed at once: none of them takes memory.
func TestAScalarIsWrittenWithoutMemory(t *testing.T) {
	random := repeatable(7)
	var all []scalar
	for n := range 257 { // 2^n - 1
		var s scalar
		one := new(big.Int).Lsh(big.NewInt(1), uint(n))
		one.Sub(one, big.NewInt(1)).FillBytes(s[:])
		all = append(all, s)
	}
	for n := range 77 { // 10^n: zeros within
		var s scalar
		new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil).FillBytes(s[:])
		all = append(all, s)
	}
	for range 1000 {
		var s scalar
		_, _ = random.Read(s[:])
		all = append(all, s)
	}
	text := make([]byte, 0, 100)
	for _, s := range all {
		if got, want := string(s.appendDecimal([]byte("x"))), "x"+new(big.Int).SetBytes(s[:]).String(); got != want {
			t.Errorf("%x is %s, want %s", s, got, want)
		}
		if n := testing.AllocsPerRun(1, func() { text = s.appendDecimal(text[:0]) }); n != 0 {
			t.Errorf("%x takes memory %v times", s, n)
		}
	}
}

// A ballot is written once to be signed, into memory that is taken once: its text is as long as all the rest that the
// signature needs together.
func TestASignatureWritesTheBallotOnce(t *testing.T) {
	v := newVote(t, Ed25519, 1, 2, subjects(30))
	b, err := v.fillSheet(t, 0).Seal(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if size := len(b.JSON()); size > 3*b.Size() {
		t.Errorf("%d bytes of text are more than 3 times %d", size, b.Size())
	}
	if n := testing.AllocsPerRun(5, func() { b.unsigned() }); n > 1 {
		t.Errorf("the text takes memory %v times", n)
	}
	read, err := ParseBallot(v.e, b.JSON())
	if err != nil {
		t.Fatal(err)
	}
	if read.Tracker() != b.Tracker() || read.Tracker() != hashBase64(b.JSON()) {
		t.Error("the tracker is not the hash of the record")
	}
}
