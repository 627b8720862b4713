package tui

import (
	"strings"
	"unicode/utf8"
)

// editor is a text that somebody writes. Its cursor is the terminal's own, so
// that an input method opens its window at the right place. (The library's text
// area pushes a run of Chinese after a Latin word to the next line, and its
// paste key reads the server's clipboard.)
type editor struct {
	text   []rune
	at     int  // the cursor is before text[at]
	most   int  // characters
	single bool // one line only
	drawn  int  // width at which it was drawn last
}

// value returns the text without spaces around it.
func (e *editor) value() string { return strings.TrimSpace(string(e.text)) }

// set replaces the text and moves the cursor to its end.
func (e *editor) set(text string) {
	e.text, e.at = nil, 0
	e.insert(text)
}

// insert inserts text at the cursor, without what terminals could obey. full
// reports that some of it did not fit and was left out.
func (e *editor) insert(text string) (full bool) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text)
	fresh := make([]rune, 0, min(utf8.RuneCountInString(text), e.most))
	for _, r := range text {
		if r == '\n' && e.single {
			r = ' '
		}
		if r != '\n' && drawable(r) < 0 {
			continue
		}
		if len(e.text)+len(fresh) >= e.most {
			full = true
			break
		}
		fresh = append(fresh, r)
	}
	e.text = append(e.text[:e.at:e.at], append(fresh, e.text[e.at:]...)...)
	e.at += len(fresh)
	return full
}

// press handles the keys that move and delete. used is false for other keys.
func (e *editor) press(k stroke) (used bool) {
	width := max(2, e.drawn)
	switch k.name {
	case "left", "ctrl+b":
		e.at = max(0, e.at-1)
	case "right", "ctrl+f":
		e.at = min(len(e.text), e.at+1)
	case "up":
		e.climb(-1, width)
	case "down":
		e.climb(1, width)
	case "home", "ctrl+a":
		e.at = e.rows(width)[e.row(width)].from
	case "end", "ctrl+e":
		e.at = e.rows(width)[e.row(width)].to
	case "backspace", "ctrl+h":
		if e.at > 0 {
			e.text = append(e.text[:e.at-1:e.at-1], e.text[e.at:]...)
			e.at--
		}
	case "delete", "ctrl+d":
		if e.at < len(e.text) {
			e.text = append(e.text[:e.at:e.at], e.text[e.at+1:]...)
		}
	default:
		return false
	}
	return true
}

// stretch is the part of the text on one row of the screen.
type stretch struct{ from, to int }

// rows breaks the text at line breaks and at the width. A row always leaves
// room for the cursor after it.
func (e *editor) rows(width int) []stretch {
	var rows []stretch
	from, used := 0, 0
	for i, r := range e.text {
		w := cells(string(r))
		switch {
		case r == '\n':
			rows, from, used = append(rows, stretch{from, i}), i+1, 0
		case used+w > width-1:
			rows, from, used = append(rows, stretch{from, i}), i, w
		default:
			used += w
		}
	}
	return append(rows, stretch{from, len(e.text)})
}

// row returns the number of the row with the cursor.
func (e *editor) row(width int) int {
	rows := e.rows(width)
	for i := len(rows) - 1; i > 0; i-- {
		if e.at >= rows[i].from {
			return i
		}
	}
	return 0
}

// climb moves the cursor up or down some rows, to the same column.
func (e *editor) climb(by, width int) {
	rows, i := e.rows(width), e.row(width)
	to := i + by
	if to < 0 || to >= len(rows) {
		return
	}
	column := cells(string(e.text[rows[i].from:e.at]))
	e.at = rows[to].from
	for e.at < rows[to].to && cells(string(e.text[rows[to].from:e.at+1])) <= column {
		e.at++
	}
}

// dropLine removes the last line of a text and returns it.
func (e *editor) dropLine() string {
	text := strings.TrimSuffix(string(e.text), "\n")
	i := strings.LastIndex(text, "\n") + 1
	e.text = []rune(text[:i])
	e.at = len(e.text)
	return text[i:]
}
