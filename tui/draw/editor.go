package draw

import (
	"strings"
	"unicode/utf8"
)

// Editor is a text that somebody writes. Its cursor is the terminal's own, so
// that an input method opens its window at the right place. (The library's text
// area pushes a run of Chinese after a Latin word to the next line, and its
// paste key reads the server's clipboard.)
type Editor struct {
	Text   []rune
	At     int  // the cursor is before text[at]
	Most   int  // characters
	Single bool // one line only
	Drawn  int  // width at which it was drawn last
}

// Value returns the text without spaces around it.
func (e *Editor) Value() string { return strings.TrimSpace(string(e.Text)) }

// Set replaces the text and moves the cursor to its end.
func (e *Editor) Set(text string) {
	e.Text, e.At = nil, 0
	e.Insert(text)
}

// Insert inserts text at the cursor, without what terminals could obey. full
// reports that some of it did not fit and was left out.
func (e *Editor) Insert(text string) (full bool) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(text)
	fresh := make([]rune, 0, min(utf8.RuneCountInString(text), e.Most))
	for _, r := range text {
		if r == '\n' && e.Single {
			r = ' '
		}
		if r != '\n' && DrawableRune(r) < 0 {
			continue
		}
		if len(e.Text)+len(fresh) >= e.Most {
			full = true
			break
		}
		fresh = append(fresh, r)
	}
	e.Text = append(e.Text[:e.At:e.At], append(fresh, e.Text[e.At:]...)...)
	e.At += len(fresh)
	return full
}

// Press handles the keys that move and delete. used is false for other keys.
func (e *Editor) Press(k Stroke) (used bool) {
	width := max(2, e.Drawn)
	switch k.Name {
	case "left", "ctrl+b":
		e.At = max(0, e.At-1)
	case "right", "ctrl+f":
		e.At = min(len(e.Text), e.At+1)
	case "up":
		e.climb(-1, width)
	case "down":
		e.climb(1, width)
	case "home", "ctrl+a":
		e.At = e.Rows(width)[e.Row(width)].From
	case "end", "ctrl+e":
		e.At = e.Rows(width)[e.Row(width)].To
	case "backspace":
		if e.At > 0 {
			e.Text = append(e.Text[:e.At-1:e.At-1], e.Text[e.At:]...)
			e.At--
		}
	case "delete", "ctrl+d":
		if e.At < len(e.Text) {
			e.Text = append(e.Text[:e.At:e.At], e.Text[e.At+1:]...)
		}
	default:
		return false
	}
	return true
}

// Stretch is the part of the text on one row of the screen.
type Stretch struct{ From, To int }

// Rows breaks the text at line breaks and at the width, and so that no mark
// stands at the wrong end of a row (避头尾). A row always leaves room for the
// cursor after it. Widths are those of the text as it is drawn ([Editor.Drawing]).
func (e *Editor) Rows(width int) []Stretch {
	var rows []Stretch
	from, used := 0, 0
	for i, r := range e.Text {
		w := Cells(cleanRune(r))
		switch {
		case r == '\n':
			rows, from, used = append(rows, Stretch{from, i}), i+1, 0
		case used+w > width-1:
			at := e.breakAt(from, i, width)
			rows, from, used = append(rows, Stretch{from, at}), at, Cells(e.Drawing(at, i))+w
		default:
			used += w
		}
	}
	return append(rows, Stretch{from, len(e.Text)})
}

// breakAt returns where a row that begins at from and is full at i ends: a mark
// that may not begin a line takes the character before it along, and one that
// may not end a line goes with what follows.
func (e *Editor) breakAt(from, i, width int) int {
	at := i
	if at-1 > from && strings.ContainsRune(noHead, e.Text[at]) {
		at--
	}
	if at-1 > from && strings.ContainsRune(noTail, e.Text[at-1]) {
		at--
	}
	if Cells(e.Drawing(at, i+1)) > width-1 {
		return i
	}
	return at
}

// Drawing returns a part of the text as it is drawn: cleaned like every other
// text.
func (e *Editor) Drawing(from, to int) string {
	var b strings.Builder
	for _, r := range e.Text[from:to] {
		b.WriteString(cleanRune(r))
	}
	return b.String()
}

// Row returns the number of the row with the cursor.
func (e *Editor) Row(width int) int {
	rows := e.Rows(width)
	for i := len(rows) - 1; i > 0; i-- {
		if e.At >= rows[i].From {
			return i
		}
	}
	return 0
}

// climb moves the cursor up or down some rows, to the same column.
func (e *Editor) climb(by, width int) {
	rows, i := e.Rows(width), e.Row(width)
	to := i + by
	if to < 0 || to >= len(rows) {
		return
	}
	column := Cells(e.Drawing(rows[i].From, e.At))
	e.At = rows[to].From
	for e.At < rows[to].To && Cells(e.Drawing(rows[to].From, e.At+1)) <= column {
		e.At++
	}
}

// DropLine removes the last line of a text and returns it.
func (e *Editor) DropLine() string {
	text := strings.TrimSuffix(string(e.Text), "\n")
	i := strings.LastIndex(text, "\n") + 1
	e.Text = []rune(text[:i])
	e.At = len(e.Text)
	return text[i:]
}
