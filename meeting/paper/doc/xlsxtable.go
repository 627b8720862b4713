package doc

import (
	"fmt"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

// The formats of values.
const (
	asText  = "@"
	asCount = "0"
	asRatio = "0.0%"
	asDay   = "yyyy-mm-dd"
)

// squeezed is how much wider than the page the columns may be: they are printed
// smaller by so much.
const squeezed = 1.25

// columns are the widths of a table's columns in units: as the table shares them,
// over the whole page, and a little more where it would be too narrow; no column is
// narrower than its least. Without a table there is one column.
func (b *workbook) columns(t *Table) []float64 {
	if t == nil {
		return []float64{min(excelize.MaxColumnWidth, b.room())}
	}
	shares, least, all := t.shares(), make([]float64, len(t.Columns)), 0.0
	for i, x := range shares {
		all += 2 * x
		least[i] = t.least(i)
	}
	list := divided(min(max(all, b.room()), squeezed*b.room()), shares, least)
	for i := range list {
		list[i] = min(excelize.MaxColumnWidth, list[i])
	}
	return list
}

// divided divides a room by shares. Who would get less than its least gets that, and
// the others divide the rest.
func divided(room float64, shares, least []float64) []float64 {
	list := make([]float64, len(shares)) // 0 is one of the others
	for {
		rest, sum := room, 0.0
		for i, w := range list {
			if rest -= w; w == 0 {
				sum += shares[i]
			}
		}
		again := false
		for i, w := range list {
			if w == 0 && shares[i]*rest/sum < least[i] {
				list[i], again = least[i], true
			}
		}
		if again {
			continue
		}
		for i, w := range list {
			if w == 0 {
				list[i] = shares[i] * rest / sum
			}
		}
		return list
	}
}

// least is the least width of a column: a number or a day stands on one line, for
// Excel shows ### for it else, and so do a name and a word where no width is given.
func (t Table) least(column int) float64 {
	const sides, name, words = 2, 8, 10
	figures := 0
	for _, r := range t.rows() {
		if _, format := valued(r[column]); format != asText {
			figures = max(figures, len(r[column].String()))
		}
	}
	long := 2 * t.longest(column)
	switch {
	case t.Columns[column].Width > 0:
		long = 0
	case long > 2*shortText:
		long = words
	default:
		long = min(name, long)
	}
	return max(leastWidth, float64(figures), long) + sides
}

// valued is a cell as Excel holds it: its value, nil for a blank, and its format.
func valued(c Cell) (any, string) {
	switch x := c.(type) {
	case Number:
		return int(x), asCount
	case Ratio:
		if x.Base != 0 {
			return float64(x.Count) / float64(x.Base), asRatio
		}
	case Day:
		if n, is := x.count(); is {
			return n, asDay
		}
	}
	if c.String() == "" {
		return nil, asText
	}
	return c.String(), asText
}

// count is a day as Excel counts it: the days since 30 December 1899. From March
// 1900 on all programs agree on them; an earlier day is words.
func (d Day) count() (int, bool) {
	const epoch, march = -25569, 61
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0, false
	}
	n := int(day.Unix()/(24*60*60)) - epoch
	return n, n >= march
}

// tabled lays out a table under its title, which is left out where it is that of the
// paper.
func (s *sheet) tabled(t Table, paper string) {
	page := s.book.page
	if t.Title != "" && t.Title != paper {
		s.wide(t.Title, page.Head, "center")
	}
	s.head[0] = len(s.rows) + 1
	s.heads(t)
	s.head[1] = len(s.rows)
	s.record[0] = len(s.rows) + 1
	sides := make([]string, len(t.Columns))
	for i := range sides {
		if sides[i] = "left"; t.centred(i) {
			sides[i] = "center"
		}
	}
	for _, cells := range t.Rows {
		s.cells(cells, page.Cell, sides, nil)
	}
	s.record[1] = len(s.rows)
	if t.Total != nil {
		s.cells(t.Total, page.Head, sides, s.sums(t))
	}
}

// heads lays out the head: one row, or two where columns have a group over them.
func (s *sheet) heads(t Table) {
	face, top := s.book.page.Head, len(s.rows)+1
	style := s.book.style(look{face: face, side: "center", framed: true, format: asText})
	var high [2]int
	var rows [2][]any
	for n := range rows {
		rows[n] = slices.Repeat([]any{excelize.Cell{StyleID: style}}, len(t.Columns))
	}
	set := func(n, i int, text string, width float64) (lines int) {
		rows[n][i] = excelize.Cell{StyleID: style, Value: text}
		return len(folded(text, max(1, s.roomOf(width, face))))
	}
	both := 1 // lines of the highest head that stands in both rows
	for i, n := 0, 0; i < len(t.Columns); i += n {
		c, width := t.Columns[i], 0.0
		n = t.across(i)
		if c.Group == "" {
			both = max(both, set(0, i, c.Name, s.widths[i]))
			continue
		}
		for j := i; j < i+n; j++ {
			width += s.widths[j]
			high[1] = max(high[1], set(1, j, t.Columns[j].Name, s.widths[j]))
		}
		high[0] = max(high[0], set(0, i, c.Group, width))
		s.merge(i+1, top, i+n, top)
	}
	if !t.grouped() {
		s.put(both, face, rows[0])
		return
	}
	s.put(max(high[0], both-high[1]), face, rows[0])
	s.put(high[1], face, rows[1])
	for i, c := range t.Columns {
		if c.Group == "" {
			s.merge(i+1, top, i+1, top+1)
		}
	}
}

// cells lays out a row of the table. A text that one row cannot show goes on in the
// rows below it; the other cells of the row are merged beside it. Formulas stand in
// for the values of some cells, by column.
func (s *sheet) cells(cells []Cell, face Face, sides []string, formulas map[int]string) {
	parts, tall, top := make([][]piece, len(cells)), 1, len(s.rows)+1
	for i, c := range cells {
		parts[i] = pieces(c.String(), face, s.roomOf(s.widths[i], face))
		tall = max(tall, len(parts[i]))
	}
	for n := range tall {
		out, lines := make([]any, len(cells)), 1
		for i, c := range cells {
			value, format := valued(c)
			cell := excelize.Cell{StyleID: s.book.style(look{face: face, side: sides[i], top: tall > 1, framed: true, format: format})}
			switch {
			case len(parts[i]) > 1 && n < len(parts[i]):
				cell.Value = parts[i][n].text
			case n == 0:
				cell.Value, cell.Formula = value, formulas[i]
			}
			if n < len(parts[i]) {
				lines = max(lines, parts[i][n].lines)
			}
			out[i] = cell
		}
		s.put(lines, face, out)
	}
	for i := range cells {
		if len(parts[i]) == 1 {
			s.merge(i+1, top, i+1, top+tall-1)
		}
	}
}

// sums are the formulas of the total, by column. Where what is written is not the sum
// of what stands above, there is none: formula and value never differ.
func (s *sheet) sums(t Table) map[int]string {
	list := map[int]string{}
	for i, c := range t.Columns {
		if c.Sum && len(t.Rows) > 0 && t.adds(i) {
			list[i] = fmt.Sprintf("SUM(%s:%s)", at(i+1, s.record[0]), at(i+1, s.record[1]))
		}
	}
	return list
}

// adds reports whether the total of a column is the sum of its numbers, as Excel
// computes it: words count nothing, days and ratios do not add up.
func (t Table) adds(column int) bool {
	sum := 0
	for _, r := range t.Rows {
		switch n, format := valued(r[column]); format {
		case asCount:
			sum += n.(int)
		case asRatio, asDay:
			return false
		}
	}
	total, is := t.Total[column].(Number)
	return is && int(total) == sum
}
