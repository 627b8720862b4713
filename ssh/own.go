package ssh

import (
	"bytes"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// A scrutineer may keep the key on their own machine: the words here exchange
// what is public with `pingyi trustee` (BALLOT.md §3).

func sealOwn(c *call) (answer, error) {
	record, err := c.input()
	if err != nil {
		return answer{}, err
	}
	if err := c.room.SealOwn(c.ctx, c.who, bytes.TrimSpace(record)); err != nil {
		return answer{}, err
	}
	return done("已用自己的钥匙封箱。钥匙只在您的电脑上，计票前请保管好。")
}

func unsealOwn(c *call) (answer, error) {
	text, err := c.input()
	if err != nil {
		return answer{}, err
	}
	return c.box(c.room.UnsealOwn(c.ctx, c.who, ballot.SplitPartials(text)...))
}

// fetchBox writes a closed box as a Belenios archive: ciphertexts only.
func fetchBox(c *call) (answer, error) {
	v := c.state().Vote()
	if no := meeting.May(c.state(), c.who, meeting.ActBoard); no != nil {
		return answer{}, no
	}
	box := v.Members()
	if c.set("mass") {
		if box = v.Box(meeting.MassBox); box == nil {
			return answer{}, sentence("这次测评没有群众票箱。")
		}
	}
	return answer{}, box.Archive(c.out, v.Closed)
}
