package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// queueChoice changes the order of those who wait for the floor.
func queueChoice(a *App) choice {
	return choice{label: a.words.ActionName(meeting.ActQueue), why: a.words.why(a.s, a.Who, meeting.ActQueue), do: pickQueued}
}

// pickQueued chooses somebody who waits for the floor.
func pickQueued(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.ActionName(meeting.ActQueue), opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, id := range a.s.Floor.Queue {
			list = append(list, a.person(id, "", func(a *App) tea.Cmd { return placeQueued(a, id) }))
		}
		return list
	}})
}

// placeQueued puts somebody at another place in the queue, or takes them out.
func placeQueued(a *App, id meeting.MemberID) tea.Cmd {
	return a.push(&menu{title: a.name(id), opened: true, choices: func(a *App) []choice {
		w, place, n := a.words.Floor, slices.Index(a.s.Floor.Queue, id)+1, len(a.s.Floor.Queue)
		to := func(label string, place int, possible bool) choice {
			c := choice{label: label, do: func(a *App) tea.Cmd {
				return a.hand(meeting.MoveInQueue{ID: id, To: place}, "", 1, w.Moved.of(a.name(id)))
			}}
			if !possible {
				c.why = w.AtEnd
			}
			return c
		}
		return []choice{
			to(w.First, 1, place > 1), to(w.Up, max(1, place-1), place > 1), to(w.Down, min(n, place+1), place < n),
			{label: w.Out, do: func(a *App) tea.Cmd {
				return a.hand(meeting.MoveInQueue{ID: id}, "", 1, w.Gone.of(a.name(id)))
			}},
		}
	}})
}
