package meeting

import "slices"

// StageState is a stage of the rules as it stands on a day: its days, "" while the
// day of the meeting is not known, and the kinds of records that are due at its
// end. State is [StepDone], [StepDue] or [StepLate].
type StageState struct {
	Name     string
	From, To string // yyyy-mm-dd
	State    StepLevel
	Done     []FormName
	Undone   []FormName
}

// Calendar lists the stages of the rules in their order, as they stand on a day.
func (s *State) Calendar(today string, due func(StepName) string) []StageState {
	if s.Rules == nil {
		return nil
	}
	all := s.desk("", today, due)
	all.rows()
	steps := s.Steps(today, all.due)
	var list []StageState
	for _, stage := range s.Rules.Stages {
		one := StageState{Name: stage.Name, State: StepDue}
		one.From, one.To, _ = s.StageDays(stage)
		for _, kind := range stage.Kinds {
			if _, known := FormName(kind).form(); !known {
				continue
			}
			if all.settled(kind, steps) {
				one.Done = append(one.Done, FormName(kind))
			} else {
				one.Undone = append(one.Undone, FormName(kind))
			}
		}
		switch {
		case len(one.Undone) == 0 && (len(one.Done) > 0 || s.Phase == After):
			one.State = StepDone
		case one.To != "" && one.To < today:
			one.State = StepLate
		}
		list = append(list, one)
	}
	return list
}

// settled reports whether nothing of a kind is left to do: its step is done, or
// nobody has a task of it.
func (d *desk) settled(kind string, steps map[StepName]StepState) bool {
	if step, ok := steps[StepName(kind)]; ok {
		return step.State == StepDone
	}
	return !slices.ContainsFunc(d.list, func(t Task) bool { return t.What == kind })
}
