package meeting

import (
	"slices"
	"strings"

	"pingyi/meeting/preset"
)

// ActScrutineers names the scrutineers.
const ActScrutineers Action = "scrutineers"

var scrutineersActions = []action{{ActScrutineers, forConsole, (*State).mayNameScrutineers}}

// Why scrutineers, and what they do, are refused.
const (
	NoScrutineers  Code = "no-scrutineers"
	NamedTwice     Code = "named-twice"     // name
	NotPassed      Code = "not-passed"      // hands for it, 正式党员 expected, of which more than this fraction is needed
	HandsNoQuorum  Code = "hands-no-quorum" // 正式党员 in the room, expected
	ScrutineerOnly Code = "scrutineer-only"
)

func (s *State) mayNameScrutineers(Member) *Refusal {
	if v := s.Vote(); v != nil && v.State == BoxCounted {
		return first(s.live(), s.During(preset.Ballot), need(!s.Submitted, AlreadySubmitted))
	}
	return first(s.live(), s.During(preset.Ballot), s.beforeOpening())
}

func (s *State) scrutineersStep(next Step) Step {
	ids := s.ProposeScrutineers()
	if len(ids) == 0 || s.votable() != nil {
		return next // nobody who could watch, or who would vote
	}
	// Without a quorum nothing passes, but somebody has to watch.
	return Step{Act: ActScrutineers, Who: ids, Do: NameScrutineers{IDs: ids, Hands: s.allHands()}, Confirm: true}
}

// scrutinises reports whether a person is a scrutineer of the current vote.
func (s *State) scrutinises(who MemberID) bool {
	v := s.Vote()
	return v != nil && v.State != BoxVoid && slices.Contains(v.Scrutineers, who)
}

// Keyholders lists the scrutineers who have sealed the current box and whose
// key it still waits for.
func (s *State) Keyholders() []MemberID {
	v := s.Vote()
	if v == nil || v.State == BoxVoid || v.State == BoxCounted || s.NeverOpened() {
		return nil
	}
	return slices.DeleteFunc(v.Unsealers(), func(id MemberID) bool { return !v.sealed(id) })
}

// ProposeScrutineers suggests scrutineers: formal members in the room, if
// possible neither on the committee nor at the console. The meeting decides.
func (s *State) ProposeScrutineers() []MemberID {
	var ids, others []MemberID
	for _, m := range s.Roster {
		switch {
		case m.Kind != Formal || m.Gone() || !s.present(m.ID):
		case s.records(m.ID) || isCommitteePost(m):
			others = append(others, m.ID)
		default:
			ids = append(ids, m.ID)
		}
	}
	ids = append(ids, others...)
	return ids[:min(len(ids), s.Rules.Vote.Scrutineers)]
}

// NameScrutineers names scrutineers; Hands is the show of hands that passed
// them, nil if it was not counted. It begins a vote. Before the box is opened
// it replaces the scrutineers, and keys that were sealed are forgotten. After
// the count it sets the result aside and begins the same vote again: that needs
// a reason, and hands that pass it.
type NameScrutineers struct {
	IDs    []MemberID
	Hands  *Hands
	Reason string // why a counted vote is held again; else it is not used
}

func (c NameScrutineers) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActScrutineers); no != nil {
		return nil, no
	}
	if no := s.joiningKeys(r.At); no != nil {
		return nil, no
	}
	if len(c.IDs) == 0 {
		return nil, refuse(NoScrutineers)
	}
	if least := len(s.ProposeScrutineers()); len(c.IDs) < least {
		return nil, refuse(BadNumber, len(c.IDs), least, s.Roll().Here)
	}
	names := make([]string, len(c.IDs))
	for i, id := range c.IDs {
		m, ok := s.Member(id)
		switch {
		case !ok:
			return nil, s.known(id)
		case !m.InParty():
			return nil, refuse(NotInParty, s.Called(m.ID))
		case m.Gone():
			return nil, refuse(NoVotingRight, s.Called(m.ID))
		case !s.present(id):
			return nil, refuse(NotPresent, s.Called(m.ID))
		case slices.Contains(c.IDs[:i], id):
			return nil, refuse(NamedTwice, s.Called(m.ID))
		}
		names[i] = s.Called(id)
	}
	f := ScrutineersNamed{Vote: s.nextVote(), IDs: slices.Clone(c.IDs)}
	text := "监票人：" + strings.Join(names, "、")
	if v := s.Vote(); v != nil && v.State == BoxCounted {
		var no *Refusal
		if f.Again, no = s.heldAgain(c.Reason, c.Hands); no != nil {
			return nil, no
		}
		text = v.Title() + "计票后重新测评，理由：" + c.Reason + "；" + text
	}
	if c.Hands != nil {
		var no *Refusal
		if f.Passed, no = s.passed(text, *c.Hands); no != nil {
			return nil, no
		}
	}
	return []Fact{f}, nil
}

// nextVote returns the number of the vote for which scrutineers are named: the
// current one unless it is void or counted.
func (s *State) nextVote() int {
	if v := s.Vote(); v != nil && v.State != BoxVoid && v.State != BoxCounted {
		return v.No
	}
	return len(s.Votes) + 1
}

// ScrutineersNamed says who watches the count of a vote and, if hands were
// counted, how the open vote on them went.
type ScrutineersNamed struct {
	Vote   int        `json:"vote"` // number of the vote, from 1
	IDs    []MemberID `json:"ids"`
	Passed *Resolved  `json:"passed,omitempty"`
	Again  *HeldAgain `json:"again,omitempty"` // nil: it does not repeat a counted vote
}

func (f ScrutineersNamed) apply(s *State, e Event) {
	v := &Vote{No: f.Vote, State: BoxSealing, Scrutineers: f.IDs, Again: f.Again}
	if f.Again != nil {
		s.setAside(f.Again.Reason)
	} else if old := s.Vote(); old != nil {
		v.Again = old.Again // also if it was voided on the way
	}
	if f.Passed != nil {
		passed := f.Passed.resolution(e.At)
		v.Passed = &passed
		s.Resolutions = append(s.Resolutions, passed)
	}
	s.Coarser = "" // a coarser announcement of a void vote does not bind the new one
	if old := s.Vote(); old != nil && old.No == f.Vote {
		v.OnPaper = old.OnPaper // somebody with a paper slip gets no second ballot
		s.Votes = replaced(s.Votes, len(s.Votes)-1, v)
		return
	}
	s.Votes = added(s.Votes, v)
}
