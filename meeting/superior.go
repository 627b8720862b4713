package meeting

import "slices"

// What the people of the organisation above (党总支) may do in a branch, and why
// something is not theirs or only theirs.
const (
	SuperiorOnly   Code = "superior-only"   // only the superior decides; on paper the console records it with its number
	OutsideMeeting Code = "outside-meeting" // what only those of the branch do
)

// Above is the kind of a person of the organisation above. They stand on no
// roster and are counted nowhere.
const Above Kind = "above"

// Superior is a person of the organisation above, as its own log knows them.
type Superior struct {
	ID   MemberID `json:"id"` // among those of the organisation
	Name string   `json:"name"`
	Post string   `json:"post,omitempty"`
}

// SuperiorID is the id of somebody of the organisation in a branch's log. It is
// nobody's on a roster.
func SuperiorID(id MemberID) MemberID { return "org/" + id }

// in is a superior as a branch finds them by their id.
func (p Superior) in() Member {
	return Member{ID: SuperiorID(p.ID), Name: p.Name, Kind: Above, Post: p.Post}
}

// introduced puts the fact who a superior is before what they do first, so that
// the branch's log needs no other to be understood.
func (s *State) introduced(r Request, facts []Fact) []Fact {
	if r.Superior == nil || len(facts) == 0 || slices.Contains(s.Superiors, *r.Superior) {
		return facts
	}
	return append([]Fact{SuperiorNamed{*r.Superior}}, facts...)
}

// Knowing is the state in which a superior is known already, whether or not they
// have acted in the branch.
func (s *State) Knowing(p *Superior) *State {
	if p == nil || slices.Contains(s.Superiors, *p) {
		return s
	}
	next := *s
	SuperiorNamed{*p}.apply(&next, Event{})
	return remembering(&next)
}

// SuperiorNamed says who of the organisation acts in a branch.
type SuperiorNamed struct{ Superior }

func (f SuperiorNamed) apply(s *State, _ Event) {
	others := slices.DeleteFunc(slices.Clone(s.Superiors), func(p Superior) bool { return p.ID == f.ID })
	s.Superiors = append(others, f.Superior)
}

// superior returns who of the organisation has an id in this branch.
func (s *State) superior(id MemberID) (Member, bool) {
	for _, p := range s.Superiors {
		if SuperiorID(p.ID) == id {
			return p.in(), true
		}
	}
	return Member{}, false
}

// above reports whether who is of the organisation above the branch.
func (s *State) above(who MemberID) bool {
	m, ok := s.Member(who)
	return ok && m.Kind == Above
}
