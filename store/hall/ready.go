package hall

import (
	"context"
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// A voter may make the ballot on their own machine. The hall gives them their
// credential, and takes what they made ([meeting.Ready]).

// Credential returns a voter's own private credential while the box is open.
// Whoever has it and their join code can vote for them.
func (h *Hall) Credential(who meeting.MemberID) (string, error) {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActVote); no != nil {
		return "", no
	}
	if no := h.Foreign(); no != nil {
		return "", no
	}
	box, _ := s.Vote().BoxOf(who)
	return h.credential(box.Election.UUID(), who)
}

// CastReady puts a ballot that its voter made into the box, once under an id
// ([Hall.ActOnce]). It is checked like every other: a *[meeting.Refusal] says
// what is wrong with it.
func (h *Hall) CastReady(ctx context.Context, id meeting.RequestID, who meeting.MemberID, r meeting.Ready) (meeting.Receipt, error) {
	s := h.State()
	if no := meeting.May(s, who, meeting.ActVote); no != nil {
		return meeting.Receipt{}, no
	}
	done, no := h.voters.casts(who, h.Now())
	if no != nil {
		return meeting.Receipt{}, no
	}
	defer done()
	private, err := h.Credential(who)
	if err != nil {
		return meeting.Receipt{}, err
	}
	box, _ := s.Vote().BoxOf(who)
	public, err := ballot.PublicCredential(s.Group(), box.Election.UUID(), private)
	if err != nil {
		return meeting.Receipt{}, fmt.Errorf("hall: cast: %w", err)
	}
	cast, err := s.Take(who, public, r, h.rand)
	if err != nil {
		return meeting.Receipt{}, err
	}
	return h.hand(ctx, id, who, cast)
}
