package tui

import (
	"strings"
)

// indented moves a line to the right.
func indented(l line, left int) line {
	if len(l) == 0 || left == 0 {
		return l
	}
	return append(line{{strings.Repeat(" ", left), plain}}, l...)
}

// spaced returns text with space between its characters, if there is room.
// Numbers and Latin words stay whole.
func spaced(text string, air, width int) string {
	text = strings.ReplaceAll(text, joiner, "")
	var b strings.Builder
	narrow := false // whether the character before was narrow
	for i, r := range text {
		n := cells(string(r)) < 2
		if i > 0 && (!n || !narrow) {
			b.WriteString(strings.Repeat(" ", air))
		}
		b.WriteRune(r)
		narrow = n
	}
	if cells(b.String()) > width {
		return text
	}
	return b.String()
}

// centred indents a line so that it stands in the middle.
func centred(l line, width int) line { return indented(l, max(0, (width-l.width())/2)) }

// middle centres each line in a width.
func middle(lines []line, width int) []line {
	list := make([]line, len(lines))
	for i, l := range lines {
		list[i] = centred(l, width)
	}
	return list
}

// upright centres lines in a height.
func upright(lines []line, height int) []line {
	return append(make([]line, max(0, (height-len(lines))/2)), lines...)
}

// sideBySide puts columns of a width beside each other.
func sideBySide(columns [][]line, width, gutter int) []line {
	height := 0
	for _, c := range columns {
		height = max(height, len(c))
	}
	lines := make([]line, height)
	for y := range lines {
		for x, c := range columns {
			part := line(nil)
			if y < len(c) {
				part = c[y]
			}
			if x > 0 {
				lines[y] = append(lines[y], span{strings.Repeat(" ", gutter), plain})
			}
			lines[y] = append(lines[y], part.filledUp(width)...)
		}
	}
	return lines
}
