package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// wordingChoice gives an item words of its own.
func wordingChoice(a *App) choice {
	return choice{label: a.words.ActionName(meeting.ActWording), why: a.words.why(a.s, a.Who, meeting.ActWording), do: pickWorded}
}

// pickWorded chooses the item.
func pickWorded(a *App) tea.Cmd {
	m := &menu{title: a.words.ActionName(meeting.ActWording), opened: true}
	if it, open := a.s.Item(); open {
		m.chosen = a.words.term(it.Title)
	}
	m.choices = func(a *App) []choice {
		var list []choice
		for _, it := range a.s.Agenda {
			first, _, _ := strings.Cut(draw.Clean(it.Text), "\n")
			list = append(list, choice{label: a.words.term(it.Title), note: first, do: func(a *App) tea.Cmd { return writeWording(a, it) }})
		}
		return list
	}
	return a.push(m)
}

// writeWording writes the words of an item.
func writeWording(a *App, it meeting.Item) tea.Cmd {
	w := a.words.Wording
	page := &write{title: w.Title.of(a.words.term(it.Title)), hint: w.Hint, Editor: draw.Editor{Most: wordingText}}
	page.Set(it.Text)
	page.submit = func(a *App, text string) tea.Cmd {
		return a.hand(meeting.WordItem{No: it.No, Text: text}, "", 2, w.Done)
	}
	return a.push(page)
}

// wordingText is the longest text of an item, in characters.
const wordingText = 500

// worded draws the open item's own words.
func worded(f *flow, s *meeting.State) {
	it, _ := s.Item()
	if it.Text == "" {
		return
	}
	own := flow{words: f.words}
	for l := range strings.SplitSeq(it.Text, "\n") {
		own.say(draw.Plain, draw.Clean(l))
	}
	f.add(narrow(own.blocks))
}
