package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// minutesChoices are what who keeps the minutes does: notes, words of others,
// shows of hands.
func minutesChoices(a *App) []choice {
	if codeOf(meeting.May(a.s, a.Who, meeting.ActNote)) == meeting.RecorderOnly {
		return nil
	}
	no := a.words.why(a.s, a.Who, meeting.ActNote)
	return []choice{
		{label: a.words.Minutes.WriteMinutes, key: "n", why: no, do: writeNote},
		{label: a.words.Minutes.ForOthers, key: "d", why: no, do: pickRecord},
		{label: a.words.Minutes.ShowOfHands, key: "h", why: no, do: writeResolution},
	}
}

func writeNote(a *App) tea.Cmd {
	what := fmt.Sprint("note ", a.s.Current)
	return a.compose(a.words.Minutes.MinutesTitle.of(a.words.itemTitle(a.s)), a.words.Minutes.MinutesHint, what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.TakeNote{Text: text}, what, 1, a.words.Minutes.MinutesDone)
	})
}

// pickRecord chooses what of somebody else is written down.
func pickRecord(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Minutes.WhatTitle, opened: true, choices: func(a *App) []choice {
		during := func(kind string) string { return a.words.Say(a.s.During(kind)) }
		self := func(from meeting.MemberID, text string) meeting.Command {
			return meeting.CriticiseSelf{From: from, Text: text}
		}
		respond := func(from meeting.MemberID, text string) meeting.Command {
			return meeting.Respond{From: from, Text: text}
		}
		return []choice{
			{label: a.words.Minutes.Criticism, why: during(preset.Criticism), do: recordCriticism},
			{label: a.words.Minutes.SelfCriticism, why: during(preset.Criticism), do: func(a *App) tea.Cmd { return recordSpeech(a, a.words.Minutes.SelfCriticism, self) }},
			{label: a.words.Minutes.Response, why: during(preset.Criticism), do: func(a *App) tea.Cmd { return recordSpeech(a, a.words.Minutes.Response, respond) }},
			{label: a.words.Minutes.SelfRating, why: during(preset.SelfRating), do: recordSelfRating},
		}
	}})
}

// participant chooses one of those who take part, the named ones left out.
func (a *App) participant(title string, except []meeting.MemberID, do func(a *App, id meeting.MemberID) tea.Cmd) tea.Cmd {
	return a.push(&menu{title: title, opened: true, people: true, choices: func(a *App) []choice {
		var list []choice
		for _, id := range a.s.Participants() {
			if slices.Contains(except, id) {
				continue
			}
			note := ""
			if !a.s.Attendance[id].Present {
				note = a.words.Minutes.InWriting
			}
			list = append(list, a.person(id, note, func(a *App) tea.Cmd { return do(a, id) }))
		}
		return list
	}})
}

func recordSpeech(a *App, kind string, build func(meeting.MemberID, string) meeting.Command) tea.Cmd {
	return a.participant(a.words.Minutes.SpeechWho.of(kind), nil, func(a *App, id meeting.MemberID) tea.Cmd {
		what := "record " + kind + " " + string(id)
		return a.compose(a.words.Minutes.SpeechTitle.of(a.name(id), kind), "", what, func(a *App, text string) tea.Cmd {
			return a.hand(build(id, text), what, 3, a.words.Minutes.SpeechDone.of(a.name(id), kind))
		})
	})
}

func recordCriticism(a *App) tea.Cmd {
	if of := a.s.Subject; of != "" {
		return recordCriticismOf(a, of, 3)
	}
	return a.participant(a.words.Minutes.CriticismOfWhom, nil, func(a *App, of meeting.MemberID) tea.Cmd {
		return recordCriticismOf(a, of, 4)
	})
}

// recordCriticismOf chooses the critic and writes; depth is how many layers it
// then closes.
func recordCriticismOf(a *App, of meeting.MemberID, depth int) tea.Cmd {
	return a.participant(a.words.Minutes.CriticismByWhom.of(a.name(of)), []meeting.MemberID{of}, func(a *App, from meeting.MemberID) tea.Cmd {
		what := "record criticism " + string(from) + " " + string(of)
		title := a.words.Minutes.CriticismTitle.of(a.name(from), a.name(of))
		return a.compose(title, "", what, func(a *App, text string) tea.Cmd {
			return a.hand(meeting.Criticise{From: from, Of: of, Text: text}, what, depth, a.words.Minutes.CriticismDone.of(title))
		})
	})
}

func recordSelfRating(a *App) tea.Cmd {
	return a.participant(a.words.Minutes.SelfRatingWho, nil, func(a *App, id meeting.MemberID) tea.Cmd {
		return a.push(&menu{title: a.words.Minutes.SelfRatingTitle.of(a.name(id)), opened: true, choices: func(a *App) []choice {
			var list []choice
			for _, g := range a.s.Rules.Grades {
				list = append(list, choice{label: a.words.term(g), do: func(a *App) tea.Cmd {
					c := meeting.RateSelf{ID: id, Grade: meeting.Grade(g)}
					return a.hand(c, "", 1, a.words.Minutes.SelfRatingDone.of(a.name(id)))
				}})
			}
			return list
		}})
	})
}

// writeResolution records an open vote: its text, then the hands.
func writeResolution(a *App) tea.Cmd {
	return a.prompt(a.words.Minutes.ResolutionTitle, a.words.Minutes.ResolutionHint, 500, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return a.push(a.words.newHands(a.s, draw.Clean(text), func(a *App, h meeting.Hands) tea.Cmd {
			return a.hand(meeting.Resolve{Text: text, Hands: h}, "", 2, a.words.Minutes.ResolutionDone)
		}))
	})
}
