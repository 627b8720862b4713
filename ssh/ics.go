package ssh

import (
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// calendarEvent is an entry of a calendar: a whole day, or a moment where At is set.
type calendarEvent struct {
	UID     string // the same whenever the calendar is fetched again
	Day     string // yyyy-mm-dd
	At      time.Time
	Summary string
	Note    string
	Place   string
}

// writeCalendar writes events as an .ics file (RFC 5545): CRLF, lines of at most 75
// bytes, UTF-8. now is when it was made. Calendars remind of an event a day before.
func writeCalendar(to io.Writer, name string, now time.Time, events []calendarEvent) error {
	var b strings.Builder
	line := func(property, value string) { b.WriteString(folded(property + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//pingyi//tasks//ZH")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	line("X-WR-CALNAME", escaped(name))
	for _, e := range events {
		line("BEGIN", "VEVENT")
		line("UID", e.UID)
		line("DTSTAMP", now.UTC().Format(icsMoment))
		if e.At.IsZero() {
			line("DTSTART;VALUE=DATE", strings.ReplaceAll(e.Day, "-", ""))
		} else {
			line("DTSTART", e.At.UTC().Format(icsMoment))
		}
		line("SUMMARY", escaped(e.Summary))
		if e.Note != "" {
			line("DESCRIPTION", escaped(e.Note))
		}
		if e.Place != "" {
			line("LOCATION", escaped(e.Place))
		}
		line("TRANSP", "TRANSPARENT")
		line("BEGIN", "VALARM")
		line("ACTION", "DISPLAY")
		line("DESCRIPTION", escaped(e.Summary))
		line("TRIGGER", "-P1D")
		line("END", "VALARM")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	_, err := io.WriteString(to, b.String())
	return err
}

// icsMoment is a moment in UTC.
const icsMoment = "20060102T150405Z"

// escaped is a text as the value of a property: no control character and no broken
// byte is left in it.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\r\n", "\n") {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\', r == ';', r == ',':
			b.WriteString(`\` + string(r))
		case !unicode.IsControl(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// mostOctets is the longest line of a calendar, without its break.
const mostOctets = 75

// folded is a line with its break, cut into lines that are short enough. No
// character is cut.
func folded(text string) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if size := utf8.RuneLen(r); n+size > mostOctets {
			b.WriteString("\r\n ")
			n = 1
		}
		n += utf8.RuneLen(r)
		b.WriteRune(r)
	}
	return b.String() + "\r\n"
}
