package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// SayResting says since when the meeting rests and when it goes on; "" if it
// does not rest.
func (w *Words) SayResting(s *meeting.State) string {
	now, rests := s.Resting()
	if !rests {
		return ""
	}
	return w.Recess.Resting.of(now.From.In(s.Branch.Location()).Format("01-02 15:04"), draw.Clean(now.Until))
}

// recessChoice begins a recess, or ends the one that lasts.
func recessChoice(a *App) choice {
	if _, rests := a.s.Resting(); rests {
		return choice{label: a.words.ActionName(meeting.ActResume), why: a.words.why(a.s, a.Who, meeting.ActResume), do: askResume}
	}
	return choice{label: a.words.ActionName(meeting.ActAdjourn), why: a.words.why(a.s, a.Who, meeting.ActAdjourn), do: askAdjourn}
}

// askAdjourn asks for the day on which the meeting goes on, then whether to
// begin the recess.
func askAdjourn(a *App) tea.Cmd {
	today := a.Room.Now().In(a.s.Branch.Location()).Format(time.DateOnly)
	return a.prompt(a.words.Recess.AskDay, a.words.Recess.DayHint.of(today), len(time.DateOnly), func(a *App, day string) tea.Cmd {
		text := a.words.Recess.Note.of(draw.Clean(day))
		return a.weighDoing(meeting.BeginRecess{Until: day}, a.words.Recess.Ask.of(draw.Clean(day)), text, a.words.Recess.Yes, func(a *App) tea.Cmd {
			return a.hand(meeting.BeginRecess{Until: day}, "", 1, a.words.Recess.Begun)
		})
	})
}

func askResume(a *App) tea.Cmd {
	label, question := a.words.stepWords(a.s, meeting.NextStep(a.s))
	return a.ask(a.words.Console.AskStep.of(label), question, a.words.Console.YesStep.of(label), func(a *App) tea.Cmd {
		return a.act(meeting.EndRecess{}, a.words.Recess.Ended)
	})
}
