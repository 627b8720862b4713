package hall

import (
	"context"

	"pingyi/meeting"
)

// UnsealUnexamined is [Hall.Unseal] without looking whether the ballots are
// those that were cast: what an attack would have got.
func (h *Hall) UnsealUnexamined(ctx context.Context, who meeting.MemberID, code string) error {
	return h.unsealWith(ctx, h.State().Vote(), who, code)
}
