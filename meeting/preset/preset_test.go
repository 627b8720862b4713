package preset_test

import (
	"os"
	"strings"
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

func TestAMistypedSwitchIsRefused(t *testing.T) {
	good := mustRead(t, "seed-2017")
	for name, bad := range map[string]string{
		"unknown key":   strings.Replace(good, "self_vote", "selfvote", 1),
		"unknown base":  strings.Replace(good, `base = "branch_total"`, `base = "everybody"`, 1),
		"unknown item":  strings.Replace(good, `kind = "study"`, `kind = "party"`, 1),
		"no sign-in":    strings.Replace(good, `{ kind = "sign-in", title = "签到", minutes = 5 },`, "", 1),
		"zero divisor":  strings.Replace(good, "den = 3", "den = 0", 1),
		"three grades":  strings.Replace(good, `, "不合格"]`, "]", 1),
		"announce what": strings.Replace(good, `announce = "none"`, `announce = "some"`, 1),
		"approval how":  strings.Replace(good, `superior_approval = "before_feedback"`, `superior_approval = "later"`, 1),
	} {
		if bad == good {
			t.Fatalf("%s: the test changed nothing", name)
		}
		if _, err := preset.Parse([]byte(bad)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func mustRead(t *testing.T, id string) string {
	t.Helper()
	data, err := os.ReadFile(id + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
