// Package face sets text in dots, for walls that are read from afar. It has two
// bitmap faces: FaceSC of bitmapfont, 12 dots high, which is easy to read and
// has almost every character of GB 2312; and GNU Unifont, 16 dots high, with
// every character of GBK and of extension A, for names with a rare one. Neither
// is unpacked before the first text is set.
package face

import (
	"strings"

	"github.com/hajimehoshi/bitmapfont/v3"
	"golang.org/x/image/math/fixed"
)

// Set returns the rows of dots of each line: # is a dot, a space is none. All
// lines are in one face, the first that has every character; where none has, or
// a line is empty, the result is nil. The rows of a line are equally long.
func Set(lines ...string) [][]string {
	for _, f := range faces {
		if set := f.set(lines); set != nil {
			return set
		}
	}
	return nil
}

// face is a bitmap face. glyph returns the rows of a character, without dots for
// one that the face lacks.
type face struct {
	height int
	glyph  func(rune) []string
}

var faces = []face{{pixelHeight, pixelGlyph}, {unifontHeight, unifontGlyph}}

// set returns lines in the face, nil if it lacks a character.
func (f face) set(lines []string) [][]string {
	list := make([][]string, len(lines))
	for i, text := range lines {
		rows := make([]string, f.height)
		for _, r := range strings.ReplaceAll(text, "・", "·") { // as narrow as it looks
			glyph := f.glyph(r)
			if r != ' ' && !dotted(glyph) {
				return nil
			}
			for y := range rows {
				rows[y] += glyph[y]
			}
		}
		if !dotted(rows) {
			return nil
		}
		list[i] = rows
	}
	return list
}

// dotted reports whether any row has a dot. bitmapfont has blank glyphs for the
// characters that it lacks.
func dotted(rows []string) bool {
	for _, row := range rows {
		if strings.Contains(row, "#") {
			return true
		}
	}
	return false
}

// The rows of bitmapfont's glyphs that characters use, from the top of 汉字 to
// the end of the letters' tails.
const pixelTop, pixelHeight = 2, 12

// pixelGlyph returns the rows of a character in FaceSC, nil outside of the
// basic plane.
func pixelGlyph(r rune) []string {
	_, mask, at, advance, ok := bitmapfont.FaceSC.Glyph(fixed.Point26_6{}, r)
	if !ok {
		return nil
	}
	rows := make([]string, pixelHeight)
	for y := range rows {
		for x := range advance.Round() {
			_, _, _, ink := mask.At(at.X+x, at.Y+pixelTop+y).RGBA()
			rows[y] += dot(ink > 0)
		}
	}
	return rows
}

func dot(ink bool) string {
	if ink {
		return "#"
	}
	return " "
}
