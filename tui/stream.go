package tui

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
)

// Stream runs one session's [App] without drawing: its pages are sent as data, a
// JSON object a line, and answered the same way (STREAM.md). It is for a browser,
// and for whatever else draws pages by itself. The rules and the texts are the
// screen's own.
//
// It returns when the person leaves, the input ends, or ctx does, and waits for
// its goroutines. Only reading may go on until in ends: that is counted in
// reading, for the owner of in. The last line is the owner's ([Bye]).
func Stream(ctx context.Context, c Config, in io.Reader, out io.Writer, reading *sync.WaitGroup) error {
	var working sync.WaitGroup
	defer working.Wait()
	ctx, end := context.WithCancel(ctx)
	defer end()
	c.Ctx = ctx
	s := newStreamer(c, out)
	defer s.close()
	answers, news := make(chan arrival), make(chan tea.Msg)
	reading.Go(func() { hear(ctx, in, answers) })
	start := func(cmd tea.Cmd) { start(ctx, &working, cmd, news) }
	start(s.begin())
	for !s.left && s.failed == nil {
		hears := answers
		if s.a.busy {
			hears = nil // a command being recorded may change what an answer means
		}
		var cmd tea.Cmd
		select {
		case <-ctx.Done():
			return nil
		case h, open := <-hears:
			switch {
			case open:
				cmd = s.take(h)
			case s.a.place == placeProjector: // a wall has no keyboard
				answers = nil
			default:
				return nil
			}
		case msg := <-news:
			if _, broken := msg.(brokenMsg); broken {
				return ErrBroken
			}
			cmd = s.update(msg)
		case <-s.owes():
			s.send()
		}
		start(cmd)
	}
	return s.failed
}

// Bye writes the last line of a stream: why it has ended, and whether to come again
// by oneself.
func Bye(out io.Writer, why string, again bool) error {
	return sendLine(out, struct {
		Bye   string `json:"bye"`
		Again bool   `json:"again"`
	}{why, again})
}

// The width of a page that is sent, in cells, until its reader says how wide theirs
// is; and the narrowest and widest.
const (
	streamWidth, streamHeight = plainWidth, plainHeight
	leastColumns, mostColumns = leastWidth, 200
)

// lull is the least time between two lines that only tell news on a page. A new page
// and the answer to somebody wait for nothing.
const lull = 500 * time.Millisecond

// slow is how long something must take until it is said that it does.
const slow = 300 * time.Millisecond

// streamer sends what an App shows, and takes what is answered.
type streamer struct {
	a      *App
	out    io.Writer
	failed error
	left   bool

	session string // names the session
	no      int    // number of the newest page
	means   string // what an answer to it means
	now     page   // the newest page
	buttons map[string]bind
	past    []passed // what was written on the newest pages, the last at the end
	lost    string   // the page on which a text was being written when the meeting moved on

	form  []byte    // the line that was sent last, without its running times
	bases []int     // when each of them began
	sent  time.Time // when it was sent
	waits bool      // something is new, and waits for the lull
	owed  bool      // somebody waits for the answer to what they did
	since time.Time // since when something is being recorded
	slow  bool      // it was said that it takes long

	last string    // the answer that was taken last
	took time.Time // when
}

// passed is a page that was sent, and what is written on it.
type passed struct {
	at   string
	on   layer  // the layer; nil: nothing is written on it
	what string // names the draft
}

// keptPages is how many pages an answer may be late.
const keptPages = 16

func newStreamer(c Config, out io.Writer) *streamer {
	c.Width, c.Height = streamWidth, streamHeight
	s := &streamer{out: out, session: rand.Text()[:8]}
	s.a = New(c)
	s.a.tapped = true
	s.a.render()
	return s
}

// begin sends the first page.
func (s *streamer) begin() tea.Cmd {
	s.owed = true
	s.send()
	return s.a.Init()
}

// close forgets what was typed for a vote and no longer watches the room.
func (s *streamer) close() {
	s.a.stop()
	if s.a.sheet != nil {
		s.a.sheet.wipe()
	}
}

// at names the newest page.
func (s *streamer) at() string { return fmt.Sprintf("%s-%06d", s.session, s.no%1_000_000) }

// meaning is what an answer to a page means, beside what it says.
func (s *streamer) meaning(p page, m message) string {
	var b strings.Builder
	b.WriteString(s.a.nameOf(p))
	for _, c := range rowsOf(p) {
		fmt.Fprintf(&b, "%q ", c.name())
	}
	for _, k := range m.Keys {
		fmt.Fprintf(&b, "%q %q ", k.Key, k.Label)
	}
	if m.Input != nil {
		fmt.Fprint(&b, m.Input.Kind, m.Input.Done, m.Input.Label)
	}
	return b.String()
}

// update passes a message to the App, and sends what changed.
func (s *streamer) update(msg tea.Msg) tea.Cmd {
	if _, quits := msg.(tea.QuitMsg); quits {
		s.left = true
		return nil
	}
	calm := s.a.calm
	_, cmd := s.a.Update(msg)
	_, own := msg.(doneMsg)
	p := s.a.shown
	m := s.a.messageOf(p)
	if !own && s.meaning(p, m) != s.means && s.no > 0 {
		if s.a.calm.Equal(calm) {
			s.a.calm = s.a.Room.Now().Add(grace) // an answer on its way was meant for another page
		}
		if n := len(s.past); n > 0 && s.past[n-1].on != nil {
			s.lost = s.past[n-1].at
		}
	}
	s.send()
	return cmd
}

// owes is ready when a line that waits is to be sent.
func (s *streamer) owes() <-chan time.Time {
	now := s.a.Room.Now()
	switch {
	case s.a.busy && !s.slow:
		return time.After(max(0, s.since.Add(slow).Sub(now)))
	case s.waits && !s.a.busy:
		return time.After(max(0, s.sent.Add(lull).Sub(now)))
	}
	return nil
}

// send sends the page, if anything is new or somebody waits for an answer.
func (s *streamer) send() {
	a, now := s.a, s.a.Room.Now()
	if a.busy {
		if s.since.IsZero() {
			s.since = now
		}
		if s.slow || now.Before(s.since.Add(slow)) {
			return // the outcome is sent as soon as it is there
		}
		s.slow = true
	} else {
		s.since, s.slow = time.Time{}, false
	}
	p := a.shown
	m := a.messageOf(p)
	turned := false
	if means := s.meaning(p, m); means != s.means {
		s.means, turned = means, true
		s.no++
		s.remember(p)
	}
	m.At = s.at()
	s.now, s.buttons = p, m.keys
	form, runs := s.still(m)
	bases := m.begun(runs, now)
	fresh := turned || s.owed || !bytes.Equal(form, s.form) || !near(bases, s.bases)
	if s.waits = false; !fresh {
		return
	}
	if !turned && !s.owed && !a.busy && now.Before(s.sent.Add(lull)) {
		s.waits = true
		return
	}
	s.form, s.bases, s.sent = form, bases, now
	if !a.busy {
		s.owed = false
	}
	line := ticking(encoded(m), runs, func(i int, sec int) string {
		return "⟦" + map[bool]string{true: "+", false: "-"}[runs[i] > 0] + strconv.Itoa(sec) + "⟧"
	})
	s.write(line)
}

// remember notes what is written on the newest page.
func (s *streamer) remember(p page) {
	one := passed{at: s.at()}
	if w := p.input.text; w != nil {
		one.on, one.what = s.a.top(), w.what
	} else if m, is := s.a.top().(*menu); is && m.people {
		one.on = m
	}
	s.past = append(s.past, one)
	s.past = s.past[max(0, len(s.past)-keptPages):]
}

func (s *streamer) write(line []byte) {
	if s.failed == nil {
		_, s.failed = s.out.Write(append(line, '\n'))
	}
}

// encoded is a message as JSON.
func encoded(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // it has only texts and numbers
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

func sendLine(out io.Writer, v any) error {
	_, err := out.Write(append(encoded(v), '\n'))
	return err
}

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

// still returns a message without its running times, and for each time span in it
// whether it counts up (1), down (-1), or stands (0).
func (s *streamer) still(m message) (form []byte, runs []int) {
	line := encoded(m.paused(nil))
	if b := s.a.shown.beat; b == 0 || b > second {
		return line, make([]int, len(runningText.FindAll(line, -1)))
	}
	for _, by := range []time.Duration{shift, -shift} {
		if runs, same := runsIn(line, s.otherwise(m, by), int(by/second)); same {
			return ticking(line, runs, func(int, int) string { return "⟦⟧" }), runs
		}
	}
	return line, make([]int, len(runningText.FindAll(line, -1)))
}

// otherwise is the message at another time.
func (s *streamer) otherwise(m message, by time.Duration) []byte {
	room := s.a.Room
	s.a.Room = otherTime{room, by}
	defer func() { s.a.Room = room }()
	other := s.a.messageOf(s.a.seen())
	other.At = m.At
	return encoded(other.paused(&m))
}

// paused is the message with its clocks at nought, or as another message has them.
func (m message) paused(like *message) message {
	still := func(c *runningClock) *runningClock {
		if c == nil {
			return nil
		}
		one := *c
		one.Since = 0
		return &one
	}
	m.At, m.Clock = "", still(m.Clock)
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

// begun is when each of the times that run began, or ends, in seconds.
func (m message) begun(runs []int, now time.Time) []int {
	var bases []int
	ticking(encoded(m), runs, func(i, sec int) string {
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

// take carries out an answer, unless it was given to another page than the newest.
func (s *streamer) take(h arrival) tea.Cmd {
	a := s.a
	switch {
	case h.wrong != nil:
		return s.refuse(h.wrong(&a.words.Stream))
	case h.does == "quit":
		return s.quit()
	case h.does == "columns":
		a.Width = min(max(h.columns, leastColumns), mostColumns)
		return s.done(nil)
	case h.does == "draft":
		s.draft(h.answer)
		return nil
	case h.line == s.last && a.Room.Now().Before(s.took.Add(grace)): // a double tap is one
		return nil
	case h.at != s.at() && !s.seeking(h.answer):
		return s.late(h.answer)
	case a.early():
		return s.done(nil)
	}
	s.last, s.took, s.lost = h.line, a.Room.Now(), ""
	a.said, a.leaving = draw.Span{}, ""
	s.means = "" // what follows is another page, even if it looks the same
	return s.done(s.do(h.answer))
}

// done sends the answer to what somebody did.
func (s *streamer) done(cmd tea.Cmd) tea.Cmd {
	s.owed = true
	s.a.render()
	s.send()
	return tea.Batch(cmd, s.a.tick())
}

// refuse says why nothing was done.
func (s *streamer) refuse(why string) tea.Cmd {
	s.a.tell(draw.Warn, why)
	return s.done(nil)
}

// quit leaves at once: a button is no slip of a finger. At a booth it ends the visit.
func (s *streamer) quit() tea.Cmd { return s.done(s.a.quit("q", "q")) }

// writtenAt is what was written on a page of which an answer is late.
func (s *streamer) writtenAt(at string) (passed, bool) {
	i := slices.IndexFunc(s.past, func(w passed) bool { return w.at == at && w.on != nil })
	if i < 0 {
		return passed{}, false
	}
	return s.past[i], true
}

// seeking reports whether an answer is what somebody looks for in a list that has
// become another meanwhile, as it does with every letter.
func (s *streamer) seeking(h answer) bool {
	w, known := s.writtenAt(h.at)
	_, list := w.on.(*menu)
	return known && h.does == "text" && list && w.on == s.a.top()
}

// draft keeps what somebody has written so far.
func (s *streamer) draft(h answer) (kept bool) {
	w, known := s.writtenAt(h.at)
	switch page, writes := w.on.(*write); {
	case !known || !writes || page.secret:
		return false
	case page == s.a.top() && page.typing():
		page.Set(h.text)
		page.keep(s.a)
		s.a.render()
		return true
	case h.at == s.lost && w.what != "":
		s.a.Drafts.keep(s.a.Who, w.what, h.text)
		return true
	}
	return false
}

// late says that an answer is not carried out. A text is kept as a draft.
func (s *streamer) late(h answer) tea.Cmd {
	w := s.a.words.Stream
	if h.does == "text" && s.draft(h) {
		return s.refuse(w.LateKept)
	}
	return s.refuse(w.Late)
}

// do carries out an answer to the newest page.
func (s *streamer) do(h answer) tea.Cmd {
	switch h.does {
	case "pick":
		return s.pick(h.pick)
	case "key":
		if _, has := s.buttons[h.text]; !has {
			return s.says(s.a.words.Stream.NoButton)
		}
		return s.a.presses(h.text)
	}
	return s.text(h.text)
}

// says answers with a sentence.
func (s *streamer) says(text string) tea.Cmd {
	s.a.tell(draw.Warn, text)
	return nil
}

// pick takes a choice, as its number and Enter do. On a table it selects a row, but
// takes the last, which goes on.
func (s *streamer) pick(n int) tea.Cmd {
	a, p := s.a, s.now
	rows := len(rowsOf(p))
	if n >= rows {
		return s.says(a.words.Stream.NoChoice)
	}
	down := func() []string { return append([]string{"home"}, slices.Repeat([]string{"down"}, n)...) }
	number := strings.Split(strconv.Itoa(n+1), "")
	m, _ := a.top().(*menu)
	switch {
	case p.input.kind == gradeInput && tabled(a):
		return a.presses(down()...)
	case p.input.kind == gradeInput:
		return a.presses(strconv.Itoa((n + 1) % rows)) // the last is 0
	case p.input.pick != nil && n < p.input.rows:
		p.input.pick(n)
		return nil
	case p.input.pick != nil:
		p.input.pick(n)
		return a.presses("enter")
	case p.direct:
		return a.presses(number...)
	case m != nil && m.query != "": // digits belong to what is looked for
		return a.presses(append(down(), "enter")...)
	}
	return a.presses(append(number, "enter")...)
}

// text takes a text that is finished.
func (s *streamer) text(text string) tea.Cmd {
	a := s.a
	switch in := s.now.input; {
	case in.text != nil:
		return s.finish(in.text, text)
	case in.kind == numberInput && in.at < in.rows:
		return s.number(in, text)
	}
	if m, is := a.top().(*menu); is && m.people {
		m.seek(text)
		return nil
	}
	return s.says(a.words.Stream.NoText)
}

// finish ends a text, unless there is too much of it: then it stays to be shortened.
func (s *streamer) finish(w *write, text string) tea.Cmd {
	a := s.a
	w.Set("")
	full := w.Editor.Insert(text)
	w.keep(a)
	switch {
	case full:
		return s.says(a.words.Page.TooLong.of(w.Most))
	case w.Single:
		return a.presses("enter")
	}
	return a.presses("tab")
}

// number fills in the selected number.
func (s *streamer) number(in input, text string) tea.Cmd {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 0 || n > 9999 {
		return s.says(s.a.words.Stream.NoNumber)
	}
	in.pick(in.at) // it begins anew
	return s.a.presses(append(strings.Split(strconv.Itoa(n), ""), "enter")...)
}
