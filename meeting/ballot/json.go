package ballot

import (
	"bytes"
	"math"
	"strconv"
)

// Belenios hashes its records as JSON texts, so there is one right way to write each of them: fields in the order of
// the specification, no spaces, strings with the fewest escapes. Records are therefore written by appending and read
// by a scanner that accepts exactly what would be written.

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string, escaped as belenios-tool does. s is valid UTF-8.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\b':
			dst = append(dst, `\b`...)
		case c == '\f':
			dst = append(dst, `\f`...)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c < 0x20 || c == 0x7f:
			dst = append(dst, `\u00`...)
			dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// appendList appends a JSON array.
func appendList[T any](dst []byte, items []T, each func([]byte, T) []byte) []byte {
	dst = append(dst, '[')
	for i, item := range items {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = each(dst, item)
	}
	return append(dst, ']')
}

func appendPoint(dst []byte, p point) []byte {
	dst = append(dst, '"')
	dst = p.appendText(dst)
	return append(dst, '"')
}

func appendScalar(dst []byte, s scalar) []byte {
	dst = append(dst, '"')
	dst = s.appendDecimal(dst)
	return append(dst, '"')
}

// A scanner reads one record from the front. After the first error it reads nothing more.
type scanner struct {
	g    Group
	data []byte
	pos  int
	err  error
}

func (s *scanner) fail(c Code) {
	if s.err == nil {
		s.err = refuse(c, "offset %d", s.pos)
	}
}

// accept reads the literal if it comes next.
func (s *scanner) accept(literal string) bool {
	if s.err != nil || !bytes.HasPrefix(s.data[s.pos:], []byte(literal)) {
		return false
	}
	s.pos += len(literal)
	return true
}

// expect reads the literal.
func (s *scanner) expect(literal string) {
	if s.err == nil && !s.accept(literal) {
		s.fail(Malformed)
	}
}

// end expects that nothing is left, and returns what went wrong.
func (s *scanner) end() error {
	if s.err == nil && s.pos != len(s.data) {
		s.fail(Malformed)
	}
	return s.err
}

// plain reads a JSON string without escapes: a number, a hash, an identifier.
func (s *scanner) plain() []byte {
	s.expect(`"`)
	if s.err != nil {
		return nil
	}
	n := bytes.IndexByte(s.data[s.pos:], '"')
	if n < 0 || bytes.IndexByte(s.data[s.pos:s.pos+n], '\\') >= 0 {
		s.fail(Malformed)
		return nil
	}
	text := s.data[s.pos : s.pos+n]
	s.pos += n + 1
	return text
}

// text reads a JSON string as appendString writes it.
func (s *scanner) text() string {
	if s.err != nil {
		return ""
	}
	rest := s.data[s.pos:]
	end := 1
	for end < len(rest) && rest[end] != '"' {
		if rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(rest) || rest[0] != '"' {
		s.fail(Malformed)
		return ""
	}
	if end > maxText {
		s.fail(OutOfRange)
		return ""
	}
	raw := rest[:end+1]
	value, ok := unescape(raw[1:end])
	if !ok || !bytes.Equal(appendString(nil, value), raw) {
		s.fail(Malformed)
		return ""
	}
	s.pos += len(raw)
	return value
}

// unescape undoes appendString; text compares, so that only the one right escape passes.
func unescape(raw []byte) (string, bool) {
	short := map[byte]byte{'"': '"', '\\': '\\', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
	value := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			value = append(value, raw[i])
			continue
		}
		i++
		if i == len(raw) {
			return "", false
		}
		if c, ok := short[raw[i]]; ok {
			value = append(value, c)
			continue
		}
		if raw[i] != 'u' || i+5 > len(raw) {
			return "", false
		}
		c, err := strconv.ParseUint(string(raw[i+1:i+5]), 16, 8)
		if err != nil {
			return "", false
		}
		value = append(value, byte(c))
		i += 4
	}
	return string(value), bytes.Equal(bytes.ToValidUTF8(value, nil), value)
}

// integer reads a number that is not negative.
func (s *scanner) integer() int {
	if s.err != nil {
		return 0
	}
	end := s.pos
	for end < len(s.data) && s.data[end] >= '0' && s.data[end] <= '9' {
		end++
	}
	n, err := strconv.ParseInt(string(s.data[s.pos:end]), 10, 64)
	if err != nil || n > math.MaxInt32 || end > s.pos+1 && s.data[s.pos] == '0' {
		s.fail(Malformed)
		return 0
	}
	s.pos = end
	return int(n)
}

// list reads a JSON array of at most limit items.
func (s *scanner) list(limit int, each func()) {
	s.expect("[")
	if s.accept("]") {
		return
	}
	for n := 0; s.err == nil; n++ {
		if n == limit {
			s.fail(OutOfRange)
			return
		}
		each()
		if s.accept("]") {
			return
		}
		s.expect(",")
	}
}

// point reads an element; the subgroup is checked by whoever uses it.
func (s *scanner) point() point {
	text := s.plain()
	if s.err != nil {
		return nil
	}
	p, err := s.g.parsePoint(text)
	if err != nil {
		s.err = within(err, "offset %d", s.pos)
	}
	return p
}

func (s *scanner) scalar() scalar {
	text := s.plain()
	if s.err != nil {
		return scalar{}
	}
	k, err := parseScalar(s.g, text)
	if err != nil {
		s.err = within(err, "offset %d", s.pos)
	}
	return k
}
