package ssh

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// Keys of a ballot's JSON object that name no member.
const (
	commentsKey  = "remarks"
	committeeKey = "committee"
)

func showBallot(c *call) (answer, error) {
	type subject struct {
		ID   meeting.MemberID `json:"id"`
		Name string           `json:"name"`
	}
	s := c.state()
	v := s.Vote()
	if v == nil || len(v.Subjects) == 0 {
		return answer{}, &meeting.Refusal{Code: meeting.BoxNotOpen}
	}
	a := struct {
		Subjects  []subject `json:"subjects"`
		Grades    []string  `json:"grades"`
		SelfVote  bool      `json:"self_vote"`
		Comments  bool      `json:"remarks"`
		Committee []string  `json:"committee,omitempty"` // the scale of the committee's own question
	}{Grades: s.Rules.Grades, SelfVote: s.Rules.Vote.SelfVote, Comments: s.Rules.Vote.Comments}
	var text strings.Builder
	fmt.Fprintf(&text, "等次：%s；弃权写 0\n", numbered(s.Rules.Grades))
	for _, id := range v.Subjects {
		a.Subjects = append(a.Subjects, subject{id, s.SubjectName(id)})
		fmt.Fprintf(&text, "%s　%s\n", id, s.SubjectName(id))
	}
	if v.Branch {
		a.Committee = s.Rules.Vote.BranchScale
		fmt.Fprintf(&text, "%s　%s：%s\n", committeeKey, s.Rules.Vote.BranchTitle, numbered(a.Committee))
	}
	return answer{value: a, text: text.String()}, nil
}

// numbered lists grades with the digits that stand for them.
func numbered(grades []string) string {
	var list []string
	for i, g := range grades {
		list = append(list, fmt.Sprintf("%d %s", i+1, g))
	}
	return strings.Join(list, "、")
}

func cast(c *call) (answer, error) {
	s := c.state()
	if no := meeting.May(s, c.who, meeting.ActVote); no != nil {
		return answer{}, no // refuse before reading what nobody may see
	}
	data, err := c.input()
	if err != nil {
		return answer{}, err
	}
	defer clear(data)
	choices, err := readChoices(data, s.Vote().Subjects, s.Rules)
	if err != nil {
		return answer{}, err
	}
	return voted(c.room.CastOnce(c.ctx, c.id(), c.who, choices))
}

// errShape says that a ballot has the wrong form as a whole.
const errShape = sentence(`选票没有收下：应当是一个 JSON 对象，像 {"m01":1,"m02":0}。`)

// readChoices reads a ballot: an object from members to grades, with comments on
// members beside it. A grade is its digit from 1, or its name; 弃权 is 0 or null.
// Digits have one length, so that what is sent does not tell which they are. Any
// fault refuses the ballot whole. No error repeats anything of it, because it
// could be a choice: entries are counted instead.
func readChoices(data []byte, subjects []meeting.MemberID, rules *preset.Rules) (meeting.Choices, error) {
	c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}, Comments: map[meeting.MemberID]string{}}
	dec := json.NewDecoder(bytes.NewReader(data))
	err := readObject(dec, func(n int, key string) error {
		id := meeting.MemberID(key)
		switch onBallot := slices.Contains(subjects, id); {
		case key == commentsKey && !onBallot:
			return readComments(dec, c.Comments, subjects)
		case key == committeeKey && !onBallot:
			if len(rules.Vote.BranchScale) == 0 {
				return sentence(fmt.Sprintf("选票没有收下：这次测评不评班子，请去掉第 %d 项。", n))
			}
			return readGrade(dec, n, rules.Vote.BranchScale, &c.Branch)
		case !onBallot:
			return unknownEntry(n)
		}
		var g meeting.Grade
		err := readGrade(dec, n, rules.Grades, &g)
		if g != "" {
			c.Grades[id] = g
		}
		return err
	})
	if err != nil {
		return c, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return c, errShape
	}
	return c, nil
}

// readObject reads a JSON object without doubled keys. value reads what follows
// key, the n-th entry from 1.
func readObject(dec *json.Decoder, value func(n int, key string) error) error {
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return errShape
	}
	seen := map[string]bool{}
	for n := 1; dec.More(); n++ {
		t, err := dec.Token()
		key, ok := t.(string)
		switch {
		case err != nil || !ok:
			return errShape
		case seen[key]:
			return sentence(fmt.Sprintf("选票没有收下：第 %d 项的编号前面已经写过，每人只写一次。", n))
		}
		seen[key] = true
		if err := value(n, key); err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return errShape
	}
	return nil
}

func unknownEntry(n int) error {
	return sentence(fmt.Sprintf("选票没有收下：第 %d 项的编号不在测评票上，用 ballot 看票上有谁。", n))
}

// readGrade reads the grade of entry n; 0 and null leave it "".
func readGrade(dec *json.Decoder, n int, scale []string, to *meeting.Grade) error {
	no := sentence(fmt.Sprintf("选票没有收下：第 %d 项的等次应当是 1 到 %d、弃权 0，或加引号的等次。", n, len(scale)))
	var grade any
	if dec.Decode(&grade) != nil {
		return no
	}
	switch g := grade.(type) {
	case nil:
	case string:
		if g == "" {
			return no
		}
		*to = meeting.Grade(g)
	case float64:
		i := int(g)
		if float64(i) != g || i < 0 || i > len(scale) {
			return no
		}
		if i > 0 {
			*to = meeting.Grade(scale[i-1])
		}
	default:
		return no
	}
	return nil
}

// readComments reads the comments: an object from members to texts.
func readComments(dec *json.Decoder, to map[meeting.MemberID]string, subjects []meeting.MemberID) error {
	return readObject(dec, func(n int, key string) error {
		if !slices.Contains(subjects, meeting.MemberID(key)) {
			return unknownEntry(n)
		}
		var text string
		if dec.Decode(&text) != nil {
			return sentence(fmt.Sprintf("选票没有收下：第 %d 条意见应当是加引号的文字。", n))
		}
		to[meeting.MemberID(key)] = text
		return nil
	})
}
