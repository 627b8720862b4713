package folder_test

import (
	"slices"
	"strings"
	"testing"

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
