// Package sheet reads the tables that people bring (a roster, an old result)
// into rows of cells, or says which cell to mend.
//
// It reads csv (UTF-8 with or without BOM, UTF-16 with BOM, GB18030 and with it
// GBK; separated by commas, tabs or semicolons) and xlsx, and tells them apart
// by their content, never by the name of the file. It knows nothing about what
// the cells mean.
package sheet

import "bytes"

// The limits of a table. Only what holds text counts: blank rows and cells
// after the last text are free.
const (
	MaxBytes   = 8 << 20 // of the file
	MaxRows    = 5000
	MaxColumns = 64
	MaxCell    = 2000 // characters of one cell
)

// Read returns the table in data. Cell (r, c) of the result stands in row r+1,
// column c+1 of what a spreadsheet program shows, blank rows included; blank
// rows at the end and blank cells at the end of a row are left out. Of a
// workbook it reads the first visible sheet that holds text, each cell as the
// spreadsheet program shows it, except that its standard date becomes
// yyyy-mm-dd.
//
// Cells come without surrounding white space, and a line break or tab inside
// one is a space. Cells that a spreadsheet program would compute (formulas of a
// workbook, text that begins with = or @) and cells with characters that can't
// be seen are refused, each with its place.
//
// name is the file's name for the messages; nothing is opened by it. The error
// is always an *Error, and then there are no rows.
func Read(name string, data []byte) ([][]string, error) {
	g := &grid{}
	switch {
	case len(data) > MaxBytes:
		g.refuseFile(FileTooBig, MaxBytes>>20)
	case bytes.HasPrefix(data, []byte("PK")): // a zip archive; no table begins so
		readWorkbook(g, data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		g.refuseFile(compound(data))
	default:
		readText(g, data)
	}
	if len(g.rows) == 0 && len(g.faults) == 0 {
		g.refuseFile(Empty)
	}
	if len(g.faults) > 0 {
		return nil, &Error{Name: name, Faults: g.faults}
	}
	return g.rows, nil
}

// compound says why a file of Microsoft's compound format is refused: it is
// a workbook of before 2007, or a newer one behind a password.
func compound(data []byte) Code {
	stream := []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	if bytes.Contains(data, stream) {
		return Password
	}
	return OldWorkbook
}
