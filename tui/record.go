package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// recordChoices are what who keeps the minutes does: notes, words of others,
// shows of hands.
func recordChoices(a *App) []choice {
	if codeOf(meeting.May(a.s, a.Who, meeting.ActNote)) == meeting.RecorderOnly {
		return nil
	}
	no := why(a.s, a.Who, meeting.ActNote)
	return []choice{
		{label: "写会议记录", key: "n", why: no, do: writeNote},
		{label: "代人记录发言", key: "d", why: no, do: pickRecord},
		{label: "记举手表决", key: "h", why: no, do: writeResolution},
	}
}

func writeNote(a *App) tea.Cmd {
	what := fmt.Sprint("note ", a.s.Current)
	return a.compose("会议记录："+itemTitle(a.s), "记下这一项的要点。", what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.TakeNote{Text: text}, what, 1, "已记入会议记录。")
	})
}

// pickRecord chooses what of somebody else is written down.
func pickRecord(a *App) tea.Cmd {
	return a.push(&menu{title: "代人记录什么？", opened: true, choices: func(a *App) []choice {
		during := func(kind string) string {
			if at(a.s, kind) {
				return ""
			}
			return Say(&meeting.Refusal{Code: meeting.WrongItem, Args: []string{ItemKindTitle(kind)}})
		}
		self := func(from meeting.MemberID, text string) meeting.Command {
			return meeting.CriticiseSelf{From: from, Text: text}
		}
		respond := func(from meeting.MemberID, text string) meeting.Command {
			return meeting.Respond{From: from, Text: text}
		}
		return []choice{
			{label: "批评意见", why: during(preset.Criticism), do: recordCriticism},
			{label: "自我批评", why: during(preset.Criticism), do: func(a *App) tea.Cmd { return recordSpeech(a, "自我批评", self) }},
			{label: "表态", why: during(preset.Criticism), do: func(a *App) tea.Cmd { return recordSpeech(a, "表态", respond) }},
			{label: "个人自评", why: during(preset.SelfRating), do: recordSelfRating},
		}
	}})
}

// participant chooses one of those who take part, the named ones left out.
func (a *App) participant(title string, except []meeting.MemberID, do func(a *App, id meeting.MemberID) tea.Cmd) tea.Cmd {
	return a.push(&menu{title: title, opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, id := range a.s.Participants() {
			if slices.Contains(except, id) {
				continue
			}
			note := ""
			if !a.s.Attendance[id].Present {
				note = "书面"
			}
			list = append(list, a.person(id, note, func(a *App) tea.Cmd { return do(a, id) }))
		}
		return list
	}})
}

func recordSpeech(a *App, kind string, build func(meeting.MemberID, string) meeting.Command) tea.Cmd {
	return a.participant("记谁的"+kind+"？", nil, func(a *App, id meeting.MemberID) tea.Cmd {
		what := "record " + kind + " " + string(id)
		return a.compose(a.name(id)+" 的"+kind, "", what, func(a *App, text string) tea.Cmd {
			return a.hand(build(id, text), what, 3, "已记下 "+a.name(id)+" 的"+kind+"。")
		})
	})
}

func recordCriticism(a *App) tea.Cmd {
	if of := a.s.Subject; of != "" {
		return recordCriticismOf(a, of, 3)
	}
	return a.participant("记对谁的批评意见？", nil, func(a *App, of meeting.MemberID) tea.Cmd {
		return recordCriticismOf(a, of, 4)
	})
}

// recordCriticismOf chooses the critic and writes; depth is how many layers it
// then closes.
func recordCriticismOf(a *App, of meeting.MemberID, depth int) tea.Cmd {
	return a.participant("谁对 "+a.name(of)+" 提的批评意见？", []meeting.MemberID{of}, func(a *App, from meeting.MemberID) tea.Cmd {
		what := "record criticism " + string(from) + " " + string(of)
		title := a.name(from) + " 对 " + a.name(of) + " 的批评意见"
		return a.compose(title, "", what, func(a *App, text string) tea.Cmd {
			return a.hand(meeting.Criticise{From: from, Of: of, Text: text}, what, depth, "已记下"+title+"。")
		})
	})
}

func recordSelfRating(a *App) tea.Cmd {
	return a.participant("记谁的自评？", nil, func(a *App, id meeting.MemberID) tea.Cmd {
		return a.push(&menu{title: a.name(id) + " 的自评", opened: true, choices: func(a *App) []choice {
			var list []choice
			for _, g := range a.s.Rules.Grades {
				list = append(list, choice{label: Clean(g), do: func(a *App) tea.Cmd {
					c := meeting.RateSelf{ID: id, Grade: meeting.Grade(g)}
					return a.hand(c, "", 1, "已记下 "+a.name(id)+" 的自评。")
				}})
			}
			return list
		}})
	})
}

// writeResolution records an open vote: its text, then the hands.
func writeResolution(a *App) tea.Cmd {
	return a.prompt("举手表决什么？", "写下要表决的事，比如：通过整改措施。", 500, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return a.push(newHands(a.s, Clean(text), func(a *App, h meeting.Hands) tea.Cmd {
			return a.hand(meeting.Resolve{Text: text, Hands: h}, "", 2, "表决结果已记下。")
		}))
	})
}
