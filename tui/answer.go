package tui

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestAnswer is the most bytes of a line that is an answer.
const longestAnswer = 64 << 10

// usualAnswer is how many bytes of a line are read at once: each session keeps as many.
const usualAnswer = 512

// answer is what somebody does on a page that was sent as data (STREAM.md).
type answer struct {
	at      string
	does    string // pick, key, text, draft, columns or quit
	pick    int
	columns int
	text    string            // of key, text and draft
	print   [sha256.Size]byte // of the line: two answers with the same are one that came twice
}

// wrong is why a line is no answer. It says so in the words of a language.
type wrong func(*streamWords) string

// arrival is a line: an answer, or why it is none.
type arrival struct {
	answer
	wrong wrong
}

// hear sends the answers of a stream until it ends, none after ctx has. A line that
// breaks off is none.
func hear(ctx context.Context, in io.Reader, answers chan<- *arrival) {
	defer close(answers)
	r := bufio.NewReaderSize(in, usualAnswer)
	for {
		line, err := lineOf(r)
		if err != nil && !errors.Is(err, errLongLine) {
			return
		}
		one := &arrival{}
		switch line = bytes.TrimRight(line, "\r\n"); {
		case err != nil:
			one.wrong = func(w *streamWords) string { return w.TooLong }
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			one.answer, one.wrong = answerOf(line)
		}
		select {
		case answers <- one:
		case <-ctx.Done():
			return
		}
	}
}

// errLongLine says that a line was too long.
var errLongLine = errors.New("tui: a line is too long")

// lineOf reads a line with its end. One that is too long is read and not kept.
func lineOf(r *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > longestAnswer; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return nil, err
		case long:
			return nil, errLongLine
		default:
			return line, nil
		}
	}
}

// answerOf reads an answer: one JSON object, each of its fields once, and of what can
// be done one thing.
func answerOf(line []byte) (answer, wrong) {
	a := answer{print: sha256.Sum256(line)}
	if !utf8.Valid(line) {
		return a, func(w *streamWords) string { return w.NotUTF8 }
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return a, notJSON
	}
	seen := map[string]bool{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return a, notJSON
		}
		value, err := d.Token()
		if err != nil {
			return a, notJSON
		}
		field, _ := name.(string)
		if seen[field] {
			return a, several
		}
		seen[field] = true
		if no := a.take(field, value); no != nil {
			return a, no
		}
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return a, notJSON
	}
	if _, err := d.Token(); err == nil {
		return a, several
	} else if !errors.Is(err, io.EOF) {
		return a, notJSON
	}
	if a.does == "" {
		return a, func(w *streamWords) string { return w.Nothing }
	}
	return a, nil
}

func notJSON(w *streamWords) string { return w.NotJSON }
func several(w *streamWords) string { return w.Several }

// take takes a field of an answer.
func (a *answer) take(field string, value json.Token) wrong {
	unknown := func(w *streamWords) string { return w.Unknown.of(short(field)) }
	text, isText := value.(string)
	if field == "at" {
		if a.at = text; !isText {
			return unknown
		}
		return nil
	}
	if a.does != "" && strings.Contains(" pick key text draft columns quit ", " "+field+" ") {
		return several
	}
	a.does = field
	switch yes, _ := value.(bool); {
	case field == "pick":
		n, ok := whole(value)
		if a.pick = n; !ok {
			return unknown
		}
	case field == "columns":
		n, ok := whole(value)
		if a.columns = n; !ok {
			return unknown
		}
	case (field == "key" || field == "text" || field == "draft") && isText:
		a.text = text
		if strings.ContainsFunc(text, controls) {
			return func(w *streamWords) string { return w.Control }
		}
	case field == "quit" && yes:
	default:
		return unknown
	}
	return nil
}

// controls reports whether a character could act on something, and is no end of a
// line or a tab, which texts have that were copied from elsewhere.
func controls(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune("\n\r\t\v\f", r) }

// whole is a whole number from 0.
func whole(value json.Token) (int, bool) {
	n, is := value.(json.Number)
	if !is || len(n) > 4 {
		return 0, false
	}
	i, err := strconv.Atoi(string(n))
	return i, err == nil && i >= 0
}

// short is a name that somebody sent, as it may be said.
func short(name string) string {
	r := []rune(name)
	return string(r[:min(len(r), 20)])
}
