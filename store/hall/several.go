package hall

import (
	"context"

	"pingyi/meeting"
	"pingyi/meeting/erase"
)

// Several servers may write one log. Each has a hall: a scrutineer's key is in the
// memory of the one on which they sealed, and opens there without a code. What the
// others record may ask something of this one.

// Follow does that until ctx ends: it keeps the heads of closings, gives the
// records for the joint key that belong to keys held here, and wipes what is of no
// use any more.
func (h *Hall) Follow(ctx context.Context) {
	moved, leave := h.Watch()
	defer leave()
	last := standsAt(h.State())
	for kept := (meeting.Head{}); ; {
		if v := h.State().Vote(); v != nil && v.Head != kept {
			if err := h.keepHead(ctx); err == nil { // else opening the box tells what is wrong
				kept = v.Head
			}
		}
		if now := standsAt(h.State()); now != last {
			h.forgetAt(now, last)
			last = now
		}
		if h.owes() {
			erase.After(func() { _ = h.joinKeys(ctx) }) // another server may have been first; the console sees what is missing
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return
		}
	}
}

// point is where a meeting and its vote stand, as far as secrets are of use there.
type point struct {
	phase meeting.Phase
	vote  int
	box   meeting.BoxState
	never bool // the box is closed and will not be opened
}

func standsAt(s *meeting.State) point {
	p := point{phase: s.Phase}
	if v := s.Vote(); v != nil {
		p.vote, p.box, p.never = v.No, v.State, v.State == meeting.BoxClosed && s.NeverOpened()
	}
	return p
}

// forgetAt is [Hall.forget] where another server has recorded what ends the use.
func (h *Hall) forgetAt(now, last point) {
	over := now.box == meeting.BoxCounted || now.box == meeting.BoxVoid || now.phase == meeting.After && last.phase != meeting.After
	if over || now.never {
		h.keys.wipe()
	}
	if over || now.box == meeting.BoxClosed {
		h.sheets.wipe()
		h.Sweep()
	}
}

// owes reports whether somebody whose key is held here owes a record for the joint
// key.
func (h *Hall) owes() bool {
	s := h.State()
	if s.Threshold() == 0 {
		return false
	}
	for _, id := range s.Vote().Scrutineers {
		if s.Vote().Owes(id) && !s.Vote().Own[id] && h.keys.holds(id) {
			return true
		}
	}
	return false
}

// keepHead keeps the head that was noted at the newest closing, on another server it
// may be, unless one of that vote is kept. What is kept must be in the log.
func (h *Hall) keepHead(ctx context.Context) error {
	v := h.State().Vote()
	if h.anchor == nil || v == nil || v.Head == (meeting.Head{}) {
		return nil
	}
	kept, ok, err := h.anchor.Kept()
	if err != nil {
		return err
	}
	if ok && kept.Vote >= v.Head.Vote {
		return h.inLog(ctx, kept)
	}
	if err := h.inLog(ctx, v.Head); err != nil {
		return err
	}
	return h.anchor.Keep(v.Head)
}
