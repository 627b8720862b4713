package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// problemView has rows for everything that was found and is no problem in the
// list yet, and one on every problem that takes it over into the ledger.
func problemView() recordView {
	return recordView{rows: foundRows, page: func(a *App, r meeting.Record) []choice {
		return takenOver(a, meeting.Origin{From: meeting.FromProblem, No: r.No}, a.words.TakeOver.IntoLedger)
	}}
}

// finding is something that a problem can be taken over from.
type finding struct {
	from meeting.Origin
	text string
}

// takenOver is the row that takes something over, for who may; nothing for who
// never does.
func takenOver(a *App, from meeting.Origin, label string) []choice {
	no := a.s.MayTakeOver(a.Who, from)
	switch codeOf(no) {
	case meeting.KeepersOnly, meeting.LedgerOnly, meeting.RecordStands, meeting.NoSuchKind, meeting.OutsideMeeting:
		return nil
	}
	return []choice{{label: label, id: "take over", why: a.words.Say(no), do: func(a *App) tea.Cmd { return takeOver(a, from, 0) }}}
}

// takeOver asks and takes something over; depth is how many pages close.
func takeOver(a *App, from meeting.Origin, depth int) tea.Cmd {
	into, _ := from.Into()
	title := a.words.RecordTitle(formNamed(into))
	if a.barred(meeting.TakeOver{Origin: from}) {
		return nil
	}
	return a.ask(a.words.TakeOver.Ask.of(a.words.origin(from), title), a.words.TakeOver.Effect, a.words.TakeOver.Yes, func(a *App) tea.Cmd {
		return a.hand(meeting.TakeOver{Origin: from}, "", depth, a.words.TakeOver.Done.of(title))
	})
}

// foundRows lead to what was found of each kind and is not taken over yet.
func foundRows(a *App) []choice {
	if a.whyNot(formNamed("problem"), 0, nil) != "" {
		return nil
	}
	var list []choice
	for _, from := range []string{meeting.FromCriticism, meeting.FromOpinion, meeting.FromSelfCheck, meeting.FromRemark} {
		found := findings(a, from)
		if len(found) == 0 {
			continue
		}
		label := a.words.TakeOver.Of.of(word(a.words.TakeOver.From, from))
		list = append(list, choice{label: label, id: "from:" + from, note: a.words.Record.Count.of(len(found)), do: func(a *App) tea.Cmd {
			return a.push(&menu{title: label, opened: true, choices: func(a *App) []choice { return findingRows(a, from) }})
		}})
	}
	return list
}

func findingRows(a *App, from string) []choice {
	var list []choice
	for _, x := range findings(a, from) {
		list = append(list, choice{label: draw.Clean(fmt.Sprintf("%d  %s", x.from.No, x.text)), id: fmt.Sprint("found ", x.from.No), do: func(a *App) tea.Cmd {
			return takeOver(a, x.from, 0)
		}})
	}
	return list
}

// findings are what a person may still take over of a kind.
func findings(a *App, from string) []finding {
	var list []finding
	add := func(no int, text string) {
		x := finding{meeting.Origin{From: from, No: no}, text}
		if a.s.MayTakeOver(a.Who, x.from) == nil {
			list = append(list, x)
		}
	}
	switch from {
	case meeting.FromCriticism:
		for _, w := range a.s.Speeches(a.Who) {
			if w.ID.Kind == meeting.CriticismSpeech {
				add(w.No, a.words.Record.Says.of(a.name(w.ID.Of), w.Text))
			}
		}
	case meeting.FromOpinion:
		for _, r := range a.s.Records(a.Who, "opinion") {
			add(r.No, r.Value("text"))
		}
	case meeting.FromSelfCheck:
		r, _ := a.s.Record(a.Who, "selfcheck", 0)
		rows, _ := meeting.Rows(r.Value("problems")) // what is no table has no rows
		for i, row := range rows {
			add(i+1, row["problem"])
		}
	case meeting.FromRemark:
		for i, n := range a.s.Notes {
			if n.Item >= 1 && n.Item <= len(a.s.Agenda) && a.s.Agenda[n.Item-1].Kind == preset.Remark {
				add(i+1, n.Text)
			}
		}
	}
	return list
}

// origin says from what a record was taken over.
func (w *Words) origin(o meeting.Origin) string {
	if o.From == meeting.FromYear {
		return w.TakeOver.OfYear.of(o.No)
	}
	return w.TakeOver.Numbered.of(word(w.TakeOver.From, o.From), o.No)
}
