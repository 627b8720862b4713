package meeting

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// RemoveMember takes somebody off the roster who should not be on it, before the
// meeting and before anything was done by them or with them: what happened stays
// with whom it happened to. Who left the branch later has a 状态.
type RemoveMember struct {
	ID     MemberID
	Reason string
}

func (c RemoveMember) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActRoster); no != nil {
		return nil, no
	}
	m, known := s.Member(c.ID)
	if !known {
		return nil, s.known(c.ID)
	}
	if no := first(need(s.Phase != After, RemovedAfter, m.Name), need(s.Phase == Before, RemovedTooLate, m.Name), need(!s.involved(c.ID), HasTakenPart, m.Name), badReason(c.Reason, 200)); no != nil {
		return nil, no
	}
	return []Fact{MemberRemoved{ID: c.ID, Name: m.Name, Reason: c.Reason}}, nil
}

// involved reports whether something is known of a person beside the roster.
func (s *State) involved(who MemberID) bool {
	if s.Attendance.Has(who) || s.Recorder == who || s.recordsGroup(who) || slices.Contains(s.Consoles, who) {
		return true
	}
	quoted, _ := json.Marshal(who)
	for _, records := range s.kept {
		for r := range records.All() {
			_, signed := r.Signed[who]
			named := func(v string) bool { return v == string(who) || strings.Contains(v, string(quoted)) }
			if signed || r.Owner == who || r.By == who || slices.ContainsFunc(slices.Collect(maps.Values(r.Values)), named) {
				return true
			}
		}
	}
	return false
}

// MemberRemoved says who was taken off the roster, and why.
type MemberRemoved struct {
	ID     MemberID `json:"id"`
	Name   string   `json:"name"`
	Reason string   `json:"reason"`
}

func (f MemberRemoved) apply(s *State, _ Event) {
	s.enrol(slices.DeleteFunc(slices.Clone(s.Roster), func(m Member) bool { return m.ID == f.ID }))
	s.Codes = s.Codes.with(f.ID, nil, s.alone)
	s.forgetDevices(map[MemberID]bool{f.ID: true})
}
