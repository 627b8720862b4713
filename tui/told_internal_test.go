package tui

import (
	"testing"

	"pingyi/tui/draw"
)

// What a meeting does is written as JSON once for all browsers that show it alike: not
// for another width or language, and not where it names a key, since each page has its
// own button for that.
func TestWhatIsMovingIsWrittenOnceForAll(t *testing.T) {
	var g Gallery
	made := 0
	told := func(text string, width int, m message) {
		g.told([]block{paragraph{spans: []draw.Span{{Text: text}}}}, width, &m, func() []byte { made++; return []byte(text) })
	}
	zh := message{Lang: "zh", titled: true}
	for _, c := range []struct {
		what  string
		again func()
		want  int
	}{
		{"sixty browsers", func() { told("已签到 3 名。", 72, zh) }, 1},
		{"one more has signed in", func() { told("已签到 4 名。", 72, zh) }, 1},
		{"on a phone", func() { told("已签到 4 名。", 38, zh) }, 1},
		{"in English", func() { told("已签到 4 名。", 72, message{Lang: "en", titled: true}) }, 1},
		{"without a title", func() { told("已签到 4 名。", 72, message{Lang: "zh"}) }, 1},
		{"a key is named", func() { told("请按⟦s⟧签到。", 72, zh) }, 60},
	} {
		made = 0
		for range 60 {
			c.again()
		}
		if made != c.want {
			t.Errorf("%s: written %d times, not %d", c.what, made, c.want)
		}
	}
}
