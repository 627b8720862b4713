package ballot

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"
)

// archive writes a complete archive of a vote and returns it with its parts.
func (v *vote) archive(t testing.TB, ballots []*Ballot) []byte {
	t.Helper()
	tally, partials, _ := v.count(t, ballots)
	var out bytes.Buffer
	if err := v.e.WriteArchive(&out, time.Unix(1795425164, 0), slices.Values(ballots), tally, partials); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func verify(t testing.TB, archive []byte) *Verification {
	t.Helper()
	r, err := VerifyArchive(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOurArchiveVerifies(t *testing.T) {
	v := newVote(t, Ed25519, 3, 2, subjects(2))
	r := verify(t, v.archive(t, []*Ballot{v.cast(t, 0, 0, 3), v.cast(t, 1, 1, Abstain), v.cast(t, 2, 0, 0), v.cast(t, 0, 2, 3)}))
	for _, f := range r.Failures {
		t.Error(f.Why)
	}
	if r.Ballots != 4 || r.Counted != 3 || r.Slips != 8 || r.Trustees != 2 {
		t.Errorf("counts are wrong: %+v", r)
	}
	if want := [][]int{{1, 1, 1, 0}, {1, 0, 0, 1}}; !reflect.DeepEqual(r.Result, want) {
		t.Errorf("result %v, want %v", r.Result, want)
	}
}

func TestArchivesOfTheToolVerify(t *testing.T) {
	for _, folder := range []string{"ed25519-single", "ed25519-threshold", "ed25519-threshold-3.3"} {
		t.Run(folder, func(t *testing.T) {
			archive, expected := vector(t, folder)
			r := verify(t, archive)
			for _, f := range r.Failures {
				t.Error(f.Why)
			}
			if !reflect.DeepEqual(r.Result, expected) {
				t.Errorf("result %v, want %v", r.Result, expected)
			}
		})
	}
}

// vector reads an archive of the tool's and its expected result.
func vector(t testing.TB, folder string) ([]byte, [][]int) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", folder, "*.bel"))
	if err != nil || len(names) != 1 {
		t.Fatalf("testdata/%s has %d archives: %v", folder, len(names), err)
	}
	var expected [][]int
	if err := json.Unmarshal(read(t, filepath.Join("testdata", folder, "expected.json")), &expected); err != nil {
		t.Fatal(err)
	}
	return read(t, names[0]), expected
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
