package ssh

import (
	"strconv"

	"pingyi/meeting"
	"pingyi/tui"
)

// coarsen lets the meeting hear less of the result.
func coarsen(c *call) (answer, error) {
	return c.announcing(meeting.Coarsen{Level: c.args[0]}, "已改为少公布一些。")
}

// announce lets the meeting hear the result.
//
// With --preview it answers only what would be read out, to who may know the
// result.
func announce(c *call) (answer, error) {
	s := c.state()
	text := tui.Chinese().SayAnnouncement(s)
	if !c.set("preview") {
		return c.announcing(meeting.Announce{}, text+tui.Chinese().SayAnnounceDone(s))
	}
	for _, act := range []meeting.Action{meeting.ActAnnounce, meeting.ActResult} {
		if no := meeting.May(s, c.who, act); no != nil {
			return answer{}, no
		}
	}
	said := text
	if unanimous, lone := s.AnnouncementReveals(); unanimous+lone > 0 {
		said += "提醒：" + tui.Chinese().Say(&meeting.Refusal{Code: meeting.Revealing, Args: []string{strconv.Itoa(unanimous), strconv.Itoa(lone)}}) + "\n"
	}
	return answer{value: map[string]string{"announce": s.Announcing(), "text": text}, text: said}, nil
}

// announcing submits cmd and answers how much the meeting hears.
func (c *call) announcing(cmd meeting.Command, text string) (answer, error) {
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	return answer{value: map[string]string{"announce": c.state().Announcing()}, text: text}, nil
}
