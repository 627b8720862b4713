package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	letters "unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// readText reads csv in the encodings and with the separators that spreadsheet
// programs write in China.
func readText(data []byte) ([]Table, *Fault) {
	text := decode(data)
	if i := strings.IndexByte(text, 0); i >= 0 {
		return nil, &Fault{Row: line(text, i), Code: NulByte}
	}
	if i := strings.IndexRune(text, utf8.RuneError); i >= 0 {
		return nil, &Fault{Row: line(text, i), Code: NotText}
	}
	if strings.HasPrefix(strings.TrimSpace(text), "<") {
		return nil, &Fault{Code: WebPage}
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	comma := separator(text)
	if strings.Count(text, string(comma)) > MaxRows*MaxColumns { // before a slice is made for every cell
		return nil, &Fault{Code: CellsTooMany}
	}
	t, fault := split(text, comma)
	if fault != nil || t.blank() {
		return nil, fault
	}
	return []Table{t}, nil
}

// decode returns data as UTF-8, with U+FFFD where it is no text.
func decode(data []byte) string {
	from := simplifiedchinese.GB18030
	if text, is := bareUTF16(data); is {
		return text
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		from = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	case utf8.Valid(data) && !alsoGB(data):
		return string(data)
	}
	text, err := from.NewDecoder().Bytes(data)
	if err != nil {
		return "\uFFFD"
	}
	return string(text)
}

// bareUTF16 reports whether data is UTF-16 without the mark at its beginning, as some
// programs write it: it has zeros, in one order of its bytes it is all ASCII, 汉字 and
// their signs, more ASCII than in the other, and UTF-8 only where every other byte is
// zero.
func bareUTF16(data []byte) (text string, is bool) {
	zeros := bytes.Count(data, []byte{0})
	if len(data)%2 != 0 || zeros == 0 || utf8.Valid(data) && zeros < len(data)/2 {
		return "", false
	}
	little, big := inOrder(data, unicode.LittleEndian), inOrder(data, unicode.BigEndian)
	if ascii(big) > ascii(little) {
		return big, true
	}
	return little, ascii(little) > ascii(big)
}

// inOrder returns data as UTF-16 in an order of its bytes, "" where another character
// than ASCII, 汉字 and their signs is in it.
func inOrder(data []byte, order unicode.Endianness) string {
	text, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().String(string(data))
	odd := func(r rune) bool {
		return r < ' ' && !strings.ContainsRune("\t\r\n", r) || r > '~' && r != '·' && !letters.In(r, letters.Han, signs)
	}
	if err != nil || strings.ContainsFunc(text, odd) {
		return ""
	}
	return text
}

// signs are those that stand between 汉字: general, Chinese and full-width ones.
var signs = &letters.RangeTable{R16: []letters.Range16{{Lo: 0x2010, Hi: 0x2027, Stride: 1}, {Lo: 0x3000, Hi: 0x303F, Stride: 1}, {Lo: 0xFF01, Hi: 0xFF5E, Stride: 1}}}

// ascii is how many characters of a text are ASCII.
func ascii(text string) (n int) {
	for i := range len(text) {
		if text[i] < utf8.RuneSelf {
			n++
		}
	}
	return n
}

// alsoGB reports whether what is valid UTF-8 is rather GB18030: 学习 in GBK is ѧϰ in
// UTF-8. All of it that is no ASCII are pairs of bytes that are frequent 汉字 (level 1
// of GB 2312) in one and letters in the other: two at least that are not Latin, as é
// is, since one may be a formula's α.
func alsoGB(data []byte) bool {
	foreign := 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if n > 2 || n == 2 && (data[0] < 0xB0 || data[0] > 0xD7 || data[1] < 0xA1) {
			return false
		}
		if r > lastLatin {
			foreign++
		}
		data = data[n:]
	}
	return foreign >= 2
}

// lastLatin is the last of the Latin letters and their marks in Unicode's first blocks.
const lastLatin = '\u036F'

// line returns the number of the line that byte i of text stands in.
func line(text string, i int) int { return 1 + strings.Count(text[:i], "\n") }

// separator returns the separator that is most frequent, outside quotes, in the
// first line that has one. A title above the table has none. The full-width comma
// separates where there is no other.
func separator(text string) rune {
	for l := range strings.Lines(text) {
		count := map[rune]int{}
		quoted := false
		for _, r := range l {
			if r == '"' {
				quoted = !quoted
			} else if !quoted {
				count[r]++
			}
		}
		best := ','
		for _, r := range "\t;" {
			if count[r] > count[best] {
				best = r
			}
		}
		if count[best] > 0 {
			return best
		}
	}
	if strings.ContainsRune(text, '，') { // typed with the input method left on
		return '，'
	}
	return ','
}

// split returns the records of text. A row's number is its line less the lines
// that cells of several lines took, so that it is the one that a spreadsheet
// program shows.
func split(text string, comma rune) (t Table, fault *Fault) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	for inner := 0; ; {
		cells, err := r.Read()
		var bad *csv.ParseError
		no := 0
		switch {
		case errors.Is(err, io.EOF):
			return t, nil
		case errors.As(err, &bad):
			no = bad.StartLine - inner
			if cells = withFormulas(lineOf(text, bad.StartLine), comma); cells == nil {
				return t, &Fault{Row: no, Code: QuoteOpen}
			}
		default:
			start, _ := r.FieldPos(0)
			no = start - inner
			for _, c := range cells {
				inner += strings.Count(c, "\n")
			}
		}
		if !t.put(no, cells) {
			return t, nil
		}
	}
}

// withFormulas returns the cells of a line whose quotation marks stand inside
// formulas, as in ="001"; nil if it has none.
func withFormulas(line string, comma rune) []string {
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	cells, _ := r.Read() // what can't be read at all has no formula
	for _, c := range tidy(cells) {
		if code, _ := whyRefused(c); code == Formula {
			return cells
		}
	}
	return nil
}

// lineOf returns a line of a text, counted from 1.
func lineOf(text string, no int) string {
	n := 0
	for line := range strings.Lines(text) {
		if n++; n == no {
			return line
		}
	}
	return ""
}
