package folder

import (
	"context"
	"errors"
	"sync/atomic"

	"pingyi/meeting"
	"pingyi/store/hall"
)

// Figures are numbers of what happens in the branches since the folder was opened.
// They tell how much there is to do, and nothing of who did what.
type Figures struct {
	Open    int    // years of branches that are folded here
	Done    uint64 // requests that were recorded, or had been before
	Refused uint64 // by a rule
	Failed  uint64 // not recorded for another reason, or nobody knows
}

// Figures returns the numbers of this moment.
func (f *Folder) Figures() Figures {
	f.mu.Lock()
	defer f.mu.Unlock()
	return Figures{len(f.halls), f.requests.done.Load(), f.requests.refused.Load(), f.requests.failed.Load()}
}

// requests counts those of all branches by their outcome.
type requests struct{ done, refused, failed atomic.Uint64 }

// counted is a room whose requests are counted.
type counted struct {
	*hall.Live
	requests *requests
}

// Do is that of a room.
func (c counted) Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error) {
	events, err := c.Live.Do(ctx, r)
	var no *meeting.Refusal
	switch {
	case err == nil:
		c.requests.done.Add(1)
	case errors.As(err, &no):
		c.requests.refused.Add(1)
	default:
		c.requests.failed.Add(1)
	}
	return events, err
}
