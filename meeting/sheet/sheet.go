// Package sheet reads the tables that people bring (a roster, an old result)
// into rows of cells, or says which cell to mend.
//
// It reads csv (UTF-8 with or without BOM, UTF-16 with BOM or unmistakable, GB18030 and with it
// GBK; separated by commas, tabs or semicolons) and xlsx, and tells them apart
// by their content, never by the name of the file. It knows nothing about what
// the cells mean.
package sheet

import (
	"bytes"
	"fmt"
	"strings"
)

// The limits of a table. Only what holds text counts: blank rows and cells
// after the last text are free.
const (
	MaxBytes   = 8 << 20 // of the file
	MaxRows    = 5000
	MaxColumns = 64
	MaxCell    = 2000 // characters of one cell
)

// Table is what one sheet holds. Cell (r, c) of Rows stands in row r+1, column
// c+1 of what a spreadsheet program shows, blank rows included; blank rows at the
// end and blank cells at the end of a row are left out.
type Table struct {
	Name   string // of the sheet; "" of a text file
	Unread bool   // the sheet is hidden: only its name is known
	Rows   [][]string
	Hidden []int   // rows that are hidden, by hand or by a filter, from 1, ascending
	Veiled []int   // columns that are hidden, from 1
	Struck []Cell  // cells whose text is struck out
	Faults []Fault // in the order of the table
}

// Cell is the place of a cell, from 1.
type Cell struct{ Row, Column int }

// Read returns the tables in data: the one of a text file, or those of a
// workbook that hold text, in the order of their tabs. Cells are as the
// spreadsheet program shows them, except that a date comes as yyyy-mm-dd, or as
// yyyy-mm or yyyy where its format shows no more. What a cell says that is merged
// with those below it, every one of them says.
//
// Cells come without surrounding white space, and a line break or tab inside
// one is a space. A cell that a spreadsheet program would compute (a formula of a
// workbook, text that begins with = or @) or that has characters that can't be
// seen, or a cell of whose text a part is struck out, is blank, and a fault names it:
// who needs its column must refuse it.
//
// name is the file's name for the messages; nothing is opened by it. The error
// is always an *Error, and then there are no tables.
func Read(name string, data []byte) ([]Table, error) {
	tables, fault := readAny(data)
	if fault == nil && len(tables) == 0 {
		fault = &Fault{Code: Empty}
	}
	if fault != nil {
		return nil, &Error{Name: name, Fault: *fault}
	}
	return tables, nil
}

func readAny(data []byte) ([]Table, *Fault) {
	switch {
	case len(data) > MaxBytes:
		return nil, &Fault{Code: FileTooBig, Args: []string{fmt.Sprint(MaxBytes >> 20)}}
	case bytes.HasPrefix(data, []byte("PK")): // a zip archive; no table begins so
		return readWorkbook(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, compound(data)
	case bytes.HasPrefix(data, []byte(pdfMagic)):
		return nil, &Fault{Code: OtherFormat, Args: []string{"pdf"}}
	}
	return readText(data)
}

// compound says why a file of Microsoft's compound format is refused: it is
// a workbook or a document of before 2007, or a newer workbook behind a password.
func compound(data []byte) *Fault {
	has := func(stream string) bool {
		return bytes.Contains(data, []byte(strings.Join(strings.Split(stream, ""), "\x00")+"\x00"))
	}
	switch {
	case has("EncryptedPackage"):
		return &Fault{Code: Password}
	case has("WordDocument"):
		return &Fault{Code: TextDocument, Args: []string{"doc"}}
	}
	return &Fault{Code: OldWorkbook}
}
