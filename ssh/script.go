package ssh

import (
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/tui/draw"
)

// script answers the 主持词: what the facilitator reads out now.
func script(c *call) (answer, error) {
	s := c.state()
	if !slices.Contains(s.Seats(c.who), meeting.SeatConsole) {
		return answer{}, &meeting.Refusal{Code: meeting.ConsoleOnly}
	}
	v := struct {
		Item *item    `json:"item"`
		Text []string `json:"text"`
	}{itemOf(s), []string{}}
	for _, paragraph := range paper.Script(s) {
		v.Text = append(v.Text, draw.Clean(paragraph))
	}
	if len(v.Text) == 0 {
		return answer{value: v, text: "现在没有要念的。"}, nil
	}
	return answer{value: v, text: strings.Join(v.Text, "\n")}, nil
}
