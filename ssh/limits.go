package ssh

import (
	"fmt"
	"time"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// limits answers how long people may speak and what is proposed. With a flag it
// changes that limit, with --propose it takes the proposal.
func limits(c *call) (answer, error) {
	s := c.state()
	proposal, proposed := s.ProposeLimits(c.room.Now())
	set := s.Limits()
	if c.set("propose") && proposed {
		set = proposal.Limits
	}
	for flag, n := range map[string]*int{"self": &set.SelfCriticism, "criticism": &set.Criticism, "response": &set.Response, "speech": &set.Speech} {
		if !c.set(flag) {
			continue
		}
		var err error
		if *n, err = number(c.flags[flag], "--"+flag+" "); err != nil {
			return answer{}, err
		}
	}
	if set != s.Limits() {
		if err := c.act(meeting.SetLimits{Limits: set}); err != nil {
			return answer{}, err
		}
		proposal, proposed = c.state().ProposeLimits(c.room.Now())
	}
	v := struct {
		Limits  preset.Limits  `json:"limits"`
		Propose *preset.Limits `json:"propose"`
	}{Limits: c.state().Limits()}
	text := sayLimits(v.Limits)
	if proposed {
		v.Propose = &proposal.Limits
		text += fmt.Sprintf("\n按 %d 分钟、%d 人，建议：%s", int(proposal.Time/time.Minute), proposal.People, sayLimits(proposal.Limits))
	}
	return answer{value: v, text: text}, nil
}

func sayLimits(l preset.Limits) string {
	return fmt.Sprintf("自我批评 %d 秒，意见每条 %d 秒，表态 %d 秒，其他发言 %d 秒（0 是不限）", l.SelfCriticism, l.Criticism, l.Response, l.Speech)
}
