package tui

import (
	"fmt"
	"strings"
	"time"
)

// scenery is what the wall shows of a meeting at a moment.
type scenery struct {
	head, side string
	title      string   // the one big thing, in words
	above      []span   // who speaks, or what is asked of the room
	piece      piece    // the picture in the middle, as large as there is room; nil: none
	part, all  int      // a bar, if all > 0
	below      []span   // who is next, and time limits
	footer     []string // the box's fingerprint
	code       string   // the link for phones, drawn as a QR code
	beat       time.Duration
}

// piece is the picture in the middle of the stage. set makes it as large as
// width and height allow; where it cannot fit, the result is nil or too high.
type piece interface {
	set(width, height int) []line
}

// digits is a number in big type.
type digits struct {
	text string
	tone tone
}

func (d digits) set(width, height int) []line {
	lines := big(d.text, d.tone, width, height)
	if lines == nil {
		return []line{centred(line{{d.text, strong}}, width)}
	}
	return middle(lines, width)
}

// entrance is how many have come, and where the others can come in.
type entrance struct {
	came    digits
	command string
}

func (e entrance) set(width, height int) []line {
	if e.command == "" {
		return e.came.set(width, height)
	}
	where := middle(wrap(line{{e.command, strong}}, width), width)
	if host, _ := address(e.command); height >= 18 {
		if number := big(host, filled, width, 7); number != nil {
			where = append(append(where, nil), middle(number, width)...)
		}
	}
	return append(append(e.came.set(width, height-len(where)-1), nil), where...)
}

// tallies are a few numbers side by side, each above its name.
type tallies struct {
	names []string
	n     []int
}

func (t tallies) set(width, height int) []line {
	longest := ""
	for _, n := range t.n {
		if text := fmt.Sprint(n); len(text) > len(longest) {
			longest = text
		}
	}
	wide := width / max(1, len(t.n))
	size, ok := fit(longest, wide-4, height-2)
	if !ok {
		return nil
	}
	var columns [][]line
	for i, name := range t.names {
		label := centred(line{{name, strong}}, wide)
		number := setType(fmt.Sprint(t.n[i]), filled, size)
		columns = append(columns, append([]line{label, nil}, middle(number, wide)...))
	}
	return sideBySide(columns, wide, 0)
}

// rollCall is names in rows, spaced out if there is room.
type rollCall []string

func (r rollCall) set(width, height int) []line {
	lines := r.rows(width, func(name string) string { return spaced(name, 1, width) })
	switch {
	case 2*len(lines)-1 <= height:
		for i := len(lines) - 1; i > 0; i-- {
			lines = append(lines[:i], append([]line{nil}, lines[i:]...)...)
		}
	case len(lines) > height:
		lines = r.rows(width, func(name string) string { return name })
	}
	return lines
}

func (r rollCall) rows(width int, as func(string) string) []line {
	const gap = 4
	wide := 0
	for _, name := range r {
		wide = max(wide, cells(as(name)))
	}
	each := max(1, (width+gap)/(wide+gap))
	var lines []line
	for i := 0; i < len(r); i += each {
		var row line
		for _, name := range r[i:min(len(r), i+each)] {
			row = append(row, span{pad(as(name), min(wide+gap, width)), strong})
		}
		row[len(row)-1].text = strings.TrimRight(row[len(row)-1].text, " ")
		lines = append(lines, row)
	}
	indent := 0
	if len(lines) > 0 {
		indent = max(0, (width-lines[0].width())/2)
	}
	for i, l := range lines {
		lines[i] = indented(l, indent)
	}
	return lines
}

// draw draws the scenery in the middle of a page with room lines. The code for
// phones stands beside it or below, if there is room.
func (s *setting) draw(sc scenery, room int) {
	const least, gap, low = 44, 4, 14 // the room that a code must leave beside and above it
	if code := s.labelled(sc.code, s.width-least-gap, room); code != nil {
		wide := s.width - code[0].width() - gap
		s.lines = append(s.lines, sideBySide([][]line{s.stack(sc, wide, room), upright(code, room)}, wide, gap)...)
		for i, l := range s.lines {
			s.lines[i] = l.cut(s.width)
		}
		return
	}
	code := middle(s.labelled(sc.code, s.width, room-low), s.width)
	s.lines = append(append(s.lines, s.stack(sc, s.width, room-len(code))...), code...)
}

// labelled returns a code with a line below that says what it is for.
func (s *setting) labelled(code string, width, height int) []line {
	lines := qrLines(code, width, height-1)
	if lines == nil {
		return nil
	}
	wide := lines[0].width()
	label := centred(line{{s.words.Wall.Scan, plain}}.cut(wide), wide)
	return append(lines, label)
}

// stack puts the parts of a scenery below one another, in the middle of room
// lines.
func (s *setting) stack(sc scenery, width, room int) []line {
	set := func(spans ...span) (lines []line) {
		for _, s := range spans {
			lines = append(lines, middle(wrap(line{s}, width-4), width)...)
		}
		return lines
	}
	title, upper, lower := nameplate(sc.title, width, room), set(sc.above...), set(sc.below...)
	if sc.all > 0 {
		lower = append([]line{centred(bar(sc.part, sc.all, min(100, width-8)), width), nil}, lower...)
	}
	if sc.piece != nil {
		rest := room - len(title) - len(upper) - len(lower) - 2
		upper = append(append(upper, nil), sc.piece.set(width-2, rest)...)
	}
	if len(upper) > 0 && len(lower) > 0 {
		upper = append(upper, nil)
	}
	lines := append(append(title, upper...), lower...)
	return upright(lines, room)
}

// nameplate returns the title on a background, as large as there is room.
func nameplate(title string, width, room int) []line {
	text := "  " + spaced(title, 2, width-8) + "  "
	if room < 24 || cells(text)+8 > width {
		return []line{centred(line{{text, banner}}.cut(width), width), nil}
	}
	text = "      " + spaced(title, 4, width-16) + "      "
	edge := centred(line{{strings.Repeat(" ", cells(text)), banner}}, width)
	return []line{edge, centred(line{{text, banner}}, width), edge, nil}
}
