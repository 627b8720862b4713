package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// placardRoom is the longest sentence on the wall, in characters.
const placardRoom = 60

// placard puts what hangs on the wall in the item's place: the sentence or 休息
// across it, and below it the speaker's clock, or the time of day.
func (sc *scenery) placard(w *Words, s *meeting.State, now time.Time) {
	p := s.Placard
	if s.Floor.Speaker != "" && !p.Break {
		sc.speaker(w, s, now)
		speaks, _ := sc.piece.(headline)
		sc.piece = headline{draw.Clean(p.Text), speaks.clock}
		return
	}
	zone := s.Branch.Location()
	sc.piece = headline{draw.Clean(p.Text), digits{now.In(zone).Format("15:04"), draw.Filled}}
	sc.beat = time.Duration(60-now.Second()) * second
	if !p.Break {
		return
	}
	sc.title = w.Placard.Break
	sc.above = []draw.Span{{Text: w.Placard.Since.of(p.Since.In(zone).Format("15:04")), Tone: draw.Strong}}
	if p.Text == "" {
		sc.piece = headline{w.Placard.Rest, digits{now.In(zone).Format("15:04"), draw.Filled}}
	}
}

// SayPlacard says to everybody what hangs on the wall; "" if nothing does.
func (w *Words) SayPlacard(s *meeting.State) string {
	p := s.Placard
	switch {
	case p.Break:
		return w.Placard.Breaks.of(p.Since.In(s.Branch.Location()).Format("15:04"), draw.Clean(p.Text))
	case p.Text != "":
		return w.Placard.Hangs.of(draw.Clean(p.Text))
	}
	return ""
}

// placardChoices are what can be done with the wall.
func placardChoices(a *App) []choice {
	w, why := a.words.Placard, a.words.why(a.s, a.Who, meeting.ActSay)
	down := choice{label: w.TakeDown, why: why, do: func(a *App) tea.Cmd { return a.act(meeting.Say{}, w.Down) }}
	switch p := a.s.Placard; {
	case p.Break:
		down.label, down.do = w.Resume, askResumeBreak
		return []choice{down}
	case p.Text != "":
		return []choice{down, {label: w.Write, why: why, do: writePlacard}, {label: w.Begin, why: why, do: beginBreak}}
	}
	return []choice{{label: w.Write, why: why, do: writePlacard}, {label: w.Begin, why: why, do: beginBreak}}
}

// writePlacard asks for the sentence, and puts it on the wall.
func writePlacard(a *App) tea.Cmd {
	w := a.words.Placard
	return a.prompt(w.Write, w.WriteHint, placardRoom, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return a.hand(meeting.Say{Text: text}, "", 1, w.Done)
	})
}

// beginBreak asks for a sentence, which may be left out, and begins a break.
func beginBreak(a *App) tea.Cmd {
	w := a.words.Placard
	return a.prompt(w.Begin, w.BreakHint, placardRoom, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.Say{Text: text, Break: true}, "", 1, w.Begun)
	})
}

func askResumeBreak(a *App) tea.Cmd {
	w := a.words.Placard
	return a.ask(w.Resume, w.ResumeNote, w.YesResume, func(a *App) tea.Cmd { return a.act(meeting.Say{}, w.Resumed) })
}
