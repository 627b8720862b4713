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
	sequenceTime = 50 * time.Millisecond // an Esc that nothing follows within this time is the key
	sequenceMost = 4 << 10               // longer than any key's sequence
	pasteMost    = 1 << 20               // a paste's bytes beyond this are dropped
)

// ReadKeys sends keys and pastes to a program until reading fails. It is for a
// program without an input of its own ([tea.WithInput] nil), which would build
// a table of all keys of all terminals: more memory than the rest of a session.
// Unsolicited replies of a far terminal, e.g. size reports, are dropped. Several
// lines that come at once are a paste.
func ReadKeys(in io.Reader, send func(tea.Msg)) {
	k := &keys{send: send}
	k.mu.Lock()
	k.late = time.AfterFunc(sequenceTime, func() { k.take(nil, true) })
	k.mu.Unlock()
	defer k.late.Stop()
	var some [1 << 10]byte
	marked := &bursts{in: in}
	for {
		n, err := marked.Read(some[:])
		k.take(some[:n], err != nil)
		if err != nil {
			return
		}
	}
}

// keys turns bytes into keys. Its lock is held while a key is sent, which keeps
// keys in order.
type keys struct {
	send func(tea.Msg)
	late *time.Timer

	mu      sync.Mutex
	decoder uv.EventDecoder
	rest    []byte // bytes of a sequence that has not ended
	pasting bool
	paste   []byte
}

// take sends the keys in some bytes. A sequence that has not ended is kept,
// unless last says that nothing more is expected.
func (k *keys) take(p []byte, last bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.rest = append(k.rest, p...)
	for len(k.rest) > 0 {
		n := 0
		if k.pasting {
			n = k.pasted()
		} else {
			n = k.key(last || len(k.rest) > sequenceMost)
		}
		if n == 0 {
			break
		}
		k.rest = k.rest[n:]
	}
	if len(k.rest) == 0 {
		k.rest = nil
	}
	if len(k.rest) > 0 && !k.pasting && !last {
		k.late.Reset(sequenceTime)
	} else {
		k.late.Stop()
	}
}

// key sends the first key of the rest and returns its number of bytes; 0 if
// more have to come.
func (k *keys) key(last bool) int {
	if !last && !utf8.FullRune(k.rest) {
		return 0
	}
	n, event := k.decoder.Decode(k.rest)
	_, unknown := event.(uv.UnknownEvent)
	if !last && (unknown || k.rest[0] == ansi.ESC && n <= 2) {
		return 0 // Esc, or the beginning of a sequence
	}
	many, ok := event.(uv.MultiEvent)
	if !ok {
		many = uv.MultiEvent{event}
	}
	for _, e := range many {
		switch e := e.(type) {
		case uv.KeyPressEvent:
			k.send(tea.KeyPressMsg(e))
		case uv.PasteStartEvent:
			k.pasting = true
		}
	}
	return max(1, n)
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
	k.send(tea.PasteMsg{Content: string(bytes.ToValidUTF8(k.paste, nil))})
	k.pasting, k.paste = false, nil
	return len(text) + len(end)
}
