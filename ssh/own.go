package ssh

import (
	"bytes"
	"encoding/json"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// A scrutineer may keep the key on their own machine: the words here exchange
// what is public with `pingyi trustee` (BALLOT.md §3).

// sealOwn takes the public part of the key. Where some scrutineers are enough it
// takes one record of the joint key after another, and without input returns
// what the next is made from.
func sealOwn(c *call) (answer, error) {
	record, err := c.input()
	if err != nil {
		return answer{}, err
	}
	if record = bytes.TrimSpace(record); len(record) == 0 {
		return ceremony(c)
	}
	if err := c.room.SealOwn(c.ctx, c.who, record); err != nil {
		return answer{}, err
	}
	if v := c.state().Vote(); c.state().Threshold() > 0 && v.State == meeting.BoxSealing {
		return done("已收下。合成票箱密钥还要您的下一份：其他监票人都交了以后，再取一次、再交一次。")
	}
	return done("已用自己的钥匙封箱。钥匙只在您的电脑上，计票前请保管好。")
}

func ceremony(c *call) (answer, error) {
	public, no := c.state().Ceremony(c.who)
	if no != nil {
		return answer{}, no
	}
	text, err := json.Marshal(public)
	return answer{value: public, text: string(text) + "\n"}, err
}

func unsealOwn(c *call) (answer, error) {
	text, err := c.input()
	if err != nil {
		return answer{}, err
	}
	return c.box(c.room.UnsealOwn(c.ctx, c.who, ballot.SplitPartials(text)...))
}

// fetchBox writes a closed box as a Belenios archive: ciphertexts only. That
// somebody took it is recorded.
func fetchBox(c *call) (answer, error) {
	if err := c.act(meeting.TakeBox{Mass: c.set("mass")}); err != nil {
		return answer{}, err
	}
	v := c.state().Vote()
	box := v.Members()
	if c.set("mass") {
		box = v.Box(meeting.MassBox)
	}
	return answer{}, box.Archive(c.out, v.Closed)
}
