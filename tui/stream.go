package tui

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	glass "pingyi/tui/terminal"
)

// Stream runs one session's [App] without drawing: its pages are sent as data, a
// JSON object a line, and answered the same way (STREAM.md). It is for a browser,
// and for whatever else draws pages by itself. The rules and the texts are the
// screen's own.
//
// It returns when the person leaves, the input ends, or ctx does, and waits for
// its goroutines. Only reading may go on until in ends: that is counted in
// reading, for the owner of in. The last line is the owner's ([Bye]).
func Stream(ctx context.Context, c *Config, in io.Reader, out io.Writer, reading *sync.WaitGroup) error {
	var working sync.WaitGroup
	defer working.Wait()
	ctx, end := context.WithCancel(ctx)
	defer end()
	var made bytes.Buffer // while others wait for the turn nothing is written to who may not read
	s := newStreamer(ctx, c, &made)
	defer s.close()
	answers, news := make(chan *arrival), make(chan tea.Msg)
	reading.Go(func() { hear(ctx, in, answers) })
	start := func(cmd tea.Cmd) { start(ctx, &working, cmd, news) }
	start(s.begin())
	turns := c.Turns
	if turns == nil {
		turns = make(chan struct{}, 1)
	}
	var alarm glass.Alarm
	defer alarm.Stop()
	done := ctx.Done()
	gone := false     // nothing moves any more
	var woken tea.Msg // waits for a turn
	inTurn := func() {
		defer func() { <-turns }()
		start(s.update(woken))
		woken = nil
	}
	for !s.left {
		if woken != nil { // mostly there is one, and nothing else has to be looked at
			select {
			case turns <- struct{}{}:
				inTurn()
			default:
			}
		}
		if _, err := made.WriteTo(out); err != nil {
			return err
		}
		made = bytes.Buffer{} // a session keeps no page
		hears := answers
		if s.a.busy {
			hears = nil // a command being recorded may change what an answer means
		}
		moved, after := s.a.Wakes()
		alarm.Set(after)
		rings, turn := alarm.Rings(), (chan struct{})(nil)
		if gone {
			moved = nil
		}
		if woken != nil {
			moved, rings, turn = nil, nil, turns
		}
		var cmd tea.Cmd
		select {
		case <-done:
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
		case _, open := <-moved:
			if gone = !open; open {
				woken = s.a.Woken(true)
			}
		case <-rings:
			alarm.Rang()
			woken = s.a.Woken(false)
		case turn <- struct{}{}:
			inTurn()
		case <-s.owes():
			s.due()
		}
		start(cmd)
	}
	_, err := made.WriteTo(out)
	return err
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
	a    *App
	out  *bytes.Buffer
	left bool

	session string    // names the session
	no      int       // number of the newest page
	at      string    // its name
	name    pageName  // as the App has it
	means   string    // what an answer to it means
	now     page      // the newest page
	buttons []sentKey // its
	past    []passed  // what was written on the newest pages, the last at the end
	lost    string    // the page on which a text was being written when the meeting moved on

	steady steady // of the newest page

	is     *stilled  // the line that was sent last
	bases  []int     // when its clocks and the times in it that run began
	to     []byte    // whom lines are for
	toWhom addressed // the same as it was made of
	known  string    // the text as its writer knows it
	sent   time.Time // when it was sent
	waits  bool      // something is new, and waits for the lull
	next   ready     // what waits
	owed   bool      // somebody waits for the answer to what they did
	since  time.Time // since when something is being recorded
	slow   bool      // it was said that it takes long

	last [32]byte  // the print of the answer that was taken last
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

func newStreamer(ctx context.Context, c *Config, out *bytes.Buffer) *streamer {
	own := *c
	own.Ctx, own.Awoken = ctx, true
	own.Width, own.Height = readersWidth(c.Env), streamHeight
	s := &streamer{out: out, session: rand.Text()[:8]}
	s.turn()
	s.a = newApp(own, true)
	return s
}

// readersWidth is how wide a reader's page is who says so before it comes, in the
// variable COLUMNS: their first page is right then, and no second one is made.
func readersWidth(env []string) int {
	for _, v := range env {
		if text, is := strings.CutPrefix(v, "COLUMNS="); is {
			if n, err := strconv.Atoi(text); err == nil {
				return min(max(n, leastColumns), mostColumns)
			}
		}
	}
	return streamWidth
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

// turn names a new page.
func (s *streamer) turn() {
	s.at = fmt.Sprintf("%s-%06d", s.session, s.no%1_000_000)
	s.no++
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
	before := s.at
	if s.send(); !own && s.at != before {
		if s.a.calm.Equal(calm) {
			s.a.calm = s.a.Room.Now().Add(grace) // an answer on its way was meant for another page
		}
		if _, writes := s.passedAt(before); writes {
			s.lost = before
		}
	}
	return cmd
}

// owes is ready when a line that waits is to be sent.
func (s *streamer) owes() <-chan time.Time {
	switch {
	case s.a.busy && !s.slow:
		return time.After(s.a.left(s.since.Add(slow), slow))
	case s.waits && !s.a.busy:
		return time.After(s.a.left(s.sent.Add(lull), lull))
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
		if s.slow || a.left(s.since.Add(slow), slow) > 0 {
			return // the outcome is sent as soon as it is there
		}
		s.slow = true
	} else {
		s.since, s.slow = time.Time{}, false
	}
	r, same := s.moved()
	turned := false
	if !same {
		p := &a.shown
		m := a.messageOf(p)
		if name := a.nameOf(p); name != s.name || m.means != s.means {
			s.name, s.means, turned = name, m.means, true
			s.turn()
			s.remember(p)
		}
		m.At = s.at
		s.now, s.buttons = *p, m.Keys
		r = s.still(m, now)
		s.steady = s.steadied(m)
	}
	fresh := turned || s.owed || s.is == nil || !bytes.Equal(r.is.form, s.is.form) || !near(r.bases, s.bases) || r.m.draft() != s.known
	if s.waits = false; !fresh {
		return
	}
	if !turned && !s.owed && !a.busy && a.left(s.sent.Add(lull), lull) > 0 {
		s.waits, s.next = true, r
		return
	}
	s.put(r, now)
}

// put sends what is ready.
func (s *streamer) put(r ready, now time.Time) {
	s.waits, s.next = false, ready{}
	s.is, s.bases, s.known, s.sent = r.is, r.bases, r.m.draft(), now
	if !s.a.busy {
		s.owed = false
	}
	s.write(append([][]byte{[]byte(named), []byte(r.m.At)}, r.parts()...)...)
}

// due sends what has waited. What no clock moves is as it was made.
func (s *streamer) due() {
	if _, steady := s.moved(); steady {
		s.send()
		return
	}
	if s.waits && s.a.beat == 0 && !s.next.m.clocked() {
		s.put(s.next, s.a.Room.Now())
		return
	}
	s.again()
}

// again makes the page anew and sends it, if anything is new.
func (s *streamer) again() {
	s.a.render()
	s.send()
}

// remember notes what is written on the newest page.
func (s *streamer) remember(p *page) {
	one := passed{at: s.at}
	if w := p.input.text; w != nil {
		one.on, one.what = s.a.top(), w.what
	} else if m, is := s.a.top().(*menu); is && m.people {
		one.on = m
	}
	s.past = append(s.past, one)
	s.past = s.past[max(0, len(s.past)-keptPages):]
}

// write writes a line of these parts.
func (s *streamer) write(parts ...[]byte) {
	size := 1
	for _, p := range parts {
		size += len(p)
	}
	s.out.Grow(size)
	for _, p := range parts {
		s.out.Write(p)
	}
	s.out.WriteByte('\n')
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
