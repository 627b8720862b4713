package meetingtest

// What meetingtest knows of a vote's insides stands in this file.

import (
	"crypto/sha3"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Urn does what the server, the scrutineers and the voters do with the ballot
// box: the commands that need secrets, under real keys. It belongs to one
// meeting. It panics if something cannot be made, which is the test's own
// mistake.
type Urn struct {
	// Dice is the source of all randomness. With nil each thing has
	// randomness made from its name. So a meeting has the same ballots in
	// every run, and what was made once is remembered: many short meetings
	// cost little.
	Dice io.Reader

	keys    map[meeting.MemberID]*ballot.SecretKey // of the scrutineers, and the server's under meeting.Keeper
	private map[string]string                      // credentials, by election and voter
	chosen  map[string][]int                       // what a ballot says, by receipt: no state knows
}

func newUrn() *Urn {
	return &Urn{keys: map[meeting.MemberID]*ballot.SecretKey{}, private: map[string]string{}, chosen: map[string][]int{}}
}

func (u *Urn) copy() *Urn {
	return &Urn{Dice: u.Dice, keys: maps.Clone(u.keys), private: maps.Clone(u.private), chosen: maps.Clone(u.chosen)}
}

// made holds by name what urns without dice have made.
var made sync.Map

// remember makes a thing, or returns the one that was made under the same name.
func remember[T any](u *Urn, name string, create func(random io.Reader) (T, error)) T {
	if u.Dice != nil {
		return must(create(u.Dice))
	}
	if old, ok := made.Load(name); ok {
		return old.(T)
	}
	v := must(create(Stream(name)))
	made.Store(name, v)
	return v
}

// Stream returns randomness that depends on its name only.
func Stream(name string) io.Reader {
	h := sha3.NewSHAKE128()
	_, _ = io.WriteString(h, name)
	return h
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// key is the secret key of a scrutineer, or the server's for the keeper.
func (u *Urn) key(who meeting.MemberID) *ballot.SecretKey {
	if u.keys[who] == nil {
		u.keys[who] = remember(u, "key of "+string(who), func(random io.Reader) (*ballot.SecretKey, error) {
			return ballot.NewSecretKey(meeting.Group, random)
		})
	}
	return u.keys[who]
}

// shareKey is a scrutineer's key where some of them are enough.
func (u *Urn) shareKey(who meeting.MemberID) *ballot.ThresholdKey {
	return ballot.NewThresholdKey(meeting.Group, []byte("seed of "+who))
}

// Trustee is the public part of a scrutineer's key, or of the server's.
func (u *Urn) Trustee(who meeting.MemberID) ballot.Trustee {
	key := u.key(who)
	return remember(u, "trustee "+string(who), key.Public)
}

// Seal returns what a scrutineer seals the box with: a key, or a certificate
// where some of them are enough.
func (u *Urn) Seal(s *meeting.State, who meeting.MemberID) meeting.Seal {
	place := slices.Index(s.Vote().Scrutineers, who)
	if s.Threshold() == 0 || place < 0 {
		return meeting.Seal{Trustee: u.Trustee(who)}
	}
	return meeting.Seal{Certificate: u.certificate(s, place)}
}

// certificate returns the certificate with which the i-th scrutineer has sealed
// or would seal.
func (u *Urn) certificate(s *meeting.State, i int) []byte {
	v := s.Vote()
	if given := v.Shares.Certificates[v.Scrutineers[i]]; given != nil {
		return given
	}
	place := ballot.Position{Index: i + 1, Size: len(v.Scrutineers), Threshold: s.Threshold()}
	return remember(u, fmt.Sprint("certificate ", v.Scrutineers, place), func(random io.Reader) ([]byte, error) {
		return u.shareKey(v.Scrutineers[i]).Certificate(place, random)
	})
}

// Deal returns a scrutineer's next record for the joint key; an empty one where
// none is due.
func (u *Urn) Deal(s *meeting.State, who meeting.MemberID) meeting.Deal {
	c, no := s.Ceremony(who)
	if no != nil || !s.Vote().Owes(who) {
		return meeting.Deal{}
	}
	return meeting.Deal{Record: remember(u, fmt.Sprint("record of ", who, c), func(random io.Reader) ([]byte, error) {
		return c.Next(u.shareKey(who), random)
	})}
}

// Join is the joint key of the scrutineers, as the server makes it.
func (u *Urn) Join(s *meeting.State) meeting.JoinKeys {
	all := s.Vote().Scrutineers
	var certificates [][]byte
	for i := range all {
		certificates = append(certificates, u.certificate(s, i))
	}
	return remember(u, fmt.Sprint("joint key ", all, s.Threshold()), func(random io.Reader) (meeting.JoinKeys, error) {
		var polynomials, shares [][]byte
		for _, id := range all {
			polynomials = append(polynomials, must(u.shareKey(id).Polynomial(certificates, random)))
		}
		for _, id := range all {
			shares = append(shares, must(u.shareKey(id).Share(certificates, polynomials, random)))
		}
		trustee, boxes, err := ballot.NewThresholdTrustee(meeting.Group, certificates, polynomials, shares)
		join := meeting.JoinKeys{Trustee: trustee, Shares: map[meeting.MemberID]string{}}
		for i, id := range all {
			join.Shares[id] = boxes[i]
		}
		return join, err
	})
}

// Setup returns what the server would freeze if the box opened now for these
// voters.
func (u *Urn) Setup(s *meeting.State, voters []meeting.MemberID) ballot.Setup {
	v := s.Vote()
	uuid := remember(u, fmt.Sprint("uuid ", v.No, v.Scrutineers, s.Threshold(), voters, s.Questions()), ballot.NewUUID)
	setup := ballot.Setup{UUID: uuid, Name: s.Branch.Name, Description: "测评", Group: meeting.Group, Questions: s.Questions()}
	for _, who := range voters {
		private := remember(u, "credential "+uuid+string(who), ballot.NewCredential)
		u.private[uuid+string(who)] = private
		setup.Credentials = append(setup.Credentials, must(ballot.PublicCredential(meeting.Group, uuid, private)))
	}
	setup.Trustees = append(v.Trustees(), u.Trustee(meeting.Keeper))
	return setup
}

// Election is the frozen setup.
func (u *Urn) Election(s *meeting.State, voters []meeting.MemberID) *ballot.Election {
	setup := u.Setup(s, voters)
	return remember(u, "election "+setup.UUID, func(io.Reader) (*ballot.Election, error) { return ballot.NewElection(setup) })
}

// Open is the command with which the server opens the box now.
func (u *Urn) Open(s *meeting.State) meeting.OpenBoxes {
	u.key(meeting.Keeper) // made before the elections whatever the dice are
	c := meeting.OpenBoxes{Elections: map[meeting.Channel]*ballot.Election{}}
	for _, channel := range meeting.Channels() {
		if voters := s.Electorate(channel); len(voters) > 0 {
			c.Elections[channel] = u.Election(s, voters)
		}
	}
	return c
}

// Boxes is the command to open the members' box and, unless mass is nil, 群众's.
func Boxes(members, mass *ballot.Election) meeting.OpenBoxes {
	c := meeting.OpenBoxes{Elections: map[meeting.Channel]*ballot.Election{}}
	if members != nil {
		c.Elections[meeting.MemberBox] = members
	}
	if mass != nil {
		c.Elections[meeting.MassBox] = mass
	}
	return c
}

// Partials is the command to open the members' box and, unless mass is nil, 群众's.
func Partials(members, mass *ballot.Partial) meeting.Unseal {
	c := meeting.Unseal{Partials: map[meeting.Channel]*ballot.Partial{}}
	c.Partials[meeting.MemberBox] = members
	if mass != nil {
		c.Partials[meeting.MassBox] = mass
	}
	return c
}

// Row returns the choices of a voter who gives these answers question by
// question, the last one to all questions after it: 0 is the best grade, -1 is
// 弃权. Where the rules forbid it voters leave themselves out.
func Row(s *meeting.State, who meeting.MemberID, answers ...int) meeting.Choices {
	v := s.Vote()
	c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}}
	answer := func(i int) int { return answers[min(i, len(answers)-1)] }
	for i, of := range v.Subjects {
		if g := answer(i); g != ballot.Abstain && (of != who || s.Rules.Vote.SelfVote) {
			c.Grades[of] = meeting.Grade(s.Rules.Grades[g])
		}
	}
	if g := answer(len(v.Subjects)); v.Branch && g != ballot.Abstain {
		c.Branch = meeting.Grade(s.Rules.Vote.BranchScale[g])
	}
	return c
}

// Alike returns choices that give everybody on the ballot the same grade.
func Alike(s *meeting.State, g meeting.Grade) meeting.Choices {
	c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}}
	for _, of := range s.Vote().Subjects {
		c.Grades[of] = g
	}
	return c
}

// Voters lists who has a ballot in the current vote, box by box.
func Voters(s *meeting.State) []meeting.MemberID {
	var ids []meeting.MemberID
	for _, b := range s.Vote().Boxes {
		ids = append(ids, b.Voters...)
	}
	return ids
}

// Ballot returns a voter's ballot in an election, with an answer to each
// question.
func (u *Urn) Ballot(e *ballot.Election, who meeting.MemberID, answers []int) *ballot.Ballot {
	return u.ballot(e, who, answers, 0)
}

// ballot returns the ballot of a voter who has voted before times already.
func (u *Urn) ballot(e *ballot.Election, who meeting.MemberID, answers []int, before int) *ballot.Ballot {
	b := remember(u, fmt.Sprint("ballot ", e.UUID(), who, answers, before), func(random io.Reader) (*ballot.Ballot, error) {
		sheet, err := ballot.NewSheet(e, u.private[e.UUID()+string(who)])
		if err != nil {
			return nil, err
		}
		for i, answer := range answers {
			if err := sheet.Choose(i, answer, random); err != nil {
				return nil, err
			}
		}
		return sheet.Seal(random)
	})
	u.chosen[b.Tracker()] = answers
	return b
}

// Chosen returns the answers in the ballot with a receipt.
func (u *Urn) Chosen(receipt string) []int { return u.chosen[receipt] }

// BallotOf returns the ballot that a voter would cast now, with answers as for
// [Row].
func (u *Urn) BallotOf(s *meeting.State, who meeting.MemberID, answers ...int) *ballot.Ballot {
	v := s.Vote()
	box, ok := v.BoxOf(who)
	if !ok {
		panic(who + " has no ballot")
	}
	all := make([]int, len(box.Election.Questions()))
	for i := range all {
		all[i] = answers[min(i, len(answers)-1)]
		if i < len(v.Subjects) && v.Subjects[i] == who && !s.Rules.Vote.SelfVote {
			all[i] = ballot.Abstain
		}
	}
	return u.Ballot(box.Election, who, all)
}

// cast returns the command with which somebody votes, or why they may not.
func (u *Urn) cast(s *meeting.State, who meeting.MemberID, c meeting.Choices) (meeting.Cast, *meeting.Refusal) {
	answers, no := s.Rows(who, c)
	if no != nil {
		return meeting.Cast{}, no
	}
	box, _ := s.Vote().BoxOf(who)
	return meeting.Cast{Ballot: u.ballot(box.Election, who, answers, box.Returned.Of(who).Times)}, nil
}

// returned returns somebody's ballot in the box.
func returned(s *meeting.State, who meeting.MemberID) meeting.ReturnedBallot {
	if box, ok := s.Vote().BoxOf(who); ok {
		return box.Returned.Of(who)
	}
	return meeting.ReturnedBallot{}
}

// Unseal returns what a scrutineer, or the server, opens the closed box with.
func (u *Urn) Unseal(v *meeting.Vote, who meeting.MemberID) meeting.Unseal {
	c := meeting.Unseal{Partials: map[meeting.Channel]*ballot.Partial{}}
	for _, b := range v.OpenedBoxes() {
		c.Partials[b.Channel] = u.partial(v, b, who)
	}
	return c
}

func (u *Urn) partial(v *meeting.Vote, b *meeting.Box, who meeting.MemberID) *ballot.Partial {
	return remember(u, "partial "+string(who)+string(b.Tally.Marshal()), func(random io.Reader) (*ballot.Partial, error) {
		if box, shared := v.Shares.Encrypted[who]; shared {
			return b.Election.DecryptAs(v.Owner(who), b.Tally, must(u.shareKey(who).Open(box)), random)
		}
		return b.Election.Decrypt(b.Tally, u.key(who), random)
	})
}

// unsealed reports whether a key has opened the box of the current vote.
func unsealed(s *meeting.State, who meeting.MemberID) bool {
	return s.Vote().Members().Partials[who] != nil
}
