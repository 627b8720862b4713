package hall_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/store"
	"pingyi/store/hall"
)

// opened is a branch whose ballot box is open.
func opened(t *testing.T, members int) *house {
	t.Helper()
	h := newHouse(t, members)
	h.Sits(preset.Ballot)
	h.Opened(id(3), id(4))
	return h
}

// One member votes from eight terminals at once: each is told which vote of
// theirs it was.
func TestEightCastsOfOneMemberAtOnce(t *testing.T) {
	h := opened(t, 5)
	var all sync.WaitGroup
	receipts := make([]meeting.Receipt, 8)
	for i := range receipts {
		all.Go(func() {
			var err error
			if receipts[i], err = h.Cast(t.Context(), id(2), one(id(1), "优秀")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	var times []int
	for _, r := range receipts {
		times = append(times, r.Times)
	}
	slices.Sort(times)
	if !slices.Equal(times, []int{1, 2, 3, 4, 5, 6, 7, 8}) {
		t.Errorf("the acknowledgements say %v", times)
	}
	kept := h.State().Vote().Members().Returned.Of(id(2))
	last := slices.IndexFunc(receipts, func(r meeting.Receipt) bool { return r.Times == 8 })
	if kept.Times != 8 || kept.Receipt != receipts[last].Code {
		t.Errorf("the box has %s, the eighth acknowledgement %s", kept.Receipt, receipts[last].Code)
	}
}

// eager is a room in which something else happens just before or just after a
// ballot comes in.
type eager struct {
	*hall.Live
	before, after func()
}

func (r *eager) Do(ctx context.Context, q meeting.Request) ([]meeting.Event, error) {
	if _, cast := q.Do.(meeting.Cast); !cast {
		return r.Live.Do(ctx, q)
	}
	if r.before != nil {
		r.before()
	}
	events, err := r.Live.Do(ctx, q)
	if r.after != nil {
		r.after()
	}
	return events, err
}

// The vote is made void at the moment when a ballot comes in: before, it is
// refused; after, its voter gets the receipt that was true then.
func TestCastMeetsAVoid(t *testing.T) {
	h := opened(t, 5)
	live, err := store.OpenRoom(t.Context(), h.log, meeting.Machine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(live.Close)
	room := &eager{Live: live}
	h.goesOnIn(hall.New(room, secret, time.Now))
	void := func() {
		h.Does(id(1), meeting.Void{Reason: "重来"})
		h.Does(id(1), meeting.NameScrutineers{IDs: []meeting.MemberID{id(3), id(4)}})
	}
	room.after = void
	r, err := h.Cast(t.Context(), id(2), one(id(1), "优秀"))
	if err != nil || r.Times != 1 || r.Code == "" {
		t.Errorf("a void just after the ballot: %+v %v", r, err)
	}
	h.Seals(id(3), id(4))
	h.Opens()
	room.before, room.after = void, nil
	if _, err := h.Cast(t.Context(), id(2), one(id(1), "优秀")); code(err) != meeting.BoxNotOpen {
		t.Errorf("a void just before the ballot: %v", err)
	}
}
