package meeting

import (
	"slices"
	"time"
)

// What may be done with the agenda.
const (
	ActNext Action = "next"
	ActBack Action = "back"
	ActGoto Action = "goto"
)

var agendaActions = []action{
	{ActNext, forConsole, (*State).mayNext},
	{ActBack, forConsole, (*State).mayBack},
	{ActGoto, forConsole, (*State).mayGoto},
}

// Why something is refused at this point of the agenda, and what is amiss with it.
const (
	NotBegun    Code = "not-begun"
	MeetingOver Code = "meeting-over"
	NotOver     Code = "not-over"
	WrongItem   Code = "wrong-item" // title of the item in which it can be done
	ItemPast    Code = "item-past"  // the same, which is over
	FirstItem   Code = "first-item"
	ItemIsOpen  Code = "item-is-open" // title
	ItemsUndone Code = "items-undone" // how many
	NeedsReason Code = "needs-reason" // code of the check, its arguments
)

// mayNext allows the next item before and during the meeting, but not while a
// box is open. During a rehearsal the box does not count: the meeting may begin
// at any time.
func (s *State) mayNext(m Member) *Refusal {
	return first(s.untilOver(m), need(!s.boxIsOpen() || s.Rehearsal, BoxIsOpen))
}

func (s *State) mayBack(m Member) *Refusal {
	return first(s.mayGoto(m), need(s.Current > 0, FirstItem))
}

func (s *State) mayGoto(Member) *Refusal { return first(s.live(), need(!s.boxIsOpen(), BoxIsOpen)) }

// live refuses what can only be done during the meeting.
func (s *State) live() *Refusal {
	switch s.Phase {
	case Live:
		return nil
	case Before:
		return refuse(NotBegun)
	}
	return refuse(MeetingOver)
}

// whileLive is [State.live] as an action's rule: nothing but a running meeting
// is needed.
func (s *State) whileLive(Member) *Refusal { return s.live() }

// untilOver allows an action before the meeting and during it, but not after.
func (s *State) untilOver(Member) *Refusal {
	return need(s.Phase == Before || s.Phase == Live, MeetingOver)
}

// During refuses what can only be done at the item of a kind, and says whether
// that item is to come or past.
func (s *State) During(kind string) *Refusal {
	switch {
	case s.at(kind):
		return nil
	case s.reached(kind):
		return refuse(ItemPast, s.titleOf(kind))
	}
	return refuse(WrongItem, s.titleOf(kind))
}

// ItemStatus is how far an item has come.
type ItemStatus string

// The statuses. An item that was left unfinished is Pending again.
const (
	Pending ItemStatus = ""
	Open    ItemStatus = "open"
	Done    ItemStatus = "done"
	Skipped ItemStatus = "skipped"
)

// Item is one line of the agenda and what became of it.
type Item struct {
	No     int // from 1
	Kind   string
	Title  string
	Text   string `json:",omitzero"` // its own words, to be read out and shown; "": none
	Status ItemStatus
	Times  int // how often it was opened
	Began  time.Time
	Ended  time.Time
	Reason string // why it was skipped, or left with a red check
}

// itemOf returns the first item of a kind; ok is false if there is none.
func (s *State) itemOf(kind string) (it Item, ok bool) {
	i := slices.IndexFunc(s.Agenda, func(it Item) bool { return it.Kind == kind })
	if i < 0 {
		return Item{}, false
	}
	return s.Agenda[i], true
}

// titleOf is the title of the item of a kind, or the kind.
func (s *State) titleOf(kind string) string {
	if it, ok := s.itemOf(kind); ok {
		return it.Title
	}
	return kind
}

// Check is something that the facilitator should know before leaving an item.
// A red one is passed with a written reason that goes into the minutes.
type Check struct {
	Code Code     `json:"code"`
	Args []string `json:"args,omitempty"`
	Red  bool     `json:"red"`
}

// Checks lists what is amiss with the open item.
func (s *State) Checks() []Check {
	it, ok := s.Item()
	if !ok {
		return nil
	}
	return s.checks(it)
}

var closingItem = itemKind{
	check:     (*State).checkClosing,
	untouched: func(*State) bool { return false },
	step:      func(_ *State, next Step) Step { next.Confirm = true; return next },
}

func (s *State) checkClosing(warn warning) {
	n := len(s.undone())
	warn(n > 0, true, ItemsUndone, n)
	n = len(s.unexplained())
	warn(n > 0, false, AbsentWithoutReason, n)
	s.checkMinutes(warn)
}

// checks lists what is amiss with an item.
func (s *State) checks(it Item) []Check {
	var list []Check
	warn := func(yes, red bool, code Code, args ...any) {
		if yes {
			list = append(list, Check{Code: code, Args: refuse(code, args...).Args, Red: red})
		}
	}
	if check := itemKinds[it.Kind].check; check != nil {
		check(s, warn)
	}
	return list
}

// undone lists the items that were never finished, without the open one.
func (s *State) undone() []Item {
	var items []Item
	for i, it := range s.Agenda {
		if i != s.Current && it.Status == Pending {
			items = append(items, it)
		}
	}
	return items
}

// Following is the item that [Next] opens: the first unsettled one after the
// open item, so that an item taken early is not taken twice. If all are settled
// it is the last item. ok is false when the last item is open: after it the
// meeting ends.
func (s *State) Following() (it Item, ok bool) {
	last := len(s.Agenda) - 1
	if s.Current >= last {
		return Item{}, false
	}
	for _, it := range s.Agenda[s.Current+1:] {
		if it.Status == Pending || (it.Status == Done && it.Reason == "" && s.amiss(it)) {
			return it, true
		}
	}
	return s.Agenda[last], true
}

// amiss reports whether an item has a red check. A done item can have one
// again: the ballot after its vote was voided.
func (s *State) amiss(it Item) bool {
	return slices.ContainsFunc(s.checks(it), func(c Check) bool { return c.Red })
}

// red refuses to leave the open item while it has a red check and no reason is
// given. It names the first red check.
func (s *State) red(reason string) *Refusal {
	if reason != "" {
		return nil
	}
	for _, c := range s.Checks() {
		if c.Red {
			return &Refusal{Code: NeedsReason, Args: append([]string{string(c.Code)}, c.Args...)}
		}
	}
	return nil
}

// Next finishes the open item and opens the one that [State.Following] names.
// Before the first item it begins the meeting, after the last it ends it. A red
// check needs the reason. An item that nobody worked on counts as skipped when
// a reason is given.
type Next struct{ Reason string }

func (c Next) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActNext); no != nil {
		return nil, no
	}
	if s.Rehearsal { // the meeting that begins is another one
		return nil, refuse(RehearsalIsOn)
	}
	if c.Reason != "" {
		if bad := badReason(c.Reason, 200); bad != nil {
			return nil, bad
		}
	}
	if no := s.red(c.Reason); no != nil {
		return nil, no
	}
	var passed []Fact
	if s.Phase == Before {
		var no *Refusal
		if passed, no = s.pass(c.Reason); no != nil {
			return nil, no
		}
	}
	facts := s.endSpeech(r.At)
	if it, ok := s.Item(); ok {
		red := slices.DeleteFunc(s.checks(it), func(c Check) bool { return !c.Red })
		facts = append(facts, ItemEnded{No: it.No, Skipped: c.Reason != "" && s.untouched(it), Reason: c.Reason, Passed: red})
	}
	following, ok := s.Following()
	if !ok {
		return append(facts, Adjourned{Roll: s.Roll()}), nil
	}
	return append(append(facts, ItemOpened{No: following.No}), passed...), nil
}

// untouched reports whether none of an item's own work was done.
func (s *State) untouched(it Item) bool {
	if untouched := itemKinds[it.Kind].untouched; untouched != nil {
		return untouched(s)
	}
	return !s.talked(it)
}

// talked reports whether somebody spoke or wrote something down during an item.
func (s *State) talked(it Item) bool {
	for c := range s.Chronicle.Kept() {
		switch c.Fact.(type) {
		case FloorGiven, Noted, Resolved:
			if c.Item == it.No {
				return true
			}
		}
	}
	return false
}

// Back opens the item before the open one and leaves the open one unfinished.
type Back struct{}

func (Back) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActBack); no != nil {
		return nil, no
	}
	return s.move(r.At, s.itemNo()-1), nil
}

// Goto opens an item out of order. The open one is done or unfinished as
// [State.Finishes] says.
type Goto struct{ No int }

func (c Goto) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActGoto); no != nil {
		return nil, no
	}
	if c.No < 1 || c.No > len(s.Agenda) {
		return nil, refuse(BadNumber, c.No, 1, len(s.Agenda))
	}
	if c.No == s.itemNo() {
		return nil, refuse(ItemIsOpen, s.Agenda[s.Current].Title)
	}
	return s.move(r.At, c.No), nil
}

func (s *State) move(at time.Time, no int) []Fact {
	facts := s.endSpeech(at)
	it, _ := s.Item()
	if s.Finishes(no) {
		facts = append(facts, ItemEnded{No: it.No})
	} else {
		facts = append(facts, ItemLeft{No: it.No})
	}
	return append(facts, ItemOpened{No: no})
}

// Finishes reports whether the open item counts as done when another is opened out
// of order: on the way forward, if nothing red is left of it and its own work has
// begun.
func (s *State) Finishes(no int) bool {
	it, open := s.Item()
	untouched := itemKinds[it.Kind].untouched
	return open && no > it.No && s.red("") == nil && (untouched == nil || !untouched(s))
}

// ItemOpened says that the meeting came to an item; the first opens the meeting.
type ItemOpened struct {
	No int `json:"no"`
}

func (f ItemOpened) apply(s *State, e Event) {
	if f.No < 1 || f.No > len(s.Agenda) {
		return
	}
	s.Phase, s.Current, s.Subject, s.Placard = Live, f.No-1, "", Placard{}
	s.Floor.Queue = nil
	s.changeItem(f.No, func(it *Item) {
		it.Status, it.Reason, it.Ended = Open, "", time.Time{}
		it.Times++
		if it.Began.IsZero() {
			it.Began = e.At
		}
	})
}

// ItemEnded says that an item is done, or skipped.
type ItemEnded struct {
	No      int     `json:"no"`
	Skipped bool    `json:"skipped"`
	Reason  string  `json:"reason"`
	Passed  []Check `json:"passed,omitempty"` // the red checks that the reason was given for
}

func (f ItemEnded) apply(s *State, e Event) {
	s.changeItem(f.No, func(it *Item) {
		it.Status, it.Ended, it.Reason = Done, e.At, f.Reason
		if f.Skipped {
			it.Status = Skipped
		}
	})
}

// changeItem lets f change a copy of an item and puts it in the item's place.
func (s *State) changeItem(no int, f func(*Item)) {
	if no < 1 || no > len(s.Agenda) {
		return
	}
	it := s.Agenda[no-1]
	f(&it)
	s.Agenda = replaced(s.Agenda, no-1, it)
}

// ItemLeft says that an item was left unfinished.
type ItemLeft struct {
	No int `json:"no"`
}

func (f ItemLeft) apply(s *State, _ Event) {
	s.changeItem(f.No, func(it *Item) { it.Status = Pending })
}

// Adjourned says that the meeting is over, and who was there.
type Adjourned struct {
	Roll Roll `json:"roll"`
}

func (f Adjourned) apply(s *State, _ Event) {
	s.Phase, s.Current, s.Subject, s.Floor, s.Placard = After, -1, "", Floor{}, Placard{}
	s.Final = &f.Roll
}

// Began is when the meeting's first item was opened; zero before.
func (s *State) Began() time.Time {
	var first time.Time
	for _, it := range s.Agenda {
		if !it.Began.IsZero() && (first.IsZero() || it.Began.Before(first)) {
			first = it.Began
		}
	}
	return first
}

// Ended is when the meeting was adjourned; zero before.
func (s *State) Ended() time.Time {
	for c := range s.Chronicle.Backward() {
		if _, over := c.Fact.(Adjourned); over {
			return c.At
		}
	}
	return time.Time{}
}
