package meeting

import (
	"errors"
	"slices"
	"time"
)

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
	UndoByCoarsen  Code = "undo-by-coarsen"
	UndoByElection Code = "undo-by-election"
	UndoByName     Code = "undo-by-name"
	UndoByNote     Code = "undo-by-note"
	UndoByPaper    Code = "undo-by-paper"
	UndoByRating   Code = "undo-by-rating"
	UndoByYield    Code = "undo-by-yield"
)

func (s *State) mayUndo(m Member) *Refusal { return LastStep(s, m.ID).Why }

// Undoing is the newest step with which somebody ran the meeting, and the way
// back.
type Undoing struct {
	Step *Chronicle // the fact that names the step; nil: there is none
	Back Command    // takes it back where Why is nil
	Why  *Refusal   // why it can't be taken back, and what to do instead

	Floor StepUndone // how the floor will stand, where Back is a [TakeBack]
}

// LastStep returns what a person did last to run the meeting. What members do
// for themselves, such as voting or signing in, is no such step.
func LastStep(s *State, who MemberID) Undoing {
	a := s.asked()
	if a == nil {
		return s.lastStep(who)
	}
	one, _ := a.steps.LoadOrStore(who, new(answer[Undoing]))
	return one.(*answer[Undoing]).get(func() Undoing { return s.lastStep(who) })
}

func (s *State) lastStep(who MemberID) Undoing {
	last := Undoing{Why: refuse(UndoNothing)}
	for c := range s.Chronicle.Kept() {
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
		events, err := Decide(s, Request{By: who, At: last.Step.At, Do: last.Back})
		errors.As(err, &last.Why)
		if err == nil && len(events) > 0 {
			last.Floor, _ = events[0].Fact.(StepUndone)
		}
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
	case ItemOpened, RoundMoved, Adjourned, RecessBegun:
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
	case FloorGiven, FloorYielded, RoundMoved:
		return TakeBack{Event: c.N}, nil
	case ClockPaused:
		return PauseClock{}, need(s.Floor.Paused == f.Paused, UndoLater)
	case AbsenceRecorded:
		return c.signInAgain(), nil
	case PaperGiven:
		return nil, first(need(s.mayGivePaper(Member{}) != nil, UndoByPaper), refuse(UndoNever))
	case RecessBegun:
		_, rests := s.Resting()
		return EndRecess{}, need(rests, UndoLater)
	}
	return nil, noWayBack(c.Event)
}

// signInAgain signs in everybody whose absence was recorded in the request of c.
func (c *Chronicle) signInAgain() Command {
	var ids []MemberID
	for e := range c.Backward() {
		f, ok := e.Fact.(AbsenceRecorded)
		if !ok || !sameRequest(e.Event, c.Event) {
			break
		}
		ids = append(ids, f.ID)
	}
	if len(ids) == 1 {
		return SignInFor{ID: ids[0]}
	}
	return SignInMany{IDs: ids}
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
	case ClockExtended, ClockSet:
		return refuse(UndoByYield)
	case Named:
		return first(need(f.Seat == SeatConsole, UndoByName), refuse(UndoNever))
	case ScrutineersNamed:
		return refuse(UndoByElection)
	case Coarsened:
		return refuse(UndoByCoarsen)
	case Rated, RatingSubmitted:
		return refuse(UndoByRating)
	case Noted, Resolved:
		return refuse(UndoByNote)
	case Opened, Closed, ReceiptsConfirmed, ResultAnnounced, Voided, Adjourned, RecessEnded:
		return refuse(UndoNever)
	}
	return nil
}

// standing is how the floor stood, and the round that an event is about.
type standing struct {
	floor   Floor
	subject MemberID
	round   Round
}

// standing returns how the floor stands before a fact that changes it.
func (s *State) standing(f Fact) standing {
	was := standing{floor: s.Floor, subject: s.Subject}
	if moved, ok := f.(RoundMoved); ok {
		was.round, _ = s.Round(moved.ID)
	}
	return was
}

// TakeBack takes back a step of the floor or of the rounds, the request that
// Event belongs to. The speech that it broke off goes on, and its clock runs
// from where it stood. It is refused once the floor has changed since.
type TakeBack struct{ Event int }

func (c TakeBack) decide(s *State, r Request) ([]Fact, error) {
	if no := first(s.mayAsOne(forConsole, r.By), s.live(), s.whileResting(ActTurn)); no != nil {
		return nil, no
	}
	step := s.floorStep(c.Event)
	if len(step) == 0 {
		return nil, refuse(UndoLater)
	}
	was := step[len(step)-1].stood
	if id := was.floor.Speaker; id != "" && !s.present(id) {
		return nil, refuse(NotPresent, s.Called(id))
	}
	f := StepUndone{
		Speaker: was.floor.Speaker, For: was.floor.For, Limit: was.floor.Limit, Paused: was.floor.Paused,
		Spent: int(was.floor.Elapsed(step[len(step)-1].At).Seconds()), Subject: was.subject,
	}
	for _, e := range step {
		f.Events = append(f.Events, e.N)
		f.undo(s, e)
	}
	f.Queue = s.queueAgain(was.floor.Queue)
	return []Fact{f}, nil
}

// floorStep returns the events of the request that event n belongs to, the
// newest first; none if the floor or the item has changed since.
func (s *State) floorStep(n int) []*Chronicle {
	var step []*Chronicle
	for c := range s.Chronicle.Kept() {
		if !movesFloor(c.Fact) {
			continue
		}
		if len(step) > 0 && !sameRequest(c.Event, step[0].Event) {
			break
		}
		step = append(step, c)
	}
	if !slices.ContainsFunc(step, func(c *Chronicle) bool { return c.N == n }) {
		return nil
	}
	return step
}

// movesFloor reports whether a fact says who speaks or whose turn it is.
func movesFloor(f Fact) bool {
	switch f.(type) {
	case FloorGiven, FloorYielded, RoundMoved, ItemOpened, Adjourned, RecessBegun:
		return true
	}
	return false
}

// queueAgain returns the queue as it was, without those who have left it since
// and with those who have come: the speaker who was called goes back to their
// place.
func (s *State) queueAgain(was []MemberID) []MemberID {
	queue := slices.DeleteFunc(slices.Clone(was), func(id MemberID) bool {
		return id != s.Floor.Speaker && !slices.Contains(s.Floor.Queue, id)
	})
	for _, id := range s.Floor.Queue {
		if !slices.Contains(queue, id) {
			queue = append(queue, id)
		}
	}
	return queue
}

// undo adds what one event of the step changed of the rounds.
func (f *StepUndone) undo(s *State, e *Chronicle) {
	switch was := e.Fact.(type) {
	case FloorYielded:
		f.Criticised, f.Critic = was.Criticised, was.ID
	case RoundMoved:
		f.Round, f.Part, f.Spoke = was.ID, e.stood.round.Part, e.stood.round.Spoke
		if now, _ := s.Round(was.ID); len(now.Own) > 0 {
			f.Spoke = true // its words were handed in
		}
	}
}

// StepUndone says that a step of the floor or of the rounds does not count, and
// how things stand again. The minutes leave its events out.
type StepUndone struct {
	Events     []int      `json:"events"` // numbers of the events that do not count
	Speaker    MemberID   `json:"speaker"`
	For        Purpose    `json:"for"`
	Spent      int        `json:"spent_s"` // spoken before the step
	Limit      int        `json:"limit_s"`
	Paused     bool       `json:"paused"`
	Queue      []MemberID `json:"queue"`
	Subject    MemberID   `json:"subject"`
	Round      MemberID   `json:"round,omitempty"` // whose round goes back to Part
	Part       RoundPart  `json:"part,omitempty"`
	Spoke      bool       `json:"spoke,omitempty"`
	Criticised MemberID   `json:"criticised,omitempty"` // the speech that was broken off is no criticism of this person yet
	Critic     MemberID   `json:"critic,omitempty"`     // who gave that speech
}

func (f StepUndone) apply(s *State, e Event) {
	s.Floor = Floor{Queue: f.Queue}
	if f.Speaker != "" {
		s.Floor = Floor{
			Speaker: f.Speaker, For: f.For, Since: e.At, Limit: f.Limit,
			Spent: time.Duration(f.Spent) * time.Second, Paused: f.Paused, Queue: f.Queue,
		}
	}
	s.Subject = f.Subject
	if f.Round != "" {
		s.change(f.Round, func(r *Round) {
			r.Part, r.Spoke = f.Part, f.Spoke
			if f.Part.unheard() {
				r.Read = 0
			}
		})
	}
	if f.Criticised != "" {
		s.change(f.Criticised, func(r *Round) { r.Criticisms = withoutSpoken(r.Criticisms, f.Critic) })
	}
	s.Rounds = s.Rounds.having(func(r *Round) bool { return !r.unbegun() })
}

// withoutSpoken returns the criticisms without that of which only the speaker
// is known.
func withoutSpoken(list []Speech, critic MemberID) []Speech {
	return slices.DeleteFunc(slices.Clone(list), func(c Speech) bool { return c.From == critic && c.Text == "" })
}
