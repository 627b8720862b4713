package tui

import (
	"context"
	"io"
	"strings"
	"sync"

	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
	keyboard "pingyi/tui/terminal"
)

// longestLine is how many characters of one typed line are kept. Texts are
// shorter.
const longestLine = 20_000

// typed is a line that somebody has typed.
type typed struct {
	text string
	turn int  // number of the page at which it was begun
	ends bool // Ctrl+C, or Ctrl+D at the beginning of a line: the person leaves
}

// terminal prints lines and reads typed lines. Both may happen at once: a
// half-typed line is written again below what was printed.
type terminal struct {
	echo    bool   // typed characters are written back
	foreign string // what is printed, once, to whom sends no UTF-8

	mu     sync.Mutex
	out    io.Writer
	failed error
	page   int    // number of the page; a line that was begun at an earlier one does not count
	hushed bool   // typed characters are not written back now
	text   []rune // the half-typed line
	begun  int    // number of the page at which it was begun
	hidden bool   // it was begun while hushed
	cr     bool   // the last character was a carriage return
}

// print prints lines.
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

// turn begins a new page. Lines that were begun before do not count.
func (t *terminal) turn() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.page++
}

// now returns the number of the page at which a line must have been begun.
func (t *terminal) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.page
}

// hush says whether characters typed from now on are written back.
func (t *terminal) hush(yes bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hushed = yes
}

// err returns why nothing can be written any more.
func (t *terminal) err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.failed
}

// read sends typed lines until the input ends, none after ctx has. A line that
// breaks off is not sent.
func (t *terminal) read(ctx context.Context, in io.Reader, lines chan<- typed) {
	defer close(lines)
	_ = keyboard.ReadKeys(in, func(msg tea.Msg) { // until in ends
		if _, not := msg.(keyboard.NotUTF8); not && t.foreign != "" {
			t.print(t.foreign)
			t.foreign = ""
		}
		for _, c := range charactersOf(msg) {
			if l, whole := t.key(c); whole {
				select {
				case lines <- l:
				case <-ctx.Done():
				}
			}
		}
	})
}

// editing are the keys that edit or end a line, as characters.
var editing = map[string]string{"enter": "\n", "backspace": "\b", "tab": "\t", "ctrl+c": "\x03", "ctrl+d": "\x04", "ctrl+u": "\x15"}

// charactersOf returns the characters of a key or a paste. A special key, such as
// an arrow, means nothing in a line.
func charactersOf(msg tea.Msg) (text string) {
	switch m := msg.(type) {
	case tea.PasteMsg:
		return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(m.Content)
	case tea.KeyPressMsg:
		for _, k := range draw.StrokesOf(m) {
			if edits, ok := editing[k.Name]; ok {
				text += edits
			} else {
				text += k.Text
			}
		}
	}
	return text
}

// key handles one character. whole reports that it ends a line.
func (t *terminal) key(c rune) (l typed, whole bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c == '\n' && t.cr {
		t.cr = false
		return l, false
	}
	t.cr = c == '\r'
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

func (t *terminal) add(c rune) {
	if c == '\t' {
		c = ' '
	}
	if draw.DrawableRune(c) < 0 || len(t.text) >= longestLine {
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
	gone := draw.Cells(string(t.text[len(t.text)-n:]))
	t.text = t.text[:len(t.text)-n]
	if t.echo && !t.hidden {
		t.write(strings.Repeat("\b \b", gone))
	}
}
