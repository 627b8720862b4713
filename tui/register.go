package tui

import (
	"pingyi/meeting"
	"pingyi/tui/draw"
)

// registerView is what register forms have of their own: a row a person, who has
// written none says so, and above them stands who has not handed theirs in.
var registerView = recordView{
	head: registerHead,
	name: func(a *App, r meeting.Record) string { return a.name(r.Owner) },
	note: func(a *App, r meeting.Record) string {
		if r.Rev == 0 {
			return a.words.Record.Unwritten
		}
		return a.words.RecordState(r.State)
	},
}

// registerHead says who has not handed in their register form.
func registerHead(a *App, f *flow) {
	none := a.s.NoRegister()
	if len(none) == 0 {
		f.say(draw.Plain, a.words.Record.FormsIn)
		return
	}
	f.say(draw.Plain, a.words.Record.FormsOwed.of(a.words.names(a.s, none)))
}
