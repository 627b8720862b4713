package meeting

import (
	"slices"
	"time"
)

// ActBox takes a copy of a closed ballot box: ciphertexts, with which anybody can
// verify the count.
const ActBox Action = "box"

var boxTakenActions = []action{{ActBox, forMembers, ofVote((*State).mayTakeBox)}}

// BoxForVoters refuses a box to who neither could vote in the members' box nor
// watches it.
const BoxForVoters Code = "box-for-voters"

// mayTakeBox: members who could vote, on paper too, and scrutineers, once the box
// is closed.
func (s *State) mayTakeBox(m Member, v *Vote) *Refusal {
	voter := m.InParty() && (v.Members().holds(m.ID) || slices.Contains(v.OnPaper, m.ID))
	return first(need(voter || s.scrutinises(m.ID), BoxForVoters), s.maySeeBoard(m, v), need(s.Pruned[BallotBlob] == "", AlreadyPruned))
}

// TakeBox records that the caller takes a box. A copy outlives the removal of the
// ciphertexts, so that who removes them must know of it. The same person takes
// the same box again without a record.
type TakeBox struct{ Mass bool }

func (c TakeBox) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActBox); no != nil {
		return nil, no
	}
	f := BoxTaken{Vote: s.Vote().No, Mass: c.Mass}
	if c.Mass && s.Vote().Box(MassBox) == nil {
		return nil, refuse(NoMassBallots)
	}
	taken := func(t Taking) bool { return t.By == r.By && t.BoxTaken == f }
	if slices.ContainsFunc(s.Takings, taken) {
		return nil, nil
	}
	return []Fact{f}, nil
}

// BoxTaken says that a person took a box.
type BoxTaken struct {
	Vote int  `json:"vote"` // its number
	Mass bool `json:"mass,omitempty"`
}

func (f BoxTaken) apply(s *State, e Event) {
	s.Takings = append(slices.Clip(s.Takings), Taking{By: e.By, At: e.At, BoxTaken: f})
}

// Taking is one copy of a box that is out of the house.
type Taking struct {
	By MemberID
	At time.Time
	BoxTaken
}
