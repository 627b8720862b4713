package ssh

import (
	"bytes"
	"errors"
	"fmt"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/store/hall"
)

// A voter may make the ballot on their own machine (`pingyi vote`, or
// belenios-tool). The words here give them what that needs, and take the
// ballot: no choice passes the server.

// ownElection returns the election of the box in which the caller has a ballot,
// and its vote.
func (c *call) ownElection() (*ballot.Election, *meeting.Vote, error) {
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActVote); no != nil {
		return nil, nil, no
	}
	box, _ := s.Vote().BoxOf(c.who)
	return box.Election, s.Vote(), nil
}

// showElection prints the setup exactly as it is in the archive: the election's
// record, or with --bel an archive of nothing else.
func showElection(c *call) (answer, error) {
	e, v, err := c.ownElection()
	if err != nil {
		return answer{}, err
	}
	var out bytes.Buffer
	if c.set("bel") {
		err = e.WriteSetup(&out, v.Opened)
	} else {
		out.Write(append(e.JSON(), '\n'))
	}
	if err == nil {
		_, err = out.WriteTo(c.out)
	}
	return answer{}, err
}

func showCredential(c *call) (answer, error) {
	credential, err := c.room.Credential(c.who)
	if err != nil {
		return answer{}, err
	}
	return answer{value: map[string]string{"credential": credential}, text: credential}, nil
}

// castReady takes a ballot that the caller made.
func castReady(c *call) (answer, error) {
	if no := meeting.May(c.state(), c.who, meeting.ActVote); no != nil {
		return answer{}, no // refuse before reading
	}
	data, err := c.input()
	if err != nil {
		return answer{}, err
	}
	r, err := c.room.CastReady(c.ctx, c.id(), c.who, meeting.ReadReady(data))
	return voted(r, err)
}

// voted answers a voter.
func voted(r meeting.Receipt, err error) (answer, error) {
	switch {
	case errors.Is(err, hall.ErrIDUsed):
		return answer{}, errElsewhere
	case errors.Is(err, hall.ErrEarlierVote):
		return answer{}, errEarlierVote
	case err != nil:
		return answer{}, err
	}
	return answer{value: r, text: fmt.Sprintf("已投第 %d 次，票箱关闭前可以改投。回执：\n%s", r.Times, r.Code)}, nil
}

// ReadChoices reads a ballot as the word vote takes it, about those who are on
// it in s. The error is a sentence that repeats nothing of the ballot.
func ReadChoices(data []byte, s *meeting.State) (meeting.Choices, error) {
	return readChoices(data, s.Vote().Subjects, s.Rules)
}
