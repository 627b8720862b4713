package draw

import (
	"strings"
)

// digits are a face of figures and what stands between them, by character: rows
// of points.
type digits map[rune][]string

// tall are the digits of five by seven points, small those of three by five for
// where there is little room.
var (
	tall = digits{
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
	small = digits{
		'0': {"###", "# #", "# #", "# #", "###"},
		'1': {" # ", "## ", " # ", " # ", "###"},
		'2': {"###", "  #", "###", "#  ", "###"},
		'3': {"###", "  #", "###", "  #", "###"},
		'4': {"# #", "# #", "###", "  #", "  #"},
		'5': {"###", "#  ", "###", "  #", "###"},
		'6': {"###", "#  ", "###", "# #", "###"},
		'7': {"###", "  #", "  #", "  #", "  #"},
		'8': {"###", "# #", "###", "# #", "###"},
		'9': {"###", "# #", "###", "  #", "###"},
		':': {" ", "#", " ", "#", " "},
	}
)

// points lists the sizes of a point of big type in cells, the largest first.
var points = []Point{{8, 4}, {7, 4}, {6, 3}, {5, 3}, {4, 2}, {3, 2}, {3, 1}, {2, 1}, {1, 1}}

// rows returns the rows of a text with a point between its characters, nil if
// one has no glyph.
func (d digits) rows(text string) []string {
	var rows []string
	for i, r := range text {
		glyph, ok := d[r]
		switch {
		case !ok:
			return nil
		case i == 0:
			rows = append(rows, glyph...)
			continue
		}
		for y := range rows {
			rows[y] += " " + glyph[y]
		}
	}
	return rows
}

// Big sets a number in big type, as large as width and height allow. A point is
// a block of cells with a background, which every terminal draws alike. It
// returns nil if there is no room, or a character has no glyph.
func Big(text string, t Tone, width, height int) []Line {
	forms := [][]string{tall.rows(text), small.rows(text)}
	if t == Late {
		forms = [][]string{framed(forms[0]), framed(forms[1]), forms[1]}
	}
	for _, rows := range forms {
		if size, ok := fit(rows, width, height); ok {
			return paved(rows, t, size)
		}
	}
	return nil
}

// framed puts empty points around rows: cells of Late have a ground of their
// own, whose edge would hide the outer ones.
func framed(rows []string) []string {
	if rows == nil {
		return nil
	}
	list := []string{strings.Repeat(" ", len(rows[0])+2)}
	for _, row := range rows {
		list = append(list, " "+row+" ")
	}
	return append(list, list[0])
}

// Fit returns the largest size of points in which a number fits.
func Fit(text string, width, height int) (Point, bool) { return fit(tall.rows(text), width, height) }

func fit(rows []string, width, height int) (Point, bool) {
	for _, size := range points {
		if len(rows) > 0 && len(rows[0])*size.X <= width && len(rows)*size.Y <= height {
			return size, true
		}
	}
	return Point{}, false
}

// SetType sets a number with points of the given size.
func SetType(text string, t Tone, size Point) []Line { return paved(tall.rows(text), t, size) }

// paved draws rows of points, each as a block of cells.
func paved(rows []string, t Tone, size Point) []Line {
	ground := Plain
	if t == Late {
		ground = Shade
	}
	var lines []Line
	for _, row := range rows {
		var line Line
		for _, p := range row {
			cell := Span{strings.Repeat(" ", size.X), ground}
			if p == '#' {
				cell.Tone = t
			}
			line = append(line, cell)
		}
		line = line.joined()
		for range size.Y {
			lines = append(lines, line)
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
