package sheet

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/xuri/excelize/v2"
)

// MaxFaults is how many faults an Error lists at most: enough for a person to
// mend, and a file of garbage does not fill a screen.
const MaxFaults = 100

// Fault is one thing that is wrong with a table, and where.
type Fault struct {
	Row    int    // as a spreadsheet program counts, from 1; 0 when it is about the whole file
	Column int    // from 1; 0 when it is about the whole row or not known
	Value  string // the beginning of the cell's text, fit to be shown on a terminal
	Why    string // a Chinese sentence that says what to do
}

// String returns the fault with its place as one Chinese line.
func (f Fault) String() string {
	switch {
	case f.Row == 0:
		return f.Why
	case f.Column == 0:
		return fmt.Sprintf("第 %d 行：%s", f.Row, f.Why)
	}
	cell, _ := excelize.CoordinatesToCellName(f.Column, f.Row)
	return fmt.Sprintf("第 %d 行第 %d 列（%s）：%s", f.Row, f.Column, cell, f.Why)
}

// Error says why a table was refused.
type Error struct {
	Name   string  // of the file, as Read was given it
	Faults []Fault // at least one, at most MaxFaults, in the order of the table
}

// Error returns the first fault and how many there are more, as one line.
func (e *Error) Error() string {
	line := e.Faults[0].String()
	if name := shown(e.Name); name != "" {
		line = name + "：" + line
	}
	if more := len(e.Faults) - 1; more > 0 {
		line += fmt.Sprintf("（另有 %d 处）", more)
	}
	return line
}

// shown returns the beginning of text without what a terminal would obey.
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
