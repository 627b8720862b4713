package doc

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"
)

const wordBorders = `<w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/>` +
	`<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/>` +
	`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>`

// begin begins a table whose columns have widths in twips.
func (w *word) begin(widths []int) {
	all := 0
	for _, x := range widths {
		all += x
	}
	fmt.Fprintf(w, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>%s<w:tblLayout w:type="fixed"/>`, all, wordBorders)
	w.WriteString(`<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, x := range widths {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, x)
	}
	w.WriteString(`</w:tblGrid>`)
}

// room is the width of the text on a page in twips.
func (w *word) room() int { return twips(w.page.Width - w.page.Left - w.page.Right) }

// shortTable is a table of so many rows that stays on one page.
const shortTable = 6

// table writes a table with its title above; the head is repeated on every page.
func (w *word) table(t Table) {
	if t.Title != "" {
		w.paragraph("Caption", `<w:keepNext/>`, t.Title)
	}
	widths := t.widths(w.room(), w.page.Cell.Size*20)
	w.begin(widths)
	if len(t.rows()) <= shortTable {
		w.keep = `<w:keepNext/>`
	}
	w.heads(t, widths)
	for i, row := range t.Rows {
		if t.Total == nil && i == len(t.Rows)-1 {
			w.keep = ""
		}
		w.row(t, widths, row, "Cell")
	}
	w.keep = ""
	if t.Total != nil {
		w.row(t, widths, t.Total, "Head")
	}
	w.WriteString(`</w:tbl>`)
}

// heads writes the head: one row, or two where columns have a group over them.
func (w *word) heads(t Table, widths []int) {
	const repeated = `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`
	if !t.grouped() {
		w.WriteString(repeated)
		for i, c := range t.Columns {
			w.cell(widths[i], "", "Head", "", c.Name)
		}
		w.WriteString(`</w:tr>`)
		return
	}
	w.WriteString(repeated)
	for i := 0; i < len(t.Columns); {
		c, n, all := t.Columns[i], t.across(i), 0
		for _, x := range widths[i : i+n] {
			all += x
		}
		switch {
		case c.Group == "":
			w.cell(all, `<w:vMerge w:val="restart"/>`, "Head", "", c.Name)
		default:
			w.cell(all, fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, n), "Head", "", c.Group)
		}
		i += n
	}
	w.WriteString(`</w:tr>` + repeated)
	for i, c := range t.Columns {
		if c.Group == "" {
			w.cell(widths[i], `<w:vMerge/>`, "Head", "", "")
		} else {
			w.cell(widths[i], "", "Head", "", c.Name)
		}
	}
	w.WriteString(`</w:tr>`)
}

// grouped reports whether a column has a group.
func (t Table) grouped() bool {
	for _, c := range t.Columns {
		if c.Group != "" {
			return true
		}
	}
	return false
}

// across is how many columns from i on have one group over them.
func (t Table) across(i int) int {
	n := 1
	for g := t.Columns[i].Group; g != "" && i+n < len(t.Columns) && t.Columns[i+n].Group == g; n++ {
	}
	return n
}

// longText is a text of so many characters whose row may break over pages.
const longText = 200

func (w *word) row(t Table, widths []int, cells []Cell, style string) {
	whole := `<w:trPr><w:cantSplit/></w:trPr>`
	for _, c := range cells {
		if utf8.RuneCountInString(c.String()) > longText {
			whole = ""
		}
	}
	w.WriteString(`<w:tr>` + whole)
	for i, c := range cells {
		side := ""
		if t.centred(i) {
			side = `<w:jc w:val="center"/>`
		}
		w.cell(widths[i], "", style, side, c.String())
	}
	w.WriteString(`</w:tr>`)
}

// cell writes a cell: spans are its properties, side those of its paragraphs.
func (w *word) cell(width int, spans, style, side, text string) {
	fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="center"/></w:tcPr>`, width, spans)
	w.lines(style, side, text)
	w.WriteString(`</w:tc>`)
}

func (w *word) lines(style, side, text string) {
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		w.paragraph(style, w.keep+side, line)
	}
}

// shortText is a column's longest text, in Chinese characters, that stands in the
// middle of its cells.
const shortText = 8

// centred reports whether a column stands in the middle: numbers and short words.
func (t Table) centred(column int) bool { return t.longest(column) <= shortText }

// longest is the width of the longest line of a column in Chinese characters.
func (t Table) longest(column int) float64 {
	most := 0.0
	for _, row := range t.rows() {
		for line := range strings.SplitSeq(row[column].String(), "\n") {
			most = max(most, ems(line))
		}
	}
	return most
}

// Widths of columns that don't say theirs, in Chinese characters.
const (
	leastWidth = 2.5
	mostHead   = 5 // a longer head goes on in a second line
	mostWidth  = 28
)

// shares are the widths of the columns in Chinese characters.
func (t Table) shares() []float64 {
	list := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		if list[i] = float64(c.Width); list[i] == 0 {
			list[i] = max(leastWidth, min(mostHead, ems(c.Name)), min(mostWidth, t.longest(i))) + 1
		}
	}
	return list
}

// A table of many columns has no room for more than this beside the text, in Chinese
// characters: the cell's margins (57 twips each), and what a percent sign is wider or
// Word puts between a Chinese character and a digit.
const (
	tightRest = 0.8
	tightHead = 2 // a head of two characters stands in one line
)

// tight are the widths of the columns where a name or a ratio would be broken in the
// usual ones: a column that says its own, of remarks, gives way as far as it can.
func (t Table) tight(room float64) []float64 {
	list := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		if c.Width == 0 {
			list[i] = max(1, min(tightHead, ems(c.Name)), min(mostWidth, t.longest(i))) + tightRest
		}
	}
	for i, c := range t.Columns {
		if c.Width > 0 {
			list[i] = max(float64(c.Width)/2, min(float64(c.Width), room-sumOf(list)))
		}
	}
	return list
}

// widths share a room among the columns, the rest to the last. The room and the size
// of a character are in twips.
func (t Table) widths(room int, size float64) []int {
	shares := t.shares()
	all := sumOf(shares)
	if all*size > float64(room) {
		shares = t.tight(float64(room) / size)
		all = sumOf(shares)
	}
	list, left := make([]int, len(shares)), room
	for i, x := range shares {
		list[i] = int(float64(room) * x / all)
		left -= list[i]
	}
	if len(list) > 0 {
		list[len(list)-1] += left
	}
	return list
}

func sumOf(list []float64) (all float64) {
	for _, x := range list {
		all += x
	}
	return all
}

// formGrid is the number of columns under the rows of a form, so that one to four
// boxes share its width; a box's name takes formName of them.
const (
	formGrid = 24
	formName = 3
)

// boxes writes a form: each box is its name and its place, which is at least so
// many lines high and has its signatures at the foot.
func (w *word) boxes(form Boxes) {
	widths := make([]int, formGrid)
	for i := range widths {
		widths[i] = w.room() / formGrid
	}
	w.begin(widths)
	for i, row := range form {
		if len(row) == 0 {
			continue
		}
		if w.keep = ""; form.short() && i+1 < len(form) {
			w.keep = `<w:keepNext/>`
		}
		high, long := 1, ""
		for _, b := range row {
			high = max(high, b.Lines)
			if utf8.RuneCountInString(b.Value.String()) > longText || b.Lines > 8 {
				long = "x"
			}
		}
		w.WriteString(`<w:tr><w:trPr>`)
		if long == "" {
			w.WriteString(`<w:cantSplit/>`)
		}
		fmt.Fprintf(w, `<w:trHeight w:val="%d" w:hRule="atLeast"/></w:trPr>`, points(float64(high)*w.page.Body.Line+8))
		span := formGrid / len(row)
		for i, b := range row {
			mine := span
			if i == len(row)-1 {
				mine = formGrid - span*(len(row)-1)
			}
			w.cell(formName*widths[0], fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, formName), "Head", "", b.Name)
			w.place(b, (mine-formName)*widths[0], mine-formName)
		}
		w.WriteString(`</w:tr>`)
	}
	w.keep = ""
	w.WriteString(`</w:tbl>`)
	w.paragraph("Gap", "", "")
}

// short reports whether a form stays on one page: where a box is a page high, it
// can't.
func (b Boxes) short() bool {
	lines := 0
	for _, row := range b {
		high := 1
		for _, x := range row {
			high = max(high, x.Lines)
		}
		lines += high
	}
	return lines <= shortForm
}

// shortForm is how many lines a form has that stays on one page.
const shortForm = 18

// place writes what is in a box.
func (w *word) place(b Box, width, span int) {
	align, side := "center", ""
	if b.Lines > 1 {
		align = "top"
	} else if ems(b.Value.String()) <= shortText {
		side = `<w:jc w:val="center"/>`
	}
	fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/><w:vAlign w:val="%s"/></w:tcPr>`, width, span, align)
	w.lines("Cell", side, b.Value.String())
	if len(b.Signs) > 0 {
		// The signatures stand at the foot: blank lines fill what the text leaves.
		room := float64(width) / (w.page.Cell.Size * 20)
		used := 0
		for line := range strings.SplitSeq(b.Value.String(), "\n") {
			used += 1 + int(ems(line)/max(1, room))
		}
		tall := min(float64(b.Lines)*w.page.Body.Line, w.page.height()) // a box ends with its page
		high := int(tall / cmp.Or(w.page.Cell.Line, w.page.Cell.Size*1.3))
		for range high - used - len(b.Signs) {
			w.paragraph("Cell", "", "")
		}
	}
	for _, s := range b.Signs {
		w.paragraph("Cell", `<w:jc w:val="right"/>`, s.line())
	}
	w.WriteString(`</w:tc>`)
}
