package ssh

import (
	"pingyi/meeting"
	"pingyi/tui"
)

// undo takes back the caller's last step, as the console does, and answers what
// that step was.
func undo(c *call) (answer, error) {
	if c.said() {
		return answer{value: map[string]any{"undone": nil}, text: "这一步已经撤回过了。"}, nil
	}
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActUndo); no != nil {
		return answer{}, no
	}
	last := meeting.LastStep(s, c.who)
	if err := c.act(last.Back); err != nil {
		return answer{}, err
	}
	type step struct {
		Fact string `json:"fact"`
		Text string `json:"text"`
	}
	v := struct {
		Undone step `json:"undone"`
	}{step{meeting.KindOf(last.Step.Fact), tui.Chinese().SayStep(s, last.Step)}}
	return answer{value: v, text: "已撤回：" + v.Undone.Text + "。"}, nil
}
