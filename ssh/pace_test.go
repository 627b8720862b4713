package ssh

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	gossh "golang.org/x/crypto/ssh"

	"pingyi/tui/terminal"
)

// alone is a session without a connection.
func alone(t *testing.T) *session {
	life, end := context.WithCancel(t.Context())
	t.Cleanup(end)
	return &session{life: life, end: end, sizes: make(chan tea.WindowSizeMsg, 1), pace: newPaces().of(place{})}
}

// Somebody types without end: the program gets so many keys a second, all of them
// and in order. Who types as people do is never kept waiting.
func TestKeysComeAtThePaceOfAPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := alone(t)
		var got []rune
		send := s.typed(func(m tea.Msg) { got = append(got, m.(tea.KeyPressMsg).Code) })
		began := time.Now()
		const flood = keysFirst + 10*keysSecond
		for i := range flood {
			send(tea.KeyPressMsg{Code: rune(i)})
		}
		if took := time.Since(began).Round(time.Second); took != 10*time.Second {
			t.Errorf("%d keys took %v", flood, took)
		}
		for i, r := range got {
			if r != rune(i) {
				t.Fatalf("key %d is %d", i, r)
			}
		}
		began = time.Now()
		for range 1000 { // a key is held
			time.Sleep(time.Second / 30)
			send(tea.KeyPressMsg{Code: 'a'})
		}
		if late := time.Since(began) - 1000*(time.Second/30); late > 0 {
			t.Errorf("a held key waits %v", late)
		}
		s.end()
		began = time.Now()
		for range flood { // the session is over: nobody waits
			send(tea.KeyPressMsg{Code: 'a'})
		}
		if time.Since(began) != 0 {
			t.Error("keys of a session that is over wait")
		}
	})
}

// flood is a text over and over that counts how much of it was read.
type flood struct {
	text string
	read int
	then func() // after every read
}

func (f *flood) Read(p []byte) (int, error) {
	if f.read > 2<<20 {
		return 0, io.EOF
	}
	n := copy(p, strings.Repeat(f.text, len(p)/len(f.text)+1))
	f.read += n
	f.then()
	return n, nil
}

// A session is over, and of what its client has sent 2 MB wait: they are not worked
// on, at no pace at all.
func TestWhatWaitsWhenASessionIsOverIsNotRead(t *testing.T) {
	for name, read := range map[string]func(*session, io.Reader) error{
		"keys": func(s *session, in io.Reader) error {
			s.readKeys(in, func(tea.Msg) {})
			return nil
		},
		"lines": func(s *session, in io.Reader) error {
			_, err := io.Copy(io.Discard, s.typedLines(in))
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := alone(t)
			waits := &flood{text: "?\x1b[B\n"}
			waits.then = func() {
				if waits.read > 100 {
					s.end()
				}
			}
			if err := read(s, waits); err != nil && !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			if waits.read > 2<<10 {
				t.Errorf("%d bytes are read after the end", waits.read)
			}
		})
	}
}

// Who opens another session has no more keys than before, and takes none of
// somebody else's.
func TestKeysOfAllSessionsOfAPersonAreCountedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, began, nothing := newPaces(), time.Now(), func(tea.Msg) {}
		for i := range 10 {
			s := alone(t)
			s.pace = all.of(place{id: "m02"})
			send := s.typed(nothing)
			for range keysFirst {
				send(tea.KeyPressMsg{Code: 'a'})
			}
			if took, least := time.Since(began), time.Duration(i)*keysFirst*time.Second/keysSecond; took < least-time.Millisecond {
				t.Errorf("session %d: %d keys took %v", i+1, (i+1)*keysFirst, took)
			}
		}
		other := alone(t)
		other.pace = all.of(place{id: "m03"})
		began = time.Now()
		other.typed(nothing)(tea.KeyPressMsg{Code: 'a'})
		if time.Since(began) != 0 {
			t.Error("somebody else waits")
		}
	})
}

func TestTypedLinesComeAtThePaceOfAPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in := alone(t).typedLines(strings.NewReader(strings.Repeat("\n", linesFirst+10*linesSecond) + strings.Repeat("长", 1<<16)))
		began, n := time.Now(), 0
		buf := make([]byte, 1<<12)
		for {
			some, err := in.Read(buf)
			n += some
			if err != nil {
				break
			}
		}
		if took := time.Since(began).Round(time.Second); took != 10*time.Second || n != linesFirst+10*linesSecond+3<<16 {
			t.Errorf("%d bytes after %v", n, took)
		}
	})
}

// sized is a screen that is told the sizes of its window.
type sized struct{ widths []int }

func (s *sized) Init() tea.Cmd { return nil }

func (s *sized) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, is := msg.(tea.WindowSizeMsg); is {
		s.widths = append(s.widths, size.Width)
	}
	return s, nil
}

func (s *sized) View() tea.View { return tea.NewView("") }

func (s *sized) Wakes() (moved <-chan struct{}, after time.Duration) { return nil, 0 }

func (s *sized) Woken(bool) tea.Msg { return nil }

// A window that is resized without end is drawn anew twenty times a second, and last
// at its last size.
func TestTheWindowIsDrawnAtItsLastSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := alone(t)
		out, seen := terminal.New(io.Discard, colorprofile.ASCII), &sized{}
		out.Sizes, out.Pause = s.sizes, newPaces().sizes
		var showing sync.WaitGroup
		showing.Go(func() { _ = out.Run(s.life, seen, 80, 24) })
		const storm = 10000
		for i := range storm {
			var size []byte
			for _, n := range []uint32{uint32(20 + i%100), 24, 0, 0} {
				size = binary.BigEndian.AppendUint32(size, n)
			}
			if !s.resize(size) {
				t.Fatal("a size is refused")
			}
			time.Sleep(2 * time.Second / storm)
		}
		time.Sleep(time.Second)
		out.Quit()
		showing.Wait()
		out.Wait()
		if n := len(seen.widths); n < 2*sizesSecond || n > 2*sizesSecond+2 || seen.widths[n-1] != 20+(storm-1)%100 {
			t.Errorf("%d sizes: %v", len(seen.widths), seen.widths)
		}
	})
}

// Whatever a person sends, it is read at a pace.
func TestAPersonsConnectionIsReadAtAPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		ours, theirs := net.Pipe()
		l := h.enter(ours)
		go func() { _, _ = theirs.Write([]byte(hello)) }()
		for range hello {
			if _, err := l.Read(make([]byte, 1)); err != nil {
				t.Fatal(err)
			}
		}
		l.admitted()
		l.keepsTo(newPaces().of(place{}).bytes)
		l.limit(0)
		go func() {
			for theirs := theirs; ; {
				if _, err := theirs.Write(make([]byte, 4096)); err != nil {
					return
				}
			}
		}()
		began := time.Now()
		for n := 0; n < 11<<20; {
			some, err := l.Read(make([]byte, 4096))
			if err != nil {
				t.Fatal(err)
			}
			n += some
		}
		if took := time.Since(began).Round(time.Second); took != 10*time.Second {
			t.Errorf("11 MB took %v", took)
		}
		h.close()
	})
}

// Sessions cost the server more than who opens them: they count at the pace at which
// a person's connection is read, so that nobody opens them without end.
func TestChannelsCountAtThePaceOfAPerson(t *testing.T) {
	h := newHouse(t, 3)
	pace := h.server.paces.of(place{h.State().Branch.ID, "m02"}).bytes
	pace.SetLimit(1) // what is taken stays taken
	c := h.dial("m02")
	const many = 50
	for range many {
		ch, reqs, err := c.OpenChannel("session", nil)
		if err != nil {
			t.Fatal(err)
		}
		go gossh.DiscardRequests(reqs)
		if err := ch.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := ch.Read(make([]byte, 1)); !errors.Is(err, io.EOF) { // it is closed there, too
			t.Fatal(err)
		}
	}
	// The first one counts at the pace of who has no session yet.
	if taken := incoming - int(pace.Tokens()); taken < (many-1)*opening {
		t.Errorf("%d sessions count %d bytes", many, taken)
	}
	if honest := wordsSecond * opening; honest > incoming/2 {
		t.Errorf("the words that a person may say take %d of %d bytes a second", honest, incoming)
	}
}

// What is counted beside the bytes is waited for before the next are read.
func TestWhoOpensChannelsWithoutEndIsReadLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		ours, theirs := net.Pipe()
		l := h.enter(ours)
		go func() { _, _ = theirs.Write([]byte(hello + "x")) }()
		if _, err := io.ReadFull(l, make([]byte, len(hello))); err != nil {
			t.Fatal(err)
		}
		l.admitted()
		l.keepsTo(newPaces().of(place{}).bytes)
		for range 6 * incoming / opening {
			l.opens()
		}
		began := time.Now()
		if _, err := l.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began).Round(time.Second); took != 5*time.Second {
			t.Errorf("the next byte is read after %v", took)
		}
		h.close()
		theirs.Close()
	})
}

// A connection without a session has nothing to send: who sends all the same is
// shown out before long.
func TestAConnectionWithoutASessionSendsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHallway()
		ours, theirs := net.Pipe()
		l := h.enter(ours)
		go func() { _, _ = theirs.Write([]byte(hello)) }()
		if _, err := io.ReadFull(l, make([]byte, len(hello))); err != nil {
			t.Fatal(err)
		}
		l.admitted()
		go func() {
			for _, err := theirs.Write(make([]byte, 4096)); err == nil; {
				_, err = theirs.Write(make([]byte, 4096))
			}
		}()
		n, err := io.Copy(io.Discard, struct{ io.Reader }{l})
		if !errors.Is(err, errUnused) || n > beforeUse {
			t.Errorf("%d bytes are read, then %v", n, err)
		}
		l.Close()
	})
}

// Words that wait for what their client sends, or for the meeting to move, hold no
// place: the same person, and everybody else, goes on.
func TestWordsThatWaitHoldNoPlace(t *testing.T) {
	h := newHouse(t, 3)
	c := h.dial("m01")
	for _, words := range []string{"status --follow", "status --follow", "note", "note", "note"} {
		sess, err := c.NewSession()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sess.StdinPipe(); err != nil { // which nobody writes to
			t.Fatal(err)
		}
		out, err := sess.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := sess.Start(words); err != nil {
			t.Fatal(err)
		}
		if words != "note" {
			if _, err := out.Read(make([]byte, 1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 3 {
		if a := h.saysOn(c, "whoami", ""); a.exit != exitOK {
			t.Fatalf("%+v", a)
		}
	}
	h.stop()
	if h.server.words.taken != 0 {
		t.Errorf("%d places are lost", h.server.words.taken)
	}
}

// Sixty hand their ballots in at once, and the last one's word takes a second: it is
// over when its receipt is written. Their next word waits for that second, and so does
// a word that writes on and on, which has a processor for about a quarter of the time.
// Who had papers made waits sixteen times as long as that took.
func TestAWordIsOverWhenItsAnswerIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		places, pace := newTurns[place](1, 1), newPaces().of(place{})
		word := func() (*labour, io.Writer) {
			l := &labour{shift: shift[place]{of: places}, pace: pace}
			l.begin()
			return l, working{struct {
				io.Reader
				io.Writer
			}{nil, io.Discard}, l}
		}
		took := func(what string, want time.Duration, do func()) {
			began := time.Now()
			do()
			if got := time.Since(began); got != want {
				t.Errorf("%s takes %v, want %v", what, got, want)
			}
		}
		one, out := word()
		time.Sleep(time.Second)
		took("the answer", 0, func() {
			_, _ = io.WriteString(out, "receipt")
			one.rest()
		})
		took("the next word", time.Second, func() { one, out = word() })
		one.heavy = true
		time.Sleep(10 * time.Millisecond)
		one.rest()
		took("the word after papers", 160*time.Millisecond, func() { one, out = word() })
		const pieces = 10
		took("a word that writes on and on", (pieces-1)*time.Second/10+pieces*breath(time.Second/10, false), func() {
			for range pieces {
				time.Sleep(time.Second / 10)
				_, _ = io.WriteString(out, "piece")
			}
			one.rest()
		})
	})
}
