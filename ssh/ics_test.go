package ssh

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// readCalendar reads an .ics file strictly: the properties, unfolded, in order.
func readCalendar(t *testing.T, text string) (lines [][2]string) {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || !utf8.ValidString(text) {
		t.Fatalf("%q", text)
	}
	var unfolded []string
	for _, l := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		switch {
		case strings.ContainsAny(l, "\r\n") || len(l) > 75 || !utf8.ValidString(l):
			t.Errorf("a line of %d bytes: %q", len(l), l)
		case strings.HasPrefix(l, " ") && len(unfolded) > 0:
			unfolded[len(unfolded)-1] += l[1:]
		default:
			unfolded = append(unfolded, l)
		}
	}
	var open []string
	for _, l := range unfolded {
		name, value, ok := strings.Cut(l, ":")
		if !ok || name == "" {
			t.Errorf("no property: %q", l)
		}
		switch name {
		case "BEGIN":
			open = append(open, value)
		case "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("END:%s in %v", value, open)
			}
			open = open[:len(open)-1]
		}
		lines = append(lines, [2]string{name, value})
	}
	if len(open) > 0 {
		t.Errorf("still open: %v", open)
	}
	return lines
}

// unescaped is a value as somebody reads it.
func unescaped(value string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, `;`, `\,`, `,`, `\n`, "\n").Replace(value)
}

func valuesOf(lines [][2]string, name string) (values []string) {
	for _, l := range lines {
		if l[0] == name {
			values = append(values, unescaped(l[1]))
		}
	}
	return values
}

func TestACalendarIsOne(t *testing.T) {
	var b bytes.Buffer
	long := strings.Repeat("谈心谈话，逐个进行；", 20)
	at := time.Date(2017, 3, 20, 14, 30, 0, 0, time.FixedZone("China", 8*3600))
	if err := writeCalendar(&b, "等你办", at, []calendarEvent{{UID: "a@pingyi", Day: "2017-03-16", Summary: long}, {UID: "b@pingyi", At: at, Summary: "会议", Place: "301, 主楼"}}); err != nil {
		t.Fatal(err)
	}
	lines := readCalendar(t, b.String())
	for name, want := range map[string]string{
		"SUMMARY": long + "|会议", "DTSTAMP": "20170320T063000Z|20170320T063000Z", "DTSTART;VALUE=DATE": "20170316", "DTSTART": "20170320T063000Z",
		"UID": "a@pingyi|b@pingyi", "LOCATION": "301, 主楼", "VERSION": "2.0",
	} {
		if got := strings.Join(valuesOf(lines, name), "|"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// Whatever somebody wrote, the file stays one, and says it but for what no screen
// shows.
func FuzzACalendar(f *testing.F) {
	for _, text := range []string{"", "党员01", "a;b,c\\n\\", "一\r\n二\n", "\x00\x1b[2J", "\xff", strings.Repeat("长", 200), "END:VCALENDAR\r\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		if err := writeCalendar(&b, text, time.Unix(0, 0), []calendarEvent{{UID: "a", Day: "2017-03-16", Summary: text, Note: text, Place: text}}); err != nil {
			t.Fatal(err)
		}
		lines := readCalendar(t, b.String())
		if n := len(valuesOf(lines, "END")); n != 3 {
			t.Errorf("%d things end in %q", n, b.String())
		}
		if clean := strings.Map(func(r rune) rune {
			if r < ' ' || r == '\\' || r == utf8.RuneError || r >= 0x7f && r < 0xa0 {
				return -1
			}
			return r
		}, text); clean == text && valuesOf(lines, "SUMMARY")[0] != text {
			t.Errorf("%q became %q", text, valuesOf(lines, "SUMMARY")[0])
		}
	})
}
