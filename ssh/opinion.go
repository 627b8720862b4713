package ssh

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Opinions have words of their own: add takes one without a name, list has the
// counts and the summary, merge and close are the console's.

// opinionForm is their kind.
func opinionForm() *meeting.Form { return formNamed("opinion") }

// addOpinion keeps an opinion, or, with "anonymous": true, hands one in without
// the caller's name. What is answered then is the same whoever asks and whatever
// they wrote, and says no number: it would prove whose it is.
func addOpinion(c *call) (answer, error) {
	data, err := c.input()
	if err != nil {
		return answer{}, err
	}
	rest, unsigned, err := unsignedInput(data)
	if err != nil {
		return answer{}, err
	}
	c.in = bytes.NewReader(rest)
	if !unsigned {
		return c.writeRecord(opinionForm(), 0)
	}
	values, _, err := c.recordValues(opinionForm())
	if err != nil {
		return answer{}, err
	}
	if err := c.act(meeting.HandInOpinion{Values: values}); err != nil {
		return answer{}, err
	}
	handed := c.recordAnswer(c.state(), opinionForm(), meeting.Record{Form: "opinion", State: meeting.Kept, Version: 1})
	handed.Fields = map[string]any{}
	return answer{value: handed, text: "已投入意见箱，没有署名。投入以后不能查、不能改。"}, nil
}

// unsignedInput takes "anonymous" out of an object; unsigned is what it said.
func unsignedInput(data []byte) (rest []byte, unsigned bool, err error) {
	var typed map[string]json.RawMessage
	var no *meeting.Refusal
	switch err := readJSON(data, &typed); {
	case errors.As(err, &no):
		return nil, false, no
	case err != nil || typed["anonymous"] == nil:
		return data, false, nil
	}
	if json.Unmarshal(typed["anonymous"], &unsigned) != nil {
		return nil, false, sentence("「anonymous」只能是 true 或 false。")
	}
	delete(typed, "anonymous")
	rest, err = json.Marshal(typed)
	return rest, unsigned, err
}

// opinionsAnswer is how many opinions there are, those that may be read, and the
// lines of the summary.
type opinionsAnswer struct {
	Raw     int            `json:"raw"`
	Merged  int            `json:"merged"`
	Closed  bool           `json:"closed"`
	Items   []recordAnswer `json:"items"`
	Summary []summaryLine  `json:"summary"`
}

type summaryLine struct {
	No   int    `json:"no"`
	Text string `json:"text"`
	Of   []int  `json:"of"`
}

// listOpinions lists the opinions and the summary for who reads all of them, and
// for who keeps some these.
func listOpinions(c *call) (answer, error) {
	s := c.state()
	list := s.Records(c.who, "opinion")
	if !s.ReadsOpinions(c.who) && len(list) == 0 {
		return answer{}, &meeting.Refusal{Code: meeting.OpinionsHeld}
	}
	v := opinionsAnswer{Raw: s.RawOpinions(), Merged: len(s.Opinions.Lines), Closed: s.Opinions.Closed, Items: []recordAnswer{}, Summary: []summaryLine{}}
	var text strings.Builder
	fmt.Fprintf(&text, "原始 %d 条，归并 %d 条\n", v.Raw, v.Merged)
	if n := s.Opinions.Unsigned() - s.OpinionsShown(); n > 0 {
		fmt.Fprintf(&text, "还看不到的不署名的 %d 条：每满 %d 条一起看一批，或 opinion close 以后都看。\n", n, s.Rules.Vote.MinBallots)
	}
	for _, r := range list {
		a := c.recordAnswer(s, opinionForm(), r)
		if s.MayCollect(c.who) == nil && r.State != meeting.Draft {
			a.May = append(a.May, "merge")
		}
		v.Items = append(v.Items, a)
		text.WriteString(sayRecord(s, opinionForm(), r) + "\n")
	}
	if s.ReadsOpinions(c.who) {
		for _, l := range s.Opinions.Lines {
			v.Summary = append(v.Summary, summaryLine(l))
			fmt.Fprintf(&text, "归并第 %d 条（%s）：%s\n", l.No, strings.Trim(fmt.Sprint(l.Of), "[]"), draw.Clean(strings.ReplaceAll(l.Text, "\n", " ")))
		}
	}
	return answer{value: v, text: text.String()}, nil
}

// mergeOpinions makes one line of the summary of several opinions.
func mergeOpinions(c *call) (answer, error) {
	var m meeting.MergeOpinions
	for _, arg := range c.args[1:] {
		no, err := number(arg, "序号")
		if err != nil {
			return answer{}, err
		}
		m.Nos = append(m.Nos, no)
	}
	data, err := c.input()
	if err != nil {
		return answer{}, err
	}
	if m.Text, err = moveText(meeting.Move{Fills: "text"}, data); err != nil {
		return answer{}, err
	}
	if err := c.act(m); err != nil {
		return answer{}, err
	}
	return listOpinions(c)
}

func closeOpinions(c *call) (answer, error) {
	if err := c.act(meeting.CloseOpinions{}); err != nil {
		return answer{}, err
	}
	return listOpinions(c)
}
