package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/paper/doc"
	"pingyi/tui/draw"
)

// turnEvery is how long each page of a scoreboard stays on the wall.
const turnEvery = 8 * second

// scoreboard is an announced result with every subject's counts, best first.
type scoreboard struct {
	words *Words
	heads []string // headings of the numbers: 优秀 with its base first, 弃权 last
	rows  []score
	best  string // 优秀
	names int    // the width of names
	cap   int    // the largest number of 优秀
	tied  bool   // the votes are equal on both sides of the cap's line
	turn  int    // counts the turns of the pages
}

// score is a subject's row.
type score struct {
	name string
	meeting.Histogram
}

// scoreboardOf returns the board of a vote whose counts are all announced.
func (w *Words) scoreboardOf(s *meeting.State, now time.Time) scoreboard {
	b := scoreboard{words: w, best: w.term(string(s.Excellent())), names: 6, cap: s.Cap().Cap}
	b.turn = int(now.Unix() / int64(turnEvery/second))
	b.heads = append(b.heads, w.Wall.Share.of(b.best))
	for _, g := range s.Rules.Grades[1:] {
		b.heads = append(b.heads, w.term(g))
	}
	b.heads = append(b.heads, w.Common.Abstain)
	for _, id := range s.ByVotes() {
		if h, no := s.Histogram(id); no == nil {
			b.rows = append(b.rows, score{subjectOf(s, id), h})
			b.names = max(b.names, min(16, draw.Cells(subjectOf(s, id))))
		}
	}
	if k := b.cap; k > 0 && k < len(b.rows) {
		b.tied = slices.Equal(b.rows[k-1].Counts, b.rows[k].Counts)
	}
	return b
}

// set lays the board out: in one column; in two, if that is too long and the
// wall is wide; in pages, if it is still too long.
func (b scoreboard) set(width, height int) []draw.Line {
	const gutter = 4
	room := max(1, height-2) // without the headings and the page's number
	columns, wide, beside := b.columns(width, room), width, 1
	if half := (width - gutter) / 2; len(columns) > 1 && b.barWidth(half) > 0 {
		columns, wide, beside = b.columns(half, room), half, 2
	}
	pages := (len(columns) + beside - 1) / beside
	if pages == 0 {
		return nil
	}
	page := b.turn % pages
	lines := draw.SideBySide(columns[page*beside:min(len(columns), (page+1)*beside)], wide, gutter)
	if pages > 1 {
		lines = append(lines, draw.Centred(draw.Line{{Text: b.words.Wall.PageNo.of(page+1, pages), Tone: draw.Plain}}, width))
	}
	return lines
}

// columns packs the rows into columns of a height, each with its headings. If
// all rows fit with a gap between them they get one. Two columns are as short
// as they can be.
func (b scoreboard) columns(width, height int) [][]draw.Line {
	var head []draw.Line
	if width >= b.least() {
		head = []draw.Line{b.headings(width)}
		if c := pack(b.entries(width, []draw.Line{nil}), height, append(head, nil)); len(c) == 1 {
			return c
		}
	}
	entries := b.entries(width, nil)
	list := pack(entries, height, head)
	for shorter := list; height > 0 && len(list) == 2 && len(shorter) == 2; height-- {
		list, shorter = shorter, pack(entries, height, head)
	}
	return list
}

// pack packs entries into columns of a height, each below a head.
func pack(entries [][]draw.Line, height int, head []draw.Line) [][]draw.Line {
	var list [][]draw.Line
	for i, e := range entries {
		last := len(list) - 1
		if i == 0 || len(list[last])+len(e) > height+1 {
			list, last = append(list, slices.Clone(head)), last+1
		}
		list[last] = append(list[last], e...)
	}
	return list
}

// entries returns the rows, each followed by air, and the cap's line after the
// last row for which there is a place.
func (b scoreboard) entries(width int, air []draw.Line) [][]draw.Line {
	list := make([][]draw.Line, len(b.rows))
	ruled := append([]draw.Line{b.capLine(width)}, air...)
	for i, r := range b.rows {
		list[i] = append(b.row(i, r, width), air...)
		if i+1 == min(b.cap, len(b.rows)) {
			list[i] = append(list[i], ruled...)
		}
	}
	if b.cap == 0 && len(list) > 0 {
		list[0] = append(ruled, list[0]...)
	}
	return list
}

// capLine is the ruled line below which the cap has no place for 优秀.
func (b scoreboard) capLine(width int) draw.Line {
	text := "-- " + b.capText() + " "
	return draw.Line{{Text: text + strings.Repeat("-", max(0, width-draw.Cells(text))), Tone: draw.Accent}}.Cut(width)
}

// capText says what the cap's line means.
func (b scoreboard) capText() string {
	if b.tied {
		return b.words.Wall.CapTied.of(b.cap)
	}
	return b.words.Wall.CapLine.of(b.cap)
}

// share is how many of the ballots called a subject 优秀.
func (b scoreboard) share(r score) string {
	return doc.Ratio{Count: r.Counts[0], Base: r.Ballots}.String()
}

// row returns a subject's line of the table, or a few lines where one is too
// narrow.
func (b scoreboard) row(i int, r score, width int) []draw.Line {
	ratio := fmt.Sprintf("%d/%d %6s", r.Counts[0], r.Ballots, b.share(r))
	rank := fmt.Sprintf("%2d ", i+1)
	others := append(slices.Clone(r.Counts[1:]), r.Abstain)
	if width < b.least() {
		first := draw.Line{{Text: rank, Tone: draw.Muted}, {Text: r.name, Tone: draw.Strong}, {Text: "  " + b.best + " " + ratio, Tone: draw.Strong}}
		text := ""
		for j, n := range others {
			text += fmt.Sprintf("%s %d  ", draw.Whole(b.heads[j+1]), n)
		}
		return append([]draw.Line{first.Cut(width)}, draw.Wrap(draw.Line{{Text: text, Tone: draw.Plain}}, width)...)
	}
	l := draw.Line{{Text: rank, Tone: draw.Muted}, {Text: draw.Pad(r.name, b.names), Tone: draw.Strong}, {Text: "  ", Tone: draw.Plain}}
	if n := b.barWidth(width); n > 0 {
		l = append(append(l, draw.Bar(r.Counts[0], max(1, r.Ballots), n)...), draw.Span{Text: "  ", Tone: draw.Plain})
	}
	l = append(l, draw.Span{Text: draw.Flush(ratio, b.ratioWidth()), Tone: draw.Strong})
	for j, n := range others {
		l = append(l, draw.Span{Text: "  " + draw.Flush(fmt.Sprint(n), draw.Cells(b.heads[j+1])), Tone: draw.Plain})
	}
	return []draw.Line{l}
}

// headings returns the line above the numbers of a table.
func (b scoreboard) headings(width int) draw.Line {
	text := draw.Flush(b.heads[0], b.ratioWidth())
	for _, h := range b.heads[1:] {
		text += "  " + h
	}
	table := b.least()
	if n := b.barWidth(width); n > 0 {
		table += n + 2
	}
	return draw.Line{{Text: draw.Flush(text, table), Tone: draw.Muted}}
}

func (b scoreboard) ratioWidth() int { return max(draw.Cells(b.heads[0]), len("100/100 100.0%")) }

// least returns the width of the table without bars.
func (b scoreboard) least() int {
	n := len("99 ") + b.names + 2 + b.ratioWidth()
	for _, h := range b.heads[1:] {
		n += 2 + draw.Cells(h)
	}
	return n
}

// barWidth returns the room for a bar, 0 if it is too little to compare bars.
func (b scoreboard) barWidth(width int) int {
	if n := width - b.least() - 2; n >= 6 {
		return min(n, 80)
	}
	return 0
}
