package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
)

// stage is the wall: one big thing, attendance and progress in the margin. It
// has no controls, and draws only what a scenery holds, so that nothing else
// of the meeting can reach it.
type stage struct{}

// scenery is what the wall may show of a meeting: no names of who has not
// voted, nothing of a vote's content but what the rules announce.
type scenery struct {
	head, side string
	title      string   // one big thing in words
	above      []string // who speaks, what is asked of the room
	digits     string   // in big type
	part, all  int      // a bar, if all > 0
	below      []string // who is next, limits
	footer     []string // how to join, the box's fingerprint
	clock      bool     // it changes with the clock
}

func (*stage) typing() bool { return false }

func (*stage) binds(*App) []bind { return nil }

func (*stage) press(*App, stroke) (tea.Cmd, bool) { return nil, false }

func (*stage) page(a *App, f flow) page {
	sc := sceneryOf(a.s, a.Room.Now())
	if a.s.Phase == meeting.Before || at(a.s, preset.SignIn) {
		if a.JoinHint != "" {
			sc.footer = append(sc.footer, "入会："+Clean(a.JoinHint), "主机指纹 "+Clean(a.Fingerprint))
		}
	}
	p := page{head: sc.head, side: sc.side, wide: true}
	if a.Width < normalWidth {
		p.head = Clean(a.s.Branch.Name)
	}
	for _, text := range sc.footer {
		for _, l := range wrap(line{{text, plain}}, f.width) {
			p.foot = append(p.foot, centred(l, f.width))
		}
	}
	f.draw(sc, a.Height-4-len(p.foot))
	p.flow = f
	if sc.clock {
		p.beat = second
	}
	return p
}

// sceneryOf takes from a state what the wall may show.
func sceneryOf(s *meeting.State, now time.Time) scenery {
	sc := scenery{head: meetingTitle(s), side: itemNo(s) + "  " + present(s), title: itemTitle(s)}
	if s.Rules == nil {
		return scenery{head: sc.head, title: sc.title}
	}
	r := s.Roll()
	switch it, _ := s.Item(); {
	case s.Phase == meeting.Before, it.Kind == preset.SignIn:
		sc.title = "请签到"
		sc.digits = fmt.Sprintf("%d/%d", r.Present, r.Expected)
		sc.below = []string{roll(s), quorum(s)}
	case s.Phase != meeting.Live:
		sc.above = []string{roll(s), lasted(s, now.Location())}
	case s.Floor.Speaker != "":
		sc.speaker(s, now)
	case it.Kind == preset.Criticism:
		sc.above = []string{turn(s)}
	case it.Kind == preset.SelfRating:
		n := graders(s)
		sc.above = []string{"请给自己评一个等次"}
		sc.digits = fmt.Sprintf("%d/%d", n-len(s.Unrated()), n)
	case it.Kind == preset.Ballot, it.Kind == preset.Tally:
		sc.vote(s, now)
	case it.Kind == preset.Rating:
		sc.above = []string{"正在评定等次，请稍候"}
	}
	if next := s.Floor.Queue; len(next) > 0 {
		sc.below = append(sc.below, "下一位："+nameOf(s, next[0]))
	}
	return sc
}

// graders is how many rate themselves.
func graders(s *meeting.State) int {
	n := 0
	for _, id := range s.Participants() {
		if s.Graded(id) {
			n++
		}
	}
	return n
}

func (sc *scenery) speaker(s *meeting.State, now time.Time) {
	fl := s.Floor
	if at(s, preset.Criticism) && s.Subject != "" && fl.Speaker != s.Subject {
		sc.above = append(sc.above, "对 "+nameOf(s, s.Subject)+" 的批评意见")
	}
	sc.above = append(sc.above, PurposeName(fl.For)+"："+nameOf(s, fl.Speaker))
	sc.digits, sc.clock = clock(fl.Elapsed(now)), !fl.Paused
	limit := time.Duration(fl.Limit) * second
	switch {
	case fl.Paused:
		sc.below = append(sc.below, "计时已暂停")
	case limit > 0 && fl.Elapsed(now) > limit:
		sc.below = append(sc.below, "已超时，限时 "+clock(limit))
	case limit > 0:
		sc.below = append(sc.below, "限时 "+clock(limit))
	}
}

func (sc *scenery) vote(s *meeting.State, now time.Time) {
	v := s.Vote()
	if v == nil || v.State == meeting.BoxVoid {
		sc.above = []string{"推选监票人"}
		return
	}
	sc.below = append(sc.below, "监票人："+names(s, v.Scrutineers))
	switch v.State {
	case meeting.BoxSealing:
		sc.above = []string{"监票人封箱"}
		sc.digits = fmt.Sprintf("%d/%d", len(v.Scrutineers)-len(s.Sealers()), len(v.Scrutineers))
		return
	case meeting.BoxSealed:
		sc.above = []string{"票箱已经封好"}
		return
	case meeting.BoxOpened:
		n := steps(len(v.Slips), len(v.Voters))
		sc.above = []string{fmt.Sprintf("发出 %d 张，已收回", len(v.Voters))}
		sc.digits = fmt.Sprintf("%d/%d", n, len(v.Voters))
		sc.part, sc.all, sc.clock = n, len(v.Voters), true
		sc.below = append(sc.below, "用时 "+clock(now.Sub(v.Opened)))
	case meeting.BoxClosed:
		sc.above = []string{"投票结束，等待监票人开箱"}
		sc.digits = fmt.Sprintf("%d/%d", len(v.Slips), len(v.Voters))
	case meeting.BoxCounted:
		sc.above = []string{fmt.Sprintf("发出 %d 张，收回 %d 张", len(v.Voters), len(v.Slips))}
		sc.below = resultLines(s)
		if !v.Announced {
			sc.below = []string{"等待公布结果"}
		}
	}
	for _, text := range []string{massIssued(v, true), paperIssued(v), checked(s)} {
		if text != "" {
			sc.below = append(sc.below, text)
		}
	}
	if v.Election != nil {
		sc.footer = append(sc.footer, "票箱指纹 "+Clean(v.Election.Short()))
	}
}

// resultLines is what the rules announce, line by line.
func resultLines(s *meeting.State) []string {
	f := flow{width: 1 << 16} // drawn later, at its own width
	announced(&f, s)
	var list []string
	for _, l := range f.lines {
		if len(l) > 0 {
			list = append(list, strings.TrimSpace(l.text()))
		}
	}
	return list
}

// steps rounds a count of returned ballots down in a large branch, so that
// nobody reads from the wall who has just voted.
func steps(n, of int) int {
	if of < 20 || n == of {
		return n
	}
	step := of / 10
	return n / step * step
}

// draw sets the scenery in the middle of a page with room lines.
func (f *flow) draw(sc scenery, room int) {
	set := func(t tone, texts ...string) (lines []line) {
		for _, text := range texts {
			for _, l := range wrap(line{{text, t}}, f.width-4) {
				lines = append(lines, centred(l, f.width))
			}
		}
		return lines
	}
	title := []line{centred(line{{"  " + spaced(sc.title, f.width-8) + "  ", banner}}.cut(f.width), f.width), nil}
	above, below := set(strong, sc.above...), set(plain, sc.below...)
	if sc.all > 0 {
		below = append([]line{centred(bar(sc.part, sc.all, min(60, f.width-8)), f.width), nil}, below...)
	}
	var digits []line
	if sc.digits != "" {
		digits = big(sc.digits, f.width-4, room-len(title)-len(above)-len(below)-2)
	}
	if digits == nil && sc.digits != "" {
		digits = []line{{{sc.digits, strong}}}
	}
	for i, l := range digits {
		digits[i] = centred(l, f.width)
	}
	if len(digits) > 0 {
		digits = append(append([]line{nil}, digits...), nil)
	}
	n := len(title) + len(above) + len(digits) + len(below)
	f.lines = append(f.lines, make([]line, max(0, (room-n)/2))...)
	for _, part := range [][]line{title, above, digits, below} {
		f.lines = append(f.lines, part...)
	}
}

// spaced is a title with air between its characters, if there is room.
func spaced(text string, width int) string {
	var b strings.Builder
	for i, r := range text {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteRune(r)
	}
	if cells(b.String()) > width || cells(text) == len(text) {
		return text
	}
	return b.String()
}

// centred is a line with empty cells before it, so that it stands in the middle.
func centred(l line, width int) line {
	return append(line{{strings.Repeat(" ", max(0, (width-l.width())/2)), plain}}, l...)
}
