package meeting

import (
	"cmp"
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// StepName is a step of a branch's year as the superior follows it: a column of
// their table of all branches. A step of one kind of record has the kind's name.
type StepName string

// The steps.
const (
	StepPlan      StepName = "plan"
	StepStudy     StepName = "study"
	StepOpinion   StepName = "opinion"
	StepTalk      StepName = "talk"
	StepSelfCheck StepName = "selfcheck"
	StepMeeting   StepName = "meeting"
	StepBallot    StepName = "ballot"
	StepRating    StepName = "rating"
	StepApproval  StepName = "approval"
	StepFeedback  StepName = "feedback"
	StepLedger    StepName = "ledger"
	StepReport    StepName = "report"
	StepAssess    StepName = "assess"
)

// yearStep is a row of the table of steps: whether a branch has the step at all, and
// how far it is.
type yearStep struct {
	name StepName
	has  func(*State) bool
	done func(*State) stepDay

	// by is done as it is on a day, where the records name days that may lie ahead;
	// nil: they can't.
	by func(s *State, today string) stepDay
}

// anyDay is after every day.
const anyDay = "9999"

// stepDay is whether a step is done, and on which day. Of one that is not done it
// is the day until which the branch itself has promised it, "" for none.
type stepDay struct {
	done bool
	day  string
}

// yearSteps are all steps, in their order.
func yearSteps() []yearStep {
	return []yearStep{
		{StepPlan, hasKind("plan"), came("plan", Approved), nil},
		{StepStudy, hasKind("study"), (*State).studyDay, (*State).studyDayBy},
		{StepOpinion, hasKind("opinion"), (*State).opinionDay, nil},
		{StepTalk, hasKind("talk"), (*State).talksDay, (*State).talksDayBy},
		{StepSelfCheck, hasKind("selfcheck"), came("selfcheck", Approved), nil},
		{StepMeeting, func(*State) bool { return true }, (*State).meetingDay, nil},
		{StepBallot, hasItem(preset.Ballot), (*State).ballotDay, nil},
		{StepRating, hasItem(preset.Rating), (*State).ratingDay, nil},
		{StepApproval, func(s *State) bool { return s.Rules.Approval != preset.ApprovalNone }, (*State).approvalDay, nil},
		{StepFeedback, hasItem(preset.Rating), (*State).feedbackDay, nil},
		{StepLedger, hasKind("ledger"), (*State).ledgerDay, nil},
		{StepReport, hasKind("report"), came("report", Received), nil},
		{StepAssess, hasKind("assess"), came("assess", Filed), nil},
	}
}

// StepNames lists all steps, in their order.
func StepNames() []StepName {
	var names []StepName
	for _, step := range yearSteps() {
		names = append(names, step.name)
	}
	return names
}

// StepLevel says how a step stands.
type StepLevel string

// The levels.
const (
	StepDone StepLevel = "done"
	StepDue  StepLevel = "due"
	StepLate StepLevel = "late"
	StepNone StepLevel = "none" // the branch has no such step
)

// StepState is how a step stands: the day on which it was done, or until which it
// is to be; "" where none is set.
type StepState struct {
	State StepLevel `json:"state"`
	Day   string    `json:"day"`
}

// Steps returns how the steps stand on a day. due is until when the superior wants
// each, "" where they set no day; then it is what the branch itself has promised, or
// what the rules say, counted from the meeting.
func (s *State) Steps(today string, due func(StepName) string) map[StepName]StepState {
	all := map[StepName]StepState{}
	days := s.stepDays()
	for _, step := range yearSteps() {
		all[step.name] = StepState{State: StepNone}
		one, has := days[step.name]
		if !has {
			continue
		}
		if step.by != nil && one.done && one.day > today {
			one = step.by(s, today)
		}
		if one.done {
			all[step.name] = StepState{StepDone, one.day}
			continue
		}
		state := StepState{StepDue, firstDay(due(step.name), one.day, s.stageEnd(step.name))}
		if state.Day != "" && state.Day < today {
			state.State = StepLate
		}
		all[step.name] = state
	}
	return all
}

// stepDays are how far the steps are that the branch has.
func (s *State) stepDays() map[StepName]stepDay {
	return once(s, func(a *answers) *answer[map[StepName]stepDay] { return &a.days }, func(s *State) map[StepName]stepDay {
		days := map[StepName]stepDay{}
		for _, step := range yearSteps() {
			if s.Rules != nil && step.has(s) {
				days[step.name] = step.done(s)
			}
		}
		return days
	})
}

func firstDay(days ...string) string {
	for _, day := range days {
		if day != "" {
			return day
		}
	}
	return ""
}

// stageEnd is the last day of the stage of the rules in which records of a kind
// are due.
func (s *State) stageEnd(step StepName) string {
	day, err := time.Parse(time.DateOnly, s.MeetingDay())
	if err != nil {
		return ""
	}
	for _, stage := range s.Rules.Stages {
		if slices.Contains(stage.Kinds, string(step)) {
			return day.AddDate(0, 0, stage.To).Format(time.DateOnly)
		}
	}
	return ""
}

// meetingOn is the day of the meeting as far as it is known: from the notice, else
// the last day that the plan has for it.
func (s *State) meetingOn() string {
	for _, r := range s.all("notice") {
		if at := r.Value("time"); len(at) >= len(time.DateOnly) {
			return at[:len(time.DateOnly)]
		}
	}
	for _, r := range s.all("plan") {
		return r.Value("to")
	}
	return ""
}

// day is a moment's day in the branch's zone, "" for none.
func (s *State) day(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.In(s.Branch.Location()).Format(time.DateOnly)
}

// hasKind reports whether there are records of a kind under the rules.
func hasKind(form FormName) func(*State) bool {
	return func(s *State) bool {
		_, known := form.form()
		return known && s.Rules.Has(string(form))
	}
}

func hasItem(kind string) func(*State) bool {
	return func(s *State) bool {
		return slices.ContainsFunc(s.Agenda, func(it Item) bool { return it.Kind == kind })
	}
}

// came says whether a record of a kind stands in a state, and since when.
func came(form FormName, state RecordState) func(*State) stepDay {
	return func(s *State) (d stepDay) {
		for _, r := range s.all(form) {
			for _, step := range r.History {
				if r.State == state && step.State == state {
					d = stepDay{true, s.day(step.At)}
				}
			}
		}
		return d
	}
}

func (s *State) studyDay() stepDay { return s.studyDayBy(anyDay) }

// studyDayBy: the branch has studied together, which is what it owes. What it will
// study is a promise.
func (s *State) studyDayBy(today string) (d stepDay) {
	ahead := ""
	for _, one := range s.Studies() {
		switch {
		case one.Form != StudyTogether:
		case one.Day <= today:
			d = stepDay{true, max(d.day, one.Day)}
		default:
			ahead = min(cmp.Or(ahead, one.Day), one.Day)
		}
	}
	if !d.done {
		d.day = ahead
	}
	return d
}

func (s *State) talksDay() stepDay { return s.talksDayBy(anyDay) }

// talksDayBy: every talk that is owed was held, on the day of the last one before the
// results were told.
func (s *State) talksDayBy(today string) stepDay {
	var d stepDay
	for _, t := range s.partyByRank() {
		talked := s.talkedBy(t.ID, today)
		if n, _ := s.talksOwedBy(t.ID, talked); n > 0 || s.talksShortOf(t.ID, talked) > 0 {
			return stepDay{}
		}
		wanted, _ := s.talksOwedBy(t.ID, nil)
		d.done = d.done || wanted > 0
	}
	if !d.done {
		return stepDay{}
	}
	for _, r := range s.all("talk") {
		if at := dayOf(r.Value("at")); r.tookPlace() && at <= today {
			d.day = max(d.day, at)
		}
	}
	return d
}

func (s *State) meetingDay() stepDay {
	if s.Phase == After {
		return stepDay{true, s.day(s.Ended())}
	}
	return stepDay{day: s.meetingOn()}
}

func (s *State) ballotDay() stepDay {
	v := s.Vote()
	if v == nil || v.State != BoxCounted {
		return stepDay{}
	}
	return stepDay{true, s.day(v.Counted)}
}

func (s *State) ratingDay() stepDay {
	if !s.Submitted {
		return stepDay{}
	}
	return s.since(func(f Fact) bool { _, is := f.(RatingSubmitted); return is })
}

// opinionDay: opinions were summed up, or no more are collected.
func (s *State) opinionDay() stepDay {
	if !s.Opinions.Closed && len(s.Opinions.Lines) == 0 {
		return stepDay{}
	}
	return s.since(func(f Fact) bool {
		switch f.(type) {
		case OpinionsMerged, CollectingClosed:
			return true
		}
		return false
	})
}

// since is the day of the newest fact of a kind.
func (s *State) since(is func(Fact) bool) stepDay {
	for c := range s.Chronicle.Backward() {
		if is(c.Fact) {
			return stepDay{true, s.day(c.At)}
		}
	}
	return stepDay{}
}

// approvalDay: the superior has approved every grade, here or on paper; where they
// are only told, the bundle was sent.
func (s *State) approvalDay() stepDay {
	b, sent := s.Bundle()
	switch {
	case sent && s.Rules.Approval == preset.ApprovalFiling:
		return stepDay{true, s.day(b.At)}
	case sent && b.State() != Approved:
		return stepDay{}
	case !sent && s.Approval() == "":
		return stepDay{}
	}
	var last time.Time
	for _, v := range b.Verdicts.All() {
		if v.At.After(last) {
			last = v.At
		}
	}
	return stepDay{true, s.day(last)}
}

// feedbackDay: every party member was told.
func (s *State) feedbackDay() stepDay {
	if s.Hearings.Len() == 0 || len(s.Untold()) > 0 {
		return stepDay{}
	}
	var last time.Time
	for _, h := range s.Hearings.All() {
		if h.At.After(last) {
			last = h.At
		}
	}
	return stepDay{true, s.day(last)}
}

// ledgerDay: every line is struck off. Of open ones the earliest day counts.
func (s *State) ledgerDay() stepDay {
	var d stepDay
	var last time.Time
	open := 0
	for r := range s.kept["ledger"].All() {
		due := r.Values["due"]
		switch {
		case r.Struck:
		case r.State == ShutState && r.cameAt().After(last):
			last = r.cameAt()
		case r.State == ShutState:
		case due != "" && due != DueNow && due != DueAlways && (d.day == "" || due < d.day):
			d.day = due
			fallthrough
		default:
			open++
		}
	}
	if !last.IsZero() && open == 0 {
		return stepDay{true, s.day(last)}
	}
	return d
}

// Waits lists what waits for the superior's decision, by the kind of record;
// [BundleWait] is the grades.
func (s *State) Waits() []string {
	waits := []string{}
	for _, form := range Forms() {
		decides := slices.ContainsFunc(form.Moves, func(m Move) bool { return m.Decides })
		if decides && slices.ContainsFunc(s.all(form.Name), func(r Record) bool { return s.Awaits(form, r) }) {
			waits = append(waits, string(form.Name))
		}
	}
	if b, sent := s.Bundle(); sent && b.State() == Submitted {
		waits = append(waits, BundleWait)
	}
	return waits
}

// BundleWait is the grades among what waits for the superior.
const BundleWait = "bundle"

// Awaits reports whether a record can be moved by the superior only.
func (s *State) Awaits(form *Form, r Record) bool {
	return slices.ContainsFunc(form.Moves, func(m Move) bool { return m.Decides && slices.Contains(m.From, r.State) })
}

// Overview is a branch as the superior sees it among all.
type Overview struct {
	ID    string                 `json:"id"`
	Name  string                 `json:"name"`
	Steps map[StepName]StepState `json:"steps"`
	Waits []string               `json:"waits"`
}

// Overview returns how the branch stands on a day ([State.Steps]).
func (s *State) Overview(today string, due func(StepName) string) Overview {
	return Overview{ID: s.Branch.ID, Name: s.Branch.Name, Steps: s.Steps(today, due), Waits: s.Waits()}
}
