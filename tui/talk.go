package tui

import (
	"encoding/json"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// talkRows are the talks that a person still owes, each as the beginning of its
// record; whoever runs the meeting sees also who owes whom.
func talkRows(a *App) []choice {
	var list []choice
	if slices.Contains(a.s.Seats(a.Who), meeting.SeatConsole) {
		list = append(list, choice{label: a.words.Record.Matrix, note: a.words.Record.Owing.of(len(gaps(a.s.TalkPairs()))), do: openPairs})
	}
	for _, p := range gaps(a.s.TalkPairsOf(a.Who)) {
		other := p.With
		if a.Who == p.With {
			other = p.By
		}
		with, _ := json.Marshal([]meeting.MemberID{other}) // strings can always be written
		talk, given := formNamed("talk"), map[string]string{"with": string(with), "kind": p.Why}
		list = append(list, choice{label: a.words.Record.Owed.of(a.name(other)), note: a.words.term(p.Why), draft: newDraft(talk, given), do: func(a *App) tea.Cmd {
			return writeNew(a, talk, given)
		}})
	}
	return list
}

// gaps are the pairs that owe each other a talk and have had none.
func gaps(pairs []meeting.TalkPair) []meeting.TalkPair {
	return slices.DeleteFunc(slices.Clone(pairs), func(p meeting.TalkPair) bool { return !p.Owed || p.Done > 0 })
}

// openPairs lists who should talk with whom, those who have not first.
func openPairs(a *App) tea.Cmd {
	return a.read(a.words.Record.Matrix, func(a *App, f *flow) {
		pairs := slices.Clone(a.s.TalkPairs())
		slices.SortStableFunc(pairs, func(p, q meeting.TalkPair) int { return min(p.Done, 1) - min(q.Done, 1) })
		for _, p := range pairs {
			note, t := a.words.Record.Unheld, draw.Warn
			if p.Done > 0 {
				var means []string
				for _, word := range p.Means {
					means = append(means, a.words.term(word))
				}
				note, t = a.words.Record.Held.of(p.Done, strings.Join(means, a.words.Happening.NameSep)), draw.Muted
			}
			f.put(draw.Span{Text: a.words.Record.Pair.of(a.name(p.By), a.name(p.With)), Tone: draw.Plain}, draw.Span{Text: "  " + a.words.term(p.Why) + "  ", Tone: draw.Muted}, draw.Span{Text: note, Tone: t})
		}
	})
}
