package meeting

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"
)

var (
	dateForm   = regexp.MustCompile(`^(\d{4})(?:年|[-./年](\d{1,2})(?:月|[-./月](\d{1,2})[日号]?)?)?$`)
	digits     = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})?$`)
	serialForm = regexp.MustCompile(`^[1-9]\d{4}(\.\d+)?$`)
	// timeOfDay is what programs write behind a day: 2001/7/1 0:00, 2001-07-01T00:00:00.
	timeOfDay = regexp.MustCompile(`(\d)[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$`)
	// monthShort is what a spreadsheet program makes of a typed 2017.10: Oct-17, 10月-17.
	monthShort = regexp.MustCompile(`^(?i)(?:(\d{1,2})月|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))-(\d{2})$`)
)

// The columns with dates.
var dateColumns = []*rosterColumn{columnNamed("出生年月"), columnNamed("入党时间"), columnNamed("转正时间")}

// readDate turns 2017.3, 2017年3月16日, 201703, 2017-03-16 … into
// yyyy[-mm[-dd]], in any width and without a time of day, or returns why not. 2017.1 is refused as unsure: a
// spreadsheet may have cut 2017.10.
func readDate(text string) (date string, code RowCode, args []string) {
	text = unspaced(timeOfDay.ReplaceAllString(width.Fold.String(strings.TrimSpace(text)), "$1"))
	if text == "" {
		return "", "", nil
	}
	part := dateForm.FindStringSubmatch(text)
	if part == nil {
		part = digits.FindStringSubmatch(text)
	}
	if part == nil {
		code, args = whyNoDate(text)
		return text, code, args
	}
	if part[2] == "1" && part[3] == "" && strings.HasSuffix(text, ".1") {
		return text, RowMonthUnsure, part[1:2]
	}
	part = slices.DeleteFunc(part[1:], func(p string) bool { return p == "" })
	n := len(part)
	at, err := time.Parse("2006-1-2"[:2+2*n], strings.Join(part, "-"))
	if err != nil || at.Year() < 1900 || at.Year() > 2100 {
		return text, RowDateBad, nil
	}
	return at.Format("2006-01-02"[:1+3*n]), "", nil
}

// whyNoDate tells what a spreadsheet program made of a date.
func whyNoDate(text string) (code RowCode, args []string) {
	if serialForm.MatchString(text) {
		days, _ := strconv.Atoi(text[:5])
		day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
		return RowDateSerial, []string{text, day.Format(time.DateOnly)}
	}
	if m := monthShort.FindStringSubmatch(text); m != nil {
		month := m[1]
		for i := time.January; i <= time.December && month == ""; i++ {
			if strings.EqualFold(i.String()[:3], m[2]) {
				month = fmt.Sprintf("%02d", int(i))
			}
		}
		return RowDateShort, []string{text, "20" + m[3] + "-" + month}
	}
	return RowDateBad, nil
}

// oddDates lists what can't be so with a person's dates, as of a day. Row is 0.
func oddDates(m Member, today string) []RowError {
	var odd []RowError
	note := func(c *rosterColumn, code RowCode, args ...string) {
		odd = append(odd, RowError{Column: c.name, Value: *c.field(&m), Code: code, Args: args})
	}
	for _, c := range dateColumns {
		if before(today, *c.field(&m)) {
			note(c, RowDateFuture)
		}
	}
	joined, confirmed := columnNamed("入党时间"), columnNamed("转正时间")
	if before(m.Joined, yearsAfter(m.Born, 18)) {
		note(joined, RowTooYoung, m.Born)
	}
	if before(m.Confirmed, yearsAfter(m.Joined, 1)) {
		note(confirmed, RowConfirmedEarly, m.Joined)
	}
	if m.Kind == Probationary && m.Confirmed != "" {
		note(confirmed, RowConfirmedAlready)
	}
	return odd
}

// before reports whether one date is before another, as far as both are known.
func before(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] < b[:n]
}

// yearsAfter returns the date some years later; "" of none.
func yearsAfter(date string, years int) string {
	if len(date) < 4 {
		return ""
	}
	year, _ := strconv.Atoi(date[:4])
	return fmt.Sprintf("%04d", year+years) + date[4:]
}
