package sheet

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// grid collects the rows of a table and its faults.
type grid struct {
	rows   [][]string
	faults []Fault
}

// put adds the cells of row no, counted from 1 and ascending. It reports
// whether there is room for more rows.
func (g *grid) put(no int, cells []string) bool {
	cells = tidy(cells)
	switch {
	case len(cells) == 0:
		return true
	case no > MaxRows:
		g.refuse(no, 0, cells[0], RowsTooMany, MaxRows)
		return false
	case len(cells) > MaxColumns:
		g.refuse(no, MaxColumns+1, cells[MaxColumns], RowTooLong, MaxColumns)
		return !g.full()
	}
	for i, c := range cells {
		if code, args := whyRefused(c); code != "" {
			g.refuse(no, i+1, c, code, args...)
		}
	}
	for len(g.rows) < no-1 {
		g.rows = append(g.rows, nil)
	}
	g.rows = append(g.rows, cells)
	return !g.full()
}

// refuse notes a fault; the first MaxFaults are kept.
func (g *grid) refuse(row, column int, value string, code Code, args ...any) {
	if g.full() {
		return
	}
	f := Fault{Row: row, Column: column, Value: shown(value), Code: code}
	for _, a := range args {
		f.Args = append(f.Args, fmt.Sprint(a))
	}
	g.faults = append(g.faults, f)
}

// refuseFile notes a fault of the file as a whole.
func (g *grid) refuseFile(code Code, args ...any) { g.refuse(0, 0, "", code, args...) }

func (g *grid) full() bool { return len(g.faults) >= MaxFaults }

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

// whyRefused returns what is wrong with the text of a cell; "" is nothing.
func whyRefused(cell string) (code Code, args []any) {
	if strings.HasPrefix(cell, "=") || strings.HasPrefix(cell, "@") {
		return Formula, nil
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
