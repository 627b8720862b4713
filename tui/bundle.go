package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// SayLine says what a line of the bundle holds and what was decided about it.
func (w *Words) SayLine(s *meeting.State, b meeting.Bundle, l meeting.BundleLine) string {
	parts := []string{w.gradeOr(l.Grade)}
	if l.Over {
		parts = append(parts, w.Bundle.Over)
	}
	if l.Away {
		parts = append(parts, w.Bundle.Away)
	}
	if l.Reason != "" {
		parts = append(parts, w.Bundle.Because.of(draw.Clean(l.Reason)))
	}
	if l.Register == 0 && s.Rules.Has("register") {
		parts = append(parts, w.Bundle.NoForm)
	}
	v := b.Verdicts.Of(l.ID)
	switch v.Decision {
	case meeting.LineApproved:
		parts = append(parts, strings.TrimSpace(w.Bundle.Approved.of(draw.Clean(v.Approval))))
	case meeting.LineSentBack:
		parts = append(parts, w.Bundle.Returned.of(draw.Clean(v.Reason)))
	case meeting.LineAmended:
		parts = append(parts, w.Bundle.Amended.of(w.gradeOr(v.Grade), draw.Clean(v.Reason)))
	default:
		parts = append(parts, w.Bundle.Waits)
	}
	return strings.Join(parts, w.Common.Comma)
}

func (w *Words) gradeOr(g meeting.Grade) string {
	if g == "" {
		return w.Bundle.Ungraded
	}
	return w.term(string(g))
}

// bundleChoices lead those who rate, and the superior, to the grades that go to
// the superior, after the meeting.
func bundleChoices(a *App) []choice {
	if a.s.Rules == nil || a.s.Phase != meeting.After || a.s.Rules.Approval == preset.ApprovalNone || !a.s.SeesBundle(a.Who) {
		return nil
	}
	note := a.words.Bundle.None
	if b, sent := a.s.Bundle(); sent {
		note = a.words.Bundle.Version.of(b.Version, a.words.RecordState(b.State()))
	}
	return []choice{{label: a.words.Bundle.Title, id: "bundle", note: note, do: openBundle}}
}

// unsent reports whether the superior, who has had to do with this branch, decides
// before anybody is told, and has been sent nothing yet.
func unsent(a *App) bool {
	_, sent := a.s.Bundle()
	return !sent && a.s.Approval() == "" && a.s.Rules.Approval == preset.ApprovalFirst && len(a.s.Superiors) > 0 &&
		meeting.May(a.s, a.Who, meeting.ActSubmit) == nil
}

// openBundle shows the newest version, with what its reader can do with it.
func openBundle(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Bundle.Title, opened: true, say: bundleSays, choices: bundleRows})
}

func bundleSays(a *App, f *flow) {
	w := a.words.Bundle
	b, sent := a.s.Bundle()
	if !sent {
		f.say(draw.Plain, w.None)
		if none := a.s.NoRegister(); len(none) > 0 {
			f.say(draw.Warn, w.NoForms.of(a.words.names(a.s, none)))
		}
		return
	}
	f.say(draw.Strong, w.Version.of(b.Version, a.words.RecordState(b.State())))
	tone, limit := draw.Plain, b.CapNow(a.s.Excellent())
	if limit.Left() < 0 {
		tone = draw.Warn
	}
	f.say(tone, w.Cap.of(limit.Used, limit.Cap, limit.Base))
	if n := len(b.Waiting()); n > 0 {
		f.say(draw.Plain, w.Waiting.of(n))
	}
	if n := len(b.Returned()); n > 0 {
		f.say(draw.Warn, w.OpenReturned.of(n))
	}
	if none := b.WithoutForm(); len(none) > 0 && a.s.Rules.Has("register") {
		f.say(draw.Warn, w.NoForms.of(a.words.names(a.s, none)))
	}
}

// bundleRows are what can be done with the bundle, and then its lines.
func bundleRows(a *App) []choice {
	w := a.words.Bundle
	b, _ := a.s.Bundle()
	var list []choice
	switch {
	case meeting.May(a.s, a.Who, meeting.ActApprove) == nil:
		list = append(list, decideAll(a, b, meeting.LineApproved, w.ApproveAll, w.AskApproveAll)...)
		list = append(list, decideAll(a, b, meeting.LineSentBack, w.ReturnAll, w.AskReturnAll)...)
	case a.s.SeesBundle(a.Who):
		list = append(list, choice{label: w.Send, why: a.words.why(a.s, a.Who, meeting.ActSubmit), do: sendBundle})
		if slices.Contains(a.s.Seats(a.Who), meeting.SeatConsole) && len(b.Waiting())+len(b.Returned()) > 0 {
			why := a.words.Say(meeting.DecideBundle{Decision: meeting.LineApproved}.Refuses(a.s, a.Who))
			list = append(list, choice{label: w.OnPaper, why: why, do: approveOnPaper})
		}
	}
	for _, l := range b.Lines {
		list = append(list, choice{label: a.name(l.ID), id: "line " + string(l.ID), note: a.words.SayLine(a.s, b, l), do: func(a *App) tea.Cmd { return openLine(a, l.ID) }})
	}
	return list
}

// decideAll is to decide about all lines at once, if there are any about which that
// can be.
func decideAll(a *App, b meeting.Bundle, d meeting.Decision, name string, question phrase) []choice {
	cmd := meeting.DecideBundle{Decision: d}
	ids, _ := cmd.About(a.s, a.Who)
	if len(ids) == 0 {
		return nil
	}
	return []choice{{label: name, why: a.words.Say(cmd.Refuses(a.s, a.Who)), do: func(a *App) tea.Cmd {
		return decideBundle(a, b, nil, d, "", name, question.of(len(ids)))
	}}}
}

// openLine shows what is said about one member, and what can be done about it.
func openLine(a *App, id meeting.MemberID) tea.Cmd {
	return a.push(&menu{title: a.name(id), opened: true, say: func(a *App, f *flow) {
		b, _ := a.s.Bundle()
		l, _ := b.Line(id)
		f.say(draw.Plain, a.words.SayLine(a.s, b, l))
	}, choices: func(a *App) []choice { return append(lineChoices(a, id), formOf(a, id)...) }})
}

// formOf leads to somebody's register form, where who looks may read it.
func formOf(a *App, id meeting.MemberID) []choice {
	f := formNamed("register")
	list := readable(a, f, func(r meeting.Record) bool { return r.Owner == id })
	if len(list) == 0 || !a.s.Rules.Has("register") {
		return nil
	}
	return []choice{{label: a.words.Bundle.Form, id: "form", note: a.words.RecordState(list[0].State), do: func(a *App) tea.Cmd { return openRecord(a, f, list[0].No) }}}
}

func lineChoices(a *App, id meeting.MemberID) []choice {
	w := a.words.Bundle
	b, _ := a.s.Bundle()
	if meeting.May(a.s, a.Who, meeting.ActApprove) == nil {
		ids, name := []meeting.MemberID{id}, a.name(id)
		why := func(d meeting.Decision, g meeting.Grade) string {
			return a.words.Say(meeting.DecideBundle{IDs: ids, Decision: d, Grade: g}.Refuses(a.s, a.Who))
		}
		list := []choice{{label: w.Approve, why: why(meeting.LineApproved, ""), do: func(a *App) tea.Cmd {
			return decideBundle(a, b, ids, meeting.LineApproved, "", w.Approve, w.AskApprove.of(name))
		}}, {label: w.Return, why: why(meeting.LineSentBack, ""), do: func(a *App) tea.Cmd {
			return decideBundle(a, b, ids, meeting.LineSentBack, "", w.Return, w.AskReturn.of(name))
		}}}
		if b.Approved(id) {
			list = list[1:]
		}
		if l, _ := b.Line(id); a.s.Graded(id) || l.Grade != "" {
			for _, g := range a.s.Rules.Grades {
				grade := meeting.Grade(g)
				list = append(list, choice{label: w.AmendTo.of(a.words.term(g)), why: why(meeting.LineAmended, grade), do: func(a *App) tea.Cmd {
					return decideBundle(a, b, ids, meeting.LineAmended, grade, w.Amend, w.AskAmend.of(name, a.words.term(g)))
				}})
			}
		}
		return list
	}
	if meeting.May(a.s, a.Who, meeting.ActRate) != nil || b.Verdicts.Of(id).Decision != meeting.LineSentBack {
		return nil
	}
	var list []choice
	grades := a.s.Rules.Grades
	if !a.s.Graded(id) {
		grades = append(slices.Clone(grades), a.s.Rules.Ungraded)
	}
	told := ""
	if a.s.Hearings.Has(id) {
		told = a.words.Say(&meeting.Refusal{Code: meeting.ToldStands, Args: []string{a.name(id)}})
	}
	for _, g := range grades {
		list = append(list, choice{label: a.words.term(g), why: told, do: func(a *App) tea.Cmd { return regrade(a, id, meeting.Grade(g)) }})
	}
	return list
}

// regrade changes a grade that the superior has returned.
func regrade(a *App, id meeting.MemberID, g meeting.Grade) tea.Cmd {
	return a.prompt(a.words.Bundle.Regrade.of(a.name(id)), a.words.Bundle.RegradeHint, shortText, func(a *App, reason string) tea.Cmd {
		return a.hand(meeting.Rate{ID: id, Grade: g, Reason: reason}, "", 2, a.words.Bundle.Regraded)
	})
}

// decideBundle records a decision about lines of the version that was read, once
// it is confirmed; one that needs a reason asks for it first.
func decideBundle(a *App, b meeting.Bundle, ids []meeting.MemberID, d meeting.Decision, g meeting.Grade, name, question string) tea.Cmd {
	w := a.words.Bundle
	depth := min(len(ids), 1) // the page of the one line closes
	confirm := func(a *App, reason string, depth int) tea.Cmd {
		cmd := meeting.DecideBundle{Read: &b, IDs: ids, Decision: d, Grade: g, Reason: reason}
		effect := w.ApproveEffect
		if d == meeting.LineSentBack {
			effect = w.ReturnEffect
		}
		effect += leftOut(a, cmd)
		if reason != "" {
			effect = w.Because.of(draw.Clean(reason)) + "\n" + effect
		}
		return a.weighDoing(cmd, question, effect, w.YesTo.of(name), func(a *App) tea.Cmd {
			return a.hand(cmd, "", depth, w.Decided)
		})
	}
	if d == meeting.LineApproved {
		return confirm(a, "", depth)
	}
	return a.prompt(name, w.ReasonHint, shortText, func(a *App, reason string) tea.Cmd {
		if reason == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return confirm(a, reason, depth+1)
	})
}

// leftOut says, each on a line of its own, about whom a decision about all is not.
func leftOut(a *App, cmd meeting.DecideBundle) string {
	_, out := cmd.About(a.s, a.Who)
	text := ""
	for _, no := range out {
		text += "\n" + a.words.Say(no)
	}
	return text
}

// sendBundle sends the grades to the superior.
func sendBundle(a *App) tea.Cmd {
	b, _ := a.s.Bundle()
	w := a.words.Bundle
	return a.weighDoing(meeting.Submit{}, w.AskSend.of(b.Version+1), w.SendNote, w.YesSend, func(a *App) tea.Cmd {
		return a.act(meeting.Submit{}, w.Sent.of(b.Version+1))
	})
}

// approveOnPaper records that the superior has approved everything on paper.
func approveOnPaper(a *App) tea.Cmd {
	w := a.words.Bundle
	return a.prompt(w.OnPaper, w.OnPaperHint, shortText, func(a *App, number string) tea.Cmd {
		if number == "" {
			a.refuse(&meeting.Refusal{Code: meeting.ApprovalNumber})
			return nil
		}
		b, _ := a.s.Bundle()
		cmd := meeting.DecideBundle{Read: &b, Decision: meeting.LineApproved, Approval: number}
		return a.weighDoing(cmd, w.AskOnPaper.of(draw.Clean(number)), w.ApproveEffect+leftOut(a, cmd), w.YesTo.of(w.OnPaper), func(a *App) tea.Cmd {
			return a.hand(cmd, "", 1, w.Decided)
		})
	})
}

// toldOfBundle tells what happened between the branch and the superior.
func (w *Words) toldOfBundle(s *meeting.State, c *meeting.Chronicle) string {
	by := nameOf(s, c.By)
	switch f := c.Fact.(type) {
	case meeting.BundleSubmitted:
		return w.Bundle.ToldSent.of(f.Version)
	case meeting.GuideAssigned:
		return w.Bundle.ToldGuide.of(by, draw.Clean(f.Guide.Name))
	case meeting.BundleDecided:
		var ids []meeting.MemberID
		for _, l := range f.Lines {
			ids = append(ids, l.ID)
		}
		told := map[meeting.Decision]phrase{meeting.LineApproved: w.Bundle.ToldApproved, meeting.LineSentBack: w.Bundle.ToldReturned, meeting.LineAmended: w.Bundle.ToldAmended}
		return told[f.Decision].of(by, w.names(s, ids))
	}
	return ""
}
