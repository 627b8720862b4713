package ssh

import (
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/tui"
)

// outline keeps or shows the caller's own 发言提纲.
func outline(c *call) (answer, error) {
	switch c.args[0] {
	case "add", "update":
		return c.say(func(text string) meeting.Command { return meeting.KeepOutline{Text: text} })
	case "show":
		return c.showOutline(), nil
	}
	return answer{}, c.misused()
}

// cleanLines is [tui.Clean] for a text of several lines.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = tui.Clean(l)
	}
	return strings.Join(lines, "\n")
}

func (c *call) showOutline() answer {
	var v struct {
		Text string     `json:"text"`
		At   *time.Time `json:"at"` // null: there is none
	}
	o, ok := c.state().OutlineOf(c.who)
	if !ok {
		return answer{value: v, text: "还没有写发言提纲：用 outline add 写，内容从标准输入给。"}
	}
	v.Text, v.At = o.Text, &o.At
	return answer{value: v, text: cleanLines(o.Text)}
}
