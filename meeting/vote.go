package meeting

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"pingyi/meeting/ballot"
	"pingyi/meeting/preset"
)

// Group is the group in which the meeting's ballots are encrypted.
var Group = ballot.Ed25519

// BoxState is how far a vote has come (ballot.md §3).
type BoxState string

// The states of a ballot box.
const (
	BoxNone    BoxState = "none"    // no vote yet
	BoxSealing BoxState = "sealing" // scrutineers are named and seal one after another
	BoxSealed  BoxState = "sealed"
	BoxOpened  BoxState = "open"
	BoxClosed  BoxState = "closed"
	BoxCounted BoxState = "counted"
	BoxVoid    BoxState = "void"
)

// Vote is one anonymous vote (民主测评): its box, keys, ballots and sums. A
// void one stays on record, undecrypted.
type Vote struct {
	No          int // from 1
	State       BoxState
	Scrutineers []MemberID
	Passed      *Resolution // the show of hands on the scrutineers, if it was recorded

	Keys     map[MemberID]ballot.Trustee // public keys of the scrutineers
	Election *ballot.Election            // frozen when the box opens
	Subjects []MemberID                  // question i grades subject i
	Branch   bool                        // one more question, for the committee
	Voters   []MemberID                  // who got a ballot, in roster order

	Slips    map[MemberID]Slip
	Tally    *ballot.Tally
	Partials map[MemberID]*ballot.Partial // by scrutineer; the server's under Keeper
	Sums     [][]int                      // [question][grade], after counting
	Checked  map[MemberID]bool            // who found their receipt on the board

	Opened, Closed, Counted time.Time
	Reason                  string // why it is void
}

// Slip is a member's ballot in the box. Ballot is nil after pruning.
type Slip struct {
	Ballot  *ballot.Ballot
	Receipt string
	Times   int // how often this member has voted; the last ballot counts
}

// Vote returns the current vote, nil if there was none.
func (s *State) Vote() *Vote {
	if len(s.Votes) == 0 {
		return nil
	}
	return s.Votes[len(s.Votes)-1]
}

// changeVote replaces the current vote, if there is one, by a changed copy.
func (s *State) changeVote(f func(*Vote)) {
	if len(s.Votes) == 0 {
		return
	}
	v := *s.Vote()
	f(&v)
	s.Votes = replaced(s.Votes, len(s.Votes)-1, &v)
}

// Board is the list of all counted receipts, sorted (ballot.md §2).
func (v *Vote) Board() []string {
	var list []string
	for _, slip := range v.Slips {
		list = append(list, slip.Receipt)
	}
	slices.Sort(list)
	return list
}

// Missing are those who have a ballot and have not returned it, in roster order.
func (v *Vote) Missing() []MemberID {
	return slices.DeleteFunc(slices.Clone(v.Voters), func(id MemberID) bool { _, ok := v.Slips[id]; return ok })
}

// Unsealers are the scrutineers who have not opened the closed box yet.
func (v *Vote) Unsealers() []MemberID {
	return slices.DeleteFunc(slices.Clone(v.Scrutineers), func(id MemberID) bool { _, ok := v.Partials[id]; return ok })
}

// unsealedKeys are the scrutineers who have not sealed yet.
func (s *State) unsealedKeys() []MemberID {
	v := s.Vote()
	if v == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Scrutineers), func(id MemberID) bool { _, ok := v.Keys[id]; return ok })
}

// Sealers are the scrutineers of the current vote who have not sealed yet.
func (s *State) Sealers() []MemberID { return s.unsealedKeys() }

func (s *State) scrutinises(who MemberID) bool {
	v := s.Vote()
	return v != nil && v.State != BoxVoid && slices.Contains(v.Scrutineers, who)
}

// votes reports whether the rules let m vote (domain.md §3.3).
func (s *State) votes(m Member) bool {
	return m.Kind == Formal || (m.Kind == Probationary && s.Rules.Probationary.Votes)
}

// Electorate are those who would get a ballot if the box opened now: entitled
// and signed in, in roster order.
func (s *State) Electorate() []MemberID {
	var ids []MemberID
	for _, m := range s.Roster {
		if s.votes(m) && s.present(m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

func (s *State) votable() *Refusal {
	if len(s.Electorate()) == 0 || len(s.ToGrade()) == 0 {
		return refuse(NoVoters)
	}
	return nil
}

// Questions is the ballot that everybody would get if the box opened now: a
// question per graded member, in roster order, then the committee's if the
// rules have one. All zeros is 弃权.
func (s *State) Questions() []ballot.Question {
	var list []ballot.Question
	for _, id := range s.ToGrade() {
		list = append(list, ballot.Question{Question: string(id) + " " + s.NameOf(id), Answers: s.Rules.Grades, Min: 0, Max: 1})
	}
	if s.Rules.Vote.Branch {
		list = append(list, ballot.Question{Question: s.Rules.Vote.BranchTitle, Answers: s.Rules.Vote.BranchScale, Min: 0, Max: 1})
	}
	return list
}

// ProposeScrutineers suggests who could watch the count: formal members who
// are present and, as far as there are enough, neither run the meeting nor sit
// on the committee. The meeting decides.
func (s *State) ProposeScrutineers() []MemberID {
	var ids, others []MemberID
	for _, m := range s.Roster {
		switch {
		case m.Kind != Formal || !s.present(m.ID):
		case s.records(m.ID) || isCommitteePost(m):
			others = append(others, m.ID)
		default:
			ids = append(ids, m.ID)
		}
	}
	ids = append(ids, others...)
	return ids[:min(len(ids), s.Rules.Vote.Scrutineers)]
}

// NameScrutineers proposes scrutineers; Hands is the show of hands that passed
// them, nil if it was not counted. It begins a vote, or names others before
// the box is opened; keys that were sealed before are then forgotten.
type NameScrutineers struct {
	IDs   []MemberID
	Hands *Hands `json:",omitempty"`
}

func (c NameScrutineers) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActScrutineers); no != nil {
		return nil, no
	}
	if len(c.IDs) == 0 {
		return nil, refuse(NoScrutineers)
	}
	if least := len(s.ProposeScrutineers()); len(c.IDs) < least {
		return nil, refuse(BadNumber, len(c.IDs), least, s.Roll().Here)
	}
	for i, id := range c.IDs {
		m, ok := s.Member(id)
		switch {
		case !ok:
			return nil, refuse(UnknownMember, id)
		case !m.InParty():
			return nil, refuse(NotInParty, m.Name)
		case !s.present(id):
			return nil, refuse(NotPresent, m.Name)
		case slices.Contains(c.IDs[:i], id):
			return nil, refuse(NamedTwice, m.Name)
		}
	}
	if c.Hands != nil {
		if no := s.badHands(*c.Hands); no != nil {
			return nil, no
		}
		if !s.weigh("", *c.Hands, r.At).Passed {
			return nil, refuse(NotPassed, c.Hands.Yes, s.Roll().ExpectedFormal)
		}
	}
	return []Fact{ScrutineersNamed{IDs: slices.Clone(c.IDs), Hands: c.Hands}}, nil
}

// ScrutineersNamed says who watches the count.
type ScrutineersNamed struct {
	IDs   []MemberID
	Hands *Hands `json:",omitempty"`
}

func (f ScrutineersNamed) apply(s *State, e Event) {
	v := &Vote{No: len(s.Votes) + 1, State: BoxSealing, Scrutineers: f.IDs}
	if f.Hands != nil {
		names := make([]string, len(f.IDs))
		for i, id := range f.IDs {
			names[i] = s.NameOf(id)
		}
		res := s.weigh("监票人:"+strings.Join(names, "、"), *f.Hands, e.At)
		v.Passed = &res
		s.Resolutions = added(s.Resolutions, res)
	}
	if old := s.Vote(); old != nil && old.State != BoxVoid {
		v.No = old.No
		s.Votes = replaced(s.Votes, len(s.Votes)-1, v)
		return
	}
	s.Votes = added(s.Votes, v)
}

// Seal gives a scrutineer's public key with its proof of knowledge.
type Seal struct{ Trustee ballot.Trustee }

func (c Seal) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActSeal); no != nil {
		return nil, no
	}
	if c.Trustee == (ballot.Trustee{}) {
		return nil, refuse(BadTrustee)
	}
	record := c.Trustee.JSON()
	if _, err := ballot.ParseTrustee(Group, record); err != nil || len(c.Trustee.Keys()) != 1 {
		return nil, refuse(BadTrustee)
	}
	for _, k := range s.Vote().Keys {
		if slices.Equal(k.Keys(), c.Trustee.Keys()) {
			return nil, refuse(BadTrustee)
		}
	}
	return []Fact{Sealed{Trustee: record}}, nil
}

// Sealed says that a scrutineer has sealed the box with their key.
type Sealed struct{ Trustee json.RawMessage } // Belenios' trustee_kind record

func (f Sealed) apply(s *State, e Event) {
	trustee, err := ballot.ParseTrustee(Group, f.Trustee)
	if err != nil {
		return
	}
	s.changeVote(func(v *Vote) {
		v.Keys = with(v.Keys, e.By, trustee)
		if len(v.Keys) == len(v.Scrutineers) {
			v.State = BoxSealed
		}
	})
}

// OpenBox opens the vote with an election whose questions, voters and trustees
// are those of this moment: the scrutineers in their order, then the server.
type OpenBox struct{ Election *ballot.Election }

func (c OpenBox) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActOpen); no != nil {
		return nil, no
	}
	v, e := s.Vote(), c.Election
	if e == nil || len(e.Credentials()) != len(s.Electorate()) || !sameQuestions(e.Questions(), s.Questions()) {
		return nil, refuse(BadElection)
	}
	again := func(old *Vote) bool { return old.Election != nil && old.Election.UUID() == e.UUID() }
	keys := e.Trustees()
	if len(keys) != len(v.Scrutineers)+1 || e.Owners() != len(keys) || slices.ContainsFunc(s.Votes, again) {
		return nil, refuse(BadElection)
	}
	for i, id := range v.Scrutineers {
		if !slices.Equal(keys[i].Keys(), v.Keys[id].Keys()) {
			return nil, refuse(BadElection)
		}
	}
	return []Fact{Opened{Record: e.Marshal(), election: e}}, nil
}

func sameQuestions(a, b []ballot.Question) bool {
	return slices.EqualFunc(a, b, func(x, y ballot.Question) bool {
		return x.Question == y.Question && slices.Equal(x.Answers, y.Answers) && x.Min == y.Min && x.Max == y.Max && x.Blank == nil && y.Blank == nil
	})
}

// Opened says that the box is open: from here on the election is frozen.
type Opened struct {
	Record   []byte // [ballot.Election.Marshal]
	election *ballot.Election
}

func (f Opened) apply(s *State, e Event) {
	if f.election == nil {
		var err error
		if f.election, err = ballot.ParseElection(f.Record); err != nil {
			return
		}
	}
	voters, subjects := s.Electorate(), s.ToGrade()
	s.changeVote(func(v *Vote) {
		v.State, v.Election, v.Opened = BoxOpened, f.election, e.At
		v.Voters, v.Subjects, v.Branch = voters, subjects, s.Rules.Vote.Branch
	})
}

// Cast puts a sealed ballot into the box; an earlier one of the same member no
// longer counts. Whoever makes this request has checked the ballot against the
// election, with all proofs ([ballot.Election.Check]), or made it.
type Cast struct{ Ballot *ballot.Ballot }

func (c Cast) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActVote); no != nil {
		return nil, no
	}
	v := s.Vote()
	if c.Ballot == nil {
		return nil, refuse(BadBallot)
	}
	for id, slip := range v.Slips {
		same := slip.Ballot != nil && slip.Ballot.Credential() == c.Ballot.Credential()
		if same != (id == r.By) || slip.Receipt == c.Ballot.Tracker() {
			return nil, refuse(BadBallot)
		}
	}
	if !slices.Contains(v.Election.Credentials(), c.Ballot.Credential()) {
		return nil, refuse(BadBallot)
	}
	return []Fact{BallotCast{Ciphertext: c.Ballot.Marshal(), Receipt: c.Ballot.Tracker(), ballot: c.Ballot}}, nil
}

// BallotCast says that a member has returned a ballot. Ciphertext is stored
// apart from the fact, and is empty after pruning.
type BallotCast struct {
	Receipt    string
	Ciphertext []byte `json:"-"` // [ballot.Ballot.Marshal]
	ballot     *ballot.Ballot
}

func (f BallotCast) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		if v.Election == nil {
			return
		}
		if f.ballot == nil && len(f.Ciphertext) > 0 {
			f.ballot, _ = ballot.DecodeBallot(v.Election, f.Ciphertext)
		}
		v.Slips = with(v.Slips, e.By, Slip{Ballot: f.ballot, Receipt: f.Receipt, Times: v.Slips[e.By].Times + 1})
	})
}

// CloseBox ends the vote and adds the ballots up, encrypted as they are.
type CloseBox struct{}

func (CloseBox) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActClose); no != nil {
		return nil, no
	}
	v := s.Vote()
	tally, err := v.Election.Sum(v.Ballots())
	if err != nil {
		return nil, refuse(BadBallot)
	}
	return []Fact{Closed{Tally: tally.Marshal(), tally: tally}}, nil
}

// Ballots are the ballots that count, ordered by receipt.
func (v *Vote) Ballots() []*ballot.Ballot {
	list := make([]*ballot.Ballot, 0, len(v.Slips))
	for _, slip := range v.Slips {
		if slip.Ballot != nil {
			list = append(list, slip.Ballot)
		}
	}
	slices.SortFunc(list, func(a, b *ballot.Ballot) int { return strings.Compare(a.Tracker(), b.Tracker()) })
	return list
}

// Closed says that the box is closed, and what the encrypted sums are.
type Closed struct {
	Tally []byte // [ballot.Tally.Marshal]
	tally *ballot.Tally
}

func (f Closed) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		if v.Election == nil {
			return
		}
		if f.tally == nil {
			f.tally, _ = v.Election.ParseTally(f.Tally)
		}
		v.State, v.Tally, v.Closed = BoxClosed, f.tally, e.At
	})
}

// Unseal gives a partial decryption of the sums: a scrutineer's, or the
// server's own under [Keeper]. With the last one the sums are known.
type Unseal struct{ Partial *ballot.Partial }

func (c Unseal) decide(s *State, r Request) ([]Fact, error) {
	v := s.Vote()
	switch no := May(s, r.By, ActUnseal); {
	case r.By != Keeper && no != nil:
		return nil, no
	case r.By == Keeper && v == nil:
		return nil, refuse(NoVote)
	case r.By == Keeper && v.Partials[Keeper] != nil:
		return nil, refuse(AlreadyUnsealed)
	case r.By == Keeper && v.State != BoxClosed:
		return nil, refuse(BoxNotOpen)
	}
	owner := len(v.Scrutineers) // the server's key is the last
	if r.By != Keeper {
		owner = slices.Index(v.Scrutineers, r.By)
	}
	if c.Partial == nil || c.Partial.Owner() != owner+1 || v.Election.CheckPartial(v.Tally, c.Partial) != nil {
		return nil, refuse(BadPartial)
	}
	facts := []Fact{Unsealed{Partial: c.Partial.Marshal(), partial: c.Partial}}
	partials := v.PartialList()
	if partials = append(partials, c.Partial); len(partials) == len(v.Scrutineers)+1 {
		sums, err := v.Election.Result(v.Tally, partials)
		if err != nil {
			return nil, refuse(BadPartial)
		}
		facts = append(facts, Counted{Sums: sums})
	}
	return facts, nil
}

// Unsealed carries a partial decryption of the sums.
type Unsealed struct {
	Partial []byte // [ballot.Partial.Marshal]
	partial *ballot.Partial
}

func (f Unsealed) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		if f.partial == nil && v.Election != nil {
			f.partial, _ = v.Election.ParsePartial(f.Partial)
		}
		if f.partial == nil {
			return
		}
		v.Partials = with(v.Partials, e.By, f.partial)
	})
}

// Counted carries the sums: [question][grade].
type Counted struct{ Sums [][]int }

func (f Counted) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) { v.State, v.Sums, v.Counted = BoxCounted, f.Sums, e.At })
}

// Void ends a vote without a result, or sets one aside: it can be held again.
type Void struct{ Reason string }

func (c Void) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActVoid); no != nil {
		return nil, no
	}
	if bad := badText(c.Reason, 200); bad != nil {
		return nil, bad
	}
	return []Fact{Voided(c)}, nil
}

// Voided says why a vote does not count.
type Voided struct{ Reason string }

func (f Voided) apply(s *State, _ Event) {
	s.changeVote(func(v *Vote) { v.State, v.Reason = BoxVoid, f.Reason })
}

// CheckReceipt records that a member has found their receipt on the board.
type CheckReceipt struct{ Receipt string }

func (c CheckReceipt) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActReceipt); no != nil {
		return nil, no
	}
	v := s.Vote()
	if slip, voted := v.Slips[r.By]; !voted || slip.Receipt != c.Receipt || v.Checked[r.By] {
		return nil, nil
	}
	return []Fact{ReceiptChecked{}}, nil
}

// ReceiptChecked says that a member has found their own receipt.
type ReceiptChecked struct{}

func (ReceiptChecked) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) { v.Checked = with(v.Checked, e.By, true) })
}

// Histogram is how a subject was graded: 优秀 + 合格 + 基本合格 + 不合格 + 弃权 =
// 收回, where a ballot that was not asked (the subject's own, when members may
// not grade themselves) is left out of 收回 too.
type Histogram struct {
	Counts  []int // by grade, best first
	Abstain int
	Ballots int // the base of every ratio
}

// Histogram returns how a subject was graded, or why nobody may see it: not
// counted yet, or fewer ballots than the rules ask for. It is the only way to
// the sums; who may ask is [May] with ActResult.
func (s *State) Histogram(id MemberID) (Histogram, *Refusal) {
	v := s.Vote()
	if v == nil || v.State != BoxCounted {
		return Histogram{}, refuse(ResultLater)
	}
	i := slices.Index(v.Subjects, id)
	if i < 0 {
		return Histogram{}, refuse(NotOnBallot, s.NameOf(id))
	}
	n := len(v.Slips)
	if _, voted := v.Slips[id]; voted && !s.Rules.Vote.SelfVote {
		n--
	}
	return s.histogram(v, i, n)
}

// BranchHistogram returns how the committee was graded, as [State.Histogram].
func (s *State) BranchHistogram() (Histogram, *Refusal) {
	v := s.Vote()
	if v == nil || v.State != BoxCounted || !v.Branch {
		return Histogram{}, refuse(ResultLater)
	}
	return s.histogram(v, len(v.Subjects), len(v.Slips))
}

func (s *State) histogram(v *Vote, question, ballots int) (Histogram, *Refusal) {
	if least := s.Rules.Vote.MinBallots; ballots < least {
		return Histogram{}, refuse(TooFewBallots, ballots, least)
	}
	h := Histogram{Counts: v.Sums[question], Abstain: ballots, Ballots: ballots}
	for _, n := range h.Counts {
		h.Abstain -= n
	}
	return h, nil
}

// mayKnow: the committee and the console see every subject's counts, to grade
// by; the others what the rules announce (domain.md §0, 8).
func (s *State) mayKnow(who MemberID, v *Vote) *Refusal {
	return first(
		need(v.State == BoxCounted, ResultLater),
		need(s.Rules.Announce == preset.AnnounceFull || s.onCommittee(who) || s.runs(who), ResultHeld),
		need(len(v.Slips) >= s.Rules.Vote.MinBallots, TooFewBallots, len(v.Slips), s.Rules.Vote.MinBallots))
}

// Announcement is what the meeting hears of a counted vote, and no more.
type Announcement struct {
	Issued, Returned int
	Leading          map[Grade]int // how many subjects most ballots gave each grade; nil if not announced
	Excellent        []MemberID    // those with most 优秀 ballots, within the cap; nil if not announced
	Tied             []MemberID    // at the cap line with equal counts: 并列, for the committee to study
	Full             bool          // every subject's histogram is announced
}

// Announce returns what the rules announce of the current vote; ok is false
// before it is counted.
func (s *State) Announce() (a Announcement, ok bool) {
	v := s.Vote()
	if v == nil || v.State != BoxCounted {
		return a, false
	}
	a.Issued, a.Returned = len(v.Voters), len(v.Slips)
	if a.Returned < s.Rules.Vote.MinBallots {
		return a, true
	}
	switch s.Rules.Announce {
	case preset.AnnounceFull:
		a.Full = true
	case preset.AnnounceCounts:
		a.Leading = map[Grade]int{}
		for _, id := range v.Subjects {
			if g, one := s.Leading(id); one {
				a.Leading[g]++
			}
		}
	case preset.AnnounceExcellent:
		a.Excellent, a.Tied = s.excellentByVotes()
	}
	return a, true
}

// Leading is the grade that most ballots gave a subject; one is false in a tie
// or without a histogram.
func (s *State) Leading(id MemberID) (g Grade, one bool) {
	h, no := s.Histogram(id)
	if no != nil {
		return "", false
	}
	most := slices.Max(h.Counts)
	for i, n := range h.Counts {
		if n == most && most > 0 {
			if one {
				return "", false
			}
			g, one = Grade(s.Rules.Grades[i]), true
		}
	}
	return g, one
}

// excellentByVotes are the subjects whom most ballots call 优秀, best first, as
// many as the cap has room for; equals at the line are not picked but returned
// as tied (domain.md §3.8).
func (s *State) excellentByVotes() (names, tied []MemberID) {
	for _, id := range s.ByVotes() {
		if g, one := s.Leading(id); one && g == s.Excellent() {
			names = append(names, id)
		}
	}
	limit := s.Cap().Cap
	if len(names) <= limit {
		return names, nil
	}
	from, to := limit, limit
	for from > 0 && s.compareVotes(names[from-1], names[limit]) == 0 {
		from--
	}
	for to < len(names) && s.compareVotes(names[to], names[limit]) == 0 {
		to++
	}
	if from == limit {
		return names[:limit], nil
	}
	return names[:from], names[from:to]
}

// ByVotes are the subjects of the counted vote, best first: by 优秀, then fewer
// 不合格 and 基本合格, then 合格 (domain.md §3.8). Equals stay in roster order.
func (s *State) ByVotes() []MemberID {
	v := s.Vote()
	if v == nil || v.State != BoxCounted {
		return nil
	}
	ids := slices.Clone(v.Subjects)
	slices.SortStableFunc(ids, s.compareVotes)
	return ids
}

func (s *State) compareVotes(a, b MemberID) int {
	x, no := s.Histogram(a)
	y, no2 := s.Histogram(b)
	if no != nil || no2 != nil {
		return 0
	}
	for _, d := range []int{
		y.Counts[0] - x.Counts[0],
		x.Counts[3] + x.Counts[2] - y.Counts[3] - y.Counts[2],
		y.Counts[1] - x.Counts[1],
	} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// Title is how a vote is called on papers: 第 1 次测评.
func (v *Vote) Title() string { return fmt.Sprintf("第 %d 次测评", v.No) }

// Receipt is what a voter gets back: the tracker of their ballot, and how many
// times they have voted.
type Receipt struct {
	Code  string `json:"receipt"`
	Times int    `json:"times"`
}

// Choices are what one member chose: a grade per subject, 弃权 where none is
// named. They never leave the voter's own session but as ciphertexts; they are
// no part of any state, event or refusal.
type Choices struct {
	Grades map[MemberID]Grade
	Branch Grade // for the committee, where the ballot asks for it; "" is 弃权
}

// Rows turns choices into answers by question, 0 for the best grade and
// [ballot.Abstain] for 弃权, or refuses them whole: a subject who is not on the
// ballot, a grade that does not exist, oneself where the rules forbid it. No
// refusal repeats a choice.
func (s *State) Rows(who MemberID, c Choices) ([]int, *Refusal) {
	if no := May(s, who, ActVote); no != nil {
		return nil, no
	}
	v := s.Vote()
	rows := make([]int, len(v.Election.Questions()))
	for i := range rows {
		rows[i] = ballot.Abstain
	}
	for id, g := range c.Grades {
		i, grade := slices.Index(v.Subjects, id), s.GradeIndex(g)
		switch {
		case i < 0:
			return nil, refuse(NotOnBallot, id)
		case g == "":
			continue
		case grade < 0:
			return nil, refuse(ChoiceUnknown, id, s.gradeWords())
		case id == who && !s.Rules.Vote.SelfVote:
			return nil, refuse(NoSelfVote)
		}
		rows[i] = grade
	}
	if c.Branch != "" {
		i := slices.Index(s.Rules.Vote.BranchScale, string(c.Branch))
		if !v.Branch || i < 0 {
			return nil, refuse(ChoiceUnknown, s.Rules.Vote.BranchTitle, strings.Join(s.Rules.Vote.BranchScale, "、"))
		}
		rows[len(v.Subjects)] = i
	}
	return rows, nil
}

// PartialList are the partial decryptions in the order of the trustees: the
// scrutineers in their order, then the server.
func (v *Vote) PartialList() []*ballot.Partial {
	list := slices.Collect(maps.Values(v.Partials))
	slices.SortFunc(list, func(a, b *ballot.Partial) int { return a.Owner() - b.Owner() })
	return list
}
