package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/tui/draw"
)

// scenery is what the wall shows of a meeting at a moment.
type scenery struct {
	head, side string
	title      string        // the one big thing, in words
	above      []draw.Span   // who speaks, or what is asked of the room
	piece      piece         // the picture in the middle, as large as there is room; nil: none
	part, all  int           // a bar, if all > 0
	below      []draw.Span   // who is next, and time limits
	footer     []string      // the box's fingerprint
	roomy      []string      // what few need, below the footer, on a wall that has room
	code       string        // the link for phones, drawn as a QR code
	label      string        // what the code is for
	clock      *runningClock // the clock of the picture, where it runs or is held; nil: it has none
	beat       time.Duration
}

// piece is the picture in the middle of the stage. set makes it as large as
// width and height allow; where it cannot fit, the result is nil or too high.
type piece interface {
	set(width, height int) []draw.Line
}

// digits is a number in big type.
type digits struct {
	text string
	tone draw.Tone
}

func (d digits) set(width, height int) []draw.Line {
	lines := draw.Big(d.text, d.tone, width, height)
	if lines == nil {
		return []draw.Line{draw.Centred(draw.Line{{Text: d.text, Tone: draw.Strong}}, width)}
	}
	return draw.Middle(lines, width)
}

// headline is who speaks, or what was put on the wall, and a clock.
type headline struct {
	text  string
	clock digits
}

// set sets the clock alone: there the text stands in words.
func (p headline) set(width, height int) []draw.Line { return p.clock.set(width, height) }

// stage sets the text across the wall, as large as width and height allow, and
// below it the clock, about a third as high, with texts beside it. It returns
// nil where the text cannot be set in large characters.
func (p headline) stage(texts []draw.Span, width, height int) []draw.Line {
	for room := height; ; {
		name := draw.Letter(p.text, draw.Filled, width, room)
		if name == nil {
			return nil
		}
		third := len(name)/3 + 2
		if p.clock.tone == draw.Late {
			third += 2 // its frame
		}
		clock := draw.Big(p.clock.text, p.clock.tone, width/2, min(third, height-len(name)))
		if clock != nil {
			below := captioned(clock, texts, width, height-len(name))
			air := max(0, min(2, (height-len(name)-len(below))/2))
			return slices.Concat(draw.Middle(name, width), make([]draw.Line, air), below)
		}
		room = len(name) - 1
	}
}

// captioned puts texts to the right of a picture. Of those for which there is no
// room the last are left out.
func captioned(picture []draw.Line, texts []draw.Span, width, height int) []draw.Line {
	const gap = 3
	wide := picture[0].Width()
	var rows []draw.Line
	for _, t := range texts {
		rows = append(rows, draw.Wrap(draw.Line{t}, width-wide-gap)...)
	}
	rows = rows[:min(len(rows), height)]
	widest := 0
	for _, l := range rows {
		widest = max(widest, l.Width())
	}
	rows = draw.Upright(rows, len(picture))
	lines := make([]draw.Line, max(len(picture), len(rows)))
	for i := range lines {
		var l draw.Line
		if i < len(picture) {
			l = picture[i]
		}
		if i < len(rows) && len(rows[i]) > 0 {
			l = append(l[:len(l):len(l)], draw.Span{Text: strings.Repeat(" ", wide+gap-l.Width()), Tone: draw.Plain})
			l = append(l, rows[i]...)
		}
		lines[i] = draw.Indented(l, max(0, (width-wide-gap-widest)/2))
	}
	return lines
}

// entrance is how many have come, and where the others can come in.
type entrance struct {
	came    digits
	command string
	browser string // what to do in a browser; "": nothing
	site    string // the address of that
}

func (e entrance) set(width, height int) []draw.Line {
	if e.command == "" {
		return e.came.set(width, height)
	}
	say := func(text string, tone draw.Tone) []draw.Line {
		return draw.Middle(draw.Wrap(draw.Line{{Text: text, Tone: tone}}, width), width)
	}
	where, number := say(e.command, draw.Strong), []draw.Line(nil)
	host, _ := address(e.command)
	if e.site != "" {
		where = slices.Concat(say(e.browser, draw.Strong), say(e.command, draw.Plain))
		_, host, _ = strings.Cut(e.site, "://")
	}
	if height >= 18 {
		number = draw.Big(host, draw.Filled, width, 7)
	}
	if number != nil {
		where = append(append(where, nil), draw.Middle(number, width)...)
	}
	return append(append(e.came.set(width, height-len(where)-1), nil), where...)
}

// tallies are a few numbers side by side, each below its name. They are aligned
// to the right, and farther from each other than their digits.
type tallies struct {
	names []string
	n     []int
}

func (t tallies) set(width, height int) []draw.Line {
	longest := ""
	for _, n := range t.n {
		if text := fmt.Sprint(n); len(text) > len(longest) {
			longest = text
		}
	}
	wide := width / max(1, len(t.n))
	size, ok := draw.Fit(longest+":", wide, height-2)
	if !ok {
		return nil
	}
	most := draw.SetType(longest, draw.Filled, size)[0].Width()
	var columns [][]draw.Line
	for i, name := range t.names {
		label := draw.Centred(draw.Line{{Text: name, Tone: draw.Strong}}, wide)
		column := []draw.Line{label, nil}
		for _, row := range draw.SetType(fmt.Sprint(t.n[i]), draw.Filled, size) {
			column = append(column, draw.Indented(row, (wide+most)/2-row.Width()))
		}
		columns = append(columns, column)
	}
	return draw.SideBySide(columns, wide, 0)
}

// rollCall is names in rows, spaced out if there is room.
type rollCall []string

func (r rollCall) set(width, height int) []draw.Line {
	lines := r.rows(width, func(name string) string { return draw.Spaced(name, 1, width) })
	switch {
	case 2*len(lines)-1 <= height:
		for i := len(lines) - 1; i > 0; i-- {
			lines = append(lines[:i], append([]draw.Line{nil}, lines[i:]...)...)
		}
	case len(lines) > height:
		lines = r.rows(width, func(name string) string { return name })
	}
	return lines
}

func (r rollCall) rows(width int, as func(string) string) []draw.Line {
	const gap = 4
	wide := 0
	for _, name := range r {
		wide = max(wide, draw.Cells(as(name)))
	}
	each := max(1, (width+gap)/(wide+gap))
	var lines []draw.Line
	for i := 0; i < len(r); i += each {
		var row draw.Line
		for _, name := range r[i:min(len(r), i+each)] {
			row = append(row, draw.Span{Text: draw.Pad(as(name), min(wide+gap, width)), Tone: draw.Strong})
		}
		row[len(row)-1].Text = strings.TrimRight(row[len(row)-1].Text, " ")
		lines = append(lines, row)
	}
	indent := 0
	if len(lines) > 0 {
		indent = max(0, (width-lines[0].Width())/2)
	}
	for i, l := range lines {
		lines[i] = draw.Indented(l, indent)
	}
	return lines
}

// draw draws the scenery in the middle of a page with room lines. The code for
// phones stands beside it or below, if there is room.
func (s *setting) draw(sc scenery, room int) {
	const least, gap, low = 44, 4, 14 // the room that a code must leave beside and above it
	if code := s.labelled(sc, s.width-least-gap, room); code != nil {
		wide := s.width - code[0].Width() - gap
		s.lines = append(s.lines, draw.Beside(s.stack(sc, wide, room), draw.Upright(code, room), wide, gap)...)
		for i, l := range s.lines {
			s.lines[i] = l.Cut(s.width)
		}
		return
	}
	code := draw.Middle(s.labelled(sc, s.width, room-low), s.width)
	s.lines = append(append(s.lines, s.stack(sc, s.width, room-len(code))...), code...)
}

// labelled returns the code of a scenery with a line below that says what it is for.
func (s *setting) labelled(sc scenery, width, height int) []draw.Line {
	lines := draw.QrLines(sc.code, width, height-1)
	if lines == nil {
		return nil
	}
	wide := lines[0].Width()
	label := draw.Centred(draw.Line{{Text: sc.label, Tone: draw.Plain}}.Cut(wide), wide)
	return append(lines, label)
}

// stack puts the parts of a scenery below one another, in the middle of room
// lines.
func (s *setting) stack(sc scenery, width, room int) []draw.Line {
	set := func(spans ...draw.Span) (lines []draw.Line) {
		for _, s := range spans {
			lines = append(lines, draw.Middle(draw.Wrap(draw.Line{s}, width-4), width)...)
		}
		return lines
	}
	if p, ok := sc.piece.(headline); ok {
		if lines := p.stage(slices.Concat(sc.above, sc.below), width-2, room); lines != nil {
			if title := nameplate(sc.title, width, room); len(title)+len(lines) <= room {
				lines = append(title, lines...)
			}
			return draw.Upright(lines, room)
		}
		sc.say(p.text, width)
	}
	title, upper, lower := nameplate(sc.title, width, room), set(sc.above...), set(sc.below...)
	if sc.all > 0 {
		lower = append([]draw.Line{draw.Centred(draw.Bar(sc.part, sc.all, min(100, width-8)), width), nil}, lower...)
	}
	if sc.piece != nil {
		rest := room - len(title) - len(upper) - len(lower) - 2
		upper = append(append(upper, nil), sc.piece.set(width-2, rest)...)
	}
	if len(upper) > 0 && len(lower) > 0 {
		upper = append(upper, nil)
	}
	lines := append(append(title, upper...), lower...)
	return draw.Upright(lines, room)
}

// say makes a text that is not drawn the title, or where it is too long a line of
// its own.
func (sc *scenery) say(text string, width int) {
	if draw.Cells(text) <= width-8 {
		sc.title = text
		return
	}
	sc.above = slices.Concat([]draw.Span{{Text: text, Tone: draw.Strong}}, sc.above)
}

// nameplate returns the title on a background, as large as there is room.
func nameplate(title string, width, room int) []draw.Line {
	text := "  " + draw.Spaced(title, 2, width-8) + "  "
	if room < 24 || draw.Cells(text)+8 > width {
		return []draw.Line{draw.Centred(draw.Line{{Text: text, Tone: draw.Banner}}.Short(width), width), nil}
	}
	text = "      " + draw.Spaced(title, 4, width-16) + "      "
	edge := draw.Centred(draw.Line{{Text: strings.Repeat(" ", draw.Cells(text)), Tone: draw.Banner}}, width)
	return []draw.Line{edge, draw.Centred(draw.Line{{Text: text, Tone: draw.Banner}}, width), edge, nil}
}
