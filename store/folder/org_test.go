package folder_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pingyi/meeting/org"
	"pingyi/store/bolt"
	"pingyi/store/folder"
)

// The superior has a log of its own on the same shelf: branches get its name
// from there, and none can take its place.
func TestTheOrganisationHasItsOwnLog(t *testing.T) {
	h := newHouse(t)
	if err := h.Found(t.Context(), "org", "组织部"); err == nil || !strings.Contains(err.Error(), "folder.branch-reserved") {
		t.Errorf("a branch org: %v", err)
	}
	ids, err := h.Branches(t.Context())
	if err != nil || !slices.Equal(ids, []string{"b1"}) {
		t.Errorf("branches %v, %v", ids, err)
	}
	if halls, err := h.Halls(t.Context()); err != nil || len(halls) != 1 {
		t.Errorf("%d halls, %v", len(halls), err)
	}
	if _, err := h.Hall(t.Context(), "org"); err == nil {
		t.Error("the organisation has a hall")
	}
	if name := h.hall().State().Branch.Org; name != "某党总支" {
		t.Errorf("the branch's superior is %q", name)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h.open(h.Dir)
	if err := h.Found(t.Context(), "b2", "第二党支部"); err != nil {
		t.Fatal(err)
	}
	two, err := h.Hall(t.Context(), "b2")
	if err != nil || two.State().Branch.Org != "某党总支" {
		t.Errorf("%v, %v", two, err)
	}
	if err := folder.Init(t.TempDir(), " ", folder.Config{Preset: "seed-2017"}); err == nil {
		t.Error("a folder without a superior")
	}
}

// What the organisation's notice says of a year reaches every branch of that year:
// those that there are, and those that come later.
func TestTheBranchesOfTheYearGetItsDirective(t *testing.T) {
	h := newHouse(t)
	o, err := h.Organisation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range []int{2015, 2016} {
		said := org.Year{Year: year, Title: "某通知", Months: []org.Month{{Month: "2017-01", Topics: []string{"《准则》"}}}}
		if err := o.Act(t.Context(), org.SetYear{Year: said}); err != nil {
			t.Fatal(err)
		}
		given, err := h.Direct(t.Context())
		if want := year == 2016; err != nil || (h.hall().State().Directive != nil) != want || slices.Contains(given, "b1") != want {
			t.Errorf("of %d: %v %v", year, given, err)
		}
	}
	if err := h.Found(t.Context(), "b2", "第二党支部"); err != nil {
		t.Fatal(err)
	}
	two, err := h.Hall(t.Context(), "b2")
	if err != nil || two.State().Directive == nil || two.State().Directive.Months[0].Topics[0] != "《准则》" {
		t.Errorf("a branch that came later: %v", err)
	}
}

// A secret belongs to the records beside it: where pingyi.json was lost a second
// Init replaces none. What an Init left that failed is no hindrance.
func TestASecretIsNotReplacedWhereRecordsAre(t *testing.T) {
	h := newHouse(t)
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	secret := func(dir string) []byte {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir, "secret"))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	lost := func(dir string) {
		t.Helper()
		if err := os.Remove(filepath.Join(dir, "pingyi.json")); err != nil {
			t.Fatal(err)
		}
	}
	before := secret(h.Dir)
	lost(h.Dir)
	if err := folder.Init(h.Dir, "某党总支", folder.Config{Preset: "seed-2017"}); !errors.Is(err, folder.ErrDatabaseThere) {
		t.Errorf("where records are: %v", err)
	}
	if !bytes.Equal(secret(h.Dir), before) {
		t.Error("the secret was replaced")
	}
	dir := t.TempDir()
	for range 2 {
		if err := folder.Init(dir, "某党总支", folder.Config{Preset: "seed-2017"}); err != nil {
			t.Fatal(err)
		}
		lost(dir)
	}
	if err := os.WriteFile(filepath.Join(dir, "pingyi.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	before = secret(dir)
	if err := folder.Init(dir, "某党总支", folder.Config{Preset: "seed-2017"}); !errors.Is(err, bolt.ErrEmpty) || !bytes.Equal(secret(dir), before) {
		t.Errorf("where the database is empty: %v", err)
	}
}
