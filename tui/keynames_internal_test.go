package tui

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// TestKeysAreFoundInATextAsTheyAreWritten: a member may write what looks like the mark of
// a key, or half of it. What is a mark is what this expression says.
func TestKeysAreFoundInATextAsTheyAreWritten(t *testing.T) {
	want := regexp.MustCompile(`⟦(press |Press )?([^⟦⟧ |]+)(?:\|([^⟦⟧]*))?⟧( ?)`)
	piece := rapid.SampledFrom([]string{"⟦", "⟧", "press ", "Press ", "|", " ", "enter", "q", "按", "press", "\n"})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, p := range rapid.SliceOfN(piece, 0, 14).Draw(t, "text") {
			text += p
		}
		var found [][]string
		rest := marked(text, func(m keyMark) string {
			found = append(found, []string{m.all, m.verb, m.key, m.tap, m.space})
			return "."
		})
		all := want.FindAllStringSubmatch(text, -1)
		if len(all) != len(found) || rest != want.ReplaceAllLiteralString(text, ".") {
			t.Fatalf("%q: %q, found %q", text, rest, found)
		}
		for i, m := range all {
			for k := range m {
				if found[i][k] != m[k] {
					t.Fatalf("%q: %q, want %q", text, found[i], m)
				}
			}
		}
	})
}
