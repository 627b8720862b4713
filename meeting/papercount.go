package meeting

import (
	"encoding/json"
	"slices"
)

// What may be done with paper slips.
const (
	ActSlips Action = "slips" // enter the sums of the paper slips
	ActPaper Action = "paper" // give somebody a paper slip
)

var paperActions = []action{
	{ActSlips, forMembers, ofVote((*State).mayEnterSlips)},
	{ActPaper, forConsole, (*State).mayGivePaper},
}

// Why something about paper slips is refused.
const (
	TwoScrutineers Code = "two-scrutineers"
	OnPaperAlready Code = "on-paper-already" // name
	NotOnPaper     Code = "not-on-paper"     // name
	TooFewSlips    Code = "too-few-slips"    // slips, least
	FewSlipsOut    Code = "few-slips-out"    // the same while the box is open
	FewSlipsBack   Code = "few-slips-back"   // the same after it is closed
	VotesOnPaper   Code = "votes-on-paper"
	HasVoted       Code = "has-voted" // name
	NoPaper        Code = "no-paper"
	PaperSums      Code = "paper-sums" // subject, slips
	PaperDiffers   Code = "paper-differs"
	SlipsMissing   Code = "slips-missing"
)

func (s *State) mayEnterSlips(m Member, v *Vote) *Refusal {
	return first(s.live(), need(slices.Contains(v.Scrutineers, m.ID), ScrutineerOnly),
		need(len(v.OnPaper) > 0, NoPaper), need(v.State == BoxOpened || v.State == BoxClosed, BoxNotOpen))
}

func (s *State) mayGivePaper(Member) *Refusal {
	return first(s.live(), need(s.boxIsOpen() || s.beforeOpening() == nil, VoteGoesOn))
}

// PaperCount is the sum of the paper slips: how many came back, and each
// subject's ticks by grade. What is not ticked is 弃权. The sums are kept apart
// from the box and added at the end (BALLOT.md §3). Sums of fewer slips than
// the rules' least number of ballots are not taken: they would tell too much of
// each, and the box's own sums are known beside the whole.
type PaperCount struct {
	Returned int                `json:"returned"`
	Grades   map[MemberID][]int `json:"grades,omitempty"`
	Branch   []int              `json:"committee,omitempty"` // the committee's marks
}

// equal compares two sums. A subject that is left out equals one with zeros.
func (a PaperCount) equal(b PaperCount) bool {
	if a.Returned != b.Returned || !sameTicks(a.Branch, b.Branch) {
		return false
	}
	for _, grades := range []map[MemberID][]int{a.Grades, b.Grades} {
		for id := range grades {
			if !sameTicks(a.Grades[id], b.Grades[id]) {
				return false
			}
		}
	}
	return true
}

func sameTicks(a, b []int) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	for i, n := range a {
		if i < len(b) && n != b[i] || i >= len(b) && n != 0 {
			return false
		}
	}
	return true
}

// enoughSlips refuses a number of paper slips of which no sum is taken.
func (s *State) enoughSlips(n int) *Refusal {
	least := s.Rules.Vote.MinBallots
	return need(n == 0 || n >= least, TooFewSlips, n, least)
}

// GivePaper gives a voter without a terminal a paper slip; this person gets no
// ballot. While the box is open it is for who came after the opening, and for a
// voter who can't come in any more, as after losing the join code: whoever has
// cast a ballot gets none. Back takes the slip back.
type GivePaper struct {
	ID   MemberID
	Back bool
}

func (c GivePaper) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActPaper); no != nil {
		return nil, no
	}
	m, ok := s.Member(c.ID)
	switch v := s.Vote(); {
	case !ok:
		return nil, s.known(c.ID)
	case v == nil || v.State == BoxVoid:
		return nil, refuse(NoScrutineers)
	case c.Back && !slices.Contains(v.OnPaper, c.ID):
		return nil, refuse(NotOnPaper, s.Called(m.ID))
	case c.Back:
		return []Fact{PaperGiven(c)}, nil
	case len(v.Scrutineers) < 2:
		return nil, refuse(TwoScrutineers)
	case !s.votes(m) || !m.InParty() || !v.admits(m):
		return nil, refuse(NoVotingRight, s.Called(m.ID))
	case !s.present(c.ID):
		return nil, refuse(NotPresent, s.Called(m.ID))
	case slices.Contains(v.OnPaper, c.ID):
		return nil, refuse(OnPaperAlready, s.Called(m.ID))
	case v.hasVoted(c.ID):
		return nil, refuse(HasVoted, s.Called(m.ID))
	}
	return []Fact{PaperGiven(c)}, nil
}

// hasVoted reports whether a person's ballot is in a box.
func (v *Vote) hasVoted(id MemberID) bool {
	box, ok := v.BoxOf(id)
	if !ok {
		return false
	}
	voted := box.Returned.Has(id)
	return voted
}

// PaperGiven says that a person votes on paper, or no longer does. Sums of other
// slips that were entered before no longer count.
type PaperGiven struct {
	ID   MemberID `json:"id"`
	Back bool     `json:"back,omitempty"`
}

func (f PaperGiven) apply(s *State, _ Event) {
	s.changeVote(func(v *Vote) {
		v.OnPaper = slices.DeleteFunc(slices.Clone(v.OnPaper), func(id MemberID) bool { return id == f.ID })
		if !f.Back {
			v.OnPaper = append(v.OnPaper, f.ID)
		}
		v.Paper, v.Agreed = nil, nil
	})
}

// Moved lists the voters of a box who got a paper slip instead after it was
// opened. They cast no ballot.
func (v *Vote) Moved(b *Box) []MemberID {
	return slices.DeleteFunc(slices.Clone(b.Voters), func(id MemberID) bool { return !slices.Contains(v.OnPaper, id) })
}

// EnterPaper enters a scrutineer's sum of the paper slips. It counts once a
// second scrutineer has entered the same. A different sum is refused, and
// whoever erred enters theirs again.
type EnterPaper struct{ PaperCount }

func (c EnterPaper) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActSlips); no != nil {
		return nil, no
	}
	v := s.Vote()
	if c.Returned < 0 || c.Returned > len(v.OnPaper) {
		return nil, refuse(BadNumber, c.Returned, 0, len(v.OnPaper))
	}
	switch no := s.enoughSlips(c.Returned); {
	case no != nil && v.State == BoxClosed:
		return nil, refuse(FewSlipsBack, no.Args[0], no.Args[1])
	case no != nil:
		return nil, no
	}
	for id, counts := range c.Grades {
		if !slices.Contains(v.Subjects, id) {
			return nil, refuse(NotOnBallot, id)
		}
		if asked := s.paperAsked(c.PaperCount, id); len(counts) != len(s.Rules.Grades) || !sumsTo(counts, asked) {
			return nil, refuse(PaperSums, s.Called(id), asked)
		}
	}
	if len(c.Branch) > 0 && (!v.Branch || len(c.Branch) != len(s.Rules.Vote.BranchScale) || !sumsTo(c.Branch, c.Returned)) {
		return nil, refuse(PaperSums, s.Rules.Vote.BranchTitle, c.Returned)
	}
	agreed := false
	for id, other := range v.Paper {
		switch {
		case id == r.By:
		case !other.equal(c.PaperCount):
			return nil, refuse(PaperDiffers)
		default:
			agreed = true
		}
	}
	return []Fact{PaperEntered{PaperCount: PaperCount{Returned: c.Returned}, Agreed: agreed, Sums: c.PaperCount}}, nil
}

func sumsTo(counts []int, most int) bool {
	sum := 0
	for _, n := range counts {
		if n < 0 || n > most {
			return false
		}
		sum += n
	}
	return sum <= most
}

// paperAsked returns how many of the returned slips ask about a person. A
// person's own slip does not where members may not grade themselves; but if
// slips are missing nobody knows whose, and the own one then counts as 弃权.
func (s *State) paperAsked(slips PaperCount, id MemberID) int {
	v := s.Vote()
	if slips.Returned == len(v.OnPaper) && slices.Contains(v.OnPaper, id) && !s.Rules.Vote.SelfVote {
		return slips.Returned - 1
	}
	return slips.Returned
}

// PaperEntered carries a scrutineer's sum of the paper slips, and whether
// another scrutineer has entered the same. The sums are stored apart from the
// fact and are pruned with the ballots; those that were counted stay in
// [Counted].
type PaperEntered struct {
	PaperCount            // how many slips; in a log of before the sums too
	Agreed     bool       `json:"agreed"`
	Sums       PaperCount `json:"-"`
}

func (f PaperEntered) split() (Class, []byte) {
	if f.Sums.Grades == nil && f.Sums.Branch == nil {
		return NoBlob, nil
	}
	blob, err := json.Marshal(f.Sums)
	if err != nil {
		return NoBlob, nil // numbers always can be written
	}
	return BallotBlob, blob
}

func (f PaperEntered) joined(blob []byte) (Fact, error) {
	if len(blob) == 0 {
		return f, nil
	}
	return f, json.Unmarshal(blob, &f.Sums)
}

func (f PaperEntered) apply(s *State, e Event) {
	sums := f.PaperCount
	if f.Sums.Grades != nil || f.Sums.Branch != nil {
		sums = f.Sums
	}
	s.changeVote(func(v *Vote) {
		v.Paper, v.Agreed = with(v.Paper, e.By, sums), nil
		if f.Agreed {
			v.Agreed = &sums
		}
	})
}

// Ballots is how many ballots of members there are, those on paper with the
// others: who changed to a paper slip got one. Returned ones are all valid, since a
// ballot is checked before it is taken (DOMAIN.md §3.6).
func (v *Vote) Ballots() (issued, returned int) {
	box := v.Members()
	issued, returned = len(box.Voters)-len(v.Moved(box))+len(v.OnPaper), box.Returned.Len()
	if v.Agreed != nil {
		returned += v.Agreed.Returned
	}
	return issued, returned
}

// paperEntered reports whether nothing more is to come on paper.
func (v *Vote) paperEntered() bool {
	_, agreed := v.AgreedPaper()
	return agreed || len(v.OnPaper) == 0
}

// AgreedPaper returns the sums on which two scrutineers agree.
func (v *Vote) AgreedPaper() (PaperCount, bool) {
	if v.Agreed == nil {
		return PaperCount{}, false
	}
	return *v.Agreed, true
}
