package doc

import "fmt"

// Format is a file format; the word is also the file's extension.
type Format string

// The formats.
const (
	Word     Format = "docx"
	Excel    Format = "xlsx"
	Markdown Format = "md"
	CSV      Format = "csv"
	JSON     Format = "json"
)

// Formats lists every format.
func Formats() []Format { return []Format{Word, Excel, Markdown, CSV, JSON} }

// In reports whether a document is written in a format: running text is docx, a
// wide table is xlsx, and docx too where it is signed; every table is csv.
func (d Document) In(f Format) bool {
	switch f {
	case Word:
		return d.Layout != Ledger || d.Signed()
	case Excel:
		return d.Layout == Ledger
	case CSV:
		return d.Tabular()
	}
	return true
}

// Render writes a document in a format, as the style has it. The error is for a
// word that is no format.
func (st *Style) Render(d Document, f Format) ([]byte, error) {
	d = d.plain()
	switch f {
	case Word:
		return st.docx(d)
	case Excel:
		return st.xlsx(d)
	case Markdown:
		return markdown(d), nil
	case CSV:
		return commaSeparated(d), nil
	case JSON:
		return jsonText(d), nil
	}
	return nil, fmt.Errorf("没有“%s”这种格式：请用 docx、xlsx、md、csv 或 json", Line(string(f)))
}
