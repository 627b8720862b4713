package ssh

import (
	"fmt"
	"strings"

	"pingyi/tui/draw"
)

// comments reads the anonymous comments: one's own, or those on the person named.
func comments(c *call) (answer, error) {
	of := c.who
	if len(c.args) == 1 {
		of = c.person(c.args[0])
	}
	list, no := c.state().CommentsOn(c.who, of)
	if no != nil {
		return answer{}, no
	}
	var text strings.Builder
	for i, r := range list {
		fmt.Fprintf(&text, "%d. %s\n", i+1, draw.Clean(r))
	}
	if len(list) == 0 {
		text.WriteString("没有意见。\n")
	}
	return answer{value: append([]string{}, list...), text: text.String()}, nil
}
