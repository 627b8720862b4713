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
)

type memory[T any] struct{ sync.Map }

func (m *memory[T]) of(t tb, name string, make func() (T, error)) T {
	t.Helper()
	if old, ok := m.Load(name); ok {
		return old.(T)
	}
	v, err := make()
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

// setup is what the server would freeze if the box opened now.
func (u *urn) setup(s *meeting.State) ballot.Setup {
	u.t.Helper()
	v := s.Vote()
	uuid, err := ballot.NewUUID(stream(fmt.Sprint(v.No, v.Scrutineers, s.Electorate(), s.Questions())))
	setup := ballot.Setup{
		UUID: must(u.t, uuid, err), Name: s.Rules.Title, Description: v.Title(),
		Group: meeting.Group, Questions: s.Questions(),
	}
	for _, id := range s.Electorate() {
		public, err := ballot.PublicCredential(meeting.Group, uuid, u.credential(uuid, id))
		setup.Credentials = append(setup.Credentials, must(u.t, public, err))
	}
	for _, id := range append(slices.Clone(v.Scrutineers), meeting.Keeper) {
		setup.Trustees = append(setup.Trustees, u.trustee(id))
	}
	return setup
}

// election is the frozen setup.
func (u *urn) election(s *meeting.State) *ballot.Election {
	u.t.Helper()
	setup := u.setup(s)
	return elections.of(u.t, setup.UUID, func() (*ballot.Election, error) { return ballot.NewElection(setup) })
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

// partial is the partial decryption of the closed box with a scrutineer's key.
func (u *urn) partial(v *meeting.Vote, who meeting.MemberID) *ballot.Partial {
	u.t.Helper()
	return partials.of(u.t, string(who)+string(v.Tally.Marshal()), func() (*ballot.Partial, error) {
		return v.Election.Decrypt(v.Tally, u.key(who), stream("decrypt"))
	})
}
