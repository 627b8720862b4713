package ballot

import (
	"crypto/rand"
	"math"
	mathrand "math/rand/v2"
	"slices"
	"testing"
	"time"
)

// BenchmarkTimeOfAChoice measures whether the time of encrypting a row tells two choices apart: both are encrypted in
// random order, and Welch's t compares their times. Above 4.5, in either direction, a difference is taken for real;
// -benchtime 20s sees smaller ones. It is a measurement and no test, because other programs disturb it. The control
// computes five powers more for the second, about a tenth of the work, and must be far above.
func BenchmarkTimeOfAChoice(b *testing.B) {
	v := newVote(b, Ed25519, 1, 2, subjects(1))
	for _, c := range []struct {
		name    string
		answers [2]int
		powers  int // computed in addition for the second
	}{
		{"same", [2]int{0, 0}, 0},
		{"bestAndWorst", [2]int{0, 3}, 0},
		{"bestAndAbstain", [2]int{0, Abstain}, 0},
		{"control", [2]int{0, 0}, 5},
	} {
		b.Run(c.name, func(b *testing.B) {
			var times [2][]float64
			for b.Loop() {
				class := mathrand.IntN(2)
				times[class] = append(times[class], v.timeOf(b, c.answers[class], class*c.powers))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(welch(undisturbed(times)), "t")
		})
	}
}

// timeOf returns the microseconds that the first row of a new ballot takes, whose randomness is prepared, and so many
// powers more.
func (v *vote) timeOf(b *testing.B, answer, powers int) float64 {
	s, err := NewSheet(v.e, v.creds[0])
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.Prepare(rand.Reader); err != nil {
		b.Fatal(err)
	}
	k := s.pool[0].k
	began := time.Now()
	err = s.Choose(0, answer, rand.Reader)
	for range powers {
		v.e.group.basePower(k)
	}
	took := time.Since(began)
	if err != nil {
		b.Fatal(err)
	}
	return float64(took.Nanoseconds()) / 1000
}

// undisturbed leaves out the slower half of both classes together: what else ran on the machine is in it.
func undisturbed(times [2][]float64) (one, two []float64) {
	all := slices.Sorted(slices.Values(slices.Concat(times[0], times[1])))
	median := all[len(all)/2]
	slower := func(t float64) bool { return t > median }
	return slices.DeleteFunc(times[0], slower), slices.DeleteFunc(times[1], slower)
}

// welch returns Welch's t of two samples: how far their means are apart, in standard errors; 0 if a sample has less than
// two values.
func welch(one, two []float64) float64 {
	if len(one) < 2 || len(two) < 2 {
		return 0
	}
	mean1, error1 := meanOf(one)
	mean2, error2 := meanOf(two)
	return (mean1 - mean2) / math.Sqrt(error1+error2)
}

// meanOf returns the mean of a sample and the square of its standard error.
func meanOf(sample []float64) (mean, squared float64) {
	n := float64(len(sample))
	for _, x := range sample {
		mean += x / n
	}
	for _, x := range sample {
		squared += (x - mean) * (x - mean) / (n - 1) / n
	}
	return mean, squared
}

func TestWelch(t *testing.T) {
	for _, c := range []struct {
		one, two []float64
		want     float64
	}{
		{[]float64{1, 2, 3, 4, 5}, []float64{2, 3, 4, 5, 6}, -1},
		{[]float64{27.5, 21, 19, 23.6, 17, 17.9}, []float64{27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8, 22}, -1.4069},
		{[]float64{1}, []float64{2, 3}, 0},
	} {
		if got := welch(c.one, c.two); math.Abs(got-c.want) > 1e-3 {
			t.Errorf("t of %v and %v is %v, want %v", c.one, c.two, got, c.want)
		}
	}
}
