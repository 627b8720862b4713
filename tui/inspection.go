package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// inspectionChoices lead whoever keeps the papers to what an inspector would find in
// them.
func inspectionChoices(a *App) []choice {
	if a.s.ReadsReady(a.Who) != nil || !a.s.KeepsPapers(a.Who) {
		return nil
	}
	return []choice{{label: a.words.Inspection.Title, id: "inspection", do: openInspection}}
}

func openInspection(a *App) tea.Cmd {
	return a.read(a.words.Inspection.Title, func(a *App, f *flow) { inspectionSays(f, a.s.Inspect()) })
}

// inspectionSays lists flaws, what must be mended first.
func inspectionSays(f *flow, list []meeting.Flaw) {
	if len(list) == 0 {
		f.say(draw.Plain, f.words.Inspection.None)
	}
	for _, red := range []bool{true, false} {
		for _, x := range list {
			if x.Red == red {
				f.say(flawTone(x), f.words.SayFlaw(x))
			}
		}
	}
}

func flawTone(x meeting.Flaw) draw.Tone {
	if x.Red {
		return draw.Warn
	}
	return draw.Plain
}

// SayFlaw says what is amiss, in which paper, and where it is mended.
func (w *Words) SayFlaw(x meeting.Flaw) string {
	return w.Inspection.Says.of(w.ArchiveName(x.Paper), w.SayFlawAlone(x))
}

// SayFlawAlone says it without the paper's name.
func (w *Words) SayFlawAlone(x meeting.Flaw) string {
	text := w.sentence(x.Code, x.Args)
	if todo := w.Readiness.Todos[x.Code]; todo != "" {
		text = strings.TrimSpace(text + w.Inspection.Sep + todo)
	}
	return text
}

// FlawLevel says how much it matters.
func (w *Words) FlawLevel(x meeting.Flaw) string {
	if x.Red {
		return w.Inspection.Must
	}
	return w.Inspection.Warn
}
