package paper

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Document is the content of one paper, in reading order. It knows nothing of
// a format: a renderer turns it into bytes.
type Document struct {
	Title  string
	Blocks []Block
}

// Block is one of [Heading], [Paragraph], [Fields], [Table] and
// [Signatures].
type Block interface {
	// plain returns the block with every text made [plain].
	plain() Block
}

// Heading begins a part of a document. Level 1 is the widest; Text carries its
// own number (一、 （一） 1. as in DOMAIN.md §5.1).
type Heading struct {
	Level int
	Text  string
}

// Paragraph is running text; Text may have several lines. Lead says what the
// text is or who speaks, and may be "".
type Paragraph struct {
	Lead string
	Text string
}

// Fields are the named facts at the head of a paper.
type Fields []Field

// Field is one named fact.
type Field struct {
	Name  string
	Value Cell
}

// Table has a title, which may be "", a head per column, each different, and
// rows with a cell per column.
type Table struct {
	Title   string
	Columns []string
	Rows    [][]Cell
}

// Signatures are places to sign by hand.
type Signatures []Signature

// Signature is one place to sign. Name is who should, "" when it is not known.
type Signature struct {
	Role string
	Name string
}

// Cell is one of [Text], [Number] and [Ratio], so that a spreadsheet gets a
// number where a number is meant.
type Cell interface {
	fmt.Stringer
	cell()
}

// Text is a cell with words; it may have several lines.
type Text string

// Number is a cell with a count.
type Number int

// Ratio is a cell with Count of Base, shown in percent. A table that has one
// names its base in the same row or in the column's head.
type Ratio struct{ Count, Base int }

func (Text) cell()   {}
func (Number) cell() {}
func (Ratio) cell()  {}

// String returns the words.
func (t Text) String() string { return string(t) }

// String returns the decimal digits.
func (n Number) String() string { return strconv.Itoa(int(n)) }

// String returns the ratio in percent with one decimal, half rounded up, as
// 29.2%. It is computed with integers (DOMAIN.md §3.2, §3.6). A ratio of nothing
// is "".
func (r Ratio) String() string {
	if r.Base == 0 {
		return ""
	}
	permille := (2000*r.Count + r.Base) / (2 * r.Base)
	return fmt.Sprintf("%d.%d%%", permille/10, permille%10)
}

// inWords is the ratio with its base, as 4/16（25.0%）.
func (r Ratio) inWords() string { return fmt.Sprintf("%d/%d（%s）", r.Count, r.Base, r) }

// plain returns a document in which no text has a control or formatting
// character but the line break: what people typed can't act on a terminal, a
// spreadsheet or a viewer (HOUSE.md §6, 7).
func (d Document) plain() Document {
	out := Document{Title: plainLine(d.Title), Blocks: make([]Block, len(d.Blocks))}
	for i, b := range d.Blocks {
		out.Blocks[i] = b.plain()
	}
	return out
}

func (h Heading) plain() Block { return Heading{Level: h.Level, Text: plainLine(h.Text)} }

func (p Paragraph) plain() Block { return Paragraph{Lead: plainLine(p.Lead), Text: plain(p.Text)} }

func (f Fields) plain() Block {
	out := make(Fields, len(f))
	for i, x := range f {
		out[i] = Field{Name: plainLine(x.Name), Value: plainCell(x.Value)}
	}
	return out
}

func (t Table) plain() Block {
	out := Table{Title: plainLine(t.Title), Columns: make([]string, len(t.Columns)), Rows: make([][]Cell, len(t.Rows))}
	for i, c := range t.Columns {
		out.Columns[i] = plainLine(c)
	}
	for i, row := range t.Rows {
		out.Rows[i] = make([]Cell, len(row))
		for j, c := range row {
			out.Rows[i][j] = plainCell(c)
		}
	}
	return out
}

func (s Signatures) plain() Block {
	out := make(Signatures, len(s))
	for i, x := range s {
		out[i] = Signature{Role: plainLine(x.Role), Name: plainLine(x.Name)}
	}
	return out
}

func plainCell(c Cell) Cell {
	if t, ok := c.(Text); ok {
		return Text(plain(string(t)))
	}
	return c
}

// plain drops control characters, invisible formatting (bidirectional
// overrides, zero-width joins), private use and broken bytes; line breaks of
// every kind become \n.
func plain(text string) string {
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

// plainLine is [plain] for texts that stand on one line.
func plainLine(text string) string { return strings.ReplaceAll(plain(text), "\n", " ") }
