package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/tui/draw"
)

// scriptChoice opens the 主持词, which stands on the console itself where there
// is room.
func scriptChoice(a *App) choice {
	return choice{label: a.words.Script.Read, key: "z", do: readScript}
}

// readScript shows what is read out now, and what was prepared for the item. It
// follows the meeting.
func readScript(a *App) tea.Cmd {
	return a.read(a.words.Script.Read, func(a *App, f *flow) {
		f.blocks = append(f.blocks, scripted(a)...)
		if list := paper.Material(a.s, a.Who); len(list) > 0 {
			f.say(draw.Muted, a.words.Script.Prepared)
			materialSays(f, list)
		}
	})
}

// materialChoices open what is read out of an absent member, for the recorder.
func materialChoices(a *App) []choice {
	r, ok := a.s.ToReadOut(a.Who)
	if !ok {
		return nil
	}
	title := a.words.Script.ReadFor.of(a.name(r.Owner))
	return []choice{{label: title, id: "material", do: func(a *App) tea.Cmd {
		return a.read(title, func(a *App, f *flow) { materialSays(f, paper.Material(a.s, a.Who)) })
	}}}
}

// materialSays is what was prepared, paragraph by paragraph.
func materialSays(f *flow, list []string) {
	for _, text := range list {
		f.gap()
		f.say(draw.Strong, draw.Clean(text))
	}
}

// scripted is what is read out now.
func scripted(a *App) []block {
	f := a.flow()
	for _, text := range paper.Script(a.s) {
		f.say(draw.Strong, draw.Clean(text))
		f.gap()
	}
	if len(f.blocks) == 0 {
		f.say(draw.Muted, a.words.Script.Nothing)
		f.gap()
	}
	return f.blocks
}

// scriptBeside is the script on the console, and what Enter does then, where
// there is room for three columns; elsewhere the script has a page of its own.
func scriptBeside(a *App) versions {
	return versions{
		{wideWidth - 2, func() []block {
			f := a.flow()
			f.say(draw.Muted, a.words.Script.Aloud)
			f.gap()
			return slices.Concat(f.blocks, scripted(a), effect(a), []block{gap{}})
		}},
		{0, func() []block { return nil }},
	}
}

// narrow is what the three columns of a wide console say elsewhere: in the text
// that is read out, or at the right.
func narrow(blocks []block) versions {
	return versions{
		{wideWidth - 2, func() []block { return nil }},
		{0, func() []block { return blocks }},
	}
}

// effect says what Enter on the console does now, and whether it asks first.
func effect(a *App) []block {
	f, w := a.flow(), a.words.Script
	step := meeting.NextStep(a.s)
	_, question := a.words.stepWords(a.s, step)
	next := (&console{}).next(a)
	if step.Act == meeting.ActNext && headless(a.s) {
		question = a.words.Minutes.HeadNote
	}
	red := func(c meeting.Check) bool { return c.Red }
	switch {
	case next.key == "":
		f.say(draw.Muted, w.Wait)
	case step.Act == meeting.ActNext && slices.ContainsFunc(a.s.Checks(), red):
		f.say(draw.Muted, w.Reason.of(next.label))
	case question != "":
		f.say(draw.Muted, w.Asks.of(next.label))
		for l := range strings.SplitSeq(question, "\n") {
			f.say(draw.Muted, l)
		}
	case step.Waits(a.Who) && mine(a.s, a.Who): // only their own page opens
		f.say(draw.Muted, w.Does.of(next.label))
	case slices.Contains([]meeting.Action{meeting.ActNext, meeting.ActTurn, meeting.ActCall}, step.Act) && a.s.Phase == meeting.Live && !a.s.Rehearsal:
		f.say(draw.Muted, w.Does.of(next.label)+w.Undo)
	default:
		f.say(draw.Muted, w.Does.of(next.label))
	}
	return f.blocks
}

// longing is whom the open item still waits for, and for what.
type longing struct {
	what string
	who  []meeting.MemberID
}

// longings lists at the right of the console who waits for the floor, and whom
// the open item waits for.
func longings(a *App) []block {
	list := []longing{{a.words.Script.Queue, a.s.Floor.Queue}}
	if a.s.Phase == meeting.Before {
		list = append(list, unarrived(a)...)
	} else if of := viewOf(a.s).longings; of != nil {
		list = append(list, of(a)...)
	}
	f := a.flow()
	for _, l := range list {
		if len(l.who) == 0 {
			continue
		}
		f.gap()
		f.say(draw.Strong, a.words.Script.Count.of(l.what, len(l.who)))
		f.say(draw.Plain, a.words.names(a.s, l.who))
	}
	return f.blocks
}

// unheard lists the party members in the room who have not had the floor yet.
func unheard(a *App) []longing {
	times := a.s.SpeakingTimes(a.Room.Now())
	who := slices.DeleteFunc(slices.Clone(a.s.Participants()), func(id meeting.MemberID) bool {
		return times[id].Times > 0 || !a.s.Attendance.Of(id).Present
	})
	return []longing{{a.words.Script.Silent, who}}
}
