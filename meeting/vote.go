package meeting

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"pingyi/meeting/ballot"
)

// Group is the group in which ballots are encrypted where the rules name none.
var Group = ballot.Ed25519

// Group is the group in which this meeting's ballots are encrypted.
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

	Keys     map[MemberID]ballot.Trustee // public keys of the scrutineers, where all of them are needed
	Shares   Shares                      // where some of them are enough
	Subjects []MemberID                  // question i grades subject i
	Branch   bool                        // one more question, for the committee

	Box                               // the members'
	Mass      *Box                    // 群众's, counted apart; nil if there is none
	OnPaper   []MemberID              // who got a paper slip instead of a ballot
	Paper     map[MemberID]PaperCount // the sums of the paper slips, by the scrutineer who entered them
	Announced bool                    // the meeting has heard the result
	Checked   map[MemberID]bool       // who found their receipt on the board
	Comments  map[MemberID][]string   // anonymous comments on a subject, shuffled; after counting

	Opened, Closed, Counted time.Time
	Reason                  string // why it is void
}

// Box is one ballot box: an election of its own (domain.md §3.7: two channels
// are two counts, never one sum).
type Box struct {
	Election *ballot.Election // frozen when the box opens
	Voters   []MemberID       // who got a ballot, in roster order
	Returned map[MemberID]ReturnedBallot
	Tally    *ballot.Tally
	Partials map[MemberID]*ballot.Partial // by scrutineer; the server's under Keeper
	Sums     [][]int                      // [question][grade], after counting

	fingerprint string // on the wall, in place of the election
}

// Fingerprint is the short fingerprint of the box's election, which people
// compare by eye; "" before the box opens.
func (b *Box) Fingerprint() string {
	if b.Election == nil {
		return b.fingerprint
	}
	return b.Election.Short()
}

// ReturnedBallot is a member's ballot in the box. Ballot is nil after pruning.
type ReturnedBallot struct {
	Ballot   *ballot.Ballot
	Comments []*ballot.Comment
	Receipt  string
	Times    int // how often this member has voted; the last ballot counts
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
	if v.Mass != nil {
		mass := *v.Mass
		v.Mass = &mass
	}
	f(&v)
	s.Votes = replaced(s.Votes, len(s.Votes)-1, &v)
}

// Board is the list of all counted receipts, sorted (ballot.md §2).
func (v *Vote) Board() []string {
	var list []string
	for _, b := range v.Boxes() {
		for _, returned := range b.Returned {
			list = append(list, returned.Receipt)
		}
	}
	slices.Sort(list)
	return list
}

// Boxes are the members' box and, if there is one, 群众's.
func (v *Vote) Boxes() []*Box {
	if v.Mass != nil {
		return []*Box{&v.Box, v.Mass}
	}
	return []*Box{&v.Box}
}

// boxOf is the box into which m votes, nil if there is none.
func (v *Vote) boxOf(m Member) *Box {
	if m.Kind == Mass {
		return v.Mass
	}
	return &v.Box
}

// BoxOf is the box in which a person has a ballot.
func (v *Vote) BoxOf(id MemberID) (*Box, bool) {
	for _, b := range v.Boxes() {
		if slices.Contains(b.Voters, id) {
			return b, true
		}
	}
	return nil, false
}

// Missing are those who have a ballot and have not returned it, in roster order.
func (v *Vote) Missing() []MemberID {
	var ids []MemberID
	for _, b := range v.Boxes() {
		for _, id := range b.Voters {
			if _, ok := b.Returned[id]; !ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
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
	return slices.DeleteFunc(slices.Clone(v.Scrutineers), v.sealed)
}

// Sealers are the scrutineers of the current vote who have not sealed yet.
func (s *State) Sealers() []MemberID { return s.unsealedKeys() }

func (s *State) scrutinises(who MemberID) bool {
	v := s.Vote()
	return v != nil && v.State != BoxVoid && slices.Contains(v.Scrutineers, who)
}

// votes reports whether the rules let m vote (domain.md §3.3).
func (s *State) votes(m Member) bool {
	return m.Kind == Formal || (m.Kind == Probationary && s.Rules.Probationary.Votes) || (m.Kind == Mass && s.Rules.Vote.Mass)
}

// Electorate are those who would get a ballot if the box opened now: entitled
// and signed in, in roster order.
// Who votes on paper is left out.
func (s *State) Electorate() []MemberID {
	return s.electorate(func(m Member) bool { return m.InParty() })
}

// MassElectorate are the 群众代表 who would get a ballot if the box opened now.
func (s *State) MassElectorate() []MemberID {
	return s.electorate(func(m Member) bool { return m.Kind == Mass })
}

func (s *State) electorate(belongs func(Member) bool) []MemberID {
	var paper []MemberID
	if v := s.Vote(); v != nil {
		paper = v.OnPaper
	}
	var ids []MemberID
	for _, m := range s.Roster {
		if belongs(m) && s.votes(m) && s.present(m.ID) && !slices.Contains(paper, m.ID) {
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
		res := s.weigh("监票人："+strings.Join(names, "、"), *f.Hands, e.At)
		v.Passed = &res
		s.Resolutions = added(s.Resolutions, res)
	}
	s.Coarser = "" // what was announced of a vote that is void binds no other
	if old := s.Vote(); old != nil && old.State != BoxVoid {
		v.No, v.OnPaper = old.No, old.OnPaper // who has a paper slip gets no ballot beside it
		s.Votes = replaced(s.Votes, len(s.Votes)-1, v)
		return
	}
	s.Votes = added(s.Votes, v)
}

// Seal gives a scrutineer's public key with its proof of knowledge, or, where
// some scrutineers are enough, the certificate for their joint key.
type Seal struct {
	Trustee     ballot.Trustee
	Certificate []byte
}

func (c Seal) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActSeal); no != nil {
		return nil, no
	}
	if s.Threshold() > 0 {
		if c.Trustee != (ballot.Trustee{}) || !json.Valid(c.Certificate) {
			return nil, refuse(BadTrustee)
		}
		return []Fact{Sealed{Certificate: c.Certificate}}, nil
	}
	if c.Trustee == (ballot.Trustee{}) {
		return nil, refuse(BadTrustee)
	}
	record := c.Trustee.JSON()
	if _, err := ballot.ParseTrustee(s.Group(), record); err != nil || len(c.Trustee.Keys()) != 1 {
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
type Sealed struct {
	Trustee     json.RawMessage `json:",omitempty"` // Belenios' trustee_kind record
	Certificate []byte          `json:",omitempty"` // Belenios' cert record
}

func (f Sealed) apply(s *State, e Event) {
	if len(f.Certificate) > 0 {
		s.changeVote(func(v *Vote) { v.Shares.Certificates = with(v.Shares.Certificates, e.By, f.Certificate) })
		return
	}
	trustee, err := ballot.ParseTrustee(s.Group(), f.Trustee)
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
// Mass is the 群众代表's, nil if there are none who vote.
type OpenBox struct{ Election, Mass *ballot.Election }

func (c OpenBox) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActOpen); no != nil {
		return nil, no
	}
	mass := s.MassElectorate()
	if !s.fits(c.Election, len(s.Electorate())) || (c.Mass != nil) != (len(mass) > 0) {
		return nil, refuse(BadElection)
	}
	f := Opened{Record: c.Election.Marshal(), election: c.Election}
	if c.Mass != nil {
		if !s.fits(c.Mass, len(mass)) || c.Mass.UUID() == c.Election.UUID() {
			return nil, refuse(BadElection)
		}
		f.Mass, f.mass = c.Mass.Marshal(), c.Mass
	}
	return []Fact{f}, nil
}

// fits reports whether an election is new, asks this moment's questions of so
// many voters, and has this vote's trustees.
func (s *State) fits(e *ballot.Election, voters int) bool {
	if e == nil || len(e.Credentials()) != voters || !sameQuestions(e.Questions(), s.Questions()) {
		return false
	}
	same := func(b *Box) bool { return b.Election != nil && b.Election.UUID() == e.UUID() }
	again := func(old *Vote) bool { return slices.ContainsFunc(old.Boxes(), same) }
	want := s.Vote().trustees()
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

// trustees are the scrutineers' part of an election's trustees: one each, or
// one set of which some are enough.
func (v *Vote) trustees() []ballot.Trustee {
	if v.Shares.joined() {
		return []ballot.Trustee{v.Shares.Trustee}
	}
	list := make([]ballot.Trustee, len(v.Scrutineers))
	for i, id := range v.Scrutineers {
		list[i] = v.Keys[id]
	}
	return list
}

// Trustees are the scrutineers' part of the trustees of this vote's elections;
// the server's own key comes after them.
func (v *Vote) Trustees() []ballot.Trustee { return v.trustees() }

func sameQuestions(a, b []ballot.Question) bool {
	return slices.EqualFunc(a, b, func(x, y ballot.Question) bool {
		return x.Question == y.Question && slices.Equal(x.Answers, y.Answers) && x.Min == y.Min && x.Max == y.Max && x.Blank == nil && y.Blank == nil
	})
}

// Opened says that the box is open: from here on the election is frozen.
type Opened struct {
	Record   []byte // [ballot.Election.Marshal]
	Mass     []byte `json:",omitempty"`
	election *ballot.Election
	mass     *ballot.Election
}

func (f Opened) apply(s *State, e Event) {
	if f.election == nil {
		var err error
		if f.election, err = ballot.ParseElection(f.Record); err != nil {
			return
		}
	}
	if f.mass == nil && len(f.Mass) > 0 {
		var err error
		if f.mass, err = ballot.ParseElection(f.Mass); err != nil {
			return
		}
	}
	voters, mass, subjects := s.Electorate(), s.MassElectorate(), s.ToGrade()
	s.changeVote(func(v *Vote) {
		v.State, v.Opened = BoxOpened, e.At
		v.Subjects, v.Branch = subjects, s.Rules.Vote.Branch
		v.Box = Box{Election: f.election, Voters: voters}
		if f.mass != nil {
			v.Mass = &Box{Election: f.mass, Voters: mass}
		}
	})
}

// MaxComments is how many comments go with every ballot: those that the voter
// wrote, and empty ones on other subjects, so that nobody sees who had
// something to say.
const MaxComments = 5

// Cast puts a sealed ballot into the box; an earlier one of the same member no
// longer counts. Whoever makes this request has checked the ballot against the
// election, with all proofs ([ballot.Election.Check]), or made it. Comments are
// [MaxComments] where the rules have them, else none.
type Cast struct {
	Ballot   *ballot.Ballot
	Comments []*ballot.Comment
}

func (c Cast) decide(s *State, r Request) ([]Fact, error) {
	if no := May(s, r.By, ActVote); no != nil {
		return nil, no
	}
	box, _ := s.Vote().BoxOf(r.By)
	if c.Ballot == nil || len(c.Comments) > MaxComments {
		return nil, refuse(BadBallot)
	}
	for id, returned := range box.Returned {
		same := returned.Ballot != nil && returned.Ballot.Credential() == c.Ballot.Credential()
		if same != (id == r.By) || returned.Receipt == c.Ballot.Tracker() {
			return nil, refuse(BadBallot)
		}
	}
	if !slices.Contains(box.Election.Credentials(), c.Ballot.Credential()) {
		return nil, refuse(BadBallot)
	}
	return []Fact{BallotCast{
		Ciphertext: packBallot(c.Ballot, c.Comments), Receipt: c.Ballot.Tracker(),
		returned: ReturnedBallot{Ballot: c.Ballot, Comments: c.Comments},
	}}, nil
}

// BallotCast says that a member has returned a ballot. Ciphertext is stored
// apart from the fact, and is empty after pruning.
type BallotCast struct {
	Receipt    string
	Ciphertext []byte `json:"-"` // packBallot
	returned   ReturnedBallot
}

func (f BallotCast) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		box, ok := v.BoxOf(e.By)
		if !ok || box.Election == nil {
			return
		}
		if f.returned.Ballot == nil && len(f.Ciphertext) > 0 {
			f.returned = unpackBallot(box.Election, f.Ciphertext)
		}
		f.returned.Receipt, f.returned.Times = f.Receipt, box.Returned[e.By].Times+1
		box.Returned = with(box.Returned, e.By, f.returned)
	})
}

// packBallot is a ballot with its comments in one piece: each after its length in
// 4 bytes.
func packBallot(b *ballot.Ballot, comments []*ballot.Comment) []byte {
	pack := func(blob, part []byte) []byte {
		return append(binary.BigEndian.AppendUint32(blob, uint32(len(part))), part...) //nolint:gosec // some 100 KB
	}
	blob := pack(nil, b.Marshal())
	for _, r := range comments {
		blob = pack(blob, r.Marshal())
	}
	return blob
}

// unpackBallot reads what packBallot wrote; what is not whole is left out.
func unpackBallot(e *ballot.Election, blob []byte) (returned ReturnedBallot) {
	for first := true; len(blob) >= 4; first = false {
		n := binary.BigEndian.Uint32(blob)
		if blob = blob[4:]; uint64(n) > uint64(len(blob)) {
			break
		}
		part := blob[:n]
		blob = blob[n:]
		if first {
			returned.Ballot, _ = ballot.DecodeBallot(e, part)
		} else if r, err := ballot.DecodeComment(e, part); err == nil {
			returned.Comments = append(returned.Comments, r)
		}
	}
	return returned
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
	f := Closed{Tally: tally.Marshal(), tally: tally}
	if s.countsMass(v) {
		if f.mass, err = v.Mass.Election.Sum(v.Mass.Ballots()); err != nil {
			return nil, refuse(BadBallot)
		}
		f.Mass = f.mass.Marshal()
	}
	return []Fact{f}, nil
}

// enough reports whether the members' box has as many ballots as the rules
// ask for: with fewer it is never opened, not even its sum.
func (s *State) enough(v *Vote) bool { return len(v.Returned) >= s.Rules.Vote.MinBallots }

// countsMass reports whether 群众's box has enough ballots to be opened.
func (s *State) countsMass(v *Vote) bool {
	return v.Mass != nil && len(v.Mass.Returned) >= s.Rules.Vote.MinBallots
}

// Ballots are the ballots that count, ordered by receipt.
func (b *Box) Ballots() []*ballot.Ballot {
	list := make([]*ballot.Ballot, 0, len(b.Returned))
	for _, returned := range b.Returned {
		if returned.Ballot != nil {
			list = append(list, returned.Ballot)
		}
	}
	slices.SortFunc(list, func(a, b *ballot.Ballot) int { return strings.Compare(a.Tracker(), b.Tracker()) })
	return list
}

// Archive writes the box as Belenios' UUID.bel, as far as it has come: the
// ballots ordered by their receipts, so that their order tells nothing, the
// encrypted sums once it is closed, the result once it is counted. at is the
// archive's only time.
func (b *Box) Archive(w io.Writer, at time.Time) error {
	var partials []*ballot.Partial
	if b.Sums != nil {
		partials = b.PartialList()
	}
	return b.Election.WriteArchive(w, at, slices.Values(b.Ballots()), b.Tally, partials)
}

// Closed says that the box is closed, and what the encrypted sums are.
type Closed struct {
	Tally []byte // [ballot.Tally.Marshal]
	Mass  []byte `json:",omitempty"`
	tally *ballot.Tally
	mass  *ballot.Tally
}

func (f Closed) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		if v.Election == nil {
			return
		}
		if f.tally == nil {
			f.tally, _ = v.Election.ParseTally(f.Tally)
		}
		if f.mass == nil && len(f.Mass) > 0 && v.Mass != nil {
			f.mass, _ = v.Mass.Election.ParseTally(f.Mass)
		}
		v.State, v.Tally, v.Closed = BoxClosed, f.tally, e.At
		if v.Mass != nil {
			v.Mass.Tally = f.mass
		}
	})
}

// Unseal gives a partial decryption of the sums: a scrutineer's, or the
// server's own under [Keeper]. Mass is that of 群众's sums, nil where their box
// is not opened. With the last one that is needed the sums are known.
type Unseal struct{ Partial, Mass *ballot.Partial }

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
	case r.By == Keeper && !s.enough(v):
		return nil, refuse(TooFewBallots, len(v.Returned), s.Rules.Vote.MinBallots)
	}
	owner := len(v.Scrutineers) + 1 // the server's key is the last
	if r.By != Keeper {
		owner = slices.Index(v.Scrutineers, r.By) + 1
	}
	if !v.opens(c.Partial, owner) || (c.Mass != nil) != (v.Mass != nil && v.Mass.Tally != nil) {
		return nil, refuse(BadPartial)
	}
	f := Unsealed{Partial: c.Partial.Marshal(), partial: c.Partial}
	if c.Mass != nil {
		if !v.Mass.opens(c.Mass, owner) {
			return nil, refuse(BadPartial)
		}
		f.Mass, f.mass = c.Mass.Marshal(), c.Mass
	}
	sums, ready, err := v.result(c.Partial)
	if err != nil {
		return nil, refuse(BadPartial)
	}
	if !ready {
		return []Fact{f}, nil
	}
	counted := Counted{Sums: sums}
	if c.Mass != nil {
		if counted.Mass, _, err = v.Mass.result(c.Mass); err != nil {
			return nil, refuse(BadPartial)
		}
	}
	return []Fact{f, counted}, nil
}

// opens reports whether p is owner's right partial decryption of the box.
func (b *Box) opens(p *ballot.Partial, owner int) bool {
	return p != nil && p.Owner() == owner && b.Election.CheckPartial(b.Tally, p) == nil
}

// result is what the sums are once p has joined the others; ready is false
// while others are needed.
func (b *Box) result(p *ballot.Partial) (sums [][]int, ready bool, err error) {
	partials := append(b.PartialList(), p)
	owners := make([]int, len(partials))
	for i, one := range partials {
		owners[i] = one.Owner()
	}
	if !b.Election.Ready(owners) {
		return nil, false, nil
	}
	sums, err = b.Election.Result(b.Tally, partials)
	return sums, true, err
}

// Unsealed carries a partial decryption of the sums.
type Unsealed struct {
	Partial []byte // [ballot.Partial.Marshal]
	Mass    []byte `json:",omitempty"`
	partial *ballot.Partial
	mass    *ballot.Partial
}

func (f Unsealed) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		if f.partial == nil && v.Election != nil {
			f.partial, _ = v.Election.ParsePartial(f.Partial)
		}
		if f.mass == nil && len(f.Mass) > 0 && v.Mass != nil {
			f.mass, _ = v.Mass.Election.ParsePartial(f.Mass)
		}
		if f.partial != nil {
			v.Partials = with(v.Partials, e.By, f.partial)
		}
		if f.mass != nil {
			v.Mass.Partials = with(v.Mass.Partials, e.By, f.mass)
		}
	})
}

// Counted carries the sums: [question][grade].
type Counted struct {
	Sums [][]int
	Mass [][]int `json:",omitempty"`
}

func (f Counted) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) {
		v.State, v.Sums, v.Counted = BoxCounted, f.Sums, e.At
		if v.Mass != nil {
			v.Mass.Sums = f.Mass
		}
	})
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
	box, ok := v.BoxOf(r.By)
	if !ok || box.Returned[r.By].Receipt != c.Receipt || c.Receipt == "" || v.Checked[r.By] {
		return nil, nil
	}
	return []Fact{ReceiptChecked{}}, nil
}

// ReceiptChecked says that a member has found their own receipt.
type ReceiptChecked struct{}

func (ReceiptChecked) apply(s *State, e Event) {
	s.changeVote(func(v *Vote) { v.Checked = with(v.Checked, e.By, true) })
}

// Title is how a vote is called on papers: 第 1 次测评.
func (v *Vote) Title() string { return fmt.Sprintf("第 %d 次测评", v.No) }

// Receipt is what a voter gets back: the tracker of their ballot, and how many
// times they have voted.
type Receipt struct {
	Code  string `json:"receipt"`
	Times int    `json:"times"`
}

// PartialList are the partial decryptions in the order of the trustees: the
// scrutineers in their order, then the server.
func (b *Box) PartialList() []*ballot.Partial {
	list := slices.Collect(maps.Values(b.Partials))
	slices.SortFunc(list, func(a, b *ballot.Partial) int { return a.Owner() - b.Owner() })
	return list
}
