package tui

import tea "charm.land/bubbletea/v2"

// help explains every key of the page below it, and why some do not work now.
type help struct{ of []bind }

func (h *help) typing() bool { return false }

func (h *help) page(a *App, f flow) page {
	f.title("帮助")
	f.gap()
	f.say(plain, "数字和上下键选择，Enter 确定，就能做所有的事。字母是捷径。全角的字母和数字也可以用。")
	f.gap()
	for _, b := range h.of {
		t := plain
		spans := []span{{b.Help().Desc, t}}
		if !b.Enabled() {
			spans = []span{{b.Help().Desc, muted}, {"  现在不行：" + b.why, muted}}
		}
		f.hang(span{pad(capOf(b.Help().Key), 8), strong}, spans...)
	}
	f.hang(span{pad("?", 8), strong}, span{"这一页", plain})
	f.hang(span{pad("q", 8), strong}, span{"按两次退出；会议照常进行，随时可以回来", plain})
	return a.page(f)
}

func (h *help) binds(*App) []bind {
	return []bind{
		on("esc enter tab ? b", "返回", shut),
		on("down", "往下看", func(a *App) tea.Cmd { a.scroll++; return nil }).aside(true),
		on("up", "往上看", func(a *App) tea.Cmd { a.scroll = max(0, a.scroll-1); return nil }).aside(true),
	}
}

func (h *help) press(*App, stroke) (tea.Cmd, bool) { return nil, false }
