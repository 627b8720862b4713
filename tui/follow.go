package tui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// following is the screen of everybody in the meeting: where it is, what is
// wanted of me now, how to do it. Who speaks from an outline reads it there.
func following(reads bool) *menu {
	return &menu{
		hidden:  true,
		pinned:  pinnedTasks,
		say:     followingSays,
		reads:   reads,
		choices: followingChoices,
		beat:    func(a *App) bool { return running(a.s) },
		steady:  true,
	}
}

// happening is what the meeting does now, as all who follow it see it.
func (a *App) happening() []block {
	now := a.Room.Now()
	return shared(a, "happening "+spokenFor(a.s.Floor, now), func() []block {
		f := a.flow()
		happening(&f, a.s, now)
		return f.blocks
	})
}

func followingSays(a *App, f *flow) {
	noticeSays(a, f)
	f.title(a.words.itemTitle(a.s))
	f.gap()
	if text := a.words.SayPlacard(a.s); text != "" {
		f.say(draw.Strong, text)
	}
	headTasks(a, f)
	f.add(moving(a.happening))
	if text := a.words.receipt(a.s, a.Who); text != "" {
		f.say(draw.Muted, text)
	}
	f.gap()
	_, rests := a.s.Resting()
	if text := a.words.wanted(a.s, a.Who); text != "" {
		f.put(draw.Span{Text: a.words.Follow.ForYou, Tone: draw.Accent}, draw.Span{Text: text, Tone: draw.Strong})
	} else if rests {
		f.say(draw.Plain, a.words.Recess.Wait)
	} else {
		f.say(draw.Plain, a.words.nothing(a.s, a.Who))
	}
	if text := a.words.myTurn(a.s, a.Who); text != "" && !rests {
		f.add(airy{paragraph{spans: []draw.Span{{Text: text, Tone: draw.Muted}}}})
	}
	if !turn(a.s, a.Who) {
		return
	}
	if kept, has := a.s.OutlineOf(a.Who); has {
		f.say(draw.Muted, a.words.Record.AtHand)
		if speaksFrom(a.s, a.Who) {
			f.gap()
			outlineSays(a, f, kept)
		}
	}
}

// nothing says that a person has nothing to do now: why, if others have, or what
// comes next.
func (w *Words) nothing(s *meeting.State, who meeting.MemberID) string {
	if spared := viewOf(s).spared; spared != nil {
		if text := spared(w, s, who); text != "" {
			return text
		}
	}
	do, next := w.Follow.Wait, w.nextTitle(s)
	if s.Floor.Speaker != "" {
		do = w.Follow.Listen
	}
	if s.Phase == meeting.Before {
		next = w.Follow.Start
	} else if within := viewOf(s).next; within != nil {
		next = cmp.Or(within(w, s), next)
	}
	return w.Follow.Nothing.of(do, next)
}

// wanted says what the meeting wants of a person now, "" for nothing.
func (w *Words) wanted(s *meeting.State, who meeting.MemberID) string {
	_, rests := s.Resting()
	_, unread := newNotice(s, who)
	switch {
	case unread:
		return w.Record.Received
	case meeting.May(s, who, meeting.ActSignIn) == nil:
		return w.Follow.SignInNow.of(nameOf(s, who))
	case s.Phase != meeting.Live, rests:
		return ""
	case s.Floor.Speaker == who && s.ReadsOut():
		return w.Criticism.BeingRead.of(nameOf(s, s.Host()))
	case s.Floor.Speaker == who:
		return w.Follow.Speak.of(w.PurposeName(s.Floor.For))
	}
	if wanted := viewOf(s).wanted; wanted != nil {
		if text := wanted(w, s, who); text != "" {
			return text
		}
	}
	return w.queued(s, who)
}

// queued says when a person who waits for the floor gets it, "" for others. In
// 批评与自我批评 nobody is called from the queue but to criticise, and never the
// person under criticism.
func (w *Words) queued(s *meeting.State, who meeting.MemberID) string {
	queue := slices.Clone(s.Floor.Queue)
	later := false
	if at(s, preset.Criticism) {
		round, _ := s.Round(s.Subject)
		later = round.Part != meeting.PartCriticism
		queue = slices.DeleteFunc(queue, func(id meeting.MemberID) bool { return id == s.Subject && !later })
	}
	switch place := slices.Index(queue, who); {
	case place < 0:
		return ""
	case later && place == 0:
		return w.Follow.SpeakFirst
	case later:
		return w.Follow.SpeakInTurn.of(place)
	case place == 0:
		return w.Follow.SpeakNext
	default:
		return w.Follow.SpeakLater.of(nameOf(s, queue[0]), place)
	}
}

// signedIn answers somebody who has signed in.
func (w *Words) signedIn(s *meeting.State) string {
	if s.Phase == meeting.Before {
		return w.Follow.SignedIn
	}
	return w.Follow.CameLate.of(w.itemTitle(s))
}

var remarkView = itemView{
	goesOn: func(f *flow, s *meeting.State) { f.say(draw.Plain, f.words.Common.Sentence.of(f.words.remark(s))) },
	wanted: guideWanted,
	onWall: func(sc *scenery, w *Words, s *meeting.State, _ time.Time) {
		sc.above = []draw.Span{{Text: w.remark(s), Tone: draw.Strong}}
	},
}

// remark says whose remarks are heard.
func (w *Words) remark(s *meeting.State) string {
	guides, left := s.Guides(), s.ToRemark()
	switch {
	case len(guides) == 0:
		return w.Follow.NoGuide
	case slices.Contains(guides, s.Floor.Speaker):
		return w.Follow.Remarks.of(nameOf(s, s.Floor.Speaker))
	case len(left) > 0:
		return w.Step.AskRemark.of(w.names(s, left))
	}
	return w.Follow.Remarked.of(w.names(s, guides))
}

// SayRemark says whose remarks are heard now, "" at another item.
func (w *Words) SayRemark(s *meeting.State) string {
	if !at(s, preset.Remark) {
		return ""
	}
	return strings.ReplaceAll(w.Common.Sentence.of(w.remark(s)), draw.Joiner, "")
}

// guideWanted asks the guide for comments.
func guideWanted(w *Words, s *meeting.State, who meeting.MemberID) string {
	if slices.Contains(s.Seats(who), meeting.SeatGuide) {
		return w.Follow.Comment
	}
	return ""
}

// followingChoices are what a person can do beside listening; what is wanted
// comes first.
func followingChoices(a *App) []choice {
	list := append(make([]choice, 0, 8), noticeChoices(a)...)
	list = append(list, signInChoices(a)...)
	if a.s.Floor.Speaker == a.Who {
		list = append(list, floorChoices(a)[:1]...)
	}
	if turn(a.s, a.Who) {
		list = append(list, outlineChoices(a)...)
	}
	if unconfirmed(a.s, a.Who) {
		list = append(list, resultChoices(a)...)
	}
	list = append(list, materialChoices(a)...)
	if a.s.Phase != meeting.Live { // in the meeting they stand with one's records
		list = append(list, taskChoices(a)...)
	}
	list = append(list, criticismChoices(a)...)
	list = append(list, selfRatingChoices(a)...)
	if a.s.Floor.Speaker != a.Who {
		list = append(list, floorChoices(a)...)
	}
	list = append(list, slipChoices(a)...)
	list = append(list, minutesChoices(a)...)
	if !unconfirmed(a.s, a.Who) {
		list = append(list, resultChoices(a)...)
	}
	if !turn(a.s, a.Who) {
		list = append(list, outlineChoices(a)...)
	}
	return append(list, mineChoices(a)...)
}

// signInChoices are to sign in, for who has not.
func signInChoices(a *App) []choice {
	if a.words.why(a.s, a.Who, meeting.ActSignIn) != "" {
		return nil
	}
	return []choice{{label: a.words.Follow.SignIn, states: true, do: func(a *App) tea.Cmd {
		return a.act(meeting.SignIn{}, a.words.signedIn(a.s))
	}}}
}

// floorChoices are to ask for the floor and to give it back.
func floorChoices(a *App) []choice {
	yield := choice{label: a.words.Common.EndSpeech, key: "y", states: true, why: a.words.why(a.s, a.Who, meeting.ActYield), do: func(a *App) tea.Cmd {
		return a.act(meeting.YieldFloor{}, a.words.Follow.Thanks)
	}}
	if before(a.s, a.Who) >= 0 {
		yield.label = a.words.Follow.Withdraw
		yield.do = func(a *App) tea.Cmd { return a.act(meeting.YieldFloor{}, a.words.Follow.Withdrawn) }
	}
	if yield.why == "" && a.s.Floor.Speaker != a.Who && before(a.s, a.Who) < 0 {
		yield.why = a.words.Say(&meeting.Refusal{Code: meeting.NotYourFloor})
	}
	ask := choice{label: a.words.Follow.AskFloor, key: "f", states: true, why: a.words.why(a.s, a.Who, meeting.ActFloor), do: func(a *App) tea.Cmd {
		return a.act(meeting.AskFloor{}, a.words.Follow.FloorAsked)
	}}
	return []choice{yield, ask}
}

// stranger is for somebody whom the branch does not know.
func stranger() *menu {
	return &menu{say: func(a *App, f *flow) {
		f.title(a.words.Follow.NotAdmitted)
		f.gap()
		if a.s.Rules == nil {
			f.say(draw.Plain, a.words.Say(&meeting.Refusal{Code: meeting.NotFounded}))
			return
		}
		f.say(draw.Plain, a.words.Say(&meeting.Refusal{Code: meeting.NotOnRoster}))
	}}
}

// closing is the screen after the meeting.
func closing() *menu {
	return &menu{hidden: true, pinned: pinnedTasks, choices: closingChoices, say: func(a *App, f *flow) {
		f.title(a.words.Common.Ended)
		f.gap()
		headTasks(a, f)
		if text := a.words.SayArchived(a.s); text != "" {
			f.say(draw.Plain, text)
		}
		read := a.words.materialRead(a.s.Own(a.Who, a.Room.Now()), a.s.Phase)
		if fb, told := a.s.FeedbackOf(a.Who); told {
			feedbackSays(f, a.s, fb)
			if read != "" {
				f.gap()
				f.say(draw.Muted, read)
			}
			return
		}
		f.say(draw.Plain, a.words.lasted(a.s, a.Room.Now().Location()))
		f.say(draw.Plain, a.words.roll(a.s))
		if read != "" {
			f.say(draw.Plain, read)
		}
		f.gap()
		if a.s.Rules.OnAgenda(preset.Rating) {
			f.say(draw.Plain, a.words.Follow.Closing)
		} else {
			f.say(draw.Plain, a.words.Follow.ClosingPlain)
		}
		if text := a.words.receipt(a.s, a.Who); text != "" {
			f.gap()
			f.say(draw.Muted, text)
		}
	}}
}
