package meeting

import "errors"

// ActUndo takes back one's own last step.
const ActUndo Action = "undo"

var undoActions = []action{{ActUndo, forConsole, (*State).mayUndo}}

// Why a step is not taken back; codes UndoBy… name what to do instead.
const (
	UndoNothing    Code = "undo-nothing"
	UndoBegan      Code = "undo-began"
	UndoLater      Code = "undo-later"
	UndoNever      Code = "undo-never"
	UndoByAbsence  Code = "undo-by-absence"
	UndoByCall     Code = "undo-by-call"
	UndoByCoarsen  Code = "undo-by-coarsen"
	UndoByElection Code = "undo-by-election"
	UndoByName     Code = "undo-by-name"
	UndoByNote     Code = "undo-by-note"
	UndoByRating   Code = "undo-by-rating"
	UndoByTurn     Code = "undo-by-turn"
	UndoByYield    Code = "undo-by-yield"
)

func (s *State) mayUndo(m Member) *Refusal { return LastStep(s, m.ID).Why }

// Undoing is the newest step with which somebody ran the meeting, and the way
// back.
type Undoing struct {
	Step *Chronicle // the fact that names the step; nil: there is none
	Back Command    // takes it back where Why is nil
	Why  *Refusal   // why it can't be taken back, and what to do instead
}

// LastStep returns what a person did last to run the meeting. What members do
// for themselves, such as voting or signing in, is no such step.
func LastStep(s *State, who MemberID) Undoing {
	last := Undoing{Why: refuse(UndoNothing)}
	for c := range s.Chronicle.Backward() {
		if last.Step != nil && !sameRequest(c.Event, last.Step.Event) {
			break
		}
		if c.By != who || last.Step != nil && !leads(c.Fact) {
			continue
		}
		if back, why := s.wayBack(c); back != nil || why != nil {
			last = Undoing{Step: c, Back: back, Why: why}
		}
	}
	if last.Why == nil {
		_, err := Decide(s, Request{By: who, At: last.Step.At, Do: last.Back})
		errors.As(err, &last.Why)
	}
	return last
}

// sameRequest reports whether two events follow from one request. Requests
// without an id are known by their person and time.
func sameRequest(a, b Event) bool {
	return a.By == b.By && a.ID == b.ID && (a.ID != "" || a.At.Equal(b.At))
}

// leads reports whether a fact names its request better than the other facts of
// it, such as a speech that ended with it.
func leads(f Fact) bool {
	switch f.(type) {
	case ItemOpened, RoundMoved, Adjourned:
		return true
	}
	return false
}

// wayBack returns the command that takes a step back, or why there is none,
// apart from the rules of that command. Both are nil if c is not a step of
// running the meeting.
func (s *State) wayBack(c *Chronicle) (Command, *Refusal) {
	switch f := c.Fact.(type) {
	case ItemOpened:
		left := c.itemLeft()
		return Goto{No: left}, first(need(left > 0, UndoBegan), need(s.itemNo() == f.No, UndoLater))
	case RoundMoved:
		round, _ := s.Round(f.ID)
		heard := round.Part == f.Part && (f.Part == PartResponse || f.Part == PartDone)
		return Turn{ID: f.ID}, need(heard, UndoByTurn)
	case FloorYielded:
		return GiveFloor{ID: f.ID}, need(s.Floor.Speaker == "" && s.present(f.ID), UndoByCall)
	case ClockPaused:
		return PauseClock{}, need(s.Floor.Paused == f.Paused, UndoLater)
	case AbsenceRecorded:
		return SignInFor{ID: f.ID}, nil
	}
	return nil, noWayBack(c.Event)
}

// itemLeft returns the number of the item that was open before c opened one, 0
// if the meeting began with it.
func (c *Chronicle) itemLeft() int {
	if c.before == nil {
		return 0
	}
	switch f := c.before.Fact.(type) {
	case ItemEnded:
		return f.No
	case ItemLeft:
		return f.No
	}
	return 0
}

// noWayBack returns why a kind of step is never taken back, and what to do
// instead; nil if the event is no such step.
func noWayBack(e Event) *Refusal {
	switch f := e.Fact.(type) {
	case SignedIn:
		return need(f.ID == e.By, UndoByAbsence)
	case FloorGiven:
		return refuse(UndoByCall)
	case ClockExtended:
		return refuse(UndoByYield)
	case Named:
		return first(need(f.Seat != SeatRecorder, UndoByName), refuse(UndoNever))
	case ScrutineersNamed:
		return refuse(UndoByElection)
	case Coarsened:
		return refuse(UndoByCoarsen)
	case Rated, RatingSubmitted:
		return refuse(UndoByRating)
	case Noted, Resolved:
		return refuse(UndoByNote)
	case PaperGiven, Opened, Closed, ReceiptsConfirmed, ResultAnnounced, Voided, Adjourned:
		return refuse(UndoNever)
	}
	return nil
}
