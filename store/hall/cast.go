package hall

import (
	"context"
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/erase"
)

// Cast encrypts a member's choices and puts them into the box. No choice is
// kept, logged or part of an error.
func (h *Hall) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	return h.CastOnce(ctx, "", who, c)
}

// CastOnce is Cast for a ballot that may be handed in again ([Hall.ActOnce]).
// It is cast once; the second time returns the first receipt. Who casts without
// end is refused for a while.
func (h *Hall) CastOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (receipt meeting.Receipt, err error) {
	h.Sweep()
	erase.After(func() { receipt, err = h.castOnce(ctx, id, who, c) })
	return receipt, err
}

func (h *Hall) castOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	s := h.State()
	rows, no := s.Rows(who, c)
	if no != nil {
		return meeting.Receipt{}, no
	}
	done, no := h.voters.casts(who, h.Now())
	if no != nil {
		return meeting.Receipt{}, no
	}
	defer done()
	cast, err := h.finish(s, who, rows, c)
	if err != nil {
		if no := h.Foreign(); no != nil {
			return meeting.Receipt{}, no
		}
		return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
	}
	return h.hand(ctx, id, who, cast)
}

// finish makes a voter's ballot with its comments, in turn.
func (h *Hall) finish(s *meeting.State, who meeting.MemberID, rows []int, c meeting.Choices) (cast meeting.Cast, err error) {
	h.workers.take()
	defer h.workers.give()
	box, _ := s.Vote().BoxOf(who)
	if cast.Ballot, err = h.ballot(box.Election, who, rows); err == nil && s.Rules.Vote.Comments {
		cast.Comments, err = s.Vote().SealComments(box.Election, c.Written(), h.rand)
	}
	return cast, err
}

// hand puts a sealed ballot into the box.
func (h *Hall) hand(ctx context.Context, id meeting.RequestID, who meeting.MemberID, cast meeting.Cast) (meeting.Receipt, error) {
	before := h.State()
	events, err := h.ActOnce(ctx, id, who, cast)
	if err != nil {
		return meeting.Receipt{}, err
	}
	f, ok := events[0].Fact.(meeting.BallotCast)
	if !ok {
		return meeting.Receipt{}, ErrIDUsed
	}
	if before.CastEarlier(who, f.Receipt) {
		return meeting.Receipt{}, ErrEarlierVote
	}
	return meeting.Receipt{Code: f.Receipt, Times: f.Times}, nil
}
