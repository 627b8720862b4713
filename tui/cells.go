package tui

import (
	"encoding/hex"
	"fmt"
	"strings"

	"pingyi/tui/draw"
)

// The smallest window, and where wider layouts begin (SCREENS.md §2).
const (
	leastWidth, leastHeight = 40, 12
	normalWidth, wideWidth  = 60, 100
	readingWidth            = 76 // the longest line that reads well
)

// setting is blocks set at a width: the lines that they make.
type setting struct {
	width  int
	words  *Words
	spoken bool // the lines are read one after another, and nobody sees them stand
	lines  []draw.Line
	focus  int         // number of the line that must be visible
	cursor *draw.Point // the terminal's cursor; nil: none
}

// set sets blocks at a width.
func (w *Words) set(blocks []block, width int) *setting {
	s := &setting{width: width, words: w}
	s.add(blocks)
	return s
}

func (s *setting) add(blocks []block) {
	for _, b := range blocks {
		b.set(s)
	}
}

// put adds a wrapped paragraph.
func (s *setting) put(l draw.Line) { s.lines = append(s.lines, draw.Wrap(s.named(l), s.width)...) }

// row adds one line, cut to the width.
func (s *setting) row(l draw.Line) { s.lines = append(s.lines, s.named(l).Cut(s.width)) }

// look makes the last line the one that must be visible.
func (s *setting) look() { s.focus = len(s.lines) - 1 }

func (t title) set(s *setting) {
	row := draw.Line{{Text: " " + t.text + " ", Tone: draw.Banner}}
	for _, b := range t.beside {
		row = append(row, draw.Span{Text: "  ", Tone: draw.Plain}, b)
	}
	switch fits := row.Width() <= s.width; {
	case fits && s.spoken:
		row[0] = draw.Span{Text: strings.TrimSpace(t.text) + " ", Tone: draw.Plain}
		if len(row) > 1 {
			row[1].Text = ""
		}
		s.row(row)
	case fits:
		s.row(row)
	default:
		row[0] = draw.Span{Text: t.text, Tone: draw.Accent}
		s.put(row)
	}
}

func (p paragraph) set(s *setting) {
	mark := p.mark
	indent := draw.Cells(mark.Text)
	for i, l := range draw.Wrap(s.named(p.spans), s.width-indent) {
		if i > 0 {
			mark.Text = strings.Repeat(" ", indent)
		}
		if indent > 0 {
			l = append(draw.Line{mark}, l...)
		}
		s.lines = append(s.lines, l)
	}
}

// line returns the columns side by side. A column that is cut keeps a space
// before the next.
func (r row) line() draw.Line {
	l := make(draw.Line, len(r))
	for i, c := range r {
		text := c.text
		switch {
		case c.width == 0:
		case c.right:
			text = draw.Flush(text, c.width)
		default:
			text = draw.Pad(text, c.width-1) + " "
		}
		l[i] = draw.Span{Text: text, Tone: c.tone}
	}
	return l
}

func (r row) set(s *setting) { s.row(r.line()) }

func (h hint) set(s *setting) {
	if !s.spoken {
		s.put(draw.Line{{Text: string(h), Tone: draw.Muted}})
	}
}

func (k keyRow) set(s *setting) {
	paragraph{draw.Span{Text: draw.Pad(s.words.keyName(k.key, s.spoken), 10), Tone: draw.Strong}, k.says}.set(s)
}

func (gap) set(s *setting) {
	if n := len(s.lines); n > 0 && len(s.lines[n-1]) > 0 {
		s.lines = append(s.lines, nil)
	}
}

func (r rule) set(s *setting) {
	n := s.width
	if r > 0 {
		n = min(n, int(r))
	}
	if !s.spoken {
		s.row(draw.Line{{Text: strings.Repeat("-", n), Tone: draw.Muted}})
	}
}

func (current) set(s *setting) { s.look() }

func (o options) set(s *setting) {
	if len(o.head) > 0 {
		s.row(append(draw.Line{{Text: strings.Repeat(" ", draw.Cells(o.before(0).Text)), Tone: draw.Muted}}, row(o.head).line()...))
	}
	for i, c := range o.rows {
		here := i == o.at
		if len(c.cells) > 0 {
			s.row(append(draw.Line{o.before(i)}, row(c.cells).line()...))
		} else {
			c.paragraph(s.words, o.before(i), here).set(s)
		}
		if o.seen && (here || o.at < 0 && i == 0) {
			s.look()
		}
	}
}

// before returns what precedes row i: its number, and whether it is selected.
func (o options) before(i int) draw.Span {
	number := fmt.Sprintf("%*d ", len(fmt.Sprint(len(o.rows))), i+1)
	switch {
	case o.mark == unnumbered:
		number = ""
	case o.mark == graded && i == len(o.rows)-1:
		number = "0 "
	}
	if i == o.at {
		return draw.Span{Text: "> " + number, Tone: draw.Accent}
	}
	return draw.Span{Text: "  " + number, Tone: draw.Plain}
}

// paragraph returns a choice as a row of a list, and why it cannot be taken.
func (c choice) paragraph(w *Words, mark draw.Span, here bool) paragraph {
	t := draw.Plain
	switch {
	case c.why != "":
		t = draw.Muted
	case here:
		t = draw.Strong
	}
	spans := []draw.Span{{Text: c.label, Tone: t}}
	if c.note != "" {
		spans = append(spans, draw.Span{Text: "  " + c.note, Tone: draw.Muted})
	}
	if c.why != "" && here {
		spans = append(spans, draw.Span{Text: w.Common.Bracketed.of(c.why), Tone: draw.Muted})
	}
	return paragraph{mark, spans}
}

func (v versions) set(s *setting) {
	for _, one := range v {
		if s.width >= one.least {
			s.add(one.blocks())
			return
		}
	}
}

func (w writing) set(s *setting) {
	if w.masked {
		s.row(draw.Line{{Text: strings.Repeat("*", len(w.Text)), Tone: draw.Plain}})
		s.cursor = &draw.Point{X: min(w.At, s.width-1), Y: len(s.lines) - 1}
		return
	}
	w.Drawn = s.width
	rows, top := w.Rows(s.width), len(s.lines)
	for _, r := range rows {
		s.lines = append(s.lines, draw.Line{{Text: string(w.Text[r.From:r.To]), Tone: draw.Plain}})
	}
	if i := w.Row(s.width); !w.ended {
		s.cursor = &draw.Point{X: draw.Cells(string(w.Text[rows[i].From:w.At])), Y: top + i}
	}
}

func (d dump) set(s *setting) {
	n := max(4, min(16, s.width/3))
	for i := 0; i < len(d); i += n {
		row := ""
		for _, x := range d[i:min(len(d), i+n)] {
			row += hex.EncodeToString([]byte{x}) + " "
		}
		s.row(draw.Line{{Text: row, Tone: draw.Muted}})
	}
}

// frame is a whole screen.
type frame struct {
	lines  []draw.Line
	cursor *draw.Point
	first  int // number of the body's first visible line
}

// margins returns the empty columns at the left and the columns for the body.
func margins(width int, wide bool) (left, body int) {
	switch {
	case width < normalWidth:
		return 0, width
	case wide:
		return 1, width - 2
	case width < wideWidth:
		return 2, min(readingWidth, width-4)
	}
	return 8, readingWidth
}

// layout is a page whose parts are set for a window.
type layout struct {
	page
	words               *Words
	width, height, left int
	body                *setting
	bottom              []draw.Line // the foot
}

// layout sets the parts of a page for a window that is large enough.
func (w *Words) layout(p page, width, height int) layout {
	left, room := margins(width, p.wide)
	l := layout{page: p, words: w, width: width, height: height, left: left}
	l.bottom = w.set(p.foot, room).lines
	switch {
	case p.wall != nil:
		for _, text := range p.wall.footer {
			l.bottom = append(l.bottom, draw.Middle(draw.Wrap(draw.Line{{Text: text, Tone: draw.Plain}}, room), room)...)
		}
		l.body = w.set(nil, room)
		l.body.draw(*p.wall, height-4-len(l.bottom))
	case len(p.margin) > 0 && room >= normalWidth-2:
		l.body = beside(w.set(p.margin, agendaWidth), w.set(p.body, room-agendaWidth-2))
	case p.most > 0:
		l.body = w.set(p.body, min(room, p.most))
	default:
		l.body = w.set(p.body, room)
	}
	return l
}

// beside puts the margin to the left of the body.
func beside(margin, body *setting) *setting {
	s := &setting{focus: margin.focus}
	for i := range max(len(margin.lines), len(body.lines)) {
		var row draw.Line
		if i < len(margin.lines) {
			row = margin.lines[i]
		}
		if i < len(body.lines) && len(body.lines[i]) > 0 {
			row = append(row[:len(row):len(row)], draw.Span{Text: strings.Repeat(" ", max(0, agendaWidth+2-row.Width())), Tone: draw.Plain})
			row = append(row, body.lines[i]...)
		}
		s.lines = append(s.lines, row)
	}
	return s
}

// draw puts head, body, the last answer, and the keys that work into the
// window. scroll moves a body that is too long.
func (l layout) draw(scroll int) frame {
	w, width := l.words, l.width-l.left
	var bottom []draw.Line
	if l.said.Text != "" {
		bottom = append(bottom, draw.Wrap(draw.Line{{Text: w.named(l.said.Text, false), Tone: l.said.Tone}}, width)...)
	}
	bottom = append(append(bottom, l.bottom...), w.keyLines(l.keys, width)...)
	top := []draw.Line{l.headLine(width)}
	if l.height > leastHeight+3 {
		top, bottom = append(top, nil), append([]draw.Line{nil}, bottom...)
	}
	room := max(1, l.height-len(top)-len(bottom))
	body, first := l.window(room, scroll)
	f := frame{first: first}
	for _, part := range [][]draw.Line{top, body, bottom} {
		for _, row := range part {
			f.lines = append(f.lines, draw.Indented(row, l.left).Drawn().Cut(l.width))
		}
	}
	f.lines = f.lines[:min(len(f.lines), l.height)]
	if c := l.body.cursor; c != nil {
		at := draw.Point{X: min(c.X+l.left, l.width-1), Y: min(c.Y-first+len(top), l.height-1)}
		f.cursor = &at
	}
	return f
}

// window returns exactly room lines of the body, and the number of the first.
func (l layout) window(room, scroll int) (part []draw.Line, first int) {
	seen, lines := l.body.focus, l.body.lines
	if l.body.cursor != nil {
		seen = l.body.cursor.Y
	}
	n := len(lines)
	first = max(0, min(scroll, n-room))
	if seen >= first+room-1 {
		first = min(seen-room+2, n-room)
	}
	first = max(0, first)
	part = append(part, lines[first:min(n, first+room)]...)
	if first > 0 && room > 2 {
		part[0] = draw.Line{{Text: l.words.Page.Above.of(first + 1), Tone: draw.Muted}}
	}
	if rest := n - first - room; rest > 0 && room > 2 {
		part[room-1] = draw.Line{{Text: l.words.Page.Below.of(rest + 1), Tone: draw.Muted}}
	}
	for len(part) < room {
		part = append(part, nil)
	}
	return part, first
}

// headLine puts the side at the right end if both fit.
func (l layout) headLine(width int) draw.Line {
	head, side := l.head, l.side
	if l.width < normalWidth && l.brief != "" {
		head = l.brief
	}
	space := width - draw.Cells(side) - 2
	if side == "" || space < 8 {
		return draw.Line{{Text: head, Tone: draw.Strong}}.Cut(width)
	}
	return draw.Line{{Text: draw.Pad(head, space), Tone: draw.Strong}, {Text: "  ", Tone: draw.Plain}, {Text: side, Tone: draw.Strong}}
}

// keyLines lists the keys that work now.
func (w *Words) keyLines(keys []bind, width int) []draw.Line {
	var lines []draw.Line
	var row draw.Line
	for _, b := range keys {
		if b.quiet || !b.Enabled() {
			continue
		}
		item := draw.Line{{Text: w.capOf(b.Help().Key), Tone: draw.Strong}, {Text: " " + b.Help().Desc, Tone: draw.Muted}}
		if len(row) > 0 && row.Width()+3+item.Width() > width {
			lines, row = append(lines, row), nil
		}
		if len(row) > 0 {
			row = append(row, draw.Span{Text: "   ", Tone: draw.Plain})
		}
		row = append(row, item...)
	}
	return append(lines, row)
}

func (w *Words) tooSmall(width, height int) frame {
	text := w.Page.TooSmall.of(leastWidth, leastHeight)
	lines := draw.Wrap(draw.Line{{Text: text, Tone: draw.Strong}}, width)
	for i := range lines {
		lines[i] = lines[i].Cut(max(0, width))
	}
	return frame{lines: lines[:max(0, min(len(lines), height))]}
}
