package meeting

import (
	"iter"
	"maps"
	"slices"

	"pingyi/meeting/preset"
)

// Phase is where the branch's work stands.
type Phase string

// The phases, in their order.
const (
	Before Phase = "before"
	Live   Phase = "meeting"
	After  Phase = "after"
)

// State is everything that is known of one branch and its meeting: the fold of
// all its events. It is a value. Read it as you like, never write to it.
type State struct {
	Branch Branch
	Rules  *preset.Rules // nil before the branch was founded
	Phase  Phase

	Rehearsal bool       // a rehearsal of the ballot, not a meeting
	Rehearsed *Rehearsal `json:",omitempty"` // the last one of this branch whose box was counted; nil: none

	Earlier []Year `json:",omitempty"` // the years before, the oldest first; who may see their grades: [State.PastGrades]
	Next    int    `json:",omitempty"` // the year that has begun after this one; 0: none

	Archive *Archive `json:",omitempty"` // the year is only read; nil: it is not closed

	Roster   []Member   // in roster order
	Codes    Codes      // of people and things
	Consoles []MemberID // named by the facilitator, beside the chair

	Devices    []Device `json:",omitempty"` // remembered, in the order of their numbers
	LastDevice int      `json:",omitempty"` // the highest number that was given; none is given twice

	Recorder MemberID // 记录人, or ""

	GroupRecorders map[string]MemberID `json:",omitempty"` // of each 党小组, by its name: [State.PartyGroups]

	Directive *Directive // what the superior gave the branch to go by; nil: nothing yet
	Superiors []Superior // of the organisation above, who have acted here
	Guide     *Superior  // whom the superior assigned; nil: nobody

	Attendance Map[MemberID, Attendance]
	Agenda     []Item
	Current    int // index of the open item in Agenda, -1 before and after the meeting
	Floor      Floor
	OwnLimits  *preset.Limits `json:",omitzero"` // set for this meeting; nil: the rules' ([State.Limits])
	Placard    Placard
	Recesses   []Recess    // 休会, in their order
	Rounds     List[Round] // 批评与自我批评, one per person, in the order in which they began
	Subject    MemberID
	ReadFor    []MemberID // whose written words others read out: [State.ReadsOut]

	SelfRatings Map[MemberID, SelfRating]
	Place       string // where the meeting is held
	Notes       []Note
	Corrections []Correction
	Resolutions []Resolution
	Votes       []*Vote // the last one is the current one
	Ratings     Map[MemberID, Rating]
	Regraded    Map[MemberID, Rating]  // what was changed of them after the meeting: [State.GradeOf]
	Bundles     []Bundle               // what was sent to the superior, each version
	Coarser     string                 // how much is announced, if less than the rules say
	Submitted   bool                   // the rating table was handed in
	Table       CapMeter               // the count when the table was handed in
	Final       *Roll                  // who was there, counted at the end of the meeting
	Hearings    Map[MemberID, Hearing] // who was told the result: [State.FeedbackOf]
	GatesPassed []GatesPassed          `json:",omitempty"` // what was not ready, and the reasons
	WrittenOut  []WritingOut           // papers with private text that were written into a folder
	Takings     []Taking               `json:",omitempty"` // copies of boxes that people took
	Pruned      map[Class]string       // the decision on which the blobs of a class were removed

	Chronicle *Chronicle // everything that happened, newest first

	kept map[FormName]kept // who may read which: [State.Records]

	Opinions Opinions // 征求意见 beside its records
	open     OpenBox  // opens what was sealed for the log; nil: nothing is opened

	files  Map[string, File]     // by hash; who may read which: [State.ReadableFile]
	unused Map[MemberID, []File] // what somebody has added and put in no record yet

	people *directory // finds people on the roster; nil: there are none yet
	memo   *memo      // keeps what was asked of the state; nil: nothing does
	alone  bool       // nobody else has it, so that Apply changes it where it is: [Machine.Alone]

	wall *wall // in the copy for the wall: answers; nil: this is the whole state
}

// NewState returns the state before anything happened.
func NewState() *State { return remembering(&State{Phase: Before, Current: -1}) }

// itemNo is the number of the open item, counted from 1; 0 if none is open.
func (s *State) itemNo() int { return s.Current + 1 }

// Item returns the open item; ok is false before and after the meeting.
func (s *State) Item() (it Item, ok bool) {
	if s.Current < 0 || s.Current >= len(s.Agenda) {
		return Item{}, false
	}
	return s.Agenda[s.Current], true
}

// at reports whether the open item is of the given kind.
func (s *State) at(kind string) bool {
	it, ok := s.Item()
	return ok && it.Kind == kind
}

// Chronicle is the list of everything that happened, newest first. It is
// shared between states; nil is the empty one.
type Chronicle struct {
	Event
	N      int // number of the event, from 1
	Item   int // number of the item during which it happened, from 1; 0 outside
	before *Chronicle
	stood  standing // how the floor stood before it happened
}

// Len returns the number of events.
func (c *Chronicle) Len() int {
	if c == nil {
		return 0
	}
	return c.N
}

// Backward yields the events from the newest to the oldest.
func (c *Chronicle) Backward() iter.Seq[*Chronicle] {
	return func(yield func(*Chronicle) bool) {
		for ; c != nil; c = c.before {
			if !yield(c) {
				return
			}
		}
	}
}

// Kept yields the events from the newest to the oldest without the steps that
// were taken back: what the minutes tell.
func (c *Chronicle) Kept() iter.Seq[*Chronicle] {
	return func(yield func(*Chronicle) bool) {
		gone := map[int]bool{}
		for e := range c.Backward() {
			f, back := e.Fact.(StepUndone)
			for _, n := range f.Events {
				gone[n] = true
			}
			if !back && !gone[e.N] && !yield(e) {
				return
			}
		}
	}
}

// Forward returns the events from the oldest to the newest.
func (c *Chronicle) Forward() []*Chronicle {
	all := slices.Collect(c.Backward())
	slices.Reverse(all)
	return all
}

// with returns a copy of m in which k has the value v.
func with[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	next := make(map[K]V, len(m)+1)
	maps.Copy(next, m)
	next[k] = v
	return next
}

// put returns m with the value v for k: a copy, unless nobody else has the state
// that m belongs to.
func put[K comparable, V any](s *State, m map[K]V, k K, v V) map[K]V {
	if m == nil || !s.alone {
		return with(m, k, v)
	}
	m[k] = v
	return m
}

// replaced returns a copy of list in which element i is v.
func replaced[T any](list []T, i int, v T) []T {
	next := slices.Clone(list)
	next[i] = v
	return next
}

// setOf is a list of people as a set.
func setOf(ids []MemberID) map[MemberID]bool {
	set := make(map[MemberID]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// follows reports whether the state that is made of s now is the first one that
// follows from it. That one adds to the long lists where they lie, behind what s has
// of them; any other has to part from s first.
func (s *State) follows() bool {
	m := s.memo
	return m != nil && m.of == s && m.followed.CompareAndSwap(false, true)
}

// parted makes a state copy the long lists before it adds to them.
func (s *State) parted() {
	s.Notes, s.Corrections, s.Resolutions = slices.Clip(s.Notes), slices.Clip(s.Corrections), slices.Clip(s.Resolutions)
	s.Opinions.boxes, s.Devices = slices.Clip(s.Opinions.boxes), slices.Clip(s.Devices)
}

// having returns those of a list that are wanted. The list stays as it is.
func having[T any](list []T, want func(T) bool) []T {
	some := list[:0:0]
	for _, v := range list {
		if want(v) {
			some = append(some, v)
		}
	}
	return slices.Clip(some)
}

// added returns a copy of list with v at its end.
func added[T any](list []T, v T) []T { return append(slices.Clip(list), v) }
