package tui

import (
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// mineChoices lead to what somebody may want to look up at any time: where the
// meeting goes, the records before and after it, and what it has of them.
func mineChoices(a *App) []choice {
	return []choice{{label: a.words.Mine.Open, key: "m", do: openMine}}
}

func openMine(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Mine.Open, opened: true, choices: func(a *App) []choice {
		w := a.words.Mine
		list := append([]choice{{label: w.Agenda, do: readAgenda}}, recordChoices(a)...)
		if a.s.Phase == meeting.Live {
			list = append(list, taskChoices(a)...)
		}
		if c := readinessChoice(a); c.why == "" {
			list = append(list, c)
		}
		return append(append(list, choice{label: w.Own, id: "own", do: openOwn}), deviceChoices(a)...)
	}})
}

// readAgenda shows the items, whose turn comes when, and how long it will last.
func readAgenda(a *App) tea.Cmd {
	return a.read(a.words.Mine.Agenda, func(a *App, f *flow) { agendaSays(f, a.s, a.Who, a.Room.Now()) })
}

// SayAgenda is the agenda for somebody who reads line by line.
func (w *Words) SayAgenda(s *meeting.State, who meeting.MemberID, now time.Time) string {
	f := flow{words: w}
	agendaSays(&f, s, who, now)
	return w.said(f)
}

// said is a text as lines.
func (w *Words) said(f flow) string {
	var b strings.Builder
	for _, l := range w.spoken(f.blocks) {
		b.WriteString(plainText(l.Text()) + "\n")
	}
	return b.String()
}

func agendaSays(f *flow, s *meeting.State, who meeting.MemberID, now time.Time) {
	if item, all := s.Left(now); all > 0 {
		f.say(draw.Plain, f.words.Mine.Left.of(minutes(item), minutes(all)))
	}
	if text := f.words.myTurn(s, who); text != "" {
		f.say(draw.Plain, text)
	}
	f.gap()
	for _, it := range s.Agenda {
		f.add(turnRow(it.No, f.words.term(it.Title), f.words.sits(s, it), it.Status == meeting.Open))
	}
	people := s.Participants()
	if len(people) == 0 || !slices.ContainsFunc(s.Agenda, func(it meeting.Item) bool { return it.Kind == preset.Criticism }) {
		return
	}
	f.gap()
	f.say(draw.Strong, f.words.Mine.Order)
	groups := s.PartyGroups()
	for i, id := range people {
		if g := s.PartyGroupOf(id); len(groups) > 0 && (i == 0 || g != s.PartyGroupOf(people[i-1])) {
			f.say(draw.Plain, f.words.groupHead(s, g))
		}
		name := nameOf(s, id)
		if id == who {
			name += f.words.Mine.You
		}
		f.add(turnRow(i+1, name, f.words.roundOf(s, id), id == s.Subject))
	}
}

// turnRow is a numbered row: what it is, and how far it has come.
func turnRow(no int, what, state string, now bool) row {
	mark, tone := "  ", draw.Plain
	if now {
		mark, tone = "> ", draw.Strong
	}
	return row{{text: mark, tone: draw.Accent}, {text: strconv.Itoa(no), tone: tone, width: 2, right: true}, {text: " " + what, tone: tone, width: 24}, {text: state, tone: tone}}
}

// roundOf says how far somebody's round has come, or why there is none.
func (w *Words) roundOf(s *meeting.State, id meeting.MemberID) string {
	r, _ := s.Round(id)
	if at := s.Attendance.Of(id); r.Part == meeting.PartNone && s.Began() != (time.Time{}) && !at.Present && !at.Written {
		m, _ := s.Member(id)
		return w.attendance(s, m)
	}
	return w.PartName(r.Part)
}

// minutes returns a time in whole minutes, at least one.
func minutes(d time.Duration) int { return max(1, int(d.Round(time.Minute).Minutes())) }

// openOwn shows a person their own part of the meeting, and leads to what of it
// can still be changed.
func openOwn(a *App) tea.Cmd {
	return a.push(&menu{
		title: a.words.Mine.Own, opened: true, reads: true, secret: true,
		say: func(a *App, f *flow) { ownSays(f, a.s, a.Who, a.Room.Now()) },
		choices: func(a *App) []choice {
			list := slices.DeleteFunc([]choice{ownWords(a)}, func(c choice) bool { return c.why != "" })
			if _, has := a.s.OutlineOf(a.Who); has {
				list = append(list, choice{label: a.words.mineTitle(formNamed("outline")), do: openOutline})
			}
			return list
		},
	})
}

// SayOwn is a person's own part for somebody who reads line by line.
func (w *Words) SayOwn(s *meeting.State, who meeting.MemberID, now time.Time) string {
	f := flow{words: w}
	ownSays(&f, s, who, now)
	return w.said(f)
}

func ownSays(f *flow, s *meeting.State, who meeting.MemberID, now time.Time) {
	w, own := f.words, s.Own(who, now)
	m, _ := s.Member(who)
	f.say(draw.Plain, w.Find.Attendance.of(w.attendance(s, m)))
	if text := w.materialRead(own, s.Phase); text != "" {
		f.say(draw.Plain, text)
	}
	if own.Speaking.Times > 0 {
		f.say(draw.Plain, w.Find.Spoken.of(own.Speaking.Times, clock(own.Speaking.Time)))
	}
	if own.SelfRating != "" {
		f.say(draw.Plain, w.Common.SelfRating.of(w.term(string(own.SelfRating))))
	}
	if own.Receipt != "" {
		f.say(draw.Plain, w.receipt(s, who))
	}
	if text := w.pastGrades(s, who, who); text != "" {
		f.say(draw.Plain, text)
	}
	ownRound(f, s, own)
	for i, n := range own.Notes {
		heading(f, i == 0, w.Mine.Notes)
		f.say(draw.Plain, w.Common.Because.of(w.titleOf(s, n.Item), ""))
		sayLines(f, n.Text)
	}
	for i, r := range own.Records {
		heading(f, i == 0, w.Mine.Records)
		f.say(draw.Plain, w.RecordTitle(formNamed(r.Form))+"  "+w.RecordState(r.State))
	}
	for _, x := range own.WrittenOut {
		f.gap()
		f.say(draw.Warn, w.Mine.WrittenOut.of(x.At.In(s.Branch.Location()).Format(time.DateOnly), draw.Clean(x.Reason)))
	}
	if own.Opinion != "" {
		heading(f, true, w.Mine.Opinion)
		sayLines(f, own.Opinion)
	}
}

// ownRound draws what a person said of themself and of others, and what others
// said of them.
func ownRound(f *flow, s *meeting.State, own meeting.OwnPart) {
	w := f.words.Criticism
	for i, x := range own.Round.Own {
		heading(f, i == 0, w.SelfTitle)
		sayLines(f, x.Text)
	}
	for i, x := range own.Given {
		heading(f, i == 0, f.words.Mine.Given)
		f.say(draw.Plain, f.words.Common.Because.of(f.words.Common.CriticismOf.of(nameOf(s, x.ID.Of)), ""))
		if x.Text == "" {
			f.say(draw.Muted, w.Spoken)
		}
		sayLines(f, x.Text)
	}
	if len(own.Round.Criticisms) > 0 {
		heading(f, true, w.OwnTitle)
		speeches(f, s, own.Round.Criticisms)
	}
	for i, x := range own.Round.Responses {
		heading(f, i == 0, w.ResponseTitle)
		sayLines(f, x.Text)
	}
}

// heading begins a part of a page, if it is the first of it.
func heading(f *flow, first bool, text string) {
	if first {
		f.gap()
		f.say(draw.Strong, text)
	}
}

// sayLines draws a text that somebody wrote.
func sayLines(f *flow, text string) {
	for _, l := range draw.CleanLines(text) {
		f.say(draw.Plain, l)
	}
}

// materialRead tells somebody absent whether their written material was read out; ""
// for others.
func (w *Words) materialRead(own meeting.OwnPart, now meeting.Phase) string {
	switch {
	case !own.Attendance.Written || own.Attendance.Present:
		return ""
	case own.ReadOut:
		return w.Mine.WasRead
	case now == meeting.After:
		return w.Mine.NotRead
	}
	return w.Mine.WillBeRead
}
