package tui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// tone is the meaning of a piece of text. The theme turns it into attributes
// and colours. No meaning is carried by a tone alone.
type tone int

const (
	plain  tone = iota
	strong      // what is read first
	accent      // now, and yours
	banner      // what the page is about
	muted       // past, and explanations
	warn        // what should be known before going on
	late        // time that is over, also in cells of big type
	ink         // a dark cell of a code that machines read
	blank       // a light one
	filled      // a cell of a bar or of big type
)

// span is a run of text of one tone.
type span struct {
	text string
	tone tone
}

// line is one row of a screen.
type line []span

// text returns the line without its tones.
func (l line) text() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.text)
	}
	return b.String()
}

// width returns the number of cells that the line takes.
func (l line) width() int {
	n := 0
	for _, s := range l {
		n += cells(s.text)
	}
	return n
}

// joiner stands between characters that wrapping must not part. It is never
// drawn.
const joiner = "\u2060"

// whole returns text that wrapping does not part, above all a person's name.
func whole(text string) string {
	var b strings.Builder
	for i, r := range text {
		if i > 0 {
			b.WriteString(joiner)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// drawn returns the line without joiners.
func (l line) drawn() line {
	for i, s := range l {
		l[i].text = strings.ReplaceAll(s.text, joiner, "")
	}
	return l
}

// cells returns the number of cells that clean text takes.
func cells(text string) int { return ansi.StringWidth(text) }

// cut returns the part of the line that fits into width cells.
func (l line) cut(width int) line {
	var out line
	for _, s := range l {
		w := cells(s.text)
		if w > width {
			return append(out, span{ansi.Truncate(s.text, width, ""), s.tone})
		}
		out, width = append(out, s), width-w
	}
	return out
}

// pad returns text of exactly width cells: cut, or followed by spaces.
func pad(text string, width int) string {
	text = ansi.Truncate(text, max(0, width), "")
	return text + strings.Repeat(" ", max(0, width-cells(text)))
}

// flush returns text at the right end of n cells.
func flush(text string, n int) string { return strings.Repeat(" ", max(0, n-cells(text))) + text }

// filledUp returns the line followed by empty cells up to a width.
func (l line) filledUp(width int) line {
	l = l.cut(width)
	return append(l[:len(l):len(l)], span{strings.Repeat(" ", max(0, width-l.width())), plain})
}

// Marks that may not begin or end a line of Chinese text (避头尾).
const (
	noHead = "，。、；：？！）」』》】〉～,.;:!?)]}%"
	noTail = "（「『《【〈([{"
)

// unit is a piece that wrapping never breaks: a Latin word, a wide character
// with the punctuation that belongs to it, or a space.
type unit struct {
	spans []span
	width int
	space bool
}

// wrap breaks a paragraph into lines of at most width cells: between wide
// characters, around Latin words, with no mark at the wrong end of a line.
func wrap(paragraph line, width int) []line {
	width = max(width, 2)
	var lines []line
	var row line
	used := 0
	flush := func() { lines, row, used = append(lines, row.trimmed()), nil, 0 }
	for _, u := range units(paragraph, width) {
		if used+u.width > width && used > 0 {
			flush()
		}
		if u.space && used == 0 && len(lines) > 0 {
			continue
		}
		row, used = append(row, u.spans...), used+u.width
	}
	flush()
	return lines
}

// trimmed returns the line without spaces at its end and with equal neighbours
// joined.
func (l line) trimmed() line {
	out := l.joined()
	if n := len(out); n > 0 {
		out[n-1].text = strings.TrimRight(out[n-1].text, " ")
	}
	return out
}

// joined returns the line with neighbours of one tone made one span.
func (l line) joined() line {
	var out line
	for _, s := range l {
		if n := len(out); n > 0 && out[n-1].tone == s.tone {
			out[n-1].text += s.text
		} else {
			out = append(out, s)
		}
	}
	return out
}

// units splits a paragraph into pieces that stay on one line. A piece that is
// wider than a line is broken anywhere.
func units(paragraph line, width int) []unit {
	var list []unit
	glue := false // the next cluster belongs to the last unit
	for _, s := range paragraph {
		for rest := s.text; rest != ""; {
			cluster, w := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
			rest = rest[len(cluster):]
			if cluster == joiner {
				glue = true
				continue
			}
			u := unit{[]span{{cluster, s.tone}}, w, cluster == " "}
			n := len(list)
			if u.space && n > 0 && counts(list[n-1], rest) {
				u.space, glue = false, true // 6 位 stays together
			}
			joined := n > 0 && list[n-1].width+w <= width && (glue || !u.space && !list[n-1].space &&
				(strings.Contains(noHead, cluster) || (w < 2 && narrowEnd(list[n-1]))))
			switch {
			case joined:
				list[n-1].spans = append(list[n-1].spans, u.spans...)
				list[n-1].width += w
			case n > 0 && strings.Contains(noHead, cluster) && len(list[n-1].spans) > 1 && width >= 4:
				list = append(list, list[n-1].give(u))
			default:
				list = append(list, u)
			}
			glue = strings.Contains(noTail, cluster) || cluster == " " && !u.space
		}
	}
	return list
}

// give moves the last cluster of a full unit to the mark that follows, so that
// the mark does not begin a line.
func (u *unit) give(mark unit) unit {
	last := u.spans[len(u.spans)-1]
	u.spans = u.spans[:len(u.spans)-1]
	w := cells(last.text)
	u.width -= w
	return unit{spans: append([]span{last}, mark.spans...), width: w + mark.width}
}

// counts reports whether a unit ends in a number and the word that it counts
// follows after a space, as in 6 位.
func counts(u unit, rest string) bool {
	last := u.spans[len(u.spans)-1].text
	next, w := ansi.FirstGraphemeCluster(strings.TrimPrefix(rest, joiner), ansi.GraphemeWidth)
	return last >= "0" && last <= "9" && w == 2 && !strings.Contains(noTail, next)
}

// narrowEnd reports whether a unit ends in a character of a Latin word.
func narrowEnd(u unit) bool {
	last := u.spans[len(u.spans)-1].text
	return cells(last) < 2 && !strings.Contains(noTail, last)
}
