package ssh

import (
	"fmt"
	"slices"
	"strings"

	"pingyi/meeting"
)

// hands reads a show of hands from --yes, --no and --abstain; nil if none is
// given.
func (c *call) hands() (*meeting.Hands, error) {
	var h meeting.Hands
	given := false
	for flag, n := range map[string]*int{"yes": &h.Yes, "no": &h.No, "abstain": &h.Abstain} {
		if !c.set(flag) {
			continue
		}
		var err error
		if *n, err = number(c.flags[flag], "--"+flag+" "); err != nil {
			return nil, err
		}
		given = true
	}
	if !given {
		return nil, nil
	}
	return &h, nil
}

func resolve(c *call) (answer, error) {
	h, err := c.hands()
	if err != nil {
		return answer{}, err
	}
	if h == nil {
		return answer{}, usageError("请写明举手的人数：--yes N --no N --abstain N。")
	}
	text := strings.Join(c.args, " ")
	events, err := c.events(meeting.Resolve{Text: text, Hands: *h})
	if err != nil {
		return answer{}, err
	}
	list := c.state().Resolutions
	i := slices.IndexFunc(list, func(r meeting.Resolution) bool { return r.At.Equal(events[0].At) && r.Text == text })
	if i < 0 {
		return answer{}, errElsewhere
	}
	r := list[i]
	v := struct {
		Yes      int  `json:"yes"`
		No       int  `json:"no"`
		Abstain  int  `json:"abstain"`
		Present  int  `json:"present"`
		Expected int  `json:"expected"`
		Quorum   bool `json:"quorum"`
		Passed   bool `json:"passed"`
	}{r.Yes, r.No, r.Abstain, r.Present, r.Expected, r.Quorum, r.Passed}
	outcome := "没有通过"
	if r.Passed {
		outcome = "通过"
	}
	return answer{value: v, text: fmt.Sprintf("赞成 %d，反对 %d，弃权 %d，应到正式党员 %d：%s。", r.Yes, r.No, r.Abstain, r.Expected, outcome)}, nil
}
