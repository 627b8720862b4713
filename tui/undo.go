package tui

import (
	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// step is the last thing that somebody did: what it was, and what takes it back.
type step struct {
	what string
	back meeting.Command
	text string // what taking it back does
	why  string // why it can't be taken back, and what to do instead
}

// undo is the choice that takes back the caller's last step, where the rules
// have a way back; elsewhere it says why there is none.
func undo(a *App) choice {
	last := lastStep(a)
	ch := choice{label: a.words.Undo.Label, key: "backspace", why: last.why}
	if last.what != "" && last.why != "" {
		ch.why = a.words.Undo.Last.of(last.what) + last.why
	}
	ch.do = func(a *App) tea.Cmd {
		return a.ask(a.words.Undo.Ask, a.words.Undo.Last.of(last.what)+last.text, a.words.Undo.Yes, func(a *App) tea.Cmd {
			return a.act(last.back, a.words.Undo.Done)
		})
	}
	return ch
}

// lastStep is the newest request of the caller with which a meeting goes on.
func lastStep(a *App) step {
	var facts []*meeting.Chronicle // of one request, newest first
	for c := range a.s.Chronicle.Backward() {
		if len(facts) > 0 && (c.By != a.Who || !c.At.Equal(facts[0].At)) {
			break
		}
		if c.By == a.Who && (len(facts) > 0 || a.words.ofConsole(c)) {
			facts = append(facts, c)
		}
	}
	for _, c := range facts {
		if st, ok := itemStep(a, c, facts); ok {
			return st
		}
	}
	for _, c := range facts {
		if st, ok := floorStep(a, c); ok {
			return st
		}
	}
	for _, c := range facts {
		if why := a.words.never(c.Fact); why != "" {
			return step{what: a.words.told(a.s, c), why: why}
		}
	}
	return step{why: a.words.Undo.Nothing}
}

// ofConsole reports whether an event is a step of who runs the meeting, and not
// what a member does for themself.
func (w *Words) ofConsole(c *meeting.Chronicle) bool {
	switch f := c.Fact.(type) {
	case meeting.SignedIn:
		return f.ID != c.By
	case meeting.ItemOpened, meeting.RoundMoved, meeting.AbsenceRecorded, meeting.FloorYielded, meeting.FloorGiven, meeting.ClockPaused:
		return true
	}
	return w.never(c.Fact) != ""
}

// itemStep takes back that the meeting went on: to an item, to a person.
func itemStep(a *App, c *meeting.Chronicle, facts []*meeting.Chronicle) (step, bool) {
	w := a.words
	switch f := c.Fact.(type) {
	case meeting.ItemOpened:
		no := leftItem(facts)
		st := step{what: w.told(a.s, c), back: meeting.Goto{No: no}, text: w.Undo.Item.of(w.titleOf(a.s, no)), why: w.why(a.s, a.Who, meeting.ActGoto)}
		switch {
		case no == 0:
			st.why = w.Undo.Began
		case a.s.Current+1 != f.No: // somebody else has gone on
			st.why = w.Undo.Later
		}
		return st, true
	case meeting.RoundMoved:
		st := step{what: w.Undo.Round.of(a.name(f.ID), w.PartName(f.Part)), back: meeting.Turn{ID: f.ID}, text: w.Undo.Criticism.of(a.name(f.ID))}
		if round, _ := a.s.Round(f.ID); round.Part != f.Part || f.Part != meeting.PartResponse && f.Part != meeting.PartDone {
			st.why = w.Undo.PickTurn
		} else {
			st.why = w.why(a.s, a.Who, meeting.ActTurn)
		}
		return st, true
	}
	return step{}, false
}

// leftItem is the number of the item that a request has left, 0 if none.
func leftItem(facts []*meeting.Chronicle) int {
	for _, c := range facts {
		switch f := c.Fact.(type) {
		case meeting.ItemEnded:
			return f.No
		case meeting.ItemLeft:
			return f.No
		}
	}
	return 0
}

// floorStep takes back what was done with one person.
func floorStep(a *App, c *meeting.Chronicle) (step, bool) {
	w := a.words
	st := step{what: w.told(a.s, c)}
	switch f := c.Fact.(type) {
	case meeting.FloorGiven:
		st.why = w.Undo.CallAgain
	case meeting.FloorYielded:
		st.back, st.text, st.why = meeting.GiveFloor{ID: f.ID}, w.Undo.Speak.of(a.name(f.ID)), w.why(a.s, a.Who, meeting.ActCall)
		if a.s.Floor.Speaker != "" || !a.s.Attendance[f.ID].Present {
			st.why = w.Undo.CallAgain
		}
	case meeting.ClockPaused:
		st.what, st.back, st.text = w.Console.Resume, meeting.PauseClock{}, w.Undo.Pause
		if f.Paused {
			st.what, st.text = w.Console.Pause, w.Undo.Resume
		}
		if st.why = w.why(a.s, a.Who, meeting.ActPause); f.Paused != a.s.Floor.Paused {
			st.why = w.Undo.Later
		}
	case meeting.AbsenceRecorded:
		st.back, st.text, st.why = meeting.SignInFor{ID: f.ID}, w.Undo.SignIn.of(a.name(f.ID)), w.why(a.s, f.ID, meeting.ActSignIn)
	default:
		return st, false
	}
	return st, true
}

// never says why a step can't be taken back, and what to do instead; "" where it
// is no such step.
func (w *Words) never(f meeting.Fact) string {
	switch f := f.(type) {
	case meeting.SignedIn:
		return w.Undo.Attendance
	case meeting.ClockExtended:
		return w.Undo.Clock
	case meeting.Named:
		if f.Seat == meeting.SeatConsole {
			return w.Undo.Never
		}
		return w.Undo.Recorder
	case meeting.ScrutineersNamed:
		return w.Undo.Scrutineers
	case meeting.Coarsened:
		return w.Undo.Announce
	case meeting.Rated, meeting.RatingSubmitted:
		return w.Undo.Table
	case meeting.Noted, meeting.Resolved:
		return w.Undo.Minutes
	case meeting.PaperGiven, meeting.Opened, meeting.Closed, meeting.ResultAnnounced, meeting.Voided, meeting.Adjourned:
		return w.Undo.Never
	}
	return ""
}
