package meeting

import (
	"regexp"
	"slices"
)

// ActRoster changes the roster.
const ActRoster Action = "roster"

var rosterActions = []action{{ActRoster, forKeeper, (*State).always}}

// Why something about people is refused.
const (
	NotOnRoster    Code = "not-on-roster"
	WallOnlyShows  Code = "wall-only-shows"
	UnknownMember  Code = "unknown-member" // id
	NotInParty     Code = "not-in-party"   // name
	PartyOnly      Code = "party-only"
	RemovedTooLate Code = "removed-too-late" // name
	RemovedAfter   Code = "removed-after"    // name
	HasTakenPart   Code = "has-taken-part"   // name
	HasLeft        Code = "has-left"         // name, 状态
	BadRoster      Code = "bad-roster"       // row, column, code of the fault, its arguments
	StandsChange   Code = "stands-change"    // how many, name of the first, column, old, new
)

// NotListed refuses whoever is nobody on the roster; the wall is not meant to be.
func NotListed(who MemberID) *Refusal {
	if who == Screen {
		return refuse(WallOnlyShows)
	}
	return refuse(NotOnRoster)
}

// Kind is the 类别 of a person on the roster (DOMAIN.md §1.1).
type Kind string

// The kinds.
const (
	Formal       Kind = "formal"       // 正式党员
	Probationary Kind = "probationary" // 预备党员
	Mass         Kind = "mass"         // 群众代表
	Guest        Kind = "guest"        // 列席人员, 指导领导
)

// Member is a person on the roster. Dates are yyyy-mm-dd, yyyy-mm or yyyy; the
// fields are those of the register form (DOMAIN.md §4.1).
type Member struct {
	ID         MemberID `json:"id"`
	Name       string   `json:"name"`
	Kind       Kind     `json:"kind"`
	Sex        string   `json:"sex,omitempty"`
	Ethnic     string   `json:"ethnic,omitempty"` // 民族
	Born       string   `json:"born,omitempty"`
	Native     string   `json:"native,omitempty"` // 籍贯
	Education  string   `json:"education,omitempty"`
	Post       string   `json:"post,omitempty"`        // 职务
	PartyPost  string   `json:"party_post,omitempty"`  // 党内职务
	Group      string   `json:"group,omitempty"`       // 党小组
	Joined     string   `json:"joined,omitempty"`      // 入党时间
	Confirmed  string   `json:"confirmed,omitempty"`   // 转正时间
	Standing   string   `json:"standing,omitempty"`    // 状态: 在册, 流动, …
	NotCounted string   `json:"not_counted,omitempty"` // why 应到 leaves this person out (DOMAIN.md §3.1); see Uncounted
}

// InParty reports whether m is a 正式 or 预备党员.
func (m Member) InParty() bool { return m.Kind == Formal || m.Kind == Probationary }

// Uncounted returns why 应到 leaves a person out; "" is who counts. Who has died
// or left the branch is out without a further reason.
func (m Member) Uncounted() string {
	if m.NotCounted == "" && m.Gone() {
		return m.Standing
	}
	return m.NotCounted
}

// Gone reports whether a person no longer belongs to the branch.
func (m Member) Gone() bool {
	return slices.ContainsFunc(posts(m.Standing), func(w string) bool { return goneWords[folded(w)] })
}

// Evaluated reports whether somebody is a party member whom the year's evaluation is
// about: of the branch, or who took part, or was on a ballot, and has left since.
func (s *State) Evaluated(m Member) bool {
	if !m.InParty() || !m.Gone() {
		return m.InParty()
	}
	v := s.Vote()
	return s.Ratings.Has(m.ID) || s.Attendance.Of(m.ID).Came() || v != nil && slices.Contains(v.Subjects, m.ID)
}

// Count returns the number of people of the given kinds who belong to the branch.
func (s *State) Count(kinds ...Kind) int {
	d, n := s.index(), 0
	here := d.belonging.get(func() map[Kind]int {
		here := map[Kind]int{}
		for _, m := range d.roster {
			if !m.Gone() {
				here[m.Kind]++
			}
		}
		return here
	})
	for _, k := range kinds {
		n += here[k]
	}
	return n
}

// ImportRoster adds people and changes known ones, all of them or none. People
// who are not named stay as they are. Once the meeting has begun the kinds of
// known people cannot change, and after it nothing that its counts rest on.
// What changes somebody's standing ([Change]) wants Yes: the keeper has seen it. Who
// has signed in already, and has left the branch before the meeting goes on from 签到,
// has not come.
type ImportRoster struct {
	People []Member
	Yes    bool
}

func (c ImportRoster) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActRoster); no != nil {
		return nil, no
	}
	if errs := append(CheckRoster(c.People), s.clashes(c.People)...); len(errs) > 0 {
		return nil, errs[0].refusal()
	}
	stands := slices.DeleteFunc(s.Changes(c.People), func(c Change) bool { return !c.Standing })
	if len(stands) > 0 && !c.Yes {
		first := stands[0]
		return nil, refuse(StandsChange, len(stands), first.Name, first.Column, first.Old, first.New)
	}
	var news []Member
	for _, m := range c.People {
		if old, ok := s.Member(m.ID); !ok || old != m {
			news = append(news, m)
		}
	}
	if len(news) == 0 {
		return nil, nil
	}
	return append([]Fact{RosterImported{People: news}}, s.notThere(news)...), nil
}

// notThere undoes the sign-in of those who have left the branch, as long as
// [RecordAbsence] would: they are not of those who meet.
func (s *State) notThere(people []Member) []Fact {
	var facts []Fact
	for _, m := range people {
		if m.Gone() && s.Attendance.Of(m.ID).Came() && !s.leavesEarly(m.ID) {
			facts = append(facts, AbsenceRecorded{ID: m.ID, Reason: m.Standing})
		}
	}
	return facts
}

// RosterImported carries the people who are new or changed.
type RosterImported struct {
	People []Member `json:"people"`
}

func (f RosterImported) apply(s *State, _ Event) {
	roster, at := slices.Clone(s.Roster), places(s.Roster)
	for _, m := range f.People {
		if i, known := at[m.ID]; known {
			roster[i] = m
		} else {
			at[m.ID] = len(roster)
			roster = append(roster, m)
		}
	}
	s.enrol(roster)
}

var idForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,20}$`)

func validID(id string) bool { return idForm.MatchString(id) }
