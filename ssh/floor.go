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

// countdown gives the speaker so many seconds from now.
func countdown(c *call) (answer, error) {
	n, err := number(c.args[0], "秒数")
	if err != nil {
		return answer{}, err
	}
	return c.speak(meeting.Countdown{Seconds: n})
}

// queue puts somebody at a place of the queue; 0 takes them out.
func queue(c *call) (answer, error) {
	n, err := number(c.args[1], "候言的位置")
	if err != nil {
		return answer{}, err
	}
	return c.speak(meeting.MoveInQueue{ID: c.person(c.args[0]), To: n})
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
