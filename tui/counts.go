package tui

import (
	"fmt"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// counts is a table of how people were graded: a line each, under heads that
// may stay in sight while the lines scroll. It is told in sentences.
type counts struct {
	words *Words
	scale []string
}

type (
	// countsHead is the heads of the table.
	countsHead struct{ counts }

	// countsRow is the line of one person.
	countsRow struct {
		counts
		no   int
		name string
		got  meeting.Histogram
	}
)

// The columns of the table, in cells.
const (
	placeCells    = 4  // a number and a space
	leastName     = 12 // the name has so many where the window is narrow
	sumCells      = 4  // a count of three digits
	betweenCounts = 2
)

// heads are the names of the columns of numbers: the grades, 弃权 and 收回.
func (c counts) heads() []string {
	var heads []string
	for _, g := range c.scale {
		heads = append(heads, c.words.term(g))
	}
	return append(heads, c.words.Common.Abstain, c.words.Result.Returned)
}

// widths returns the width of the name and those of the numbers. Where there is
// no room for whole heads, all are equal and the heads are cut.
func (c counts) widths(width int) (name int, numbers []int) {
	room, all := width-placeCells, 0
	for _, head := range c.heads() {
		numbers = append(numbers, max(sumCells, draw.Cells(head)+betweenCounts))
		all += numbers[len(numbers)-1]
	}
	if n := len(numbers); all > room-leastName {
		each := max(sumCells, (room-leastName)/n)
		for i := range numbers {
			numbers[i] = each
		}
		all = each * n
	}
	return max(0, min(nameCells, room-all)), numbers
}

// set sets the heads, which a table that is told does not have.
func (h countsHead) set(s *setting) {
	if !s.spoken {
		h.row(s.width).set(s)
	}
}

// row returns the heads at a width.
func (h countsHead) row(width int) row {
	name, numbers := h.widths(width)
	r := row{{width: placeCells + name}}
	for i, head := range h.heads() {
		short := draw.Line{{Text: head, Tone: draw.Muted}}.Cut(numbers[i] - 1).Text()
		r = append(r, cell{short, draw.Muted, numbers[i], true})
	}
	return r
}

// set sets the line.
func (c countsRow) set(s *setting) {
	if s.spoken {
		s.put(draw.Line{{Text: fmt.Sprintf("%d  %s  %s", c.no, c.name, c.words.histogram(c.scale, c.got)), Tone: draw.Plain}})
		return
	}
	c.row(s.width).set(s)
}

// row returns the line at a width.
func (c countsRow) row(width int) row {
	name, numbers := c.widths(width)
	r := row{{fmt.Sprint(c.no) + " ", draw.Muted, placeCells, true}, {c.name, draw.Strong, name, false}}
	for i, n := range append(c.got.Counts[:len(c.scale):len(c.scale)], c.got.Abstain, c.got.Ballots) {
		tone := draw.Plain
		if n == 0 {
			tone = draw.Muted
		}
		r = append(r, cell{fmt.Sprint(n), tone, numbers[i], true})
	}
	return r
}
