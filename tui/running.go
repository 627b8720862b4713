package tui

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"
)

// spansIn are where the time spans of a text stand, as texts have them: 02:05,
// 1:02:05. Every page that is sent is searched for them.
func spansIn(text []byte) (spans [][2]int) {
	digit := func(i int) bool { return i < len(text) && '0' <= text[i] && text[i] <= '9' }
	for end, colon := 0, 0; ; {
		next := bytes.IndexByte(text[colon:], ':')
		if next < 0 {
			return spans
		}
		colon += next
		from := colon
		for from > end && digit(from-1) {
			from--
		}
		if from < colon && digit(colon+1) && digit(colon+2) {
			if end = colon + 3; end < len(text) && text[end] == ':' && digit(end+1) && digit(end+2) {
				end += 3
			}
			spans = append(spans, [2]int{from, end})
			colon = end
			continue
		}
		colon++
	}
}

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

// stilled is the line of a message behind whom it is for: with its clocks at nought,
// and without the text whose writer knows it.
type stilled struct {
	line []byte
	form []byte // without its running times
	sent []byte // with these as they are sent
	runs []int  // for each time span in it whether it counts up (1), down (-1), or stands (0)
	secs []int  // what those that run show, in seconds; negative: it counts down
}

// newStilled returns a line of which these time spans run.
func newStilled(line []byte, runs []int) *stilled {
	is := &stilled{line: line, runs: runs}
	is.form = blanked(line, runs)
	is.sent = ticking(line, runs, func(i, sec int) string {
		is.secs = append(is.secs, runs[i]*sec)
		return "⟦" + map[bool]string{true: "+", false: "-"}[runs[i] > 0] + strconv.Itoa(sec) + "⟧"
	})
	return is
}

// ready is a message that is ready to be sent.
type ready struct {
	m     *message
	to    []byte // whom it is for, as its line has it behind its name
	is    *stilled
	bases []int // when each of its clocks and of the times that run began, or ends, in seconds
}

// still makes a message ready.
//
// Making the page again costs as much as making it: it is done only where the line
// is not the one that was sent last, whose times have run on.
func (s *streamer) still(m *message, now time.Time) ready {
	to := s.addressed(m)
	if p := m.shared; p != nil {
		p.running.Do(func() { p.is = newStilled(p.rest, s.a.runs(p.rest, s.line)) })
		return ready{m, to, p.is, m.begun(p.is, now)}
	}
	line := m.stopped().behindWho()
	if s.is != nil && bytes.Equal(blanked(line, s.is.runs), s.is.form) {
		is := newStilled(line, s.is.runs)
		if bases := m.begun(is, now); near(bases, s.bases) {
			return ready{m, to, is, bases}
		}
	}
	is := newStilled(line, s.a.runs(line, s.line))
	return ready{m, to, is, m.begun(is, now)}
}

// addressed is whom a message is for, as its line has it behind its name. For
// somebody else every line is new.
func (s *streamer) addressed(m *message) []byte {
	if is := (addressed{Lang: m.Lang, Who: m.Who}); s.to == nil || s.toWhom != is {
		line := encoded(is)
		s.toWhom, s.to, s.is = is, line[len(named):len(line)-1], nil
	}
	return s.to
}

// runs is which of the time spans of a line run, which is made again at other times.
func (a *App) runs(line []byte, again func() []byte) []int {
	if b := a.shown.beat; b == 0 || b > second {
		return nil
	}
	room := a.Room
	defer func() { a.Room = room }()
	for _, by := range []time.Duration{shift, -shift} {
		a.Room = otherTime{room, by}
		if found, same := runsIn(line, again(), int(by/second)); same {
			return found
		}
	}
	return nil
}

// steady is a page that many see alike and of which only what is moving is made anew.
// The zero steady is none.
type steady struct {
	of    *page // as the App has it
	m     *message
	width int
}

// steadied is the page that was made ready, if its line can be cut where what is moving
// stands.
func (s *streamer) steadied(m *message) steady {
	p := s.a.steady
	if p == nil || m.shared == nil || !m.shared.cuts() {
		return steady{}
	}
	if _, only := p.moving(); !only {
		return steady{}
	}
	_, width := margins(s.a.Width, p.wide)
	return steady{p, m, width}
}

// cuts cuts the line where what is moving stands, without its clock and its end, and
// reports whether that can be: where only there times run, and it is lines alone.
func (p *sentPage) cuts() bool {
	p.cutting.Do(func() {
		if p.m.Input != nil || p.m.Wall != nil || !linesAlone(p.m.moving) {
			return
		}
		of, end := linesOf(p.m.moving), string(p.m.Clock.end())
		before, after, cut := bytes.Cut(p.rest, of)
		if !cut || bytes.Contains(after, of) || !bytes.HasSuffix(after, []byte(end)) {
			return
		}
		from := len(spansIn(before))
		to := from + len(spansIn(of))
		for i, way := range p.is.runs {
			if way != 0 && (i < from || i >= to) {
				return
			}
		}
		p.before, p.after = before, bytes.TrimSuffix(after, []byte(end))
	})
	return p.before != nil
}

// end is the end of a line that has no input and is no wall's: its clock, stopped, if it
// has one.
func (c *runningClock) end() []byte {
	if c == nil {
		return []byte("}")
	}
	return slices.Concat([]byte(`,"clock":`), encoded(c.stopped()), []byte("}"))
}

// moved makes the steady page's message ready anew. ok is false if another page is
// shown, or if it is to be made as a whole.
func (s *streamer) moved() (r ready, ok bool) {
	a, is := s.a, s.steady
	if is.of == nil || is.of != a.steady || a.busy || a.tooSoon() {
		return r, false
	}
	is.m.Clock = a.floorClock()
	block, _ := is.of.moving()
	line := a.Gallery.moved(a, is, block)
	if line == nil {
		return r, false
	}
	return ready{is.m, s.to, line, is.m.begun(line, a.Room.Now())}, true
}

// movingLines are what is moving as JSON, and which time spans in it run.
type movingLines struct {
	line []byte
	runs []int
}

// lines is what is moving as it is now; nil if that is not lines alone.
func (is steady) lines(a *App, block moving) *movingLines {
	told := func() []byte { return is.told(a, block()) }
	line := told()
	if line == nil {
		return nil
	}
	return &movingLines{line, a.runs(line, told)}
}

// with is the line of the page with what is moving; nil for nil.
func (is steady) with(now *movingLines) *stilled {
	if now == nil {
		return nil
	}
	p, runs := is.m.shared, now.runs
	if runs != nil {
		runs = append(make([]int, len(spansIn(p.before))), runs...)
	}
	return newStilled(slices.Concat(p.before, now.line, p.after, is.m.Clock.end()), runs)
}

// told is what is moving as JSON; nil if it is not lines alone.
func (is steady) told(a *App, blocks []block) []byte {
	m := *is.m
	t := &tapping{a: a, page: is.of, m: &m, rows: rowsOf(is.of), lines: []sentLine{{Text: []sentSpan{{}}}}} // a gap of its own would show
	t.add(blocks, is.width)
	if !linesAlone(t.lines[1:]) {
		return nil
	}
	return linesOf(t.lines[1:])
}

// linesAlone reports whether lines are texts and rows: what stands about them does not
// depend on them.
func linesAlone(list []sentLine) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(l sentLine) bool { return l.Gap > 0 || l.Choices != nil })
}

// linesOf are lines as JSON, as they stand among others.
func linesOf(list []sentLine) []byte {
	all := encoded(list)
	return all[1 : len(all)-1]
}

// named is how a message begins: what names it comes first.
const named = `{"at":"`

// clockAt is how a clock begins in a line. No text has it: quotes are escaped there.
const clockAt = `"clock":{"since":`

// parts are the parts of the line behind its name.
func (r ready) parts() [][]byte {
	switch c := r.m.Clock; {
	case r.m.draft() != "" || r.m.Wall != nil && r.m.Wall.Clock != nil:
		return [][]byte{r.to, newStilled(r.m.behindWho(), r.is.runs).sent}
	case c != nil:
		before, after, _ := bytes.Cut(r.is.sent, []byte(clockAt+"0"))
		return [][]byte{r.to, before, strconv.AppendInt([]byte(clockAt), int64(c.Since), 10), after}
	}
	return [][]byte{r.to, r.is.sent}
}

// blanked is a line without its running times.
func blanked(line []byte, runs []int) []byte {
	return ticking(line, runs, func(int, int) string { return "⟦⟧" })
}

// line is the line of the page that is shown, as it is now.
func (s *streamer) line() []byte {
	p := &s.a.shown
	if s.a.steady == nil {
		now := s.a.seen()
		p = &now
	}
	m := s.a.messageOf(p)
	if m.shared != nil {
		return m.shared.rest
	}
	return m.stopped().behindWho()
}

// draft is the text that is being written.
func (m *message) draft() string {
	if m.Input == nil {
		return ""
	}
	return m.Input.Text
}

// stopped is the message with its clocks at nought, and without the text whose
// writer knows it.
func (m *message) stopped() *message {
	one := *m
	one.At, one.Clock = "", m.Clock.stopped()
	if m.Input != nil {
		in := *m.Input
		in.Text = ""
		one.Input = &in
	}
	if m.Wall != nil {
		w := *m.Wall
		w.Clock = w.Clock.stopped()
		one.Wall = &w
	}
	return &one
}

// stopped is the clock at nought; nil for nil.
func (c *runningClock) stopped() *runningClock {
	if c == nil {
		return nil
	}
	one := *c
	one.Since = 0
	return &one
}

// behindWho is the line of a message behind whom it is for.
func (m *message) behindWho() []byte {
	one := *m
	one.addressed = addressed{}
	return encoded(one)[len(`{"at":"","lang":""`):]
}

// clocked reports whether the message has clocks.
func (m *message) clocked() bool { return m.Clock != nil || m.Wall != nil && m.Wall.Clock != nil }

// runsIn compares two lines of different times. same reports that they differ in
// time spans only.
func runsIn(line, other []byte, by int) (runs []int, same bool) {
	spans, there := spansIn(line), spansIn(other)
	if len(spans) != len(there) {
		return nil, false
	}
	at, to := 0, 0 // the ends of the spans before
	for i, span := range spans {
		is, was := line[span[0]:span[1]], other[there[i][0]:there[i][1]]
		if !bytes.Equal(line[at:span[0]], other[to:there[i][0]]) {
			return nil, false
		}
		at, to = span[1], there[i][1]
		switch secondsOf(was) - secondsOf(is) {
		case by:
			runs = append(runs, 1)
		case -by:
			runs = append(runs, -1)
		default:
			if !bytes.Equal(is, was) {
				return nil, false
			}
			runs = append(runs, 0)
		}
	}
	return runs, bytes.Equal(line[at:], other[to:])
}

// begun is when each of the times that run began, or ends, in seconds: those in a
// line and the clocks.
func (m *message) begun(is *stilled, now time.Time) []int {
	var bases []int
	for _, sec := range is.secs {
		bases = append(bases, int(now.Unix())-sec)
	}
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
	if !slices.ContainsFunc(runs, func(way int) bool { return way != 0 }) {
		return line
	}
	var out []byte
	end := 0
	for i, span := range spansIn(line) {
		if i < len(runs) && runs[i] != 0 {
			out = append(append(out, line[end:span[0]]...), put(i, secondsOf(line[span[0]:span[1]]))...)
			end = span[1]
		}
	}
	return append(out, line[end:]...)
}
