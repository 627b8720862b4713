package ssh

import (
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"pingyi/meeting"
)

// longestBreak is the longest break, in minutes.
const longestBreak = 60

// sayOnWall puts a sentence on the wall, or with --break a break, of as many
// minutes as the first argument says if it is a number. With neither it takes
// down what hangs there.
func sayOnWall(c *call) (answer, error) {
	cmd := meeting.Say{Break: c.set("break")}
	words := c.args
	if cmd.Break && len(words) > 0 {
		if minutes, err := strconv.Atoi(width.Narrow.String(words[0])); err == nil {
			if minutes < 1 || minutes > longestBreak {
				return answer{}, usagef("休息的分钟数应当是 1 到 %d。", longestBreak)
			}
			cmd.Seconds, words = 60*minutes, words[1:]
		}
	}
	cmd.Text = strings.Join(words, " ")
	breaks := c.state().Placard.Break
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	switch {
	case cmd.Break:
		return done("会议暂停；要继续，用不写内容的 say。")
	case breaks && cmd.Text == "":
		return done("休息结束，会议继续。")
	case breaks:
		return done("休息结束，会议继续；这句话已写在投影上。")
	case cmd.Text == "":
		return done("已撤下，投影照常。")
	}
	return done("已写在投影上。")
}
