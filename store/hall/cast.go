package hall

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"slices"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Cast encrypts a member's choices and puts them into the box. No choice is
// kept, logged or part of an error.
func (h *Hall) Cast(ctx context.Context, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	return h.CastOnce(ctx, "", who, c)
}

// CastOnce is Cast for a ballot that may be handed in again ([Hall.ActOnce]).
// It is cast once; the second time returns the first receipt.
func (h *Hall) CastOnce(ctx context.Context, id meeting.RequestID, who meeting.MemberID, c meeting.Choices) (meeting.Receipt, error) {
	s := h.State()
	rows, no := s.Rows(who, c)
	if no != nil {
		return meeting.Receipt{}, no
	}
	box, _ := s.Vote().BoxOf(who)
	b, err := h.ballot(box.Election, who, rows)
	if err != nil {
		return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
	}
	cast := meeting.Cast{Ballot: b}
	if s.Rules.Vote.Comments {
		if cast.Comments, err = h.comments(s.Vote(), box.Election, c.Written()); err != nil {
			return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
		}
	}
	events, err := h.ActOnce(ctx, id, who, cast)
	if err != nil {
		return meeting.Receipt{}, err
	}
	f, ok := events[0].Fact.(meeting.BallotCast)
	if !ok {
		return meeting.Receipt{}, ErrIDUsed
	}
	return meeting.Receipt{Code: f.Receipt, Times: f.Times}, nil
}

// comments encrypts what a voter wrote and adds empty comments on random
// subjects, so that their number, and the work, is always the same. Their order
// is random.
func (h *Hall) comments(v *meeting.Vote, e *ballot.Election, texts map[meeting.MemberID]string) ([]*ballot.Comment, error) {
	var list []*ballot.Comment
	ids := slices.Collect(maps.Keys(texts))
	for n := range meeting.MaxComments {
		question, err := h.dice(len(v.Subjects))
		if err != nil {
			return nil, err
		}
		text := ""
		if n < len(ids) {
			question, text = slices.Index(v.Subjects, ids[n]), texts[ids[n]]
		}
		r, err := e.SealComment(question, text, h.rand)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	for i := len(list) - 1; i > 0; i-- {
		j, err := h.dice(i + 1)
		if err != nil {
			return nil, err
		}
		list[i], list[j] = list[j], list[i]
	}
	return list, nil
}

// dice returns a random number from 0 to n-1; n is small.
func (h *Hall) dice(n int) (int, error) {
	var b [8]byte
	if _, err := io.ReadFull(h.rand, b[:]); err != nil {
		return 0, err
	}
	return int(binary.BigEndian.Uint64(b[:]) % uint64(n)), nil //nolint:gosec // below n
}
