package ssh

import (
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// counts is how one subject was graded. The committee's own row has no id.
type counts struct {
	ID      meeting.MemberID `json:"id"`
	Name    string           `json:"name"`
	Counts  map[string]int   `json:"counts"`
	Abstain int              `json:"abstain"`
}

func result(c *call) (answer, error) {
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActResult); no != nil {
		return answer{}, no
	}
	list := []counts{}
	var text strings.Builder
	add := func(id meeting.MemberID, name, called string, scale []string, h meeting.Histogram) {
		row := counts{id, name, map[string]int{}, h.Abstain}
		text.WriteString(draw.Clean(called))
		for i, g := range scale {
			row.Counts[g] = h.Counts[i]
			fmt.Fprintf(&text, "　%s %d", g, h.Counts[i])
		}
		fmt.Fprintf(&text, "　弃权 %d　共 %d 票\n", h.Abstain, h.Ballots)
		list = append(list, row)
	}
	for _, id := range s.Vote().Subjects {
		h, no := s.Histogram(id)
		if no != nil {
			return answer{}, no
		}
		add(id, s.SubjectName(id), s.SubjectCalled(id), s.Rules.Grades, h)
	}
	for _, r := range s.Renamed(s.Vote()) {
		text.WriteString(tui.Chinese().SayRenamed(r) + "\n")
	}
	if s.Vote().Branch {
		h, no := s.BranchHistogram()
		if no != nil {
			return answer{}, no
		}
		add("", s.Rules.Vote.BranchTitle, s.Rules.Vote.BranchTitle, s.Rules.Vote.BranchScale, h)
	}
	return answer{value: list, text: text.String()}, nil
}

func rate(c *call) (answer, error) {
	cmd := meeting.Rate{ID: c.person(c.args[0]), Grade: meeting.Grade(c.args[1]), Reason: c.flags["reason"]}
	before := c.state()
	if err := c.act(cmd); err != nil {
		return answer{}, err
	}
	s := c.state()
	meter := s.Cap()
	v := struct {
		Cap      int                `json:"cap"`
		Used     int                `json:"used"`
		Left     int                `json:"left"`
		Ungraded []meeting.MemberID `json:"ungraded"`
	}{meter.Cap, meter.Used, meter.Left(), ids(s.Ungraded())}
	room := fmt.Sprintf("优秀还可 %d 名", meter.Left())
	if over := -meter.Left(); over > 0 {
		room = fmt.Sprintf("优秀超过上限 %d 名", over)
	}
	rest := fmt.Sprintf("还有 %d 人没有评定。", len(v.Ungraded))
	switch {
	case s.Submitted && s.Phase != meeting.After:
		rest = "原来就是这个等次，评定表仍是提交了的。"
	case before.Submitted && before.Phase != meeting.After:
		rest = "评定表原来已经提交，改了等次就收回了：改好要用 submit 再提交。"
	case len(v.Ungraded) == 0:
		rest = "都评定了，用 submit 提交评定表。"
	}
	return answer{value: v, text: fmt.Sprintf("已评定。%s；%s", room, rest)}, nil
}
