package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// conductView is what records of daily conduct have of their own: above the list
// stands what they are for and how a table of them is brought along.
var conductView = recordView{
	head: func(a *App, f *flow) {
		f.say(draw.Muted, a.words.Record.Conduct)
		f.add(airy{paragraph{spans: []draw.Span{{Text: a.words.Record.ConductFrom, Tone: draw.Muted}}}})
	},
	name: func(a *App, r meeting.Record) string {
		return strings.TrimSpace(a.name(r.Owner) + "  " + draw.Clean(r.Value("duties")))
	},
	note: func(*App, meeting.Record) string { return "" },
}

// conductLines is how many lines of facts stand beside the votes.
const conductLines = 3

// conductSays are the facts of somebody's daily conduct, beside the votes, for who
// grades them: as they are, in no order of merit and without a sum. Those that
// have no room stand behind a key.
func conductSays(a *App, f *flow, of meeting.MemberID) {
	r, ok := a.s.ConductOf(a.Who, of)
	if !ok {
		return
	}
	text := a.words.Record.Says.of(a.words.Record.SeeConduct, strings.Join(conductParts(a, r), a.words.Record.CellSep))
	f.say(draw.Plain, ansi.Truncate(text, conductLines*(min(a.Width, normalWidth)-4), "..."))
}

// conductParts are the facts of a record, each with its label. Whom they are about
// and their duties stand elsewhere, the note on the record's own page.
func conductParts(a *App, r meeting.Record) []string {
	form := formNamed(r.Form)
	var parts []string
	for _, x := range form.Fields {
		value := r.Value(x.Name)
		switch {
		case value == "" || x.Private || x.Name == "member" || x.Name == "duties":
		case x.Type == meeting.RowsField:
			rows, _ := meeting.Rows(value) // what is no table has no rows
			for _, row := range rows {
				parts = append(parts, draw.Clean(row["item"]+" "+row["value"]))
			}
		default:
			parts = append(parts, a.words.label(form, x)+" "+draw.Clean(a.words.FieldText(a.s, x, value)))
		}
	}
	return parts
}

// conductBinds lead from somebody's grade to all that there is of their daily
// conduct.
func conductBinds(a *App, of meeting.MemberID) []bind {
	r, ok := a.s.ConductOf(a.Who, of)
	if !ok {
		return nil
	}
	return []bind{on("f", a.words.Record.SeeConduct, func(a *App) tea.Cmd { return openRecord(a, formNamed(r.Form), r.No) })}
}
