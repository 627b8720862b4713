package meeting

import (
	"maps"
	"slices"
	"strings"
)

// Change is one thing that importing people would change about somebody on the
// roster, or in who somebody is.
type Change struct {
	ID       MemberID
	Name     string // as it will be
	Column   string
	Old, New string
	Standing bool // it changes who counts, decides or leads, or who an 编号 is
}

// Changes lists what importing people would change, in their order. Of somebody
// new it says only that the name stands under another 编号 already.
func (s *State) Changes(people []Member) []Change {
	here := idsOf(people)
	named := map[string]MemberID{} // who is not among people
	for _, m := range s.Roster {
		if !here[m.ID] {
			named[folded(m.Name)] = m.ID
		}
	}
	var list []Change
	for _, m := range people {
		old, known := s.Member(m.ID)
		other, there := named[folded(m.Name)]
		if there && (!known || folded(old.Name) != folded(m.Name)) {
			list = append(list, Change{m.ID, m.Name, "编号", string(other), string(m.ID), true})
		}
		if known {
			list = append(list, changesOf(old, m)...)
		}
	}
	return list
}

func idsOf(people []Member) map[MemberID]bool {
	ids := make(map[MemberID]bool, len(people))
	for _, m := range people {
		ids[m.ID] = true
	}
	return ids
}

// changesOf lists what is different between a person's old and new entry.
func changesOf(old, m Member) []Change {
	var list []Change
	for _, c := range rosterColumns {
		a, b := *c.field(&old), *c.field(&m)
		if a == b {
			continue
		}
		if c.name == "类别" {
			a, b = kindNames[old.Kind], kindNames[m.Kind]
		}
		list = append(list, Change{m.ID, m.Name, c.name, a, b, standingChanges(c.name, old, m)})
	}
	return list
}

// standingChanges reports whether the change of a column changes who a person is,
// or what they may do.
func standingChanges(column string, old, m Member) bool {
	switch column {
	case "姓名":
		return folded(old.Name) != folded(m.Name)
	case "类别":
		return true
	case "党内职务":
		return old.duty() != m.duty()
	case "状态":
		return old.Gone() != m.Gone()
	case "不计入应到原因":
		return (old.Uncounted() == "") != (m.Uncounted() == "")
	}
	return false
}

// oddRoster tells what is odd about the roster as it would be.
func (s *State) oddRoster(people []Member) []RowError {
	var notes []RowError
	after, here := slices.Clone(people), idsOf(people)
	for _, m := range s.Roster {
		if !here[m.ID] {
			after = append(after, m)
		}
	}
	if !slices.ContainsFunc(after, Member.leads) {
		note := RowError{Code: RowSecretaryNone}
		if old, there := s.officer(Member.leads); there {
			note.Code, note.Args = RowSecretaryLost, []string{old.Name}
		}
		notes = append(notes, note)
	}
	alike := map[string][]string{}
	for _, m := range after {
		if g := groupNumber(m.Group); m.Group != "" && !slices.Contains(alike[g], m.Group) {
			alike[g] = append(alike[g], m.Group)
		}
	}
	for _, g := range slices.Sorted(maps.Keys(alike)) {
		if len(alike[g]) > 1 {
			notes = append(notes, RowError{Column: "党小组", Code: RowGroupsAlike, Args: []string{strings.Join(alike[g], " ")}})
		}
	}
	return notes
}
