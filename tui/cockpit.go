package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// consoleChoices is everything that the facilitator can do, each with the
// letter that does it at once.
func consoleChoices(a *App) []choice {
	no := func(act meeting.Action) string { return why(a.s, a.Who, act) }
	pause, paused := "暂停计时", "计时已暂停。"
	if a.s.Floor.Paused {
		pause, paused = "继续计时", "计时继续。"
	}
	list := []choice{
		{label: "请人发言", key: "f", why: no(meeting.ActCall), do: callSpeaker},
		{label: "结束发言", key: "y", why: no(meeting.ActYield), do: func(a *App) tea.Cmd {
			return a.act(meeting.YieldFloor{}, "发言已结束。")
		}},
		{label: pause, key: "p", why: no(meeting.ActPause), do: func(a *App) tea.Cmd {
			return a.act(meeting.PauseClock{}, paused)
		}},
		{label: "延长 1 分钟", key: "e", why: no(meeting.ActExtend), do: func(a *App) tea.Cmd {
			return a.act(meeting.ExtendClock{Seconds: 60}, "已延长 1 分钟。")
		}},
		{label: "轮到谁", key: "u", why: no(meeting.ActTurn), do: pickTurn},
		{label: "谁发过言", key: "i", do: readMatrix},
	}
	list = append(list, recordChoices(a)...)
	return append(list,
		choice{label: "记签到和缺席", key: "a", why: no(meeting.ActAbsent), do: pickAbsent},
		choice{label: "推选监票人", key: "s", why: no(meeting.ActScrutineers), do: pickScrutineers},
		choice{label: "发纸质票", key: "r", why: whyNoPaper(a), do: pickPaper},
		choice{label: "看谁还没有投票", key: "w", why: whyNoMissing(a.s), do: readMissing},
		choice{label: "看测评结果", key: "l", why: no(meeting.ActResult), do: readResult},
		choice{label: "看匿名意见", key: "z", why: whyNoRemarks(a), do: readRemarks},
		choice{label: "公布测评结果", key: "j", why: no(meeting.ActAnnounce), do: confirmAnnounce},
		choice{label: "打开评定表", key: "t", why: no(meeting.ActRate), do: openTable},
		choice{label: "作废这次测评", key: "x", why: no(meeting.ActVoid), do: voidVote},
		choice{label: "直接进入下一项", key: "k", why: no(meeting.ActNext), do: skipItem},
		choice{label: "回到上一项", key: "b", why: no(meeting.ActBack), do: goBack},
		choice{label: "跳到某一项", key: "g", why: no(meeting.ActGoto), do: pickItem},
		choice{label: "指定记录人或主持台", key: "c", why: no(meeting.ActName), do: pickSeat},
		choice{label: "我自己的事", key: "v", do: toOwn},
	)
}

// callSpeaker chooses who speaks next: who waits comes first.
func callSpeaker(a *App) tea.Cmd {
	return a.push(&menu{title: "请谁发言？", opened: true, choices: func(a *App) []choice {
		ids := slices.Clone(a.s.Floor.Queue)
		for _, m := range a.s.Roster {
			if a.s.Attendance[m.ID].Present && !slices.Contains(ids, m.ID) {
				ids = append(ids, m.ID)
			}
		}
		var list []choice
		for i, id := range ids {
			note := ""
			if i < len(a.s.Floor.Queue) {
				note = "候言"
			}
			c := a.person(id, note, func(a *App) tea.Cmd {
				return a.hand(meeting.GiveFloor{ID: id}, "", 1, "请 "+a.name(id)+" 发言。")
			})
			if a.s.Floor.Speaker == id {
				c.why = Say(&meeting.Refusal{Code: meeting.HasFloor, Args: []string{a.name(id)}})
			}
			list = append(list, c)
		}
		return list
	}})
}

// pickTurn goes to the round of somebody, out of order.
func pickTurn(a *App) tea.Cmd {
	return a.participant("轮到谁？", nil, func(a *App, id meeting.MemberID) tea.Cmd {
		return a.hand(meeting.Turn{ID: id}, "", 1, "轮到 "+a.name(id)+"。")
	})
}

// readMatrix shows who has spoken and who has criticised whom.
func readMatrix(a *App) tea.Cmd {
	return a.read("谁发过言", func(a *App, f *flow) {
		gave := map[meeting.MemberID]int{}
		for _, r := range a.s.Rounds {
			for _, c := range r.Criticisms {
				gave[c.From]++
			}
		}
		for _, id := range a.s.Participants() {
			r, _ := a.s.Round(id)
			f.say(strong, a.name(id)+"  "+StageName(r.Stage))
			text := fmt.Sprintf("提过 %d 条，收到 %d 条", gave[id], len(r.Criticisms))
			if critics := r.Critics(); len(critics) > 0 {
				text += "：" + names(a.s, critics)
			}
			f.hang(span{"  ", plain}, span{text, plain})
		}
	})
}

func whyNoMissing(s *meeting.State) string {
	if votes(s) {
		return ""
	}
	return Say(&meeting.Refusal{Code: meeting.BoxNotOpen})
}

// readMissing names who has not voted yet; it is asked for, never shown by itself.
func readMissing(a *App) tea.Cmd {
	return a.read("还没有投票的人", func(a *App, f *flow) {
		if !votes(a.s) {
			f.say(plain, Say(&meeting.Refusal{Code: meeting.BoxNotOpen}))
			return
		}
		missing := a.s.Vote().Missing()
		if len(missing) == 0 {
			f.say(plain, "都投了。")
			return
		}
		f.say(muted, "只供提醒，请不要投影。")
		f.gap()
		f.say(plain, names(a.s, missing))
	})
}

func voidVote(a *App) tea.Cmd {
	hint := "这次测评作废以后不能恢复，票不会被打开，记录保留；可以重新测评。理由记入会议记录。"
	return a.reason(hint, func(a *App, text string) tea.Cmd {
		return a.ask("作废这次测评？", "理由："+Clean(text)+"。作废以后不能恢复。", "是，作废", func(a *App) tea.Cmd {
			return a.hand(meeting.Void{Reason: text}, "", 1, "这次测评已作废。")
		})
	})
}

func skipItem(a *App) tea.Cmd {
	text := "「" + itemTitle(a.s) + "」到此为止。以后可以按 b 或 g 回来。"
	return a.ask("进入下一项「"+nextTitle(a.s)+"」？", text, "是，下一项", func(a *App) tea.Cmd {
		return take(a, meeting.Step{Act: meeting.ActNext})
	})
}

func goBack(a *App) tea.Cmd {
	text := "回到「" + titleOf(a.s, a.s.Current) + "」。现在这一项算没有做完，以后再来；已经记下的都还在。"
	return a.ask("回到上一项？", text, "是，回去", func(a *App) tea.Cmd {
		return a.act(meeting.Back{}, "已回到上一项。")
	})
}

func pickItem(a *App) tea.Cmd {
	return a.push(&menu{title: "跳到哪一项？", opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, it := range a.s.Agenda {
			c := choice{label: Clean(it.Title), note: ItemStatusName(it.Status), do: func(a *App) tea.Cmd {
				return a.hand(meeting.Goto{No: it.No}, "", 1, "已到「"+Clean(it.Title)+"」。")
			}}
			if it.No == a.s.Current+1 {
				c.why = Say(&meeting.Refusal{Code: meeting.ItemIsOpen, Args: []string{it.Title}})
			}
			list = append(list, c)
		}
		return list
	}})
}

// pickSeat names the recorder, or somebody else for the console.
func pickSeat(a *App) tea.Cmd {
	seat := func(s meeting.Seat) choice {
		return choice{label: SeatName(s), do: func(a *App) tea.Cmd { return pickForSeat(a, s) }}
	}
	return a.push(&menu{title: "指定哪个席位？", opened: true, choices: func(*App) []choice {
		return []choice{seat(meeting.SeatRecorder), seat(meeting.SeatConsole)}
	}})
}

func pickForSeat(a *App, seat meeting.Seat) tea.Cmd {
	return a.push(&menu{title: "请谁担任" + SeatName(seat) + "？", opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, m := range a.s.Roster {
			if !m.InParty() {
				continue
			}
			list = append(list, a.person(m.ID, "", func(a *App) tea.Cmd {
				return a.hand(meeting.Name{ID: m.ID, Seat: seat}, "", 2, a.name(m.ID)+" 担任"+SeatName(seat)+"。")
			}))
		}
		return list
	}})
}

// pickScrutineers chooses several, then counts the hands.
func pickScrutineers(a *App) tea.Cmd {
	chosen := a.s.ProposeScrutineers()
	toggle := func(id meeting.MemberID) {
		if i := slices.Index(chosen, id); i >= 0 {
			chosen = slices.Delete(slices.Clone(chosen), i, i+1)
			return
		}
		chosen = append(slices.Clone(chosen), id)
	}
	return a.push(&menu{
		title: "推选监票人", opened: true,
		say: func(a *App, f *flow) {
			f.say(plain, "选中一位按 Enter 加上或去掉。选好后选第 1 行，再举手表决。")
		},
		choices: func(a *App) []choice {
			list := []choice{{label: "选好了：" + orNone(names(a.s, chosen)), do: func(a *App) tea.Cmd { return handsFor(a, chosen) }}}
			for _, m := range a.s.Roster {
				if !m.InParty() || !a.s.Attendance[m.ID].Present {
					continue
				}
				note := ""
				if slices.Contains(chosen, m.ID) {
					note = "选中"
				}
				list = append(list, a.person(m.ID, note, func(*App) tea.Cmd { toggle(m.ID); return nil }))
			}
			return list
		},
	})
}

func handsFor(a *App, ids []meeting.MemberID) tea.Cmd {
	if len(ids) == 0 {
		a.refuse(&meeting.Refusal{Code: meeting.NoScrutineers})
		return nil
	}
	return a.push(newHands(a.s, "监票人："+names(a.s, ids), func(a *App, h meeting.Hands) tea.Cmd {
		return a.hand(meeting.NameScrutineers{IDs: ids, Hands: &h}, "", 2, "监票人已推选。")
	}))
}
