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
	was := h.now
	h.now = func() time.Time { return was().Add(by) }
}

// Rests waits until nothing is worked ahead any more.
func (h *Hall) Rests() { h.work.Wait() }

// UnsealUnexamined is [Hall.Unseal] without looking whether the ballots are
// those that were cast: what an attack would have got.
func (h *Hall) UnsealUnexamined(ctx context.Context, who meeting.MemberID, code string) error {
	return h.unsealWith(ctx, h.State().Vote(), who, code)
}
