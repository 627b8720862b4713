package ssh

import (
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
)

func scrutineers(c *call) (answer, error) {
	h, err := c.hands()
	if err != nil {
		return answer{}, err
	}
	cmd := meeting.NameScrutineers{Hands: h, Reason: c.flags["reason"]}
	for _, arg := range c.args {
		cmd.IDs = append(cmd.IDs, c.person(arg))
	}
	return c.box(c.act(cmd))
}

// seal makes the scrutineer's key and seals the box at once. Over words nothing
// is retyped: the answer has the recovery code, to be kept.
func seal(c *call) (answer, error) {
	if c.set("own") {
		return sealOwn(c)
	}
	code, err := c.room.Code(c.who)
	if err != nil {
		return answer{}, err
	}
	if err := c.room.Seal(c.ctx, c.who, code); err != nil {
		return answer{}, err
	}
	if c.set("latin") {
		code = tui.LatinCode(code)
	}
	return answer{
		value: map[string]string{"code": code},
		text:  "已封箱。恢复码只显示这一次，请抄下来，计票以后销毁；丢了要用时只能作废重投：\n\n    " + code + "\n",
	}, nil
}

func openBox(c *call) (answer, error) { return c.box(c.room.Open(c.ctx, c.who, "")) }

func closeBox(c *call) (answer, error) {
	return c.box(c.act(meeting.CloseBox{Reason: c.flags["reason"]}))
}

// confirmed ends the confirming of receipts.
func confirmed(c *call) (answer, error) {
	return c.box(c.act(meeting.Confirm{Reason: c.flags["reason"]}))
}

func unseal(c *call) (answer, error) {
	if c.set("own") {
		return unsealOwn(c)
	}
	code, err := c.recoveryCode()
	if err != nil {
		return answer{}, err
	}
	return c.box(c.room.Unseal(c.ctx, c.who, code))
}

func void(c *call) (answer, error) { return c.box(c.act(meeting.Void{Reason: c.flags["reason"]})) }

// box answers with the vote, or with err.
func (c *call) box(err error) (answer, error) {
	if err != nil {
		return answer{}, err
	}
	s := c.state()
	return answer{value: voteOf(s), text: sayVote(s)}, nil
}

func receipt(c *call) (answer, error) {
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActReceipt); no != nil {
		return answer{}, no
	}
	v := s.Vote()
	var mine meeting.ReturnedBallot
	if box, ok := v.BoxOf(c.who); ok {
		mine = box.Returned.Of(c.who)
	}
	code := mine.Receipt
	if len(c.args) == 1 {
		code = c.args[0]
	}
	var a struct {
		Found   bool `json:"found"`
		Counted bool `json:"counted"`
	}
	a.Found = code != "" && slices.Contains(v.Board(), code)
	closed := a.Found && v.State != meeting.BoxOpened
	a.Counted = closed && !s.NeverOpened()
	if closed && code == mine.Receipt {
		if err := c.act(meeting.CheckReceipt{Receipt: code}); err != nil {
			return answer{}, err
		}
	}
	text := "没有找到这个回执。"
	switch old := earlierVote(s, code); {
	case !a.Found && old != nil:
		text = "这是" + old.Title() + "的回执：那一次的票不采用，以" + v.Title() + "的回执为准。"
	case a.Counted:
		text = "回执在公示里：这张票已计入。"
	case closed:
		text = "回执在公示里：票太少，票箱永远不打开，都不计票。"
	case a.Found:
		text = "票在票箱里：票箱关闭前还可以改投。"
	case code == "":
		text = "票箱里没有你的票，所以没有回执。"
	}
	return answer{value: a, text: text}, nil
}

// earlierVote is the vote before the current one on whose board a receipt is; nil if it
// is on none.
func earlierVote(s *meeting.State, code string) *meeting.Vote {
	for _, v := range s.Votes[:max(0, len(s.Votes)-1)] {
		if slices.Contains(v.Board(), code) {
			return v
		}
	}
	return nil
}

func board(c *call) (answer, error) {
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActBoard); no != nil {
		return answer{}, no
	}
	list := s.Vote().Board()
	return answer{value: append([]string{}, list...), text: strings.Join(list, "\n")}, nil
}
