package meeting

import (
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// What may be done about attendance.
const (
	ActSignIn Action = "signin"
	ActAbsent Action = "absent"
)

var attendanceActions = []action{
	{ActSignIn, forMembers, (*State).maySignIn},
	{ActAbsent, forConsole, (*State).untilOver},
}

// Why something about attendance is refused, and what is amiss with it.
const (
	AlreadySignedIn     Code = "already-signed-in"
	SignInFirst         Code = "sign-in-first"
	NotPresent          Code = "not-present"           // name
	HoldsBallot         Code = "holds-ballot"          // name
	HoldsFloor          Code = "holds-floor"           // name
	TakesNoPart         Code = "takes-no-part"         // name
	AbsentWithoutReason Code = "absent-without-reason" // how many
	NoQuorum            Code = "no-quorum"             // 正式党员 present, expected
)

func (s *State) maySignIn(m Member) *Refusal {
	return first(s.untilOver(m), need(!m.Gone(), HasLeft, s.Called(m.ID), m.Standing), need(!s.present(m.ID), AlreadySignedIn))
}

// here refuses somebody who is not in the room.
func (s *State) here(who MemberID) *Refusal { return need(s.present(who), SignInFirst) }

var signInItem = itemKind{
	check:     (*State).checkSignIn,
	untouched: func(*State) bool { return false },
	step:      func(s *State, next Step) Step { next.Wait = s.unexplained(); return next },
}

func (s *State) checkSignIn(warn warning) {
	roll := s.Roll()
	warn(!roll.Quorum, true, NoQuorum, roll.PresentFormal, roll.ExpectedFormal)
	n := len(s.unexplained())
	warn(n > 0, false, AbsentWithoutReason, n)
	warn(s.Where() == "", false, NoPlace)
	warn(s.Recorder == "", false, NoRecorder)
	s.checkGroups(warn)
}

// unexplained lists the absent for whom no reason is recorded: the fault that
// inspections find most often (DOMAIN.md §4.12).
func (s *State) unexplained() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.unexplained }, func(s *State) []MemberID {
		return having(s.Roll().Absent, func(id MemberID) bool { return s.Attendance.Of(id).Reason == "" })
	})
}

// Attendance is what is known about one person's presence. Somebody who has
// neither come nor been recorded as absent has none.
type Attendance struct {
	Present bool      // in the room now
	At      time.Time // of signing in; zero: has not come
	Left    time.Time // when they went away early; zero: they did not
	Reason  string    // of an absence, or of leaving early
	Written bool      // an absent member handed in written material (个人思想汇报)
}

// Came reports whether the person signed in, also if they went away early.
func (a Attendance) Came() bool { return !a.At.IsZero() }

// AbsenceReasons are the usual reasons of absence, as they stand in the minutes
// (DOMAIN.md §6); any other may be written.
func AbsenceReasons() []string { return []string{"病假", "事假", "公出", "外出"} }

// Roll is the attendance in the numbers that are read aloud: 应到 16，实到
// 14，缺席 2 (DOMAIN.md §3.1, §4.12). It counts 正式 and 预备党员; the Formal
// fields count 正式党员 only. Whoever came counts as 实到 even after going away
// early, so that 发出 ≤ 实到 holds to the end. Somebody left out of 应到 who
// comes after all counts as expected and as present.
type Roll struct {
	Expected       int        `json:"expected"`
	Present        int        `json:"present"`
	ExpectedFormal int        `json:"expected_formal"`
	PresentFormal  int        `json:"present_formal"`
	Here           int        `json:"here"` // of Present and PresentFormal: in the room now
	HereFormal     int        `json:"here_formal"`
	Absent         []MemberID `json:"absent"`      // expected and not present, in roster order
	Left           []MemberID `json:"left"`        // present, and gone away early
	NotCounted     []MemberID `json:"not_counted"` // left out of 应到, with their reason on the roster
	Guests         []MemberID `json:"guests"`      // 列席, 群众 and the assigned guide who are present
	Quorum         bool       `json:"quorum"`      // of those present
}

// Roll counts who is there now. After the meeting it is the count at its end.
func (s *State) Roll() Roll {
	if s.Final != nil {
		return *s.Final
	}
	return once(s, func(a *answers) *answer[Roll] { return &a.roll }, (*State).count)
}

func (s *State) count() Roll {
	var r Roll
	out := s.uncounted()
	for i, m := range s.Roster {
		a := s.Attendance.Of(m.ID)
		switch {
		case !m.InParty():
			if a.Came() {
				r.Guests = append(r.Guests, m.ID)
			}
		case out[i] != "" && !a.Came():
			r.NotCounted = append(r.NotCounted, m.ID)
		default:
			r.count(m, a)
		}
	}
	if guide := s.AssignedGuide(); s.Attendance.Of(guide).Came() {
		r.Guests = append(r.Guests, guide)
	}
	r.Quorum = s.quorum(r.Present, r.PresentFormal, r)
	return r
}

// count adds a party member who belongs to 应到.
func (r *Roll) count(m Member, a Attendance) {
	formal := 0
	if m.Kind == Formal {
		formal = 1
	}
	r.Expected++
	r.ExpectedFormal += formal
	if !a.Came() {
		r.Absent = append(r.Absent, m.ID)
		return
	}
	r.Present++
	r.PresentFormal += formal
	if !a.Present {
		r.Left = append(r.Left, m.ID)
		return
	}
	r.Here++
	r.HereFormal += formal
}

// quorum reports whether the members present are enough of those expected: all
// of them, or the formal ones, as the rules say (DOMAIN.md §3.1).
func (s *State) quorum(all, formal int, of Roll) bool {
	switch {
	case s.Rules == nil:
		return false
	case s.Rules.Quorum.Base == preset.BaseFormal:
		return s.Rules.Quorum.Met(formal, of.ExpectedFormal)
	}
	return s.Rules.Quorum.Met(all, of.Expected)
}

// present reports whether a person has signed in and is still in the room.
func (s *State) present(who MemberID) bool { return s.Attendance.Of(who).Present }

// Participants lists the party members who take part: those who came, and those
// who are absent with written material. The secretary comes first, then the
// committee, then the others in roster order (DOMAIN.md §2.2, 11; §3.4); where
// they sit by 党小组, one group after another in that order.
func (s *State) Participants() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.participants }, func(s *State) []MemberID {
		return s.inTurn(func(i int) bool { a := s.Attendance.Of(s.Roster[i].ID); return a.Came() || a.Written })
	})
}

// Invited lists the party members who should come, in the same order.
func (s *State) Invited() []MemberID {
	return once(s, func(a *answers) *answer[[]MemberID] { return &a.invited }, func(s *State) []MemberID {
		out := s.uncounted()
		return s.inTurn(func(i int) bool { return out[i] == "" })
	})
}

// inTurn lists the party members whose places in the roster are wanted, in the
// order in which they speak.
func (s *State) inTurn(want func(i int) bool) []MemberID {
	var ids []MemberID
	for _, i := range s.index().speakers() {
		if want(i) {
			ids = append(ids, s.Roster[i].ID)
		}
	}
	return slices.Clip(slices.Concat(s.inGroups(ids)...))
}

// speakers are the places in the roster of the party members, by rank.
func (d *directory) speakers() []int {
	return d.turn.get(func() []int {
		var places []int
		ranks := make([]int, len(d.roster))
		for i, m := range d.roster {
			if m.InParty() {
				places, ranks[i] = append(places, i), rank(m)
			}
		}
		slices.SortStableFunc(places, func(a, b int) int { return ranks[a] - ranks[b] })
		return places
	})
}

// uncounted is [Member.Uncounted] of everybody on the roster, in its order.
func (s *State) uncounted() []string {
	d := s.index()
	return d.out.get(func() []string {
		list := make([]string, len(d.roster))
		for i, m := range d.roster {
			list[i] = m.Uncounted()
		}
		return list
	})
}

// SignIn records that the caller has come, also after an absence was recorded.
type SignIn struct{}

func (SignIn) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActSignIn); no != nil {
		return nil, no
	}
	return []Fact{SignedIn{ID: r.By}}, nil
}

// SignInFor records that somebody without a terminal has come.
type SignInFor struct{ ID MemberID }

func (c SignInFor) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActAbsent); no != nil {
		return nil, no
	}
	if _, ok := s.Member(c.ID); !ok {
		return nil, s.known(c.ID)
	}
	if no := May(s, c.ID, ActSignIn); no != nil {
		return nil, no
	}
	return []Fact{SignedIn(c)}, nil
}

// SignedIn says that a person has come, or come back.
type SignedIn struct {
	ID MemberID `json:"id"`
}

func (f SignedIn) apply(s *State, e Event) {
	at := e.At
	if old := s.Attendance.Of(f.ID); old.Came() {
		at = old.At
	}
	s.Attendance = s.Attendance.with(f.ID, &Attendance{Present: true, At: at}, s.alone)
}

// RecordAbsence records why a party member is not there, and whether they
// handed in written material: an outline that they handed in is that. Of somebody who has signed in, it undoes the
// sign-in before the meeting and during 签到; later, and of somebody who has had a
// ballot, it records that they went away early.
type RecordAbsence struct {
	ID      MemberID
	Reason  string
	Written bool
}

func (c RecordAbsence) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActAbsent); no != nil {
		return nil, no
	}
	m, ok := s.Member(c.ID)
	switch {
	case !ok:
		return nil, s.known(c.ID)
	case !m.InParty():
		return nil, refuse(NotInParty, s.Called(m.ID))
	}
	if bad := badReason(c.Reason, 60); bad != nil {
		return nil, bad
	}
	if v := s.Vote(); v != nil && v.State == BoxOpened && v.Members().holds(c.ID) {
		return nil, refuse(HoldsBallot, s.Called(m.ID))
	}
	if s.Floor.Speaker == c.ID {
		return nil, refuse(HoldsFloor, s.Called(m.ID))
	}
	return []Fact{AbsenceRecorded{ID: c.ID, Reason: c.Reason, Written: c.Written || s.Outlined(c.ID), Left: s.leavesEarly(c.ID)}}, nil
}

// leavesEarly reports whether somebody who goes away now has been there: they have
// signed in, and the meeting has gone on from 签到 or they have had a ballot.
func (s *State) leavesEarly(id MemberID) bool {
	return s.Attendance.Of(id).Came() && s.Phase != Before && (!s.at(preset.SignIn) || s.hadBallot(id))
}

// hadBallot reports whether somebody got a ballot or a paper slip in any vote of the
// meeting: they were there then.
func (s *State) hadBallot(id MemberID) bool {
	return slices.ContainsFunc(s.Votes, func(v *Vote) bool {
		_, ballot := v.BoxOf(id)
		return ballot || !v.Opened.IsZero() && slices.Contains(v.OnPaper, id)
	})
}

// AbsenceRecorded says that a person is absent, or has gone away early, and why.
type AbsenceRecorded struct {
	ID      MemberID `json:"id"`
	Reason  string   `json:"reason"`
	Written bool     `json:"written"`
	Left    bool     `json:"left"` // had come, and went away early
}

func (f AbsenceRecorded) apply(s *State, e Event) {
	a := Attendance{Reason: f.Reason, Written: f.Written}
	if old := s.Attendance.Of(f.ID); f.Left {
		a.At, a.Left = old.At, old.Left
		if a.Left.IsZero() {
			a.Left = e.At
		}
	}
	s.Attendance = s.Attendance.with(f.ID, &a, s.alone)
	s.Floor.Queue = slices.DeleteFunc(slices.Clone(s.Floor.Queue), func(id MemberID) bool { return id == f.ID })
}

// OnlyCame reports whether all that has happened since an earlier state is that
// others than who have signed in before the meeting. What waits for people is what it
// was then.
func (s *State) OnlyCame(earlier *State, who MemberID) bool {
	if earlier == nil || s.Phase != Before || earlier.Phase != Before {
		return false
	}
	for c := range s.Chronicle.Backward() {
		if c == earlier.Chronicle {
			return true
		}
		if in, is := c.Fact.(SignedIn); !is || in.ID == who {
			return false
		}
	}
	return false
}
