package meeting

import (
	"fmt"
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// A rehearsal (预演) is a trial round of the ballot before the meeting, on
// subjects that nobody minds. It is a meeting of its own with a log of its own,
// in memory only. Nothing of it can reach the branch's log or papers: that log
// begins with [Founded], a rehearsal's with [RehearsalBegun]. The branch's log
// only says that a box was rehearsed ([RehearsalHeld]).

// What may be done about a rehearsal.
const (
	ActPeek     Action = "peek"     // look at what is kept of one's own trial ballot
	ActRehearse Action = "rehearse" // begin a rehearsal, end it
)

var rehearsalActions = []action{
	{ActPeek, forMembers, (*State).mayPeek},
	{ActRehearse, forConsole, (*State).mayRehearse},
}

// Why something about a rehearsal, or in it, is refused.
const (
	RehearsalIsOn     Code = "rehearsal-is-on"
	NoRehearsal       Code = "no-rehearsal"
	TooLateToRehearse Code = "too-late-to-rehearse"
	NothingToPeek     Code = "nothing-to-peek"
)

// Matter is the kind of a rehearsal's subjects, which are no persons. No real
// roster has it.
const Matter Kind = "matter"

// rehearsedBallots is the least number of ballots that a rehearsal counts: low,
// so that early comers can try it; more than one, so that nobody's own choice
// stands alone on the wall.
const rehearsedBallots = 2

// Rehearse begins a rehearsal: it is the first command of a log of its own. Of
// is the newest state of the branch whose people try, and the caller runs its
// console. Everybody who may vote counts as present.
type Rehearse struct {
	Of       *State
	Subjects []string
}

func (c Rehearse) decide(s *State, r Request) ([]Fact, error) {
	if c.Of == nil {
		return nil, refuse(NotFounded)
	}
	if no := first(May(c.Of, r.By, ActRehearse), need(s.Rules == nil && !c.Of.Rehearsal, RehearsalIsOn)); no != nil {
		return nil, no
	}
	f := RehearsalBegun{
		Branch: c.Of.Branch, Rules: rehearsed(c.Of.Rules), Roster: slices.Clone(c.Of.Roster),
		Consoles: c.Of.Consoles, Recorder: c.Of.Recorder,
	}
	for _, m := range c.Of.Roster {
		if m.ID == r.By || (m.Kind != Mass && c.Of.votes(m)) {
			f.Present = append(f.Present, m.ID)
		}
	}
	for _, name := range c.Subjects {
		if bad := badText(name, 30); bad != nil {
			return nil, bad
		}
		f.Roster = append(f.Roster, Member{ID: freeID(f.Roster), Name: name, Kind: Matter})
	}
	return []Fact{f}, nil
}

// freeID returns the first of t1, t2 … that is on no roster line.
func freeID(roster []Member) MemberID {
	for n := 1; ; n++ {
		id := MemberID(fmt.Sprintf("t%d", n))
		if !slices.ContainsFunc(roster, func(m Member) bool { return m.ID == id }) {
			return id
		}
	}
}

// rehearsed returns the rules of a rehearsal: only a ballot, whose result
// everybody hears.
func rehearsed(r *preset.Rules) *preset.Rules {
	trial := *r
	trial.Title, trial.Announce = "预演", preset.AnnounceFull
	trial.Agenda = []preset.Item{{Kind: preset.Ballot, Title: "预演：投票"}}
	trial.Vote = preset.Vote{SelfVote: true, MinBallots: rehearsedBallots, Scrutineers: 1, Group: r.Vote.Group}
	return &trial
}

// RehearsalBegun is the first fact of a rehearsal's log.
type RehearsalBegun struct {
	Branch   Branch        `json:"branch"`
	Rules    *preset.Rules `json:"rules"`
	Roster   []Member      `json:"roster"`
	Consoles []MemberID    `json:"consoles"`
	Recorder MemberID      `json:"recorder"`
	Present  []MemberID    `json:"present"`
}

func (f RehearsalBegun) apply(s *State, e Event) {
	if f.Rules == nil || s.Rules != nil {
		return
	}
	Founded{Branch: f.Branch, Rules: f.Rules}.apply(s, e)
	s.Rehearsal, s.Consoles, s.Recorder = true, f.Consoles, f.Recorder
	s.enrol(f.Roster)
	for _, id := range f.Present {
		SignedIn{ID: id}.apply(s, e)
	}
	ItemOpened{No: 1}.apply(s, e)
}

// Rehearsal is what the branch knows of its last rehearsal.
type Rehearsal struct {
	At      time.Time // when its box was counted
	Ballots int       // that were counted
}

// KeepRehearsal records in the branch's own log that the box of a rehearsal was
// counted.
type KeepRehearsal struct{ Ballots int }

func (c KeepRehearsal) decide(s *State, r Request) ([]Fact, error) {
	voters := len(s.Roster)
	no := first(May(s, r.By, ActRehearse), need(!s.Rehearsal, RehearsalIsOn), need(1 <= c.Ballots && c.Ballots <= voters, BadNumber, c.Ballots, 1, voters))
	if no != nil {
		return nil, no
	}
	return []Fact{RehearsalHeld(c)}, nil
}

// RehearsalHeld says that the ballot was rehearsed, and how many took part.
type RehearsalHeld struct {
	Ballots int `json:"ballots"`
}

func (f RehearsalHeld) apply(s *State, e Event) {
	s.Rehearsed = &Rehearsal{At: e.At, Ballots: f.Ballots}
}

// EndRehearsal ends the rehearsal of its room. Nothing of the room is kept, so
// there is no fact to record.
type EndRehearsal struct{}

func (EndRehearsal) decide(s *State, r Request) ([]Fact, error) {
	if no := first(May(s, r.By, ActRehearse), need(s.Rehearsal, NoRehearsal)); no != nil {
		return nil, no
	}
	return nil, nil
}

// rehearses reports whether act belongs to a rehearsal or is allowed beside it.
func rehearses(act Action) bool {
	return slices.Contains([]Action{
		ActVote, ActReceipt, ActBoard, ActBox, ActResult, ActPeek, ActRehearse, ActPapers, ActKey,
		ActScrutineers, ActSeal, ActOpen, ActClose, ActConfirmed, ActUnseal, ActAnnounce, ActStep, ActNext, ActUndo,
	}, act)
}

// mayRehearse refuses to begin or end a rehearsal when it is not the time.
func (s *State) mayRehearse(Member) *Refusal {
	voters := slices.ContainsFunc(s.Roster, func(m Member) bool { return m.Kind != Mass && s.votes(m) })
	return first(need(s.Rehearsal || s.Phase == Before, TooLateToRehearse), need(voters, NoVoters))
}

// mayPeek refuses to show what is kept of a trial ballot to somebody who has
// none.
func (s *State) mayPeek(m Member) *Refusal {
	if !s.Rehearsal {
		return refuse(NoRehearsal)
	}
	v := s.Vote()
	return need(v != nil && v.Members().Returned.Of(m.ID).Times > 0, NothingToPeek)
}

// Peek is everything that is kept of one person's ballots in a rehearsal: what
// anybody would find in the file, in a backup, or at the console.
type Peek struct {
	Records  [][]byte   // in the file: the records of this person's ballots, byte for byte as a log stores them; a backup is a copy of them
	Receipt  string     // of the ballot that counts
	Times    int        // how often this person has voted
	Issued   int        // what the facilitator knows: how many ballots there are,
	Returned []MemberID // and who has returned one
}

// Peek returns what the state knows of a voter; the records are the log's.
func (s *State) Peek(who MemberID) (Peek, *Refusal) {
	if no := May(s, who, ActPeek); no != nil {
		return Peek{}, no
	}
	v := s.Vote()
	box := v.Members()
	mine := box.Returned.Of(who)
	p := Peek{Receipt: mine.Receipt, Times: mine.Times, Issued: len(box.Voters)}
	for _, id := range box.Voters {
		if box.Returned.Of(id).Times > 0 {
			p.Returned = append(p.Returned, id)
		}
	}
	return p, nil
}
