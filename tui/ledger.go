package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pingyi/meeting"
)

// dayText is the length of a date, as 2017-06-30.
const dayText = 10

// ledgerChoices open the 整改台账: a member's own lines, and all lines for
// those who keep it.
func ledgerChoices(a *App) []choice {
	var list []choice
	if own := a.s.LedgerOf(a.Who); len(own) > 0 {
		list = append(list, choice{label: a.words.Ledger.Mine, note: a.words.Ledger.Count.of(len(own)), do: func(a *App) tea.Cmd {
			return a.push(a.ledger(a.words.Ledger.Mine, func(a *App) []choice { return lineChoices(a, a.s.LedgerOf(a.Who)) }))
		}})
	}
	if a.s.KeepsLedger(a.Who) {
		list = append(list, wholeLedger(a))
	}
	return list
}

func wholeLedger(a *App) choice {
	note := ""
	if n := len(a.s.LedgerLines); n > 0 {
		note = a.words.Ledger.Count.of(n)
	}
	return choice{label: a.words.Ledger.Title, note: note, why: a.words.why(a.s, a.Who, meeting.ActLedger), do: func(a *App) tea.Cmd {
		return a.push(a.ledger(a.words.Ledger.Title, func(a *App) []choice {
			add := choice{label: a.words.Ledger.Add, why: a.words.why(a.s, a.Who, meeting.ActLedger), do: pickResponsible}
			return append([]choice{add}, lineChoices(a, a.s.Ledger())...)
		}))
	}}
}

func (a *App) ledger(title string, choices func(*App) []choice) *menu {
	return &menu{title: title, opened: true, choices: choices}
}

func lineChoices(a *App, lines []meeting.LedgerLine) []choice {
	var list []choice
	for _, l := range lines {
		label := fmt.Sprintf("%s  %s", a.words.responsible(a.s, l), brief(l.Problem))
		list = append(list, choice{label: label, note: a.words.progress(l), id: fmt.Sprint("line ", l.No), do: func(a *App) tea.Cmd {
			return openLine(a, l.No)
		}})
	}
	return list
}

// responsible names who is responsible for a line.
func (w *Words) responsible(s *meeting.State, l meeting.LedgerLine) string {
	if l.Of == "" {
		return w.term(string(l.Level))
	}
	return nameOf(s, l.Of)
}

// progress says how far a line has come and when it is due.
func (w *Words) progress(l meeting.LedgerLine) string {
	switch {
	case l.Closed:
		return w.Ledger.Closed
	case l.Due == "":
		return w.term(string(l.Progress))
	}
	return w.Ledger.Until.of(w.term(string(l.Progress)), w.term(l.Due))
}

// brief returns the beginning of a text, for a list.
func brief(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return ansi.Truncate(Clean(first), 30, "...")
}

// openLine shows one line of the ledger and what can be done with it.
func openLine(a *App, no int) tea.Cmd {
	line := func(a *App) meeting.LedgerLine {
		if no > len(a.s.LedgerLines) { // the state is another meeting's
			return meeting.LedgerLine{No: no, Closed: true}
		}
		return a.s.LedgerLines[no-1]
	}
	return a.push(&menu{
		title: a.words.Ledger.Line.of(no), opened: true, hidden: true,
		say: func(a *App, f *flow) {
			l := line(a)
			lineSays(f, a.s, l)
			if l.Closed {
				f.gap()
				f.say(strong, f.words.Ledger.Closed)
			}
		},
		choices: func(a *App) []choice { return changes(a, line(a)) },
	})
}

func lineSays(f *flow, s *meeting.State, l meeting.LedgerLine) {
	w := f.words.Ledger
	for _, part := range []struct{ name, text string }{
		{w.Who, f.words.responsible(s, l)},
		{w.Problem, l.Problem},
		{w.Source, f.words.term(string(l.Source))},
		{w.Measure, l.Measure},
		{w.Goal, l.Goal},
		{w.Helper, l.Helper},
		{w.Due, f.words.term(l.Due)},
		{w.Progress, f.words.term(string(l.Progress))},
		{w.Done, l.Done},
		{w.Evidence, l.Evidence},
		{w.Acceptance, l.Acceptance},
	} {
		if part.text == "" {
			continue
		}
		for i, text := range cleanLines(part.text) {
			mark := span{part.name, muted}
			if i > 0 {
				mark.text = strings.Repeat(" ", cells(part.name))
			}
			f.hang(mark, span{text, plain})
		}
	}
}

// changes are the choices to change a line that is not closed.
func changes(a *App, l meeting.LedgerLine) []choice {
	no := a.words.why(a.s, a.Who, meeting.ActLedger)
	if l.Closed {
		no = a.words.Say(&meeting.Refusal{Code: meeting.LineClosed, Args: []string{fmt.Sprint(l.No)}})
	}
	var list []choice
	for _, p := range meeting.Progresses() {
		if p != l.Progress {
			list = append(list, choice{label: a.words.Ledger.Report.of(a.words.term(string(p))), why: no, do: func(a *App) tea.Cmd { return reportProgress(a, l, p) }})
		}
	}
	list = append(list, choice{label: a.words.Ledger.WriteEvidence, why: no, do: func(a *App) tea.Cmd {
		return rewrite(a, l.No, a.words.Ledger.WriteEvidence, l.Evidence, func(text string) meeting.LineChange { return meeting.LineChange{Evidence: &text} })
	}})
	if !a.s.KeepsLedger(a.Who) {
		return list
	}
	return append(list,
		choice{label: a.words.Ledger.WriteMeasure, why: no, do: func(a *App) tea.Cmd {
			return rewrite(a, l.No, a.words.Ledger.WriteMeasure, l.Measure, func(text string) meeting.LineChange { return meeting.LineChange{Measure: &text} })
		}},
		choice{label: a.words.Ledger.WriteDue, why: no, do: func(a *App) tea.Cmd {
			return pickDue(a, 1, func(a *App, due string, depth int) tea.Cmd {
				return a.hand(meeting.UpdateLine{No: l.No, LineChange: meeting.LineChange{Due: &due}}, "", depth, a.words.Ledger.Updated)
			})
		}},
		choice{label: a.words.Ledger.Close, why: no, do: func(a *App) tea.Cmd { return closeLine(a, l.No) }})
}

// reportProgress records how far a line has come. Without another day, done is
// today.
func reportProgress(a *App, l meeting.LedgerLine, p meeting.Progress) tea.Cmd {
	change := meeting.LineChange{Progress: &p}
	if today := a.Room.Now().Format(time.DateOnly); p == meeting.ProgressDone && l.Done == "" {
		change.Done = &today
	}
	return a.act(meeting.UpdateLine{No: l.No, LineChange: change}, a.words.Ledger.Updated)
}

// rewrite changes a text of a line.
func rewrite(a *App, no int, title, text string, change func(string) meeting.LineChange) tea.Cmd {
	what := fmt.Sprintf("line %d %s", no, title)
	cmd := a.compose(title, "", what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.UpdateLine{No: no, LineChange: change(text)}, what, 1, a.words.Ledger.Updated)
	})
	a.startFrom(text, "")
	return cmd
}

func closeLine(a *App, no int) tea.Cmd {
	return a.prompt(a.words.Ledger.Close, a.words.Ledger.CloseHint, shortText, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return a.ask(a.words.Ledger.AskClose.of(no), a.words.Ledger.CloseNote.of(Clean(text)), a.words.Ledger.YesClose, func(a *App) tea.Cmd {
			return a.hand(meeting.CloseLine{No: no, Acceptance: text}, "", 1, a.words.Ledger.Struck)
		})
	})
}

// A new line is asked for question by question: who, source, problem, measure,
// due date. Esc goes back to the question before.

func pickResponsible(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Ledger.AskWho, opened: true, choices: func(a *App) []choice {
		list := []choice{{label: a.words.Ledger.OfCommittee, do: func(a *App) tea.Cmd {
			return pickSource(a, meeting.AddLine{Level: meeting.LevelCommittee})
		}}}
		for _, m := range a.s.Roster {
			if m.InParty() {
				list = append(list, a.person(m.ID, "", func(a *App) tea.Cmd {
					return pickSource(a, meeting.AddLine{Level: meeting.LevelMember, Of: m.ID})
				}))
			}
		}
		return list
	}})
}

func pickSource(a *App, l meeting.AddLine) tea.Cmd {
	return a.push(&menu{title: a.words.Ledger.AskSource, opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, s := range meeting.Sources() {
			list = append(list, choice{label: a.words.term(string(s)), do: func(a *App) tea.Cmd {
				l.Source = s
				return writeProblem(a, l)
			}})
		}
		return list
	}})
}

func writeProblem(a *App, l meeting.AddLine) tea.Cmd {
	return a.prompt(a.words.Ledger.AskProblem, a.words.Ledger.ProblemHint, longText, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		l.Problem = text
		return a.prompt(a.words.Ledger.AskMeasure, a.words.Ledger.MeasureHint, longText, func(a *App, text string) tea.Cmd {
			l.Measure = text
			return pickDue(a, 5, func(a *App, due string, depth int) tea.Cmd {
				l.Due = due
				return a.hand(l, "", depth, a.words.Ledger.Added)
			})
		})
	})
}

// pickDue asks for the due date. The answer closes depth layers, one more where
// a date was typed.
func pickDue(a *App, depth int, do func(a *App, due string, depth int) tea.Cmd) tea.Cmd {
	return a.push(&menu{title: a.words.Ledger.AskDue, opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, due := range []string{meeting.DueNow, meeting.DueAlways} {
			list = append(list, choice{label: a.words.term(due), do: func(a *App) tea.Cmd { return do(a, due, depth) }})
		}
		return append(list,
			choice{label: a.words.Ledger.WriteDay, do: func(a *App) tea.Cmd {
				return a.prompt(a.words.Ledger.AskDue, a.words.Ledger.DayHint, dayText, func(a *App, day string) tea.Cmd {
					return do(a, day, depth+1)
				})
			}},
			choice{label: a.words.Ledger.NoDay, do: func(a *App) tea.Cmd { return do(a, "", depth) }})
	}})
}
