package tui

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"sync"
	"weak"

	"pingyi/meeting"
	"pingyi/tui/draw"
	glass "pingyi/tui/terminal"
)

// Gallery keeps the screens that were drawn last, so that a screen that many
// members see is drawn once. It holds only pages without anything of one
// person: no ballot, no text being written, no code. Safe for concurrent use;
// the zero value is ready.
type Gallery struct {
	mu    sync.Mutex
	views map[[sha256.Size]byte]*picture // by their labels' hash: a label is as long as its page
	parts map[partKey]any                // *part[T]: what all pages in one state have in common
	lines map[string]kept
	pages map[pageKey]*sentPage
	rows  map[string]*glass.Row
}

// galleryRoom is the number of screens that a gallery holds. When it is full it
// is emptied.
const galleryRoom = 64

// picture is a screen, but for its head, that is drawn by the first session that
// shows it.
type picture struct {
	once  sync.Once
	frame frame
	rows  []*glass.Row // the frame's lines, painted
}

// see returns the screen of a label, drawn by draw if it is not in the gallery.
func (g *Gallery) see(l label, draw func() (frame, []*glass.Row)) (frame, []*glass.Row) {
	key := sha256.Sum256(l)
	g.mu.Lock()
	p := g.views[key]
	if p == nil {
		if g.views == nil || len(g.views) >= galleryRoom {
			g.views = map[[sha256.Size]byte]*picture{}
		}
		p = &picture{}
		g.views[key] = p
	}
	g.mu.Unlock()
	p.once.Do(func() { p.frame, p.rows = draw() })
	return p.frame, p.rows
}

// partKey is everything that a part of a page depends on. A state is never changed,
// and the key does not keep it: its parts are found no more when it is gone.
type partKey struct {
	of   weak.Pointer[meeting.State]
	lang string
	what string // what it is, and the time that it shows
}

// part is a part of a page that is made by the first session that shows it.
type part[T any] struct {
	once sync.Once
	is   T
}

// galleryParts is the number of parts that a gallery holds. When it is full it is
// emptied.
const galleryParts = 256

// shared returns a part of a page that depends on the state and the language alone,
// and on what: who sees it does not change it. Work makes it if it is not in the
// gallery.
func shared[T any](a *App, what string, work func() T) T {
	g := a.Gallery
	if g == nil {
		return work()
	}
	key := partKey{weak.Make(a.s), a.words.Lang, what}
	g.mu.Lock()
	p, _ := g.parts[key].(*part[T])
	if p == nil {
		if g.parts == nil || len(g.parts) >= galleryParts {
			g.parts = map[partKey]any{}
		}
		p = &part[T]{}
		g.parts[key] = p
	}
	g.mu.Unlock()
	p.once.Do(func() { p.is = work() })
	return p.is
}

// galleryRows is the number of rows that a gallery holds, and of parts of a page that
// are set. When it is full it is emptied.
const galleryRows = 16 << 10

// kept are the lines of a part of a page, which nobody changes.
type kept struct {
	lines []draw.Line
	focus int // which of them must be visible; -1: none
}

// set adds the lines of a block that follow from it and from where it stands: they
// are made once. It returns false for another block, and adds nothing then.
func (g *Gallery) set(s *setting, b block) bool {
	focus := -1
	switch b.(type) {
	case title, paragraph, row, keyRow:
	case options:
		if len(s.lines) == 0 {
			focus = 0 // that of a page's beginning
		}
	default:
		return false
	}
	buf, _ := labels.Get().(*label)
	defer labels.Put(buf)
	l, _ := b.label((*buf)[:0].numbers(s.width, focus, flags(s.spoken, s.low)).text(s.words.Lang))
	*buf = l
	g.mu.Lock()
	k, known := g.lines[string(l)]
	g.mu.Unlock()
	if !known {
		one := &setting{width: s.width, words: s.words, spoken: s.spoken, low: s.low, focus: focus}
		b.set(one)
		k = kept{one.lines, one.focus}
		g.keep(l, k)
	}
	if k.focus != focus {
		s.focus = len(s.lines) + k.focus
	}
	s.lines = append(s.lines, k.lines...)
	return true
}

func (g *Gallery) keep(l label, k kept) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.lines == nil || len(g.lines) >= galleryRows {
		g.lines = map[string]kept{}
	}
	g.lines[string(l)] = k
}

// pageKey is everything that a page depends on that many may see: what it says, and the
// state, in which its clocks run or stand.
type pageKey struct {
	of   weak.Pointer[meeting.State]
	says [sha256.Size]byte // its label's hash
}

// sentPage is a page as it is sent to all who see it alike. It is made by the first.
type sentPage struct {
	once sync.Once
	m    message
	rest []byte // its line behind whom it is for, stopped

	running sync.Once
	is      *stilled // the same, and what of it runs; see [streamer.still]

	cutting       sync.Once
	before, after []byte // the line, cut where what is moving stands; nil: it can't be

	now struct { // the line with what was moving there last
		of   weak.Pointer[meeting.State]
		says string // the label of that
		line *stilled
	}
}

// alike returns the message of a page that many may see, by its label, for one of them.
// Who they are and their clock is theirs.
func (g *Gallery) alike(l label, t *tapping) *message {
	key := pageKey{weak.Make(t.a.s), sha256.Sum256(l)}
	g.mu.Lock()
	p := g.pages[key]
	if p == nil {
		if g.pages == nil || len(g.pages) >= galleryRoom {
			g.pages = map[pageKey]*sentPage{}
		}
		p = &sentPage{}
		g.pages[key] = p
	}
	g.mu.Unlock()
	p.once.Do(func() {
		m := *t.m
		t.m = &m
		t.fill()
		p.m, p.rest = m, m.stopped().behindWho()
	})
	one := p.m
	one.Who, one.Clock, one.shared = t.m.Who, t.m.Clock, p
	return &one
}

// moved returns the line of a page with what is moving there now. Those who show the
// page alike share it, and who show another one share what is moving, unless it names a
// key, which each page has its own button for.
func (g *Gallery) moved(a *App, is steady, block moving) *stilled {
	buf, _ := labels.Get().(*label)
	defer labels.Put(buf)
	l, ok := (*buf)[:0].numbers(is.width, int(a.shown.beat), flags(is.m.titled)).blocks(block())
	if *buf = l; !ok {
		return nil
	}
	p, of := is.m.shared, weak.Make(a.s)
	g.mu.Lock()
	now := p.now
	g.mu.Unlock()
	if now.of == of && now.says == string(l) {
		return now.line
	}
	now.of, now.says = of, string(l)
	lines := func() *movingLines { return is.lines(a, block) }
	if strings.Contains(now.says, "⟦") {
		now.line = is.with(lines())
	} else {
		now.line = is.with(shared(a, now.says, lines))
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	p.now = now
	return now.line
}

// paint is [App.paint] for a page that hangs: a line that pages have in common is
// fitted into the window, cut and coloured once.
func (g *Gallery) paint(a *App, left int, lines []draw.Line) []*glass.Row {
	buf, _ := labels.Get().(*label)
	defer labels.Put(buf)
	rows := make([]*glass.Row, len(lines))
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, line := range lines {
		l := (*buf)[:0].numbers(left, a.Width, int(a.profile)).text(string(a.scheme)).spans(line)
		if *buf = l; g.rows[string(l)] == nil {
			if g.rows == nil || len(g.rows) >= galleryRows {
				g.rows = map[string]*glass.Row{}
			}
			g.rows[string(l)] = a.painted(fitted(line, left, a.Width))
		}
		rows[i] = g.rows[string(l)]
	}
	return rows
}

// hangs reports whether the page that is seen may be in a gallery: the base of
// somebody who follows, and its like. Layers that a person opened are theirs.
func (a *App) hangs() bool {
	if a.Gallery == nil || len(a.layers) > 1 {
		return false
	}
	m, is := a.top().(*menu)
	return is && !m.secret
}

// A label names in full what a page shows: two pages with one label are drawn
// alike, but for their heads.
type label []byte

// labels are those that are being written.
var labels = sync.Pool{New: func() any { l := make(label, 0, 4<<10); return &l }}

// labelOf writes everything that a drawn screen depends on, but for its head, where
// its owner's name stands. ok is false for a page that nobody else may show.
func (a *App) labelOf(l label, p page) (label, bool) {
	l = l.numbers(a.Width, a.Height, a.scroll, flags(a.scrolled, p.wide, p.reads), p.most, int(p.input.kind), int(a.profile))
	l = l.text(string(a.scheme)).text(a.words.Lang).span(p.said)
	for _, k := range p.keys {
		if !k.quiet && k.Enabled() {
			l = l.text(k.key()).text(k.label())
		}
	}
	ok := p.wall == nil
	for _, part := range [][]block{p.margin, p.aside, p.top, p.body, p.alarm, p.foot} {
		for _, b := range part {
			if !ok {
				return l, false
			}
			l, ok = b.label(l)
		}
		l = append(l, endMark)
	}
	return l, ok
}

// The kinds of what a label has: each begins with its own mark, and says how long it
// is, so that no two different pages have one label.
const (
	endMark = iota + 1
	textMark
	numberMark
	titleMark
	paragraphMark
	rowMark
	hintMark
	keyMarkOf
	airyMark
	unspokenMark
	gapMark
	ruleMark
	optionsMark
	versionsMark
	dumpMark
	currentMark
)

func (l label) numbers(list ...int) label {
	l = append(l, numberMark)
	for _, n := range list {
		l = binary.AppendVarint(l, int64(n))
	}
	return l
}

func (l label) text(text string) label {
	l = binary.AppendUvarint(append(l, textMark), uint64(len(text)))
	return append(l, text...)
}

func (l label) span(s draw.Span) label { return append(l.text(s.Text), byte(s.Tone)) }

func (l label) spans(list []draw.Span) label {
	for _, s := range list {
		l = l.span(s)
	}
	return append(l, endMark)
}

func (l label) cells(list []cell) label {
	for _, c := range list {
		l = append(l.text(c.text).numbers(c.width, flags(c.right)), byte(c.tone))
	}
	return append(l, endMark)
}

func (l label) blocks(list []block) (label, bool) {
	for _, b := range list {
		more, ok := b.label(l)
		if l = more; !ok {
			return l, false
		}
	}
	return append(l, endMark), true
}

// flags are some answers as one number.
func flags(list ...bool) int {
	n := 0
	for _, yes := range list {
		n <<= 1
		if yes {
			n++
		}
	}
	return n
}

func (t title) label(l label) (label, bool) {
	return append(l, titleMark).text(t.text).spans(t.beside), true
}

func (p paragraph) label(l label) (label, bool) {
	return append(l, paragraphMark).span(p.mark).spans(p.spans), true
}

func (r row) label(l label) (label, bool) { return append(l, rowMark).cells(r), true }

func (h hint) label(l label) (label, bool) { return append(l, hintMark).text(string(h)), true }

func (k keyRow) label(l label) (label, bool) {
	return append(l, keyMarkOf).text(k.key).spans(k.says), true
}

func (a airy) label(l label) (label, bool) { return a.block.label(append(l, airyMark)) }

func (u unspoken) label(l label) (label, bool) { return u.block.label(append(l, unspokenMark)) }

func (gap) label(l label) (label, bool) { return append(l, gapMark), true }

func (r rule) label(l label) (label, bool) { return append(l, ruleMark).numbers(int(r)), true }

func (o options) label(l label) (label, bool) {
	l = append(l, optionsMark).cells(o.head).numbers(o.at, int(o.mark), flags(o.seen, o.whole), o.after, o.all, len(o.rows))
	for _, c := range o.rows {
		l = l.text(c.label).text(c.note).text(c.why).cells(c.cells)
	}
	return l, true
}

func (v versions) label(l label) (label, bool) {
	l, ok := append(l, versionsMark), true
	for _, one := range v {
		if l, ok = l.numbers(one.least).blocks(one.blocks()); !ok {
			break
		}
	}
	return l, ok
}

func (d dump) label(l label) (label, bool) { return append(l, dumpMark).text(string(d)), true }

func (current) label(l label) (label, bool) { return append(l, currentMark), true }

func (m moving) label(l label) (label, bool) { return l.blocks(m()) }

// What somebody writes hangs nowhere, and neither do tables of how people were
// graded.

func (w writing) label(l label) (label, bool) { return l, false }

func (h countsHead) label(l label) (label, bool) { return l, false }

func (c countsRow) label(l label) (label, bool) { return l, false }
