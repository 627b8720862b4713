package ballot

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"slices"
	"testing"
	"time"
)

// A branch of 30 grades itself: what a ballot costs from the first choice to the signature, and what the signature costs.
func BenchmarkBallot(b *testing.B) {
	for _, g := range []Group{Ed25519, Belenios2048} {
		v := newVote(b, g, 1, 2, subjects(30))
		b.Run(g.Name()+"/whole", func(b *testing.B) {
			for b.Loop() {
				if _, err := v.fillSheet(b, 0).Seal(rand.Reader); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(g.Name()+"/seal", func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				s := v.fillSheet(b, 0)
				b.StartTimer()
				if _, err := s.Seal(rand.Reader); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(g.Name()+"/chooseOneRow", func(b *testing.B) {
			s := v.fillSheet(b, 0)
			for b.Loop() {
				if err := s.Choose(3, 1, rand.Reader); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func (v *vote) fillSheet(t testing.TB, voter int) *Sheet {
	t.Helper()
	s, err := NewSheet(v.e, v.creds[voter])
	if err != nil {
		t.Fatal(err)
	}
	for row, q := range v.e.setup.Questions {
		if err := s.Choose(row, (row+voter)%(len(q.Answers)+1)-1, rand.Reader); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func BenchmarkVerifyArchive(b *testing.B) {
	for _, g := range []Group{Ed25519, Belenios2048} {
		for _, n := range []int{10, 30, 100} {
			if n > 10 && g == Belenios2048 {
				continue
			}
			b.Run(fmt.Sprintf("%s/%dx%d", g.Name(), n, n), func(b *testing.B) { benchmarkArchive(b, g, n) })
		}
	}
}

func benchmarkArchive(b *testing.B, g Group, n int) {
	v := newVote(b, g, n, 2, subjects(n))
	ballots := make([]*Ballot, n)
	for i := range ballots {
		var err error
		if ballots[i], err = v.fillSheet(b, i).Seal(rand.Reader); err != nil {
			b.Fatal(err)
		}
	}
	start := time.Now()
	tally, partials, _ := v.count(b, ballots)
	counting := time.Since(start)
	var out bytes.Buffer
	start = time.Now()
	if err := v.e.WriteArchive(&out, time.Unix(1795425164, 0), slices.Values(ballots), tally, partials); err != nil {
		b.Fatal(err)
	}
	writing := time.Since(start)
	for b.Loop() {
		r, err := VerifyArchive(bytes.NewReader(out.Bytes()))
		if err != nil || !r.OK() {
			b.Fatalf("%v: %+v", err, r)
		}
	}
	b.ReportMetric(float64(counting.Milliseconds()), "ms/count")
	b.ReportMetric(float64(writing.Milliseconds()), "ms/write")
	b.ReportMetric(float64(len(ballots[0].Marshal())), "B/ballot")
	b.ReportMetric(float64(out.Len()), "B/archive")
}

// What the second proofs cost beside the decryption and its check, for one trustee and 30 subjects.
func BenchmarkDecryption(b *testing.B) {
	v := newVote(b, Ed25519, 1, 1, subjects(30))
	ballot, err := v.fillSheet(b, 0).Seal(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	tally, partials, _ := v.count(b, []*Ballot{ballot})
	for name, do := range map[string]func() error{
		"decrypt": func() error {
			_, err := v.e.Decrypt(tally, v.keys[0], rand.Reader)
			return err
		},
		"check": func() error { return v.e.CheckPartial(tally, partials[0]) },
		"bound": func() error { return v.e.CheckBound(tally, partials[0]) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := do(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
