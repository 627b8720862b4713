package doc

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// byteOrderMark lets Excel open the file as UTF-8 (DOMAIN.md §5.2).
const byteOrderMark = "\ufeff"

// commaSeparated writes a whole document as rows: a heading and a paragraph are
// rows of one cell (two with a lead), fields are name and value, tables stand
// under their heads. An empty row precedes headings and
// tables. Lines end with CRLF (RFC 4180).
func commaSeparated(d Document) []byte {
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	row := func(cells ...string) { _ = w.Write(cells) } // a bytes.Buffer takes everything
	row(harmless(d.Heading()))
	for _, block := range d.Blocks {
		switch x := block.(type) {
		case Heading:
			row()
			row(harmless(x.Text))
		case Paragraph:
			if x.Lead != "" {
				row(harmless(x.Lead), harmless(x.Text))
			} else {
				row(harmless(x.Text))
			}
		case Fields:
			for _, f := range x {
				row(harmless(f.Name), value(f.Value))
			}
		case Addressee:
			row(harmless(string(x)) + "：")
		case Attachments:
			for _, a := range x {
				row("附件", harmless(a))
			}
		case Closing:
			row(harmless(x.Unit), harmless(x.Day))
		case Picture:
			row(harmless(x.Text))
		case Boxes:
			for _, boxes := range x {
				for _, b := range boxes {
					row(harmless(b.Name), value(b.Value))
				}
			}
		case Table:
			row()
			if x.Title != "" {
				row(harmless(x.Title))
			}
			csvTable(row, x)
		case Signatures:
			for _, s := range x {
				row(harmless(s.Role+"（签字）"), harmless(s.Name))
			}
		}
	}
	w.Flush()
	return b.Bytes()
}

// TableCSV writes a lone table: its head and rows, for a spreadsheet or a mail
// merge.
func TableCSV(t Table) []byte {
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	csvTable(func(cells ...string) { _ = w.Write(cells) }, t.plain().(Table)) // a bytes.Buffer takes everything
	w.Flush()
	return b.Bytes()
}

func csvTable(row func(...string), t Table) {
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = harmless(c.title())
	}
	row(heads...)
	for _, cells := range t.rows() {
		line := make([]string, len(cells))
		for i, c := range cells {
			line[i] = value(c)
		}
		row(line...)
	}
}

// value returns a cell as it stands in the file. Numbers stay numbers, so that
// a spreadsheet computes with them.
func value(c Cell) string {
	if t, ok := c.(Text); ok {
		return harmless(string(t))
	}
	return c.String()
}

// harmless keeps a text from becoming a formula in a spreadsheet: one that
// begins like a formula gets an apostrophe (OWASP, "CSV Injection"), also in
// full width. Space before the text, which could hide its beginning, is left
// out.
func harmless(text string) string {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	if first, _ := utf8.DecodeRuneInString(text); strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + text
	}
	return text
}
