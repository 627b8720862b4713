package ssh

import (
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/tui/draw"
)

// script answers the 主持词: what the facilitator reads out now, and what was
// prepared for the item.
func script(c *call) (answer, error) {
	s := c.state()
	if !slices.Contains(s.Seats(c.who), meeting.SeatConsole) {
		return answer{}, &meeting.Refusal{Code: meeting.ConsoleOnly}
	}
	v := struct {
		Item     *item    `json:"item"`
		Text     []string `json:"text"`
		Material []string `json:"material"`
	}{itemOf(s), []string{}, []string{}}
	for _, paragraph := range paper.Script(s) {
		v.Text = append(v.Text, draw.Clean(paragraph))
	}
	for _, paragraph := range paper.Material(s, c.who) {
		v.Material = append(v.Material, draw.Clean(paragraph))
	}
	lines := v.Text
	if len(lines) == 0 {
		lines = []string{"现在没有要念的。"}
	}
	if len(v.Material) > 0 {
		lines = append(append(lines, "", "材料："), v.Material...)
	}
	return answer{value: v, text: strings.Join(lines, "\n")}, nil
}
