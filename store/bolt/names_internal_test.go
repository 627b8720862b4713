package bolt

import (
	"path/filepath"
	"slices"
	"testing"
)

// Everybody who signs on asks which branches there are: not one of them waits until a
// slow disk has taken somebody's record. A branch is among them once it has a record.
func TestWhichBranchesThereAreWaitsForNoDisk(t *testing.T) {
	s, err := Create(filepath.Join(t.TempDir(), "pingyi.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, branch := range []string{"b2", "b1"} {
		log, err := s.Log(t.Context(), branch)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := log.Append(t.Context(), 0, []byte("一条")); err != nil {
			t.Fatal(err)
		}
	}
	s.use.Lock() // the disk writes
	defer s.use.Unlock()
	if names, err := s.Branches(t.Context()); err != nil || !slices.Equal(names, []string{"b1", "b2"}) {
		t.Errorf("%q, %v", names, err)
	}
}
