package hall

import (
	"context"
	"io"
	"time"

	"pingyi/meeting"
)

// DrawsFrom replaces the hall's source of randomness.
func (h *Hall) DrawsFrom(rand io.Reader) { h.rand = rand }

// Passes lets time pass on the hall's clock.
func (h *Hall) Passes(by time.Duration) {
	was := h.clock.now
	h.clock.now = func() time.Time { return was().Add(by) }
}

// Jumps sets the machine's clock, forward or back: no time passes.
func (h *Hall) Jumps(by time.Duration) {
	now, ran := h.clock.now, h.clock.ran
	h.clock.now = func() time.Time { return now().Round(0).Add(by) }
	h.clock.ran = func(now time.Time) time.Duration { return ran(now.Add(-by)) }
}

// Rests waits until nothing is worked ahead any more.
func (h *Hall) Rests() { h.work.Wait() }

// UnsealUnexamined is [Hall.Unseal] without looking whether the ballots are
// those that were cast: what an attack would have got.
func (h *Hall) UnsealUnexamined(ctx context.Context, who meeting.MemberID, code string) error {
	return h.unsealWith(ctx, h.State().Vote(), who, code)
}
