package sheet

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// put adds the cells of row no, counted from 1 and ascending. It reports
// whether there is room for more rows.
func (t *Table) put(no int, cells []string) bool {
	cells = tidy(cells)
	switch {
	case len(cells) == 0:
		return true
	case no > MaxRows:
		t.refuse(no, 0, cells[0], RowsTooMany, MaxRows)
		return false
	case len(cells) > MaxColumns:
		t.refuse(no, MaxColumns+1, cells[MaxColumns], RowTooLong, MaxColumns)
		return true
	}
	for i, c := range cells {
		if code, args := whyRefused(c); code != "" {
			t.refuse(no, i+1, c, code, args...)
			cells[i] = ""
		}
	}
	if cells = tidy(cells); len(cells) == 0 {
		return true
	}
	for len(t.Rows) < no-1 {
		t.Rows = append(t.Rows, nil)
	}
	t.Rows = append(t.Rows, cells)
	return true
}

// refuse notes a fault.
func (t *Table) refuse(row, column int, value string, code Code, args ...any) {
	f := Fault{Row: row, Column: column, Value: shown(value), Code: code}
	for _, a := range args {
		f.Args = append(f.Args, fmt.Sprint(a))
	}
	t.Faults = append(t.Faults, f)
}

// blank reports whether nothing can be said about a table.
func (t *Table) blank() bool { return len(t.Rows) == 0 && len(t.Faults) == 0 }

// tidy makes line breaks and tabs spaces and drops the white space around each
// cell, and then the blank cells at the end. A header is often broken into two
// lines to fit a narrow column, and programs put a tab before a long number.
func tidy(cells []string) []string {
	breaks := strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ")
	last := 0
	for i, c := range cells {
		cells[i] = strings.TrimSpace(breaks.Replace(c))
		if cells[i] != "" {
			last = i + 1
		}
	}
	return cells[:last]
}

// errorValues are what a formula that failed leaves in its cell, also where only its
// value was copied.
var errorValues = map[string]bool{
	"#N/A": true, "#REF!": true, "#VALUE!": true, "#NAME?": true, "#DIV/0!": true, "#NUM!": true, "#NULL!": true,
	"#SPILL!": true, "#CALC!": true,
}

// whyRefused returns what is wrong with the text of a cell; "" is nothing.
func whyRefused(cell string) (code Code, args []any) {
	if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
		return Formula, nil
	}
	if errorValues[strings.ToUpper(cell)] {
		return ErrorValue, nil
	}
	if utf8.RuneCountInString(cell) > MaxCell {
		return CellTooLong, []any{MaxCell}
	}
	for _, r := range cell {
		switch {
		case r == unicode.ReplacementChar:
			return Garbled, nil
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
			return ControlHidden, []any{fmt.Sprintf("%U", r)}
		}
	}
	return "", nil
}
