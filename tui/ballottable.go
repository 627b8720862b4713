package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Columns of the ballot as a table, in cells, and the rows around it.
const (
	nameCells, postCells, selfCells, choiceCells = 17, 17, 13, 12
	overviewCells                                = 14 // a name
	keyRows                                      = 8  // rows around the table: head, answer, keys, and the gaps between
)

// tabled reports whether there is room for the whole ballot as one table;
// otherwise it is filled in page by page. In both, v.leaf is where the voter
// is, so that the window may change its size in between.
func tabled(a *App) bool { return a.Width >= wideWidth }

// table draws all subjects, a row each. A choice is seen while the cursor stays
// on its row. Later it is masked until the voter chooses there again.
func (v *voting) table(a *App) page {
	sh, w, f := a.sheetOf(), a.words.Sheet, a.flow()
	f.title(v.title(a.words), draw.Span{Text: w.Filled.of(sh.pages()-sh.open(), sh.pages()), Tone: draw.Plain})
	f.gap()
	rows := options{at: v.leaf, seen: true, head: []cell{
		{w.Name, draw.Muted, nameCells, false},
		{w.Post, draw.Muted, postCells, false},
		{w.SelfRating, draw.Muted, selfCells, false},
		{w.Choice, draw.Muted, choiceCells, false},
		{text: sh.commentHead(a.words, a.s), tone: draw.Muted},
	}}
	for i := range sh.pages() {
		seen := a.left(sh.until, shown) > 0 || i == sh.last
		rows.rows = append(rows.rows, choice{label: sh.title(a.words, a.s, i), cells: sh.columns(a.words, a.s, i, i == v.leaf, seen)})
	}
	f.add(rows)
	asks := sh.asks(a, v.leaf)
	long := sh.pages()+len(asks)+keyRows+1 > a.Height
	if !long {
		f.gap()
		f.blocks = append(f.blocks, asks...)
	}
	p := a.page(f)
	if long { // the question stays while the rows scroll
		p.foot = asks
	}
	p.input = input{kind: gradeInput, most: len(sh.scale(a.s, v.leaf))}
	return p
}

// columns returns who is graded in row i, and the choice or its mask. Every row has
// the same cells and, whatever is chosen, the same bytes.
func (sh *sheet) columns(w *Words, s *meeting.State, i int, here, seen bool) []cell {
	name, choice := draw.Plain, draw.Plain
	if here {
		name = draw.Strong
	}
	switch {
	case sh.picks[i] == unset:
		choice = draw.Muted
	case seen:
		choice = draw.Accent
	}
	post, self := "", ""
	if i < len(sh.subjects) {
		m, _ := s.Member(sh.subjects[i])
		post, self = w.term(m.PartyPost), w.term(string(s.SelfRatings.Of(m.ID).Grade))
	}
	return []cell{
		{sh.title(w, s, i), name, nameCells, false},
		{post, draw.Muted, postCells, false},
		{self, draw.Plain, selfCells, false},
		{text: sh.cell(w, s, i, seen), tone: choice},
		{text: " " + sh.commentCell(w, s, i), tone: draw.Muted},
	}
}

// asks says whom the current choice is about, and what can be chosen.
func (sh *sheet) asks(a *App, i int) []block {
	f := a.flow()
	question := []draw.Span{{Text: sh.title(a.words, a.s, i), Tone: draw.Strong}}
	for n, g := range sh.scale(a.s, i) {
		question = append(question, draw.Span{Text: fmt.Sprintf("  %d %s", n+1, a.words.term(g)), Tone: draw.Accent})
	}
	f.put(append(question, draw.Span{Text: "  0 " + a.words.Common.Abstain, Tone: draw.Accent})...)
	f.hint(a.words.Sheet.HowTo)
	return f.blocks
}

// even pads a text to a width and to a byte length equal for all choices, so
// that traffic reveals nothing. A wide character is two cells but three bytes;
// so wide spaces make up for the wide characters that the text has fewer than
// the longest of others.
func even(text string, others []string, width int) string {
	extra := func(t string) int { return len(t) - draw.Cells(t) }
	most := 0
	for _, o := range others {
		most = max(most, extra(o))
	}
	return draw.Pad(text+strings.Repeat("\u3000", max(0, most-extra(text))), width)
}

// labels lists all texts that can stand in the choice column of row i.
func (sh *sheet) labels(w *Words, s *meeting.State, i int) []string {
	list := []string{w.Ballot.Filled, w.Ballot.Empty, w.Common.Abstain}
	for _, g := range sh.scale(s, i) {
		list = append(list, w.term(g))
	}
	return list
}

func (v *voting) tableBinds(a *App) []bind {
	w := a.words.Sheet
	binds := []bind{
		on("1", a.words.Ballot.Digits, nothing),
		on("up down j k", w.Rows, nothing),
		on("enter right", w.Next, nothing),
		v.show(a),
		v.toOverview(a),
		on("b left esc", w.Previous, v.back),
	}
	if a.sheetOf().takesComment(a.s, v.leaf) {
		binds = append(binds, on("r", a.words.Common.Comment, v.comment))
	}
	return binds
}

// pressTable moves among the rows of the table.
func (v *voting) pressTable(a *App, k draw.Stroke) (tea.Cmd, bool) {
	sh := a.sheetOf()
	to, last := v.leaf, sh.pages()-1
	switch k.Name {
	case "up", "k":
		to--
	case "down", "j":
		to++
	case "pgup":
		to -= a.leap()
	case "pgdown", "space":
		to += a.leap()
	case "home":
		to = 0
	case "end":
		to = last
	default:
		return nil, false
	}
	a.scroll = 0
	if to = max(0, min(to, last)); to == v.leaf {
		return nil, true
	}
	v.leaf, v.review, sh.touched = to, false, false
	return v.workAhead(a), true
}

// choose makes a choice for page i by its digit: 0 is 弃权.
func (sh *sheet) choose(i, scale, digit int) bool {
	if digit < 0 || digit > scale {
		return false
	}
	sh.picks[i], sh.kept[i], sh.touched = digit-1, false, true
	return true
}

// nextOpen returns the first page that is not filled in, else the row after all
// pages.
func (sh *sheet) nextOpen() int {
	if i := slices.Index(sh.picks, unset); i >= 0 {
		return i
	}
	return sh.pages()
}
