package meeting

// directory finds people without a walk over the roster. It holds nothing that
// the roster does not say: what a post means is asked when somebody is looked for.
type directory struct {
	at    map[MemberID]int      // where they stand on the roster
	named map[string][]MemberID // who has a name, in roster order
	posts []int                 // where those stand who have a 党内职务
}

// enrol makes a list of people the roster.
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

// places says where everybody stands on a list; whose id stands there twice, as
// only in a foreign log, where it stands first.
func places(roster []Member) map[MemberID]int {
	at := make(map[MemberID]int, len(roster))
	for i, m := range roster {
		if _, twice := at[m.ID]; !twice {
			at[m.ID] = i
		}
	}
	return at
}

// Member returns the person with the given id.
func (s *State) Member(id MemberID) (Member, bool) {
	if i, ok := s.people.at[id]; ok {
		return s.Roster[i], true
	}
	return Member{}, false
}

// NameOf returns the name of a person, or the id of one who is not on the roster.
func (s *State) NameOf(id MemberID) string {
	if m, ok := s.Member(id); ok {
		return m.Name
	}
	return string(id)
}

// Named are those who have a name, in roster order.
func (s *State) Named(name string) []MemberID { return s.people.named[name] }

// officer is the first with a 党内职务 who is what is asked for.
func (s *State) officer(is func(Member) bool) (Member, bool) {
	for _, i := range s.people.posts {
		if is(s.Roster[i]) {
			return s.Roster[i], true
		}
	}
	return Member{}, false
}
