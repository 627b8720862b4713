package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// projector is the wall: one big thing, with attendance and progress in the
// margin. It has no controls. It draws only what a scenery holds, so that
// nothing else of the meeting reaches it.
type projector struct{}

func (*projector) typing() bool { return false }

func (*projector) binds(*App) []bind { return nil }

// press takes every key but q, which leaves: what a key does or does not do is
// never said in front of the room.
func (*projector) press(_ *App, k draw.Stroke) (tea.Cmd, bool) { return nil, k.Name != "q" }

// scenery returns what the wall shows now, and how to join while people arrive.
func (*projector) scenery(a *App) scenery {
	sc := a.words.sceneryOf(a.s, a.Room.Now())
	if joining(a.s) && !a.s.Placard.Hangs() && a.JoinHint != "" {
		sc.join(a.words, draw.Clean(a.JoinHint), draw.Clean(a.WebLink), a.Fingerprints)
	}
	return sc
}

func (st *projector) page(a *App) page {
	sc := st.scenery(a)
	p := page{head: sc.head, brief: draw.Clean(a.s.Branch.Name), side: sc.side, wall: &sc, wide: true, beat: sc.beat}
	it, _ := a.s.Item()
	p.name = fmt.Sprint(a.s.Phase, it.No)
	return p
}

// joining reports whether people are still arriving.
func joining(s *meeting.State) bool { return s.Phase == meeting.Before || at(s, preset.SignIn) }

// join adds how to come in: with a browser, if there is a link for one, and with a
// command.
func (sc *scenery) join(w *Words, command, link string, fingerprints []string) {
	came, _ := sc.piece.(digits)
	e := entrance{came: came, command: command}
	sc.code, sc.label = codeOfDoor(command), w.Wall.Scan
	if link != "" {
		e.site = siteOf(link)
		e.browser, e.command = w.Wall.Browser.of(e.site), w.Wall.Terminal.of(command)
		sc.code, sc.label = codeOfSite(link), w.Wall.ScanSite
	}
	sc.piece = e
	if prints := w.hostFingerprints(fingerprints); len(prints) > 0 {
		sc.footer, sc.roomy = append(sc.footer, prints[0]), prints[1:]
	}
}

// hostFingerprints are lines with the fingerprints of the host keys.
func (w *Words) hostFingerprints(list []string) []string {
	var lines []string
	for i, finger := range list {
		line := draw.Clean(finger)
		if i == 0 {
			line = w.Common.HostFingerprint.of(line)
		}
		lines = append(lines, line)
	}
	return lines
}

// sceneryOf takes from a state what the wall may show.
func (w *Words) sceneryOf(s *meeting.State, now time.Time) scenery {
	sc := scenery{head: w.meetingTitle(s), side: w.itemNo(s) + "  " + w.present(s), title: w.itemTitle(s)}
	if s.Rules == nil {
		return scenery{head: sc.head, title: sc.title}
	}
	r := s.Roll()
	onWall := viewOf(s).onWall
	rest, rests := s.Resting()
	switch it, _ := s.Item(); {
	case rests:
		sc.title = w.Recess.Title
		sc.above = []draw.Span{{Text: w.Recess.Until.of(draw.Clean(rest.Until)), Tone: draw.Strong}}
	case s.Placard.Hangs():
		sc.placard(w, s, now)
	case joining(s):
		sc.title = w.Projector.SignIn
		sc.piece = digits{fmt.Sprintf("%d/%d", r.Present, r.Expected), draw.Filled}
		sc.below = []draw.Span{{Text: w.roll(s), Tone: draw.Plain}, {Text: w.quorum(s), Tone: draw.Plain}}
	case s.Phase != meeting.Live:
		sc.above = []draw.Span{{Text: w.roll(s), Tone: draw.Strong}, {Text: w.lasted(s, now.Location()), Tone: draw.Strong}}
	case s.Floor.Speaker != "":
		sc.speaker(w, s, now)
	case onWall != nil:
		onWall(&sc, w, s, now)
	default:
		sc.above = []draw.Span{{Text: w.Wall.Calm[it.Kind], Tone: draw.Strong}}
		if it.Text != "" {
			sc.above = nil
			for l := range strings.SplitSeq(it.Text, "\n") {
				sc.above = append(sc.above, draw.Span{Text: draw.Clean(l), Tone: draw.Strong})
			}
		}
	}
	if s.Phase == meeting.Live && sc.piece == nil && !rests {
		sc.quiet(w, s)
	}
	if !s.Placard.Break {
		sc.queue(w, s)
	}
	return sc
}

// quiet shows, between speeches, which item this is and what comes after it, or
// in 批评与自我批评 whose turn comes.
func (sc *scenery) quiet(w *Words, s *meeting.State) {
	sc.above = append([]draw.Span{{Text: w.itemNo(s), Tone: draw.Plain}, {Text: "", Tone: draw.Plain}}, sc.above...)
	if turn := w.toCome(s); at(s, preset.Criticism) && turn != "" {
		if s.Subject != "" && len(s.Floor.Queue) == 0 { // else it is said above, or those who wait come first
			sc.below = append(sc.below, draw.Span{Text: w.Wall.NextTurn.of(turn), Tone: draw.Plain})
		}
		return
	}
	sc.below = append(sc.below, draw.Span{Text: w.Wall.NextItem.of(w.nextTitle(s)), Tone: draw.Plain})
}

// queue adds who speaks next, at most three.
func (sc *scenery) queue(w *Words, s *meeting.State) {
	next := s.Floor.Queue
	if len(next) == 0 {
		return
	}
	sc.below = append(sc.below, draw.Span{Text: w.Projector.Next.of(nameOf(s, next[0])), Tone: draw.Strong})
	if more := next[1:min(len(next), 3)]; len(more) > 0 {
		sc.below = append(sc.below, draw.Span{Text: w.Wall.Then.of(w.names(s, more)), Tone: draw.Plain})
	}
}

// speaker shows who speaks, for what, and how long.
func (sc *scenery) speaker(w *Words, s *meeting.State, now time.Time) {
	fl := s.Floor
	sc.group(w, s)
	if at(s, preset.Criticism) && s.Subject != "" && fl.Speaker != s.Subject {
		sc.above = append(sc.above, draw.Span{Text: w.Common.CriticismOf.of(nameOf(s, s.Subject)), Tone: draw.Strong})
	}
	sc.above = append(sc.above, draw.Span{Text: w.Projector.Speaker.of(w.PurposeName(fl.For), nameOf(s, fl.Speaker)), Tone: draw.Accent})
	if text := w.readBy(s); text != "" {
		sc.above = append(sc.above, draw.Span{Text: text, Tone: draw.Strong})
	}
	spent, limit := fl.Elapsed(now).Truncate(second), time.Duration(fl.Limit)*second
	t := draw.Filled
	switch {
	case limit > 0 && spent > limit:
		t = draw.Late
		sc.below = append(sc.below, draw.Span{Text: w.Wall.Over.of(clock(spent-limit), clock(limit)), Tone: draw.Late})
	case limit > 0 && limit-spent <= warnBefore:
		t = draw.Late
		sc.below = append(sc.below, draw.Span{Text: w.Wall.Left.of(clock(limit-spent), clock(limit)), Tone: draw.Late})
	case limit > 0:
		sc.below = append(sc.below, draw.Span{Text: w.Projector.Limit.of(clock(limit)), Tone: draw.Plain})
	}
	if fl.Paused {
		sc.below = append(sc.below, draw.Span{Text: w.Projector.Paused, Tone: draw.Strong})
	} else {
		sc.beat = second
	}
	sc.piece = headline{nameOf(s, fl.Speaker), digits{clock(spent), t}}
	sc.clock = &runningClock{Since: seconds(spent), Limit: fl.Limit, Paused: fl.Paused}
}

// vote shows how far the vote has come.
func (sc *scenery) vote(w *Words, s *meeting.State, now time.Time) {
	v := s.Vote()
	if v != nil && v.State == meeting.BoxVoid {
		sc.above = []draw.Span{{Text: w.Projector.Void, Tone: draw.Strong}}
	}
	if v == nil || v.State == meeting.BoxVoid {
		if at(s, preset.Ballot) {
			sc.above = append(sc.above, draw.Span{Text: w.Common.ChooseScrutineers, Tone: draw.Strong})
		}
		return
	}
	returned := func(n, of int) piece { return digits{fmt.Sprintf("%d/%d", n, of), draw.Filled} }
	sc.below = append(sc.below, draw.Span{Text: w.Common.Scrutineers.of(w.names(s, v.Scrutineers)), Tone: draw.Plain})
	switch v.State {
	case meeting.BoxSealing:
		sc.above = []draw.Span{{Text: w.Projector.Sealing, Tone: draw.Strong}}
		sc.piece = returned(len(v.Scrutineers)-len(s.Sealers()), len(v.Scrutineers))
		return
	case meeting.BoxSealed:
		sc.above = []draw.Span{{Text: w.Projector.Sealed, Tone: draw.Strong}}
		return
	case meeting.BoxOpened:
		n := steps(v.Members().Returned.Len(), len(v.Members().Voters))
		sc.above = []draw.Span{{Text: w.Projector.Voting.of(len(v.Members().Voters)), Tone: draw.Strong}}
		sc.piece, sc.part, sc.all, sc.beat = returned(n, len(v.Members().Voters)), n, len(v.Members().Voters), second
		sc.below = append(sc.below, draw.Span{Text: w.Projector.Elapsed.of(clock(now.Sub(v.Opened))), Tone: draw.Plain})
		if size := stepOf(len(v.Members().Voters)); size > 1 {
			sc.below = append(sc.below, draw.Span{Text: w.Wall.Every.of(size), Tone: draw.Muted})
		}
	case meeting.BoxClosed:
		text := w.Projector.Closed
		if v.Confirmed == nil {
			text = w.Projector.Confirm
		}
		sc.above = []draw.Span{{Text: text, Tone: draw.Strong}}
		sc.piece = returned(v.Members().Returned.Len(), len(v.Members().Voters))
	case meeting.BoxCounted:
		sc.counted(w, s, now)
		return
	}
	sc.channels(w, s)
	sc.footer = append(sc.footer, w.Common.BoxFingerprint.of(draw.Clean(v.Members().Fingerprint())))
	if text := w.closingHead(s); text != "" {
		sc.footer = append(sc.footer, text)
	}
}

// channels adds who got a new code meanwhile, the other ways to vote, and how
// many receipts were found.
func (sc *scenery) channels(w *Words, s *meeting.State) {
	v := s.Vote()
	if len(v.Recoded) > 0 {
		sc.below = append(sc.below, draw.Span{Text: w.Wall.Recoded.of(w.names(s, v.Recoded)), Tone: draw.Strong})
	}
	for _, text := range []string{w.massIssued(v, true), w.paperIssued(v), w.checked(s)} {
		if text != "" {
			sc.below = append(sc.below, draw.Span{Text: text, Tone: draw.Plain})
		}
	}
}

// counted shows what was announced of a counted vote, and no more.
func (sc *scenery) counted(w *Words, s *meeting.State, now time.Time) {
	v := s.Vote()
	an, said := s.Announced()
	sc.above, sc.below = []draw.Span{{Text: w.Common.Issued.of(len(v.Members().Voters), v.Members().Returned.Len()), Tone: draw.Strong}}, nil
	sc.piece = digits{fmt.Sprintf("%d/%d", v.Members().Returned.Len(), len(v.Members().Voters)), draw.Filled}
	switch {
	case !said && s.Rules.Announce == preset.AnnounceNone: // a level that is only chosen is not told yet
		sc.below = []draw.Span{{Text: w.Projector.AwaitNumbers, Tone: draw.Plain}}
	case !said:
		sc.below = []draw.Span{{Text: w.Projector.AwaitResult, Tone: draw.Plain}}
	case an.Full:
		sc.piece, sc.beat = w.scoreboardOf(s, now), untilTurn(now)
	case an.Leading != nil:
		sc.above = append(sc.above, draw.Span{Text: w.Wall.Leading, Tone: draw.Strong})
		sc.below = []draw.Span{{Text: w.leading(s, an), Tone: draw.Plain}}
		sc.piece = w.talliesOf(s.Rules.Grades, an.Leading)
	case an.Excellent != nil || an.Tied != nil:
		heading := w.Wall.Excellent
		if len(an.Excellent) == 0 {
			heading = w.Happening.Excellent.of(w.Happening.Nobody)
		}
		sc.above = append(sc.above, draw.Span{Text: heading, Tone: draw.Strong})
		sc.piece = w.rollCallOf(s, an.Excellent)
		if len(an.Tied) > 0 {
			sc.below = []draw.Span{{Text: w.Happening.Tied.of(w.subjects(s, an.Tied), w.decides(s)), Tone: draw.Strong}}
		}
	default:
		sc.below = []draw.Span{{Text: w.Happening.Withheld, Tone: draw.Plain}}
	}
	if h, no := s.BranchHistogram(); no == nil && (an.Full || an.Leading != nil) {
		text := w.histogram(s.Rules.Vote.BranchScale, h)
		sc.below = append(sc.below, draw.Span{Text: w.Happening.Committee.of(w.term(s.Rules.Vote.BranchTitle), text), Tone: draw.Plain})
	}
	sc.channels(w, s)
	sc.footer = append(sc.footer, w.Common.BoxFingerprint.of(draw.Clean(v.Members().Fingerprint())))
}

func (w *Words) talliesOf(grades []string, n map[meeting.Grade]int) tallies {
	var t tallies
	for _, g := range grades {
		t.names, t.n = append(t.names, w.term(g)), append(t.n, n[meeting.Grade(g)])
	}
	return t
}

func (w *Words) rollCallOf(s *meeting.State, ids []meeting.MemberID) rollCall {
	var r rollCall
	for _, id := range ids {
		r = append(r, subjectOf(s, id))
	}
	return r
}

// untilTurn returns how long the present page of a scoreboard still stays.
func untilTurn(now time.Time) time.Duration {
	return turnEvery - time.Duration(now.UnixNano())%turnEvery
}

// steps rounds a count of returned ballots down in a large branch, so that
// nobody reads from the wall who has just voted.
func steps(n, of int) int {
	if n == of {
		return n
	}
	return n / stepOf(of) * stepOf(of)
}

// stepOf returns by how many ballots the count on the wall moves.
func stepOf(of int) int {
	if of < 20 {
		return 1
	}
	return of / 10
}
