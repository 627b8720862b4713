package ssh

import (
	"pingyi/meeting"
)

func next(c *call) (answer, error) { return c.move(meeting.Next{Reason: c.flags["reason"]}) }

func back(c *call) (answer, error) { return c.move(meeting.Back{}) }

func jump(c *call) (answer, error) {
	no, err := number(c.args[0], "议项的序号")
	if err != nil {
		return answer{}, err
	}
	return c.move(meeting.Goto{No: no})
}

func adjourn(c *call) (answer, error) {
	return c.move(meeting.BeginRecess{Until: c.flags["until"]})
}

func resume(c *call) (answer, error) { return c.move(meeting.EndRecess{}) }

func turn(c *call) (answer, error) {
	var id meeting.MemberID
	if len(c.args) == 1 {
		id = c.person(c.args[0])
	}
	return c.move(meeting.Turn{ID: id})
}

// step does what Enter on the facilitator's console does. The typed word stands
// for the confirmation.
func step(c *call) (answer, error) {
	if c.said() {
		return c.where()
	}
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActStep); no != nil {
		return answer{}, no
	}
	it := meeting.NextStep(s)
	switch cmd := it.Do.(type) {
	case meeting.Next:
		return c.move(meeting.Next{Reason: c.flags["reason"]})
	case nil:
		if it.Act == meeting.ActConfirmed {
			return c.move(meeting.Confirm{Reason: c.flags["reason"]})
		}
		if it.Act != meeting.ActOpen {
			return answer{}, sentence("现在要等：" + sayNames(s, it.Wait) + "。")
		}
		if err := c.room.Open(c.ctx, c.who); err != nil {
			return answer{}, err
		}
		return c.where()
	default:
		return c.move(cmd)
	}
}

// move does cmd and answers with where the meeting is.
func (c *call) move(cmd meeting.Command) (answer, error) {
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	return c.where()
}

func (c *call) where() (answer, error) {
	s := c.state()
	v := struct {
		Phase meeting.Phase `json:"phase"`
		Item  *item         `json:"item"`
		Round *round        `json:"round"`
	}{s.Phase, itemOf(s), roundOf(s)}
	return answer{value: v, text: sayWhere(s)}, nil
}
