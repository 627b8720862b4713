// Package hall is where a branch meets: its room, the clock, and the secrets of
// its ballot box.
//
// Everything that is remembered is in the room's log. The secrets are not. The
// scrutineers' keys live in the memory of a [Hall] only (keys.go holds and
// wipes them). The server's own key and the members' credentials are derived
// from the secret file beside the data whenever they are needed (BALLOT.md §2,
// §3).
//
// Before the meeting a rehearsal may be held ([Venue], rehearsal.go): a hall of
// its own with a log in memory.
package hall

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"pingyi/meeting"
	"pingyi/store"
)

// Live is the room of a meeting.
type Live = store.Room[*meeting.State, meeting.Request, meeting.Event]

// ErrIDUsed says that a request was not done, because an earlier request had
// its id.
const ErrIDUsed store.Code = "hall.id-used"

// ErrEarlierVote says that a ballot was not cast, because one in an earlier vote had
// the id of its request.
const ErrEarlierVote store.Code = "hall.id-earlier-vote"

// Room is what a hall needs of a [Live] room.
type Room interface {
	State() *meeting.State
	Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error)
	Watch() (moved <-chan struct{}, stop func())
	Notify(moved chan<- struct{}) (stop func())
	Head() (seq uint64, hash [32]byte)
	HashAt(ctx context.Context, seq uint64) ([32]byte, error)
	Stale() (since time.Time, why error)
}

// Hall is one branch's meeting with its ballot box. It is safe for concurrent
// use.
type Hall struct {
	Room
	secret  []byte
	anchor  Anchor // nil: heads are kept in the log only
	shared  bool   // other servers write the log as well
	keys    *keys
	sheets  *sheets
	voters  voters
	workers *workers
	count   sync.Mutex  // held while a scrutineer opens the box, so that exactly one is the last
	joining sync.Mutex  // held while the keys are joined, so that exactly one does it
	over    atomic.Bool // no more work is begun
	start   sync.Mutex  // held to begin work, and to end all work
	work    sync.WaitGroup
	clock   *clock
	sweep   *time.Timer // runs while something is left in memory, see Sweep
	rand    io.Reader
}

// New returns the hall of a room. secret is the data folder's, at least 32
// bytes; now is the machine's clock.
func New(room Room, secret []byte, now func() time.Time) *Hall {
	h := &Hall{Room: room, secret: secret, keys: newKeys(), sheets: &sheets{all: map[meeting.MemberID]*openSheet{}}, voters: voters{all: map[meeting.MemberID]*voter{}}, workers: newWorkers(), clock: newClock(now, asleep), rand: rand.Reader}
	h.sweep = h.newSweep()
	return h
}

// Now is the hall's clock, in the branch's zone. It runs evenly during a
// meeting.
func (h *Hall) Now() time.Time {
	s := h.State()
	now, _ := h.clock.read(s)
	return now.In(s.Branch.Location())
}

// Ahead returns by how much the machine's clock is ahead of the time that is
// recorded, because it was set during the meeting or stood wrong before; 0 if
// it is not.
func (h *Hall) Ahead() time.Duration {
	_, ahead := h.clock.read(h.State())
	return ahead
}

// Stale is that of the room, in the branch's zone.
func (h *Hall) Stale() (since time.Time, why error) {
	since, why = h.Room.Stale()
	return since.In(h.State().Branch.Location()), why
}

// Act submits c for who, stamped with the hall's clock, and returns what was
// recorded. The error is a *[meeting.Refusal], or says that nothing could be
// written.
func (h *Hall) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return h.ActOnce(ctx, "", who, c)
}

// ActOnce is Act for a request that may be sent again under the same id after a
// line broke or an answer was lost. It is done once; the second time returns
// what was recorded the first time. An id is good for one person; "" is
// replaced by a random one.
func (h *Hall) ActOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	if o, unsigned := c.(meeting.HandInOpinion); unsigned {
		return h.handIn(ctx, who, o)
	}
	id, err := h.named(id)
	if err != nil {
		return nil, err
	}
	switch one := c.(type) {
	case meeting.Cast:
		one.Key = h.stampKey()
		c = one
	case meeting.CloseBox:
		if err := h.authentic(); err != nil {
			return nil, err
		}
	}
	events, err := h.Do(ctx, meeting.Request{ID: id, By: who, At: h.Now(), Do: c})
	if err != nil {
		return nil, err
	}
	h.forget(events)
	if _, closes := c.(meeting.CloseBox); closes {
		_ = h.noteHead(ctx) // tried again before the box is opened, and then told
	}
	return events, nil
}

// named returns the id of a request: a random one for "".
func (h *Hall) named(id meeting.RequestID) (meeting.RequestID, error) {
	if id != "" {
		return id, nil
	}
	var random [16]byte
	if _, err := io.ReadFull(h.rand, random[:]); err != nil {
		return "", fmt.Errorf("hall: %w", err)
	}
	return meeting.RequestID(base64.RawURLEncoding.EncodeToString(random[:])), nil
}

// ActAbove is [Hall.ActOnce] for somebody of the organisation above.
func (h *Hall) ActAbove(ctx context.Context, id meeting.RequestID, who meeting.Superior, c meeting.Command) ([]meeting.Event, error) {
	id, err := h.named(id)
	if err != nil {
		return nil, err
	}
	return h.Do(ctx, meeting.Request{ID: id, By: meeting.SuperiorID(who.ID), At: h.Now(), Do: c, Superior: &who})
}

// act is Act for callers who need only the error.
func (h *Hall) act(ctx context.Context, who meeting.MemberID, c meeting.Command) error {
	_, err := h.Act(ctx, who, c)
	return err
}

// begin runs work in a goroutine, unless the hall was wiped. [Hall.Wipe] waits
// for it.
func (h *Hall) begin(work func()) {
	h.start.Lock()
	defer h.start.Unlock()
	if !h.over.Load() {
		h.work.Go(work)
	}
}

// Wipe forgets every secret key, when the meeting is over or the server stops.
// It first waits until nothing uses one any more.
func (h *Hall) Wipe() {
	h.start.Lock()
	h.over.Store(true)
	h.start.Unlock()
	h.sweep.Stop()
	h.work.Wait()
	h.keys.wipe()
	h.sheets.wipe()
}
