package ssh

import (
	"context"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/tui"
)

// Room is what the server needs of a branch's meeting: what screens need, and
// what members do
// on their own machine: keep a scrutineer's key (`pingyi trustee`), encrypt a
// ballot (`pingyi vote`); and what the organisation above sees and does.
type Room interface {
	tui.Room
	// CastOnce is Cast for a ballot that may be handed in again under the same id.
	CastOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error)
	// Credential returns a voter's own private credential while the box is open.
	Credential(who meeting.MemberID) (string, error)
	// CastReady puts a ballot that its voter made into the box, once under an id.
	CastReady(ctx context.Context, id meeting.RequestID, who meeting.MemberID, r meeting.Ready) (meeting.Receipt, error)
	// SealOwn seals the box with a key whose public part is record.
	SealOwn(ctx context.Context, who meeting.MemberID, record []byte) error
	// UnsealOwn opens the box with partial decryptions that were made elsewhere:
	// of the members' sums, then of 群众's where there are any.
	UnsealOwn(ctx context.Context, who meeting.MemberID, records ...[]byte) error
	// Sweep has what secrets left in the memory overwritten soon.
	Sweep()

	// Own returns the branch itself, whatever is rehearsed in it.
	Own() *meeting.State
	// Notify sends a value to moved when State has moved, if there is room.
	Notify(moved chan<- struct{}) (stop func())
	// NotifyOwn sends a value to moved when it has moved, if there is room.
	NotifyOwn(moved chan<- struct{}) (stop func())
	// ActAbove submits c for somebody of the organisation above, in the branch
	// itself, once under an id.
	ActAbove(ctx context.Context, id meeting.RequestID, who meeting.Superior, c meeting.Command) ([]meeting.Event, error)
}

// datedRoom is a branch's room for its screens, which show the organisation's dates
// too: they look again when either has moved.
type datedRoom struct {
	Room
	org Organisation
}

// Watch tells when the branch, or the organisation, has moved.
func (r datedRoom) Watch() (moved <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	branch, above := r.Notify(c), r.org.Notify(c)
	return c, func() { branch(); above() }
}

// Organisation is what the server needs of the organisation above the branches.
type Organisation interface {
	// State returns the newest durable state. It is never changed.
	State() *org.State
	// Notify sends a value to moved when the state has moved, if there is room.
	Notify(moved chan<- struct{}) (stop func())
	// Do asks for a command of somebody of the organisation.
	Do(ctx context.Context, r org.Request) ([]org.Event, error)
}
