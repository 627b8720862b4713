package tui

import (
	"slices"
	"time"

	"pingyi/tui/draw"
)

// page is what one layer shows, as data. It is drawn in cells (cells.go) and
// told in plain words (plain.go); what one of them reaches, the other does.
type page struct {
	name   string        // another name is another page of the same layer, and is told whole
	who    string        // whose page it is; "": nobody's
	head   string        // where the meeting is
	brief  string        // the same where there is little room
	side   string        // numbers beside the head
	margin []block       // to the left of the body where there is room
	aside  []block       // to the right of it where there is room for three columns
	top    []block       // always in sight, above the body
	body   []block       // the page itself
	alarm  []block       // what is wrong with the server, below the body; where there is little room its beginning
	foot   []block       // always in sight, below the body
	wall   *scenery      // instead of a body: the one big thing that a room looks at
	wide   bool          // wants the whole width
	most   int           // longest line of the body, in cells; 0: what reads well
	input  input         // what is written on it
	secret secrecy       // what must be known before it is read aloud or typed on
	reads  bool          // nothing is chosen or written on it, so that the keys for that scroll it
	direct bool          // a digit takes its row at once
	mask   func()        // masks again what is shown for a moment; nil: nothing is
	said   draw.Span     // the answer to the last key
	keys   []bind        // what keys do
	beat   time.Duration // when it next changes by itself; 0: never
}

// secrecy is what somebody else could read of a page.
type secrecy int

const (
	open        secrecy = iota
	secretShown         // what it shows stays where it is printed
	secretTyped         // what is typed from here on says how somebody votes
)

// inputKind is a way of writing something on a page beside its choices.
type inputKind int

const (
	noInput     inputKind = iota
	textInput             // a text, in input.text
	gradeInput            // the digit of a choice, which answers the page
	numberInput           // a number for each row but the last
	tableInput            // the number of a row, and a digit for it
)

// input is what is written on a page.
type input struct {
	kind inputKind
	text *write    // the text
	rows int       // rows of numbers or of a table
	most int       // the largest digit
	at   int       // the selected row of numbers
	pick func(int) // selects a row of numbers or of a table, from 0
}

// options are the choices of the page that numbers select, in order.
func (p page) options() []choice {
	if p.input.kind != noInput {
		return nil
	}
	var rows []choice
	for _, b := range slices.Concat(p.body, p.foot) {
		if o, ok := b.(options); ok {
			rows = append(rows, o.rows...)
		}
	}
	return rows
}

// moving is what is moving on a page; only is false if that is not one block of its
// body.
func (p page) moving() (m moving, only bool) {
	n := 0
	for _, b := range p.body {
		if one, is := b.(moving); is {
			m = one
			n++
		}
	}
	return m, n == 1
}

// block is a part of a page. It knows how it is set at a width, and writes what it
// shows into a label (gallery.go); ok is false for what no gallery keeps.
type block interface {
	set(*setting)
	label(label) (l label, ok bool)
}

type (
	// title says what the page is about, with spans beside it.
	title struct {
		text   string
		beside []draw.Span
	}

	// paragraph is a text that is wrapped. Its later lines are indented to the
	// end of its mark.
	paragraph struct {
		mark  draw.Span
		spans []draw.Span
	}

	// row is one line, cut to the width.
	row []cell

	// hint says which keys to use. Who types lines is told in another way.
	hint string

	// keyRow says what a key does.
	keyRow struct {
		key  string
		says []draw.Span
	}

	// airy is a block that falls away in a low window.
	airy struct{ block }

	// unspoken is a block that is drawn and never told.
	unspoken struct{ block }

	// gap is an empty line, but never a second one, and none at the top.
	gap struct{}

	// rule is a line across the page, of at most so many cells; 0: all.
	rule int

	// options are choices, a row each.
	options struct {
		head  []cell // the names of the columns
		rows  []choice
		at    int   // the selected row; -1: none
		mark  marks // what stands before a row
		seen  bool  // the selected row must be in sight
		whole bool  // all rows must be in sight

		after, all int // the rows before these and all rows, if others of the page are numbered with them
	}

	// versions are several forms of the same. The first for which the page has
	// room is shown.
	versions []version

	// writing is a text that somebody writes.
	writing struct {
		*draw.Editor
		masked bool // drawn as stars
		ended  bool // has no cursor
	}

	// dump is bytes, in hexadecimal.
	dump []byte

	// moving is what a clock moves on a page: it is made whenever the page is set, so
	// that a page of which nothing else moves is made once.
	moving func() []block

	// current marks that the block before it must be in sight.
	current struct{}
)

// cell is a column of one row.
type cell struct {
	text  string
	tone  draw.Tone
	width int  // in cells; 0: as wide as the text
	right bool // stands at the right end of its width
}

// version is one form of what versions show.
type version struct {
	least  int // the width of the page from which there is room
	blocks func() []block
}

// marks are what stands before the rows of options.
type marks int

const (
	numbered   marks = iota // 1, 2, …
	graded                  // 1, 2, …, and 0 for the last
	unnumbered              // only whether the row is selected
)

// flow collects the blocks of a page.
type flow struct {
	words  *Words
	blocks []block
}

// flow returns an empty flow.
func (a *App) flow() flow { return flow{words: a.words} }

// add adds a block.
func (f *flow) add(b block) { f.blocks = append(f.blocks, b) }

// say adds a paragraph.
func (f *flow) say(t draw.Tone, text string) { f.put(draw.Span{Text: text, Tone: t}) }

// title adds the page's title, with spans beside it.
func (f *flow) title(text string, beside ...draw.Span) { f.add(title{text, beside}) }

// put adds a paragraph of several tones.
func (f *flow) put(spans ...draw.Span) { f.add(paragraph{spans: spans}) }

// hang adds a paragraph whose later lines are indented to the end of its mark.
func (f *flow) hang(mark draw.Span, spans ...draw.Span) { f.add(paragraph{mark, spans}) }

// row adds one line as it is, cut to the width.
func (f *flow) row(t draw.Tone, text string) { f.add(row{{text: text, tone: t}}) }

// hint adds which keys to use.
func (f *flow) hint(text string) { f.add(hint(text)) }

// gap adds an empty line.
func (f *flow) gap() { f.add(gap{}) }

// page returns a page with the head of every screen.
func (a *App) page(f flow) page {
	if a.place == placeBranches {
		return page{body: f.blocks, who: a.me(), head: draw.Clean(a.s.Branch.Name)}
	}
	h := shared(a, "head", func() head {
		return head{a.words.meetingTitle(a.s), draw.Clean(a.s.Branch.Name), a.words.itemNo(a.s)}
	})
	return page{body: f.blocks, who: a.me(), head: h.title, brief: h.brief, side: h.side}
}

// head is the head of every screen, but for its owner's name.
type head struct{ title, brief, side string }

// me names who sits here, "" where nobody does.
func (a *App) me() string {
	if _, known := a.s.Member(a.Who); !known {
		return ""
	}
	return a.name(a.Who)
}

// seen returns the page of the layer that is seen, with the keys that work on
// it and the answer to the last one.
func (a *App) seen() page {
	a.made = map[*menu]*made{}
	defer func() { a.made = nil }()
	p := a.top().page(a)
	for _, text := range []string{a.behind(), a.jumped()} {
		if text != "" {
			p.alarm = append(p.alarm, paragraph{spans: []draw.Span{{Text: text, Tone: draw.Warn}}})
		}
	}
	if calling := a.calling(); len(calling) > 0 {
		p.foot = slices.Concat(calling, p.foot)
		if running(a.s) && (p.beat == 0 || p.beat > second) {
			p.beat = second
		}
	}
	p.keys, p.said = a.keys(), a.said
	return p
}

// pageName identifies a page. A page with another name is another page.
type pageName struct {
	lang  string
	on    layer // the layer it is of; nil: the base
	scene scene // of the base
	name  string
}

func (a *App) nameOf(p *page) pageName {
	of := pageName{lang: a.words.Lang, name: p.name}
	switch {
	case p.wall != nil:
	case len(a.layers) == 1:
		of.scene = a.scene
	default:
		of.on = a.top()
	}
	return of
}
