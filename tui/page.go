package tui

import (
	"strings"
	"time"
)

// The smallest window, and where wider layouts begin (SCREENS.md §2).
const (
	leastWidth, leastHeight = 40, 12
	normalWidth, wideWidth  = 60, 100
	readingWidth            = 76 // the longest line that reads well
)

// point is a place on a page, in cells from the top left.
type point struct{ x, y int }

// page is what one layer shows: lines made for a width.
type page struct {
	flow
	head string        // where the meeting is, at the top left
	side string        // numbers, at the top right
	beat time.Duration // when the page next changes by itself; 0: never
	wide bool          // uses the whole width
	foot []line        // lines that stay above the keys
}

// flow collects the lines of a page.
type flow struct {
	width  int
	words  *Words
	lines  []line
	focus  int    // number of the line that must be visible
	cursor *point // the terminal's cursor; nil: none
}

// flow returns an empty flow of a width.
func (a *App) flow(width int) flow { return flow{width: width, words: a.words} }

// say adds a paragraph.
func (f *flow) say(t tone, text string) { f.put(span{text, t}) }

// title adds the page's title, with spans beside it.
func (f *flow) title(text string, beside ...span) {
	row := line{{" " + text + " ", banner}}
	for _, s := range beside {
		row = append(row, span{"  ", plain}, s)
	}
	if row.width() <= f.width {
		f.row(row...)
		return
	}
	row[0] = span{text, accent}
	f.put(row...)
}

// put adds a paragraph of several tones.
func (f *flow) put(spans ...span) { f.lines = append(f.lines, wrap(spans, f.width)...) }

// hang adds a paragraph whose later lines are indented to the end of its mark.
func (f *flow) hang(mark span, spans ...span) {
	indent := cells(mark.text)
	for i, l := range wrap(spans, f.width-indent) {
		if i > 0 {
			mark = span{strings.Repeat(" ", indent), plain}
		}
		f.lines = append(f.lines, append(line{mark}, l...))
	}
}

// row adds one line as it is, cut to the width.
func (f *flow) row(spans ...span) { f.lines = append(f.lines, line(spans).cut(f.width)) }

// gap adds an empty line, but never two, and none at the top.
func (f *flow) gap() {
	if n := len(f.lines); n > 0 && len(f.lines[n-1]) > 0 {
		f.lines = append(f.lines, nil)
	}
}

// look makes the last line the one that must be visible.
func (f *flow) look() { f.focus = len(f.lines) - 1 }

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

// draw lays a page out on a window: head, body, the last answer, and the keys
// that work. scroll moves a body that is too long.
func (w *Words) draw(p page, said span, keys []bind, width, height, scroll int) frame {
	if width < leastWidth || height < leastHeight {
		return w.tooSmall(width, height)
	}
	left, _ := margins(width, p.wide)
	var bottom []line
	if said.text != "" {
		bottom = append(bottom, wrap(line{said}, width-left)...)
	}
	bottom = append(append(bottom, p.foot...), w.keyLines(keys, width-left)...)
	top := []line{headLine(p, width-left)}
	if height > leastHeight+3 {
		top, bottom = append(top, nil), append([]line{nil}, bottom...)
	}
	room := max(1, height-len(top)-len(bottom))
	body, first := w.window(p, room, scroll)
	f := frame{first: first}
	for _, part := range [][]line{top, body, bottom} {
		for _, l := range part {
			f.lines = append(f.lines, indented(l, left).drawn().cut(width))
		}
	}
	f.lines = f.lines[:min(len(f.lines), height)]
	if c := p.cursor; c != nil {
		at := point{min(c.x+left, width-1), min(c.y-first+len(top), height-1)}
		f.cursor = &at
	}
	return f
}

func indented(l line, left int) line {
	if len(l) == 0 || left == 0 {
		return l
	}
	return append(line{{strings.Repeat(" ", left), plain}}, l...)
}

// window returns exactly room lines of the body, and the number of the first.
func (w *Words) window(p page, room, scroll int) (part []line, first int) {
	seen := p.focus
	if p.cursor != nil {
		seen = p.cursor.y
	}
	n := len(p.lines)
	first = max(0, min(scroll, n-room))
	if seen >= first+room-1 {
		first = min(seen-room+2, n-room)
	}
	first = max(0, first)
	part = append(part, p.lines[first:min(n, first+room)]...)
	if first > 0 && room > 2 {
		part[0] = line{{w.Page.Above.of(first + 1), muted}}
	}
	if rest := n - first - room; rest > 0 && room > 2 {
		part[room-1] = line{{w.Page.Below.of(rest + 1), muted}}
	}
	for len(part) < room {
		part = append(part, nil)
	}
	return part, first
}

// headLine puts the side at the right end if both fit.
func headLine(p page, width int) line {
	head, side := p.head, p.side
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
