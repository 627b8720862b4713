package main

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"pingyi/meeting"
	"pingyi/ssh/robot"
	"pingyi/store/folder"
	"pingyi/store/hall"
)

// crowd is the simulated members of a sample meeting and their choices.
type crowd struct {
	server robot.Server
	codes  map[meeting.MemberID]string

	running sync.WaitGroup
	mu      sync.Mutex
	errs    []error
	chosen  map[string]map[string]string // by voter, by subject
}

// gather lets simulated members in: everybody but the absent and those in out,
// because a person sits in their place or because they run the meeting.
func gather(ctx context.Context, f *folder.Folder, h *hall.Hall, o door, seed uint64, pace func(*rand.Rand) time.Duration, out ...meeting.MemberID) (*crowd, error) {
	keys, err := f.HostKeys()
	if err != nil {
		return nil, err
	}
	list, err := issueMemberCodes(ctx, h, f.Secret)
	if err != nil {
		return nil, err
	}
	c := &crowd{
		server: robot.Server{Addr: localAddr(o.Addr()), HostKey: keys[0].PublicKey()},
		codes:  map[meeting.MemberID]string{}, chosen: map[string]map[string]string{},
	}
	s := h.State()
	rates := false
	for i, one := range list {
		c.codes[one.ID] = one.Code
		if slices.Contains(out, one.ID) || s.Attendance.Of(one.ID).Reason != "" {
			continue
		}
		p := robot.Persona{ID: string(one.ID), Code: one.Code, Seed: seed*1000 + uint64(i), Pace: pace, Voted: c.note}
		if !rates && slices.Contains(s.Seats(one.ID), meeting.SeatCommittee) {
			p.Rates, rates = true, true
		}
		c.running.Go(func() { c.fail(robot.Run(ctx, c.server, p)) })
	}
	return c, nil
}

// follow has the members and the superior do what waits for them once the meeting
// is over. What waits for the secretary stays for who sits there.
func (c *crowd) follow(ctx context.Context, h *hall.Hall, above string, pace func(*rand.Rand) time.Duration) {
	around := newPlayers(h, c, above, false)
	if dice := rand.New(rand.NewPCG(0, 0)); pace != nil {
		around.pace = func() time.Duration { return pace(dice) }
	}
	c.running.Go(func() { c.fail(around.follow(ctx, h)) })
}

func (c *crowd) note(id string, choices map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.chosen[id] = choices
}

func (c *crowd) fail(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errs = append(c.errs, err)
}

// wait returns when all simulated members have gone.
func (c *crowd) wait() error {
	c.running.Wait()
	return errors.Join(c.errs...)
}

// compare checks the decrypted sums against the simulated members' choices,
// which only here are known. It returns the number of choices.
func (c *crowd) compare(s *meeting.State) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v := s.Vote()
	if v == nil || v.State != meeting.BoxCounted {
		return 0, failf("测评没有计票")
	}
	if cast := v.Members().Returned.Len(); cast != len(c.chosen) {
		return 0, failf("票箱里有 %d 张票，模拟党员投了 %d 张", cast, len(c.chosen))
	}
	choices := 0
	for _, id := range v.Subjects {
		h, no := s.Histogram(id)
		if no != nil {
			return 0, no
		}
		want := make([]int, len(s.Rules.Grades))
		for _, one := range slices.Sorted(maps.Keys(c.chosen)) {
			if i := s.GradeIndex(meeting.Grade(c.chosen[one][string(id)])); i >= 0 {
				want[i]++
				choices++
			}
		}
		if !slices.Equal(h.Counts, want) {
			return 0, failf("%s的密文之和与模拟党员的选择不一致", s.NameOf(id))
		}
	}
	return choices, nil
}

// humanPace is how long a simulated member takes for something while a person
// runs the meeting.
func humanPace(r *rand.Rand) time.Duration {
	return 300*time.Millisecond + time.Duration(r.Int64N(int64(1200*time.Millisecond)))
}
