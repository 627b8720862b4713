package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
)

// figures is a page of numbers, a row for each, and a last row that goes on.
type figures struct {
	title  string
	say    func(a *App, f *flow)
	labels []string
	n      []int
	last   string // text of the row that goes on
	at     int    // the chosen row
	fresh  bool   // the next digit begins the number anew
	submit func(*App) tea.Cmd
}

func (g *figures) typing() bool { return false }

func (g *figures) page(a *App) page {
	f := a.flow()
	f.title(g.title)
	g.say(a, &f)
	f.gap()
	width := 0
	for _, label := range g.labels {
		width = max(width, draw.Cells(label))
	}
	var rows []choice
	for i, label := range g.labels {
		t := g.tone(i)
		rows = append(rows, choice{label: label, cells: []cell{{label, t, width + 1, false}, {fmt.Sprint(g.n[i]), t, 5, true}}})
	}
	last := len(g.n)
	rows = append(rows, choice{label: g.last, cells: []cell{{text: g.last, tone: g.tone(last)}}})
	f.add(options{rows: rows, at: g.at, mark: unnumbered, seen: true})
	p := a.page(f)
	p.name = fmt.Sprint(g.at)
	p.input = input{kind: numberInput, rows: last, at: g.at, pick: g.move}
	return p
}

// tone marks the chosen row.
func (g *figures) tone(i int) draw.Tone {
	if i == g.at {
		return draw.Strong
	}
	return draw.Plain
}

func (g *figures) binds(a *App) []bind {
	label := a.words.Page.NextRow
	if g.at == len(g.n) {
		label = g.last
	}
	return []bind{
		on("up", a.words.Page.ChangeRow, nothing),
		on("0", a.words.Page.Digits, nothing),
		on("enter", label, nothing),
		on("esc tab b", a.words.Common.Back, shut),
	}
}

func (g *figures) press(a *App, k draw.Stroke) (tea.Cmd, bool) {
	rows := len(g.n) + 1
	number := g.at < len(g.n)
	switch {
	case k.Name == "up":
		g.move((g.at + rows - 1) % rows)
	case k.Name == "down":
		g.move((g.at + 1) % rows)
	case k.Name == "enter" && number:
		g.move(g.at + 1)
	case k.Name == "enter":
		return g.submit(a), true
	case k.Name == "backspace" && number:
		g.n[g.at] /= 10
	case k.Digit() >= 0 && number:
		if g.fresh {
			g.n[g.at] = 0
		}
		g.n[g.at], g.fresh = min(g.n[g.at]*10+k.Digit(), 9999), false
	case k.Digit() >= 0:
		a.tell(draw.Muted, a.words.Page.PickRow)
	default:
		return nil, false
	}
	return nil, true
}

// move selects a row. Its number begins anew with the next digit.
func (g *figures) move(to int) { g.at, g.fresh = to, true }
