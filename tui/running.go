package tui

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// runningText is a time span as texts have it: 02:05, 1:02:05.
var runningText = regexp.MustCompile(`\d+:\d\d(:\d\d)?`)

// A page is made again for a moment a little later or earlier: a time span that is
// as much longer or shorter there runs. A time of day moves by minutes only.
const shift = 2 * second

// otherTime is a room whose clock goes otherwise.
type otherTime struct {
	Room
	by time.Duration
}

// Now returns the other time.
func (r otherTime) Now() time.Time { return r.Room.Now().Add(r.by) }

// still returns a message without its running times, for each time span in it
// whether it counts up (1), down (-1), or stands (0), and when those that run began.
//
// Making the page again costs as much as making it: it is done only where the line
// is not the one that was sent last, whose times have run on.
func (s *streamer) still(m message, now time.Time) (form []byte, runs, bases []int) {
	line := encoded(m.stopped())
	if blank := blanked(line, s.runs); bytes.Equal(blank, s.form) {
		if bases := m.begun(line, s.runs, now); near(bases, s.bases) {
			return s.form, s.runs, s.bases
		}
	}
	if b := s.a.shown.beat; b == 0 || b > second {
		return line, nil, m.begun(line, nil, now)
	}
	for _, by := range []time.Duration{shift, -shift} {
		if runs, same := runsIn(line, s.otherwise(by), int(by/second)); same {
			return blanked(line, runs), runs, m.begun(line, runs, now)
		}
	}
	return line, nil, m.begun(line, nil, now)
}

// blanked is a line without its running times.
func blanked(line []byte, runs []int) []byte {
	return ticking(line, runs, func(int, int) string { return "⟦⟧" })
}

// otherwise is the message at another time.
func (s *streamer) otherwise(by time.Duration) []byte {
	room := s.a.Room
	s.a.Room = otherTime{room, by}
	defer func() { s.a.Room = room }()
	other := s.a.messageOf(s.a.seen())
	return encoded(other.stopped())
}

// draft is the text that is being written.
func (m message) draft() string {
	if m.Input == nil {
		return ""
	}
	return m.Input.Text
}

// stopped is the message with its clocks at nought, and without the text whose
// writer knows it.
func (m message) stopped() message {
	still := func(c *runningClock) *runningClock {
		if c == nil {
			return nil
		}
		one := *c
		one.Since = 0
		return &one
	}
	m.At, m.Clock = "", still(m.Clock)
	if m.Input != nil {
		in := *m.Input
		in.Text = ""
		m.Input = &in
	}
	if m.Wall != nil {
		w := *m.Wall
		w.Clock = still(w.Clock)
		m.Wall = &w
	}
	return m
}

// runsIn compares two lines of different times. same reports that they differ in
// time spans only.
func runsIn(line, other []byte, by int) (runs []int, same bool) {
	if !slices.EqualFunc(runningText.Split(string(line), -1), runningText.Split(string(other), -1), func(a, b string) bool { return a == b }) {
		return nil, false
	}
	there := runningText.FindAll(other, -1)
	for i, span := range runningText.FindAll(line, -1) {
		switch secondsOf(there[i]) - secondsOf(span) {
		case by:
			runs = append(runs, 1)
		case -by:
			runs = append(runs, -1)
		default:
			if !bytes.Equal(there[i], span) {
				return nil, false
			}
			runs = append(runs, 0)
		}
	}
	return runs, true
}

// begun is when each of the times that run began, or ends, in seconds: those in a
// line and the clocks.
func (m message) begun(line []byte, runs []int, now time.Time) []int {
	var bases []int
	ticking(line, runs, func(i, sec int) string {
		bases = append(bases, int(now.Unix())-runs[i]*sec)
		return ""
	})
	clocks := []*runningClock{m.Clock}
	if m.Wall != nil {
		clocks = append(clocks, m.Wall.Clock)
	}
	for _, c := range clocks {
		switch {
		case c == nil:
		case c.Paused:
			bases = append(bases, c.Since)
		case c.Down:
			bases = append(bases, int(now.Unix())+c.Since)
		default:
			bases = append(bases, int(now.Unix())-c.Since)
		}
	}
	return bases
}

// near reports whether times are the same, but for the second in which they were
// looked at.
func near(a, b []int) bool {
	return slices.EqualFunc(a, b, func(a, b int) bool { return a-b <= 1 && b-a <= 1 })
}

// secondsOf reads a time span.
func secondsOf(span []byte) int {
	n := 0
	for part := range strings.SplitSeq(string(span), ":") {
		i, _ := strconv.Atoi(part) // it is digits; too many are no time
		n = n*60 + i
	}
	return n
}

// ticking puts something in the place of each time span that runs.
func ticking(line []byte, runs []int, put func(i, seconds int) string) []byte {
	i := -1
	return runningText.ReplaceAllFunc(line, func(span []byte) []byte {
		if i++; i >= len(runs) || runs[i] == 0 {
			return span
		}
		return []byte(put(i, secondsOf(span)))
	})
}
