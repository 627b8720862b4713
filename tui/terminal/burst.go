package terminal

import (
	"bytes"
	"io"
	"os"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// burstTime is how soon more text still belongs to the lines that came at once.
const burstTime = 50 * time.Millisecond

// bursts marks as a paste what a terminal pastes without marks: several lines
// that come in one read, which no finger types, and what follows at once.
type bursts struct {
	in   io.Reader
	last time.Time // when the last text of a burst came
	cut  []byte    // the beginning of a character that ended it
}

// Read reads the next keys, or a burst with the marks of a paste around it. p has
// room for some keys beside the marks.
func (b *bursts) Read(p []byte) (int, error) {
	const begin, end = ansi.BracketedPasteStart, ansi.BracketedPasteEnd
	room := p[len(begin) : len(p)-len(end)]
	n, err := b.in.Read(room[copy(room, b.cut):])
	n += len(b.cut)
	b.cut = nil
	text, now := room[:n], time.Now()
	if !plain(text) || !severalLines(text) && now.Sub(b.last) > burstTime {
		return copy(p, text), err
	}
	b.last = now
	whole := len(text) - unended(text)
	b.cut = bytes.Clone(text[whole:])
	copy(p, begin)
	return len(begin) + whole + copy(p[len(begin)+whole:], end), err
}

// plain reports whether some bytes are text and ends of lines only.
func plain(p []byte) bool {
	for _, b := range p {
		if (b < ' ' && b != '\r' && b != '\n' && b != '\t') || b == 0x7f {
			return false
		}
	}
	return len(p) > 0
}

// severalLines reports whether text goes on behind the end of a line.
func severalLines(p []byte) bool {
	p = bytes.Trim(p, "\r\n")
	return bytes.ContainsAny(p, "\r\n")
}

// unended is the number of bytes of a character at the end that is not whole.
func unended(p []byte) int {
	for k := 1; k < utf8.UTFMax && k <= len(p); k++ {
		if last := p[len(p)-k:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return k
		}
	}
	return 0
}

// keyboard is the terminal's file whose bursts are marked. It stays a file, so
// that a read can be interrupted.
type keyboard struct {
	*os.File
	bursts *bursts
}

func newKeyboard(in *os.File) keyboard { return keyboard{in, &bursts{in: in}} }

func (k keyboard) Read(p []byte) (int, error) { return k.bursts.Read(p) }
