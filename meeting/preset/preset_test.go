package preset_test

import (
	"testing"

	"pingyi/meeting/preset"
)

func TestEveryEmbeddedPresetLoads(t *testing.T) {
	ids := preset.IDs()
	if len(ids) < 2 {
		t.Fatalf("presets: %v", ids)
	}
	for _, id := range ids {
		r, err := preset.Load(id)
		if err != nil {
			t.Fatal(err)
		}
		if r.ID != id {
			t.Errorf("file %s has id %s", id, r.ID)
		}
	}
	if _, err := preset.Load("../seed-2017"); err == nil {
		t.Error("a path passed as an id")
	}
}

// The seed says "一般不超过支部党员总数的三分之一"; the numbers are DOMAIN.md §3.2's.
func TestCapIsFlooredInWholeMembers(t *testing.T) {
	r, err := preset.Load("seed-2017")
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]int{0: 0, 1: 0, 2: 0, 3: 1, 5: 1, 6: 2, 7: 2, 8: 2, 9: 3, 11: 3, 12: 4, 14: 4, 21: 7, 23: 7, 24: 8, 31: 10, 135: 45} {
		if got := r.Cap.Of(n); got != want {
			t.Errorf("cap of %d = %d, want %d", n, got, want)
		}
	}
}

// Half counts as a quorum ("半数以上" includes it); half does not pass a motion ("超过半数").
func TestHalfIsAQuorumButNotAMajority(t *testing.T) {
	r, err := preset.Load("regulation-2018")
	if err != nil {
		t.Fatal(err)
	}
	if !r.Quorum.Met(8, 16) || r.Quorum.Met(7, 16) || r.Quorum.Met(0, 0) {
		t.Error("quorum")
	}
	if r.Decision.Passed(8, 16) || !r.Decision.Passed(9, 16) {
		t.Error("majority")
	}
}
