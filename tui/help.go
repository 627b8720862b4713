package tui

import tea "charm.land/bubbletea/v2"

// help explains every key of the page below it, and why some do not work now.
type help struct{ of []bind }

func (h *help) typing() bool { return false }

func (h *help) page(a *App) page {
	f := a.flow()
	f.title(a.words.Page.Help)
	f.gap()
	f.say(plain, a.words.Page.HelpIntro)
	f.gap()
	for _, b := range h.of {
		t := plain
		spans := []span{{b.Help().Desc, t}}
		if !b.Enabled() {
			spans = []span{{b.Help().Desc, muted}, {a.words.Page.NotNow.of(b.why), muted}}
		}
		f.add(keyRow{b.Help().Key, spans})
	}
	f.add(keyRow{"?", []span{{a.words.Page.HelpSelf, plain}}})
	f.add(keyRow{"q", []span{{a.words.Page.HelpQuit, plain}}})
	return a.page(f)
}

func (h *help) binds(a *App) []bind {
	return []bind{
		on("esc enter tab ? b", a.words.Common.Back, shut),
		on("down", a.words.Page.ScrollDown, func(a *App) tea.Cmd { a.scroll++; return nil }).aside(true),
		on("up", a.words.Page.ScrollUp, func(a *App) tea.Cmd { a.scroll = max(0, a.scroll-1); return nil }).aside(true),
	}
}

func (h *help) press(*App, stroke) (tea.Cmd, bool) { return nil, false }
