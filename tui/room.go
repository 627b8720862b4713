package tui

import (
	"context"
	"time"

	"pingyi/meeting"
)

// Room is what the screens need of a branch's meeting. Every method may be
// called from any goroutine; those with a context return when it ends.
type Room interface {
	// State returns the newest durable state. It is never changed.
	State() *meeting.State
	// Watch returns a channel of capacity 1 that gets a token when the
	// state has moved. The watcher then pulls State.
	Watch() (moved <-chan struct{}, stop func())
	// Stale returns since when and why State may be behind what is stored,
	// nothing is recorded, or the disk is nearly full; why is nil if all is
	// well. Watchers get a token when that changes.
	Stale() (since time.Time, why error)
	// Now returns the time of the room's clock.
	Now() time.Time
	// Ahead returns by how much the machine's clock is ahead of Now, because
	// it was set during the meeting or stood wrong before; 0 if it is not.
	Ahead() time.Duration
	// Act submits c for who and returns what was recorded. The error is a
	// *meeting.Refusal or says that the record could not be written.
	Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error)
	// ActOnce is Act for a command that may be submitted again under the
	// same id after a line broke: it is done once. An id is good for one
	// person; "" is none.
	ActOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error)

	// Code makes a scrutineer's key and returns its recovery code: 12 汉字, shown once.
	Code(who meeting.MemberID) (string, error)
	// Seal seals the box with the key whose code was typed again.
	Seal(ctx context.Context, who meeting.MemberID, code string) error
	// Holds reports whether a scrutineer's key is in memory; if not, Unseal needs the code.
	Holds(who meeting.MemberID) bool
	// Open opens the box; a gate that is shut needs the reason.
	Open(ctx context.Context, who meeting.MemberID, reason string) error
	// Prepare works ahead on a member's ballot: it encrypts the subjects that c names; with whole every row, because
	// nothing is left to choose. Nobody sees anything of it.
	Prepare(who meeting.MemberID, c meeting.Choices, whole bool)
	// Cast encrypts a member's choices and comments into the box and returns the receipt.
	Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error)
	// Unseal opens the closed box with a scrutineer's key; code may be "" if Holds.
	Unseal(ctx context.Context, who meeting.MemberID, code string) error

	Rehearsal
}

// wallRoom is the room of a projector. Whoever asks it, it knows no more of the
// meeting than the wall may show.
type wallRoom struct{ Room }

func (r wallRoom) State() *meeting.State { return r.Room.State().Wall() }
