package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// longestQuery is longer than any name.
const longestQuery = 20

// found reports whether a choice is a person whom the query means. Other rows
// are hidden while somebody is looked for.
func found(s *meeting.State, query string, c choice) bool {
	m, known := s.Member(meeting.MemberID(c.id))
	return known && finds(query, m)
}

// seeks handles a key of the query in a list of people. A letter or a character
// begins a query, and from then on digits belong to it too, as in m07. Without
// a query digits select a row.
func (m *menu) seeks(k draw.Stroke) bool {
	switch q := []rune(m.query); {
	case k.Name == "backspace" && len(q) > 0:
		m.query = string(q[:len(q)-1])
	case !belongs(k.Text, len(q) > 0):
		return false
	case len(q) < longestQuery:
		m.query += k.Text
	}
	m.chosen, m.List = "", draw.List{}
	return true
}

// seek looks for somebody by a whole query.
func (m *menu) seek(query string) {
	m.query = ""
	for _, r := range query {
		m.seeks(draw.Stroke{Text: string(r)})
	}
	m.chosen, m.List = "", draw.List{}
}

// belongs reports whether a typed character belongs to a query.
func belongs(text string, begun bool) bool {
	for _, r := range text {
		if !unicode.IsLetter(r) && (!begun || !unicode.IsDigit(r) && !strings.ContainsRune(" -_·", r)) {
			return false
		}
	}
	return text != ""
}

// sayQuery shows the query, and whether anybody matches.
func (m *menu) sayQuery(f *flow, n int) {
	f.put(draw.Span{Text: f.words.Find.Query.of(draw.Clean(m.query)), Tone: draw.Accent})
	if n == 0 {
		f.say(draw.Warn, f.words.Find.Nobody)
	}
}

// findPerson opens the whole roster for looking somebody up.
func findPerson(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Find.Ask, opened: true, people: true, choices: func(a *App) []choice {
		var list []choice
		for _, m := range a.s.Roster {
			list = append(list, a.person(m.ID, string(m.ID), func(a *App) tea.Cmd { return openCard(a, m.ID) }))
		}
		return list
	}})
}

// openCard shows what is known of somebody, and what can be done with them.
func openCard(a *App, id meeting.MemberID) tea.Cmd {
	first := "" // what is selected first can be done
	for _, c := range cardChoices(a, id) {
		if c.why == "" && first == "" {
			first = c.name()
		}
	}
	return a.push(&menu{
		title: a.name(id), opened: true, chosen: first,
		beat:    func(a *App) bool { return a.s.Floor.Speaker == id && running(a.s) },
		say:     func(a *App, f *flow) { card(a, f, id) },
		choices: func(a *App) []choice { return cardChoices(a, id) },
	})
}

func card(a *App, f *flow, id meeting.MemberID) {
	m, _ := a.s.Member(id)
	w := a.words.Find
	f.row(draw.Muted, strings.TrimRight(draw.Clean(string(id))+"  "+a.words.KindName(m.Kind)+"  "+a.words.term(m.PartyPost), " "))
	f.say(draw.Plain, w.Attendance.of(a.words.attendance(a.s, m)))
	if m.InParty() {
		round, _ := a.s.Round(id)
		f.say(draw.Plain, w.Rounds.of(a.words.PartName(round.Part), gave(a.s)[id], len(round.Criticisms)))
	}
	talk := a.s.SpeakingTimes(a.Room.Now())[id]
	f.say(draw.Plain, w.Spoken.of(talk.Times, clock(talk.Time)))
	if a.s.Graded(id) {
		f.say(draw.Plain, a.words.Common.SelfRating.of(a.words.orNone(string(a.s.SelfRatings.Of(id).Grade))))
	}
	var may []string
	for _, act := range meeting.Actions() {
		if meeting.May(a.s, id, act) == nil {
			may = append(may, draw.Whole(a.words.ActionName(act)))
		}
	}
	if len(may) > 0 {
		f.say(draw.Muted, w.May.of(strings.Join(may, a.words.Happening.NameSep)))
	}
}

func cardChoices(a *App, id meeting.MemberID) []choice {
	call := a.words.why(a.s, a.Who, meeting.ActCall)
	switch {
	case call != "":
	case !a.s.Attendance.Of(id).Present:
		call = a.words.Say(&meeting.Refusal{Code: meeting.NotPresent, Args: []string{a.name(id)}})
	case a.s.Floor.Speaker == id:
		call = a.words.Say(&meeting.Refusal{Code: meeting.HasFloor, Args: []string{a.name(id)}})
	}
	return []choice{
		{label: a.words.Console.Call, why: call, do: func(a *App) tea.Cmd {
			return a.hand(meeting.GiveFloor{ID: id}, "", 2, a.words.Console.Called.of(a.name(id)))
		}},
		{label: a.words.Console.Attendance, why: a.words.why(a.s, a.Who, meeting.ActAbsent), do: func(a *App) tea.Cmd { return pickReason(a, id) }},
		{label: a.words.Find.TheirTurn.of(a.name(id)), why: a.words.why(a.s, a.Who, meeting.ActTurn), do: func(a *App) tea.Cmd {
			return a.hand(meeting.Turn{ID: id}, "", 2, a.words.Console.TurnSet.of(a.name(id)))
		}},
	}
}
