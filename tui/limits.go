package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// The console's digits are minutes: while somebody speaks, how long they still
// have. Else 1 accepts the limits that are proposed before a round, or writes
// down a measure.

// digits binds the console's digits, if they do something now.
func (c *console) digits(a *App) []bind {
	if meeting.May(a.s, a.Who, meeting.ActCountdown) == nil {
		return []bind{on("1 2 3 4 5 6 7 8 9", a.words.Limits.Digits, nothing)}
	}
	if p, ok := proposed(a); ok {
		return []bind{on("1", a.words.Limits.Accept, func(a *App) tea.Cmd { return setLimits(a, p.Limits) })}
	}
	if m := measureChoice(a); m.why == "" {
		return []bind{on("1", m.label, m.do)}
	}
	return nil
}

// countdown gives the speaker so many minutes from now.
func countdown(a *App, minutes int) tea.Cmd {
	c := meeting.Countdown{Seconds: 60 * minutes}
	return a.act(c, a.words.Limits.Counted.of(a.name(a.s.Floor.Speaker), minutes))
}

// proposed returns the limits that are proposed before a round.
func proposed(a *App) (p meeting.LimitProposal, ok bool) {
	if !at(a.s, preset.Criticism) || a.s.Subject != "" || meeting.May(a.s, a.Who, meeting.ActLimits) != nil {
		return p, false
	}
	return a.s.ProposeLimits(a.Room.Now())
}

// proposal says which limits are proposed, and from what.
func (w *Words) proposal(p meeting.LimitProposal) string {
	each := p.Limits.SelfCriticism + p.Limits.Criticism + p.Limits.Response
	return w.Limits.Proposal.of(int(p.Time/time.Minute), p.People, w.span(each), w.Limits.Round.of(w.span(p.Limits.SelfCriticism), w.span(p.Limits.Criticism), w.span(p.Limits.Response)))
}

// limits says how long people may speak.
func (w *Words) limits(l preset.Limits) string {
	return w.Limits.Each.of(w.span(l.SelfCriticism), w.span(l.Criticism), w.span(l.Response), w.span(l.Speech))
}

// span says a time limit in seconds.
func (w *Words) span(seconds int) string {
	if seconds == 0 {
		return w.Limits.None
	}
	return clock(time.Duration(seconds) * second)
}

func setLimits(a *App, l preset.Limits) tea.Cmd {
	return a.act(meeting.SetLimits{Limits: l}, a.words.Limits.Set.of(a.words.limits(l)))
}

// limitsChoice sets how long people may speak.
func limitsChoice(a *App) choice {
	return choice{label: a.words.Limits.Choose, why: a.words.why(a.s, a.Who, meeting.ActLimits), do: pickLimits}
}

// pickLimits offers what is proposed, what the rules say, and any other limits.
func pickLimits(a *App) tea.Cmd {
	take := func(l preset.Limits) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd { a.pop(1); return setLimits(a, l) }
	}
	return a.push(&menu{
		title: a.words.Limits.Choose, opened: true, direct: true,
		say: func(a *App, f *flow) { f.say(draw.Plain, a.words.Limits.Now.of(a.words.limits(a.s.Limits()))) },
		choices: func(a *App) []choice {
			var list []choice
			if p, ok := a.s.ProposeLimits(a.Room.Now()); ok {
				list = append(list, choice{label: a.words.proposal(p), do: take(p.Limits)})
			}
			return append(list,
				choice{label: a.words.Limits.ByRules.of(a.words.limits(a.s.Rules.Limits)), do: take(a.s.Rules.Limits)},
				choice{label: a.words.Limits.Other, do: writeLimits})
		},
	})
}

// writeLimits asks for the limits in seconds.
func writeLimits(a *App) tea.Cmd {
	l := a.s.Limits()
	w := a.words.Limits
	g := &figures{
		title: w.Choose, labels: []string{w.Self, w.Criticism, w.Response, w.Speech}, n: []int{l.SelfCriticism, l.Criticism, l.Response, l.Speech},
		last: a.words.Common.OK, fresh: true,
		say: func(a *App, f *flow) { f.say(draw.Plain, a.words.Limits.Seconds) },
	}
	g.submit = func(a *App) tea.Cmd {
		set := preset.Limits{SelfCriticism: g.n[0], Criticism: g.n[1], Response: g.n[2], Speech: g.n[3]}
		return a.hand(meeting.SetLimits{Limits: set}, "", 2, a.words.Limits.Set.of(a.words.limits(set)))
	}
	return a.push(g)
}
