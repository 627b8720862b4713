// Package draw makes lines of text for terminals: cells and tones, wrapping by
// the rules of Chinese, big type, bars and QR codes, lists and editors with their
// keys. It knows no meeting.
package draw

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Tone is the meaning of a piece of text. The theme turns it into attributes
// and colours. No meaning is carried by a tone alone.
type Tone int

// The tones.
const (
	Plain  Tone = iota
	Strong      // what is read first
	Accent      // now, and yours
	Banner      // what the page is about
	Muted       // past, and explanations
	Warn        // what should be known before going on
	Late        // time that is over or nearly so, also in cells of big type
	Shade       // the ground between cells of Late
	Ink         // a dark cell of a code that machines read
	blank       // a light one
	Filled      // a cell of a bar or of big type
)

// Span is a run of text of one tone.
type Span struct {
	Text string
	Tone Tone
}

// Line is one row of a screen.
type Line []Span

// Text returns the line without its tones.
func (l Line) Text() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Width returns the number of cells that the line takes.
func (l Line) Width() int {
	n := 0
	for _, s := range l {
		n += Cells(s.Text)
	}
	return n
}

// Joiner stands between characters that wrapping must not part. It is never
// drawn.
const Joiner = string(joiner)

const joiner = '\u2060'

// Whole returns text that wrapping does not part, above all a person's name.
func Whole(text string) string {
	var b strings.Builder
	b.Grow(len(text) + utf8.RuneCountInString(text)*len(Joiner))
	for i, r := range text {
		if i > 0 {
			b.WriteString(Joiner)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Drawn returns the line without joiners.
func (l Line) Drawn() Line {
	if !slices.ContainsFunc(l, func(s Span) bool { return strings.Contains(s.Text, Joiner) }) {
		return l
	}
	l = slices.Clone(l)
	for i, s := range l {
		l[i].Text = strings.ReplaceAll(s.Text, Joiner, "")
	}
	return l
}

// Cells returns the number of cells that clean text takes.
func Cells(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r >= ' ' && r < 0x7f:
			n++
		case r >= '一' && r <= '鿿', r >= '！' && r <= '～', r >= '、' && r <= '】': // nothing joins these to a cluster
			n += 2
		case r == joiner:
		default:
			return ansi.StringWidth(text)
		}
	}
	return n
}

// Cut returns the part of the line that fits into width cells.
func (l Line) Cut(width int) Line {
	var out Line
	for _, s := range l {
		w := Cells(s.Text)
		if w > width {
			return append(out, Span{ansi.Truncate(s.Text, width, ""), s.Tone})
		}
		out, width = append(out, s), width-w
	}
	return out
}

// cutMark stands where the rest of a line is cut.
const cutMark = "..."

// Short cuts a line that does not fit, with a mark.
func (l Line) Short(width int) Line {
	if l.Width() <= width {
		return l
	}
	return append(l.Cut(max(0, width-Cells(cutMark))), Span{cutMark, l[len(l)-1].Tone}).Cut(max(0, width))
}

// Pad returns text of exactly width cells: cut, or followed by spaces.
func Pad(text string, width int) string {
	used := Cells(text)
	if used > width {
		text = ansi.Truncate(text, max(0, width), "")
		used = Cells(text)
	}
	return text + strings.Repeat(" ", max(0, width-used))
}

// Flush returns text at the right end of n cells.
func Flush(text string, n int) string { return strings.Repeat(" ", max(0, n-Cells(text))) + text }

// filledUp returns the line followed by empty cells up to a width.
func (l Line) filledUp(width int) Line {
	l = l.Cut(width)
	return append(l[:len(l):len(l)], Span{strings.Repeat(" ", max(0, width-l.Width())), Plain})
}

// Marks that may not begin or end a line of Chinese text (避头尾).
const (
	noHead = "，。、；：？！）」』》】〉～,.;:!?)]}%"
	noTail = "（「『《【〈([{"
)

// unit is a piece that wrapping never breaks: a Latin word, a wide character
// with the punctuation that belongs to it, or a space.
type unit struct {
	spans []Span
	width int
	space bool
}

// Wrap breaks a paragraph into lines of at most width cells: between wide
// characters, around Latin words, with no mark at the wrong end of a line.
func Wrap(paragraph Line, width int) []Line {
	width = max(width, 2)
	if paragraph.fits(width) {
		return []Line{paragraph.whole()}
	}
	var lines []Line
	var row Line
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

// fits reports whether a paragraph surely is one line. It measures no cluster, for
// most paragraphs of a long list are short: no character takes more than two cells.
func (l Line) fits(width int) bool {
	for _, s := range l {
		for _, r := range s.Text {
			switch {
			case r < utf8.RuneSelf:
				width--
			case r != joiner:
				width -= 2
			}
		}
	}
	return width >= 0
}

// whole returns the paragraph as one line.
func (l Line) whole() Line {
	out := make(Line, 0, len(l))
	for _, s := range l {
		if s.Text = strings.ReplaceAll(s.Text, Joiner, ""); s.Text != "" {
			out = append(out, s)
		}
	}
	return out.trimmed()
}

// trimmed returns the line without spaces at its end and with equal neighbours
// joined.
func (l Line) trimmed() Line {
	out := l.joined()
	if n := len(out); n > 0 {
		out[n-1].Text = strings.TrimRight(out[n-1].Text, " ")
	}
	return out
}

// joined returns the line with neighbours of one tone made one span.
func (l Line) joined() Line {
	var out Line
	for _, s := range l {
		if n := len(out); n > 0 && out[n-1].Tone == s.Tone {
			out[n-1].Text += s.Text
		} else {
			out = append(out, s)
		}
	}
	return out
}

// units splits a paragraph into pieces that stay on one line. A piece that is
// wider than a line is broken anywhere.
func units(paragraph Line, width int) []unit {
	var list []unit
	glue := false // the next cluster belongs to the last unit
	for _, s := range paragraph {
		for rest := s.Text; rest != ""; {
			cluster, w := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
			rest = rest[len(cluster):]
			if cluster == Joiner {
				glue = true
				continue
			}
			u := unit{[]Span{{cluster, s.Tone}}, w, cluster == " "}
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
	w := Cells(last.Text)
	u.width -= w
	return unit{spans: append([]Span{last}, mark.spans...), width: w + mark.width}
}

// counts reports whether a unit ends in a number and the word that it counts
// follows after a space, as in 6 位.
func counts(u unit, rest string) bool {
	last := u.spans[len(u.spans)-1].Text
	next, w := ansi.FirstGraphemeCluster(strings.TrimPrefix(rest, Joiner), ansi.GraphemeWidth)
	return last >= "0" && last <= "9" && w == 2 && !strings.Contains(noTail, next)
}

// narrowEnd reports whether a unit ends in a character of a Latin word.
func narrowEnd(u unit) bool {
	last := u.spans[len(u.spans)-1].Text
	return Cells(last) < 2 && !strings.Contains(noTail, last)
}
