package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// Measures that are agreed on at 提出整改意见 are lines of the ledger: for which
// problem, what is done, who is responsible, until when.

var rectificationView = itemView{
	longings: unheard,
	details: func(a *App, f *flow) {
		own := a.flow()
		for _, l := range a.s.Ledger() {
			own.say(draw.Plain, a.words.Measure.Line.of(l.No, a.words.responsible(a.s, l.Of), draw.Clean(l.Measure), a.words.term(l.Due)))
		}
		f.add(narrow(own.blocks))
	},
}

// responsible names who is responsible for a line.
func (w *Words) responsible(s *meeting.State, of meeting.MemberID) string {
	if of == "" {
		return w.term(string(meeting.LevelCommittee))
	}
	return nameOf(s, of)
}

// measureChoice writes down a measure.
func measureChoice(a *App) choice {
	why := a.words.Say(a.s.During(preset.Rectification))
	if why == "" {
		why = a.words.why(a.s, a.Who, meeting.ActLedger)
	}
	return choice{label: a.words.Measure.Add, why: why, do: addMeasure}
}

// addMeasure asks for the problem, the measure, the person and the time.
func addMeasure(a *App) tea.Cmd {
	w := a.words.Measure
	return a.prompt(w.Problem, w.ProblemHint, shortText, func(a *App, problem string) tea.Cmd {
		if problem == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return a.prompt(w.What, draw.Clean(problem), shortText, func(a *App, measure string) tea.Cmd {
			if measure == "" {
				a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
				return nil
			}
			return measureBy(a, map[string]string{"problem": problem, "measure": measure})
		})
	})
}

// measureBy asks who is responsible for a measure.
func measureBy(a *App, values map[string]string) tea.Cmd {
	by := func(level meeting.Level, id meeting.MemberID) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd {
			values["level"], values["member"] = string(level), string(id)
			return measureUntil(a, values)
		}
	}
	return a.push(&menu{title: a.words.Measure.Who, opened: true, people: true, choices: func(a *App) []choice {
		list := []choice{{label: a.words.term(string(meeting.LevelCommittee)), do: by(meeting.LevelCommittee, "")}}
		for _, m := range a.s.Roster {
			if m.InParty() {
				list = append(list, a.person(m.ID, "", by(meeting.LevelMember, m.ID)))
			}
		}
		return list
	}})
}

// measureUntil asks until when a measure is carried out, and writes it into the
// ledger.
func measureUntil(a *App, values map[string]string) tea.Cmd {
	w := a.words.Measure
	write := func(a *App, due string, depth int) tea.Cmd {
		values["due"] = due
		return a.hand(meeting.WriteRecord{Form: "ledger", Values: values}, "", depth, w.Done)
	}
	return a.push(&menu{title: w.Until, opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, due := range []string{meeting.DueNow, meeting.DueAlways} {
			list = append(list, choice{label: a.words.term(due), do: func(a *App) tea.Cmd { return write(a, due, 4) }})
		}
		return append(list, choice{label: w.Day, do: func(a *App) tea.Cmd {
			today := a.Room.Now().In(a.s.Branch.Location()).Format(time.DateOnly)
			return a.prompt(w.Day, a.words.Recess.DayHint.of(today), len(time.DateOnly), func(a *App, day string) tea.Cmd { return write(a, day, 5) })
		}})
	}})
}
