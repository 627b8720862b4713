package hall

import (
	"context"

	"pingyi/meeting"
)

// standing is the join code or the device on which what somebody does stands.
type standing struct {
	owner  meeting.MemberID
	hash   string // of the code
	device string // its public key
}

// standingKey is the key of a [standing] among a context's values.
type standingKey struct{}

// OnCode returns a context for what owner does in a session that stands on their
// join code, of which hash is stored. Nothing is recorded for them in it once
// the code no longer counts: the room decides that together with the request.
func OnCode(ctx context.Context, owner meeting.MemberID, hash string) context.Context {
	return context.WithValue(ctx, standingKey{}, standing{owner: owner, hash: hash})
}

// OnDevice is [OnCode] for a session that stands on a device of owner that is
// remembered, by its public key.
func OnDevice(ctx context.Context, owner meeting.MemberID, key string) context.Context {
	return context.WithValue(ctx, standingKey{}, standing{owner: owner, device: key})
}

// Do is that of the room, on the code or device that ctx carries for who asks
// ([OnCode]).
func (h *Hall) Do(ctx context.Context, r meeting.Request) ([]meeting.Event, error) {
	if on, ok := ctx.Value(standingKey{}).(standing); ok && on.owner == r.By {
		r.Code, r.Device = on.hash, on.device
	}
	return h.Room.Do(ctx, r)
}
