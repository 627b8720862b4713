package terminal

import (
	"bytes"
	"io"
	"sync"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

const (
	escTime      = 50 * time.Millisecond // an Esc that nothing follows within this time is the key
	sequenceTime = time.Second           // how long the next byte of a sequence that has begun is waited for
	sequenceMost = 4 << 10               // of what is longer than any sequence the middle is not kept
	pasteMost    = 1 << 20               // a paste's bytes beyond this are dropped
)

// ReadKeys sends keys and pastes to a program until reading fails, and returns
// that error. It replaces Bubble Tea's own reader, which would build a table of
// all keys of all terminals, more memory than the rest of a session, and takes a
// sequence that arrives in pieces for letters. Replies of the terminal that
// nobody asked for, mice, and sequences that break off are dropped whole. Text
// that comes as no finger types it is a paste.
func ReadKeys(in io.Reader, send func(tea.Msg)) error {
	k := &keys{send: send}
	var some [256]byte
	for {
		n, err := in.Read(some[:])
		if n > 0 {
			k.take(some[:n])
		}
		clear(some[:]) // it may be a secret, and the next key may come in an hour
		if err != nil {
			k.end()
			return err
		}
	}
}

// keys turns bytes into keys. Its lock is held while a key is sent, which keeps
// keys in order.
type keys struct {
	send func(tea.Msg)

	mu      sync.Mutex
	decoder uv.EventDecoder
	rest    []byte      // bytes of a sequence or of a character that has not ended
	due     time.Time   // when the rest is given up
	late    *time.Timer // gives it up; nil: nothing had to be waited for
	esc     time.Time   // when an Esc was sent because nothing followed in time
	cr      bool        // the last key was a carriage return: a line feed belongs to it
	charset charset
	bursts  bursts
	pasting bool
	paste   []byte
}

// take sends the keys in some bytes. What has not ended is kept until the rest
// of it comes, or until it is late.
func (k *keys) take(p []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.rest) == 0 && continues(p[0]) && time.Since(k.esc) < sequenceTime {
		k.rest = append(k.rest, ansi.ESC) // that Esc was the beginning of a sequence
	}
	k.esc = time.Time{}
	old := len(k.rest)
	k.rest = append(k.rest, p...)
	k.feed(old)
	k.foreign()
	k.wait()
}

// feed sends the keys in the rest, as far as they have ended. Its first old bytes
// came in earlier reads.
func (k *keys) feed(old int) {
	judged, pasted := 0, false
	for len(k.rest) > 0 {
		if judged == 0 && !k.pasting {
			judged, pasted = k.stretch(old)
		}
		n := 0
		switch {
		case k.pasting:
			n = k.pasted()
		case k.rest[0] == ansi.ESC:
			n = k.sequence()
		case pasted:
			n = k.unmarked()
		default:
			n = k.character(false)
		}
		if n == 0 {
			break
		}
		k.rest = k.rest[n:]
		judged, old = max(0, judged-n), max(0, old-n)
	}
}

// stretch returns how many bytes of the rest come before the first sequence that is
// a key or has not ended, and whether the text in them that has just come is a
// paste: text on both sides of a reply of the terminal is one text.
func (k *keys) stretch(old int) (n int, pasted bool) {
	var text []byte
	defer func() { clear(text) }()
	for n < len(k.rest) {
		if k.rest[n] == ansi.ESC {
			size, kind := sequence(k.rest[n:])
			if kind == unfinished || kind == pressed && k.acts(k.rest[n:n+size]) {
				break
			}
			n += size
			continue
		}
		if n >= old {
			text = append(text, k.rest[n])
		}
		n++
	}
	return n, len(text) > 0 && k.bursts.pasted(text, time.Now())
}

// acts reports whether a sequence is a key or the beginning of a paste.
func (k *keys) acts(sequence []byte) bool {
	used, event := k.decoder.Decode(sequence)
	switch event.(type) {
	case uv.KeyPressEvent:
		return used == len(sequence)
	case uv.PasteStartEvent:
		return true
	}
	return false
}

// foreign tells the program that the text it was sent came in another encoding.
func (k *keys) foreign() {
	if k.charset.seen {
		k.charset.seen = false
		k.send(NotUTF8{})
	}
}

// continues reports whether a byte may be the second of a sequence. As a key of
// its own right after Esc it is rarer than a line that stalls.
func continues(b byte) bool { return bytes.IndexByte([]byte("[O]PX^_"), b) >= 0 }

// wait lets the rest be given up in time.
func (k *keys) wait() {
	if len(k.rest) == 0 {
		k.rest = nil
	}
	if len(k.rest) == 0 || k.pasting {
		k.waitNoMore()
		return
	}
	d := sequenceTime
	if k.lone() || k.rest[0] != ansi.ESC && utf8.Valid(k.rest) {
		d = escTime // it may be whole
	}
	k.due = time.Now().Add(d)
	if k.late == nil {
		k.late = time.AfterFunc(d, k.expire)
	} else {
		k.late.Reset(d)
	}
}

func (k *keys) waitNoMore() {
	if k.late != nil {
		k.late.Stop()
	}
}

// lone reports whether the rest may be nothing but a key Esc.
func (k *keys) lone() bool { return len(bytes.Trim(k.rest, "\x1b")) == 0 }

// expire gives up the rest, unless more has come meanwhile.
func (k *keys) expire() {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.pasting && !time.Now().Before(k.due) {
		k.giveUp()
	}
}

// end gives up the rest, because nothing more comes.
func (k *keys) end() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.waitNoMore()
	if !k.pasting {
		k.giveUp()
	}
}

func (k *keys) giveUp() {
	if k.lone() {
		for range k.rest {
			k.send(tea.KeyPressMsg{Code: tea.KeyEscape})
			k.esc, k.bursts.last = time.Now(), time.Time{}
		}
		k.rest = nil
	}
	for len(k.rest) > 0 && k.rest[0] != ansi.ESC {
		n := k.character(true)
		if n == 0 {
			break
		}
		k.rest = k.rest[n:]
	}
	k.foreign()
	k.rest = nil
}

// sequence takes a sequence off the rest and returns its number of bytes; 0 if
// more have to come.
func (k *keys) sequence() int {
	n, kind := sequence(k.rest)
	switch kind {
	case unfinished:
		if len(k.rest) > sequenceMost { // no key: as a private one it is dropped where it ends
			k.rest = []byte{ansi.ESC, k.rest[1], '?', k.rest[len(k.rest)-1]}
		}
		return 0
	case pressed:
		k.cr, k.charset.gb = false, false
		used, event := k.decoder.Decode(k.rest[:n:n])
		switch e := event.(type) {
		case uv.KeyPressEvent:
			if used == n {
				k.bursts.last = time.Time{}
				k.send(tea.KeyPressMsg(e))
			}
		case uv.PasteStartEvent:
			k.pasting = true
		}
	}
	return n
}

// character takes a character off the rest and returns its number of bytes; 0 if
// more have to come, which last rules out.
func (k *keys) character(last bool) int {
	if k.rest[0] >= utf8.RuneSelf {
		text, n := k.charset.character(k.rest, last)
		if text != "" {
			k.cr = false
			r, _ := utf8.DecodeRuneInString(text)
			k.send(tea.KeyPressMsg{Code: r, Text: text})
		}
		return n
	}
	feeds := k.cr && k.rest[0] == '\n'
	k.cr = k.rest[0] == '\r'
	if k.rest[0] < ' ' {
		k.charset.gb = false
	}
	_, event := k.decoder.Decode(k.rest[:1:1])
	if key, ok := event.(uv.KeyPressEvent); ok && !feeds {
		k.send(tea.KeyPressMsg(key))
	}
	return 1
}

// character returns the number of bytes of the first character of p, and
// whether it is whole. A byte that is no text counts as one.
func character(p []byte) (n int, whole bool) {
	if !utf8.FullRune(p) {
		return len(p), false
	}
	_, n = utf8.DecodeRune(p)
	return n, true
}

// unmarked takes text that a terminal pastes without marks off the rest, up to the
// next sequence, and returns its number of bytes; 0 if its only character has not
// ended.
func (k *keys) unmarked() int {
	run := k.rest
	if at := bytes.IndexByte(run, ansi.ESC); at >= 0 {
		run = run[:at]
	}
	text, n := k.charset.whole(run)
	if n == 0 {
		return k.character(false)
	}
	k.send(tea.PasteMsg{Content: text})
	k.cr = false
	return n
}

// pasted takes the bytes of a paste off the rest.
func (k *keys) pasted() int {
	const end = ansi.BracketedPasteEnd
	text, _, whole := bytes.Cut(k.rest, []byte(end))
	if !whole { // its last bytes may be the beginning of the end mark
		text = text[:max(0, len(text)-len(end)+1)]
	}
	k.paste = append(k.paste, text[:min(len(text), pasteMost-len(k.paste))]...)
	if !whole {
		return len(text)
	}
	content, _ := k.charset.whole(k.paste)
	k.send(tea.PasteMsg{Content: content})
	k.pasting, k.paste = false, nil
	return len(text) + len(end)
}
