package ssh

import (
	"context"
	"io"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	tempo "golang.org/x/time/rate" // a word here is called rate

	"pingyi/tui/terminal"
)

// How fast one person is served, all their connections and sessions together.
const (
	incoming    = 1 << 20     // bytes a second, and at once
	wordsSecond = 200         // words a second
	wordsFirst  = 400         // words at once
	wordsBreath = time.Second // the longest pause after a word
	keysSecond  = 100         // keys a second; a paste is one, and a held key repeats thirty times a second
	keysFirst   = 200         // keys at once
	linesSecond = 20          // typed lines a second
	linesFirst  = 200         // typed lines at once
	showsSecond = 5           // screens, in cells, lines or as data, that are begun a second
	showsFirst  = 30          // of them at once
)

// wordsAtOnce is how many words are worked on at once, one of a person.
const wordsAtOnce = 64

// sizesSecond is how many new sizes of a session's window a second are drawn; the
// newest is never lost.
const sizesSecond = 20

// pace is how fast a person is served, so that nobody who sends without end takes
// the server from the others. What is too much waits; nothing is lost.
type pace struct {
	bytes *tempo.Limiter
	words *tempo.Limiter
	keys  *tempo.Limiter
	lines *tempo.Limiter
	shows *tempo.Limiter

	mu    sync.Mutex
	again time.Time // when their next word is worked on
}

// paces knows the pace of each person. It is safe for concurrent use.
type paces struct {
	sizes time.Duration // between two sizes of a window

	mu  sync.Mutex
	all map[place]*pace
}

func newPaces() *paces { return &paces{sizes: time.Second / sizesSecond, all: map[place]*pace{}} }

// of returns the pace of a person.
func (p *paces) of(at place) *pace {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all[at] == nil {
		p.all[at] = &pace{
			bytes: tempo.NewLimiter(incoming, incoming), words: tempo.NewLimiter(wordsSecond, wordsFirst),
			keys: tempo.NewLimiter(keysSecond, keysFirst), lines: tempo.NewLimiter(linesSecond, linesFirst),
			shows: tempo.NewLimiter(showsSecond, showsFirst),
		}
	}
	return p.all[at]
}

// readKeys sends the keys of a session to its program, at the pace of a person and
// until the session is over.
func (s *session) readKeys(in io.Reader, send func(tea.Msg)) {
	_ = terminal.ReadKeys(s.unended(in), s.typed(send)) // until the channel closes
}

// typed sends what the session types to its program, at the pace of a person: what
// comes faster is not read yet.
func (s *session) typed(send func(tea.Msg)) func(tea.Msg) {
	return func(key tea.Msg) {
		_ = s.pace.keys.Wait(s.life) // it fails when the session is over, where sending costs nothing
		send(key)
	}
}

// unended is the input of a session until it is over. What the library still holds
// then, up to 2 MB, nobody waits for: without this a key a microsecond would be read
// from it, for every screen that another has taken the place of.
type unended struct {
	in   io.Reader
	life context.Context
}

func (s *session) unended(in io.Reader) io.Reader { return unended{in, s.life} }

func (u unended) Read(p []byte) (int, error) {
	if u.life.Err() != nil {
		return 0, io.EOF
	}
	return u.in.Read(p)
}

// typedLines is the input of a session that is shown line by line, at the pace of a
// person.
type typedLines struct {
	in      io.Reader
	session *session
}

func (s *session) typedLines(in io.Reader) io.Reader {
	return typedLines{s.unended(in), s}
}

// Read reads at most as many bytes as lines may come at once.
func (t typedLines) Read(p []byte) (int, error) {
	n, err := t.in.Read(p[:min(len(p), linesFirst)])
	ends := 0
	for _, b := range p[:n] {
		if b == '\r' || b == '\n' {
			ends++
		}
	}
	_ = t.session.pace.lines.WaitN(t.session.life, ends) // it fails when the session is over, and so does reading then
	return n, err
}

// labour is the work on a word. After a while of it the person waits for as long
// ([breath]), before their next word or before more of this one: nobody takes a
// processor for themselves.
type labour struct {
	shift[place]
	pace     *pace
	began    time.Time
	heavy    bool // it makes papers
	answered bool // something was written
}

// begin waits until the word is worked on.
func (l *labour) begin() {
	l.shift.begin()
	l.pace.mu.Lock()
	breath := time.NewTimer(time.Until(l.pace.again))
	l.pace.mu.Unlock()
	defer breath.Stop()
	select {
	case <-breath.C:
	case <-l.gone:
	}
	l.began = time.Now()
}

// finish is begin after an answer was written. Most words write one and are over:
// their person does not wait for that, and longer before what comes next.
func (l *labour) finish() {
	if l.answered {
		l.begin()
		return
	}
	l.answered = true
	l.shift.begin()
	l.began = time.Now()
}

// rest interrupts the work.
func (l *labour) rest() {
	now := time.Now()
	l.pace.mu.Lock()
	defer l.pace.mu.Unlock()
	if l.shift.rest() {
		from := now
		if l.pace.again.After(now) { // they have not waited yet
			from = l.pace.again
		}
		l.pace.again = from.Add(breath(now.Sub(l.began), l.heavy))
	}
}

// breath is how long a person waits after so much work: as long, after what took long
// longer, and longest after heavy work, all of which a processor did.
func breath(worked time.Duration, heavy bool) time.Duration {
	const light, rest, most = 10 * time.Millisecond, 8, 16
	if heavy {
		return min(most*worked, wordsBreath)
	}
	return min(max(worked, rest*(worked-light)), wordsBreath)
}

// working is the input or output of a word. The word rests while it waits for the
// client.
type working struct {
	io.ReadWriter
	work *labour
}

func (w working) Read(p []byte) (int, error) {
	w.work.rest()
	defer w.work.begin()
	return w.ReadWriter.Read(p)
}

func (w working) Write(p []byte) (int, error) {
	w.work.rest()
	defer w.work.finish()
	return w.ReadWriter.Write(p)
}
