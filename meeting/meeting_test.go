package meeting_test

import (
	"context"
	"fmt"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/meetingtest"
	"pingyi/meeting/preset"
)

// hall is a meeting in memory whose log is kept: at the end it has led to the
// same state as the meeting itself.
type hall struct {
	*meetingtest.Meeting
	room *meetingtest.Room
	urn  *meetingtest.Urn
	log  *log
}

// log is what a meeting wrote: every event is stored and read back.
type log struct {
	meetingtest.TB
	*meetingtest.Memory
	stored *meeting.State
	cast   map[string]meeting.Cast // by vote and voter, the last ballot
	moved  func()                  // after every command
}

func (l *log) Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error) {
	l.Helper()
	events, err := l.Memory.Do(ctx, r)
	for _, e := range events {
		body, _, blob, err := meeting.Encode(e)
		if err != nil {
			l.Fatal(err)
		}
		back, err := meeting.Decode(body, blob)
		l.stored = meeting.Apply(l.stored, must(l.TB, back, err))
	}
	if c, ok := r.Do.(meeting.Cast); ok && err == nil {
		l.cast[fmt.Sprint(l.State().Vote().No, r.By)] = c
	}
	if err == nil {
		l.moved()
	}
	return events, err
}

// newTown is a server without a branch.
func newTown(t meetingtest.TB) *hall {
	l := &log{TB: t, Memory: meetingtest.NewMemory(), stored: meeting.NewState(), cast: map[string]meeting.Cast{}, moved: func() {}}
	room := meetingtest.NewRoomOn(l)
	room.Tick = 10 * time.Second
	t.Cleanup(func() {
		if live, read := meetingtest.Dump(l.State()), meetingtest.Dump(l.stored); live != read {
			t.Errorf("the log leads to another state:\n%s\n%s", live, read)
		}
		same(t, "chronicle", meetingtest.Chronicle(l.stored), meetingtest.Chronicle(l.State()))
	})
	return &hall{Meeting: meetingtest.New(t, room), room: room, urn: room.Urn, log: l}
}

// newHall founds a branch with the rules of a preset, as change has changed
// them, and imports its roster.
func newHall(t meetingtest.TB, id string, change func(*preset.Rules), people ...meeting.Member) *hall {
	t.Helper()
	h := newTown(t)
	h.Founds(meetingtest.Rules(t, id, change), people...)
	return h
}

// seated is a hall in which everybody has signed in, except who stays away,
// and the item of the given kind is open.
func seated(t meetingtest.TB, id, kind string, change func(*preset.Rules), away ...meeting.MemberID) *hall {
	t.Helper()
	h := newHall(t, id, change, fifteen()...)
	h.Sits(kind, away...)
	return h
}

// fifteen is a branch of the usual size.
func fifteen() meetingtest.People { return meetingtest.Branch(15, 2) }

var ids = meetingtest.IDs

func must[T any](t meetingtest.TB, v T, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func same[T any](t meetingtest.TB, what string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("%s: got %s, want %s", what, g, w)
	}
}
