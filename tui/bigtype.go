package tui

import "strings"

// glyphs are digits of five by seven points, and what stands between them.
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
	'/': {"    #", "    #", "   # ", "  #  ", " #   ", "#    ", "#    "},
}

// big sets text in big type, as large as width and height allow: a point is a
// block of filled cells, which every terminal draws alike. It returns nothing
// if there is no room or a character has no glyph.
func big(text string, width, height int) []line {
	for _, point := range []point{{6, 3}, {4, 2}, {2, 1}, {1, 1}} {
		if lines := setType(text, point); len(lines) > 0 && len(lines) <= height && lines[0].width() <= width {
			return lines
		}
	}
	return nil
}

// setType sets text with points of the given size.
func setType(text string, size point) []line {
	var lines []line
	for y := range 7 {
		var row line
		for i, r := range text {
			g, ok := glyphs[r]
			if !ok {
				return nil
			}
			if i > 0 {
				row = append(row, span{strings.Repeat(" ", size.x), plain})
			}
			for _, p := range g[y] {
				t := plain
				if p == '#' {
					t = filled
				}
				row = append(row, span{strings.Repeat(" ", size.x), t})
			}
		}
		for range size.y {
			lines = append(lines, row)
		}
	}
	return lines
}

// bar is a bar of width cells, filled to part of whole.
func bar(part, whole, width int) line {
	n := 0
	if whole > 0 {
		n = part * width / whole
	}
	return line{{strings.Repeat(" ", n), filled}, {strings.Repeat("-", width-n), muted}}
}
