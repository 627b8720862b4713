package sheet

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// looks are the formats of a workbook's cells, by number.
type looks struct {
	cells    []look
	from1904 bool // days count from 1904, as old workbooks of a Mac do
	shared   []strike
}

// look is what the format of a cell says about its value.
type look struct {
	struck bool
	layout string // how a date of this format is written; "" is no date
}

func newLooks(f *excelize.File) *looks {
	l := &looks{}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		l.from1904 = *props.Date1904
	}
	_, _ = f.GetStyle(0) // makes the library read the styles
	styles := f.Styles
	if styles == nil || styles.CellXfs == nil {
		return l
	}
	custom := map[int]string{}
	if styles.NumFmts != nil {
		for _, n := range styles.NumFmts.NumFmt {
			custom[n.NumFmtID] = n.FormatCode
		}
	}
	for _, xf := range styles.CellXfs.Xf {
		var own look
		if xf.NumFmtID != nil {
			own.layout = layoutOf(*xf.NumFmtID, custom)
		}
		if id := xf.FontID; id != nil && styles.Fonts != nil && *id >= 0 && *id < len(styles.Fonts.Font) {
			strike := styles.Fonts.Font[*id].Strike
			own.struck = strike != nil && (strike.Val == nil || *strike.Val)
		}
		l.cells = append(l.cells, own)
	}
	return l
}

// of returns the look that a cell names.
func (l *looks) of(style string) look {
	no, err := strconv.Atoi(style)
	if err != nil || no < 0 || no >= len(l.cells) {
		return look{}
	}
	return l.cells[no]
}

// date returns the date that a number is in this format; "" if it is none.
func (l look) date(number string, from1904 bool) string {
	n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if l.layout == "" || err != nil || n < 1 || n >= lastDay {
		return ""
	}
	at, err := excelize.ExcelDateToTime(n, from1904)
	if err != nil {
		return ""
	}
	return at.Format(l.layout)
}

// lastDay is the number of the day after the last that a spreadsheet program
// knows.
const lastDay = 2958466

// What a format shows of a date.
const (
	dayLayout   = "2006-01-02"
	monthLayout = "2006-01"
	yearLayout  = "2006"
)

// layoutOf returns how a date in a number format is written. The numbers below
// 164 are built in: those of dates in general, and those of China.
func layoutOf(id int, custom map[int]string) string {
	if code, ok := custom[id]; ok {
		return layoutOfCode(code)
	}
	switch id {
	case 17, 27, 36, 50, 52, 57:
		return monthLayout
	case 14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58:
		return dayLayout
	}
	return ""
}

// layoutOfCode returns how a date in a number format like yyyy"年"m"月" is
// written. Without a year or a day, m is minutes, and the format is one of times.
func layoutOfCode(code string) string {
	shows := map[rune]bool{}
	quoted, bracketed, escaped := false, false, false
	code, _, _ = strings.Cut(code, ";") // behind it are the formats of other numbers
	for _, r := range strings.ToLower(code) {
		switch {
		case escaped:
			escaped = false
		case r == '\\' && !quoted:
			escaped = true
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[', r == ']':
			bracketed = r == '['
		case !bracketed:
			shows[r] = true
		}
	}
	year := shows['y'] || shows['e'] && !shows['0'] && !shows['g'] // 0.00E+00, General
	switch {
	case shows['d']:
		return dayLayout
	case year && shows['m']:
		return monthLayout
	case year:
		return yearLayout
	}
	return ""
}
