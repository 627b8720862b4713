package tui

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"pingyi/tui/draw"
)

// The smallest window, and where other layouts begin (SCREENS.md §2).
const (
	leastWidth, leastHeight = 40, 8
	normalWidth, wideWidth  = 60, 100
	lowHeight               = 14     // below it nothing is drawn that is not needed, such as a phone with its keyboard up
	airyHeight              = 16     // from here on there are empty lines below the head and above the keys
	roomyWidth, roomyHeight = 80, 24 // a wall that has room for what few need
	readingWidth            = 76     // the longest line that reads well
	unwrapped               = 1 << 20
)

// setting is blocks set at a width: the lines that they make.
type setting struct {
	width  int
	page   int // the width of the page of which they stand in a column; 0: they have all of it
	words  *Words
	kept   *Gallery // of the lines of pages that hang there; nil: they are made for this one
	spoken bool     // the lines are read one after another, and nobody sees them stand
	low    bool     // no empty lines and no hints, choices two in a row
	lines  []draw.Line
	focus  int         // number of the line that must be visible
	asks   int         // number of the first line of the newest paragraph: before choices it is the question
	choose rows        // where the choices are
	cursor *draw.Point // the terminal's cursor; nil: none
	moving stretch     // the lines of what is moving, if the others stay where they are whatever it says
}

// rows are where choices stand, and whether none of them is selected.
type rows struct {
	asks, from int // the first line of the question, and of the choices
	free       bool
}

// stretch is where lines stand that were set at a width; there are none if to is 0.
type stretch struct{ from, to, width, page int }

// set sets blocks at a width.
func (w *Words) set(blocks []block, width int) *setting {
	s := &setting{width: width, words: w}
	s.add(blocks...)
	return s
}

func (s *setting) add(blocks ...block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case paragraph:
			s.asks = len(s.lines)
		case options:
			s.choose = rows{s.asks, len(s.lines), b.at < 0}
		}
		if s.kept == nil || !s.kept.set(s, b) {
			b.set(s)
		}
	}
}

// put adds a wrapped paragraph.
func (s *setting) put(l draw.Line) { s.lines = append(s.lines, draw.Wrap(s.named(l), s.room())...) }

// room returns the columns for a paragraph. One that is told is not wrapped: a
// piece of a sentence says nothing by itself.
func (s *setting) room() int {
	if s.spoken {
		return unwrapped
	}
	return s.width
}

// row adds one line. What does not fit is cut, with a mark.
func (s *setting) row(l draw.Line) { s.lines = append(s.lines, s.named(l).Short(s.width)) }

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
	if wide := indent*3 > s.room(); wide && indent+draw.Line(p.spans).Width() > s.room() {
		p.hangLow(s)
		return
	}
	for i, l := range draw.Wrap(s.named(p.spans), s.room()-indent) {
		if i > 0 {
			mark.Text = strings.Repeat(" ", indent)
		}
		if indent > 0 {
			l = append(draw.Line{mark}, l...)
		}
		s.lines = append(s.lines, l)
	}
}

// hangLow sets a paragraph whose mark takes too much of the width: the text begins
// behind it, and goes on a little to the right of where it stands.
func (p paragraph) hangLow(s *setting) {
	in := draw.Span{Text: "  ", Tone: draw.Plain}
	spans := slices.Concat([]draw.Span{p.mark}, p.spans)
	if strings.TrimSpace(p.mark.Text) == "" {
		spans = slices.Concat([]draw.Span{in}, p.spans)
	}
	for i, l := range draw.Wrap(s.named(spans), s.room()-draw.Cells(in.Text)) {
		if i > 0 {
			l = append(draw.Line{in}, l...)
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

func (a airy) set(s *setting) {
	if !s.low {
		s.add(a.block)
	}
}

func (u unspoken) set(s *setting) {
	if !s.spoken {
		s.add(u.block)
	}
}

func (h hint) set(s *setting) {
	if !s.spoken && !s.low {
		s.put(draw.Line{{Text: string(h), Tone: draw.Muted}})
	}
}

func (k keyRow) set(s *setting) {
	paragraph{draw.Span{Text: draw.Pad(s.words.keyName(k.key, s.spoken), 10), Tone: draw.Strong}, k.says}.set(s)
}

func (gap) set(s *setting) {
	if n := len(s.lines); n > 0 && len(s.lines[n-1]) > 0 && !s.low {
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

func (m moving) set(s *setting) {
	from, focus := len(s.lines), s.focus
	s.add(m()...)
	empty := slices.ContainsFunc(s.lines[from:], func(l draw.Line) bool { return len(l) == 0 }) // a gap's
	if !empty && s.focus == focus && s.cursor == nil {
		s.moving = stretch{from, len(s.lines), s.width, s.page}
	}
}

// linesInSight is how many lines of rows are in sight while none is selected.
const linesInSight = 2

func (o options) set(s *setting) {
	if len(o.head) > 0 {
		s.row(append(draw.Line{{Text: strings.Repeat(" ", draw.Cells(o.before(0).Text)), Tone: draw.Muted}}, row(o.head).line()...))
	}
	begin := len(s.lines)
	for i := 0; i < len(o.rows); i++ {
		here := i == o.at
		if pair := o.pair(s, i); pair != nil {
			here = here || i+1 == o.at
			s.row(pair)
			i++
		} else {
			s.lines = append(s.lines, o.lines(s, i, s.width)...)
		}
		here = here || o.at < 0 && (s.focus < begin || len(s.lines)-begin <= linesInSight)
		if o.whole && i >= len(o.rows)-1 || o.seen && here {
			s.look()
		}
	}
}

// lines returns row i set at a width; none if columns do not fit into a part of
// the page.
func (o options) lines(s *setting, i, width int) []draw.Line {
	one := &setting{width: width, words: s.words, spoken: s.spoken}
	if c := o.rows[i]; len(c.cells) > 0 {
		l := append(draw.Line{o.before(i)}, row(c.cells).line()...)
		if width < s.width && l.Width() > width {
			return nil
		}
		one.row(l)
	} else {
		c.paragraph(s.words, o.before(i), i == o.at).set(one)
	}
	return one.lines
}

// pair returns rows i and i+1 as one line: in a low window, where both are
// short. A last row without a partner stands beside as many bytes of nothing,
// so that a line is as long whatever is selected.
func (o options) pair(s *setting, i int) draw.Line {
	half := s.width / 2
	if !s.low || len(o.head) > 0 || half < 20 {
		return nil
	}
	left := o.lines(s, i, half)
	if len(left) != 1 {
		return nil
	}
	right := []draw.Line{{{Text: blankLike(left[0].Text()), Tone: draw.Plain}}}
	if i+1 < len(o.rows) {
		if right = o.lines(s, i+1, half); len(right) != 1 {
			return nil
		}
	}
	pad := draw.Span{Text: strings.Repeat(" ", max(0, half-left[0].Width())), Tone: draw.Plain}
	return slices.Concat(left[0], draw.Line{pad}, right[0])
}

// blankLike returns blanks that take as many cells and bytes as a text.
func blankLike(text string) string { return even("", []string{text}, draw.Cells(text)) }

// before returns what precedes row i: its number, and whether it is selected.
func (o options) before(i int) draw.Span {
	number := fmt.Sprintf("%*d ", len(fmt.Sprint(max(o.all, len(o.rows)))), o.after+i+1)
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
		if max(s.width, s.page) >= one.least {
			s.add(one.blocks()...)
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
		s.lines = append(s.lines, draw.Line{{Text: w.Drawing(r.From, r.To), Tone: draw.Plain}})
	}
	if i := w.Row(s.width); !w.ended {
		s.cursor = &draw.Point{X: draw.Cells(w.Drawing(rows[i].From, w.At)), Y: top + i}
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
	lines  []draw.Line // nil where they hang in a gallery, as rows
	cursor *draw.Point
	first  int     // number of the body's first visible line
	room   int     // lines of the body that are in sight
	below  int     // lines of the body below them
	moving stretch // those of its lines that are moving, if all are in sight
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
	kept                *Gallery // see [setting]
	width, height, left int
	above               []draw.Line // the top
	body                *setting
	warned              []draw.Line // the alarm, as much of it as there is room for
	bottom              []draw.Line // the foot
}

// low reports whether only what is needed may be drawn.
func (l layout) low() bool { return l.height < lowHeight }

// set sets blocks at a width.
func (l layout) set(blocks []block, width int) *setting {
	s := &setting{width: width, words: l.words, kept: l.kept, low: l.low()}
	if len(blocks) > 0 {
		s.lines = make([]draw.Line, 0, l.height)
	}
	s.add(blocks...)
	return s
}

// layout sets the parts of a page for a window that is large enough. What many pages
// have in common is set once, where kept is not nil.
func (w *Words) layout(p page, width, height int, kept *Gallery) layout {
	left, room := margins(width, p.wide)
	l := layout{page: p, words: w, kept: kept, width: width, height: height, left: left}
	l.above, l.warned, l.bottom = l.set(p.top, room).lines, l.set(p.alarm, room).lines, l.set(p.foot, room).lines
	l.warned = l.warned[:min(len(l.warned), max(2, height/4))]
	switch {
	case p.wall != nil:
		footer := p.wall.footer
		if width >= roomyWidth && height >= roomyHeight {
			footer = slices.Concat(footer, p.wall.roomy)
		}
		for _, text := range footer {
			l.bottom = append(l.bottom, draw.Middle(draw.Wrap(draw.Line{{Text: text, Tone: draw.Plain}}, room), room)...)
		}
		l.body = l.set(nil, room)
		l.body.draw(*p.wall, height-3-len(l.warned)-len(l.bottom))
	case len(p.margin) > 0 && room >= normalWidth-2:
		l.body = l.columns(room)
	case p.most > 0:
		l.body = l.set(p.body, min(room, p.most))
	default:
		l.body = l.set(p.body, room)
	}
	return l
}

// columns sets the margin, the body and, where there is room for it, what stands
// to the right of them, side by side in room columns.
func (l layout) columns(room int) *setting {
	left, right := agendaWidth+2, 0
	three := len(l.aside) > 0 && room >= wideWidth-2
	if three {
		right = asideWidth + 2
	}
	body := &setting{width: room - left - right, page: room, words: l.words, kept: l.kept, low: l.low()}
	body.add(l.page.body...)
	s := beside(l.set(l.margin, agendaWidth), body, left)
	if three {
		s = beside(s, l.set(l.aside, asideWidth), room-right+2)
	}
	return s
}

// beside puts a column to the left of another one, which begins at a cell.
func beside(margin, body *setting, at int) *setting {
	s := &setting{focus: margin.focus}
	for i := range max(len(margin.lines), len(body.lines)) {
		var row draw.Line
		if i < len(margin.lines) {
			row = margin.lines[i]
		}
		if i < len(body.lines) && len(body.lines[i]) > 0 {
			row = append(row[:len(row):len(row)], draw.Span{Text: strings.Repeat(" ", max(0, at-row.Width())), Tone: draw.Plain})
			row = append(row, body.lines[i]...)
		}
		s.lines = append(s.lines, row)
	}
	return s
}

// draw puts the top, the body, the foot, the last answer and the keys that work into
// the window, below a first line for the head. scroll moves a body that is too long;
// once somebody has scrolled it may hide the selected row. In a low window the answer
// stands where the keys do. The lines are to be fitted into the window.
func (l layout) draw(scroll int, scrolled bool) frame {
	top, bottom := l.around(l.keys)
	if l.reads && len(l.body.lines) > l.height-len(top)-len(bottom) {
		scrolls := on("space", l.words.Page.ScrollDown, nothing)
		top, bottom = l.around(slices.Concat([]bind{scrolls}, l.keys))
	}
	room := max(1, l.height-len(top)-len(bottom))
	body, first := l.window(room, scroll, scrolled)
	f := frame{first: first, room: room, below: max(0, len(l.body.lines)-first-room)}
	f.lines = slices.Concat(top, body, bottom)
	f.lines = f.lines[:min(len(f.lines), l.height)]
	if m := l.body.moving; m.from > first && m.to < first+room && len(top)+room <= l.height { // the first and the last line may say what is hidden
		f.moving = stretch{m.from + len(top) - first, m.to + len(top) - first, m.width, m.page}
	}
	if c := l.body.cursor; c != nil {
		at := draw.Point{X: min(c.X+l.left, l.width-1), Y: min(c.Y-first+len(top), l.height-1)}
		f.cursor = &at
	}
	return f
}

// fitted is a line at its place in a window.
func fitted(l draw.Line, left, width int) draw.Line {
	return draw.Indented(l, left).Drawn().Cut(width)
}

// around returns the lines above the body, the first of which is for the head,
// and those below it.
func (l layout) around(binds []bind) (top, bottom []draw.Line) {
	width := l.width - l.left
	said, keys := l.answer(width), l.words.keyLines(binds, width)
	switch {
	case l.low() && len(said) > 0:
		keys = nil
	case l.low():
		keys = l.words.onlyLine(slices.DeleteFunc(slices.Clone(binds), bind.choosing), width)
	}
	top, bottom = append([]draw.Line{nil}, l.above...), slices.Concat(said, l.bottom, keys)
	space := 0
	if l.height >= airyHeight {
		top, bottom = slices.Insert(top, 1, draw.Line(nil)), slices.Insert(bottom, 0, draw.Line(nil))
		space = 1
	}
	if cut := len(bottom) - l.height/2; cut > 0 {
		part := l.footFrom(cut-space-len(said), width)
		bottom, space = slices.Concat(part, bottom[cut+len(part):]), 0
	}
	bottom = slices.Insert(bottom, space, l.warned...)
	return top[:min(len(top), max(1, l.height-len(bottom)-2))], bottom
}

// footFrom returns what stands in place of the rest of a sentence in the foot of which
// the first lines have no room: its beginning, with a mark.
func (l layout) footFrom(cut, width int) []draw.Line {
	_, room := margins(l.width, l.wide)
	from := 0
	for i := range l.foot {
		next := len(l.set(l.foot[:i+1], room).lines)
		if from < cut && cut < next {
			part := slices.Clone(l.bottom[from : from+next-cut])
			last := len(part) - 1
			part[last] = slices.Concat(part[last], draw.Line{{Text: "...", Tone: draw.Muted}}).Short(width)
			return part
		}
		from = next
	}
	return nil
}

// answer returns the answer to the last key.
func (l layout) answer(width int) []draw.Line {
	if l.said.Text == "" {
		return nil
	}
	return draw.Wrap(draw.Line{{Text: l.words.named(l.said.Text, false), Tone: l.said.Tone}}, width)
}

// scrollKey is the key that shows more of a page.
func scrollKey(p page) string {
	if p.input.kind == textInput {
		return "down"
	}
	return "space"
}

// headOf returns the first line of a page's screen.
func (w *Words) headOf(p page, width int) draw.Line {
	left, _ := margins(width, p.wide)
	l := layout{page: p, words: w, width: width, left: left}
	return fitted(l.headLine(width-left), left, width)
}

// window returns exactly room lines of the body, and the number of the first.
func (l layout) window(room, scroll int, scrolled bool) (part []draw.Line, first int) {
	seen, lines := l.body.focus, l.body.lines
	if l.body.cursor != nil {
		seen = l.body.cursor.Y
	}
	n := len(lines)
	first = max(0, min(scroll, n-room))
	if l.body.cursor != nil || !scrolled {
		if seen >= first+room-1 {
			first = min(seen-room+2, n-room)
		} else if seen > 0 {
			first = min(first, max(0, seen-1))
		}
	}
	first = max(0, first)
	if l.body.cursor == nil && !scrolled {
		first = l.wholeQuestion(first, room, seen)
	}
	part = append(part, lines[first:min(n, first+room)]...)
	if first > 0 && room > 2 {
		part[0] = draw.Line{{Text: l.words.Page.Above.of(first+1, l.words.keyName(scrollKey(l.page), false)), Tone: draw.Muted}}
	}
	if rest := n - first - room; rest > 0 && room > 2 {
		part[room-1] = draw.Line{{Text: l.words.Page.Below.of(rest+1, l.words.keyName(scrollKey(l.page), false)), Tone: draw.Muted}}
	}
	for len(part) < room {
		part = append(part, nil)
	}
	return part, first
}

// wholeQuestion returns the first line of the body that is in sight, so that in a low
// window the question before the choices is not cut at its beginning, where that hides
// neither the selected row nor, while none is selected, the first.
func (l layout) wholeQuestion(first, room, seen int) int {
	c := l.body.choose
	if !l.low() || c.from == 0 || first == 0 || first < c.asks {
		return first
	}
	begin := max(0, c.asks-1)
	last := begin + room - 1
	if len(l.body.lines)-1 > last {
		last-- // it says what is hidden
	}
	if c.free {
		seen = c.from
	}
	if seen > last {
		return first
	}
	return begin
}

// headLine puts the side at the right end if both fit. What does not fit of a long
// title is cut, with a mark.
func (l layout) headLine(width int) draw.Line {
	head, side := l.head, l.side
	if l.width < normalWidth && l.brief != "" {
		head = l.brief
	}
	if l.who != "" {
		head = l.who + "  " + head
	}
	space := width - draw.Cells(side) - 2
	if side == "" || space < 8 {
		return draw.Line{{Text: head, Tone: draw.Strong}}.Short(width)
	}
	head = draw.Line{{Text: head, Tone: draw.Strong}}.Short(space).Text()
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
		item := draw.Line{{Text: w.keyName(b.key(), false), Tone: draw.Strong}, {Text: " " + b.label(), Tone: draw.Muted}}
		if len(row) > 0 && row.Width()+3+item.Width() > width {
			lines, row = append(lines, row), nil
		}
		if len(row) > 0 {
			row = append(row, draw.Span{Text: "   ", Tone: draw.Plain})
		}
		row = append(row, item...)
	}
	if len(row) == 0 {
		return lines
	}
	return append(lines, row)
}

// onlyLine is the first of the key lines. The label of the only row must not take
// the place of the way back.
func (w *Words) onlyLine(keys []bind, width int) []draw.Line {
	shown := slices.DeleteFunc(slices.Clone(keys), func(b bind) bool { return b.quiet || !b.Enabled() })
	if len(shown) > 1 && shown[0].has(draw.Stroke{Name: "enter"}) && shown[1].has(draw.Stroke{Name: "esc"}) && len(w.keyLines(shown[:2], width)) > 1 {
		shown[0].SetHelp("enter", w.Common.OK)
	}
	lines := w.keyLines(shown, width)
	return lines[:min(1, len(lines))]
}

// tooSmall asks for a larger window, below what must be known at once.
func (w *Words) tooSmall(said draw.Span, width, height int) frame {
	lines := draw.Wrap(draw.Line{{Text: w.Page.TooSmall.of(leastWidth, leastHeight), Tone: draw.Strong}}, width)
	if said.Text != "" {
		lines = append(draw.Wrap(draw.Line{{Text: w.named(said.Text, false), Tone: said.Tone}}, width), lines...)
	}
	for i := range lines {
		lines[i] = lines[i].Cut(max(0, width))
	}
	return frame{lines: lines[:max(0, min(len(lines), height))]}
}
