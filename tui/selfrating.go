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
			note = "你的自评，可以改"
		}
		list = append(list, choice{label: Clean(g), note: note, do: func(a *App) tea.Cmd {
			return a.act(meeting.RateSelf{Grade: grade}, "自评已记下："+Clean(g)+"。这一项结束前可以改。")
		}})
	}
	return list
}
