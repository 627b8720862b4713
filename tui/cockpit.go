package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// consoleChoices lists everything that the facilitator can do, each with its
// letter, but for what belongs to items that the agenda does not have.
func consoleChoices(a *App) []choice {
	if a.s.Rehearsal {
		return rehearsalChoices(a)
	}
	no := func(act meeting.Action) string { return a.words.why(a.s, a.Who, act) }
	pause, paused := a.words.Console.Pause, a.words.Console.Paused
	if a.s.Floor.Paused {
		pause, paused = a.words.Console.Resume, a.words.Console.Resumed
	}
	list := []choice{
		{label: a.words.Console.Call, key: "f", why: no(meeting.ActCall), do: callSpeaker},
		{label: a.words.Common.EndSpeech, key: "y", why: whyNoEnd(a), do: func(a *App) tea.Cmd {
			return a.act(meeting.YieldFloor{Of: a.s.Floor.Speaker}, a.words.Console.SpeechEnded)
		}},
		{label: pause, key: "p", why: no(meeting.ActPause), do: func(a *App) tea.Cmd {
			return a.act(meeting.PauseClock{}, paused)
		}},
		{label: a.words.Console.Extend, key: "e", why: no(meeting.ActExtend), do: func(a *App) tea.Cmd {
			return a.act(meeting.ExtendClock{Seconds: 60}, a.words.Console.Extended)
		}},
		{label: a.words.Console.Turn, item: preset.Criticism, key: "u", why: no(meeting.ActTurn), do: pickTurn},
		{label: a.words.Console.WhoSpoke, item: preset.Criticism, key: "i", do: readMatrix},
	}
	list = append(list, minutesChoices(a)...)
	list = append(list,
		choice{label: a.words.Console.Attendance, key: "a", why: no(meeting.ActAbsent), do: pickAbsent},
		choice{label: a.words.Common.ChooseScrutineers, item: preset.Ballot, key: "s", why: no(meeting.ActScrutineers), do: pickScrutineers},
		choice{label: a.words.Console.GivePaper, item: preset.Ballot, key: "r", why: whyNoPaper(a), do: pickPaper},
		choice{label: a.words.Console.WhoMissing, item: preset.Ballot, key: "w", why: a.words.whyNoMissing(a.s), do: readMissing},
		choice{label: a.words.Common.SeeResult, item: preset.Ballot, key: "l", why: no(meeting.ActResult), do: readResult},
		choice{label: a.words.Common.ReadComments, item: preset.Ballot, why: whyNoComments(a), do: readComments},
		choice{label: a.words.announceName(a.s), item: preset.Ballot, key: "j", why: no(meeting.ActAnnounce), do: confirmAnnounce},
		choice{label: a.words.Console.OpenTable, item: preset.Rating, key: "t", why: whyNoTable(a), do: openTable},
		choice{label: a.words.Console.Void, item: preset.Ballot, key: "x", why: no(meeting.ActVoid), do: voidVote},
		skip(a),
		choice{label: a.words.Console.Back, key: "b", why: no(meeting.ActBack), do: goBack},
		choice{label: a.words.Console.Jump, key: "g", why: no(meeting.ActGoto), do: pickItem},
		choice{label: a.words.Console.NameSeat, key: "c", why: no(meeting.ActName), do: pickSeat},
		choice{label: a.words.Rehearsal.Begin, item: preset.Ballot, key: "o", why: no(meeting.ActRehearse), do: askRehearse},
		readinessChoice(a),
		scriptChoice(a),
		queueChoice(a),
		limitsChoice(a),
		measureChoice(a),
		wordingChoice(a),
		choice{label: a.words.Find.Find, key: "/", do: findPerson},
	)
	list = append(list, placardChoices(a)...)
	list = append(list,
		recessChoice(a),
		undo(a),
		choice{label: a.words.Feedback.Give, item: preset.Rating, why: no(meeting.ActFeedback), do: pickTold},
	)
	list = append(list, bundleChoices(a)...)
	list = append(list, inspectionChoices(a)...)
	list = append(list, archiveChoices(a)...)
	list = append(list, auditChoice(a))
	list = append(list, taskChoices(a)...)
	list = append(append(list, consoleRecords(a)...), deviceChoices(a)...)
	list = append(list, choice{label: a.words.Console.Own, key: "v", do: toOwn})
	return slices.DeleteFunc(list, func(c choice) bool { return c.item != "" && !a.s.Rules.OnAgenda(c.item) })
}

// whyNoTable says why the rating table is not filled in: after the meeting what
// the superior returned is changed where it was sent.
func whyNoTable(a *App) string {
	if a.s.Phase == meeting.After {
		return a.words.Say(&meeting.Refusal{Code: meeting.MeetingOver})
	}
	return a.words.why(a.s, a.Who, meeting.ActRate)
}

// callSpeaker chooses who speaks next, those who wait first.
func callSpeaker(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Console.AskCall, opened: true, people: true, states: true, choices: func(a *App) []choice {
		ids := slices.Clone(a.s.Floor.Queue)
		for _, m := range a.s.Roster {
			if a.s.Attendance.Of(m.ID).Present && !slices.Contains(a.s.Floor.Queue, m.ID) {
				ids = append(ids, m.ID)
			}
		}
		if guide := a.s.AssignedGuide(); a.s.Attendance.Of(guide).Present && !slices.Contains(ids, guide) {
			ids = append(ids, guide)
		}
		var list []choice
		for i, id := range ids {
			note := ""
			if i < len(a.s.Floor.Queue) {
				note = a.words.Console.Waiting
			}
			c := a.person(id, note, func(a *App) tea.Cmd {
				return a.breakOff(id, meeting.GiveFloor{ID: id}, func(a *App) tea.Cmd {
					return a.hand(meeting.GiveFloor{ID: id}, "", 1, a.words.Console.Called.of(a.name(id)))
				})
			})
			if a.s.Floor.Speaker == id {
				c.why = a.words.Say(&meeting.Refusal{Code: meeting.HasFloor, Args: []string{a.name(id)}})
			} else if a.s.Subject != "" {
				c.why = a.words.Say(a.s.Apart(id, a.s.Subject))
			}
			list = append(list, c)
		}
		return list
	}})
}

// pickTurn goes to somebody's round out of order.
func pickTurn(a *App) tea.Cmd {
	return a.participant(a.words.Console.AskTurn, a.recordsFor, nil, func(a *App, id meeting.MemberID) tea.Cmd {
		return a.breakOff(id, meeting.Turn{ID: id}, func(a *App) tea.Cmd {
			return a.hand(meeting.Turn{ID: id}, "", 1, a.words.Console.TurnSet.of(a.name(id)))
		})
	})
}

// breakOff lets id speak, by a command, instead of whoever does now: it asks first
// while somebody else speaks.
func (a *App) breakOff(id meeting.MemberID, c meeting.Command, do func(*App) tea.Cmd) tea.Cmd {
	now := a.s.Floor
	if now.Speaker == "" || now.Speaker == id {
		return do(a)
	}
	text := a.words.Console.BreakOff.of(a.name(now.Speaker), a.words.PurposeName(now.For), clock(now.Elapsed(a.Room.Now())), a.name(id))
	return a.weighDoing(c, a.words.Console.AskBreakOff.of(a.name(id)), text, a.words.Console.YesBreakOff.of(a.name(id)), do)
}

func (w *Words) whyNoMissing(s *meeting.State) string {
	if votes(s) {
		return ""
	}
	return w.Say(&meeting.Refusal{Code: meeting.BoxNotOpen})
}

// readMissing shows who has not voted yet. It is shown to who asks, and at the
// right of a wide console.
func readMissing(a *App) tea.Cmd {
	return a.read(a.words.Console.Missing, func(a *App, f *flow) {
		if !votes(a.s) {
			f.say(draw.Plain, a.words.Say(&meeting.Refusal{Code: meeting.BoxNotOpen}))
			return
		}
		missing := a.s.Vote().Missing()
		if len(missing) == 0 {
			f.say(draw.Plain, a.words.Console.AllVoted)
			return
		}
		f.say(draw.Muted, a.words.Console.Private)
		f.gap()
		f.say(draw.Plain, a.words.names(a.s, missing))
	})
}

func voidVote(a *App) tea.Cmd {
	hint := a.words.Console.VoidNote
	return a.reason(hint, "", func(a *App, text string) tea.Cmd {
		return a.weighDoing(meeting.Void{Reason: text}, a.words.Console.AskVoid, a.words.Console.VoidReason.of(draw.Clean(text)), a.words.Console.YesVoid, func(a *App) tea.Cmd {
			return a.hand(meeting.Void{Reason: text}, "", 1, a.words.Console.Voided)
		})
	})
}

// skip goes on before the step is done: to the next item, or past the ballots
// that are missing.
func skip(a *App) choice {
	if votes(a.s) {
		label := a.words.Step.EndEarly
		if len(a.s.Vote().Missing()) == 0 {
			label = a.words.Step.EndVoting
		}
		return choice{label: label, key: "k", why: a.words.why(a.s, a.Who, meeting.ActClose), do: endEarly}
	}
	return choice{label: a.words.Console.SkipOn, key: "k", why: a.words.why(a.s, a.Who, meeting.ActNext), do: skipItem}
}

// endEarly closes the box. If somebody's ballot is missing it asks for the
// reason.
func endEarly(a *App) tea.Cmd {
	label, question := a.words.endWords(a.s)
	return a.weigh(a.words.Console.AskStep.of(label), question, a.words.Console.YesStep.of(label), func(a *App) tea.Cmd {
		return a.actOrReason(func(reason string) meeting.Command { return meeting.CloseBox{Reason: reason} }, "", func(*App) {})
	})
}

func skipItem(a *App) tea.Cmd {
	text := a.leaves(a.words.Console.SkipNote.of(a.words.itemTitle(a.s)))
	return a.weigh(a.words.Console.AskSkip.of(a.words.nextTitle(a.s)), text, a.words.Console.YesSkip, func(a *App) tea.Cmd {
		return take(a, meeting.Step{Act: meeting.ActNext})
	})
}

func goBack(a *App) tea.Cmd {
	text := a.leaves(a.words.Console.BackNote.of(a.words.titleOf(a.s, a.s.Current)))
	return a.weigh(a.words.Console.AskBack, text, a.words.Console.YesBack, func(a *App) tea.Cmd {
		return a.act(meeting.Back{}, a.words.Console.WentBack)
	})
}

func pickItem(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Console.AskJump, opened: true, states: true, choices: func(a *App) []choice {
		var list []choice
		for _, it := range a.s.Agenda {
			c := choice{label: a.words.term(it.Title), note: a.words.ItemStatusName(it.Status), do: func(a *App) tea.Cmd {
				return jumpTo(a, it)
			}}
			if it.No == a.s.Current+1 {
				c.why = a.words.Say(&meeting.Refusal{Code: meeting.ItemIsOpen, Args: []string{it.Title}})
			}
			list = append(list, c)
		}
		return list
	}})
}

// jumpTo asks, with what is left unfinished, and opens an item out of order.
func jumpTo(a *App, it meeting.Item) tea.Cmd {
	title := a.words.term(it.Title)
	text := strings.Join(append([]string{a.words.Console.JumpNote.of(a.words.itemTitle(a.s))}, a.words.SayJumpedFrom(a.s, it.No)...), "\n")
	return a.weigh(a.words.Console.AskJumpTo.of(title), text, a.words.Console.YesJump.of(title), func(a *App) tea.Cmd {
		return a.hand(meeting.Goto{No: it.No}, "", 1, a.words.Console.Jumped.of(title))
	})
}

// leaves is the text of a question before another item is opened.
func (a *App) leaves(note string) string {
	return strings.Join(append([]string{note}, a.words.SayLeft(a.s)...), "\n")
}

// whyNoEnd says why no speech can be ended. Who runs the meeting may wait for the floor
// too; that is given up on their own page.
func whyNoEnd(a *App) string {
	if why := a.words.why(a.s, a.Who, meeting.ActYield); why != "" || a.s.Floor.Speaker != "" {
		return why
	}
	return a.words.Say(&meeting.Refusal{Code: meeting.NobodySpeaks})
}

// SayJumpedFrom says, in sentences, what becomes of the open item when one is opened
// out of order.
func (w *Words) SayJumpedFrom(s *meeting.State, no int) []string {
	list := w.SayLeft(s)
	if _, open := s.Item(); open && !s.Finishes(no) {
		list = append(list, w.Console.LeftUndone.of(w.itemTitle(s)))
	}
	return list
}

// SayLeft says, in sentences, what of the open item is cut short when another is
// opened: a round, those to come, a speech, the queue.
func (w *Words) SayLeft(s *meeting.State) []string {
	var list []string
	if round, _ := s.Round(s.Subject); s.Subject != "" && round.Part != meeting.PartDone {
		list = append(list, w.Console.LeftRound.of(nameOf(s, s.Subject), w.PartName(round.Part)))
	}
	if n := len(s.Unheard()); at(s, preset.Criticism) && n > 0 {
		list = append(list, w.Console.StillToCome.of(n, len(s.Silent())))
	}
	if n := len(s.Unrated()); at(s, preset.SelfRating) && n > 0 {
		list = append(list, w.Console.LeftUnrated.of(n))
	}
	if s.Floor.Speaker != "" {
		list = append(list, w.Console.LeftSpeech.of(nameOf(s, s.Floor.Speaker)))
	}
	if len(s.Floor.Queue) > 0 {
		list = append(list, w.Console.LeftQueue.of(w.names(s, s.Floor.Queue)))
	}
	return list
}

// pickSeat names the recorder, that of a 党小组, or another person for the console.
func pickSeat(a *App) tea.Cmd {
	seat := func(s meeting.Seat) choice {
		return choice{label: a.words.SeatName(s), do: func(a *App) tea.Cmd { return pickForSeat(a, s) }}
	}
	return a.push(&menu{title: a.words.Console.AskSeat, opened: true, choices: func(a *App) []choice {
		if !a.s.ByGroups() {
			return []choice{seat(meeting.SeatRecorder), seat(meeting.SeatConsole)}
		}
		return []choice{seat(meeting.SeatRecorder), seat(meeting.SeatGroupNotes), seat(meeting.SeatConsole)}
	}})
}

func pickForSeat(a *App, seat meeting.Seat) tea.Cmd {
	return a.push(&menu{title: a.words.Console.AskHolder.of(a.words.SeatName(seat)), opened: true, people: true, states: true, say: seatNote(seat), choices: func(a *App) []choice {
		var list []choice
		for _, m := range a.s.Roster {
			if !m.InParty() {
				continue
			}
			note := ""
			if seat == meeting.SeatGroupNotes {
				note = a.words.groupName(a.s.PartyGroupOf(m.ID))
			}
			list = append(list, a.person(m.ID, note, func(a *App) tea.Cmd {
				return a.hand(meeting.Name{ID: m.ID, Seat: seat}, "", 2, a.words.Console.HolderNamed.of(a.name(m.ID), a.words.SeatName(seat)))
			}))
		}
		return list
	}})
}

// seatNote says beforehand what cannot be taken back, and who records which group.
func seatNote(seat meeting.Seat) func(*App, *flow) {
	switch seat {
	case meeting.SeatConsole:
		return func(a *App, f *flow) { f.say(draw.Plain, a.words.Undo.Console) }
	case meeting.SeatGroupNotes:
		return func(a *App, f *flow) { f.say(draw.Plain, a.words.PartyGroup.Hint.of(a.words.groupHeads(a.s))) }
	}
	return nil
}

// pickScrutineers chooses several people, then counts the hands.
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
		title: a.words.Common.ChooseScrutineers, opened: true, people: true,
		say: func(a *App, f *flow) {
			f.say(draw.Plain, a.words.Console.PickNote)
		},
		choices: func(a *App) []choice {
			list := []choice{{label: a.words.Console.Picked.of(a.words.orNone(a.words.names(a.s, chosen))), do: func(a *App) tea.Cmd { return handsFor(a, chosen) }}}
			for _, m := range a.s.Roster {
				if !m.InParty() || !a.s.Attendance.Of(m.ID).Present {
					continue
				}
				note := ""
				if slices.Contains(chosen, m.ID) {
					note = a.words.Console.Chosen
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
	if v := a.s.Vote(); (v == nil || v.State != meeting.BoxCounted) && a.barred(meeting.NameScrutineers{IDs: ids}) {
		return nil
	}
	return a.push(a.words.newHands(a.s, a.words.Common.Scrutineers.of(a.words.names(a.s, ids)), func(a *App, h meeting.Hands) tea.Cmd {
		if v := a.s.Vote(); v != nil && v.State == meeting.BoxCounted {
			again := func(reason string) meeting.Command {
				return meeting.NameScrutineers{IDs: ids, Hands: &h, Reason: reason}
			}
			return a.actOrReason(again, "", func(a *App) { a.pop(2); a.tell(draw.Accent, a.words.Console.ScrutineersChosen) })
		}
		return a.hand(meeting.NameScrutineers{IDs: ids, Hands: &h}, "", 2, a.words.Console.ScrutineersChosen)
	}))
}
