package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/paper"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// agendaWidth is the width of the agenda's column on the console.
const agendaWidth = 30

// asideWidth is the width of the column at its right.
const asideWidth = 24

// console is the facilitator's cockpit: the agenda, the open item, what goes
// on, and the next sensible step, which Enter takes.
type console struct{}

func (c *console) typing() bool { return false }

func (c *console) page(a *App) page {
	now := a.Room.Now()
	f := a.flow()
	c.item(a, &f)
	p := a.page(f)
	p.margin, p.aside = a.words.agenda(a.s), longings(a)
	p.wide = true
	p.side = a.words.present(a.s) + "  " + now.Format("15:04")
	p.foot = c.foot(a)
	p.beat = time.Duration(60-now.Second()) * second
	filing := a.s.Phase == meeting.After && a.Papers != nil && a.Papers() == ""
	if running(a.s) || votes(a.s) || filing || len(a.s.Keyholders()) > 0 {
		p.beat = second
	}
	return p
}

// votes reports whether a box is open.
func votes(s *meeting.State) bool {
	v := s.Vote()
	return v != nil && v.State == meeting.BoxOpened
}

// agenda lists the items with done, now, next.
func (w *Words) agenda(s *meeting.State) []block {
	var list []block
	for i, it := range s.Agenda {
		mark, t := "  ", draw.Plain
		switch {
		case i == s.Current:
			mark, t = "> ", draw.Accent
		case it.Status == meeting.Done, it.Status == meeting.Skipped:
			t = draw.Muted
		}
		list = append(list, row{{fmt.Sprintf("%s%2d %s", mark, it.No, w.term(it.Title)), t, agendaWidth - 4, false}, {text: w.ItemStatusName(it.Status), tone: t}})
		if i == max(0, s.Current) {
			list = append(list, current{})
		}
	}
	return list
}

// item is the panel of the open item.
func (c *console) item(a *App, f *flow) {
	s := a.s
	f.title(a.words.itemTitle(s), draw.Span{Text: a.words.itemNo(s), Tone: draw.Plain})
	f.gap()
	tasksSay(a, f)
	if a.Uncopied != nil && a.Uncopied() != "" {
		f.say(draw.Warn, a.words.Console.Uncopied.of(draw.Clean(a.Uncopied())))
	}
	if s.Phase == meeting.After {
		if text := a.words.SayArchived(s); text != "" {
			f.say(draw.Strong, text)
		}
		f.say(draw.Plain, a.words.lasted(s, a.Room.Now().Location()))
		f.say(draw.Plain, a.words.roll(s))
		f.gap()
		f.say(draw.Plain, a.words.papers(a))
		if text := a.words.untold(s); text != "" {
			f.say(draw.Plain, a.words.Common.Sentence.of(text))
		}
		return
	}
	happening(f, s, a.Room.Now())
	f.gap()
	f.add(scriptBeside(a))
	if len(paper.Material(s, a.Who)) > 0 {
		f.say(draw.Muted, a.words.Script.AtHand)
	}
	c.details(a, f)
	if n := notes(s); n > 0 {
		f.say(draw.Muted, a.words.Console.Notes.of(n))
	}
	if mine(s, a.Who) {
		f.gap()
		f.say(draw.Accent, a.words.Console.OwnTask.of(a.words.ownTask(s, a.Who)))
	}
}

// papers says where the papers of the ended meeting are.
func (w *Words) papers(a *App) string {
	switch {
	case a.Papers == nil && a.s.Rules.OnAgenda(preset.Ballot):
		return w.Console.RecordsReady
	case a.Papers == nil:
		return w.Console.MinutesReady
	case a.Papers() == "":
		return w.Console.Filing
	}
	return w.Common.Sentence.of(draw.Clean(a.Papers()))
}

// notes is how many notes the item has.
func notes(s *meeting.State) int {
	n := 0
	it, open := s.Item()
	for _, note := range s.Notes {
		if open && note.Item == it.No {
			n++
		}
	}
	return n
}

// ownTask says what the person at the console has to do themself.
func (w *Words) ownTask(s *meeting.State, who meeting.MemberID) string {
	switch placeFor(s, who, true) {
	case placeSeal:
		return w.ActionName(meeting.ActSeal)
	case placeUnseal:
		return w.ActionName(meeting.ActUnseal)
	case placeBallot:
		return w.ActionName(meeting.ActVote)
	}
	return w.ActionName(meeting.ActSelfRate)
}

// details draws the numbers that only the facilitator needs.
func (c *console) details(a *App, f *flow) {
	if a.s.Phase == meeting.Before {
		arrivals(a, f)
	} else if details := viewOf(a.s).details; details != nil {
		details(a, f)
	}
}

// foot draws the bottom: what hangs on the wall, what is amiss, the next step, the last events.
func (c *console) foot(a *App) []block {
	f := a.flow()
	if text := a.words.SayPlacard(a.s); text != "" {
		f.say(draw.Strong, text)
	}
	leaves := meeting.NextStep(a.s).Act == meeting.ActNext
	for _, check := range a.s.Checks() {
		if !timely(check.Code, leaves) {
			continue
		}
		if check.Red {
			f.say(draw.Warn, a.words.Console.MustExplain.of(a.words.SayCheck(check)))
		} else {
			f.say(draw.Muted, a.words.Console.Reminder.of(a.words.SayCheck(check)))
		}
	}
	for _, text := range troubles(a) {
		f.say(draw.Warn, text)
	}
	if text := a.words.late(a.s, a.s.Forecast(a.Room.Now())); text != "" {
		f.say(draw.Plain, a.words.Console.Reminder.of(text))
	}
	next := c.next(a)
	label := next.label
	if next.key != "" {
		label = "⟦" + next.key + "⟧ " + label
	}
	f.put(draw.Span{Text: "> ", Tone: draw.Accent}, draw.Span{Text: label, Tone: draw.Accent})
	if a.Height >= 18 {
		f.add(rule(0))
		zone := a.Room.Now().Location()
		n := 0
		for ev := range a.s.Chronicle.Backward() {
			text := a.words.told(a.s, ev)
			if text == "" {
				continue
			}
			f.row(draw.Muted, ev.At.In(zone).Format("15:04")+" "+text)
			if n++; n >= min(8, a.Height/10) {
				break
			}
		}
	}
	return f.blocks
}

// late says how much later than planned the item and the meeting will probably
// end; "" if they will not.
func (w *Words) late(s *meeting.State, f meeting.Forecast) string {
	item, all := int(f.Item/time.Minute), int(f.Meeting/time.Minute)
	switch title := w.itemTitle(s); {
	case item > 0 && all > 0:
		return w.Late.Both.of(title, item, all)
	case item > 0:
		return w.Late.Item.of(title, item)
	case all > 0:
		return w.Late.Meeting.of(all)
	}
	return ""
}

// timely reports whether a check is worth reading now. What is still to be done
// is no fault before the item is left.
func timely(code meeting.Code, leaves bool) bool {
	switch code {
	case meeting.NoQuorum, meeting.CommitteeShort, meeting.GuideAbsent, meeting.Revealing:
		return true
	}
	return leaves
}

// next returns what Enter does.
func (c *console) next(a *App) choice {
	if a.s.Rehearsal {
		return rehearsalStep(a)
	}
	if meeting.May(a.s, a.Who, meeting.ActSignIn) == nil {
		return choice{label: a.words.Console.SignInFirst, key: "enter", do: func(a *App) tea.Cmd { return a.act(meeting.SignIn{}, a.words.Console.SignedIn) }}
	}
	if text := a.words.SayArchived(a.s); text != "" {
		return wait(text, text)
	}
	step := meeting.NextStep(a.s)
	label, question := a.words.stepWords(a.s, step)
	ch := choice{label: label, key: "enter"}
	switch {
	case step.Waits(a.Who) && mine(a.s, a.Who):
		return choice{label: a.words.Console.DoOwn.of(a.words.ownTask(a.s, a.Who)), key: "enter", do: toOwn}
	case step.Act == "" && unsent(a):
		ch.label, ch.do = a.words.Bundle.Title, openBundle
	case step.Act == "" && a.words.untold(a.s) != "" && meeting.May(a.s, a.Who, meeting.ActFeedback) == nil:
		ch.label, ch.do = a.words.Feedback.Give, pickTold
	case step.Act == "":
		return wait(label, a.words.Common.Sentence.of(label))
	case step.Act == meeting.ActClose && step.Do == nil:
		return wait(label, a.words.Step.WaitOrEnd.of(label))
	case step.Act == meeting.ActRate:
		ch.do = openTable
	case step.Confirm && a.barredFrom(step) != nil:
		ch.do = func(a *App) tea.Cmd { a.refuse(a.barredFrom(step)); return nil }
	case step.Act == meeting.ActAnnounce:
		ch.do = confirmAnnounce
	case step.Act == meeting.ActConfirmed && step.Do == nil:
		ch.do = func(a *App) tea.Cmd { return askUnobjected(a, label, question) }
	case step.Act == meeting.ActNext && len(unread(a.s)) > 0:
		ch.do = func(a *App) tea.Cmd { return askInWriting(a, label) }
	case step.Act == meeting.ActSubmit && a.s.RatingHands() != nil:
		ch.do = func(a *App) tea.Cmd { return handsForTable(a, func(*App) {}) }
	case step.Act == meeting.ActNext && headless(a.s):
		ch.do = askHead(func(a *App) tea.Cmd { return take(a, step) })
	case step.Act == meeting.ActOpen && len(troubles(a)) > 0:
		ch.do = func(a *App) tea.Cmd {
			text := strings.Join(append(troubles(a), question), "\n")
			return a.weigh(a.words.Console.AskStep.of(label), text, a.words.Console.YesStep.of(label), func(a *App) tea.Cmd { return take(a, step) })
		}
	case step.Confirm:
		ch.do = func(a *App) tea.Cmd {
			return a.ask(a.words.Console.AskStep.of(label), question, a.words.Console.YesStep.of(label), func(a *App) tea.Cmd { return take(a, step) })
		}
	default:
		ch.do = func(a *App) tea.Cmd { return take(a, step) }
	}
	return ch
}

// barredFrom is why a step would be refused now, nil if it would not. Of a reason
// that is missing it is asked for; the ballots are added up once they have to be.
func (a *App) barredFrom(step meeting.Step) error {
	if no := meeting.May(a.s, a.Who, step.Act); no != nil {
		return no
	}
	switch step.Do.(type) {
	case nil, meeting.CloseBox, meeting.Next:
		return nil
	}
	return a.refusal(step.Do)
}

// wait is a step that is only waited for: Enter says so.
func wait(label, sentence string) choice {
	return choice{label: label, do: func(a *App) tea.Cmd { a.tell(draw.Muted, sentence); return nil }}
}

// take takes a step.
func take(a *App, step meeting.Step) tea.Cmd {
	nothing := func(*App) {}
	switch step.Act {
	case meeting.ActOpen:
		return a.workOrReason(func(reason string) func(context.Context) error {
			return func(ctx context.Context) error { return a.Room.Open(ctx, a.Who, reason) }
		}, "", nothing)
	case meeting.ActNext:
		return a.actOrReason(func(reason string) meeting.Command { return meeting.Next{Reason: reason} }, "", nothing)
	}
	return a.actThen(step.Do, nothing)
}

// askUnobjected ends the confirming of receipts while some voters have not
// confirmed theirs: the room was asked, and nobody objects. That goes into the
// minutes.
func askUnobjected(a *App, label, question string) tea.Cmd {
	return a.weigh(label, question, a.words.Step.Unobjected, func(a *App) tea.Cmd {
		return a.actThen(meeting.Confirm{Reason: chinese.Step.Unobjected}, func(*App) {})
	})
}

// unread lists the red checks of the open item that are so because nobody can
// ever read the vote.
func unread(s *meeting.State) []meeting.Check {
	return slices.DeleteFunc(s.Checks(), func(c meeting.Check) bool {
		return c.Code != meeting.TooFewVoters && c.Code != meeting.TooFewBallots
	})
}

// askInWriting goes on without a vote that nobody can ever read. That goes into
// the minutes.
func askInWriting(a *App, label string) tea.Cmd {
	why := unread(a.s)[0]
	yes, reason := a.words.Step.InWriting, chinese.Step.InWriting
	if why.Code == meeting.TooFewBallots {
		yes, reason = a.words.Step.BoxStays, chinese.Step.BoxStays
	}
	return a.weigh(a.words.Console.AskStep.of(label), a.words.SayCheck(why), yes, func(a *App) tea.Cmd {
		return a.actThen(meeting.Next{Reason: reason}, func(*App) {})
	})
}

// toOwn shows the screen of the member who sits at the console. If the meeting
// waits for them, the console comes back once they have done it.
func toOwn(a *App) tea.Cmd {
	a.own, a.errand = true, mine(a.s, a.Who)
	a.pull()
	return nil
}

// fromOwn goes back to the console.
func fromOwn(a *App) tea.Cmd {
	a.own, a.errand = false, false
	a.pull()
	return nil
}

func openTable(a *App) tea.Cmd { return a.push(&ratingTable{opened: true}) }

func (c *console) press(a *App, k draw.Stroke) (tea.Cmd, bool) {
	switch {
	case k.Name == "enter":
		return c.next(a).do(a), true
	case k.Digit() > 0 && meeting.May(a.s, a.Who, meeting.ActCountdown) == nil:
		return countdown(a, k.Digit()), true
	}
	return nil, false
}

func (c *console) binds(a *App) []bind {
	waits := c.next(a).key == ""
	binds := []bind{
		on("enter", a.words.Console.NextStep, nothing).aside(waits),
		on("m tab", a.words.Console.Menu, openMenu),
	}
	binds = append(binds, c.digits(a)...)
	speaks := a.s.Floor.Speaker != ""
	for _, ch := range consoleChoices(a) {
		if ch.key == "" {
			continue // it is in the menu only
		}
		loud := (ch.key == "n" || ch.key == "/") && a.Width >= normalWidth || speaks && slices.Contains([]string{"p", "e", "y"}, ch.key) ||
			votes(a.s) && (ch.key == "w" || ch.key == "k") || ch.key == "v" && mine(a.s, a.Who)
		binds = append(binds, on(ch.key, ch.label, ch.do).unless(ch.why).aside(!loud))
	}
	return binds
}

// openMenu opens the menu of everything that the console can do.
func openMenu(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Console.MenuTitle, opened: true, folds: true, letters: true, choices: func(a *App) []choice {
		list := consoleChoices(a)
		for i, c := range list {
			if c.key == "b" { // leads back from every list
				list[i].key = ""
			}
			if list[i].note = a.words.capOf(list[i].key); a.tapped {
				list[i].note = ""
			}
			list[i].do = func(a *App) tea.Cmd { a.pop(1); return c.do(a) }
		}
		return list
	}})
}
