package tui

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
var points = []point{{8, 4}, {7, 4}, {6, 3}, {5, 3}, {4, 2}, {3, 2}, {3, 1}, {2, 1}, {1, 1}}

// big sets text in big type, as large as width and height allow. A point is a
// block of cells with a background, which every terminal draws alike. It
// returns nil if there is no room, or a character has no glyph.
func big(text string, t tone, width, height int) []line {
	size, ok := fit(text, width, height)
	if !ok {
		return nil
	}
	return setType(text, t, size)
}

// fit returns the largest size of points in which text fits.
func fit(text string, width, height int) (point, bool) {
	n := -1
	for _, r := range text {
		g, ok := glyphs[r]
		if !ok {
			return point{}, false
		}
		n += 1 + len(g[0])
	}
	for _, size := range points {
		if n > 0 && n*size.x <= width && 7*size.y <= height {
			return size, true
		}
	}
	return point{}, false
}

// setType sets text with points of the given size.
func setType(text string, t tone, size point) []line {
	var lines []line
	for y := range 7 {
		var row line
		for i, r := range text {
			if i > 0 {
				row = append(row, span{strings.Repeat(" ", size.x), plain})
			}
			for _, p := range glyphs[r][y] {
				cell := span{strings.Repeat(" ", size.x), plain}
				if p == '#' {
					cell.tone = t
				}
				row = append(row, cell)
			}
		}
		for range size.y {
			lines = append(lines, row.joined())
		}
	}
	return lines
}

// bar draws a bar of width cells, filled to part of whole.
func bar(part, whole, width int) line {
	n := 0
	if whole > 0 {
		n = part * width / whole
	}
	return line{{strings.Repeat(" ", n), filled}, {strings.Repeat("-", width-n), muted}}
}
