package ssh

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
	"pingyi/tui/draw"
)

func next(c *call) (answer, error) {
	return c.leave(meeting.Next{Reason: c.flags["reason"]}, tui.Chinese().SayLeft(c.state()))
}

// wording gives an item words of its own; without words it takes them away.
func wording(c *call) (answer, error) {
	no, err := number(c.args[0], "议项的序号")
	if err != nil {
		return answer{}, err
	}
	text := strings.Join(c.args[1:], " ")
	if err := c.act(meeting.WordItem{No: no, Text: text}); err != nil {
		return answer{}, err
	}
	if text == "" {
		return done("已删去。")
	}
	return done("已记下。")
}

func back(c *call) (answer, error) { return c.leave(meeting.Back{}, tui.Chinese().SayLeft(c.state())) }

func jump(c *call) (answer, error) {
	no, err := number(c.args[0], "议项的序号")
	if err != nil {
		return answer{}, err
	}
	return c.leave(meeting.Goto{No: no}, tui.Chinese().SayJumpedFrom(c.state(), no))
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
	case meeting.NameScrutineers:
		at, err := c.move(cmd)
		if h := cmd.Hands; err == nil && h != nil {
			at.text = fmt.Sprintf("已记下举手推选的监票人：%s，同意 %d，反对 %d，弃权 %d。不是这样的，用 scrutineers ID… --yes N --no N --abstain N 改。\n",
				sayNames(s, cmd.IDs), h.Yes, h.No, h.Abstain) + at.text
		}
		return at, err
	case meeting.Submit:
		at, err := c.move(cmd)
		if h := cmd.Hands; err == nil && h != nil {
			at.text = fmt.Sprintf("评定表已提交，记下的举手表决：同意 %d，反对 %d，弃权 %d。不是这样的，用 note 在会议记录里写明实际人数；数过举手的人数，应当用 submit --yes N --no N --abstain N 提交。\n",
				h.Yes, h.No, h.Abstain) + at.text
		}
		return at, err
	case nil:
		return c.stepOf(it, s)
	default:
		return c.move(cmd)
	}
}

// stepOf does a step that needs thought: opening the box, or going on while
// somebody is waited for, with a reason.
func (c *call) stepOf(it meeting.Step, s *meeting.State) (answer, error) {
	switch it.Act {
	case meeting.ActConfirmed:
		return c.move(meeting.Confirm{Reason: c.flags["reason"]})
	case meeting.ActClose:
		return c.move(meeting.CloseBox{Reason: c.flags["reason"]})
	case meeting.ActOpen:
		if err := c.room.Open(c.ctx, c.who, c.flags["reason"]); err != nil {
			return answer{}, err
		}
		return c.where()
	case meeting.ActRate:
		return answer{}, sentence("还没有评定等次：" + sayNames(s, it.Who) + "。请用 rate 逐个评定。")
	}
	return answer{}, sentence(draw.Clean(tui.Chinese().SayWaiting(s, it)) + "。" + c.sayLostKeys(s))
}

// sayLostKeys says whose recovery code a closed box waits for, because the
// server was restarted; "" if nobody's, or if the others are enough to open it.
func (c *call) sayLostKeys(s *meeting.State) string {
	v := s.Vote()
	if v == nil || v.State != meeting.BoxClosed {
		return ""
	}
	lost := slices.DeleteFunc(s.Keyholders(), func(id meeting.MemberID) bool { return v.Own[id] || c.room.Holds(id) })
	if n := s.Threshold(); len(lost) == 0 || n > 0 && len(v.Scrutineers)-len(lost) >= n {
		return ""
	}
	return "服务器重启过：请 " + sayNames(s, lost) + " 写 unseal，再给出恢复码；码丢了，只能 void 作废重投。"
}

// move does cmd and answers with where the meeting is.
func (c *call) move(cmd meeting.Command) (answer, error) {
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	return c.where()
}

// leave opens another item, and says what becomes of this one.
func (c *call) leave(cmd meeting.Command, leaves []string) (answer, error) {
	text := ""
	if !c.said() {
		for _, left := range leaves {
			text += draw.Clean(left) + "\n"
		}
	}
	at, err := c.move(cmd)
	at.text = text + at.text
	return at, err
}

func (c *call) where() (answer, error) {
	s := c.state()
	v := struct {
		Phase meeting.Phase `json:"phase"`
		Item  *item         `json:"item"`
		Round *round        `json:"round"`
	}{s.Phase, itemOf(s), roundOf(s, c.who)}
	return answer{value: v, text: sayWhere(s)}, nil
}
