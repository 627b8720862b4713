package ssh

import (
	"fmt"
	"strings"
	"time"

	"pingyi/meeting/preset"
	"pingyi/tui"
)

// ready is 会前体检: a line for each gate.
func ready(c *call) (answer, error) {
	type line struct {
		Check  string `json:"check"`
		Level  string `json:"level"`
		Clause string `json:"clause"`
		Text   string `json:"text"`
		Todo   string `json:"todo"`
	}
	s := c.state()
	if no := s.ReadsReady(c.who); no != nil {
		return answer{}, no
	}
	w, list := tui.Chinese(), []line{}
	var text strings.Builder
	for _, g := range s.Readiness(c.room.Now().Format(time.DateOnly)) {
		l := line{g.Gate, g.Level, w.GateClause(g.Gate), w.SayGate(g), w.GateTodo(g)}
		list = append(list, l)
		fmt.Fprintf(&text, "%s　%s　%s\n", w.GateLevel(l.Level), w.GateTitle(l.Check), l.Text)
		if l.Todo != "" {
			fmt.Fprintf(&text, "    依据：%s\n    办法：%s\n", l.Clause, l.Todo)
		}
	}
	if said := c.trouble(); said != "" {
		l := line{Check: "disk", Level: preset.Amber, Text: said}
		list = append(list, l)
		fmt.Fprintf(&text, "%s　磁盘　%s\n", w.GateLevel(l.Level), l.Text)
	}
	return answer{value: list, text: text.String()}, nil
}
