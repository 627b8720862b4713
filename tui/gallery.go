package tui

import (
	"fmt"
	"strings"
	"sync"

	"pingyi/tui/draw"
)

// Gallery keeps the screens that were drawn last, so that a screen that many
// members see is drawn once. It holds only pages without anything of one
// person: no ballot, no text being written, no code. Safe for concurrent use;
// the zero value is ready.
type Gallery struct {
	mu    sync.Mutex
	views map[string]*picture
}

// galleryRoom is the number of screens that a gallery holds. When it is full it
// is emptied.
const galleryRoom = 64

// picture is a screen that is drawn by the first session that shows it.
type picture struct {
	once  sync.Once
	frame frame
	text  string
}

// see returns the screen of a key, drawn by draw if it is not in the gallery.
func (g *Gallery) see(key string, draw func() (frame, string)) (frame, string) {
	g.mu.Lock()
	p := g.views[key]
	if p == nil {
		if g.views == nil || len(g.views) >= galleryRoom {
			g.views = map[string]*picture{}
		}
		p = &picture{}
		g.views[key] = p
	}
	g.mu.Unlock()
	p.once.Do(func() { p.frame, p.text = draw() })
	return p.frame, p.text
}

// hangs reports whether the page that is seen may be in a gallery: the wall,
// and the base of somebody who follows. Layers that a person opened are theirs.
func (a *App) hangs() bool {
	if a.Gallery == nil || len(a.layers) > 1 {
		return false
	}
	switch l := a.top().(type) {
	case *projector:
		return true
	case *menu:
		return !l.secret
	}
	return false
}

// keyOf returns everything that a drawn screen depends on, but for its head,
// where its owner's name stands.
func (a *App) keyOf(l layout) string {
	var b strings.Builder
	put := func(row draw.Line) {
		for _, s := range row {
			b.WriteByte('0' + byte(s.Tone))
			b.WriteString(s.Text)
			b.WriteByte(0)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintln(&b, a.Width, a.Height, a.scroll, a.scrolled, l.body.focus, l.wide, l.body.cursor != nil, a.scheme, a.profile, a.words.Lang)
	put(draw.Line{l.said})
	for _, row := range l.body.lines {
		put(row)
	}
	for _, rows := range [][]draw.Line{l.above, l.warned, l.bottom} {
		b.WriteByte(1)
		for _, row := range rows {
			put(row)
		}
	}
	for _, k := range l.keys {
		if !k.quiet && k.Enabled() {
			b.WriteString(k.Help().Key + "\x00" + k.Help().Desc + "\x00")
		}
	}
	return b.String()
}
