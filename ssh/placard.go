package ssh

import (
	"strings"

	"pingyi/meeting"
)

// sayOnWall puts a sentence on the wall, or takes down what hangs there.
func sayOnWall(c *call) (answer, error) {
	text := strings.Join(c.args, " ")
	if err := c.act(meeting.Say{Text: text}); err != nil {
		return answer{}, err
	}
	if text == "" {
		return done("已撤下，投影照常。")
	}
	return done("已写在投影上。")
}
