package draw

import "strings"

// glyphs are the digits, and what stands between them, of five by seven points.
var glyphs = map[rune][7]string{
	'0': {" ### ", "#   #", "#   #", "#   #", "#   #", "#   #", " ### "},
	'1': {"  #  ", " ##  ", "  #  ", "  #  ", "  #  ", "  #  ", " ### "},
	'2': {" ### ", "#   #", "    #", "   # ", "  #  ", " #   ", "#####"},
	'3': {" ### ", "#   #", "    #", "  ## ", "    #", "#   #", " ### "},
	'4': {"   # ", "  ## ", " # # ", "#  # ", "#####", "   # ", "   # "},
	'5': {"#####", "#    ", "#### ", "    #", "    #", "#   #", " ### "},
	'6': {" ### ", "#    ", "#    ", "#### ", "#   #", "#   #", " ### "},
	'7': {"#####", "    #", "   # ", "  #  ", "  #  ", "  #  ", "  #  "},
	'8': {" ### ", "#   #", "#   #", " ### ", "#   #", "#   #", " ### "},
	'9': {" ### ", "#   #", "#   #", " ####", "    #", "    #", " ### "},
	':': {" ", " ", "#", " ", "#", " ", " "},
	'.': {" ", " ", " ", " ", " ", " ", "#"},
	'/': {"    #", "    #", "   # ", "  #  ", " #   ", "#    ", "#    "},
}

// points lists the sizes of a point of big type in cells, the largest first.
var points = []Point{{8, 4}, {7, 4}, {6, 3}, {5, 3}, {4, 2}, {3, 2}, {3, 1}, {2, 1}, {1, 1}}

// Big sets text in big type, as large as width and height allow. A point is a
// block of cells with a background, which every terminal draws alike. It
// returns nil if there is no room, or a character has no glyph.
func Big(text string, t Tone, width, height int) []Line {
	size, ok := Fit(text, width, height)
	if !ok {
		return nil
	}
	return SetType(text, t, size)
}

// Fit returns the largest size of points in which text fits.
func Fit(text string, width, height int) (Point, bool) {
	n := -1
	for _, r := range text {
		g, ok := glyphs[r]
		if !ok {
			return Point{}, false
		}
		n += 1 + len(g[0])
	}
	for _, size := range points {
		if n > 0 && n*size.X <= width && 7*size.Y <= height {
			return size, true
		}
	}
	return Point{}, false
}

// SetType sets text with points of the given size.
func SetType(text string, t Tone, size Point) []Line {
	var lines []Line
	for y := range 7 {
		var row Line
		for i, r := range text {
			if i > 0 {
				row = append(row, Span{strings.Repeat(" ", size.X), Plain})
			}
			for _, p := range glyphs[r][y] {
				cell := Span{strings.Repeat(" ", size.X), Plain}
				if p == '#' {
					cell.Tone = t
				}
				row = append(row, cell)
			}
		}
		for range size.Y {
			lines = append(lines, row.joined())
		}
	}
	return lines
}

// Bar draws a bar of width cells, filled to part of whole.
func Bar(part, whole, width int) Line {
	n := 0
	if whole > 0 {
		n = part * width / whole
	}
	return Line{{strings.Repeat(" ", n), Filled}, {strings.Repeat("-", width-n), Muted}}
}
