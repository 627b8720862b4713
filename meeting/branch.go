package meeting

import (
	"slices"

	"pingyi/meeting/preset"
)

// What may be done in a branch at any item.
const (
	ActName   Action = "name"
	ActPapers Action = "papers"
)

var branchActions = []action{
	{ActName, forConsoleAndKeeper, (*State).untilOver},
	{ActPapers, forAnybody, (*State).always},
}

// Why something about a branch is refused.
const (
	NotFounded    Code = "not-founded"
	BranchExists  Code = "branch-exists"  // id
	BadID         Code = "bad-id"         // id
	UnknownSeat   Code = "unknown-seat"   // word
	AlreadySeated Code = "already-seated" // name
	NoChair       Code = "no-chair"
)

// KeepsPapers reports whether who has the branch's papers: the console, the recorder
// and the committee. Others have what is about themselves or shown to them.
func (s *State) KeepsPapers(who MemberID) bool { return s.records(who) || s.onCommittee(who) }

// Branch is a 党支部.
type Branch struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Org  string `json:"org"`            // the superior, 党总支
	Zone string `json:"zone,omitempty"` // time zone, as +08:00; "": China's ([Branch.Location])
}

// Found begins the log of a branch with the rules that its meeting will follow.
// They are copied into the log, so that a later edition of a preset does not
// change a meeting that was already held.
type Found struct {
	Branch Branch
	Rules  *preset.Rules
}

func (c Found) decide(s *State, r Request) ([]Fact, error) {
	if r.By != Keeper {
		return nil, refuse(KeeperOnly)
	}
	if s.Rules != nil {
		return nil, refuse(BranchExists, s.Branch.ID)
	}
	if c.Rules == nil || c.Rules.Check() != nil {
		return nil, refuse(NotFounded)
	}
	if !validID(c.Branch.ID) {
		return nil, refuse(BadID, c.Branch.ID)
	}
	if bad := CheckField("支部名称", c.Branch.Name, 60); bad != nil {
		return nil, bad
	}
	if bad := CheckField("上级党组织名称", c.Branch.Org, 60); bad != nil {
		return nil, bad
	}
	if no := CheckZone(c.Branch.Zone); no != nil {
		return nil, no
	}
	return []Fact{Founded(c)}, nil
}

// Founded is the first fact of every log.
type Founded struct {
	Branch Branch        `json:"branch"`
	Rules  *preset.Rules `json:"rules"`
}

func (f Founded) apply(s *State, _ Event) {
	if f.Rules == nil || s.Rules != nil {
		return
	}
	s.Branch, s.Rules = f.Branch, f.Rules
	s.Agenda = make([]Item, len(f.Rules.Agenda))
	for i, it := range f.Rules.Agenda {
		s.Agenda[i] = Item{No: i + 1, Kind: it.Kind, Title: it.Title}
	}
}

// Seat is a place in the meeting; a person may have several (HOUSE.md §4).
type Seat string

// The seats.
const (
	SeatConsole    Seat = "console"
	SeatRecorder   Seat = "recorder"
	SeatGroupNotes Seat = "group-recorder" // of the own 党小组
	SeatMember     Seat = "member"
	SeatCommittee  Seat = "committee"
	SeatScrutineer Seat = "scrutineer"
	SeatGuide      Seat = "guide"
	SeatGuest      Seat = "guest"
	SeatMass       Seat = "mass"
	SeatSuperior   Seat = "superior"
	SeatProjector  Seat = "projector"
	SeatBooth      Seat = "booth"
)

// Seats returns the seats of who, in the order of the constants above.
func (s *State) Seats(who MemberID) []Seat {
	switch who {
	case Screen:
		return []Seat{SeatProjector}
	case Booth:
		return []Seat{SeatBooth}
	}
	m, ok := s.Member(who)
	if !ok {
		return nil
	}
	var seats []Seat
	add := func(yes bool, seat Seat) {
		if yes {
			seats = append(seats, seat)
		}
	}
	add(s.runs(who), SeatConsole)
	add(who == s.Recorder, SeatRecorder)
	add(s.recordsGroup(who), SeatGroupNotes)
	add(m.InParty(), SeatMember)
	add(s.onCommittee(who), SeatCommittee)
	add(s.scrutinises(who), SeatScrutineer)
	add(m.Kind == Guest && m.guides(), SeatGuide)
	add(m.Kind == Guest && !m.guides(), SeatGuest)
	add(m.Kind == Mass, SeatMass)
	add(m.Kind == Above, SeatSuperior)
	add(s.assigned(who), SeatGuide)
	return seats
}

// Chair returns the 书记, or the 副书记 if there is no 书记; "" if the roster
// has neither.
func (s *State) Chair() MemberID {
	d := s.index()
	return d.chair.get(func() MemberID {
		for _, is := range []func(Member) bool{Member.leads, Member.deputises} {
			if m, ok := d.officer(is); ok {
				return m.ID
			}
		}
		return ""
	})
}

// Host returns who runs the meeting: the 书记, or a person named for the console
// who came; "" if there was nobody.
func (s *State) Host() MemberID {
	for _, id := range append([]MemberID{s.Chair()}, s.Consoles...) {
		if s.Attendance.Of(id).Came() {
			return id
		}
	}
	return ""
}

// runs reports whether a person has the facilitator's console.
func (s *State) runs(who MemberID) bool {
	return who != "" && (who == s.Chair() || slices.Contains(s.Consoles, who))
}

// records reports whether a person may write for others: the recorder and every
// console may.
func (s *State) records(who MemberID) bool { return s.runs(who) || (who != "" && who == s.Recorder) }

// Name gives a person a seat: SeatConsole, SeatRecorder or SeatGroupNotes. The
// keeper may do so too, because a branch whose secretary is ill could not begin
// otherwise.
type Name struct {
	ID   MemberID
	Seat Seat
}

func (c Name) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActName); no != nil {
		return nil, no
	}
	m, ok := s.Member(c.ID)
	switch {
	case !ok:
		return nil, s.known(c.ID)
	case !m.InParty():
		return nil, refuse(NotInParty, s.Called(m.ID))
	case c.Seat == SeatGroupNotes && !s.ByGroups():
		return nil, refuse(NotByGroups)
	}
	f := Named{ID: c.ID, Seat: c.Seat}
	taken := false
	switch c.Seat {
	case SeatConsole:
		taken = s.runs(c.ID)
	case SeatRecorder:
		taken = s.Recorder == c.ID
	case SeatGroupNotes:
		f.Group, taken = m.Group, s.PartyGroupOf(c.ID).Recorder == c.ID
	default:
		return nil, refuse(UnknownSeat, c.Seat)
	}
	if taken {
		return nil, refuse(AlreadySeated, s.Called(m.ID))
	}
	return []Fact{f}, nil
}

// Named says that a person was given a seat.
type Named struct {
	ID    MemberID `json:"id"`
	Seat  Seat     `json:"seat"`
	Group string   `json:"group,omitempty"` // the 党小组 whose recorder they are, as on the roster
}

func (f Named) apply(s *State, _ Event) {
	switch f.Seat {
	case SeatRecorder:
		s.Recorder = f.ID
	case SeatGroupNotes:
		s.GroupRecorders = with(s.GroupRecorders, f.Group, f.ID)
	default:
		s.Consoles = added(s.Consoles, f.ID)
	}
}
