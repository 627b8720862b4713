package meeting

import "slices"

// directory is an index of the roster: it finds people without a walk. It holds
// nothing that the roster does not say; what a post means is asked at each
// search.
type directory struct {
	at    map[MemberID]int      // index in the roster
	named map[string][]MemberID // ids by name, in roster order
	posts []int                 // indexes of those with a 党内职务
}

// enrol replaces the roster and its index.
func (s *State) enrol(roster []Member) {
	d := directory{at: places(roster), named: make(map[string][]MemberID, len(roster))}
	for i, m := range roster {
		d.named[m.Name] = append(d.named[m.Name], m.ID)
		if m.PartyPost != "" {
			d.posts = append(d.posts, i)
		}
	}
	s.Roster, s.people = roster, d
}

// places returns each person's index in a list. If an id stands there twice, as
// only in a foreign log, the first counts.
func places(roster []Member) map[MemberID]int {
	at := make(map[MemberID]int, len(roster))
	for i, m := range roster {
		if _, twice := at[m.ID]; !twice {
			at[m.ID] = i
		}
	}
	return at
}

// Member returns the person with the given id, of the branch or of the organisation
// above.
func (s *State) Member(id MemberID) (Member, bool) {
	if i, ok := s.people.at[id]; ok {
		return s.Roster[i], true
	}
	return s.superior(id)
}

// NameOf returns the name of a person, or the id of one who is not on the roster.
func (s *State) NameOf(id MemberID) string {
	if m, ok := s.Member(id); ok {
		return m.Name
	}
	return string(id)
}

// Called returns what people call a person by: the name, and the 编号 behind it
// where another person has the same name. Papers and screens use it wherever
// the 编号 does not stand beside.
func (s *State) Called(id MemberID) string {
	name := s.NameOf(id)
	return s.numbered(id, name, s.Named(name))
}

// numbered adds the 编号 to a name that others have too.
func (s *State) numbered(id MemberID, name string, same []MemberID) string {
	if slices.ContainsFunc(same, func(o MemberID) bool { return o != id }) {
		return name + "（" + string(id) + "）"
	}
	return name
}

// Named lists the ids of people with a name, in roster order.
func (s *State) Named(name string) []MemberID { return s.people.named[name] }

// officer returns the first person with a 党内职务 for whom is reports true.
func (s *State) officer(is func(Member) bool) (Member, bool) {
	for _, i := range s.people.posts {
		if is(s.Roster[i]) {
			return s.Roster[i], true
		}
	}
	return Member{}, false
}
