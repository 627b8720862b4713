package tui

import "pingyi/tui/draw"

import tea "charm.land/bubbletea/v2"

// help explains every key of the page below it, and why some do not work now.
type help struct {
	of   []bind
	note string // what else must be known about the keys; "": nothing
}

func (h *help) typing() bool { return false }

func (h *help) page(a *App) page {
	f := a.flow()
	f.title(a.words.Page.Help)
	f.gap()
	if a.tapped {
		f.say(draw.Plain, a.words.Stream.Help)
	} else {
		f.say(draw.Plain, a.words.Page.HelpIntro)
	}
	f.hint(a.words.Page.HelpLarge)
	f.gap()
	if h.note != "" {
		f.say(draw.Strong, h.note)
		f.gap()
	}
	var barred []choice
	for _, b := range h.of {
		if !b.Enabled() {
			barred = append(barred, choice{label: b.label(), key: b.key(), why: b.why})
			continue
		}
		f.add(keyRow{b.key(), []draw.Span{{Text: b.label(), Tone: draw.Plain}}})
	}
	f.add(keyRow{"?", []draw.Span{{Text: a.words.Page.HelpSelf, Tone: draw.Plain}}})
	f.add(keyRow{"q", []draw.Span{{Text: a.words.Page.HelpQuit, Tone: draw.Plain}}})
	if len(barred) > 0 {
		f.gap()
		f.say(draw.Strong, a.words.Page.NotNow.of(len(barred)))
		sayBarred(&f, barred)
	}
	p := a.page(f)
	p.reads = true
	return p
}

func (h *help) binds(a *App) []bind {
	return []bind{on("esc enter tab ? b", a.words.Common.Back, shut)}
}

func (h *help) press(*App, draw.Stroke) (tea.Cmd, bool) { return nil, false }
