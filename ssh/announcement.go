package ssh

import (
	"pingyi/meeting"
)

// coarsen lets the meeting hear less of the result.
func coarsen(c *call) (answer, error) {
	return c.announcing(meeting.Coarsen{Level: c.args[0]}, "已改为少公布一些。")
}

// announce lets the meeting hear the result.
func announce(c *call) (answer, error) { return c.announcing(meeting.Announce{}, "已公布。") }

// announcing submits cmd and answers how much the meeting hears.
func (c *call) announcing(cmd meeting.Command, text string) (answer, error) {
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	return answer{value: map[string]string{"announce": c.state().Announcing()}, text: text}, nil
}
