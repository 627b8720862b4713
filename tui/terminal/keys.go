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
	sequenceTime = 50 * time.Millisecond // an Esc that nothing has followed by then is the key
	sequenceMost = 4 << 10               // no key has so many bytes
	pasteMost    = 1 << 20               // what goes beyond is dropped
)

// ReadKeys tells a program the keys and pastes that come in, until reading
// fails. It is for a program without an input of its own ([tea.WithInput] nil):
// that builds a table of all keys of all terminals for itself, which is more
// memory than all the rest of a session. A far terminal says nothing else here:
// answers to questions that nobody asked, a size above all, are not passed on.
func ReadKeys(in io.Reader, send func(tea.Msg)) {
	k := &keys{send: send}
	k.mu.Lock()
	k.late = time.AfterFunc(sequenceTime, func() { k.take(nil, true) })
	k.mu.Unlock()
	defer k.late.Stop()
	var some [256]byte
	for {
		n, err := in.Read(some[:])
		k.take(some[:n], err != nil)
		if err != nil {
			return
		}
	}
}

// keys turns bytes into keys. Its lock is held while a key is told, which keeps
// them in order.
type keys struct {
	send func(tea.Msg)
	late *time.Timer

	mu      sync.Mutex
	decoder uv.EventDecoder
	rest    []byte // of a sequence that has not ended
	pasting bool
	paste   []byte
}

// take tells what the bytes mean. Those of a sequence that has not ended stay,
// unless nothing more is expected.
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

// key tells the first key of the rest and returns how many bytes it has; 0 if
// more have to come.
func (k *keys) key(last bool) int {
	if !last && !utf8.FullRune(k.rest) {
		return 0
	}
	n, event := k.decoder.Decode(k.rest)
	_, unknown := event.(uv.UnknownEvent)
	if !last && (unknown || k.rest[0] == ansi.ESC && n <= 2) {
		return 0 // Esc, or the beginning of something
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

// pasted takes what belongs to a paste off the rest.
func (k *keys) pasted() int {
	const end = ansi.BracketedPasteEnd
	text, _, whole := bytes.Cut(k.rest, []byte(end))
	if !whole { // its last bytes may be the beginning of the end
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
