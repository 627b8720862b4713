package ssh

import (
	"context"

	"pingyi/meeting"
	"pingyi/tui"
)

// Room is what the server needs of a branch's meeting: what screens need, and
// what members do
// on their own machine: keep a scrutineer's key (`pingyi trustee`), encrypt a
// ballot (`pingyi vote`).
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
}
