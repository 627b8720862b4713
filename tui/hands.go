package tui

import (
	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// newHands asks for a show of hands. It begins with everybody in favour, the
// usual case: Enter alone records it.
func (w *Words) newHands(s *meeting.State, text string, submit func(*App, meeting.Hands) tea.Cmd) *figures {
	n := []int{s.Roll().HereFormal, 0, 0}
	return &figures{
		title: w.Hands.Title, labels: []string{w.Hands.For, w.Hands.Against, w.Common.Abstain}, n: n, last: w.Hands.Record, fresh: true,
		say: func(a *App, f *flow) {
			r := a.s.Roll()
			f.say(draw.Plain, text)
			f.gap()
			f.say(draw.Plain, a.words.Hands.Rule.of(r.HereFormal, r.ExpectedFormal))
		},
		submit: func(a *App) tea.Cmd { return submit(a, meeting.Hands{Yes: n[0], No: n[1], Abstain: n[2]}) },
	}
}
