package ssh

import (
	"context"
	"strconv"
	"time"

	"pingyi/meeting"
	"pingyi/store/hall"
	"pingyi/tui"
)

// A session stands on a join code, or on a device that is remembered. When that no
// longer counts, because it was replaced, revoked or forgotten, or its owner left,
// or the archive was closed, the session ends at once and says why; and before
// everything that is done in it the code or device is looked at again.

// ended says why the code or device that let p in no longer counts; nil while it
// does. Who came in at the server's own machine has neither.
func (p person) ended() *meeting.Refusal {
	switch {
	case p.byDevice && p.above != nil:
		return p.above.State().DeviceEnded(p.owner, p.device)
	case p.byDevice:
		return p.room.Own().DeviceEnded(p.owner, p.device)
	case p.hash == "":
		return nil
	case p.above == nil:
		return p.room.Own().CodeEnded(p.owner, p.hash)
	}
	return p.above.State().CodeEnded(p.owner, p.hash)
}

// stands names what p's code depends on: the year of a branch, or the organisation.
func (p person) stands() string {
	if p.above != nil {
		return p.branch()
	}
	own := p.room.Own()
	return own.Branch.ID + "@" + strconv.Itoa(own.Rules.Year)
}

// notify sends a value to moved when what p's code depends on has moved.
func (p person) notify(moved chan<- struct{}) (stop func()) {
	if p.above != nil {
		return p.above.Notify(moved)
	}
	return p.room.NotifyOwn(moved)
}

// bilingual is a refusal before a session, or of one: English stands first,
// because where a client's locale is not UTF-8 OpenSSH shows the rest as escape
// codes.
func bilingual(no *meeting.Refusal) (english, chinese string) {
	return tui.English().Say(no), tui.Chinese().Say(no)
}

// checked asks the session to leave if its code no longer counts, and hangs up on a
// client that does not go.
func (s *session) checked() {
	if no := s.who.ended(); no != nil {
		s.dismissed.Do(func() {
			s.leave(tui.Chinese().Say(no))
			time.AfterFunc(closingTime, func() { _ = s.link.Close() }) // it may be closed already
		})
	}
}

// as is the person in whose name a session acts as who: its own, or the one whom
// a booth has admitted.
func (s *session) as(who meeting.MemberID) person {
	if visitor := s.visitor.Load(); visitor != nil && visitor.id == who {
		return *visitor
	}
	return s.who
}

// stays says why who may no longer act in the session; nil while they may.
func (s *session) stays(who meeting.MemberID) error {
	for _, p := range []person{s.who, s.as(who)} {
		if no := p.ended(); no != nil {
			return no
		}
	}
	return nil
}

// heldRoom is a branch's room as a session has it: whatever is done in it passes
// here, and nothing passes once the session's code no longer counts. What changes
// the log is decided on that code once more, together with the act
// ([hall.OnCode]).
type heldRoom struct {
	Room
	session *session
}

// room is the branch's room as the session has it; nil for somebody of the
// organisation.
func (s *session) room() Room {
	if s.who.room == nil {
		return nil
	}
	return heldRoom{s.who.room, s}
}

// pass returns the context in which who acts.
func (r heldRoom) pass(ctx context.Context, who meeting.MemberID) (context.Context, error) {
	if err := r.session.stays(who); err != nil {
		return nil, err
	}
	switch p := r.session.as(who); {
	case p.above != nil: // its log is another one
	case p.byDevice:
		ctx = hall.OnDevice(ctx, p.owner, p.device)
	case p.hash != "":
		ctx = hall.OnCode(ctx, p.owner, p.hash)
	}
	return ctx, nil
}

// Act is that of the room.
func (r heldRoom) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return r.ActOnce(ctx, "", who, c)
}

// ActOnce is that of the room.
func (r heldRoom) ActOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return nil, err
	}
	return r.Room.ActOnce(ctx, id, who, c)
}

// ActAbove is that of the room.
func (r heldRoom) ActAbove(ctx context.Context, id meeting.RequestID, who meeting.Superior, c meeting.Command) ([]meeting.Event, error) {
	ctx, err := r.pass(ctx, who.ID)
	if err != nil {
		return nil, err
	}
	return r.Room.ActAbove(ctx, id, who, c)
}

// Code is that of the room.
func (r heldRoom) Code(who meeting.MemberID) (string, error) {
	if err := r.session.stays(who); err != nil {
		return "", err
	}
	return r.Room.Code(who)
}

// Seal is that of the room.
func (r heldRoom) Seal(ctx context.Context, who meeting.MemberID, code string) error {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return err
	}
	return r.Room.Seal(ctx, who, code)
}

// SealOwn is that of the room.
func (r heldRoom) SealOwn(ctx context.Context, who meeting.MemberID, record []byte) error {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return err
	}
	return r.Room.SealOwn(ctx, who, record)
}

// Open is that of the room.
func (r heldRoom) Open(ctx context.Context, who meeting.MemberID, reason string) error {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return err
	}
	return r.Room.Open(ctx, who, reason)
}

// Cast is that of the room.
func (r heldRoom) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	return r.CastOnce(ctx, "", who, c)
}

// CastOnce is that of the room.
func (r heldRoom) CastOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return meeting.Receipt{}, err
	}
	return r.Room.CastOnce(ctx, id, who, c)
}

// CastReady is that of the room.
func (r heldRoom) CastReady(ctx context.Context, id meeting.RequestID, who meeting.MemberID, b meeting.Ready) (meeting.Receipt, error) {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return meeting.Receipt{}, err
	}
	return r.Room.CastReady(ctx, id, who, b)
}

// Credential is that of the room.
func (r heldRoom) Credential(who meeting.MemberID) (string, error) {
	if err := r.session.stays(who); err != nil {
		return "", err
	}
	return r.Room.Credential(who)
}

// Unseal is that of the room.
func (r heldRoom) Unseal(ctx context.Context, who meeting.MemberID, code string) error {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return err
	}
	return r.Room.Unseal(ctx, who, code)
}

// UnsealOwn is that of the room.
func (r heldRoom) UnsealOwn(ctx context.Context, who meeting.MemberID, records ...[]byte) error {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return err
	}
	return r.Room.UnsealOwn(ctx, who, records...)
}

// Rehearse is that of the room.
func (r heldRoom) Rehearse(ctx context.Context, who meeting.MemberID, on bool) error {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return err
	}
	return r.Room.Rehearse(ctx, who, on)
}

// Peek is that of the room.
func (r heldRoom) Peek(ctx context.Context, who meeting.MemberID) (meeting.Peek, error) {
	ctx, err := r.pass(ctx, who)
	if err != nil {
		return meeting.Peek{}, err
	}
	return r.Room.Peek(ctx, who)
}
