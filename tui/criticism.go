package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// criticismChoices are what a member does in 批评与自我批评: write the words of
// their own self-criticism, of a criticism of others, of a response; read what
// was said about them.
func criticismChoices(a *App) []choice {
	if !at(a.s, preset.Criticism) {
		return nil
	}
	round, _ := a.s.Round(a.s.Subject)
	own, _ := a.s.Round(a.Who)
	var list []choice
	if a.s.Subject != "" && a.s.Subject != a.Who && round.Stage == meeting.StageCriticism {
		list = append(list, criticise(a, a.s.Subject))
	}
	self := choice{label: "写自我批评", key: "s", why: why(a.s, a.Who, meeting.ActSelfCriticise), do: writeSelfCriticism}
	respond := choice{label: "写表态", key: "r", why: why(a.s, a.Who, meeting.ActRespond), do: writeResponse}
	read := choice{label: "看给我的批评意见", note: fmt.Sprintf("%d 条", len(own.Criticisms)), key: "i", do: readOwnRound}
	if len(own.Criticisms) == 0 {
		read.why = "还没有给你的批评意见。"
	}
	other := choice{label: "对别人提批评意见", key: "c", why: why(a.s, a.Who, meeting.ActCriticise), do: pickCriticised}
	if a.s.Subject == a.Who && round.Stage != meeting.StageSelf {
		return append(list, respond, read, self, other)
	}
	if len(own.Criticisms) == 0 && respond.why == "" {
		respond.why = "还没有给你的批评意见：听到意见以后再表态。"
	}
	return append(list, self, other, read, respond)
}

func criticise(a *App, of meeting.MemberID) choice {
	return choice{label: "写对 " + a.name(of) + " 的批评意见", why: why(a.s, a.Who, meeting.ActCriticise), do: func(a *App) tea.Cmd {
		return writeCriticism(a, of)
	}}
}

func writeSelfCriticism(a *App) tea.Cmd {
	const what = "self-criticism"
	return a.compose("我的自我批评", "写要点就行：问题、表现、建议。", what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.CriticiseSelf{Text: text}, what, 1, "已提交，记入会议记录。")
	})
}

func writeCriticism(a *App, of meeting.MemberID) tea.Cmd {
	what := "criticism " + string(of)
	return a.compose("对 "+a.name(of)+" 的批评意见", "写要点就行：问题、表现、建议。", what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.Criticise{Of: of, Text: text}, what, 1, "对 "+a.name(of)+" 的批评意见已提交。")
	})
}

func writeResponse(a *App) tea.Cmd {
	const what = "response"
	return a.compose("我的表态", "对大家的意见表个态：接受什么，怎么改。", what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.Respond{Text: text}, what, 1, "已提交，记入会议记录。")
	})
}

// pickCriticised chooses whom to criticise.
func pickCriticised(a *App) tea.Cmd {
	return a.push(&menu{title: "对谁提批评意见？", opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, id := range a.s.Participants() {
			if id == a.Who {
				continue
			}
			round, _ := a.s.Round(id)
			note := ""
			if slices.Contains(round.Critics(), a.Who) {
				note = "你已提过"
			}
			list = append(list, a.person(id, note, func(a *App) tea.Cmd {
				a.pop(1)
				return writeCriticism(a, id)
			}))
		}
		return list
	}})
}

// readOwnRound shows a member what was said about them, and what they said.
func readOwnRound(a *App) tea.Cmd {
	return a.read("给我的批评意见", func(a *App, f *flow) {
		round, _ := a.s.Round(a.Who)
		speeches(f, a.s, round.Criticisms)
	})
}

func speeches(f *flow, s *meeting.State, list []meeting.Speech) {
	for i, sp := range list {
		f.say(strong, fmt.Sprintf("%d  %s", i+1, nameOf(s, sp.From)))
		if sp.Text == "" {
			f.say(muted, "口头提出，没有文字。")
		}
		for _, l := range cleanLines(sp.Text) {
			f.say(plain, l)
		}
		f.gap()
	}
}
