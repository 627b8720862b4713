package meeting_test

import (
	"fmt"
	"hash/fnv"
	"io"
	mathrand "math/rand/v2"
	"slices"
	"sync"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// urn is the ceremony around the box that the server and the scrutineers do:
// real keys, real ballots, the same in every run.
type urn struct{ t tb }

// What urns have made once is remembered by its name, so that many short
// meetings cost little.
var (
	trustees  memory[ballot.Trustee]
	elections memory[*ballot.Election]
	ballots   memory[*ballot.Ballot]
	partials  memory[*ballot.Partial]
	joints    memory[meeting.JoinKeys]
)

type memory[T any] struct{ sync.Map }

func (m *memory[T]) of(t tb, name string, create func() (T, error)) T {
	t.Helper()
	if old, ok := m.Load(name); ok {
		return old.(T)
	}
	v, err := create()
	m.Store(name, must(t, v, err))
	return v
}

// stream is randomness that only its name decides.
func stream(name string) io.Reader {
	h := fnv.New128a()
	_, _ = io.WriteString(h, name)
	var seed [32]byte
	copy(seed[:], h.Sum(nil))
	return mathrand.NewChaCha8(seed)
}

func must[T any](t tb, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// key is the secret key of a scrutineer, or the server's for the keeper.
func (u *urn) key(who meeting.MemberID) *ballot.SecretKey {
	return ballot.SecretKeyFromSeed(meeting.Group, []byte("the secret key of "+who))
}

// trustee is the public part of it.
func (u *urn) trustee(who meeting.MemberID) ballot.Trustee {
	u.t.Helper()
	return trustees.of(u.t, string(who), func() (ballot.Trustee, error) { return u.key(who).Public(stream("proof " + string(who))) })
}

// seal is what a scrutineer seals the box with: a key, or a certificate where
// some of them are enough.
func (u *urn) seal(s *meeting.State, who meeting.MemberID) meeting.Seal {
	u.t.Helper()
	place := slices.Index(s.Vote().Scrutineers, who)
	if s.Threshold() == 0 || place < 0 {
		return meeting.Seal{Trustee: u.trustee(who)}
	}
	return meeting.Seal{Certificate: u.certificate(s, place)}
}

func (u *urn) certificate(s *meeting.State, i int) []byte {
	u.t.Helper()
	v := s.Vote()
	place := ballot.Position{Index: i + 1, Size: len(v.Scrutineers), Threshold: s.Threshold()}
	c, err := u.shareKey(v.Scrutineers[i]).Certificate(place, stream(fmt.Sprint("certificate ", v.Scrutineers, i, place)))
	return must(u.t, c, err)
}

func (u *urn) shareKey(who meeting.MemberID) *ballot.ThresholdKey {
	return ballot.NewThresholdKey(meeting.Group, []byte("the share of a scrutineer "+who))
}

// join is the joint key of the scrutineers, as the server makes it.
func (u *urn) join(s *meeting.State) meeting.JoinKeys {
	u.t.Helper()
	all := s.Vote().Scrutineers
	return joints.of(u.t, fmt.Sprint(all, s.Threshold()), func() (meeting.JoinKeys, error) {
		var certificates, polynomials, shares [][]byte
		for i := range all {
			certificates = append(certificates, u.certificate(s, i))
		}
		for _, id := range all {
			p, err := u.shareKey(id).Polynomial(certificates, stream(fmt.Sprint("polynomial ", all, id)))
			polynomials = append(polynomials, must(u.t, p, err))
		}
		for _, id := range all {
			share, err := u.shareKey(id).Share(certificates, polynomials, stream(fmt.Sprint("share ", all, id)))
			shares = append(shares, must(u.t, share, err))
		}
		trustee, boxes, err := ballot.NewThresholdTrustee(meeting.Group, certificates, polynomials, shares)
		join := meeting.JoinKeys{Trustee: trustee, Shares: map[meeting.MemberID]string{}}
		for i, id := range all {
			join.Shares[id] = boxes[i]
		}
		return join, err
	})
}

// setup is what the server would freeze if the box opened now.
func (u *urn) setup(s *meeting.State, voters []meeting.MemberID) ballot.Setup {
	u.t.Helper()
	v := s.Vote()
	uuid, err := ballot.NewUUID(stream(fmt.Sprint(v.No, v.Scrutineers, s.Threshold(), voters, s.Questions())))
	setup := ballot.Setup{
		UUID: must(u.t, uuid, err), Name: s.Rules.Title, Description: v.Title(),
		Group: meeting.Group, Questions: s.Questions(),
	}
	for _, id := range voters {
		public, err := ballot.PublicCredential(meeting.Group, uuid, u.credential(uuid, id))
		setup.Credentials = append(setup.Credentials, must(u.t, public, err))
	}
	setup.Trustees = append(v.Trustees(), u.trustee(meeting.Keeper))
	return setup
}

// election is the frozen setup.
func (u *urn) election(s *meeting.State, voters []meeting.MemberID) *ballot.Election {
	u.t.Helper()
	setup := u.setup(s, voters)
	return elections.of(u.t, setup.UUID, func() (*ballot.Election, error) { return ballot.NewElection(setup) })
}

// open is the command with which the server opens the box now.
func (u *urn) open(s *meeting.State) meeting.OpenBoxes {
	u.t.Helper()
	c := meeting.OpenBoxes{Elections: map[meeting.Channel]*ballot.Election{}}
	for _, channel := range meeting.Channels() {
		if voters := s.Electorate(channel); len(voters) > 0 {
			c.Elections[channel] = u.election(s, voters)
		}
	}
	return c
}

func (u *urn) credential(uuid string, who meeting.MemberID) string {
	u.t.Helper()
	c, err := ballot.NewCredential(stream("credential " + uuid + string(who)))
	return must(u.t, c, err)
}

// ballot is a voter's sealed ballot with an answer for each question.
func (u *urn) ballot(e *ballot.Election, who meeting.MemberID, rows []int) *ballot.Ballot {
	u.t.Helper()
	name := fmt.Sprint(e.UUID(), who, rows)
	return ballots.of(u.t, name, func() (*ballot.Ballot, error) {
		sheet, err := ballot.NewSheet(e, u.credential(e.UUID(), who))
		if err != nil {
			return nil, err
		}
		dice := stream(name)
		for i, answer := range rows {
			if err := sheet.Choose(i, answer, dice); err != nil {
				return nil, err
			}
		}
		return sheet.Seal(dice)
	})
}

// unseal is what a scrutineer, or the server, opens the closed box with.
func (u *urn) unseal(v *meeting.Vote, who meeting.MemberID) meeting.Unseal {
	u.t.Helper()
	c := meeting.Unseal{Partials: map[meeting.Channel]*ballot.Partial{}}
	for _, b := range v.OpenedBoxes() {
		c.Partials[b.Channel] = u.partial(v, b, who)
	}
	return c
}

func (u *urn) partial(v *meeting.Vote, b *meeting.Box, who meeting.MemberID) *ballot.Partial {
	u.t.Helper()
	return partials.of(u.t, string(who)+string(b.Tally.Marshal()), func() (*ballot.Partial, error) {
		key := u.key(who)
		if box, shared := v.Shares.Encrypted[who]; shared {
			var err error
			if key, err = u.shareKey(who).Open(box); err != nil {
				return nil, err
			}
		}
		return b.Election.Decrypt(b.Tally, key, stream("decrypt"))
	})
}

// boxes is the command to open the members' box and, unless mass is nil, 群众's.
func boxes(members, mass *ballot.Election) meeting.OpenBoxes {
	c := meeting.OpenBoxes{Elections: map[meeting.Channel]*ballot.Election{}}
	if members != nil {
		c.Elections[meeting.MemberBox] = members
	}
	if mass != nil {
		c.Elections[meeting.MassBox] = mass
	}
	return c
}

// partialsOf is the command to open the members' box and, unless mass is nil, 群众's.
func partialsOf(members, mass *ballot.Partial) meeting.Unseal {
	c := meeting.Unseal{Partials: map[meeting.Channel]*ballot.Partial{meeting.MemberBox: members}}
	if mass != nil {
		c.Partials[meeting.MassBox] = mass
	}
	return c
}
