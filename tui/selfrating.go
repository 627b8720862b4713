package tui

import (
	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// selfRatingChoices are the grades among which a member rates themself; it can
// be changed while the item is open.
func selfRatingChoices(a *App) []choice {
	if !at(a.s, preset.SelfRating) || meeting.May(a.s, a.Who, meeting.ActSelfRate) != nil {
		return nil
	}
	var list []choice
	for _, g := range a.s.Rules.Grades {
		grade := meeting.Grade(g)
		note := ""
		if a.s.SelfRatings[a.Who].Grade == grade {
			note = a.words.SelfRating.Change
		}
		list = append(list, choice{label: a.words.term(g), note: note, do: func(a *App) tea.Cmd {
			return a.act(meeting.RateSelf{Grade: grade}, a.words.SelfRating.Saved.of(a.words.term(g)))
		}})
	}
	return list
}
