package tui

import (
	"context"

	"pingyi/meeting"
)

// Rehearsal is how a [Room] holds a rehearsal (预演) before the meeting. While
// one is on, everything else that the room answers and does is the rehearsal's:
// its State says so ([meeting.State.Rehearsal]), Cast fills its box, and
// [meeting.CloseBox] closes that box, counts it and announces the result in one
// step. [meeting.Next] begins the meeting, which ends the rehearsal. Watchers
// get a token when one begins and when it ends.
type Rehearsal interface {
	// Rehearse begins a rehearsal (on) or ends it; who may is
	// [meeting.May] with ActRehearse. Nothing of an ended one is left.
	Rehearse(ctx context.Context, who meeting.MemberID, on bool) error
	// Rehearsing reports whether one is on.
	Rehearsing() bool
	// Peek returns all that is kept of who's trial ballots; who may is
	// [meeting.May] with ActPeek.
	Peek(ctx context.Context, who meeting.MemberID) (meeting.Peek, error)
}
