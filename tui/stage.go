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

// scenery is what the wall shows now, and how to join while people arrive.
func (*stage) scenery(a *App) scenery {
	sc := a.words.sceneryOf(a.s, a.Room.Now())
	if a.s.Phase == meeting.Before || at(a.s, preset.SignIn) {
		if a.JoinHint != "" {
			sc.footer = append(sc.footer, a.words.Common.Join.of(Clean(a.JoinHint)), a.words.Common.HostFingerprint.of(Clean(a.Fingerprint)))
		}
	}
	return sc
}

func (st *stage) page(a *App, f flow) page {
	sc := st.scenery(a)
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
func (w *Words) sceneryOf(s *meeting.State, now time.Time) scenery {
	sc := scenery{head: w.meetingTitle(s), side: w.itemNo(s) + "  " + w.present(s), title: w.itemTitle(s)}
	if s.Rules == nil {
		return scenery{head: sc.head, title: sc.title}
	}
	r := s.Roll()
	switch it, _ := s.Item(); {
	case s.Phase == meeting.Before, it.Kind == preset.SignIn:
		sc.title = w.Stage.SignIn
		sc.digits = fmt.Sprintf("%d/%d", r.Present, r.Expected)
		sc.below = []string{w.roll(s), w.quorum(s)}
	case s.Phase != meeting.Live:
		sc.above = []string{w.roll(s), w.lasted(s, now.Location())}
	case s.Floor.Speaker != "":
		sc.speaker(w, s, now)
	case it.Kind == preset.Criticism:
		sc.above = []string{w.turn(s)}
	case it.Kind == preset.SelfRating:
		n := graders(s)
		sc.above = []string{w.Stage.RateYourself}
		sc.digits = fmt.Sprintf("%d/%d", n-len(s.Unrated()), n)
	case it.Kind == preset.Ballot, it.Kind == preset.Tally:
		sc.vote(w, s, now)
	case it.Kind == preset.Rating:
		sc.above = []string{w.Stage.Rating}
	}
	if next := s.Floor.Queue; len(next) > 0 {
		sc.below = append(sc.below, w.Stage.Next.of(nameOf(s, next[0])))
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

func (sc *scenery) speaker(w *Words, s *meeting.State, now time.Time) {
	fl := s.Floor
	if at(s, preset.Criticism) && s.Subject != "" && fl.Speaker != s.Subject {
		sc.above = append(sc.above, w.Common.CriticismOf.of(nameOf(s, s.Subject)))
	}
	sc.above = append(sc.above, w.Stage.Speaker.of(w.PurposeName(fl.For), nameOf(s, fl.Speaker)))
	sc.digits, sc.clock = clock(fl.Elapsed(now)), !fl.Paused
	limit := time.Duration(fl.Limit) * second
	switch {
	case fl.Paused:
		sc.below = append(sc.below, w.Stage.Paused)
	case limit > 0 && fl.Elapsed(now) > limit:
		sc.below = append(sc.below, w.Stage.Overtime.of(clock(limit)))
	case limit > 0:
		sc.below = append(sc.below, w.Stage.Limit.of(clock(limit)))
	}
}

func (sc *scenery) vote(w *Words, s *meeting.State, now time.Time) {
	v := s.Vote()
	if v == nil || v.State == meeting.BoxVoid {
		sc.above = []string{w.Common.ChooseScrutineers}
		return
	}
	sc.below = append(sc.below, w.Common.Scrutineers.of(w.names(s, v.Scrutineers)))
	switch v.State {
	case meeting.BoxSealing:
		sc.above = []string{w.Stage.Sealing}
		sc.digits = fmt.Sprintf("%d/%d", len(v.Scrutineers)-len(s.Sealers()), len(v.Scrutineers))
		return
	case meeting.BoxSealed:
		sc.above = []string{w.Stage.Sealed}
		return
	case meeting.BoxOpened:
		n := steps(len(v.Slips), len(v.Voters))
		sc.above = []string{w.Stage.Voting.of(len(v.Voters))}
		sc.digits = fmt.Sprintf("%d/%d", n, len(v.Voters))
		sc.part, sc.all, sc.clock = n, len(v.Voters), true
		sc.below = append(sc.below, w.Stage.Elapsed.of(clock(now.Sub(v.Opened))))
	case meeting.BoxClosed:
		sc.above = []string{w.Stage.Closed}
		sc.digits = fmt.Sprintf("%d/%d", len(v.Slips), len(v.Voters))
	case meeting.BoxCounted:
		sc.above = []string{w.Common.Issued.of(len(v.Voters), len(v.Slips))}
		sc.below = w.resultLines(s)
		if !v.Announced {
			sc.below = []string{w.Stage.AwaitResult}
		}
	}
	for _, text := range []string{w.massIssued(v, true), w.paperIssued(v), w.checked(s)} {
		if text != "" {
			sc.below = append(sc.below, text)
		}
	}
	if v.Election != nil {
		sc.footer = append(sc.footer, w.Common.BoxFingerprint.of(Clean(v.Election.Short())))
	}
}

// resultLines is what the rules announce, line by line.
func (w *Words) resultLines(s *meeting.State) []string {
	f := flow{width: 1 << 16, words: w} // drawn later, at its own width
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
