package terminal

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// NotUTF8 says that a terminal sends text in another encoding than UTF-8. It is
// read as GB18030, which contains GBK and GB2312.
type NotUTF8 struct{}

// charset is the encoding of typed text: UTF-8 or, from the first byte that is
// none to the next key that writes nothing, GB18030.
type charset struct {
	gb   bool
	seen bool // GB18030 was read, and the program was not told yet
}

// character reads the first character of p, which is none of ASCII. n is 0 if
// more bytes have to come; text is "" for what is no text. A pair of bytes that
// may be both waits for what follows, unless last says that nothing does.
func (c *charset) character(p []byte, last bool) (text string, n int) {
	if !c.gb {
		end, whole := pairs(p)
		switch {
		case !whole && !last:
			return "", 0
		case end < len(p) && whole && wrong(p[end:]):
			c.gb = true
		case end > 0:
			return string(p[:2]), 2
		case !utf8.FullRune(p):
			return "", len(p) // it broke off
		default:
			_, n := utf8.DecodeRune(p)
			return string(p[:n]), n
		}
	}
	text, n = gbCharacter(p)
	c.seen = c.seen || text != ""
	return text, n
}

// pairs returns the end of the characters of two bytes at the beginning of p,
// and whether what follows them is known.
func pairs(p []byte) (end int, known bool) {
	for end < len(p) {
		r, n := utf8.DecodeRune(p[end:])
		if n != 2 || r == utf8.RuneError {
			return end, utf8.FullRune(p[end:])
		}
		end += n
	}
	return end, false
}

// wrong reports whether p begins with what is no UTF-8.
func wrong(p []byte) bool {
	r, n := utf8.DecodeRune(p)
	return r == utf8.RuneError && n == 1
}

// gbCharacter reads the first character of p in GB18030, as [charset.character]
// does.
func gbCharacter(p []byte) (text string, n int) {
	n = 2
	if len(p) > 1 && p[1] >= '0' && p[1] <= '9' {
		n = 4
	}
	if len(p) < n {
		return "", 0
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().String(string(p[:n]))
	if r, size := utf8.DecodeRuneInString(out); err != nil || r == utf8.RuneError || size != len(out) {
		return "", 1
	}
	return out, n
}

// whole returns the text of bytes that came at once, and how many of them belong
// to whole characters.
func (c *charset) whole(p []byte) (text string, n int) {
	n = len(p) - unended(p)
	if utf8.Valid(p[:n]) {
		return string(p[:n]), n
	}
	c.seen = true
	out := make([]byte, 0, 2*len(p))
	for n = 0; n < len(p); {
		if p[n] < utf8.RuneSelf {
			out = append(out, p[n])
			n++
			continue
		}
		text, size := gbCharacter(p[n:])
		if size == 0 {
			break
		}
		out, n = append(out, text...), n+size
	}
	return string(out), n
}
