package doc

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain returns a document in which no text has a control or formatting
// character but the line break: what people typed can't act on a terminal, a
// spreadsheet or a viewer (HOUSE.md §6, 7).
func (d Document) plain() Document {
	out := d
	out.Title, out.Unit, out.Day = Line(d.Title), Line(d.Unit), Line(d.Day)
	out.Blocks = make([]Block, len(d.Blocks))
	for i, b := range d.Blocks {
		out.Blocks[i] = b.plain()
	}
	return out
}

func (h Heading) plain() Block   { return Heading{Level: h.Level, Text: Line(h.Text)} }
func (p Paragraph) plain() Block { return Paragraph{Lead: Line(p.Lead), Text: Plain(p.Text)} }
func (a Addressee) plain() Block { return Addressee(Line(string(a))) }
func (c Closing) plain() Block   { return Closing{Unit: Line(c.Unit), Day: Line(c.Day)} }
func (p PageBreak) plain() Block { return p }
func (p Picture) plain() Block   { return Picture{PNG: p.PNG, Width: p.Width, Text: Line(p.Text)} }

func (a Attachments) plain() Block {
	out := make(Attachments, len(a))
	for i, x := range a {
		out[i] = Line(x)
	}
	return out
}

func (f Fields) plain() Block {
	out := make(Fields, len(f))
	for i, x := range f {
		out[i] = Field{Name: Line(x.Name), Value: plainCell(x.Value)}
	}
	return out
}

func (b Boxes) plain() Block {
	out := make(Boxes, len(b))
	for i, row := range b {
		out[i] = make([]Box, len(row))
		for j, x := range row {
			out[i][j] = Box{Name: Line(x.Name), Value: plainCell(x.Value), Lines: x.Lines, Signs: plainSigns(x.Signs)}
		}
	}
	return out
}

func (t Table) plain() Block {
	out := t
	out.Title = Line(t.Title)
	out.Columns = make([]Column, len(t.Columns))
	for i, c := range t.Columns {
		c.Name, c.Group = Line(c.Name), Line(c.Group)
		c.Words = slices.Clone(c.Words)
		for j, word := range c.Words {
			c.Words[j] = Line(word)
		}
		out.Columns[i] = c
	}
	if t.Chart != nil {
		chart := *t.Chart
		chart.Title = Line(chart.Title)
		out.Chart = &chart
	}
	out.Rows = make([][]Cell, len(t.Rows))
	for i, row := range t.Rows {
		out.Rows[i] = plainCells(row)
	}
	out.Total = plainCells(t.Total)
	return out
}

func (s Signatures) plain() Block { return Signatures(plainSigns(s)) }

func plainSigns(signs []Signature) []Signature {
	out := make([]Signature, len(signs))
	for i, x := range signs {
		out[i] = Signature{Role: Line(x.Role), Name: Line(x.Name)}
	}
	return out
}

func plainCells(row []Cell) []Cell {
	if row == nil {
		return nil
	}
	out := make([]Cell, len(row))
	for i, c := range row {
		out[i] = plainCell(c)
	}
	return out
}

func plainCell(c Cell) Cell {
	switch x := c.(type) {
	case nil:
		return Text("")
	case Text:
		return Text(Plain(string(x)))
	case Day:
		return Day(Line(string(x)))
	}
	return c
}

// Plain drops control characters, invisible formatting (bidirectional
// overrides, zero-width joins), private use and broken bytes; line breaks of
// every kind become \n.
func Plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1
		}
		return r
	}, lineBreaks.Replace(text))
}

// lineBreaks makes every kind of line break \n, and a tab spaces.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\t", "    ")

// Line is [Plain] for texts that stand on one line.
func Line(text string) string { return strings.ReplaceAll(Plain(text), "\n", " ") }
