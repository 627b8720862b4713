package tui

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// runningText is a time span as texts have it.
var runningText = regexp.MustCompile(`\d+:\d\d(:\d\d)?`)

func TestTimeSpansAreFoundInAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`0059::"，x`))).Draw(rt, "text")
		want := runningText.FindAllStringIndex(text, -1)
		got := spansIn([]byte(text))
		if len(got) != len(want) {
			rt.Fatalf("%v and not %v", got, want)
		}
		for i := range want {
			if got[i] != [2]int(want[i]) {
				rt.Fatalf("%v and not %v", got, want)
			}
		}
	})
}
