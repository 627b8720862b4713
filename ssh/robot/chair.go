package robot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Chair says how a robot runs a meeting whose members are robots too: it says
// `step` whenever nobody is waited for.
type Chair struct {
	Code string // join code of a member with the console

	Absent []Absence
	// Patience is how long the chair waits for somebody before it goes on
	// without them; 0 is half a minute.
	Patience time.Duration
	// Settle is how long it must have been quiet before the next step; 0 is
	// 60 ms.
	Settle time.Duration
	// Progress is called with a Chinese line when the meeting comes to
	// something new.
	Progress func(line string)
}

// Absence is a member who does not come.
type Absence struct {
	ID      string
	Reason  string
	Written bool // with written material, which is read out
}

// reason is the chair's reason at a red check; it goes into the minutes.
const reason = "示范会议，按现场情况继续"

// Facilitate runs the meeting to its end and returns nil, or the error of ctx
// if that ends first.
func Facilitate(ctx context.Context, at Server, c Chair) error {
	if c.Patience == 0 {
		c.Patience = 30 * time.Second
	}
	if c.Settle == 0 {
		c.Settle = 60 * time.Millisecond
	}
	f := &facilitator{Chair: c, done: map[string]bool{}}
	if err := retry(ctx, at, c.Code, f.lead); err != nil {
		return fmt.Errorf("chair: %w", err)
	}
	return nil
}

// facilitator is what the chair remembers across its connections.
type facilitator struct {
	Chair
	done map[string]bool
	item int
}

// lead runs the meeting on one connection.
func (f *facilitator) lead(ctx context.Context, d *Door) error {
	news, err := d.follow()
	if err != nil {
		return err
	}
	var s status
	var since time.Time // when the present waiting began
	whom := "the first status"
	quiet := time.NewTimer(f.Patience)
	defer quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case fresh, ok := <-news:
			if !ok {
				return errors.New("robot: the connection broke")
			}
			s = fresh
			f.tell(s)
			if s.Phase == "after" {
				return nil
			}
			if now := f.waitsFor(s); now != whom {
				whom, since = now, time.Now()
			}
			quiet.Reset(f.pause(whom, since))
		case <-quiet.C:
			if err := f.act(ctx, d, s, whom != ""); err != nil {
				return err
			}
			whom, since = f.waitsFor(s), time.Now()
			quiet.Reset(max(f.pause(whom, since), retryAfter)) // in case nothing moves
		}
	}
}

// retryAfter is how soon the chair tries again when its words did not move the
// meeting.
const retryAfter = time.Second

// pause returns how long to wait for news.
func (f *facilitator) pause(whom string, since time.Time) time.Duration {
	if whom == "" {
		return f.Settle
	}
	return max(0, f.Patience-time.Since(since))
}

func (f *facilitator) tell(s status) {
	if s.Item == nil || s.Item.No == f.item {
		return
	}
	f.item = s.Item.No
	if f.Progress != nil {
		f.Progress(fmt.Sprintf("第 %d 项 %s", s.Item.No, s.Item.Title))
	}
}

// waitsFor names whom the meeting waits for; "" if it can go on.
func (f *facilitator) waitsFor(s status) string {
	switch {
	case s.Step == nil:
		return "the console"
	case f.due(s) != "":
		return ""
	case s.Speaker != nil:
		return "speaker " + s.Speaker.ID
	case len(s.Step.Wait) > 0:
		return strings.Join(s.Step.Wait, " ")
	}
	return ""
}

// due returns the words that the chair must say beside the steps.
func (f *facilitator) due(s status) string {
	for _, words := range f.duties(s) {
		if !f.done[words] {
			return words
		}
	}
	return ""
}

func (f *facilitator) duties(s status) []string {
	var list []string
	if s.Item != nil && s.may("note") && notes[s.Item.Kind] != "" {
		list = append(list, "note "+s.Item.Kind)
	}
	if s.at("sign-in") && s.may("place") {
		list = append(list, "place 会议室")
	}
	for _, a := range f.Absent {
		switch {
		case s.at("sign-in"):
			words := "absent " + a.ID + " " + a.Reason
			if a.Written {
				words += " --written"
			}
			list = append(list, words)
		case a.Written && s.Round != nil && s.Round.Subject == a.ID && s.Round.Stage == "self":
			list = append(list, "record "+a.ID+" self-criticise")
		case a.Written && s.at("self-rating") && s.Step != nil && slices.Contains(s.Step.Wait, a.ID):
			list = append(list, "record "+a.ID+" self-rate 合格")
		}
	}
	if s.at("rectification") {
		list = append(list, "resolve 同意大家提出的整改意见，列入整改清单")
	}
	if s.Speaker == nil && len(s.Queue) > 0 && !s.at("criticism") {
		list = append(list, fmt.Sprintf("floor %s", s.Queue[0]))
	}
	return list
}

// notes are the recorder's notes by kind of item.
var notes = map[string]string{
	"opening":    "主持人说明会议主题、议程和要求。",
	"study":      "集体学习有关文件，重温入党誓词。",
	"last-year":  "通报上次组织生活会整改事项：五项已完成四项，一项继续推进。",
	"report":     "书记通报会前准备、征求意见和谈心谈话情况：征求到意见十二条，归纳为五条。",
	"self-check": "书记代表支部班子作对照检查，查摆问题四个，分析原因，提出整改措施。",
	"remark":     "与会领导点评：准备充分，批评有辣味，整改要落到人、落到时间。",
	"closing":    "书记作表态：照单全收，列出清单，限期整改，会后向上级报告。",
}

// act says the next words: a duty, or the next step. impatient means that
// somebody is still waited for, but long enough.
func (f *facilitator) act(ctx context.Context, d *Door, s status, impatient bool) error {
	if words := f.due(s); words != "" {
		return f.duty(ctx, d, words)
	}
	if impatient && s.Speaker != nil {
		return forgiving(d.Say(ctx, "yield", ""))
	}
	_, err := d.Say(ctx, "step", "")
	var no *Refused
	if errors.As(err, &no) {
		return forgiving(d.Say(ctx, "step --reason "+reason, ""))
	}
	return err
}

// duty says words once, whether they succeed or not.
func (f *facilitator) duty(ctx context.Context, d *Door, words string) error {
	say, text := words, ""
	switch name, rest, _ := strings.Cut(words, " "); {
	case name == "note":
		say, text = name, notes[rest]
	case name == "resolve":
		n, err := hands(ctx, d)
		if err != nil {
			return err
		}
		say = fmt.Sprintf("%s --yes %d", words, n)
	case strings.HasSuffix(words, " self-criticise"):
		text = "（书面材料）" + shortcomings[0] + causes[0] + promises[0]
	}
	if err := forgiving(d.Say(ctx, say, text)); err != nil {
		return err
	}
	if !strings.HasPrefix(words, "floor ") { // the same person may ask for the floor again
		f.done[words] = true
	}
	return nil
}

// hands returns how many 正式党员 are in the room.
func hands(ctx context.Context, d *Door) (n int, err error) {
	var people []struct {
		Kind    string `json:"kind"`
		Present bool   `json:"present"`
	}
	if err := d.Ask(ctx, "people", &people); err != nil {
		return 0, err
	}
	for _, p := range people {
		if p.Present && p.Kind == "formal" {
			n++
		}
	}
	return n, nil
}

// forgiving drops every error but a broken connection: what was refused is
// decided again on the next status.
func forgiving(_ []byte, err error) error {
	var no *Refused
	if errors.As(err, &no) {
		return nil
	}
	return err
}
