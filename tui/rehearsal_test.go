package tui

import (
	"context"

	"pingyi/meeting"
)

// The rehearsal of a testRoom: none.

func (r *testRoom) Rehearse(context.Context, meeting.MemberID, bool) error {
	return &meeting.Refusal{Code: meeting.NoRehearsal}
}

func (r *testRoom) Rehearsing() bool { return r.s.Rehearsal }

func (r *testRoom) Peek(_ context.Context, who meeting.MemberID) (meeting.Peek, error) {
	p, no := r.s.Peek(who)
	if no != nil {
		return p, no
	}
	return p, nil
}
