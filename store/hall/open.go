package hall

import (
	"context"
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// Open opens the box: the questions, the voters, the scrutineers and the rules
// of this moment are frozen. 群众代表 who vote get a box of their own. A gate that
// is shut needs the reason ([meeting.State.Readiness]).
func (h *Hall) Open(ctx context.Context, who meeting.MemberID, reason string) error {
	s := h.State()
	if no := s.MayOpenWith(who, reason); no != nil {
		return no
	}
	open := meeting.OpenBoxes{Reason: reason, Elections: map[meeting.Channel]*ballot.Election{}}
	for _, channel := range meeting.Channels() {
		voters := s.Electorate(channel)
		if len(voters) == 0 {
			continue
		}
		election, err := h.election(s, voters, channelTitle(channel))
		if err != nil {
			return fmt.Errorf("hall: open the box: %w", err)
		}
		open.Elections[channel] = election
	}
	if err := h.act(ctx, who, open); err != nil {
		return err
	}
	h.begin(h.prepareAll)
	return nil
}

// channelTitle returns the name of a box in its election's description; "" for
// the members'.
func channelTitle(c meeting.Channel) string {
	if c == meeting.MassBox {
		return "群众代表"
	}
	return ""
}

func (h *Hall) election(s *meeting.State, voters []meeting.MemberID, channel string) (*ballot.Election, error) {
	uuid, err := ballot.NewUUID(h.rand)
	if err != nil {
		return nil, err
	}
	var credentials []string
	for _, id := range voters {
		private, err := h.credential(uuid, id)
		if err != nil {
			return nil, err
		}
		public, err := ballot.PublicCredential(h.State().Group(), uuid, private)
		if err != nil {
			return nil, err
		}
		credentials = append(credentials, public)
	}
	own := h.serverKey(uuid)
	defer own.Wipe()
	public, err := own.Public(h.rand)
	if err != nil {
		return nil, err
	}
	v := s.Vote()
	return ballot.NewElection(ballot.Setup{
		UUID:        uuid,
		Name:        s.Branch.Name + " " + s.Rules.Title,
		Description: s.Branch.Org + " " + v.Title() + channel,
		Group:       s.Group(),
		Questions:   s.Questions(),
		Trustees:    append(v.Trustees(), public),
		Credentials: credentials,
	})
}
