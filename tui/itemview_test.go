package tui

import (
	"maps"
	"slices"
	"testing"

	"pingyi/meeting/preset"
)

// A kind without a row would silently be drawn with nothing of its own.
func TestEveryKindOfItemHasAView(t *testing.T) {
	got, want := slices.Sorted(maps.Keys(itemViews)), slices.Sorted(slices.Values(preset.Kinds()))
	if !slices.Equal(got, want) {
		t.Errorf("there are views of %q, want %q", got, want)
	}
}
