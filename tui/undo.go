package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// undo returns the choice that takes back the caller's last step. If the rules
// have no way back it says why.
func undo(a *App) choice {
	w, last := a.words, meeting.LastStep(a.s, a.Who)
	ch := choice{label: w.ActionName(meeting.ActUndo), key: "backspace"}
	what := ""
	if text := w.step(a.s, last.Step); text != "" {
		what = w.Undo.Last.of(text)
	}
	if last.Why != nil {
		ch.why = what + w.whyNoUndo(last.Why)
		return ch
	}
	ch.do = func(a *App) tea.Cmd {
		return a.weigh(w.Undo.Ask, what+w.afterUndo(a.s, last), w.Undo.Yes, func(a *App) tea.Cmd {
			return a.act(last.Back, w.Undo.Done)
		})
	}
	return ch
}

// whyNoUndo says why a step cannot be taken back, and which key helps.
func (w *Words) whyNoUndo(no *meeting.Refusal) string {
	if text, ok := w.Undo.Keys[no.Code]; ok {
		return text
	}
	return w.Say(no)
}

// SayStep says what a step was that was taken back.
func (w *Words) SayStep(s *meeting.State, c *meeting.Chronicle) string {
	return draw.Clean(w.step(s, c))
}

// step says what a step was, "" for a step that the log does not tell.
func (w *Words) step(s *meeting.State, c *meeting.Chronicle) string {
	if c == nil {
		return ""
	}
	switch f := c.Fact.(type) {
	case meeting.CodesIssued:
		return w.Code.DidIssue.of(len(f.Hashes))
	case meeting.CodesRevoked:
		return w.Code.DidRevoke.of(w.names(s, f.IDs))
	case meeting.KeyRemembered:
		return w.Device.DidRemember.of(nameOf(s, f.Who), f.No)
	case meeting.KeyForgotten:
		return w.Device.DidForget.of(nameOf(s, f.Who), f.No)
	case meeting.RoundMoved:
		return w.Undo.Round.of(nameOf(s, f.ID), w.PartName(f.Part))
	case meeting.ClockPaused:
		if f.Paused {
			return w.Console.Pause
		}
		return w.Console.Resume
	}
	return w.told(s, c)
}

// afterUndo says how things will be once a step is taken back.
func (w *Words) afterUndo(s *meeting.State, u meeting.Undoing) string {
	switch back := u.Back.(type) {
	case meeting.Goto:
		return w.Undo.Item.of(w.titleOf(s, back.No))
	case meeting.TakeBack:
		if u.Floor.Speaker == "" {
			return w.Undo.Silence
		}
		return w.Undo.Speak.of(nameOf(s, u.Floor.Speaker), clock(time.Duration(u.Floor.Spent)*second))
	case meeting.PauseClock:
		if s.Floor.Paused {
			return w.Undo.Resume
		}
		return w.Undo.Pause
	case meeting.SignInMany:
		return w.Undo.SignIn.of(w.names(s, back.IDs))
	case meeting.SignInFor:
		return w.Undo.SignIn.of(nameOf(s, back.ID))
	}
	return ""
}
