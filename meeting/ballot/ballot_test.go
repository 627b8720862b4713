package ballot

import (
	"reflect"
	"testing"
)

func TestAVoteIsCountedAndRecasts(t *testing.T) {
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
				if err != nil || string(again.JSON()) != string(b.JSON()) {
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
