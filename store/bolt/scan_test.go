package bolt

import (
	"bytes"
	"slices"
	"testing"
)

// TestScanAcrossPieces lays frames so that their magic, head and record lie across the border between two pieces of the search.
func TestScanAcrossPieces(t *testing.T) {
	framed, _ := encodeFrame(frame{branch: "b1", seq: 1, last: 1}, bytes.Repeat([]byte("票"), 50))
	for shift := -len(framed) - 1; shift <= 1; shift += 3 {
		b := make([]byte, 2*scanStep+len(framed))
		want := []int64{0, int64(scanStep + shift), int64(2 * scanStep)}
		for _, at := range want {
			copy(b[at:], framed)
		}
		found, err := scan(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, f := range found {
			got = append(got, f.at)
		}
		if !slices.Equal(got, want) {
			t.Errorf("shift %d: found at %v, want %v", shift, got, want)
		}
	}
}

// TestExtend chooses among what different crashes left behind the third record.
func TestExtend(t *testing.T) {
	sum := func(n byte) [32]byte { return [32]byte{n} }
	one := &frame{seq: 1, last: 1, sum: sum(1)}
	two := &frame{seq: 2, last: 3, sum: sum(2), prev: sum(1)}
	three := &frame{seq: 3, last: 3, sum: sum(3), prev: sum(2)}
	for _, tt := range []struct {
		what    string
		base    []*frame
		found   []*frame
		run     uint64 // last record of the run
		reached uint64
	}{
		{"nothing", nil, nil, 0, 0},
		{"all, in any order and twice", nil, []*frame{three, one, two, one}, 3, 3},
		{"the end of an append is missing", nil, []*frame{one, two}, 1, 2},
		{"the beginning is missing", nil, []*frame{two, three}, 0, 0},
		{"behind a base", []*frame{one}, []*frame{one, two, three}, 3, 3},
		{"half an append behind a base", []*frame{one}, []*frame{two}, 1, 2},
		{"a leftover that follows another record", []*frame{one}, []*frame{{seq: 2, last: 2, sum: sum(9), prev: sum(8)}}, 1, 1},
		{
			"a leftover of half an append beside the whole one", nil,
			[]*frame{one, {seq: 2, last: 4, sum: sum(9), prev: sum(1)}, two, three},
			3, 3,
		},
	} {
		run, reached := extend(tt.base, tt.found)
		if uint64(len(run)) != tt.run || reached != tt.reached {
			t.Errorf("%s: %d records, reached %d", tt.what, len(run), reached)
		}
		for i, f := range run {
			if f.seq != uint64(i+1) || f.sum != sum(byte(i+1)) {
				t.Errorf("%s: record %d is %+v", tt.what, i+1, f)
			}
		}
	}
}
