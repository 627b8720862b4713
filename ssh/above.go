package ssh

import (
	"context"
	"sync/atomic"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/org"
	"pingyi/tui"
)

// aboveRoom is the room of the screens of somebody of the organisation: that of
// the branch which they have opened, or of none. It is a [tui.Above]: it knows all
// branches.
type aboveRoom struct {
	server *Server
	ctx    *session // whose screens they are
	id     meeting.MemberID
	open   atomic.Pointer[superiorRoom] // nil: no branch
}

// screens returns what the screens of somebody need, however they are shown: their
// branch's room, or that of somebody of the organisation.
func (s *Server) screens(one *session, env []string) *tui.Config {
	c := &tui.Config{
		Who: one.who.id, Drafts: s.draftsOf(one.who.stands()), Env: env, Device: one.who.device, Gallery: &s.gallery, Turns: s.redraws,
		JoinHint: s.joinHint(), WebLink: s.webLink, Fingerprints: s.Fingerprints(),
		Admit: s.admits(one), Stays: s.stays(one),
	}
	if one.who.above == nil {
		c.Room = one.room()
		c.WallHint, c.Online = s.wallHint(one.at.branch), s.Online(one.at.branch)
		c.NoVerbs, c.Uncopied = s.config.NoVerbs != nil && s.config.NoVerbs(), s.config.Uncopied
		c.OtherAddresses = s.found().others
		if s.config.Organisation != nil {
			c.Room = datedRoom{one.room(), s.config.Organisation}
		}
		c.Dates = func() tui.Dates { return s.dates(one.room().Own()) }
		return c
	}
	room := &aboveRoom{server: s, ctx: one, id: one.who.id}
	c.Room, c.Who, c.Above = room, meeting.SuperiorID(room.id), room
	return c
}

// who is the person as the organisation knows them now.
func (r *aboveRoom) who() meeting.Superior {
	p, _ := r.server.superiorOf(r.id)
	return p
}

// rooms are those of all branches; none while they can't be read, which the next
// look mends.
func (r *aboveRoom) rooms() []Room {
	rooms, err := r.server.config.Halls(r.ctx)
	if err != nil {
		r.server.log.Error("branches can't be read", "err", err)
	}
	return rooms
}

// Branches returns the newest states of all branches.
func (r *aboveRoom) Branches() []*meeting.State {
	var list []*meeting.State
	for _, room := range r.rooms() {
		list = append(list, room.Own())
	}
	return list
}

// Dates returns those that the organisation has set for a branch.
func (r *aboveRoom) Dates(of *meeting.State) tui.Dates { return r.server.dates(of) }

// People are those of the organisation.
func (r *aboveRoom) People() []meeting.Superior {
	var list []meeting.Superior
	for _, p := range r.server.config.Organisation.State().People {
		list = append(list, meeting.Superior(p))
	}
	return list
}

// Enter opens a branch; an unknown one leaves the one that is open.
func (r *aboveRoom) Enter(id string) {
	r.open.Store(nil)
	for _, room := range r.rooms() {
		if id != "" && room.Own().Branch.ID == id {
			r.open.Store(&superiorRoom{heldRoom{room, r.ctx}, r.who()})
		}
	}
}

// State returns that of the open branch, or one of no branch, in which they are
// known.
func (r *aboveRoom) State() *meeting.State {
	if open := r.open.Load(); open != nil {
		return open.State()
	}
	s := meeting.NewState()
	s.Branch = meeting.Branch{ID: org.ID, Name: r.server.config.Organisation.State().Name}
	for _, d := range r.server.config.Organisation.State().DevicesOf(r.id) {
		d.Who = meeting.SuperiorID(d.Who)
		s.Devices = append(s.Devices, d)
	}
	who := r.who()
	return s.Knowing(&who)
}

// Watch tells when any branch, or the organisation, has moved.
func (r *aboveRoom) Watch() (moved <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	stops := []func(){r.server.config.Organisation.Notify(c)}
	for _, room := range r.rooms() {
		stops = append(stops, room.NotifyOwn(c))
	}
	return c, func() {
		for _, stop := range stops {
			stop()
		}
	}
}

// Stale is that of the open branch.
func (r *aboveRoom) Stale() (since time.Time, why error) {
	if open := r.open.Load(); open != nil {
		return open.Stale()
	}
	return time.Time{}, nil
}

// Ahead is that of the open branch.
func (r *aboveRoom) Ahead() time.Duration {
	if open := r.open.Load(); open != nil {
		return open.Ahead()
	}
	return 0
}

// Now is the open branch's clock; without one it is that of any.
func (r *aboveRoom) Now() time.Time {
	if open := r.open.Load(); open != nil {
		return open.Now()
	}
	if rooms := r.rooms(); len(rooms) > 0 {
		return rooms[0].Now()
	}
	return time.Now()
}

// Act submits c in the open branch.
func (r *aboveRoom) Act(ctx context.Context, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	return r.ActOnce(ctx, "", who, c)
}

// ActOnce is Act, once under an id. Who has left the organisation does nothing any
// more. What is about devices goes to the organisation.
func (r *aboveRoom) ActOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Command) ([]meeting.Event, error) {
	switch c := c.(type) {
	case meeting.RememberKey:
		return nil, r.ctx.asksAbove(ctx, org.RememberKey(c))
	case meeting.ForgetKey:
		return nil, r.ctx.asksAbove(ctx, org.ForgetKey(c))
	}
	open := r.open.Load()
	if _, there := r.server.superiorOf(r.id); !there || open == nil {
		return nil, &meeting.Refusal{Code: meeting.NotOnRoster}
	}
	return open.ActOnce(ctx, id, who, c)
}

// The organisation has nothing to do with the ballot box.

func outside() error { return &meeting.Refusal{Code: meeting.OutsideMeeting} }

// Code is refused.
func (r *aboveRoom) Code(meeting.MemberID) (string, error) { return "", outside() }

// Seal is refused.
func (r *aboveRoom) Seal(context.Context, meeting.MemberID, string) error { return outside() }

// Holds is false.
func (r *aboveRoom) Holds(meeting.MemberID) bool { return false }

// Open is refused.
func (r *aboveRoom) Open(context.Context, meeting.MemberID, string) error { return outside() }

// Prepare does nothing.
func (r *aboveRoom) Prepare(meeting.MemberID, meeting.Choices, bool) {}

// Cast is refused.
func (r *aboveRoom) Cast(context.Context, meeting.MemberID, meeting.Choices) (meeting.Receipt, error) {
	return meeting.Receipt{}, outside()
}

// Unseal is refused.
func (r *aboveRoom) Unseal(context.Context, meeting.MemberID, string) error { return outside() }

// Rehearse is refused.
func (r *aboveRoom) Rehearse(context.Context, meeting.MemberID, bool) error { return outside() }

// Rehearsing is false: the branch itself is shown.
func (r *aboveRoom) Rehearsing() bool { return false }

// Peek is refused.
func (r *aboveRoom) Peek(context.Context, meeting.MemberID) (meeting.Peek, error) {
	return meeting.Peek{}, outside()
}
