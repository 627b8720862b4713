package draw

import "testing"

// What needs no look stays as it is where it gets one.
func TestHarmlessTextIsClean(t *testing.T) {
	for r := rune(0); r <= 0xffff; r++ {
		if text := string(r); harmless(text) && Drawable(narrow.Replace(text)) != text {
			t.Errorf("%U is made %q", r, Drawable(narrow.Replace(text)))
		}
	}
}
