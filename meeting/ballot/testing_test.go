package ballot

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"path/filepath"
	"testing"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// repeatable is a stream of randomness that is the same in every run.
func repeatable(seed byte) *mathrand.ChaCha8 { return mathrand.NewChaCha8([32]byte{seed}) }

func subjects(n int) []Question {
	qs := make([]Question, n)
	for i := range qs {
		qs[i] = Question{Question: fmt.Sprintf("党员%02d", i+1), Answers: []string{"优秀", "合格", "基本合格", "不合格"}, Max: 1}
	}
	return qs
}

// A vote is an election with everybody's secrets.
type vote struct {
	e     *Election
	rand  io.Reader
	creds []string // private, of voter 0, 1, …
	keys  []*SecretKey
}

func newVote(t testing.TB, g Group, voters, singles int, qs []Question) *vote {
	t.Helper()
	return newVoteFrom(t, rand.Reader, g, voters, singles, qs)
}

// newVoteFrom takes all randomness from a stream.
func newVoteFrom(t testing.TB, random io.Reader, g Group, voters, singles int, qs []Question) *vote {
	t.Helper()
	var (
		keys     []*SecretKey
		trustees []Trustee
	)
	for range singles {
		k, err := NewSecretKey(g, random)
		if err != nil {
			t.Fatal(err)
		}
		trustee, err := k.Public(random)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, k)
		trustees = append(trustees, trustee)
	}
	v := newVoteWith(t, random, g, voters, qs, trustees...)
	v.keys = keys
	return v
}

func newVoteWith(t testing.TB, random io.Reader, g Group, voters int, qs []Question, trustees ...Trustee) *vote {
	t.Helper()
	v := &vote{rand: random}
	s := Setup{
		Name: "民主评议党员", Description: "民主评议", Administrator: "支部", CredentialAuthority: "server",
		Group: g, Questions: qs, Trustees: trustees,
	}
	var err error
	if s.UUID, err = NewUUID(random); err != nil {
		t.Fatal(err)
	}
	for range voters {
		c, err := NewCredential(random)
		if err != nil {
			t.Fatal(err)
		}
		public, err := PublicCredential(g, s.UUID, c)
		if err != nil {
			t.Fatal(err)
		}
		v.creds = append(v.creds, c)
		s.Credentials = append(s.Credentials, public)
	}
	if v.e, err = NewElection(s); err != nil {
		t.Fatal(err)
	}
	return v
}

// cast seals the ballot of a voter; grades has one answer per question.
func (v *vote) cast(t testing.TB, voter int, grades ...int) *Ballot {
	t.Helper()
	s, err := NewSheet(v.e, v.creds[voter])
	if err != nil {
		t.Fatal(err)
	}
	for row, grade := range grades {
		if err := s.Choose(row, grade, v.rand); err != nil {
			t.Fatal(err)
		}
	}
	b, err := s.Seal(v.rand)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// count sums and decrypts with all keys.
func (v *vote) count(t testing.TB, ballots []*Ballot) (*Tally, []*Partial, [][]int) {
	t.Helper()
	tally, err := v.e.Sum(ballots)
	if err != nil {
		t.Fatal(err)
	}
	var partials []*Partial
	for _, k := range v.keys {
		p, err := v.e.Decrypt(tally, k, v.rand)
		if err != nil {
			t.Fatal(err)
		}
		partials = append(partials, p)
	}
	result, err := v.e.Result(tally, partials)
	if err != nil {
		t.Fatal(err)
	}
	return tally, partials, result
}

// records reads the files of an archive in order.
func records(t testing.TB, archive []byte) []*tarRecord {
	t.Helper()
	var rs []*tarRecord
	for r := bytes.NewReader(archive); ; {
		rec, err := readTar(r)
		if errors.Is(err, io.EOF) {
			return rs
		}
		if err != nil {
			t.Fatal(err)
		}
		rs = append(rs, rec)
	}
}

func setupOf(t testing.TB, folder string) setupRecords {
	t.Helper()
	archive, _ := vector(t, filepath.Base(folder))
	rs := records(t, archive)
	return setupRecords{rs[1].body, rs[2].body, rs[3].body}
}

// ballotsOf reads the ballots of an archive of the tool's.
func ballotsOf(t testing.TB, e *Election, folder string) (ballots []*Ballot) {
	t.Helper()
	archive, _ := vector(t, filepath.Base(folder))
	for _, r := range records(t, archive) {
		if !bytes.HasPrefix(r.body, []byte(`{"election_uuid"`)) {
			continue
		}
		b, err := ParseBallot(e, r.body)
		if err != nil {
			t.Fatal(err)
		}
		ballots = append(ballots, b)
	}
	return ballots
}

// mixedQuestions has every kind of homomorphic question.
func mixedQuestions() []Question {
	yes, no := true, false
	return []Question{
		{Question: "党员01 \"引号\" \\ / <b>\t\u007f", Answers: []string{"优秀", "合格", "基本合格", "不合格"}, Max: 1},
		{Question: "班子", Answers: []string{"好", "较好", "一般", "差"}, Min: 1, Max: 1, Blank: &no},
		{Question: "推荐", Answers: []string{"甲", "乙", "丙"}, Min: 1, Max: 2, Blank: &yes},
	}
}
