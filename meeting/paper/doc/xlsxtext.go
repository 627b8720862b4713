package doc

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// What one cell of Excel can show and hold.
const (
	cellHeight = 409   // points
	cellLength = 32767 // UTF-16 units
	cellMargin = 4     // points over and under the lines
)

// piece is a text, or a part of a long one, that one cell can show.
type piece struct {
	text  string
	lines int
}

// pieces cuts a text of a face into what cells with room for so many Chinese
// characters can show: a row is no higher than 409 points, and a cell holds no more
// than 32,767 characters. The pieces one after the other are the text; only a line
// break between two of them is left out.
func pieces(text string, f Face, room float64) []piece {
	var list []piece
	most, from, long := max(1, int((cellHeight-cellMargin)/f.high())), 0, 0
	lines := folded(strings.TrimRight(text, "\n"), max(1, room))
	cut := func(to int) {
		list = append(list, piece{strings.TrimSuffix(strings.Join(lines[from:to], ""), "\n"), to - from})
		from, long = to, 0
	}
	for i, line := range lines {
		n := units(line)
		if i-from == most || long+n > cellLength {
			cut(i)
		}
		long += n
	}
	cut(len(lines))
	return list
}

// high is the height of a line.
func (f Face) high() float64 {
	if f.Line > 0 {
		return f.Line
	}
	return f.Size * 1.4
}

// folded breaks a text into the lines that it takes where there is room for so many
// Chinese characters. A word of Latin letters is not broken if it fits.
func folded(text string, room float64) []string {
	var lines []string
	for line := range strings.SplitAfterSeq(text, "\n") {
		start, word, wide := 0, 0, 0.0
		for i, r := range line {
			letter := r > ' ' && r < chinese
			if r != '\n' && wide+em(r) > room && i > start {
				end := i
				if letter && word > start {
					end = word
				}
				lines = append(lines, line[start:end])
				wide = 0
				for _, x := range line[end:i] {
					wide += em(x)
				}
				start = end
			}
			if !letter {
				word = i + utf8.RuneLen(r)
			}
			wide += em(r)
		}
		lines = append(lines, line[start:])
	}
	return lines
}

// chinese is the first character that is as wide as a Chinese one in Chinese fonts,
// quotation marks and dashes among them.
const chinese = 0x2000

// em is the width of a character in Chinese characters.
func em(r rune) float64 {
	if r < chinese {
		return 0.5
	}
	return 1
}

// units is the length of a text as Excel counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// first is the beginning of a text with at most so many units.
func first(text string, most int) string {
	for i, r := range text {
		if most -= utf16.RuneLen(r); most < 0 {
			return text[:i]
		}
	}
	return text
}
