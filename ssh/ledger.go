package ssh

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
)

// ledgerLine is a line of the ledger.
type ledgerLine struct {
	No         int               `json:"no"`
	Level      meeting.Level     `json:"level"`
	Member     *meeting.MemberID `json:"member"` // null: the committee's own
	Name       string            `json:"name"`
	Problem    string            `json:"problem"`
	Source     meeting.Source    `json:"source"`
	Measure    string            `json:"measure"`
	Goal       string            `json:"goal"`
	Helper     string            `json:"helper"`
	Due        string            `json:"due"`
	Progress   meeting.Progress  `json:"progress"`
	Done       string            `json:"done"`
	Evidence   string            `json:"evidence"`
	Acceptance string            `json:"acceptance"`
	Closed     bool              `json:"closed"`
}

func lineOf(s *meeting.State, l meeting.LedgerLine) ledgerLine {
	out := ledgerLine{
		No: l.No, Level: l.Level, Problem: l.Problem, Source: l.Source, Measure: l.Measure, Goal: l.Goal, Helper: l.Helper,
		Due: l.Due, Progress: l.Progress, Done: l.Done, Evidence: l.Evidence, Acceptance: l.Acceptance, Closed: l.Closed,
	}
	if l.Of != "" {
		out.Member, out.Name = &l.Of, s.NameOf(l.Of)
	}
	return out
}

func linesOf(s *meeting.State, lines []meeting.LedgerLine) []ledgerLine {
	list := []ledgerLine{}
	for _, l := range lines {
		list = append(list, lineOf(s, l))
	}
	return list
}

// sayLine returns a line of the ledger for people, without its empty fields.
func sayLine(s *meeting.State, l meeting.LedgerLine) string {
	parts := []string{fmt.Sprintf("%d", l.No), string(l.Level)}
	if l.Of != "" {
		parts = append(parts, s.NameOf(l.Of))
	}
	for _, p := range []struct{ name, text string }{
		{"", l.Problem},
		{"来源：", string(l.Source)},
		{"措施：", l.Measure},
		{"目标：", l.Goal},
		{"协助：", l.Helper},
		{"时限：", l.Due},
		{"进展：", string(l.Progress)},
		{"完成：", l.Done},
		{"佐证：", l.Evidence},
		{"已销号：", l.Acceptance},
	} {
		if p.text != "" {
			parts = append(parts, p.name+p.text)
		}
	}
	return tui.Clean(strings.Join(parts, "　"))
}

// ledger writes and shows the 整改台账.
func ledger(c *call) (answer, error) {
	what := c.args[0]
	if withNo := what == "show" || what == "update" || what == "close"; withNo != (len(c.args) == 2) {
		return answer{}, c.misused()
	}
	switch what {
	case "add":
		return c.addLine()
	case "list":
		lines := c.lines()
		text := make([]string, len(lines))
		for i, l := range lines {
			text[i] = sayLine(c.state(), l)
		}
		if len(lines) == 0 {
			text = []string{"台账里没有可以看的条目。"}
		}
		return answer{value: linesOf(c.state(), lines), text: strings.Join(text, "\n")}, nil
	case "show", "update", "close":
		no, err := number(c.args[1], "序号")
		if err != nil {
			return answer{}, err
		}
		return c.oneLine(what, no)
	}
	return answer{}, c.misused()
}

// lines returns the lines that the caller may read: all, or their own.
func (c *call) lines() []meeting.LedgerLine {
	if c.state().KeepsLedger(c.who) {
		return c.state().Ledger()
	}
	return c.state().LedgerOf(c.who)
}

// oneLine updates or closes a line if that was asked for, and then shows it.
func (c *call) oneLine(what string, no int) (answer, error) {
	var err error
	switch what {
	case "update":
		cmd := meeting.UpdateLine{No: no}
		if err = c.fields(&cmd.LineChange, "progress"); err == nil {
			err = c.act(cmd)
		}
	case "close":
		var typed struct{ Acceptance string }
		if err = c.fields(&typed, "acceptance"); err == nil {
			err = c.act(meeting.CloseLine{No: no, Acceptance: typed.Acceptance})
		}
	}
	if err != nil {
		return answer{}, err
	}
	for _, l := range c.lines() {
		if l.No == no {
			return answer{value: lineOf(c.state(), l), text: sayLine(c.state(), l)}, nil
		}
	}
	return answer{}, &meeting.Refusal{Code: meeting.NoLine, Args: []string{fmt.Sprint(no)}}
}

func (c *call) addLine() (answer, error) {
	var typed struct {
		Level   meeting.Level
		Member  string // an id, or a name that only one person has
		Problem string
		Source  meeting.Source
		Measure string
		Goal    string
		Helper  string
		Due     string
	}
	if err := c.fields(&typed, "problem"); err != nil {
		return answer{}, err
	}
	cmd := meeting.AddLine{
		Level: typed.Level, Problem: typed.Problem, Source: typed.Source, Measure: typed.Measure, Goal: typed.Goal,
		Helper: typed.Helper, Due: typed.Due,
	}
	if typed.Member != "" {
		cmd.Of = c.person(typed.Member)
	}
	events, err := c.events(cmd)
	if err != nil {
		return answer{}, err
	}
	s := c.state()
	for _, l := range s.LedgerLines {
		if e := events[0]; l.By == e.By && l.At.Equal(e.At) {
			return answer{value: lineOf(s, l), text: sayLine(s, l)}, nil
		}
	}
	return answer{}, errElsewhere
}

// fields reads one JSON object from standard input into v and refuses fields
// that v does not have. Any fault refuses it whole; example is a field for the
// error.
func (c *call) fields(v any, example string) error {
	data, err := c.input()
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	trimmed := bytes.TrimSpace(data)
	if !bytes.HasPrefix(trimmed, []byte("{")) || dec.Decode(v) != nil {
		return badFields(example)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return badFields(example)
	}
	return nil
}

func badFields(example string) error {
	return sentence(fmt.Sprintf(`没有收下：应当是一个 JSON 对象，像 {"%s":"文字"}，只用 ledger 的字段名。`, example))
}
