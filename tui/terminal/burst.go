package terminal

import (
	"bytes"
	"time"
	"unicode/utf8"
)

const (
	burstTime = 400 * time.Millisecond // how soon more text still belongs to a paste without marks
	burstMost = 16                     // fewer characters may be typed while a line stalls
)

// bursts knows what a terminal pastes without marks: what comes in one read as
// no finger types it, and the text that follows at once.
type bursts struct {
	last time.Time // when the last text of a burst came
}

// pasted reports whether bytes that came in one read are a paste.
func (b *bursts) pasted(p []byte, now time.Time) bool {
	if !plain(p) {
		b.last = time.Time{} // a key that no text has
		return false
	}
	if !typedAtOnce(p) && now.Sub(b.last) > burstTime {
		return false
	}
	b.last = now
	return true
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

// typedAtOnce reports whether text is no single keys: several characters and the
// end of a line, several lines, or many characters. Enters alone are a key that
// is held down.
func typedAtOnce(p []byte) bool {
	n := characters(bytes.Trim(p, "\r\n"))
	return n >= burstMost || n > 1 && bytes.ContainsAny(p, "\r\n")
}

// characters returns how many characters a text has. Two bytes that are no UTF-8
// count as one.
func characters(text []byte) int {
	n, wrong := 0, 0
	for _, r := range string(text) {
		if r == utf8.RuneError {
			wrong++
		} else {
			n++
		}
	}
	return n + wrong/2
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
