package ssh

import (
	"pingyi/meeting"
)

func floor(c *call) (answer, error) {
	if len(c.args) == 1 {
		return c.speak(meeting.GiveFloor{ID: c.person(c.args[0])})
	}
	return c.speak(meeting.AskFloor{})
}

func yield(c *call) (answer, error) { return c.speak(meeting.YieldFloor{}) }

func pause(c *call) (answer, error) { return c.speak(meeting.PauseClock{}) }

func extend(c *call) (answer, error) {
	n, err := number(c.args[0], "秒数")
	if err != nil {
		return answer{}, err
	}
	return c.speak(meeting.ExtendClock{Seconds: n})
}

// speak submits cmd and answers with the floor and its queue.
func (c *call) speak(cmd meeting.Command) (answer, error) {
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	s := c.state()
	v := struct {
		Speaker *speaker           `json:"speaker"`
		Queue   []meeting.MemberID `json:"queue"`
	}{speakerOf(s), queueOf(s)}
	return answer{value: v, text: sayFloor(s)}, nil
}
