package sheet

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// Fault is one thing that is wrong with a table, and where.
type Fault struct {
	Row    int    // as a spreadsheet program counts, from 1; 0 when it is about the whole file
	Column int    // from 1; 0 when it is about the whole row or not known
	Value  string // the beginning of the cell's text, fit to be shown on a terminal
	Code   Code
	Args   []string
}

// Code names what is wrong. Its sentence is made where a person reads it.
type Code string

// The codes. What their arguments are stands behind each.
const (
	CellsTooMany   Code = "sheet.cells-too-many"
	CellTooLong    Code = "sheet.cell-too-long"  // most characters
	ControlHidden  Code = "sheet.control-hidden" // the character, as U+001B
	Damaged        Code = "sheet.damaged"
	Empty          Code = "sheet.empty"
	ErrorValue     Code = "sheet.error-value"
	FileTooBig     Code = "sheet.file-too-big" // most MB
	Formula        Code = "sheet.formula"
	Garbled        Code = "sheet.garbled"
	HalfStruck     Code = "sheet.half-struck"
	NotText        Code = "sheet.not-text"
	NulByte        Code = "sheet.nul-byte"
	OldWorkbook    Code = "sheet.old-workbook"
	OtherFormat    Code = "sheet.other-format" // how the names of such files end
	Password       Code = "sheet.password"
	QuoteOpen      Code = "sheet.quote-open"
	RowTooLong     Code = "sheet.row-too-long"  // most columns
	RowsTooMany    Code = "sheet.rows-too-many" // most rows
	TextDocument   Code = "sheet.text-document" // how the names of such files end
	WebPage        Code = "sheet.web-page"
	WorkbookTooBig Code = "sheet.workbook-too-big"
)

// Error gives the place and the code, for logs.
func (f Fault) Error() string {
	text := strings.Join(append([]string{string(f.Code)}, f.Args...), " ")
	switch {
	case f.Row == 0:
		return text
	case f.Column == 0:
		return fmt.Sprintf("row %d: %s", f.Row, text)
	}
	cell, _ := excelize.CoordinatesToCellName(f.Column, f.Row)
	return cell + ": " + text
}

// Error is the code. Inside the package a code is passed around as an error.
func (c Code) Error() string { return string(c) }

// OfCell reports whether the fault is about one cell, and the rest of the table
// was read.
func (f Fault) OfCell() bool { return f.Column > 0 && f.Code != RowTooLong }

// Reason gives the code and its arguments.
func (f Fault) Reason() (code string, args []string) { return string(f.Code), f.Args }

// Error says why a file was refused.
type Error struct {
	Name  string // of the file, as Read was given it
	Fault Fault
}

// Error returns the name and the fault as one line for logs.
func (e *Error) Error() string {
	line := e.Fault.Error()
	if name := shown(e.Name); name != "" {
		line = name + ": " + line
	}
	return line
}

// Unwrap gives the fault.
func (e *Error) Unwrap() error { return e.Fault }

// shown returns the beginning of a text without what a terminal would obey.
func shown(text string) string {
	const most = 60
	n := 0
	text = strings.Map(func(r rune) rune {
		n++
		switch {
		case n > most:
			return -1
		case !unicode.IsGraphic(r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
	if n > most {
		text += "…"
	}
	return text
}
