package hall_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/hall"
)

// servers are two servers on one log, each with an anchor of its own.
type servers struct {
	*house
	halls [2]*hall.Hall
	rooms [2]*hall.Live
	heads [2]*heads
}

// heads keeps a head outside the log, as a file does, for whom several ask at once.
type heads struct {
	mu sync.Mutex
	shelf
}

func (h *heads) Keep(head meeting.Head) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.shelf.Keep(head)
}

func (h *heads) Kept() (meeting.Head, bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.shelf.Kept()
}

// newServers is a branch of seven on two servers.
func newServers(t *testing.T, change func(*preset.Rules)) *servers {
	t.Helper()
	s := &servers{house: newHouseWith(t, people(7), change)}
	ctx, stop := context.WithCancel(t.Context())
	var work sync.WaitGroup
	for i := range s.halls {
		room, err := store.OpenRoom(t.Context(), s.log, meeting.Machine{Open: hall.OpinionOpener(secret, "b1")})
		if err != nil {
			t.Fatal(err)
		}
		s.rooms[i], s.halls[i], s.heads[i] = room, hall.New(room, secret, time.Now), &heads{}
		s.halls[i].AnchorShared(s.heads[i])
		work.Go(func() { s.halls[i].Follow(ctx) })
	}
	t.Cleanup(func() {
		stop()
		work.Wait()
		for i := range s.halls {
			s.halls[i].Wipe()
			s.rooms[i].Close()
		}
	})
	return s.on(0)
}

// on goes on on one of the servers, once both have seen everything.
func (s *servers) on(i int) *servers {
	s.t.Helper()
	s.awaits(func() bool {
		seq, hash := s.rooms[0].Head()
		seq1, hash1 := s.rooms[1].Head()
		return seq == seq1 && hash == hash1
	})
	s.goesOnIn(s.halls[i])
	return s
}

// awaits waits until something is so, looking whenever a server moves.
func (s *servers) awaits(so func() bool) {
	s.t.Helper()
	moved := make(chan struct{}, 1)
	for _, h := range s.halls {
		defer h.Notify(moved)()
	}
	late := time.After(20 * time.Second)
	for !so() {
		select {
		case <-moved:
		case <-time.After(10 * time.Millisecond): // what is kept moves nobody
		case <-late:
			s.t.Fatal("it never came to that")
		}
	}
}

// A vote is held on two servers: each scrutineer's key is where they sealed; there
// it opens the box without a code, elsewhere with it. Each server keeps the head of
// the closing, and refuses to open another log.
func TestAVoteOnTwoServers(t *testing.T) {
	s := newServers(t, nil)
	s.Sits(preset.Ballot)
	s.Names(id(3), id(4))
	s.Seals(id(3))
	s.on(1).Seals(id(4))
	if s.halls[0].Holds(id(4)) || s.halls[1].Holds(id(3)) {
		t.Error("a key is where its owner did not seal")
	}
	s.on(0).Opens()
	for i := 1; i <= 7; i++ {
		s.on(i%2).Votes(id(i), one(id(1), "优秀"))
		s.on((i+1)%2).Votes(id(i), one(id(1), "合格")) // the last one counts
	}
	if n := s.State().Vote().Members().Returned.Len(); n != 7 {
		t.Errorf("%d ballots", n)
	}
	s.on(1).Closes()
	s.awaits(func() bool { _, is, _ := s.heads[0].Kept(); return is })
	s.Confirms()
	if got := code(s.Unseal(t.Context(), id(3), "")); got != meeting.CodeMissing {
		t.Errorf("without the key: %v", got)
	}
	s.on(0)
	kept, _, _ := s.heads[0].Kept()
	forged := kept
	forged.Hash = forged.Hash[1:] + "0"
	_ = s.heads[0].Keep(forged)
	if got := code(s.Unseal(t.Context(), id(3), "")); got != meeting.HeadDiffers {
		t.Errorf("another log than the one that was kept: %v", got)
	}
	_ = s.heads[0].Keep(kept)
	if err := s.Unseal(t.Context(), id(3), ""); err != nil {
		t.Errorf("where the key is: %v", err)
	}
	if err := s.Unseal(t.Context(), id(4), s.CodeOf(id(4))); err != nil {
		t.Errorf("with the recovery code on another server: %v", err)
	}
	for i := range s.halls {
		if got, no := s.on(i).State().Histogram(id(1)); no != nil || got.Counts[1] != 7 {
			t.Errorf("server %d: %+v %v", i, got, no)
		}
		s.awaits(func() bool { return !s.halls[i].Holds(id(3)) && !s.halls[i].Holds(id(4)) }) // the vote is counted
	}
}

// Where some scrutineers are enough, those who sealed on different servers get the
// joint key all the same.
func TestKeysAreJoinedAcrossServers(t *testing.T) {
	s := newServers(t, func(r *preset.Rules) { r.Vote.Scrutineers, r.Vote.Threshold = 3, 2 })
	s.Sits(preset.Ballot)
	s.Names(id(3), id(4), id(5))
	s.Seals(id(3))
	s.on(1).Seals(id(4))
	s.on(0).Seals(id(5))
	s.awaits(func() bool {
		return s.halls[0].State().Vote().State == meeting.BoxSealed && s.halls[1].State().Vote().State == meeting.BoxSealed
	})
	s.on(1).Opens()
	for i := 1; i <= 7; i++ {
		s.on(i%2).Votes(id(i), one(id(2), "合格"))
	}
	s.on(0).Closes()
	s.on(0).Confirms()
	s.on(1)
	if err := s.Unseal(t.Context(), id(5), s.CodeOf(id(5))); err != nil {
		t.Error(err)
	}
	s.on(0)
	if err := s.Unseal(t.Context(), id(3), ""); err != nil {
		t.Error(err)
	}
	if got, no := s.on(1).State().Histogram(id(2)); no != nil || got.Counts[1] != 7 {
		t.Errorf("%+v %v", got, no)
	}
}
