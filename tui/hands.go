package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// newHands counts a show of hands. It begins with everybody for it, the usual
// case: Enter alone records it.
func newHands(s *meeting.State, text string, submit func(*App, meeting.Hands) tea.Cmd) *figures {
	n := []int{s.Roll().HereFormal, 0, 0}
	return &figures{
		title: "举手表决", labels: []string{"赞成", "反对", "弃权"}, n: n, last: "记下结果", at: len(n), fresh: true,
		say: func(a *App, f *flow) {
			r := a.s.Roll()
			f.say(plain, text)
			f.gap()
			f.say(plain, fmt.Sprintf("在场正式党员 %d 名，应到 %d 名。赞成超过应到的一半才通过。", r.HereFormal, r.ExpectedFormal))
		},
		submit: func(a *App) tea.Cmd { return submit(a, meeting.Hands{Yes: n[0], No: n[1], Abstain: n[2]}) },
	}
}
