package meeting

import (
	"fmt"
	"slices"
)

// Rollup is what a branch adds to the organisation's table (DOMAIN.md §4.3). Until
// the meeting has ended the figures are what they are so far.
type Rollup struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Formal       int           `json:"formal"`       // 正式党员
	Probationary int           `json:"probationary"` // 预备党员
	Expected     int           `json:"expected"`     // 应参评: party members of whom 应到 leaves nobody out
	TookPart     int           `json:"took_part"`    // 实参评: who came, or handed in written material
	Held         bool          `json:"held"`         // the meeting is over
	Grades       map[Grade]int `json:"grades"`       // as they hold now: [State.GradeOf]
	Ungraded     int           `json:"ungraded"`     // 不评定等次, or not graded yet
	Cap          int           `json:"cap"`          // how many 优秀 at most
	Excellent    int           `json:"excellent"`
	Over         bool          `json:"over"`  // more than that
	State        RecordState   `json:"state"` // of the bundle; "": nothing was sent
}

// Rollup returns the figures of the branch.
func (s *State) Rollup() Rollup {
	r := Rollup{ID: s.Branch.ID, Name: s.Branch.Name, Held: s.Phase == After, Grades: map[Grade]int{}}
	if s.Rules == nil {
		return r
	}
	for _, g := range s.Rules.Grades {
		r.Grades[Grade(g)] = 0
	}
	var took []MemberID
	if !s.Began().IsZero() { // whoever signs in before has not taken part yet
		took = s.Participants()
	}
	for _, m := range s.Roster {
		if !m.InParty() || m.Gone() {
			continue
		}
		if m.Kind == Formal {
			r.Formal++
		} else {
			r.Probationary++
		}
		if m.Uncounted() == "" {
			r.Expected++
		}
		if slices.Contains(took, m.ID) {
			r.TookPart++
		}
		if rating, graded := s.GradeOf(m.ID); graded && rating.Grade != "" {
			r.Grades[rating.Grade]++
		} else {
			r.Ungraded++
		}
	}
	r.Cap, r.Excellent = s.Cap().Cap, r.Grades[s.Excellent()]
	r.Over = r.Excellent > r.Cap
	if b, sent := s.Bundle(); sent {
		r.State = b.State()
	}
	return r
}

// Total adds up branches; its cap is the sum of theirs.
func Total(list []Rollup) Rollup {
	all := Rollup{Grades: map[Grade]int{}}
	for _, r := range list {
		all.Formal += r.Formal
		all.Probationary += r.Probationary
		all.Expected += r.Expected
		all.TookPart += r.TookPart
		all.Ungraded += r.Ungraded
		all.Cap += r.Cap
		all.Excellent += r.Excellent
		for g, n := range r.Grades {
			all.Grades[g] += n
		}
	}
	all.Held = len(list) > 0 && !slices.ContainsFunc(list, func(r Rollup) bool { return !r.Held })
	all.Over = all.Excellent > all.Cap
	return all
}

// BranchesCalled is what branches that stand beside each other are called, in
// their order: the name, and the id behind it where another has the same name.
func BranchesCalled(branches []*State) []string {
	named := map[string]int{}
	for _, s := range branches {
		named[s.Branch.Name]++
	}
	names := make([]string, len(branches))
	for i, s := range branches {
		names[i] = s.Branch.Name
		if named[s.Branch.Name] > 1 {
			names[i] += "（" + s.Branch.ID + "）"
		}
	}
	return names
}

// BranchesAddedUp is what branches that are added up are called, in their order:
// with the year behind it where they are not all in the same one.
func BranchesAddedUp(branches []*State) []string {
	names := BranchesCalled(branches)
	if OneYear(branches) {
		return names
	}
	for i, s := range branches {
		if s.Rules != nil {
			names[i] += fmt.Sprintf("（%d）", s.Rules.Year)
		}
	}
	return names
}

// OneYear reports whether all branches are in the same year of 评议.
func OneYear(branches []*State) bool {
	years := map[int]bool{}
	for _, s := range branches {
		if s.Rules != nil {
			years[s.Rules.Year] = true
		}
	}
	return len(years) <= 1
}

// GradesOf are the grades of all branches, in the order of the first that has
// them.
func GradesOf(branches []*State) []string {
	var grades []string
	for _, s := range branches {
		if s.Rules == nil {
			continue
		}
		for _, g := range s.Rules.Grades {
			if !slices.Contains(grades, g) {
				grades = append(grades, g)
			}
		}
	}
	return grades
}
