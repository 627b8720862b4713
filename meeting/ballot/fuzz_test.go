package ballot

import (
	"bytes"
	"path/filepath"
	"testing"
)

// Whatever comes in, nothing panics, and what is accepted is the one way to write it. Foreign files (archives, partial
// decryptions, keys) take no more time and memory than fits their size.

// smallVote is one ballot on one question, the same in every run.
func smallVote(f *testing.F) (*Election, []byte) {
	f.Helper()
	v := newVoteFrom(f, repeatable(3), Ed25519, 1, 1, []Question{{Question: "党员01", Answers: []string{"同意"}, Max: 1}})
	return v.e, v.archive(f, []*Ballot{v.cast(f, 0, 0)})
}

func FuzzParseElection(f *testing.F) {
	e, _ := smallVote(f)
	f.Add(e.Marshal())
	set, err := parseSetup(setupOf(f, filepath.Join("testdata", "ed25519-threshold")))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(set.Marshal())
	f.Fuzz(func(t *testing.T, records []byte) {
		if e, err := ParseElection(records); err == nil && !bytes.Equal(e.Marshal(), records) {
			t.Error("accepted, but written otherwise")
		}
	})
}

func FuzzParseTrustee(f *testing.F) {
	e, _ := smallVote(f)
	for _, t := range e.Trustees() {
		f.Add(t.JSON())
	}
	for _, folder := range []string{"ed25519-threshold", "ed25519-threshold-3.3"} {
		trustees, err := parseTrustees(Ed25519, setupOf(f, folder).trustees)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(trustees[1].JSON())
	}
	f.Fuzz(func(t *testing.T, record []byte) {
		thrifty(t, len(record), func() {
			if trustee, err := ParseTrustee(Ed25519, record); err == nil && !bytes.Equal(trustee.JSON(), record) {
				t.Error("accepted, but written otherwise")
			}
		})
	})
}

// FuzzKeys reads a private key, a seed, and the box of a set's member.
func FuzzKeys(f *testing.F) {
	for _, folder := range []string{"ed25519-single", "ed25519-threshold", "ed25519-threshold-3.3"} {
		for _, kind := range []string{"*.privkey", "*.key", "*.dkey"} {
			names, err := filepath.Glob(filepath.Join("testdata", folder, kind))
			if err != nil {
				f.Fatal(err)
			}
			for _, name := range names {
				f.Add(read(f, name))
			}
		}
	}
	member := NewThresholdKey(Ed25519, []byte("seed"))
	f.Fuzz(func(t *testing.T, text []byte) {
		thrifty(t, len(text), func() {
			trimmed := string(bytes.TrimSuffix(text, []byte("\n")))
			if k, err := ParseSecretKey(Ed25519, text); err == nil && string(k.JSON()) != trimmed {
				t.Error("a key is accepted, but written otherwise")
			}
			if k, err := ParseThresholdKey(Ed25519, string(text)); err == nil && k.Seed() != trimmed {
				t.Error("a seed is accepted, but written otherwise")
			}
			if _, err := member.Open(string(text)); err == nil {
				t.Error("a box opens that nobody made")
			}
		})
	})
}

func FuzzParseBallot(f *testing.F) {
	e, archive := smallVote(f)
	parts := takeApart(f, archive)
	f.Add(*firstBallot(parts))
	f.Fuzz(func(t *testing.T, record []byte) {
		b, err := ParseBallot(e, record)
		if err != nil {
			return
		}
		if !bytes.Equal(b.JSON(), record) {
			t.Error("accepted, but written otherwise")
		}
		if e.Check(b) == nil && !bytes.Equal(record, *firstBallot(parts)) {
			t.Error("a forged ballot passes")
		}
	})
}

func FuzzDecodeBallot(f *testing.F) {
	e, archive := smallVote(f)
	parts := takeApart(f, archive)
	b, err := ParseBallot(e, *firstBallot(parts))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b.Marshal())
	f.Fuzz(func(t *testing.T, compact []byte) {
		if b, err := DecodeBallot(e, compact); err == nil && !bytes.Equal(b.Marshal(), compact) {
			t.Error("accepted, but written otherwise")
		}
	})
}

func FuzzDecodeComment(f *testing.F) {
	v := newVoteFrom(f, repeatable(3), Ed25519, 1, 1, subjects(1))
	r, err := v.e.SealComment(0, "多联系群众", v.rand)
	if err != nil {
		f.Fatal(err)
	}
	good := r.Marshal()
	f.Add(good)
	f.Fuzz(func(t *testing.T, compact []byte) {
		if _, err := DecodeComment(v.e, compact); err == nil && !bytes.Equal(compact, good) {
			t.Error("a forged remark is accepted")
		}
	})
}

func FuzzParseTally(f *testing.F) {
	e, archive := smallVote(f)
	parts := takeApart(f, archive)
	s := parts.find(eventTally, 0)
	f.Add(bytes.Join([][]byte{s.data[0], s.data[1], nil}, []byte("\n")))
	f.Fuzz(func(t *testing.T, records []byte) {
		if tally, err := e.ParseTally(records); err == nil && !bytes.Equal(tally.Marshal(), records) {
			t.Error("accepted, but written otherwise")
		}
	})
}

func FuzzParsePartial(f *testing.F) {
	v := newVoteFrom(f, repeatable(3), Ed25519, 1, 1, []Question{{Question: "党员01", Answers: []string{"同意"}, Max: 1}})
	tally, partials, _ := v.count(f, []*Ballot{v.cast(f, 0, 0)})
	e, bound, plain := v.e, partials[0].Marshal(), partials[0].Plain().Marshal()
	f.Add(plain)
	f.Add(bound)
	f.Fuzz(func(t *testing.T, records []byte) {
		thrifty(t, len(records), func() {
			p, err := e.ParsePartial(records)
			if err != nil {
				return
			}
			if !bytes.Equal(bytes.TrimSuffix(p.Marshal(), []byte("\n")), bytes.TrimSuffix(records, []byte("\n"))) {
				t.Error("accepted, but written otherwise")
			}
			if e.CheckPartial(tally, p) == nil && e.CheckBound(tally, p) == nil && !bytes.Equal(bytes.TrimSuffix(records, []byte("\n")), bytes.TrimSuffix(bound, []byte("\n"))) {
				t.Error("a forged decryption passes")
			}
		})
	})
}

func FuzzVerifyArchive(f *testing.F) {
	_, good := smallVote(f)
	f.Add(good)
	f.Add(good[:4096])
	f.Fuzz(func(t *testing.T, archive []byte) {
		thrifty(t, len(archive), func() {
			r, err := VerifyArchive(bytes.NewReader(archive))
			if err != nil {
				t.Fatal(err)
			}
			if r.OK() && !bytes.Equal(archive, good) {
				t.Error("a forged archive passes")
			}
		})
	})
}
