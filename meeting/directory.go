package meeting

import "slices"

// directory is an index of the roster: it finds people without a walk. All states
// with the same roster share it. What a post means is worked out when somebody asks
// for it, and once.
type directory struct {
	roster []Member
	at     map[MemberID]int      // index in the roster
	named  map[string][]MemberID // ids by name, in roster order
	posts  []int                 // indexes of those with a 党内职务

	chair     answer[MemberID]
	sitting   answer[[]MemberID]   // on the committee
	belonging answer[map[Kind]int] // how many belong to the branch
	party     answer[[]MemberID]   // the party members who do, in roster order
	talkers   answer[*talkers]     // the party members, the secretary first
	turn      answer[[]int]        // indexes of the party members, in the order in which they speak
	out       answer[[]string]     // why 应到 leaves each out, in roster order
	groups    answer[[]string]     // the 党小组 of party members in roster order; "" stands last
}

// enrol replaces the roster and its index.
func (s *State) enrol(roster []Member) {
	d := &directory{roster: roster, at: places(roster), named: make(map[string][]MemberID, len(roster))}
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

// of is the index of a roster that says less of the same people.
func (d *directory) of(roster []Member) *directory {
	return &directory{roster: roster, at: d.at, named: d.named, posts: d.posts}
}

// index is the index of the roster; before there is one it finds nobody.
func (s *State) index() *directory {
	if s.people == nil {
		return &directory{}
	}
	return s.people
}

// enrolled reports whether somebody is on the roster.
func (s *State) enrolled(id MemberID) bool {
	_, ok := s.index().at[id]
	return ok
}

// Member returns the person with the given id, of the branch or of the organisation
// above.
func (s *State) Member(id MemberID) (Member, bool) {
	if d := s.people; d != nil {
		if i, ok := d.at[id]; ok {
			return s.Roster[i], true
		}
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
func (s *State) numbered(id MemberID, name string, same ...[]MemberID) string {
	for _, ids := range same {
		if slices.ContainsFunc(ids, func(o MemberID) bool { return o != id }) {
			return name + "（" + string(id) + "）"
		}
	}
	return name
}

// Named lists the ids of people with a name, in roster order.
func (s *State) Named(name string) []MemberID { return s.index().named[name] }

// unclear refuses the name of several people in place of an id.
func (s *State) unclear(id MemberID) *Refusal {
	_, ok := s.Member(id)
	return need(ok || len(s.Named(string(id))) < 2, SeveralMeant, id)
}

// known refuses an id that is nobody's, and the name of several people.
func (s *State) known(id MemberID) *Refusal {
	_, ok := s.Member(id)
	return first(s.unclear(id), need(ok, UnknownMember, id))
}

// officer returns the first person with a 党内职务 for whom is reports true.
func (s *State) officer(is func(Member) bool) (Member, bool) { return s.index().officer(is) }

func (d *directory) officer(is func(Member) bool) (Member, bool) {
	for _, i := range d.posts {
		if is(d.roster[i]) {
			return d.roster[i], true
		}
	}
	return Member{}, false
}
