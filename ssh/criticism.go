package ssh

import (
	"fmt"
	"strconv"
	"strings"

	"pingyi/meeting"
)

func selfCriticise(c *call) (answer, error) {
	return c.say(func(text string) meeting.Command { return meeting.CriticiseSelf{Text: text} })
}

func criticise(c *call) (answer, error) {
	of := c.person(c.args[0])
	a, err := c.say(func(text string) meeting.Command { return meeting.Criticise{Of: of, Text: text} })
	if err == nil {
		a.text = "已记下，署你的名，记入会议记录。这一轮结束前可以用 criticisms 看、改、收回。"
	}
	return a, err
}

func respond(c *call) (answer, error) {
	return c.say(func(text string) meeting.Command { return meeting.Respond{Text: text} })
}

func note(c *call) (answer, error) {
	text, err := c.speech()
	if err != nil {
		return answer{}, err
	}
	cmd := meeting.TakeNote{Text: text}
	for flag, n := range map[string]*int{"item": &cmd.Item, "corrects": &cmd.Corrects} {
		if !c.set(flag) {
			continue
		}
		if *n, err = number(c.flags[flag], "--"+flag+" "); err != nil {
			return answer{}, err
		}
	}
	switch { // 0 is no item and no note, and not the word without the flag
	case c.set("item") && cmd.Item == 0:
		return answer{}, &meeting.Refusal{Code: meeting.BadNumber, Args: []string{c.flags["item"], "1", strconv.Itoa(len(c.state().Agenda))}}
	case c.set("corrects") && cmd.Corrects == 0:
		return answer{}, &meeting.Refusal{Code: meeting.NoSuchNote, Args: []string{c.flags["corrects"]}}
	}
	events, err := c.events(cmd)
	if err != nil {
		return answer{}, err
	}
	if f, noted := events[0].Fact.(meeting.Noted); noted && f.Corrects > 0 {
		return answer{value: map[string]int{"no": f.Corrects}, text: fmt.Sprintf("第 %d 条已更正。", f.Corrects)}, nil
	}
	no, there := 0, false
	for e := range c.state().Chronicle.Backward() { // this note, and those before it
		there = there || e.ID == events[0].ID
		if f, noted := e.Fact.(meeting.Noted); noted && there && f.Corrects == 0 {
			no++
		}
	}
	return answer{value: map[string]int{"no": no}, text: fmt.Sprintf("已记下，第 %d 条。", no)}, nil
}

func notePlace(c *call) (answer, error) {
	if err := c.act(meeting.NotePlace{Place: strings.Join(c.args, " ")}); err != nil {
		return answer{}, err
	}
	return done("已记下。")
}

// say submits a text from standard input.
func (c *call) say(of func(text string) meeting.Command) (answer, error) {
	text, err := c.speech()
	if err != nil {
		return answer{}, err
	}
	if err := c.act(of(text)); err != nil {
		return answer{}, err
	}
	return done("已记下。")
}

// askReading lets the caller's written words be read out for them.
func askReading(c *call) (answer, error) {
	if err := c.act(meeting.AskReading{Off: c.set("off")}); err != nil {
		return answer{}, err
	}
	return done("已记下。")
}

func selfRate(c *call) (answer, error) {
	if err := c.act(meeting.RateSelf{Grade: meeting.Grade(c.args[0])}); err != nil {
		return answer{}, err
	}
	return done("已记下。")
}

// record writes for somebody who has no terminal or whose written material is
// read.
func record(c *call) (answer, error) {
	from, what, rest := c.person(c.args[0]), c.args[1], c.args[2:]
	if needs := what == "criticise" || what == "self-rate"; needs != (len(rest) == 1) {
		return answer{}, c.misused()
	}
	switch what {
	case "self-criticise":
		return c.say(func(text string) meeting.Command { return meeting.CriticiseSelf{From: from, Text: text} })
	case "criticise":
		of := c.person(rest[0])
		return c.say(func(text string) meeting.Command { return meeting.Criticise{From: from, Of: of, Text: text} })
	case "respond":
		return c.say(func(text string) meeting.Command { return meeting.Respond{From: from, Text: text} })
	case "self-rate":
		if err := c.act(meeting.RateSelf{ID: from, Grade: meeting.Grade(rest[0])}); err != nil {
			return answer{}, err
		}
		return done("已记下。")
	}
	return answer{}, c.misused()
}

// criticisms lists the words in 批评与自我批评 that the caller may read, or
// changes or takes back some of their own.
func criticisms(c *call) (answer, error) {
	if len(c.args) == 0 {
		return listCriticisms(c)
	}
	if len(c.args) != 2 {
		return answer{}, c.misused()
	}
	no, err := number(c.args[1], "序号")
	if err != nil {
		return answer{}, err
	}
	var id meeting.SpeechID // nobody's, which the meeting refuses
	for _, w := range c.state().Speeches(c.who) {
		if w.No == no && w.From == c.who {
			id = w.ID
		}
	}
	switch c.args[0] {
	case "mend":
		return c.say(func(text string) meeting.Command { return meeting.MendSpeech{ID: id, Text: text} })
	case "withdraw":
		if err := c.act(meeting.WithdrawSpeech{ID: id}); err != nil {
			return answer{}, err
		}
		return done("已收回。")
	}
	return answer{}, c.misused()
}

func listCriticisms(c *call) (answer, error) {
	type entry struct {
		No      int                `json:"no"`
		Subject meeting.MemberID   `json:"subject"`
		From    meeting.MemberID   `json:"from"`
		Kind    meeting.SpeechKind `json:"kind"`
		Text    string             `json:"text"`
	}
	s := c.state()
	list := []entry{}
	var text strings.Builder
	for _, w := range s.Speeches(c.who) {
		list = append(list, entry{w.No, w.ID.Of, w.From, w.ID.Kind, w.Text})
		what := "批评 " + s.Called(w.ID.Of)
		switch w.ID.Kind {
		case meeting.SelfSpeech:
			what = "自我批评"
		case meeting.ResponseSpeech:
			what = "表态"
		case meeting.CriticismSpeech:
		}
		words := w.Text
		if words == "" {
			words = "（口头提出，没有文字）"
		}
		fmt.Fprintf(&text, "%d　%s　%s\n%s\n", w.No, s.Called(w.From), what, words)
	}
	if len(list) == 0 {
		text.WriteString("还没有你写的，也没有给你的。\n")
	}
	return answer{value: list, text: text.String()}, nil
}
