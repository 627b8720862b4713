package paper

import (
	"maps"
	"slices"
	"testing"

	"pingyi/meeting/paper/doc"
	"pingyi/meeting/preset"
)

// A kind without a row would silently have nothing of its own in the minutes.
func TestEveryKindOfItemHasASection(t *testing.T) {
	got, want := slices.Sorted(maps.Keys(itemSections)), slices.Sorted(slices.Values(preset.Kinds()))
	if !slices.Equal(got, want) {
		t.Errorf("there are sections for %q, want %q", got, want)
	}
}

// asMarkdown is a document as people read it.
func asMarkdown(t *testing.T, d doc.Document) string {
	t.Helper()
	b, err := doc.HouseStyle().Render(d, doc.Markdown)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
