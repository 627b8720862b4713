package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Deed is one line of the audit: who did what, and when. Its text is never one
// that stands in a record, and says nothing about a choice.
type Deed struct {
	At   time.Time
	By   meeting.MemberID // "": the server's own machine
	Name string
	Kind string // of the fact
	Text string
}

// Audit returns what was done in a branch, the oldest first.
func (w *Words) Audit(s *meeting.State) []Deed {
	var list []Deed
	for _, c := range s.Chronicle.Forward() {
		text := w.SayStep(s, c)
		if text == "" {
			continue
		}
		name := draw.Clean(s.NameOf(c.By))
		if c.By == meeting.Keeper {
			name = w.Deeds.Server
		}
		list = append(list, Deed{c.At, c.By, name, meeting.KindOf(c.Fact), text})
	}
	return list
}

// auditChoice opens the audit on a console or for a superior.
func auditChoice(a *App) choice {
	return choice{label: a.words.Deeds.Title, id: "audit", do: readAudit}
}

// readAudit lists who did what when, day by day, the newest first. Letters leave
// what one person did.
func readAudit(a *App) tea.Cmd {
	m := &menu{title: a.words.Deeds.Title, opened: true, wide: true, people: true}
	m.pinned = func(a *App, f *flow) {
		if m.query != "" {
			m.sayQuery(f, len(deedsOf(a, m.query)))
		}
	}
	m.say = func(a *App, f *flow) { sayDeeds(a, f, deedsOf(a, m.query)) }
	return a.push(m)
}

// deedsOf is what the people did whom a query means, the newest first.
func deedsOf(a *App, query string) []Deed {
	list := slices.DeleteFunc(a.words.Audit(a.s), func(d Deed) bool { return !finds(query, meeting.Member{ID: d.By, Name: d.Name}) })
	slices.Reverse(list)
	return list
}

func sayDeeds(a *App, f *flow, list []Deed) {
	zone, day := a.s.Branch.Location(), ""
	for _, d := range list {
		at := d.At.In(zone)
		if today := at.Format(time.DateOnly); today != day {
			day = today
			f.say(draw.Strong, day)
		}
		text := d.Text
		if !strings.Contains(text, d.Name) {
			text = d.Name + "  " + text
		}
		f.hang(draw.Span{Text: at.Format("15:04  "), Tone: draw.Muted}, draw.Span{Text: text, Tone: draw.Plain})
	}
	if len(a.words.Audit(a.s)) == 0 {
		f.say(draw.Plain, a.words.Deeds.None)
	}
}
