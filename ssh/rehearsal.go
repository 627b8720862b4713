package ssh

import (
	"encoding/hex"
	"fmt"
	"strings"

	"pingyi/meeting"
	"pingyi/tui"
)

// rehearse begins a rehearsal, closes its box, or ends it.
func rehearse(c *call) (answer, error) {
	what := ""
	if len(c.args) == 1 {
		what = c.args[0]
	}
	switch what {
	case "":
		if err := c.room.Rehearse(c.ctx, c.who, true); err != nil {
			return answer{}, err
		}
		return c.rehearsal("预演开始了，现在就可以投票。这些都不进会议记录：投完用 rehearse close 结束投票，大家用 receipt 核对回执，再用 confirmed 计票；也请大家用 peek 试着偷看。")
	case "close":
		return closeRehearsal(c)
	case "end":
		if err := c.room.Rehearse(c.ctx, c.who, false); err != nil {
			return answer{}, err
		}
		return c.rehearsal("预演结束了，票和结果都没有留下。")
	}
	w, _ := lookup("rehearse", vocabulary())
	return answer{}, usagef("参数不对。用法：%s", w.usage())
}

// closeRehearsal closes the box of a rehearsal, never that of a meeting.
func closeRehearsal(c *call) (answer, error) {
	if !c.room.Rehearsing() {
		return answer{}, &meeting.Refusal{Code: meeting.NoRehearsal}
	}
	if err := c.act(meeting.CloseBox{}); err != nil {
		return answer{}, err
	}
	s := c.state()
	return c.rehearsal("投票结束。" + tui.Chinese().Say(meeting.May(s, s.Vote().Scrutineers[0], meeting.ActUnseal)))
}

// rehearsal answers whether a rehearsal is on and how far its vote has come.
func (c *call) rehearsal(text string) (answer, error) {
	s := c.state()
	return answer{value: struct {
		Rehearsal bool `json:"rehearsal"`
		Vote      vote `json:"vote"`
	}{s.Rehearsal, voteOf(s)}, text: text}, nil
}

// peek shows everything that is kept of the caller's ballots in a rehearsal.
func peek(c *call) (answer, error) {
	if no := meeting.May(c.state(), c.who, meeting.ActPeek); no != nil {
		return answer{}, no
	}
	p, err := c.room.Peek(c.ctx, c.who)
	if err != nil {
		return answer{}, err
	}
	v := struct {
		Records  [][]byte           `json:"records"` // base64
		Receipt  string             `json:"receipt"`
		Times    int                `json:"times"`
		Issued   int                `json:"issued"`
		Returned []meeting.MemberID `json:"returned"`
	}{p.Records, p.Receipt, p.Times, p.Issued, ids(p.Returned)}
	return answer{value: v, text: sayPeek(c.state(), p)}, nil
}

// shown is how many bytes of a record are printed.
const shown = 512

func sayPeek(s *meeting.State, p meeting.Peek) string {
	var text strings.Builder
	fmt.Fprintf(&text, "文件里关于你的票有 %d 条记录。备份是文件的副本，一字不差。\n", len(p.Records))
	for i, b := range p.Records {
		fmt.Fprintf(&text, "\n第 %d 条，%d 字节，最后 %d 字节是这样：\n", i+1, len(b), min(len(b), shown))
		text.WriteString(hex.Dump(b[max(0, len(b)-shown):]))
	}
	fmt.Fprintf(&text, "\n主持人看得见：发出 %d 张，收回 %d 张，投了票的是 %s；你的回执 %s，投了 %d 次。\n", p.Issued, len(p.Returned), sayNames(s, p.Returned), p.Receipt, p.Times)
	text.WriteString("哪里都没有你选了什么。\n")
	return text.String()
}
