package hall

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"pingyi/meeting"
	"pingyi/store"
)

// subjects are graded in a rehearsal.
var subjects = []string{"食堂的西红柿炒鸡蛋", "周一早上八点的课", "会议室的空调"}

// rehearsal is a hall whose log, secret and keys live in memory only. The
// person who began it stands in for the scrutineers, so nobody writes a code
// down.
type rehearsal struct {
	*Hall
	chair meeting.MemberID
	shelf *store.Memory
	log   store.Log
	room  *Live

	over chan struct{} // closed by end
	end  func()
}

// rehearse begins a rehearsal with the people of own, up to the open box.
func rehearse(ctx context.Context, own *Hall, who meeting.MemberID) (*rehearsal, error) {
	secret := make([]byte, 32)
	if _, err := io.ReadFull(own.rand, secret); err != nil {
		return nil, fmt.Errorf("hall: rehearse: %w", err)
	}
	shelf := store.NewMemory()
	log, err := shelf.Log(ctx, own.State().Branch.ID)
	if err != nil {
		return nil, fmt.Errorf("hall: rehearse: %w", err)
	}
	room, err := store.OpenRoom(ctx, log, meeting.Machine{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("hall: rehearse: %w", err), shelf.Close())
	}
	r := &rehearsal{Hall: New(trial{room}, secret, own.Now), chair: who, shelf: shelf, log: log, room: room, over: make(chan struct{})}
	r.rand = own.rand
	r.end = sync.OnceFunc(r.wipe)
	if err := r.begin(ctx, own.State()); err != nil {
		r.end()
		return nil, err
	}
	return r, nil
}

// begin begins the trial round and opens its box.
func (r *rehearsal) begin(ctx context.Context, of *meeting.State) error {
	for _, c := range []meeting.Command{
		meeting.Rehearse{Of: of, Subjects: subjects},
		meeting.NameScrutineers{IDs: []meeting.MemberID{r.chair}},
	} {
		if err := r.act(ctx, r.chair, c); err != nil {
			return err
		}
	}
	code, err := r.Code(r.chair)
	if err != nil {
		return err
	}
	if err := r.Seal(ctx, r.chair, code); err != nil {
		return err
	}
	return r.Open(ctx, r.chair, "")
}

// count ends the confirming of receipts, counts the closed box and announces
// the result. It returns the end of the confirming.
func (r *rehearsal) count(ctx context.Context, who meeting.MemberID, c meeting.Confirm) ([]meeting.Event, error) {
	events, err := r.Act(ctx, who, c)
	if err != nil {
		return nil, err
	}
	ctx = context.WithoutCancel(ctx) // nobody could finish it if it were left half done
	if err := r.Unseal(ctx, r.chair, ""); err != nil {
		return nil, err
	}
	return events, r.act(ctx, r.chair, meeting.Announce{})
}

// peek returns everything that is kept of a person's ballots.
func (r *rehearsal) peek(ctx context.Context, who meeting.MemberID) (meeting.Peek, error) {
	p, no := r.State().Peek(who)
	if no != nil {
		return p, no
	}
	for b, err := range r.log.Read(ctx, 0) {
		if err != nil {
			return p, ended(err)
		}
		rec, err := store.Decode(b)
		if err != nil {
			return p, err
		}
		e, err := meeting.Decode(rec.Body, rec.Blob)
		if err != nil {
			return p, err
		}
		if _, ballot := e.Fact.(meeting.BallotCast); ballot && e.By == who {
			p.Records = append(p.Records, b)
		}
	}
	return p, nil
}

// wipe forgets the rehearsal: it wipes the keys and makes the rest unreachable.
func (r *rehearsal) wipe() {
	close(r.over)
	r.Wipe()
	r.room.Close()
	_ = r.shelf.Close() // it only ends waits
}

// trial is a rehearsal's room. A request that comes too late is told that the
// rehearsal has ended.
type trial struct{ *Live }

func (t trial) Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error) {
	events, err := t.Live.Do(ctx, r)
	return events, ended(err)
}

func ended(err error) error {
	if errors.Is(err, store.ErrClosed) {
		return &meeting.Refusal{Code: meeting.NoRehearsal}
	}
	return err
}
