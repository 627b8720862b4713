package ssh

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
	"pingyi/tui/draw"
)

// givePaper gives a voter without a terminal a paper slip, or takes it back.
func givePaper(c *call) (answer, error) {
	id, back := c.person(c.args[0]), c.set("back")
	a, err := c.box(c.act(meeting.GivePaper{ID: id, Back: back}))
	if err == nil && back {
		a.text = draw.Clean(tui.Chinese().SayTakenBack(c.state(), id)) + "。\n" + a.text
	}
	return a, err
}

// slips enters a scrutineer's sum of the paper slips.
func slips(c *call) (answer, error) {
	data, err := c.input()
	if err != nil {
		return answer{}, err
	}
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActSlips); no != nil {
		return answer{}, no
	}
	sums, err := readSlips(data, s.Rules.Grades, s.Rules.Vote.BranchScale)
	if err != nil {
		return answer{}, err
	}
	if err := c.act(meeting.EnterPaper{PaperCount: sums}); err != nil {
		return answer{}, err
	}
	_, agreed := c.state().Vote().AgreedPaper()
	text := "已录入，等另一位监票人录入同样的数。"
	if agreed {
		text = "已录入，与另一位监票人的一致。"
	}
	return answer{value: map[string]bool{"agreed": agreed}, text: text}, nil
}

// errSlips says that sums have the wrong form as a whole.
const errSlips = sentence(`没有收下：应当是一个 JSON 对象，像 {"returned":2,"counts":{"m01":{"优秀":1,"合格":1}}}。`)

// readSlips reads sums: the number of returned slips and, for each member, how
// many slips gave which grade.
func readSlips(data []byte, grades, scale []string) (meeting.PaperCount, error) {
	var typed struct {
		Returned  int                                 `json:"returned"`
		Counts    map[meeting.MemberID]map[string]int `json:"counts"`
		Committee map[string]int                      `json:"committee"`
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var no *meeting.Refusal
	switch err := readJSON(data, new(any)); {
	case errors.As(err, &no):
		return meeting.PaperCount{}, no
	case err != nil, dec.Decode(&typed) != nil:
		return meeting.PaperCount{}, errSlips
	}
	sums := meeting.PaperCount{Returned: typed.Returned, Grades: map[meeting.MemberID][]int{}}
	var err error
	for id, row := range typed.Counts {
		if sums.Grades[id], err = tally(row, grades); err != nil {
			return meeting.PaperCount{}, err
		}
	}
	if len(typed.Committee) > 0 {
		sums.Branch, err = tally(typed.Committee, scale)
	}
	return sums, err
}

// tally orders counts by the scale.
func tally(row map[string]int, scale []string) ([]int, error) {
	counts := make([]int, len(scale))
	for word, n := range row {
		i := slices.Index(scale, word)
		if i < 0 {
			return nil, sentence("没有收下：等次应当是 " + strings.Join(scale, "、") + " 之一。")
		}
		counts[i] = n
	}
	return counts, nil
}
