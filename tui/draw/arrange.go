package draw

import (
	"strings"
)

// Point is a place on a page, in cells from the top left.
type Point struct{ X, Y int }

// Indented moves a line to the right.
func Indented(l Line, left int) Line {
	if len(l) == 0 || left == 0 {
		return l
	}
	return append(Line{{strings.Repeat(" ", left), Plain}}, l...)
}

// Spaced returns text with space between its characters, if there is room.
// Numbers and Latin words stay whole.
func Spaced(text string, air, width int) string {
	text = strings.ReplaceAll(text, Joiner, "")
	var b strings.Builder
	narrow := false // whether the character before was narrow
	for i, r := range text {
		n := Cells(string(r)) < 2
		if i > 0 && (!n || !narrow) {
			b.WriteString(strings.Repeat(" ", air))
		}
		b.WriteRune(r)
		narrow = n
	}
	if Cells(b.String()) > width {
		return text
	}
	return b.String()
}

// Centred indents a line so that it stands in the middle.
func Centred(l Line, width int) Line { return Indented(l, max(0, (width-l.Width())/2)) }

// Middle centres each line in a width.
func Middle(lines []Line, width int) []Line {
	list := make([]Line, len(lines))
	for i, l := range lines {
		list[i] = Centred(l, width)
	}
	return list
}

// Upright centres lines in a height.
func Upright(lines []Line, height int) []Line {
	return append(make([]Line, max(0, (height-len(lines))/2)), lines...)
}

// Beside puts lines to the right of others, which take a width.
func Beside(left, right []Line, width, gutter int) []Line {
	lines := make([]Line, max(len(left), len(right)))
	for y := range lines {
		if y < len(left) {
			lines[y] = left[y]
		}
		if y < len(right) {
			lines[y] = append(append(lines[y].filledUp(width), Span{strings.Repeat(" ", gutter), Plain}), right[y]...)
		}
	}
	return lines
}

// SideBySide puts columns of a width beside each other.
func SideBySide(columns [][]Line, width, gutter int) []Line {
	height := 0
	for _, c := range columns {
		height = max(height, len(c))
	}
	lines := make([]Line, height)
	for y := range lines {
		for x, c := range columns {
			part := Line(nil)
			if y < len(c) {
				part = c[y]
			}
			if x > 0 {
				lines[y] = append(lines[y], Span{strings.Repeat(" ", gutter), Plain})
			}
			lines[y] = append(lines[y], part.filledUp(width)...)
		}
	}
	return lines
}
