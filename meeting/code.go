package meeting

import (
	"maps"
	"slices"
)

// ActCodes issues join codes, and ends them.
const ActCodes Action = "codes"

var codeActions = []action{{ActCodes, forKeeper, (*State).always}}

// Why a join code no longer counts.
const (
	CodeReplaced Code = "code-replaced"
	CodeRevoked  Code = "code-revoked"
	CodeArchived Code = "code-archived"
	CodeYearOver Code = "code-year-over" // the year that came after
	LeftBranch   Code = "left-branch"

	SuperiorRevoked Code = "superior-revoked" // of somebody of the organisation
)

// NoCode refuses to end the code of somebody who has none.
const NoCode Code = "no-code" // id

// organisation is how people of the organisation above call it beside the
// branches. Nobody has it for an id.
const organisation MemberID = "org"

// Fixture reports whether an id stands for a thing in the room and for no person.
func Fixture(id MemberID) bool { return id == Screen || id == Booth }

// Codes are the keyed hashes of join codes, hexadecimal, by whose they are, and who
// has the code of a hash, or had it before it was replaced or revoked.
type Codes struct {
	Map[MemberID, string]
	by, was Map[string, MemberID]
}

// Holder returns whose code has a hash. Who tries codes cannot choose hashes, so that
// the time which this takes tells them nothing.
func (c Codes) Holder(hash string) (MemberID, bool) { return c.by.Get(hash) }

// Former returns whose code had a hash before it was replaced or revoked, so that who
// types that of an old slip is told so: see [State.CodeEnded].
func (c Codes) Former(hash string) (MemberID, bool) { return c.was.Get(hash) }

// with is [Map.with].
func (c Codes) with(id MemberID, hash *string, alone bool) Codes {
	if old, had := c.Get(id); had {
		c.by, c.was = c.by.with(old, nil, alone), c.was.with(old, &id, alone)
	}
	if c.Map = c.Map.with(id, hash, alone); hash != nil {
		c.by = c.by.with(*hash, &id, alone)
	}
	return c
}

// IssueCodes replaces the join codes of the named people, or gives one to
// [Screen] or [Booth]. Only keyed hashes of the new ones reach the log. Devices
// that an old code has let in are forgotten with it. Whoever prints a code can vote in its owner's name, so the wall and the minutes tell
// of codes that were issued while the boxes were open.
type IssueCodes struct{ Hashes map[MemberID]string }

func (c IssueCodes) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActCodes); no != nil {
		return nil, no
	}
	for _, id := range slices.Sorted(maps.Keys(c.Hashes)) {
		m, ok := s.Member(id)
		if no := first(need(ok || Fixture(id), UnknownMember, id), need(!m.Gone(), HasLeft, m.Name, m.Standing)); no != nil {
			return nil, no
		}
	}
	if len(c.Hashes) == 0 {
		return nil, nil
	}
	return []Fact{CodesIssued(c)}, nil
}

// CodesIssued carries the keyed hashes of new join codes.
type CodesIssued struct {
	Hashes map[MemberID]string `json:"hashes"` // hexadecimal
}

func (f CodesIssued) apply(s *State, _ Event) {
	if len(f.Hashes) == 0 {
		return
	}
	replaced := map[MemberID]bool{}
	for id, h := range f.Hashes {
		replaced[id] = s.Codes.Has(id)
		s.Codes = s.Codes.with(id, &h, s.alone)
	}
	s.forgetDevices(replaced) // who had the old code may have had theirs remembered
	if v := s.Vote(); v == nil || v.State != BoxOpened {
		return
	}
	s.changeVote(func(v *Vote) {
		known := setOf(v.Recoded)
		v.Recoded = slices.Clone(v.Recoded)
		for _, id := range f.People() {
			if !known[id] {
				v.Recoded = append(v.Recoded, id)
			}
		}
	})
}

// People lists who got a new code and can vote with it, by id.
func (f CodesIssued) People() []MemberID {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(f.Hashes)), Fixture)
}

// RevokeCodes ends the join codes of these people and things without new ones.
// That can be done in a closed archive too.
type RevokeCodes struct{ IDs []MemberID }

func (c RevokeCodes) decide(s *State, r Request) ([]Fact, error) {
	if no := need(r.By == Keeper, KeeperOnly); no != nil {
		return nil, no
	}
	for _, id := range c.IDs {
		_, known := s.Member(id)
		if no := first(need(known || Fixture(id), UnknownMember, id), need(s.Codes.Has(id), NoCode, id)); no != nil {
			return nil, no
		}
	}
	if len(c.IDs) == 0 {
		return nil, nil
	}
	return []Fact{CodesRevoked{IDs: slices.Compact(slices.Sorted(slices.Values(c.IDs)))}}, nil
}

// CodesRevoked says whose join codes were ended.
type CodesRevoked struct {
	IDs []MemberID `json:"ids"`
}

func (f CodesRevoked) apply(s *State, _ Event) {
	for _, id := range f.IDs {
		s.Codes = s.Codes.with(id, nil, s.alone)
	}
	s.forgetDevices(setOf(f.IDs)) // who had the code may have had theirs remembered
}

// CodeEnded says why a join code that was issued to id no longer counts; nil
// while it does. A code lives until its owner has answered their feedback and
// the archive is closed, whichever is later; without feedback until the archive
// is closed. It ends sooner when it is replaced or revoked, when its owner
// leaves the branch, or when the branch's next year begins, which has codes of
// its own.
func (s *State) CodeEnded(id MemberID, hash string) *Refusal {
	m, _ := s.Member(id)
	now, issued := s.Codes.Get(id)
	switch {
	case m.Gone():
		return refuse(LeftBranch)
	case !issued:
		return refuse(CodeRevoked)
	case now != hash:
		return refuse(CodeReplaced)
	case s.Next != 0:
		return refuse(CodeYearOver, s.Next)
	case s.Archive != nil && !s.answerOwed(id):
		return refuse(CodeArchived)
	}
	return nil
}

// answerOwed reports whether somebody was told their result and has not answered.
func (s *State) answerOwed(id MemberID) bool {
	h, told := s.Hearings.Get(id)
	return told && h.Acknowledged.IsZero()
}

// standsOn refuses a request whose session stands on a join code or a device that
// no longer counts. A rehearsal is in no log, and the branch's codes are not in it.
func (s *State) standsOn(r Request) *Refusal {
	switch {
	case s.Rules == nil || s.Rehearsal:
		return nil
	case r.Code != "":
		return s.CodeEnded(r.By, r.Code)
	case r.Device != "":
		return s.DeviceEnded(r.By, r.Device)
	}
	return nil
}
