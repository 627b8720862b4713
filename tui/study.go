package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// studyView is what the records of studying have of their own: they are called
// by their day and topic, a day to come is said, and behind them stands how much
// everybody has studied.
var studyView = recordView{name: studyName, warn: studyAhead, rows: studyRows}

func studyName(a *App, r meeting.Record) string {
	return strings.TrimSpace(draw.Clean(r.Value("day") + "  " + a.words.term(r.Value("form")) + "  " + r.Value("topic")))
}

// studyAhead says that the day of a study is still to come.
func studyAhead(a *App, r meeting.Record) string {
	if r.Value("day") <= a.Room.Now().Format(time.DateOnly) {
		return ""
	}
	return a.words.Record.Ahead
}

// studyRows lead to the superior's study plan, and to how much everybody has
// studied.
func studyRows(a *App) []choice { return append(planRows(a), timeRows(a)...) }

// planRows lead to what the superior wants to be studied, month by month.
func planRows(a *App) []choice {
	if a.s.Directive == nil || len(a.s.Directive.Months) == 0 {
		return nil
	}
	title := a.words.Record.StudyPlan
	return []choice{{label: title, id: "months", note: a.words.Record.Count.of(len(a.s.Directive.Months)), do: func(a *App) tea.Cmd {
		return a.read(title, func(a *App, f *flow) {
			f.say(draw.Muted, draw.Clean(a.s.Directive.Title))
			for _, m := range a.s.Directive.Months {
				text := strings.Join(m.Topics, a.words.Record.CellSep)
				if m.Hours > 0 {
					text += a.words.Record.CellSep + a.words.Record.PlanHours.of(m.Hours)
				}
				f.hang(draw.Span{Text: m.Month + "  ", Tone: draw.Muted}, draw.Span{Text: draw.Clean(text), Tone: draw.Plain})
			}
		})
	}}}
}

// timeRows lead to how much everybody has studied.
func timeRows(a *App) []choice {
	if len(a.s.Studies()) == 0 {
		return nil
	}
	title := a.words.Record.StudyTime
	return []choice{{label: title, id: "hours", note: a.studied(a.Who), do: func(a *App) tea.Cmd {
		return a.read(title, func(a *App, f *flow) {
			for _, m := range a.s.Roster {
				if m.InParty() {
					f.hang(draw.Span{Text: a.words.Record.Says.of(a.name(m.ID), ""), Tone: draw.Muted}, draw.Span{Text: a.studied(m.ID), Tone: draw.Plain})
				}
			}
		})
	}}}
}

// studied is how much somebody has studied.
func (a *App) studied(who meeting.MemberID) string {
	sum := a.s.StudyTimeOf(who)
	said := a.words.Record.Studied.of(sum.Hours.String(), sum.Sessions)
	if sum.MadeUp > 0 {
		said += a.words.Common.Comma + a.words.Record.MadeUp.of(sum.MadeUp)
	}
	return said
}
