package terminal

import "github.com/charmbracelet/x/ansi"

// kind says what the bytes of a sequence are.
type kind int

const (
	unfinished kind = iota // more bytes have to come
	pressed                // a key, or what the decoder tells from one
	noKey                  // a reply of the terminal, a mouse, or a sequence that broke off
)

// sequence returns the number of bytes of the sequence that begins with the Esc
// at the beginning of p. Its end does not depend on how the bytes were split.
func sequence(p []byte) (int, kind) {
	at := 1
	if len(p) > at && p[at] == ansi.ESC { // with Alt, as PuTTY and rxvt send it
		at++
	}
	if len(p) == at {
		return at, unfinished
	}
	switch p[at] {
	case '[':
		return control(p, at+1)
	case 'O':
		return shift(p, at+1)
	case ']', 'P', 'X', '^', '_':
		return text(p, at+1)
	}
	if at > 1 {
		return 1, pressed // Esc, and then a key with Alt
	}
	n, whole := character(p[at:])
	if !whole {
		return len(p), unfinished
	}
	return at + n, pressed
}

// control returns the end of a control sequence whose parameters begin at i: a
// key, a mouse or a reply.
func control(p []byte, i int) (int, kind) {
	first := i
	for ; i < len(p); i++ {
		switch b := p[i]; {
		case b < ' ' || b >= ansi.DEL:
			return i, noKey // it broke off, and something else begins
		case b == 'M' && i == first:
			return fixed(p, i+1, 3) // X10's mouse: a button and two coordinates
		case b == '[' && i == first:
			return fixed(p, i+1, 1) // a function key of the Linux console
		case b >= '@':
			if private(p[first]) {
				return i + 1, noKey
			}
			return i + 1, pressed
		case b == '$' && i > first && digits(p[first:i]): // rxvt: with Shift
			return i + 1, pressed
		}
	}
	return i, unfinished
}

// private reports whether parameters begin with the mark of a mouse or of a
// reply.
func private(b byte) bool { return b >= '<' && b <= '?' }

func digits(p []byte) bool {
	for _, b := range p {
		if b < '0' || b > '9' {
			return false
		}
	}
	return true
}

// fixed returns the end of n bytes that begin at i and belong to no key.
func fixed(p []byte, i, n int) (int, kind) {
	for ; n > 0; i, n = i+1, n-1 {
		if i == len(p) {
			return i, unfinished
		}
		if p[i] < ' ' {
			return i, noKey
		}
	}
	return i, noKey
}

// shift returns the end of a key of the keypad, or of an arrow in the mode of
// applications. It may have parameters before its letter.
func shift(p []byte, i int) (int, kind) {
	for ; i < len(p); i++ {
		switch b := p[i]; {
		case b < ' ' || b >= ansi.DEL:
			return i, noKey
		case b < '0' || b > '?':
			return i + 1, pressed
		}
	}
	return i, unfinished
}

// text returns the end of a reply that is a text: a colour, a version, the
// clipboard. The bytes of a text may be those of any character.
func text(p []byte, i int) (int, kind) {
	for ; i < len(p); i++ {
		switch b := p[i]; {
		case b == ansi.BEL:
			return i + 1, noKey
		case b == ansi.ESC && i+1 == len(p):
			return i + 1, unfinished
		case b == ansi.ESC && p[i+1] == '\\':
			return i + 2, noKey
		case b < ' ':
			return i, noKey
		}
	}
	return i, unfinished
}
