package draw

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"pingyi/tui/draw/face"
)

// dots lists the sizes of a dot of lettering in cells. A cell is twice as high
// as wide: a dot of {2, 1} is square, one of {3, 2} or {1, 1} is narrow.
var dots = []Point{{8, 4}, {7, 4}, {6, 3}, {5, 3}, {4, 4}, {4, 2}, {3, 3}, {3, 2}, {2, 2}, {2, 1}, {1, 1}}

// mostLettered is into how many lines lettering breaks a text at most.
const mostLettered = 3

// Letter sets a text in large characters, as large as width and height allow: in
// several lines, if they are larger then. A dot is a block of cells with a
// background, which every terminal draws alike. It returns nil if there is no
// room, or a character has no glyph.
func Letter(text string, t Tone, width, height int) []Line {
	text = strings.TrimSpace(strings.ReplaceAll(text, Joiner, ""))
	var best []Line
	most := 0
	for n := 1; n <= mostLettered; n++ {
		set := face.Set(broken(text, n)...)
		for _, size := range dots {
			// The smaller side of a dot says how far the text can be read, then its height.
			if legible := 8*min(size.X, 2*size.Y) + size.Y; legible > most && lettered(set, size, width, height) {
				best, most = below(set, t, size), legible
			}
		}
	}
	return best
}

// broken breaks a text into at most n lines that are about equally long. Two
// lines of a name are its parts on both sides of the interpunct.
func broken(text string, n int) []string {
	for i, r := range text {
		rest := text[i+utf8.RuneLen(r):]
		if _, w := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth); n == 2 && strings.ContainsRune("·・.", r) && w == 2 {
			return []string{strings.TrimSuffix(text, rest), rest}
		}
	}
	for width := (Cells(text) + n - 1) / n; ; width++ {
		if lines := Wrap(Line{{text, Plain}}, width); len(lines) <= n {
			parts := make([]string, len(lines))
			for i, l := range lines {
				parts[i] = l.Text()
			}
			return parts
		}
	}
}

// lettered reports whether lines in dots of a size fit below one another, a row
// of dots apart.
func lettered(set [][]string, size Point, width, height int) bool {
	high := len(set) - 1
	for _, rows := range set {
		high += len(rows)
		if len(rows[0])*size.X > width {
			return false
		}
	}
	return len(set) > 0 && high*size.Y <= height
}

// below draws lines in dots below one another, each in the middle.
func below(set [][]string, t Tone, size Point) []Line {
	var lines []Line
	wide := 0
	for _, rows := range set {
		wide = max(wide, len(rows[0])*size.X)
	}
	for i, rows := range set {
		if i > 0 {
			lines = append(lines, make([]Line, size.Y)...)
		}
		lines = append(lines, Middle(paved(rows, t, size), wide)...)
	}
	return lines
}
