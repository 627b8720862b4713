package ssh

import (
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// rollup is the organisation's table: each branch, and all together.
func rollup(c *call) (answer, error) {
	rooms, err := c.server.config.Halls(c.ctx)
	if err != nil {
		return answer{}, err
	}
	v := struct {
		Branches []meeting.Rollup `json:"branches"`
		Total    meeting.Rollup   `json:"total"`
	}{Branches: []meeting.Rollup{}}
	var states []*meeting.State
	for _, r := range rooms {
		states = append(states, r.Own())
	}
	var text strings.Builder
	for i, name := range meeting.BranchesAddedUp(states) {
		one := states[i].Rollup()
		v.Branches = append(v.Branches, one)
		text.WriteString(sayRollup(one, draw.Clean(name), states[i].Rules.Grades) + "\n")
	}
	v.Total = meeting.Total(v.Branches)
	text.WriteString(sayRollup(v.Total, "合计", meeting.GradesOf(states)))
	return answer{value: v, text: text.String()}, nil
}

func sayRollup(r meeting.Rollup, name string, grades []string) string {
	text := fmt.Sprintf("%s　正式 %d，预备 %d，应参评 %d，实参评 %d", name, r.Formal, r.Probationary, r.Expected, r.TookPart)
	for _, g := range grades {
		text += fmt.Sprintf("，%s %d", g, r.Grades[meeting.Grade(g)])
	}
	text += fmt.Sprintf("，未评定 %d；优秀上限 %d", r.Ungraded, r.Cap)
	if r.Over {
		text += "，超过了"
	}
	return text
}
