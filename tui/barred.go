package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/tui/draw"
)

// fold puts one row in the place of the choices that cannot be taken now. It
// leads to them.
func fold(a *App, list []choice, all func(*App) []choice) []choice {
	can := slices.DeleteFunc(slices.Clone(list), choice.barred)
	if n := len(list) - len(can); n > 0 {
		return append(can, choice{label: a.words.Page.NotNow.of(n), id: "barred", do: func(a *App) tea.Cmd {
			return a.read(a.words.Page.NotNowTitle, func(a *App, f *flow) { sayBarred(f, all(a)) })
		}})
	}
	return list
}

// barred reports whether a choice cannot be taken now.
func (c choice) barred() bool { return c.why != "" }

// sayBarred tells which choices cannot be taken now: each reason once, and
// below it what cannot be done for it.
func sayBarred(f *flow, list []choice) {
	var reasons []string
	by := map[string][]choice{}
	for _, c := range list {
		if !c.barred() {
			continue
		}
		if by[c.why] == nil {
			reasons = append(reasons, c.why)
		}
		by[c.why] = append(by[c.why], c)
	}
	for _, why := range reasons {
		f.gap()
		f.say(draw.Plain, why)
		for _, c := range by[why] {
			f.add(keyRow{c.key, []draw.Span{{Text: c.label, Tone: draw.Muted}}})
		}
	}
}
