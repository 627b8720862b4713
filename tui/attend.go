package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

var signInView = itemView{
	goesOn: func(f *flow, s *meeting.State) {
		f.say(draw.Plain, f.words.roll(s))
		f.say(draw.Plain, f.words.quorum(s))
	},
	details:  arrivals,
	longings: unarrived,
}

// unarrived lists who has not signed in, and is not known to be absent.
func unarrived(a *App) []longing {
	who := slices.DeleteFunc(slices.Clone(a.s.Roll().Absent), func(id meeting.MemberID) bool { return a.s.Attendance.Of(id).Reason != "" })
	return []longing{{a.words.Script.NotCome, who}}
}

// arrivals tells who is still missing and how to join.
func arrivals(a *App, f *flow) {
	s := a.s
	if text := a.words.ready(readiness(a)); text != "" {
		f.say(draw.Plain, a.words.Common.Sentence.of(text))
	}
	if absent := s.Roll().Absent; len(absent) > 0 {
		f.say(draw.Plain, a.words.Console.NotHere.of(a.words.names(s, absent)))
	}
	for _, id := range s.Roll().NotCounted {
		m, _ := s.Member(id)
		f.say(draw.Muted, a.words.Console.NotCounted.of(nameOf(s, id), a.words.term(m.Uncounted())))
	}
	noticeWaits(a, f)
	prints := a.words.hostFingerprints(a.Fingerprints)
	if a.JoinHint != "" {
		f.gap()
		f.say(draw.Plain, a.words.Common.Join.of(draw.Clean(a.JoinHint)))
		if a.WebLink != "" {
			f.say(draw.Plain, a.words.Common.JoinSite.of(siteOf(draw.Clean(a.WebLink))))
		}
		if len(a.OtherAddresses) > 0 {
			f.say(draw.Warn, draw.Clean(a.words.SayOtherAddresses(a.JoinHint, a.OtherAddresses)))
		}
		for _, l := range prints[:min(1, len(prints))] {
			f.say(draw.Muted, l)
		}
	}
	if a.NoVerbs {
		f.say(draw.Warn, a.words.SayNoVerbs())
	}
	if a.WallHint != "" {
		f.say(draw.Plain, a.words.Console.Wall.of(draw.Clean(a.WallHint)))
	}
	if a.AboveCode != "" {
		f.say(draw.Plain, draw.Clean(a.words.SayAbove(a.JoinHint, a.AboveCode)))
	}
	if a.JoinHint != "" && a.Width >= wideWidth {
		for _, l := range prints[min(1, len(prints)):] { // few clients show these
			f.say(draw.Muted, l)
		}
	}
}

// pickAbsent chooses whose attendance is recorded, the missing first.
func pickAbsent(a *App) tea.Cmd {
	m := &menu{title: a.words.Attendance.Ask, opened: true, people: true, say: func(a *App, f *flow) { f.say(draw.Plain, a.words.roll(a.s)) }}
	m.choices = func(a *App) []choice {
		people := slices.Clone(a.s.Roster)
		if guide, assigned := a.s.Member(a.s.AssignedGuide()); assigned {
			people = append(people, guide)
		}
		slices.SortStableFunc(people, func(x, y meeting.Member) int { return settled(a.s, x) - settled(a.s, y) })
		var list []choice
		for _, p := range people {
			list = append(list, a.person(p.ID, a.words.attendance(a.s, p), func(a *App) tea.Cmd {
				m.chosen = "" // once recorded, the next row is chosen
				return pickReason(a, p.ID)
			}))
		}
		return append(list,
			choice{label: a.words.Attendance.SignInMany, do: func(a *App) tea.Cmd { return pickMany(a, a.words.Attendance.SignInMany, signMany) }},
			choice{label: a.words.Attendance.AbsentMany, do: func(a *App) tea.Cmd { return pickMany(a, a.words.Attendance.AbsentMany, absentMany) }})
	}
	return a.push(m)
}

// pickMany asks for numbers and ranges, as they are read off a list, and goes on
// with whom they mean.
func pickMany(a *App, title string, then func(*App, []meeting.MemberID) tea.Cmd) tea.Cmd {
	var missing []string
	for _, m := range a.s.Roster {
		if m.InParty() && settled(a.s, m) == 0 {
			missing = append(missing, string(m.ID)+" "+m.Name)
		}
	}
	hint := a.words.Attendance.ManyHint.of(draw.Clean(strings.Join(missing, a.words.Happening.NameSep)))
	return a.prompt(title, hint, shortText, func(a *App, text string) tea.Cmd {
		ids, no := a.s.People(text)
		if no != nil {
			a.refuse(no)
			return nil
		}
		return then(a, ids)
	})
}

// signMany signs in several people, after a question that names them.
func signMany(a *App, ids []meeting.MemberID) tea.Cmd {
	return a.weighDoing(meeting.SignInMany{IDs: ids}, a.words.Attendance.AskMany.of(len(ids)), a.words.names(a.s, ids), a.words.Attendance.YesMany, func(a *App) tea.Cmd {
		return a.hand(meeting.SignInMany{IDs: ids}, "", 1, a.words.Attendance.DoneMany.of(len(ids)))
	})
}

// absentMany records one reason for several people.
func absentMany(a *App, ids []meeting.MemberID) tea.Cmd {
	record := func(a *App, reason string, depth int) tea.Cmd {
		done := a.words.Attendance.Recorded.of(a.words.names(a.s, ids), a.words.term(reason))
		return a.hand(meeting.RecordAbsences{IDs: ids, Reason: reason}, "", depth, done)
	}
	return a.push(&menu{title: a.words.names(a.s, ids), opened: true, states: true, choices: func(a *App) []choice {
		var list []choice
		for _, reason := range meeting.AbsenceReasons() {
			list = append(list, choice{label: a.words.Attendance.Absent.of(a.words.term(reason)), do: func(a *App) tea.Cmd { return record(a, reason, 2) }})
		}
		return append(list, choice{label: a.words.Attendance.OtherReason, do: func(a *App) tea.Cmd {
			return a.prompt(a.words.Attendance.OtherReason, a.words.Attendance.OneSentence, reasonText, func(a *App, text string) tea.Cmd {
				return record(a, text, 3)
			})
		}})
	}})
}

// settled orders people: those without any record, the absent, the present.
func settled(s *meeting.State, m meeting.Member) int {
	switch at := s.Attendance.Of(m.ID); {
	case at.Present:
		return 2
	case at.Reason != "" || m.Uncounted() != "":
		return 1
	}
	return 0
}

// attendance says what is known of one person's presence.
func (w *Words) attendance(s *meeting.State, m meeting.Member) string {
	at := s.Attendance.Of(m.ID)
	switch {
	case at.Present:
		return w.Attendance.Present
	case at.Came():
		return w.Attendance.Left.of(w.term(at.Reason))
	case at.Reason != "" && at.Written:
		return w.Attendance.Written.of(w.term(at.Reason))
	case at.Reason != "":
		return w.term(at.Reason)
	case m.Uncounted() != "":
		return w.Attendance.NotCounted.of(w.term(m.Uncounted()))
	}
	return w.Attendance.Missing
}

func pickReason(a *App, id meeting.MemberID) tea.Cmd {
	return a.push(&menu{title: a.name(id), opened: true, states: true, choices: func(a *App) []choice {
		absent := ""
		if m, _ := a.s.Member(id); !m.InParty() {
			absent = a.words.Say(&meeting.Refusal{Code: meeting.NotInParty, Args: []string{a.s.Called(m.ID)}})
		}
		list := []choice{{label: a.words.Attendance.SignInFor, why: a.words.why(a.s, id, meeting.ActSignIn), do: func(a *App) tea.Cmd {
			return a.hand(meeting.SignInFor{ID: id}, "", 1, a.words.Attendance.SignedIn.of(a.name(id)))
		}}}
		for _, reason := range meeting.AbsenceReasons() {
			list = append(list, choice{label: a.words.Attendance.Absent.of(a.words.term(reason)), why: absent, do: func(a *App) tea.Cmd { return pickWritten(a, id, reason, 2) }})
		}
		return append(list, choice{label: a.words.Attendance.OtherReason, why: absent, do: func(a *App) tea.Cmd {
			return a.prompt(a.words.Attendance.WhyAbsent.of(a.name(id)), a.words.Attendance.OneSentence, reasonText, func(a *App, text string) tea.Cmd {
				if text == "" {
					a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
					return nil
				}
				return pickWritten(a, id, text, 3)
			})
		}})
	}})
}

// pickWritten asks whether an absent member handed in written material. The
// answer closes depth layers.
func pickWritten(a *App, id meeting.MemberID, reason string, depth int) tea.Cmd {
	record := func(written bool) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd {
			c := meeting.RecordAbsence{ID: id, Reason: reason, Written: written}
			return a.hand(c, "", depth, a.words.Attendance.Recorded.of(a.name(id), a.words.term(reason)))
		}
	}
	return a.push(&menu{
		title: a.name(id) + "  " + a.words.term(reason), opened: true, states: true,
		say: func(_ *App, f *flow) {
			if a.s.Outlined(id) {
				f.say(draw.Plain, f.words.Attendance.HasOutline)
				return
			}
			f.say(draw.Plain, f.words.Attendance.AskWritten)
		},
		choices: func(*App) []choice {
			if a.s.Outlined(id) {
				return []choice{{label: a.words.Attendance.HandedIn, do: record(true)}}
			}
			return []choice{{label: a.words.Attendance.NothingWritten, do: record(false)}, {label: a.words.Attendance.HandedIn, do: record(true)}}
		},
	})
}
