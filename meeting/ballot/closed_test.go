package ballot

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"testing"
	"time"
)

// A trustee's own machine decrypts what a closed vote's archive proves to be the sum, and is told of everything else.
func TestClosedVoteIsReadForATrustee(t *testing.T) {
	v := newVote(t, Ed25519, 2, 1, subjects(1))
	ballots := []*Ballot{v.cast(t, 0, 1), v.cast(t, 1, 1)}
	closed := func(counted []*Ballot) *bytes.Reader {
		tally, err := v.e.Sum(counted)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := v.e.WriteArchive(&out, time.Unix(1795425164, 0), slices.Values(ballots), tally, nil); err != nil {
			t.Fatal(err)
		}
		return bytes.NewReader(out.Bytes())
	}
	e, tally, report, err := ReadClosed(closed(ballots))
	if err != nil || !report.OK() || report.Counted != 2 || e.Fingerprint() != v.e.Fingerprint() {
		t.Fatalf("a closed vote is refused: %v, %+v", err, report)
	}
	share, err := e.Decrypt(tally, v.keys[0], rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if result, err := v.e.Result(tally, []*Partial{share}); err != nil || !sameCounts(result, [][]int{{0, 2, 0, 0}}) {
		t.Errorf("%v, %v", result, err)
	}
	// The sum of one ballot alone would be that voter's choice.
	if _, _, report, err := ReadClosed(closed(ballots[:1])); err != nil || report.OK() {
		t.Errorf("a single voter's ballot is handed in for decryption: %v", err)
	}
	var open bytes.Buffer
	if err := v.e.WriteArchive(&open, time.Unix(1795425164, 0), slices.Values(ballots), nil, nil); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := ReadClosed(&open); !errors.Is(err, Missing) {
		t.Errorf("an open vote: %v, want %v", err, Missing)
	}
}
