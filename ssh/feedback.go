package ssh

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// feedback shows the caller's own result. For the console and the committee it
// also tells it to others and lists who was told.
func feedback(c *call) (answer, error) {
	switch {
	case len(c.args) == 0 && c.set("year") && !c.set("approval"):
		return c.earlierFeedback(c.flags["year"])
	case c.set("year"):
		return answer{}, c.misused()
	case len(c.args) == 0 && !c.set("approval"):
		return c.ownFeedback(c.state())
	case len(c.args) == 1 && c.args[0] == "list" && !c.set("approval"):
		return c.hearings()
	case len(c.args) == 2 && c.args[0] == "give":
		id := c.person(c.args[1])
		if err := c.act(meeting.GiveFeedback{ID: id, Approval: c.flags["approval"]}); err != nil {
			return answer{}, err
		}
		return done("已向" + draw.Clean(c.state().Called(id)) + "反馈。")
	}
	return answer{}, c.misused()
}

// criticised is a criticism as the person criticised reads it.
type criticised struct {
	From meeting.MemberID `json:"from"`
	Name string           `json:"name"`
	Text string           `json:"text"` // "": it was spoken
}

// histogram is how somebody was graded.
type histogram struct {
	Counts   map[string]int `json:"counts"`
	Abstain  int            `json:"abstain"`
	Returned int            `json:"returned"`
}

// acknowledged is what a person said to the feedback.
type acknowledged struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"` // "": 无意见
}

func acknowledgedOf(h meeting.Hearing) *acknowledged {
	if h.Acknowledged.IsZero() {
		return nil
	}
	return &acknowledged{h.Acknowledged, h.Opinion}
}

// earlierFeedback is what the caller was told in an earlier year. A number that is
// another person's now reads nothing there.
func (c *call) earlierFeedback(year string) (answer, error) {
	room, err := c.server.yearOf(c.ctx, c.state().Branch.ID+"@"+year)
	if err != nil {
		return answer{}, err
	}
	s := room.Own()
	then, _ := s.Member(c.who)
	now, _ := c.state().Member(c.who)
	switch _, told := s.FeedbackOf(c.who); {
	case then.Name != now.Name:
		return answer{}, sentence(fmt.Sprintf("%d 年度的名册上，编号 %s 不是你的姓名，看不到：请问书记。", s.Rules.Year, c.who))
	case !told:
		return answer{}, sentence(fmt.Sprintf("%d 年度支部没有向你反馈。", s.Rules.Year))
	}
	return c.ownFeedback(s)
}

func (c *call) ownFeedback(s *meeting.State) (answer, error) {
	f, told := s.FeedbackOf(c.who)
	if !told {
		return answer{}, cmp.Or(meeting.May(s, c.who, meeting.ActFeedback), &meeting.Refusal{Code: meeting.NoFeedback})
	}
	v := struct {
		At           time.Time      `json:"at"`
		Approval     string         `json:"approval"`
		Grade        meeting.Grade  `json:"grade"`
		Reason       string         `json:"reason"`
		Ballots      *histogram     `json:"ballots"` // null where too few came back
		Criticisms   []criticised   `json:"criticisms"`
		Lines        []recordAnswer `json:"lines"`
		Acknowledged *acknowledged  `json:"acknowledged"`
	}{
		At: f.At, Approval: f.Approval, Grade: f.Grade, Reason: f.Reason, Criticisms: []criticised{},
		Lines: []recordAnswer{}, Acknowledged: acknowledgedOf(f.Hearing),
	}
	if f.Ballots != nil {
		v.Ballots = &histogram{map[string]int{}, f.Ballots.Abstain, f.Ballots.Ballots}
		for i, g := range s.Rules.Grades {
			v.Ballots.Counts[g] = f.Ballots.Counts[i]
		}
	}
	for _, w := range f.Criticisms {
		v.Criticisms = append(v.Criticisms, criticised{w.From, s.NameOf(w.From), w.Text})
	}
	ledger, lines := linesOf(s, c.who, f)
	for _, r := range lines {
		v.Lines = append(v.Lines, c.recordAnswer(s, ledger, r))
	}
	return answer{value: v, text: sayFeedback(s, c.who, f)}, nil
}

// linesOf are the lines of the ledger that a feedback tells of.
func linesOf(s *meeting.State, who meeting.MemberID, f meeting.Feedback) (ledger *meeting.Form, lines []meeting.Record) {
	for _, form := range meeting.Forms() {
		if form.Name == "ledger" {
			ledger = form
		}
	}
	for _, l := range f.Lines {
		if r, none := s.Record(who, "ledger", l.No); none == nil {
			lines = append(lines, r)
		}
	}
	return ledger, lines
}

// sayFeedback is a member's result for that member.
func sayFeedback(s *meeting.State, who meeting.MemberID, f meeting.Feedback) string {
	var b strings.Builder
	grade := string(f.Grade)
	if grade == "" {
		grade = s.Rules.Ungraded
	}
	fmt.Fprintf(&b, "评定等次：%s\n", draw.Clean(grade))
	if f.Reason != "" {
		fmt.Fprintf(&b, "理由：%s\n", draw.Clean(f.Reason))
	}
	if f.Ballots != nil {
		b.WriteString("测评：")
		for i, g := range s.Rules.Grades {
			fmt.Fprintf(&b, "%s %d，", g, f.Ballots.Counts[i])
		}
		fmt.Fprintf(&b, "弃权 %d（收回 %d）\n", f.Ballots.Abstain, f.Ballots.Ballots)
	}
	for _, w := range f.Criticisms {
		text := draw.Clean(w.Text)
		if text == "" {
			text = "（口头提出）"
		}
		fmt.Fprintf(&b, "%s 的批评意见：%s\n", draw.Clean(s.Called(w.From)), text)
	}
	ledger, lines := linesOf(s, who, f)
	for _, r := range lines {
		b.WriteString(sayRecord(s, ledger, r) + "\n")
	}
	switch {
	case f.Acknowledged.IsZero() && s.Next != 0:
		b.WriteString("没有确认，这个年度已经结束，不能再确认。\n")
	case f.Acknowledged.IsZero():
		b.WriteString("还没有确认：用 ack 确认，本人意见从标准输入给，可以是空的。\n")
	case f.Opinion == "":
		b.WriteString("本人意见：无意见\n")
	default:
		b.WriteString("本人意见：" + draw.Clean(f.Opinion) + "\n")
	}
	return b.String()
}

// hearings lists who was told, for those who give feedback.
func (c *call) hearings() (answer, error) {
	type entry struct {
		ID           meeting.MemberID `json:"id"`
		Name         string           `json:"name"`
		Told         *time.Time       `json:"told"`
		Approval     string           `json:"approval"`
		Acknowledged *acknowledged    `json:"acknowledged"`
	}
	s := c.state()
	if !s.GivesFeedback(c.who) {
		return answer{}, &meeting.Refusal{Code: meeting.FeedbackOnly}
	}
	list := []entry{}
	var text strings.Builder
	for _, m := range s.Roster {
		if !s.Evaluated(m) {
			continue
		}
		e, how := entry{ID: m.ID, Name: m.Name}, "未反馈"
		if h, told := s.Hearings.Get(m.ID); told {
			e.Told, e.Approval, e.Acknowledged, how = &h.At, h.Approval, acknowledgedOf(h), "已反馈，未确认"
		}
		if a := e.Acknowledged; a != nil {
			how = "已确认，" + draw.Clean(a.Text)
			if a.Text == "" {
				how = "已确认，无意见"
			}
		}
		list = append(list, e)
		fmt.Fprintf(&text, "%s　%s　%s\n", m.ID, draw.Clean(m.Name), how)
	}
	return answer{value: list, text: text.String()}, nil
}

// ack acknowledges the caller's feedback, with 本人意见 from standard input.
func ack(c *call) (answer, error) {
	return c.say(func(text string) meeting.Command { return meeting.Acknowledge{Text: text} })
}
