package hall

import (
	"context"
	"encoding/hex"
	"errors"

	"pingyi/meeting"
)

// Anchor keeps the chain's head at a closing outside the log.
type Anchor interface {
	// Keep keeps a head in the place of an earlier one, durably.
	Keep(meeting.Head) error
	// Kept returns the head that was kept last; ok is false if there is none.
	Kept() (h meeting.Head, ok bool, err error)
}

// AnchorAt sets where heads are kept. It is called before the hall is used.
func (h *Hall) AnchorAt(a Anchor) { h.anchor = a }

// AnchorShared is AnchorAt where several servers write one log, each with an
// anchor of its own: the box may be closed on one and opened on another. What a
// server has kept must be in the log, as well as what was noted there; a head that
// another server noted is kept as soon as it is seen ([Hall.Follow]).
func (h *Hall) AnchorShared(a Anchor) { h.anchor, h.shared = a, true }

// noteHead keeps the chain's head after the closing, outside the log first, and
// notes it in the log, so that every screen shows it. It is done once: a head
// that was kept for the same vote must still be in the log.
func (h *Hall) noteHead(ctx context.Context) error {
	v := h.State().Vote()
	if v == nil || v.State != meeting.BoxClosed || v.Head != (meeting.Head{}) {
		return nil
	}
	seq, hash := h.Head()
	head := meeting.Head{Vote: v.No, Seq: int(seq), Hash: hex.EncodeToString(hash[:])} //nolint:gosec // no log has that many records
	if h.anchor != nil {
		kept, ok, err := h.anchor.Kept()
		switch {
		case err != nil:
			return err
		case ok && kept.Vote == v.No:
			if err := h.inLog(ctx, kept); err != nil {
				return err
			}
			head = kept
		default:
			if err := h.anchor.Keep(head); err != nil {
				return err
			}
		}
	}
	return h.act(ctx, meeting.Keeper, meeting.NoteHead{Head: head})
}

// anchored refuses to open a box if the log does not have the head that was
// noted and kept when it was closed.
func (h *Hall) anchored(ctx context.Context) error {
	var no *meeting.Refusal
	if err := h.noteHead(ctx); err != nil && !(h.shared && errors.As(err, &no) && no.Code == meeting.HeadNoted) {
		return err
	}
	noted := h.State().Vote().Head
	switch {
	case h.shared:
		if err := h.keepHead(ctx); err != nil {
			return err
		}
	case h.anchor != nil:
		kept, ok, err := h.anchor.Kept()
		switch {
		case err != nil:
			return err
		case !ok:
			return noted.Missing()
		case kept != noted:
			return kept.Differs(noted)
		}
	}
	return h.inLog(ctx, noted)
}

// inLog refuses a head that the log does not have.
func (h *Hall) inLog(ctx context.Context, head meeting.Head) error {
	hash, err := h.HashAt(ctx, uint64(max(0, head.Seq))) //nolint:gosec // not negative
	if err != nil {
		return err
	}
	if now := (meeting.Head{Vote: head.Vote, Seq: head.Seq, Hash: hex.EncodeToString(hash[:])}); now != head {
		return head.Differs(now)
	}
	return nil
}
