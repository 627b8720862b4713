package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// pickAbsent chooses whose attendance is recorded: who is missing comes first.
func pickAbsent(a *App) tea.Cmd {
	m := &menu{title: "记谁的签到或缺席？", opened: true, say: func(a *App, f *flow) { f.say(plain, roll(a.s)) }}
	m.choices = func(a *App) []choice {
		people := slices.Clone(a.s.Roster)
		slices.SortStableFunc(people, func(x, y meeting.Member) int { return settled(a.s, x) - settled(a.s, y) })
		var list []choice
		for _, p := range people {
			list = append(list, a.person(p.ID, attendance(a.s, p), func(a *App) tea.Cmd {
				m.chosen = "" // once recorded, the next row is up
				return pickReason(a, p.ID)
			}))
		}
		return list
	}
	return a.push(m)
}

// settled orders people: those of whom nothing is known, the absent, the present.
func settled(s *meeting.State, m meeting.Member) int {
	switch at := s.Attendance[m.ID]; {
	case at.Present:
		return 2
	case at.Reason != "" || m.NotCounted != "":
		return 1
	}
	return 0
}

// attendance is what is known of one person's presence.
func attendance(s *meeting.State, m meeting.Member) string {
	at := s.Attendance[m.ID]
	switch {
	case at.Present:
		return "已签到"
	case at.Came():
		return "提前离开：" + Clean(at.Reason)
	case at.Reason != "" && at.Written:
		return Clean(at.Reason) + "，有书面材料"
	case at.Reason != "":
		return Clean(at.Reason)
	case m.NotCounted != "":
		return "不计入应到：" + Clean(m.NotCounted)
	}
	return "没有签到"
}

func pickReason(a *App, id meeting.MemberID) tea.Cmd {
	return a.push(&menu{title: a.name(id), opened: true, choices: func(a *App) []choice {
		absent := ""
		if m, _ := a.s.Member(id); !m.InParty() {
			absent = Say(&meeting.Refusal{Code: meeting.NotInParty, Args: []string{m.Name}})
		}
		list := []choice{{label: "到会了，代为签到", why: why(a.s, id, meeting.ActSignIn), do: func(a *App) tea.Cmd {
			return a.hand(meeting.SignInFor{ID: id}, "", 1, a.name(id)+" 已签到。")
		}}}
		for _, reason := range []string{"病假", "事假", "公出", "外出"} {
			list = append(list, choice{label: "缺席：" + reason, why: absent, do: func(a *App) tea.Cmd { return pickWritten(a, id, reason, 2) }})
		}
		return append(list, choice{label: "缺席：其他原因", why: absent, do: func(a *App) tea.Cmd {
			return a.prompt(a.name(id)+" 为什么缺席？", "写一句话。", reasonText, func(a *App, text string) tea.Cmd {
				if text == "" {
					a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
					return nil
				}
				return pickWritten(a, id, text, 3)
			})
		}})
	}})
}

// pickWritten asks whether an absent member handed in written material; depth
// is how many layers the answer closes.
func pickWritten(a *App, id meeting.MemberID, reason string, depth int) tea.Cmd {
	record := func(written bool) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd {
			c := meeting.RecordAbsence{ID: id, Reason: reason, Written: written}
			return a.hand(c, "", depth, a.name(id)+" 缺席（"+Clean(reason)+"），已记下。")
		}
	}
	return a.push(&menu{
		title: a.name(id) + "  " + Clean(reason), opened: true,
		say: func(_ *App, f *flow) {
			f.say(plain, "有没有交书面材料？交了的由记录人宣读，照常评议。")
		},
		choices: func(*App) []choice {
			return []choice{{label: "没有交", do: record(false)}, {label: "交了书面材料", do: record(true)}}
		},
	})
}
