package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// recordChoices are what whoever keeps the minutes does: notes, words of
// others, shows of hands.
func recordChoices(a *App) []choice {
	if codeOf(meeting.May(a.s, a.Who, meeting.ActNote)) == meeting.RecorderOnly {
		return nil
	}
	no := a.words.why(a.s, a.Who, meeting.ActNote)
	return []choice{
		{label: a.words.Record.WriteMinutes, key: "n", why: no, do: writeNote},
		{label: a.words.Record.ForOthers, key: "d", why: no, do: pickRecord},
		{label: a.words.Record.ShowOfHands, key: "h", why: no, do: writeResolution},
	}
}

func writeNote(a *App) tea.Cmd {
	what := fmt.Sprint("note ", a.s.Current)
	return a.compose(a.words.Record.MinutesTitle.of(a.words.itemTitle(a.s)), a.words.Record.MinutesHint, what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.TakeNote{Text: text}, what, 1, a.words.Record.MinutesDone)
	})
}

// pickRecord chooses what to write down for somebody else.
func pickRecord(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Record.WhatTitle, opened: true, choices: func(a *App) []choice {
		during := func(kind string) string {
			if at(a.s, kind) {
				return ""
			}
			return a.words.Say(&meeting.Refusal{Code: meeting.WrongItem, Args: []string{a.words.ItemKindTitle(kind)}})
		}
		self := func(from meeting.MemberID, text string) meeting.Command {
			return meeting.CriticiseSelf{From: from, Text: text}
		}
		respond := func(from meeting.MemberID, text string) meeting.Command {
			return meeting.Respond{From: from, Text: text}
		}
		return []choice{
			{label: a.words.Record.Criticism, why: during(preset.Criticism), do: recordCriticism},
			{label: a.words.Record.SelfCriticism, why: during(preset.Criticism), do: func(a *App) tea.Cmd { return recordSpeech(a, a.words.Record.SelfCriticism, self) }},
			{label: a.words.Record.Response, why: during(preset.Criticism), do: func(a *App) tea.Cmd { return recordSpeech(a, a.words.Record.Response, respond) }},
			{label: a.words.Record.SelfRating, why: during(preset.SelfRating), do: recordSelfRating},
		}
	}})
}

// participant opens a choice among those who take part, without except.
func (a *App) participant(title string, except []meeting.MemberID, do func(a *App, id meeting.MemberID) tea.Cmd) tea.Cmd {
	return a.push(&menu{title: title, opened: true, people: true, choices: func(a *App) []choice {
		var list []choice
		for _, id := range a.s.Participants() {
			if slices.Contains(except, id) {
				continue
			}
			note := ""
			if !a.s.Attendance[id].Present {
				note = a.words.Record.InWriting
			}
			list = append(list, a.person(id, note, func(a *App) tea.Cmd { return do(a, id) }))
		}
		return list
	}})
}

func recordSpeech(a *App, kind string, build func(meeting.MemberID, string) meeting.Command) tea.Cmd {
	return a.participant(a.words.Record.SpeechWho.of(kind), nil, func(a *App, id meeting.MemberID) tea.Cmd {
		what := "record " + kind + " " + string(id)
		return a.compose(a.words.Record.SpeechTitle.of(a.name(id), kind), "", what, func(a *App, text string) tea.Cmd {
			return a.hand(build(id, text), what, 3, a.words.Record.SpeechDone.of(a.name(id), kind))
		})
	})
}

func recordCriticism(a *App) tea.Cmd {
	if of := a.s.Subject; of != "" {
		return recordCriticismOf(a, of, 3)
	}
	return a.participant(a.words.Record.CriticismOfWhom, nil, func(a *App, of meeting.MemberID) tea.Cmd {
		return recordCriticismOf(a, of, 4)
	})
}

// recordCriticismOf chooses the critic and opens the text, which then closes
// depth layers.
func recordCriticismOf(a *App, of meeting.MemberID, depth int) tea.Cmd {
	return a.participant(a.words.Record.CriticismByWhom.of(a.name(of)), []meeting.MemberID{of}, func(a *App, from meeting.MemberID) tea.Cmd {
		what := "record criticism " + string(from) + " " + string(of)
		title := a.words.Record.CriticismTitle.of(a.name(from), a.name(of))
		return a.compose(title, "", what, func(a *App, text string) tea.Cmd {
			return a.hand(meeting.Criticise{From: from, Of: of, Text: text}, what, depth, a.words.Record.CriticismDone.of(title))
		})
	})
}

func recordSelfRating(a *App) tea.Cmd {
	return a.participant(a.words.Record.SelfRatingWho, nil, func(a *App, id meeting.MemberID) tea.Cmd {
		return a.push(&menu{title: a.words.Record.SelfRatingTitle.of(a.name(id)), opened: true, choices: func(a *App) []choice {
			var list []choice
			for _, g := range a.s.Rules.Grades {
				list = append(list, choice{label: a.words.term(g), do: func(a *App) tea.Cmd {
					c := meeting.RateSelf{ID: id, Grade: meeting.Grade(g)}
					return a.hand(c, "", 1, a.words.Record.SelfRatingDone.of(a.name(id)))
				}})
			}
			return list
		}})
	})
}

// writeResolution records an open vote: its text, then the hands.
func writeResolution(a *App) tea.Cmd {
	return a.prompt(a.words.Record.ResolutionTitle, a.words.Record.ResolutionHint, 500, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return a.push(a.words.newHands(a.s, Clean(text), func(a *App, h meeting.Hands) tea.Cmd {
			return a.hand(meeting.Resolve{Text: text, Hands: h}, "", 2, a.words.Record.ResolutionDone)
		}))
	})
}
