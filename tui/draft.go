package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/meeting/paper/doc"
	"pingyi/tui/draw"
)

// whyNoDraft says why there are no minutes to read yet.
func (w *Words) whyNoDraft(s *meeting.State) string {
	if s.Began().IsZero() {
		return w.Say(&meeting.Refusal{Code: meeting.NotBegun})
	}
	return ""
}

// readDraft shows the minutes as they would be printed now. They are made anew
// when something has happened.
func readDraft(a *App) tea.Cmd {
	var made []block
	n := -1
	return a.read(a.words.Minutes.Draft, func(a *App, f *flow) {
		if now := a.s.Chronicle.Len(); now != n {
			own := a.flow()
			written(&own, paper.Draft(a.s))
			made, n = own.blocks, now
		}
		f.blocks = append(f.blocks, made...)
	})
}

// written draws a document as text to read.
func written(f *flow, d doc.Document) {
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case doc.Heading:
			f.gap()
			f.say(draw.Strong, draw.Clean(b.Text))
		case doc.Paragraph:
			text := draw.Clean(b.Text)
			if b.Lead != "" {
				text = draw.Clean(b.Lead) + "  " + text
			}
			for l := range strings.SplitSeq(text, "\n") {
				f.say(draw.Plain, l)
			}
		case doc.Fields:
			for _, x := range b {
				f.say(draw.Plain, f.words.Common.Because.of(draw.Clean(x.Name), draw.Clean(x.Value.String())))
			}
		case doc.Table:
			table(f, b)
		}
	}
}

// table draws a table, a line for each row.
func table(f *flow, t doc.Table) {
	if t.Title != "" {
		f.say(draw.Plain, draw.Clean(t.Title))
	}
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = c.Name
	}
	f.say(draw.Muted, strings.Join(heads, "  "))
	for _, r := range t.Rows {
		cells := make([]string, len(r))
		for i, c := range r {
			cells[i] = draw.Clean(c.String())
		}
		f.say(draw.Plain, strings.Join(cells, "  "))
	}
}
