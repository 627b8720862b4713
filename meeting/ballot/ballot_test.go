package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAVoteIsCountedAndRecast(t *testing.T) {
	for _, g := range []Group{Ed25519, Belenios2048} {
		t.Run(g.Name(), func(t *testing.T) {
			v := newVote(t, g, 3, 2, subjects(2))
			ballots := []*Ballot{v.cast(t, 0, 0, 3), v.cast(t, 1, 1, Abstain), v.cast(t, 2, 0, 0), v.cast(t, 0, 2, 3)}
			for i, b := range ballots {
				if err := v.e.Check(b); err != nil {
					t.Fatalf("ballot %d: %v", i, err)
				}
				back, err := ParseBallot(v.e, b.JSON())
				if err != nil {
					t.Fatal(err)
				}
				if err := v.e.Check(back); err != nil || back.Tracker() != b.Tracker() {
					t.Fatalf("the parsed ballot %d differs: %v", i, err)
				}
				again, err := DecodeBallot(v.e, b.Marshal())
				if err != nil || !bytes.Equal(again.JSON(), b.JSON()) {
					t.Fatalf("the decoded ballot %d differs: %v", i, err)
				}
			}
			_, _, result := v.count(t, ballots)
			if want := [][]int{{1, 1, 1, 0}, {1, 0, 0, 1}}; !reflect.DeepEqual(result, want) {
				t.Errorf("result %v, want %v", result, want)
			}
		})
	}
}

// Whatever the rules of a question and whoever abstains, the sums are those of the last ballots.
func TestSumsAreThoseOfTheLastBallots(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		q := Question{Question: "推荐", Answers: make([]string, rapid.IntRange(1, 4).Draw(rt, "answers"))}
		q.Max = rapid.IntRange(0, len(q.Answers)).Draw(rt, "max")
		q.Min = rapid.IntRange(0, q.Max).Draw(rt, "min")
		if rapid.Bool().Draw(rt, "says blank") {
			blank := rapid.Bool().Draw(rt, "blank")
			q.Blank = &blank
		}
		voters := rapid.IntRange(1, 3).Draw(rt, "voters")
		v := newVote(t, Ed25519, voters, 1, []Question{q})
		want := make([][]int, voters)
		var ballots []*Ballot
		for range rapid.IntRange(1, 4).Draw(rt, "ballots") {
			voter := rapid.IntRange(0, voters-1).Draw(rt, "voter")
			want[voter] = rapid.SliceOfN(rapid.IntRange(0, 1), q.choices(), q.choices()).Filter(q.obeyed).Draw(rt, "choice")
			s, err := NewSheet(v.e, v.creds[voter])
			if err != nil {
				t.Fatal(err)
			}
			if err := s.fill(0, want[voter], rand.Reader); err != nil {
				t.Fatal(err)
			}
			b, err := s.Seal(rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			if err := v.e.Check(b); err != nil {
				rt.Fatalf("an honest ballot is refused: %v", err)
			}
			ballots = append(ballots, b)
		}
		sum := make([]int, q.choices())
		for _, m := range want {
			for i, n := range m {
				sum[i] += n
			}
		}
		if _, _, got := v.count(t, ballots); !reflect.DeepEqual(got, [][]int{sum}) {
			rt.Fatalf("%v, want %v", got, sum)
		}
	})
}

// The stored ballot tells nothing by its length, and thirty subjects fit into 40 KB.
func TestLengthTellsNothing(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(30))
	var lengths []int
	for _, grade := range []int{Abstain, 0, 3} {
		lengths = append(lengths, len(v.cast(t, 0, slices.Repeat([]int{grade}, 30)...).Marshal()))
	}
	if lengths[0] != lengths[1] || lengths[0] != lengths[2] || lengths[0] >= 40_000 {
		t.Errorf("lengths are %v", lengths)
	}
}

func TestSheetRefuses(t *testing.T) {
	one := []Question{{Question: "班子", Answers: []string{"好", "差"}, Min: 1, Max: 1}}
	v := newVote(t, Ed25519, 1, 1, one)
	stranger := newVote(t, Ed25519, 1, 1, one)
	if _, err := NewSheet(v.e, stranger.creds[0]); !errors.Is(err, UnknownCredential) {
		t.Errorf("a stranger gets a sheet: %v", err)
	}
	s, err := NewSheet(v.e, v.creds[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ row, answer int }{
		"a row too low": {-1, 0}, "a row too high": {1, 0}, "an answer too high": {0, 2}, "an answer too low": {0, -2},
		"an abstention where none is allowed": {0, Abstain},
	} {
		if err := s.Choose(c.row, c.answer, rand.Reader); !errors.Is(err, OutOfRange) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Seal(rand.Reader); !errors.Is(err, NotChosen) {
		t.Errorf("an empty row is sealed: %v", err)
	}
	if err := s.Choose(0, 1, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if err := s.Choose(0, 0, rand.Reader); err != nil { // the voter changes their mind
		t.Fatal(err)
	}
	b, err := s.Seal(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, got := v.count(t, []*Ballot{b}); !reflect.DeepEqual(got, [][]int{{1, 0}}) {
		t.Errorf("the last choice does not count: %v", got)
	}
	if !s.secret.isZero() || s.pool != nil {
		t.Error("the sealed sheet still has its secrets")
	}
	if _, err := s.Seal(rand.Reader); !errors.Is(err, Wiped) {
		t.Errorf("a sheet is sealed twice: %v", err)
	}
	if err := s.Choose(0, 0, rand.Reader); !errors.Is(err, Wiped) {
		t.Errorf("a sealed sheet is changed: %v", err)
	}
}

// With everything prepared while the voter read, choosing takes no randomness for ciphertexts any more, and no pair is
// ever used twice: that would show the difference of two choices.
func TestPreparedRandomnessIsUsedOnce(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(3))
	s, err := NewSheet(v.e, v.creds[0])
	if err != nil {
		t.Fatal(err)
	}
	more, calls := true, 0
	for more {
		if more, err = s.Prepare(rand.Reader); err != nil {
			t.Fatal(err)
		}
		calls++
	}
	if need := 3 * s.e.setup.Questions[0].pairs(); calls != 3 || len(s.pool) != need {
		t.Errorf("%d calls prepared %d pairs, want 3 and %d", calls, len(s.pool), need)
	}
	seen := make(map[string]bool)
	for range 2 { // the second time the pool is empty
		for row := range 3 {
			if err := s.Choose(row, 0, rand.Reader); err != nil {
				t.Fatal(err)
			}
			for _, c := range s.rows[row].choices {
				text := string(c.alpha.appendText(nil))
				if seen[text] {
					t.Fatal("the same randomness in two ciphertexts")
				}
				seen[text] = true
			}
		}
	}
	b, err := s.Seal(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.e.Check(b); err != nil {
		t.Error(err)
	}
}

func TestCompactBallotRefuses(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(2))
	good := v.cast(t, 0, 1, 2).Marshal()
	two := unhex(t, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
	change := func(at int, with ...byte) []byte {
		b := bytes.Clone(good)
		copy(b[at:], with)
		return b
	}
	alpha := 1 + 32 + 64
	challenge := alpha + 64
	for name, c := range map[string]struct {
		compact []byte
		code    Code
	}{
		"empty":                        {nil, Malformed},
		"another version":              {change(0, 2), Malformed},
		"cut":                          {good[:len(good)-1], Malformed},
		"longer":                       {append(bytes.Clone(good), 0), Malformed},
		"a point of small order":       {change(alpha, two...), NotInGroup},
		"a credential of small order":  {change(1, two...), NotInGroup},
		"the identity":                 {change(alpha, append([]byte{1}, make([]byte, 31)...)...), Identity},
		"a point off the curve":        {change(alpha, append([]byte{2}, make([]byte, 31)...)...), NotInGroup},
		"a scalar that is too large":   {change(challenge, bytes.Repeat([]byte{255}, 32)...), OutOfRange},
		"a signature of another group": {bytes.Repeat([]byte{1}, len(good)), NotInGroup},
	} {
		if _, err := DecodeBallot(v.e, c.compact); !errors.Is(err, c.code) {
			t.Errorf("%s: %v, want %v", name, err, c.code)
		}
	}
}

func TestKeysThatDoNotBelongAreRefused(t *testing.T) {
	v := newVote(t, Ed25519, 1, 2, subjects(1))
	other := newVote(t, Ed25519, 1, 1, subjects(1))
	b := v.cast(t, 0, 0)
	if err := other.e.Check(b); !errors.Is(err, WrongElection) {
		t.Errorf("another election's ballot passes: %v", err)
	}
	if _, err := other.e.Sum([]*Ballot{b}); !errors.Is(err, WrongElection) {
		t.Errorf("another election's ballot is added: %v", err)
	}
	tally, partials, _ := v.count(t, []*Ballot{b})
	if _, err := v.e.Decrypt(tally, other.keys[0], rand.Reader); !errors.Is(err, WrongKey) {
		t.Errorf("a stranger's key decrypts: %v", err)
	}
	if _, err := other.e.Decrypt(tally, other.keys[0], rand.Reader); !errors.Is(err, WrongElection) {
		t.Errorf("another election's tally is decrypted: %v", err)
	}
	for name, c := range map[string]struct {
		partials []*Partial
		code     Code
	}{
		"none": {nil, Missing}, "one of two": {partials[1:], Missing}, "one twice": {[]*Partial{partials[0], partials[0]}, Doubled},
		"one too many": {[]*Partial{partials[0], partials[1], partials[1]}, Doubled},
	} {
		if _, err := v.e.Result(tally, c.partials); !errors.Is(err, c.code) {
			t.Errorf("%s: %v, want %v", name, err, c.code)
		}
	}
	v.keys[0].Wipe()
	if _, err := v.e.Decrypt(tally, v.keys[0], rand.Reader); !errors.Is(err, Wiped) || v.keys[0].JSON() != nil {
		t.Errorf("a wiped key still works: %v", err)
	}
}

// A partial decryption of one tally proves nothing about another.
func TestPartialOfAnotherTallyIsRefused(t *testing.T) {
	v := newVote(t, Ed25519, 2, 1, subjects(1))
	a, b := v.cast(t, 0, 0), v.cast(t, 1, 0)
	_, partials, _ := v.count(t, []*Ballot{a})
	tally, err := v.e.Sum([]*Ballot{a, b})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.e.Result(tally, partials); !errors.Is(err, BadProof) {
		t.Errorf("%v, want %v", err, BadProof)
	}
}

func TestRecordsComeBack(t *testing.T) {
	v := newVote(t, Ed25519, 2, 2, mixedQuestions())
	b, err := v.fillSheet(t, 0).Seal(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tally, partials, _ := v.count(t, []*Ballot{b})
	e, err := ParseElection(v.e.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(e.Marshal(), v.e.Marshal()) || e.Fingerprint() != v.e.Fingerprint() || e.Short() != v.e.Short() ||
		!reflect.DeepEqual(e.Questions(), v.e.Questions()) || !reflect.DeepEqual(e.Credentials(), v.e.Credentials()) {
		t.Error("the election does not come back")
	}
	again, err := e.ParseTally(tally.Marshal())
	if err != nil || !bytes.Equal(again.Marshal(), tally.Marshal()) || again.Counted() != 1 {
		t.Errorf("the tally does not come back: %v", err)
	}
	for i, p := range partials {
		again, err := e.ParsePartial(p.Marshal())
		if err != nil || !bytes.Equal(again.Marshal(), p.Marshal()) || again.Owner() != i+1 {
			t.Errorf("the partial decryption does not come back: %v", err)
		}
	}
}

func TestReadyNeedsEveryTrustee(t *testing.T) {
	set, _ := ceremony(t, Ed25519, 2, 3)
	v := newVoteWith(t, rand.Reader, Ed25519, 1, subjects(1), aTrustee(t), set)
	for _, c := range []struct {
		owners []int
		ready  bool
	}{
		{nil, false},
		{[]int{1}, false},
		{[]int{1, 2}, false},
		{[]int{2, 3}, false},
		{[]int{1, 2, 2}, false},
		{[]int{1, 4, 5}, false},
		{[]int{1, 2, 4}, true},
		{[]int{4, 3, 2, 1}, true},
	} {
		if got := v.e.Ready(c.owners); got != c.ready {
			t.Errorf("%v: %v", c.owners, got)
		}
	}
}

func TestSetupRefuses(t *testing.T) {
	good := newVote(t, Ed25519, 2, 1, subjects(1)).e.setup
	for name, change := range map[string]func(*Setup){
		"no group":                        func(s *Setup) { s.Group = nil },
		"a trustee of another group":      func(s *Setup) { s.Group = Belenios2048 },
		"no trustees":                     func(s *Setup) { s.Trustees = nil },
		"no questions":                    func(s *Setup) { s.Questions = nil },
		"a question without answers":      func(s *Setup) { s.Questions = []Question{{Question: "党员01"}} },
		"more choices than answers":       func(s *Setup) { s.Questions = []Question{{Answers: []string{"同意"}, Max: 2}} },
		"a text that is not UTF-8":        func(s *Setup) { s.Name = "\xff" },
		"a short UUID":                    func(s *Setup) { s.UUID = "5DNMhoDScxKNs" },
		"a UUID with a look-alike":        func(s *Setup) { s.UUID = "5DNMhoDScxKNs0" },
		"a credential that is no point":   func(s *Setup) { s.Credentials = []string{"党员01"} },
		"a credential twice":              func(s *Setup) { s.Credentials = append(s.Credentials, s.Credentials[0]) },
		"more questions than any meeting": func(s *Setup) { s.Questions = make([]Question, maxQuestions+1) },
	} {
		s := good
		s.Credentials = slices.Clone(good.Credentials)
		change(&s)
		if _, err := NewElection(s); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// Several sessions of the server may look at one ballot at once. The race detector is what this test is for.
func TestBallotIsSafeForConcurrentUse(t *testing.T) {
	v := newVote(t, Ed25519, 1, 1, subjects(2))
	b, err := DecodeBallot(v.e, v.cast(t, 0, 1, 2).Marshal())
	if err != nil {
		t.Fatal(err)
	}
	err = eachOf(4, func(int) error {
		if b.Tracker() == "" || len(b.JSON()) == 0 {
			t.Error("no tracker")
		}
		return v.e.Check(b)
	})
	if err != nil {
		t.Error(err)
	}
}
