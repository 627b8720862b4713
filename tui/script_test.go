package tui

import (
	"strings"
	"testing"

	"pingyi/meeting"
)

// aside is what stands at the right of a wide console.
func (s *seat) aside() string {
	return squeezed(drawnText(s.app.words, s.app.seen().aside))
}

// drawnText is the text of blocks, each on one line.
func drawnText(w *Words, blocks []block) string {
	var text strings.Builder
	for _, l := range w.set(blocks, 200).lines {
		text.WriteString(l.Text() + "\n")
	}
	return text.String()
}

// At 120 columns the console shows what is read out, what Enter will do, and
// whom the meeting waits for; at 80 the text has a page of its own.
func TestTheConsoleUsesItsRoom(t *testing.T) {
	for _, c := range []struct {
		moment string
		middle []string
		aside  []string
	}{
		{"sign-in", []string{"应到党员 8 名，实到 5 名，缺席 3 名", "按 Enter：进入下一项「开场」，先问一句："}, []string{"没有签到（1）", "党员07"}},
		{"study", []string{"下一位请 党员05 发言，请 党员01 准备。", "按 Enter：请 党员05 发言。按错了可以按 Backspace 撤回。"}, []string{"候言（2）", "党员05、党员01", "还没有发言（5）"}},
		{"criticism-critic", []string{"下面请 党员07 对 党员03 提意见。", "按 Enter：请 党员07 提批评意见。"}, []string{"候言（1）", "还没有自我批评（6）", "还没有批评过别人（5）"}},
		{"self-rating", []string{"还有 4 位没有填。"}, []string{"还没有自评（4）", "党员02、党员04、党员05、党员07"}},
		{"ballot-scrutineers", []string{"提议由 党员01、党员05 担任监票人。", "按 Enter：推选监票人：党员01、党员05，先问一句：", "在场正式党员 6 名全部赞成就确定"}, nil},
		{"ballot-sealed", []string{"每人一张，共 6 张。", "晚到的人这次没有电子票。"}, nil},
		{"ballot-open", []string{"现在开始投票，发出测评票 6 张。"}, []string{"还没有投票（4）", "党员03、党员04、党员05、党员07"}},
		{"ballot-closed", []string{"发出测评票 6 张；收回 6 张。"}, []string{"还没有核对回执（6）"}},
		{"rating", []string{"对 7 名党员提出等次。优秀不超过 2 名"}, []string{"还没有评定（5）"}},
		{"closing", []string{"今天的会议到此结束，散会。", "按 Enter：散会，先问一句："}, nil},
	} {
		t.Run(c.moment, func(t *testing.T) {
			p := momentOf(t, c.moment)
			p.width, p.height = 120, 40
			wide := p.as("m03").sees("请念：", "按 Enter：")
			for _, part := range c.aside {
				if !strings.Contains(wide.aside(), squeezed(part)) {
					t.Errorf("%q is not at the right:\n%s", part, wide.screen())
				}
				wide.sees(strings.Split(part, "、")[0])
			}
			if len(c.aside) == 0 && wide.aside() != "" {
				t.Errorf("at the right stands %q", wide.aside())
			}
			text := squeezed(drawnText(wide.app.words, append(scripted(wide.app), effect(wide.app)...)))
			for _, part := range c.middle {
				if !strings.Contains(text, squeezed(part)) {
					t.Errorf("%q is not in the middle:\n%s", part, wide.screen())
				}
			}
			q := momentOf(t, c.moment)
			q.height = 40
			narrow := q.as("m03").seesNo("请念：")
			narrow.press("z")
			if part := c.middle[0]; !strings.Contains(squeezed(narrow.screen()), squeezed(part)) {
				t.Errorf("%q is not on the page of its own:\n%s", part, narrow.screen())
			}
			narrow.seesNo("按 Enter")
		})
	}
}

// Beside an open or closed box nothing stands but who has not come to it.
func TestNothingBesideAVoteTellsItsContent(t *testing.T) {
	for _, moment := range []string{"ballot-open", "ballot-closed", "ballot-confirmed", "tally"} {
		p := momentOf(t, moment)
		p.width, p.height = 120, 40
		s := p.as("m03")
		text := s.aside() + squeezed(drawnText(chinese, append(scripted(s.app), effect(s.app)...)))
		for _, g := range p.State().Rules.Grades {
			if strings.Contains(text, g) {
				t.Errorf("%s: %q stands in %s", moment, g, text)
			}
		}
	}
}

// The page of its own follows the meeting.
func TestTheScriptFollowsTheMeeting(t *testing.T) {
	p := momentOf(t, "criticism-self")
	p.height = 40
	s := p.as("m03").press("z").sees("现在请 党员03 作自我批评")
	p.Does("m03", meeting.Advance{})
	s.sees("下面请大家对 党员03 提批评意见")
}
