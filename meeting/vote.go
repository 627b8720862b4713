package meeting

import (
	"fmt"
	"slices"
	"time"

	"pingyi/meeting/ballot"
)

// ActVoid sets a vote aside.
const ActVoid Action = "void"

var voteActions = []action{{ActVoid, forConsole, (*State).mayVoid}}

// Why something is refused at this point of a vote.
const (
	NoVote     Code = "no-vote"
	NeverVoted Code = "never-voted" // the meeting is over, and there was no vote
	NotVoted   Code = "not-voted"
	VoteGoesOn Code = "vote-goes-on"
	BoxIsOpen  Code = "box-is-open"
	BoxNotOpen Code = "box-not-open"
)

func (s *State) mayVoid(Member) *Refusal {
	v := s.Vote()
	return first(s.live(), need(v != nil && v.State != BoxVoid, NoVote),
		need(v == nil || !s.Submitted, AlreadySubmitted), need(v == nil || v.State != BoxCounted, CountedStays))
}

// ofVote makes a rule that needs a vote: it refuses where there is none.
func ofVote(may func(*State, Member, *Vote) *Refusal) func(*State, Member) *Refusal {
	return func(s *State, m Member) *Refusal {
		v := s.Vote()
		if v == nil {
			return first(need(s.Phase != After, NeverVoted), s.live(), refuse(NoVote))
		}
		return may(s, m, v)
	}
}

// beforeOpening refuses what cannot be changed after the boxes were opened.
func (s *State) beforeOpening() *Refusal {
	v := s.Vote()
	return need(v == nil || v.State == BoxSealing || v.State == BoxSealed || v.State == BoxVoid, VoteGoesOn)
}

// boxIsOpen reports whether ballots can be cast.
func (s *State) boxIsOpen() bool {
	v := s.Vote()
	return v != nil && v.State == BoxOpened
}

var ballotItem = itemKind{
	check: (*State).checkBallot,
	untouched: func(s *State) bool {
		return s.Vote() == nil || s.Vote().State != BoxClosed && s.Vote().State != BoxCounted
	},
	step: (*State).ballotStep,
}

func (s *State) checkBallot(warn warning) {
	if no := s.Unreadable(); no != nil {
		warn(true, true, no.Code, no.Args[0], no.Args[1])
		return
	}
	warn(s.beforeOpening() == nil, true, NotVoted)
}

func (s *State) ballotStep(next Step) Step {
	v, state := s.Vote(), BoxNone
	if v != nil {
		state = v.State
	}
	if s.Unreadable() != nil {
		return next
	}
	switch {
	case state == BoxNone, state == BoxVoid, state == BoxSealing && len(s.Sealers()) == 0:
		return s.scrutineersStep(next) // if all have sealed, the keys were lost before they were joined
	case state == BoxSealing:
		return Step{Wait: s.Sealers()}
	case state == BoxSealed && s.votable() == nil:
		return Step{Act: ActOpen, Who: s.Electorate(MemberBox), Confirm: true}
	case state == BoxOpened && v.Members().Returned.Len() == 0:
		return Step{Wait: v.Missing()}
	case state == BoxOpened && len(v.Missing()) > 0:
		return Step{Act: ActClose, Wait: v.Missing()} // it may be closed before, with a reason
	case state == BoxOpened:
		return Step{Act: ActClose, Do: CloseBox{}, Confirm: true}
	}
	if step, ok := s.confirmStep(); ok {
		return step
	}
	if s.Rehearsal {
		return Step{Act: ActRehearse, Do: EndRehearsal{}}
	}
	return next
}

// Group encrypts ballots where the rules name no group.
const Group = ballot.Ed25519

// Group returns the group in which this meeting's ballots are encrypted.
func (s *State) Group() ballot.Group {
	if s.Rules == nil || s.Rules.Vote.Group == "" {
		return Group
	}
	g, err := ballot.GroupByName(s.Rules.Vote.Group)
	if err != nil {
		return Group // preset.Rules names known groups only
	}
	return g
}

// BoxState is how far a vote has come (BALLOT.md §3).
type BoxState string

// The states of a vote's boxes.
const (
	BoxNone    BoxState = "none"    // no vote yet
	BoxSealing BoxState = "sealing" // scrutineers are named and seal one after another
	BoxSealed  BoxState = "sealed"
	BoxOpened  BoxState = "open"
	BoxClosed  BoxState = "closed"
	BoxCounted BoxState = "counted"
	BoxVoid    BoxState = "void"
)

// Vote is one anonymous vote (民主测评): its boxes, keys, ballots and sums. A
// void vote stays on record.
type Vote struct {
	No          int // from 1
	State       BoxState
	Scrutineers []MemberID
	Passed      *Resolution // the show of hands on the scrutineers, if it was recorded

	Keys     map[MemberID]ballot.Trustee // public keys of the scrutineers, where all of them are needed
	Shares   Shares                      // where some of them are enough
	Own      map[MemberID]bool           // who keeps the key on their own machine
	Subjects []MemberID                  // question i grades subject i
	names    map[MemberID]string         // of the subjects, as the ballots have them: [State.SubjectName]
	Branch   bool                        // one more question, for the committee

	Boxes    []*Box                  // one per channel, in the order of [Channels]; none before the opening
	OnPaper  []MemberID              // who got a paper slip instead of a ballot
	Recoded  []MemberID              // who got a new join code while the boxes were open
	Paper    map[MemberID]PaperCount // the sums of the paper slips, by the scrutineer who entered them
	Agreed   *PaperCount             // the sums on which two scrutineers agree; nil: they do not yet
	Heard    *Announcement           // what the meeting has heard; nil: nothing yet
	Checked  Map[MemberID, bool]     // who found their receipt on the board
	Comments map[MemberID][]string   // anonymous comments by subject, ordered by their text; after counting

	Head      Head               `json:",omitzero"` // of the log's chain at closing
	Confirmed *ReceiptsConfirmed `json:",omitzero"` // nil: voters may still find their receipts before anything is decrypted

	Opened, Closed, Counted time.Time
	Reason                  string     // why it is void
	Again                   *HeldAgain `json:",omitzero"` // nil: it does not repeat a counted vote

	memo *voteMemo // nil: it keeps no answers
}

// Vote returns the current vote, nil if there was none.
func (s *State) Vote() *Vote {
	if len(s.Votes) == 0 {
		return nil
	}
	return s.Votes[len(s.Votes)-1]
}

// changeVote lets f change a copy of the current vote, if there is one, and
// puts it in its place.
func (s *State) changeVote(f func(*Vote)) {
	if len(s.Votes) == 0 {
		return
	}
	v := *s.Vote()
	v.Boxes = slices.Clone(v.Boxes)
	for i, b := range v.Boxes {
		changed := *b
		v.Boxes[i] = &changed
	}
	f(&v)
	s.Votes = replaced(s.Votes, len(s.Votes)-1, v.remembering())
}

// Title returns the vote's name on papers: 第 1 次测评.
func (v *Vote) Title() string { return fmt.Sprintf("第 %d 次测评", v.No) }

// Void ends a vote that is not counted. The vote can be held again. A counted
// one is held again only by a resolution ([NameScrutineers]).
type Void struct{ Reason string }

func (c Void) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActVoid); no != nil {
		return nil, no
	}
	if bad := badReason(c.Reason, 200); bad != nil {
		return nil, bad
	}
	return []Fact{Voided(c)}, nil
}

// Voided says why a vote does not count.
type Voided struct {
	Reason string `json:"reason"`
}

func (f Voided) apply(s *State, _ Event) {
	s.changeVote(func(v *Vote) { v.State, v.Reason = BoxVoid, f.Reason })
}
