package tui

import (
	"bufio"
	"context"
	"io"
	"strings"
	"sync"
)

// longestLine is how much of one typed line is kept, in characters; texts are
// shorter.
const longestLine = 20_000

// typed is a line that somebody has typed.
type typed struct {
	text string
	turn int  // the page at which it was begun
	ends bool // Ctrl+C, or Ctrl+D at the beginning: they leave
}

// terminal is where lines are appended and where lines are typed. Both may
// happen at once: what is half typed is written again below what was appended.
type terminal struct {
	echo bool // typed characters are written back

	mu     sync.Mutex
	out    io.Writer
	failed error
	page   int    // counts the changes after which a line begun before does not count
	hushed bool   // what is typed now is not written back
	text   []rune // half typed
	begun  int    // the page at which it was begun
	hidden bool   // it was begun hushed
	escape int    // inside a sequence of a special key: see key
	cr     bool   // the last character was a carriage return
}

// print appends lines.
func (t *terminal) print(lines ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := strings.Join(lines, "\n") + "\n"
	if t.echo && len(t.text) > 0 && !t.hidden {
		text = "\n" + text + string(t.text)
	}
	t.write(text)
}

func (t *terminal) write(text string) {
	if t.failed == nil {
		_, t.failed = io.WriteString(t.out, text)
	}
}

// turn begins a new page: lines that were begun before it do not count.
func (t *terminal) turn() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.page++
}

// now is the page that lines must have been begun at.
func (t *terminal) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.page
}

// hush says whether what is typed from now on is written back.
func (t *terminal) hush(yes bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hushed = yes
}

// err is why nothing can be written any more.
func (t *terminal) err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.failed
}

// read sends the lines that are typed until the input or ctx ends. A line that
// breaks off was not typed to its end, and nobody gets it.
func (t *terminal) read(ctx context.Context, in io.Reader, lines chan<- typed) {
	defer close(lines)
	r := bufio.NewReader(in)
	for {
		c, _, err := r.ReadRune()
		if err != nil {
			return
		}
		l, whole := t.key(c)
		if !whole {
			continue
		}
		select {
		case lines <- l:
		case <-ctx.Done():
			return
		}
	}
}

// Where a character stands in the sequence of a special key, as ESC [ A.
const (
	outside = iota
	afterEscape
	inSequence
)

// key takes one character; whole reports that it ends a line.
func (t *terminal) key(c rune) (l typed, whole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c == '\n' && t.cr {
		t.cr = false
		return l, false
	}
	t.cr = c == '\r'
	if t.skips(c) {
		return l, false
	}
	if len(t.text) == 0 {
		t.begun, t.hidden = t.page, t.hushed
	}
	switch c {
	case '\r', '\n':
		l = typed{text: string(t.text), turn: t.begun}
		t.text = nil
		if t.echo {
			t.write("\n")
		}
		return l, true
	case 3, 4: // Ctrl+C, Ctrl+D
		if c == 3 || len(t.text) == 0 {
			return typed{ends: true, turn: t.begun}, true
		}
	case 8, 0x7f:
		t.erase(1)
	case 21: // Ctrl+U
		t.erase(len(t.text))
	default:
		t.add(c)
	}
	return l, false
}

// skips reports whether a character belongs to a special key, which means
// nothing in a line.
func (t *terminal) skips(c rune) bool {
	switch {
	case c == 0x1b:
		t.escape = afterEscape
	case t.escape == afterEscape && (c == '[' || c == 'O'):
		t.escape = inSequence
	case t.escape == inSequence && c >= 0x40 && c <= 0x7e, t.escape == afterEscape:
		t.escape = outside
	case t.escape == outside:
		return false
	}
	return true
}

func (t *terminal) add(c rune) {
	if c == '\t' {
		c = ' '
	}
	if drawable(c) < 0 || len(t.text) >= longestLine {
		return
	}
	t.text = append(t.text, c)
	if t.echo && !t.hidden {
		t.write(string(c))
	}
}

// erase takes back the last n characters.
func (t *terminal) erase(n int) {
	n = min(n, len(t.text))
	gone := cells(string(t.text[len(t.text)-n:]))
	t.text = t.text[:len(t.text)-n]
	if t.echo && !t.hidden {
		t.write(strings.Repeat("\b \b", gone))
	}
}
