package tui

import (
	"fmt"
	"strings"

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
	no, hands := a.words.why(a.s, a.Who, meeting.ActNote), a.words.why(a.s, a.Who, meeting.ActResolve)
	it, _ := a.s.Item()
	return []choice{
		{label: a.words.Minutes.WriteMinutes, key: "n", why: no, draft: noteDraft(it), do: writeNote},
		{label: a.words.Minutes.ForOthers, key: "d", why: no, do: pickRecord},
		{label: a.words.Minutes.ShowOfHands, key: "h", why: hands, do: writeResolution},
		{label: a.words.Minutes.More, why: no, do: openMinutes},
	}
}

// openMinutes shows what can be done about the minutes beside a note of the open
// item.
func openMinutes(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Minutes.More, opened: true, choices: func(a *App) []choice {
		no := a.words.why(a.s, a.Who, meeting.ActNote)
		return []choice{
			{label: a.words.Minutes.Draft, why: a.words.whyNoDraft(a.s), do: readDraft},
			{label: a.words.Minutes.OtherItem, why: a.words.why(a.s, a.Who, meeting.ActResolve), do: pickNotedItem},
			{label: a.words.Minutes.Correct, why: a.words.whyNoCorrection(a.s, no), do: pickCorrected},
			{label: a.words.ActionName(meeting.ActPlace), why: a.words.why(a.s, a.Who, meeting.ActPlace), do: writePlace},
		}
	}})
}

// whyNoCorrection says why no note can be corrected, "" if one can.
func (w *Words) whyNoCorrection(s *meeting.State, no string) string {
	if no == "" && len(s.Notes) == 0 {
		return w.Minutes.NothingToCorrect
	}
	return no
}

// pickNotedItem chooses an item that was opened, for a note about it.
func pickNotedItem(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Minutes.OtherItem, opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, it := range a.s.Agenda {
			if it.Times == 0 {
				continue
			}
			list = append(list, choice{label: a.words.term(it.Title), note: a.words.ItemStatusName(it.Status), draft: noteDraft(it), do: func(a *App) tea.Cmd {
				return noteAbout(a, it, meeting.TakeNote{Item: it.No}, 2)
			}})
		}
		return list
	}})
}

// pickCorrected chooses a note that is wrong. What was written stays; the
// correction stands below it.
func pickCorrected(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Minutes.AskCorrect, opened: true, choices: func(a *App) []choice {
		var list []choice
		for i, n := range a.s.Notes {
			text, _, _ := strings.Cut(draw.Clean(n.Text), "\n")
			what := fmt.Sprint("correct ", i)
			list = append(list, choice{label: text, id: fmt.Sprint(i), note: a.words.titleOf(a.s, n.Item), draft: what, do: func(a *App) tea.Cmd {
				return a.compose(a.words.Minutes.Correct, a.words.Minutes.CorrectHint.of(draw.Clean(n.Text)), what, func(a *App, text string) tea.Cmd {
					return a.hand(meeting.TakeNote{Text: text, Corrects: i + 1}, what, 2, a.words.Minutes.Corrected)
				})
			}})
		}
		return list
	}})
}

// writePlace notes where the meeting is held.
func writePlace(a *App) tea.Cmd {
	return a.prompt(a.words.ActionName(meeting.ActPlace), a.words.Minutes.PlaceHint, reasonText, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.pop(1)
			return nil
		}
		return a.hand(meeting.NotePlace{Place: text}, "", 1, a.words.Minutes.PlaceDone)
	})
}

// headless reports whether 签到 is about to be left while the head of the minutes
// lacks the place or the recorder.
func headless(s *meeting.State) bool {
	return at(s, preset.SignIn) && (s.Where() == "" || s.Recorder == "")
}

// askHead asks for what the head of the minutes lacks before do goes on. Each
// row is selected once; what is left out can be added later.
func askHead(do func(*App) tea.Cmd) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		m := &menu{title: a.words.Minutes.HeadTitle, scene: a.scene, opened: true, say: func(a *App, f *flow) {
			f.say(draw.Plain, a.words.Minutes.HeadNote)
		}}
		m.choices = func(a *App) []choice {
			var list []choice
			goesOn := a.words.Step.Next.of(a.words.nextTitle(a.s))
			if a.s.Where() == "" {
				list = append(list, choice{label: a.words.ActionName(meeting.ActPlace), do: func(a *App) tea.Cmd {
					m.chosen = a.words.Minutes.NameRecorder
					if a.s.Recorder != "" {
						m.chosen = goesOn
					}
					return writePlace(a)
				}})
			}
			if a.s.Recorder == "" {
				list = append(list, choice{label: a.words.Minutes.NameRecorder, do: func(a *App) tea.Cmd {
					m.chosen = goesOn
					return pickRecorder(a)
				}})
			}
			return append(list, choice{label: goesOn, do: func(a *App) tea.Cmd { a.pop(1); return do(a) }})
		}
		return a.push(m)
	}
}

// pickRecorder chooses who keeps the minutes, among those who are there; the
// first row leaves it open.
func pickRecorder(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Minutes.NameRecorder, opened: true, choices: func(a *App) []choice {
		list := []choice{{label: a.words.Minutes.Later, do: shut}}
		for _, m := range a.s.Roster {
			if !m.InParty() || !a.s.Attendance.Of(m.ID).Present {
				continue
			}
			c := a.person(m.ID, "", func(a *App) tea.Cmd {
				done := a.words.Console.HolderNamed.of(a.name(m.ID), a.words.SeatName(meeting.SeatRecorder))
				return a.hand(meeting.Name{ID: m.ID, Seat: meeting.SeatRecorder}, "", 1, done)
			})
			c.states = true
			list = append(list, c)
		}
		return list
	}})
}

func writeNote(a *App) tea.Cmd {
	it, _ := a.s.Item()
	return noteAbout(a, it, meeting.TakeNote{}, 1)
}

// noteDraft names the draft of a note about an item.
func noteDraft(it meeting.Item) string { return fmt.Sprint("note ", it.No-1) }

// noteAbout writes a note about an item; depth is how many layers it then
// closes.
func noteAbout(a *App, it meeting.Item, c meeting.TakeNote, depth int) tea.Cmd {
	what := noteDraft(it)
	return a.compose(a.words.Minutes.MinutesTitle.of(a.words.term(it.Title)), a.words.Minutes.MinutesHint, what, func(a *App, text string) tea.Cmd {
		c.Text = text
		return a.hand(c, what, depth, a.words.Minutes.MinutesDone)
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

// recordsFor reports whether the caller may write for a person.
func (a *App) recordsFor(id meeting.MemberID) bool { return a.s.RecordsFor(a.Who, id) }

// participant chooses one of those who take part and may be chosen. draft names
// what the next page may have as a draft, if that is a text.
func (a *App) participant(title string, may func(meeting.MemberID) bool, draft func(meeting.MemberID) string, do func(a *App, id meeting.MemberID) tea.Cmd) tea.Cmd {
	return a.push(&menu{title: title, opened: true, people: true, choices: func(a *App) []choice {
		var list []choice
		for _, id := range a.s.Participants() {
			if !may(id) {
				continue
			}
			note := ""
			if !a.s.Attendance.Of(id).Present {
				note = a.words.Minutes.InWriting
			}
			one := a.person(id, note, func(a *App) tea.Cmd { return do(a, id) })
			if draft != nil {
				one.draft = draft(id)
			}
			list = append(list, one)
		}
		return list
	}})
}

func recordSpeech(a *App, kind string, build func(meeting.MemberID, string) meeting.Command) tea.Cmd {
	draft := func(id meeting.MemberID) string { return "record " + kind + " " + string(id) }
	return a.participant(a.words.Minutes.SpeechWho.of(kind), a.recordsFor, draft, func(a *App, id meeting.MemberID) tea.Cmd {
		what := draft(id)
		return a.compose(a.words.Minutes.SpeechTitle.of(a.name(id), kind), "", what, func(a *App, text string) tea.Cmd {
			return a.hand(build(id, text), what, 3, a.words.Minutes.SpeechDone.of(a.name(id), kind))
		})
	})
}

func recordCriticism(a *App) tea.Cmd {
	if of := a.s.Subject; of != "" && a.recordsFor(of) {
		return recordCriticismOf(a, of, 3)
	}
	return a.participant(a.words.Minutes.CriticismOfWhom, a.recordsFor, nil, func(a *App, of meeting.MemberID) tea.Cmd {
		return recordCriticismOf(a, of, 4)
	})
}

// recordCriticismOf chooses the critic and writes; depth is how many layers it
// then closes.
func recordCriticismOf(a *App, of meeting.MemberID, depth int) tea.Cmd {
	together := func(id meeting.MemberID) bool { return id != of && a.s.Apart(id, of) == nil }
	draft := func(from meeting.MemberID) string { return "record criticism " + string(from) + " " + string(of) }
	return a.participant(a.words.Minutes.CriticismByWhom.of(a.name(of)), together, draft, func(a *App, from meeting.MemberID) tea.Cmd {
		what := draft(from)
		title := a.words.Minutes.CriticismTitle.of(a.name(from), a.name(of))
		return a.compose(title, "", what, func(a *App, text string) tea.Cmd {
			return a.hand(meeting.Criticise{From: from, Of: of, Text: text}, what, depth, a.words.Minutes.CriticismDone.of(title))
		})
	})
}

func recordSelfRating(a *App) tea.Cmd {
	return a.participant(a.words.Minutes.SelfRatingWho, a.recordsFor, nil, func(a *App, id meeting.MemberID) tea.Cmd {
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
