// Package doc is the document model of papers and its formats.
//
// A [Document] is the content of one paper in reading order; it knows no meeting
// and no format. [Style.Render] writes it as docx (docx.go), xlsx (xlsx.go), md
// (markdown.go), csv (csv.go) or json (json.go): the same document, so that all of
// them show the same facts. The same document gives the same bytes, whatever the
// machine and its clock.
package doc

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Layout is how a document lies on paper.
type Layout string

// The layouts (DOMAIN.md §5.1, §5.2).
const (
	Letter Layout = "letter" // 公文, as GB/T 9704 wants it
	Form   Layout = "form"   // an internal paper or a form: portrait, smaller type
	Ledger Layout = "ledger" // a wide table: landscape
)

// Document is the content of one paper, in reading order. It knows nothing of
// a format: a renderer turns it into bytes.
type Document struct {
	Title  string
	Layout Layout    // "" is [Form]
	Unit   string    // whose paper it is: stands under the title of a [Ledger]
	Day    string    // of the paper in words, beside the unit
	Made   time.Time // when its last fact happened: the date in the files
	Draft  bool      // its fact is not final yet: marked 草稿 in every format
	Blocks []Block
}

// Heading is the title with the mark of a draft.
func (d Document) Heading() string {
	if d.Draft {
		return d.Title + "（草稿）"
	}
	return d.Title
}

// head is the line under the title of a [Ledger]: whose it is, and of which day.
func (d Document) head() string {
	if d.Layout != Ledger {
		return ""
	}
	return strings.TrimSpace(d.Unit + "　　" + d.Day)
}

// Block is one of [Heading], [Paragraph], [Addressee], [Attachments], [Closing],
// [Fields], [Boxes], [Table], [Signatures], [Picture] and [PageBreak].
type Block interface {
	// plain returns the block with every text made [Plain].
	plain() Block
}

// Heading begins a part of a document. Level 1 is the widest, 4 the narrowest;
// Text carries its own number (一、 （一） 1. （1） as in DOMAIN.md §5.1).
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

// Addressee is to whom a letter goes (主送).
type Addressee string

// Attachments are the titles of what is attached to a letter (附件说明).
type Attachments []string

// Closing is the end of a letter (落款): who writes, and the day in digits.
type Closing struct {
	Unit string
	Day  string
}

// Picture is a PNG, Width millimetres wide and as high in proportion. Text says what
// it shows, where a format has no pictures.
type Picture struct {
	PNG   []byte
	Width float64
	Text  string
}

// PageBreak begins a page.
type PageBreak struct{}

// Fields are the named facts at the head of a paper.
type Fields []Field

// Field is one named fact.
type Field struct {
	Name  string
	Value Cell
}

// Boxes are the rows of a form to be filled in or read (登记表): each row has one
// to four boxes side by side.
type Boxes [][]Box

// Box is a named place on a form.
type Box struct {
	Name  string
	Value Cell        // Text("") leaves the place blank
	Lines int         // it is at least so many lines high
	Signs []Signature // who signs at the foot of the box
}

// Table has a title, which may be "", columns, each with another name, and rows
// with a cell per column.
type Table struct {
	Title   string
	Columns []Column
	Rows    [][]Cell
	Total   []Cell // the last row (合计), a cell per column; nil for none
	Chart   *Chart // drawn where a format can; nil for none
}

// Column is the head of a column.
type Column struct {
	Name  string
	Group string   // stands over neighbours of the same group; "" for none
	Width int      // in Chinese characters; 0: by what is in it
	Sum   bool     // its cell in Total is the sum of the rows
	Words []string // what may be filled in, nil for anything
}

// Columns are columns with names alone.
func Columns(names ...string) []Column {
	list := make([]Column, len(names))
	for i, n := range names {
		list[i].Name = n
	}
	return list
}

// title is the name with its group: where there is one head a column, no two are
// the same.
func (c Column) title() string { return c.Group + c.Name }

// rows are the rows with the total.
func (t Table) rows() [][]Cell {
	if t.Total == nil {
		return t.Rows
	}
	return append(slices.Clip(t.Rows), t.Total)
}

// Chart draws columns of its table: a series for each of Values, a place on the
// axis for each row.
type Chart struct {
	Title   string
	Names   int   // the column that names the rows
	Values  []int // the columns with the numbers
	Stacked bool
}

// Signatures are places to sign by hand.
type Signatures []Signature

// Signature is one place to sign. Name is who should, "" when it is not known.
type Signature struct {
	Role string
	Name string
}

// Cell is one of [Text], [Number], [Ratio] and [Day], so that a spreadsheet gets a
// number where a number is meant, and a date where a date is.
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

// Day is a cell with a day, yyyy-mm-dd. What is no such day is words.
type Day string

func (Text) cell()   {}
func (Number) cell() {}
func (Ratio) cell()  {}
func (Day) cell()    {}

// String returns the words.
func (t Text) String() string { return string(t) }

// String returns the decimal digits.
func (n Number) String() string { return strconv.Itoa(int(n)) }

// String returns the day as it is.
func (d Day) String() string { return string(d) }

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

// InWords is the ratio with its base, as 4/16（25.0%）.
func (r Ratio) InWords() string { return fmt.Sprintf("%d/%d（%s）", r.Count, r.Base, r) }

// Tabular reports whether the document has a table.
func (d Document) Tabular() bool {
	return slices.ContainsFunc(d.Blocks, func(b Block) bool { _, is := b.(Table); return is })
}

// Signed reports whether somebody signs the document.
func (d Document) Signed() bool {
	return slices.ContainsFunc(d.Blocks, func(b Block) bool { _, is := b.(Signatures); return is })
}
