package tui

import (
	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// readinessChoice leads to the page on which one sees what is ready.
func readinessChoice(a *App) choice {
	why := ""
	if no := a.s.ReadsReady(a.Who); no != nil {
		why = a.words.Say(no)
	}
	return choice{label: a.words.Readiness.Title, id: "ready", why: why, do: openReadiness}
}

// gates are how the gates stand in one state, on a day.
type gates struct {
	state  *meeting.State
	day    string
	checks []meeting.GateCheck
}

// readiness is how ready the branch is, computed again only when the meeting has
// moved, or the day has changed.
func readiness(a *App) []meeting.GateCheck {
	if today := a.today(); a.gates.state != a.s || a.gates.day != today {
		a.gates = gates{a.s, today, a.s.Readiness(today)}
	}
	return a.gates.checks
}

// openReadiness is 会前体检: a row for each gate, with what was found where there is
// room. Below stand the clause of the selected one and what to do; Enter leads
// there.
func openReadiness(a *App) tea.Cmd {
	m := &menu{opened: true}
	m.say = func(a *App, f *flow) { f.title(a.words.ready(readiness(a))) }
	m.choices = func(a *App) []choice {
		var list []choice
		for _, c := range readiness(a) {
			list = append(list, gateChoice(a, c))
		}
		return list
	}
	m.below = func(a *App, f *flow) {
		list := readiness(a)
		if m.At >= len(list) {
			return
		}
		c := list[m.At]
		if text := a.words.SayGate(c); a.Width < normalWidth || draw.Cells(text) > min(a.Width, readingWidth+4)-gateColumn {
			f.hang(draw.Span{Text: a.words.Readiness.Found, Tone: draw.Muted}, draw.Span{Text: text, Tone: gateTone(c)})
		}
		f.hang(draw.Span{Text: a.words.Readiness.Clause, Tone: draw.Muted}, draw.Span{Text: a.words.GateClause(c.Gate), Tone: draw.Plain})
		if todo := a.words.GateTodo(c); todo != "" {
			f.hang(draw.Span{Text: a.words.Readiness.Todo, Tone: draw.Muted}, draw.Span{Text: todo, Tone: draw.Plain})
		}
	}
	return a.push(m)
}

// gateColumn is where the text of a row begins, with the margin at the right.
const gateColumn = 36

// gateChoice is a row of the page.
func gateChoice(a *App, c meeting.GateCheck) choice {
	title := a.words.Readiness.Gates[c.Gate]
	level := a.words.GateLevel(c.Level)
	if c.Reason != "" {
		level = a.words.Readiness.WithReason
	}
	do := func(a *App) tea.Cmd { return toGate(a, c) }
	cells := []cell{{text: title, tone: draw.Plain, width: 16}, {text: level, tone: gateTone(c), width: 8}}
	if a.Width >= normalWidth {
		cells = append(cells, cell{text: a.words.SayGate(c), tone: draw.Plain})
	}
	return choice{label: title, id: c.Gate, cells: cells, do: do}
}

// gateTone is how loud a line is.
func gateTone(c meeting.GateCheck) draw.Tone { return levelTone(c.Level) }

// toGate leads to where something is mended: to the records of its kind, or to
// the attendance. Elsewhere it says what to do.
func toGate(a *App, c meeting.GateCheck) tea.Cmd {
	if f := formNamed(c.Form); c.Form != "" {
		for _, row := range allRecords(a, f) {
			if row.why == "" {
				return row.do(a)
			}
		}
	}
	attends := c.Gate == "quorum" || c.Gate == "written"
	if attends && meeting.May(a.s, a.Who, meeting.ActAbsent) == nil {
		return pickAbsent(a)
	}
	if c.Gate == "guide" && meeting.May(a.s, a.Who, meeting.ActGuide) == nil && a.Above != nil {
		return pickGuide(a)
	}
	text := a.words.GateTodo(c)
	if text == "" {
		text = a.words.SayGate(c)
	}
	a.tell(draw.Muted, text)
	return nil
}

// ready says in one line how ready a branch is, "" where nothing is asked for.
func (w *Words) ready(list []meeting.GateCheck) string {
	n := map[string]int{}
	for _, c := range list {
		n[c.Level]++
	}
	switch {
	case len(list) == 0:
		return ""
	case n[preset.Red]+n[preset.Amber] == 0:
		return w.Readiness.AllGreen
	}
	return w.Readiness.Count.of(n[preset.Red], n[preset.Amber], n[meeting.Green])
}

// SayGate says what a gate has found.
func (w *Words) SayGate(c meeting.GateCheck) string {
	text := w.sentence(c.Code, c.Args)
	if c.Reason != "" {
		text += w.Readiness.PassedWith.of(draw.Clean(c.Reason))
	}
	return text
}

// GateLevel is what a level is called.
func (w *Words) GateLevel(level string) string {
	switch level {
	case preset.Red:
		return w.Readiness.Red
	case preset.Amber:
		return w.Readiness.Amber
	}
	return w.Readiness.Green
}

// GateTitle is what a gate is called.
func (w *Words) GateTitle(gate string) string { return w.Readiness.Gates[gate] }

// GateClause says where it is written that something has to be ready.
func (w *Words) GateClause(gate string) string { return w.Readiness.Clauses[gate] }

// GateTodo says what to do about what a gate has found, "" for nothing.
func (w *Words) GateTodo(c meeting.GateCheck) string {
	if c.Level == meeting.Green {
		return ""
	}
	return w.Readiness.Todos[c.Code]
}
