package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/paper"
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
	var blanks []paper.Blank
	n := -1 // of which moment they are
	return a.read(a.words.Inspection.Title, func(a *App, f *flow) {
		if now := a.s.Chronicle.Len(); now != n {
			blanks, n = paper.Blanks(a.s), now
		}
		list := a.s.Inspect(a.today())
		if len(list)+len(blanks) == 0 {
			f.say(draw.Plain, f.words.Inspection.None)
		}
		inspectionSays(f, list)
		for _, b := range blanks {
			f.say(draw.Plain, f.words.SayBlank(b))
		}
	})
}

// SayBlank names the places of a paper that are left blank.
func (w *Words) SayBlank(b paper.Blank) string {
	return w.Inspection.Says.of(w.ArchiveName(b.Paper), w.SayBlankAlone(b))
}

// SayBlankAlone says it without the paper's name.
func (w *Words) SayBlankAlone(b paper.Blank) string {
	return w.Inspection.Blank.of(draw.Clean(strings.Join(b.Fields, w.Happening.NameSep)))
}

// inspectionSays lists flaws, what must be mended first.
func inspectionSays(f *flow, list []meeting.Flaw) {
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
