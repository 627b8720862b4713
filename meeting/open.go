package meeting

import (
	"slices"
	"strings"

	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// ActOpen opens the boxes.
const ActOpen Action = "open"

var openActions = []action{{ActOpen, forConsole, (*State).mayOpen}}

// BadElection refuses an election that does not belong to this vote.
const BadElection Code = "bad-election"

func (s *State) mayOpen(Member) *Refusal {
	v := s.Vote()
	return first(s.live(), s.During(preset.Ballot), need(v != nil && v.State != BoxVoid, NoScrutineers),
		need(v == nil || v.State != BoxSealing, NotSealed, len(s.Sealers())),
		need(v == nil || v.State == BoxSealed, VoteGoesOn), s.votable(), s.sameVoters(), s.onPaperEnough())
}

// onPaperEnough refuses to open while so few voters have a paper slip that no
// sum of them could be taken.
func (s *State) onPaperEnough() *Refusal {
	if v := s.Vote(); v != nil {
		return s.enoughSlips(len(v.OnPaper))
	}
	return nil
}

// OpenBoxes opens the vote with one election for every channel that has voters.
// Its questions, voters and trustees are those of this moment; the trustees are
// the scrutineers in their order, then the server.
// A gate that is shut ([State.Readiness]) needs the reason.
type OpenBoxes struct {
	Elections map[Channel]*ballot.Election
	Reason    string
}

func (c OpenBoxes) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActOpen); no != nil {
		return nil, no
	}
	facts, no := s.passVote(c.Reason)
	if no != nil {
		return nil, no
	}
	f := Opened{Subjects: s.ToGrade(), Branch: s.Rules.Vote.Branch}
	seen := map[string]bool{}
	for _, channel := range Channels() {
		voters, e := s.Electorate(channel), c.Elections[channel]
		if len(voters) == 0 && e == nil {
			continue
		}
		if len(voters) == 0 || !s.fits(e, len(voters)) || seen[e.UUID()] {
			return nil, refuse(BadElection)
		}
		seen[e.UUID()] = true
		f.Boxes = append(f.Boxes, OpenedBox{Channel: channel, Voters: voters, Record: e.Marshal(), election: e})
	}
	return append(facts, f), nil
}

// fits reports whether an election is new, asks this moment's questions, has
// this vote's trustees, and has as many credentials as there are voters.
func (s *State) fits(e *ballot.Election, voters int) bool {
	if e == nil || len(e.Credentials()) != voters || !sameQuestions(e.Questions(), s.Questions()) {
		return false
	}
	same := func(b *Box) bool { return b.Election != nil && b.Election.UUID() == e.UUID() }
	again := func(old *Vote) bool { return slices.ContainsFunc(old.Boxes, same) }
	want := s.Vote().Trustees()
	keys := e.Trustees()
	if len(keys) != len(want)+1 || slices.ContainsFunc(s.Votes, again) {
		return false
	}
	for i, t := range want {
		if !slices.Equal(keys[i].Keys(), t.Keys()) || keys[i].Needed() != t.Needed() {
			return false
		}
	}
	return len(keys[len(want)].Keys()) == 1
}

func sameQuestions(a, b []ballot.Question) bool {
	return slices.EqualFunc(a, b, func(x, y ballot.Question) bool {
		return x.Question == y.Question && slices.Equal(x.Answers, y.Answers) && x.Min == y.Min && x.Max == y.Max && x.Blank == nil && y.Blank == nil
	})
}

// Opened says that the boxes are open: who is graded, whether the committee is
// too, and each box. All of it is frozen from here on.
type Opened struct {
	Subjects []MemberID  `json:"subjects"`  // question i of every election grades subject i
	Branch   bool        `json:"committee"` // one more question, for the committee
	Boxes    []OpenedBox `json:"boxes"`
}

// OpenedBox is one box as it was opened.
type OpenedBox struct {
	Channel  Channel    `json:"channel"`
	Voters   []MemberID `json:"voters"`
	Record   []byte     `json:"election"` // [ballot.Election.Marshal]: questions, trustees, credentials
	election *ballot.Election
}

func (f Opened) apply(s *State, e Event) {
	var boxes []*Box
	for _, b := range f.Boxes {
		if b.election == nil {
			var err error
			if b.election, err = ballot.ParseElection(b.Record); err != nil {
				return
			}
		}
		boxes = append(boxes, &Box{Channel: b.Channel, Election: b.election, Voters: b.Voters, voters: setOf(b.Voters)})
	}
	s.changeVote(func(v *Vote) {
		v.State, v.Opened = BoxOpened, e.At
		v.Subjects, v.Branch, v.Boxes = f.Subjects, f.Branch, boxes
		v.names = f.names(boxes)
	})
}

// names are those of the subjects, out of the questions that were frozen.
func (f Opened) names(boxes []*Box) map[MemberID]string {
	m := map[MemberID]string{}
	if len(boxes) == 0 {
		return m
	}
	questions := boxes[0].Election.Questions()
	for i, id := range f.Subjects[:min(len(f.Subjects), len(questions))] {
		m[id] = strings.TrimPrefix(questions[i].Question, string(id)+" ")
	}
	return m
}

// SubjectName returns the name that the current vote's ballots give a subject:
// the one at the opening, whatever the roster says since. Before the opening it
// is that on the roster.
func (s *State) SubjectName(id MemberID) string {
	if v := s.Vote(); v != nil && v.names[id] != "" {
		return v.names[id]
	}
	return s.NameOf(id)
}

// SubjectCalled is [State.SubjectName] with the 编号 behind it where another
// subject, or another person on the roster, has the same name.
func (s *State) SubjectCalled(id MemberID) string {
	name := s.SubjectName(id)
	alike := once(s, func(a *answers) *answer[map[string][]MemberID] { return &a.alike }, func(s *State) map[string][]MemberID {
		alike := map[string][]MemberID{}
		if v := s.Vote(); v != nil {
			for other, theirs := range v.names {
				alike[theirs] = append(alike[theirs], other)
			}
		}
		return alike
	})
	return s.numbered(id, name, s.Named(name), alike[name])
}

// Renaming is a subject whose name the roster has changed since the opening.
type Renaming struct {
	ID       MemberID
	Old, New string
}

// Renamed lists the subjects of a vote with another name now, in the order of
// the ballot.
func (s *State) Renamed(v *Vote) []Renaming {
	var list []Renaming
	for _, id := range v.Subjects {
		if old := v.names[id]; old != "" && old != s.NameOf(id) {
			list = append(list, Renaming{id, old, s.NameOf(id)})
		}
	}
	return list
}
