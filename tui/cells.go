package tui

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// The smallest window, and where wider layouts begin (SCREENS.md §2).
const (
	leastWidth, leastHeight = 40, 12
	normalWidth, wideWidth  = 60, 100
	readingWidth            = 76 // the longest line that reads well
)

// point is a place on a page, in cells from the top left.
type point struct{ x, y int }

// setting is blocks set at a width: the lines that they make.
type setting struct {
	width  int
	words  *Words
	spoken bool // the lines are read one after another, and nobody sees them stand
	lines  []line
	focus  int    // number of the line that must be visible
	cursor *point // the terminal's cursor; nil: none
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
func (s *setting) put(l line) { s.lines = append(s.lines, wrap(s.named(l), s.width)...) }

// row adds one line, cut to the width.
func (s *setting) row(l line) { s.lines = append(s.lines, s.named(l).cut(s.width)) }

// look makes the last line the one that must be visible.
func (s *setting) look() { s.focus = len(s.lines) - 1 }

func (t title) set(s *setting) {
	row := line{{" " + t.text + " ", banner}}
	for _, b := range t.beside {
		row = append(row, span{"  ", plain}, b)
	}
	switch fits := row.width() <= s.width; {
	case fits && s.spoken:
		row[0] = span{strings.TrimSpace(t.text) + " ", plain}
		if len(row) > 1 {
			row[1].text = ""
		}
		s.row(row)
	case fits:
		s.row(row)
	default:
		row[0] = span{t.text, accent}
		s.put(row)
	}
}

func (p paragraph) set(s *setting) {
	mark := p.mark
	indent := cells(mark.text)
	for i, l := range wrap(s.named(p.spans), s.width-indent) {
		if i > 0 {
			mark.text = strings.Repeat(" ", indent)
		}
		if indent > 0 {
			l = append(line{mark}, l...)
		}
		s.lines = append(s.lines, l)
	}
}

// line returns the columns side by side. A column that is cut keeps a space
// before the next.
func (r row) line() line {
	l := make(line, len(r))
	for i, c := range r {
		text := c.text
		switch {
		case c.width == 0:
		case c.right:
			text = flush(text, c.width)
		default:
			text = pad(text, c.width-1) + " "
		}
		l[i] = span{text, c.tone}
	}
	return l
}

func (r row) set(s *setting) { s.row(r.line()) }

func (h hint) set(s *setting) {
	if !s.spoken {
		s.put(line{{string(h), muted}})
	}
}

func (k keyRow) set(s *setting) {
	paragraph{span{pad(s.words.keyName(k.key, s.spoken), 10), strong}, k.says}.set(s)
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
		s.row(line{{strings.Repeat("-", n), muted}})
	}
}

func (current) set(s *setting) { s.look() }

func (o options) set(s *setting) {
	if len(o.head) > 0 {
		s.row(append(line{{strings.Repeat(" ", cells(o.before(0).text)), muted}}, row(o.head).line()...))
	}
	for i, c := range o.rows {
		here := i == o.at
		if len(c.cells) > 0 {
			s.row(append(line{o.before(i)}, row(c.cells).line()...))
		} else {
			c.paragraph(s.words, o.before(i), here).set(s)
		}
		if here && o.seen {
			s.look()
		}
	}
}

// before returns what precedes row i: its number, and whether it is selected.
func (o options) before(i int) span {
	number := fmt.Sprintf("%*d ", len(fmt.Sprint(len(o.rows))), i+1)
	switch {
	case o.mark == unnumbered:
		number = ""
	case o.mark == graded && i == len(o.rows)-1:
		number = "0 "
	}
	if i == o.at {
		return span{"> " + number, accent}
	}
	return span{"  " + number, plain}
}

// paragraph returns a choice as a row of a list, and why it cannot be taken.
func (c choice) paragraph(w *Words, mark span, here bool) paragraph {
	t := plain
	switch {
	case c.why != "":
		t = muted
	case here:
		t = strong
	}
	spans := []span{{c.label, t}}
	if c.note != "" {
		spans = append(spans, span{"  " + c.note, muted})
	}
	if c.why != "" && here {
		spans = append(spans, span{w.Common.Bracketed.of(c.why), muted})
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
		s.row(line{{strings.Repeat("*", len(w.text)), plain}})
		s.cursor = &point{min(w.at, s.width-1), len(s.lines) - 1}
		return
	}
	w.drawn = s.width
	rows, top := w.rows(s.width), len(s.lines)
	for _, r := range rows {
		s.lines = append(s.lines, line{{string(w.text[r.from:r.to]), plain}})
	}
	if i := w.row(s.width); !w.ended {
		s.cursor = &point{cells(string(w.text[rows[i].from:w.at])), top + i}
	}
}

func (d dump) set(s *setting) {
	n := max(4, min(16, s.width/3))
	for i := 0; i < len(d); i += n {
		row := ""
		for _, x := range d[i:min(len(d), i+n)] {
			row += hex.EncodeToString([]byte{x}) + " "
		}
		s.row(line{{row, muted}})
	}
}

// frame is a whole screen.
type frame struct {
	lines  []line
	cursor *point
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
	bottom              []line // the foot
}

// layout sets the parts of a page for a window that is large enough.
func (w *Words) layout(p page, width, height int) layout {
	left, room := margins(width, p.wide)
	l := layout{page: p, words: w, width: width, height: height, left: left}
	l.bottom = w.set(p.foot, room).lines
	switch {
	case p.wall != nil:
		for _, text := range p.wall.footer {
			l.bottom = append(l.bottom, middle(wrap(line{{text, plain}}, room), room)...)
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
		var row line
		if i < len(margin.lines) {
			row = margin.lines[i]
		}
		if i < len(body.lines) && len(body.lines[i]) > 0 {
			row = append(row[:len(row):len(row)], span{strings.Repeat(" ", max(0, agendaWidth+2-row.width())), plain})
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
	var bottom []line
	if l.said.text != "" {
		bottom = append(bottom, wrap(line{{w.named(l.said.text, false), l.said.tone}}, width)...)
	}
	bottom = append(append(bottom, l.bottom...), w.keyLines(l.keys, width)...)
	top := []line{l.headLine(width)}
	if l.height > leastHeight+3 {
		top, bottom = append(top, nil), append([]line{nil}, bottom...)
	}
	room := max(1, l.height-len(top)-len(bottom))
	body, first := l.window(room, scroll)
	f := frame{first: first}
	for _, part := range [][]line{top, body, bottom} {
		for _, row := range part {
			f.lines = append(f.lines, indented(row, l.left).drawn().cut(l.width))
		}
	}
	f.lines = f.lines[:min(len(f.lines), l.height)]
	if c := l.body.cursor; c != nil {
		at := point{min(c.x+l.left, l.width-1), min(c.y-first+len(top), l.height-1)}
		f.cursor = &at
	}
	return f
}

// window returns exactly room lines of the body, and the number of the first.
func (l layout) window(room, scroll int) (part []line, first int) {
	seen, lines := l.body.focus, l.body.lines
	if l.body.cursor != nil {
		seen = l.body.cursor.y
	}
	n := len(lines)
	first = max(0, min(scroll, n-room))
	if seen >= first+room-1 {
		first = min(seen-room+2, n-room)
	}
	first = max(0, first)
	part = append(part, lines[first:min(n, first+room)]...)
	if first > 0 && room > 2 {
		part[0] = line{{l.words.Page.Above.of(first + 1), muted}}
	}
	if rest := n - first - room; rest > 0 && room > 2 {
		part[room-1] = line{{l.words.Page.Below.of(rest + 1), muted}}
	}
	for len(part) < room {
		part = append(part, nil)
	}
	return part, first
}

// headLine puts the side at the right end if both fit.
func (l layout) headLine(width int) line {
	head, side := l.head, l.side
	if l.width < normalWidth && l.brief != "" {
		head = l.brief
	}
	space := width - cells(side) - 2
	if side == "" || space < 8 {
		return line{{head, strong}}.cut(width)
	}
	return line{{pad(head, space), strong}, {"  ", plain}, {side, strong}}
}

// keyLines lists the keys that work now.
func (w *Words) keyLines(keys []bind, width int) []line {
	var lines []line
	var row line
	for _, b := range keys {
		if b.quiet || !b.Enabled() {
			continue
		}
		item := line{{w.capOf(b.Help().Key), strong}, {" " + b.Help().Desc, muted}}
		if len(row) > 0 && row.width()+3+item.width() > width {
			lines, row = append(lines, row), nil
		}
		if len(row) > 0 {
			row = append(row, span{"   ", plain})
		}
		row = append(row, item...)
	}
	return append(lines, row)
}

func (w *Words) tooSmall(width, height int) frame {
	text := w.Page.TooSmall.of(leastWidth, leastHeight)
	lines := wrap(line{{text, strong}}, width)
	for i := range lines {
		lines[i] = lines[i].cut(max(0, width))
	}
	return frame{lines: lines[:max(0, min(len(lines), height))]}
}
