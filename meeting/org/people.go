package org

import (
	"maps"
	"slices"
	"strings"

	"pingyi/meeting"
)

// Person is somebody of the organisation, as its 书记.
type Person struct {
	ID   meeting.MemberID `json:"id"`
	Name string           `json:"name"`
	Post string           `json:"post,omitempty"`
}

// Code names why something about the organisation's people is refused. Its
// sentence is made where a person reads it.
type Code string

// The codes. What their arguments are stands behind each.
const (
	IDTaken       Code = "org.id-taken"       // id, name of who has it
	IDReserved    Code = "org.id-reserved"    // id
	PersonUnknown Code = "org.person-unknown" // id
)

// Fault is a refusal with its code and arguments.
type Fault struct {
	Code Code
	Args []string
}

// Error gives the code and its arguments, for logs.
func (f *Fault) Error() string { return string(f.Code) + " " + strings.Join(f.Args, " ") }

// Reason gives the code and its arguments.
func (f *Fault) Reason() (code string, args []string) { return string(f.Code), f.Args }

// Person returns the person of an id.
func (s *State) Person(id meeting.MemberID) (Person, bool) {
	i := slices.IndexFunc(s.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return s.People[i], true
}

// AddPerson adds a person. Nobody else may have the id.
type AddPerson struct{ Person }

func (c AddPerson) decide(s *State, _ Request) ([]Fact, error) {
	if s.Name == "" {
		return nil, &meeting.Refusal{Code: meeting.NotFounded}
	}
	no := meeting.CheckID(string(c.ID))
	if slices.Contains([]meeting.MemberID{meeting.Screen, meeting.Booth, ID}, c.ID) {
		return nil, &Fault{IDReserved, []string{string(c.ID)}}
	}
	if no == nil {
		no = meeting.CheckField("姓名", c.Name, maxName)
	}
	if no == nil && c.Post != "" {
		no = meeting.CheckField("职务", c.Post, maxName)
	}
	if no != nil {
		return nil, no
	}
	if other, taken := s.Person(c.ID); taken {
		return nil, &Fault{IDTaken, []string{string(c.ID), other.Name}}
	}
	return []Fact{PersonAdded(c)}, nil
}

// PersonAdded says who came.
type PersonAdded struct{ Person }

func (f PersonAdded) apply(s *State) { s.People = append(slices.Clip(s.People), f.Person) }

// RemovePerson removes a person, whose code is no longer good then.
type RemovePerson struct{ ID meeting.MemberID }

func (c RemovePerson) decide(s *State, _ Request) ([]Fact, error) {
	if _, there := s.Person(c.ID); !there {
		return nil, &Fault{PersonUnknown, []string{string(c.ID)}}
	}
	return []Fact{PersonRemoved(c)}, nil
}

// PersonRemoved says who went.
type PersonRemoved struct {
	ID meeting.MemberID `json:"id"`
}

func (f PersonRemoved) apply(s *State) {
	s.People = slices.DeleteFunc(slices.Clone(s.People), func(p Person) bool { return p.ID == f.ID })
	s.codes(f.ID, "")
	s.forgetDevices(f.ID)
}

// CodeEnded says why the join code of id of which hash is stored lets nobody in; nil
// while it does.
func (s *State) CodeEnded(id meeting.MemberID, hash string) *meeting.Refusal {
	switch now, issued := s.Codes[id]; {
	case !issued:
		return &meeting.Refusal{Code: meeting.SuperiorRevoked}
	case now != hash:
		return &meeting.Refusal{Code: meeting.CodeReplaced}
	}
	return nil
}

// IssueCodes replaces people's join codes. Only keyed hashes are kept. A code in the
// place of another forgets its owner's devices, which the old one may have had
// remembered.
type IssueCodes struct{ Hashes map[meeting.MemberID]string }

func (c IssueCodes) decide(s *State, _ Request) ([]Fact, error) {
	for _, id := range slices.Sorted(maps.Keys(c.Hashes)) {
		if _, there := s.Person(id); !there {
			return nil, &Fault{PersonUnknown, []string{string(id)}}
		}
	}
	if len(c.Hashes) == 0 {
		return nil, nil
	}
	return []Fact{CodesIssued{Hashes: maps.Clone(c.Hashes)}}, nil
}

// CodesIssued carries the keyed hashes of new join codes.
type CodesIssued struct {
	Hashes map[meeting.MemberID]string `json:"hashes"` // hexadecimal
}

func (f CodesIssued) apply(s *State) {
	for id, hash := range f.Hashes {
		s.forgetDevices(id)
		s.codes(id, hash)
	}
}

// codes gives somebody the code of a hash; "" takes the one away that they have.
func (s *State) codes(id meeting.MemberID, hash string) {
	codes, former := maps.Clone(s.Codes), maps.Clone(s.Former)
	if codes == nil {
		codes, former = map[meeting.MemberID]string{}, map[string]meeting.MemberID{}
	}
	if old, had := codes[id]; had {
		former[old] = id
		delete(codes, id)
	}
	if hash != "" {
		codes[id] = hash
	}
	s.Codes, s.Former = codes, former
}
