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
	text, left := draw.Clean(p.Text), digits{now.In(zone).Format("15:04"), draw.Filled}
	if p.Seconds > 0 {
		until := p.Since.Add(time.Duration(p.Seconds) * second)
		sc.above = []draw.Span{{Text: w.Placard.Until.of(until.In(zone).Format("15:04")), Tone: draw.Strong}}
		left.text, sc.beat = clock(max(0, until.Sub(now))), second
		sc.clock = &runningClock{Since: seconds(max(0, until.Sub(now))), Limit: p.Seconds, Down: true}
	}
	if text == "" {
		text = w.Placard.Rest
	}
	sc.piece = headline{text, left}
}

// SayPlacard says to everybody what hangs on the wall; "" if nothing does.
func (w *Words) SayPlacard(s *meeting.State) string {
	p := s.Placard
	switch {
	case p.Break && p.Seconds > 0:
		until := w.Placard.Until.of(p.Since.Add(time.Duration(p.Seconds) * second).In(s.Branch.Location()).Format("15:04"))
		if p.Text != "" {
			until = w.Common.Sentence.of(until) + draw.Clean(p.Text)
		}
		return w.Placard.Breaks.of(p.Since.In(s.Branch.Location()).Format("15:04"), until)
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

// breaks are the usual breaks, in minutes.
var breaks = []int{5, 10, 15, 20}

// beginBreak asks how long the break lasts, which a digit answers, and begins
// it. The last row begins one whose length is not said.
func beginBreak(a *App) tea.Cmd {
	w := a.words.Placard
	return a.push(&menu{
		title: w.Begin, opened: true, direct: true,
		say: func(a *App, f *flow) {
			f.say(draw.Plain, w.BreakHint)
			if fl := a.s.Floor; fl.Speaker != "" && !fl.Paused {
				f.say(draw.Plain, w.ClockStops.of(a.name(fl.Speaker)))
			}
		},
		choices: func(*App) []choice {
			var list []choice
			for _, n := range breaks {
				list = append(list, choice{label: w.Minutes.of(n), do: func(a *App) tea.Cmd {
					return a.hand(meeting.Say{Break: true, Seconds: 60 * n}, "", 1, w.Begun)
				}})
			}
			return append(list, choice{label: w.Open, do: writeBreak})
		},
	})
}

// writeBreak asks for a sentence, which may be left out, and begins a break.
func writeBreak(a *App) tea.Cmd {
	w := a.words.Placard
	return a.prompt(w.Begin, w.OpenHint, placardRoom, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.Say{Text: text, Break: true}, "", 2, w.Begun)
	})
}

// resumeNote says what the end of a break does.
func (w *Words) resumeNote(s *meeting.State) string {
	if !s.ClockHeld() {
		return w.Placard.ResumeNote
	}
	return w.Placard.ResumeNote + w.Placard.ClockGoesOn.of(nameOf(s, s.Floor.Speaker))
}

func askResumeBreak(a *App) tea.Cmd {
	w := a.words.Placard
	return a.ask(w.Resume, a.words.resumeNote(a.s), w.YesResume, func(a *App) tea.Cmd { return a.act(meeting.Say{}, w.Resumed) })
}
