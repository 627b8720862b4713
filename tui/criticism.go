package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

var criticismView = itemView{
	goesOn: func(f *flow, s *meeting.State) {
		sayGroup(f, s)
		f.say(draw.Plain, f.words.turn(s))
	},
	details: criticismDetails,
	longings: func(a *App) []longing {
		return []longing{{a.words.Script.NotSelf, a.s.Unheard()}, {a.words.Script.NotOthers, a.s.Silent()}}
	},
	onWall: func(sc *scenery, w *Words, s *meeting.State, _ time.Time) {
		sc.group(w, s)
		sc.above = append(sc.above, draw.Span{Text: w.turn(s), Tone: draw.Strong})
	},
	wanted: criticismWanted,
	next:   (*Words).toCome,
}

func criticismDetails(a *App, f *flow) {
	s := a.s
	if p, ok := proposed(a); ok {
		f.say(draw.Strong, a.words.proposal(p))
	}
	for i, x := range s.ToRead() {
		heading(f, i == 0, a.words.Criticism.ReadThis.of(nameOf(s, x.From)))
		sayLines(f, x.Text)
	}
	toRead := slices.DeleteFunc(slices.Clone(s.Floor.Queue), func(id meeting.MemberID) bool { return !slices.Contains(s.ReadFor, id) })
	if len(toRead) > 0 {
		f.say(draw.Plain, a.words.Criticism.ToBeRead.of(a.words.names(s, toRead)))
	}
	if s.ReadsOut() {
		f.gap()
	}
	if s.Subject != "" {
		round, _ := s.Round(s.Subject)
		f.say(draw.Plain, a.words.Console.CriticsSoFar.of(len(round.Critics()), nameOf(s, s.Subject)))
	}
	f.say(draw.Plain, a.words.Console.StillToCome.of(len(s.Unheard()), len(s.Silent())))
}

func criticismWanted(w *Words, s *meeting.State, who meeting.MemberID) string {
	round, _ := s.Round(s.Subject)
	r, reads := s.ToReadOut(who)
	switch {
	case reads && (who == s.Recorder || who == s.PartyGroupOf(r.Owner).Recorder):
		return w.Common.Sentence.of(w.Script.ReadFor.of(nameOf(s, r.Owner)))
	case round.Part != meeting.PartCriticism:
		return ""
	case s.Subject == who:
		return w.Follow.Hear
	case before(s, who) >= 0, s.Apart(who, s.Subject) != nil:
		return ""
	case meeting.May(s, who, meeting.ActCriticise) == nil && given(s, who, s.Subject) > 0:
		return w.Follow.Criticized.of(nameOf(s, s.Subject), given(s, who, s.Subject))
	case meeting.May(s, who, meeting.ActCriticise) == nil:
		return w.Follow.Criticize.of(nameOf(s, s.Subject))
	}
	return ""
}

// toCome says what comes next: the rest of the present round, then whose turn
// comes after it; "" once all have been heard.
func (w *Words) toCome(s *meeting.State) string {
	list := s.ToCome()
	switch round, _ := s.Round(s.Subject); {
	case round.Part == meeting.PartSelf && s.Rules.MutualReview != preset.AfterAll:
		return w.Criticism.NextHeard.of(nameOf(s, s.Subject))
	case round.Part == meeting.PartCriticism && s.Attendance.Of(s.Subject).Present:
		return w.Criticism.NextResponse.of(nameOf(s, s.Subject))
	case len(list) == 0:
		return ""
	}
	if r, _ := s.Round(list[0]); r.Part == meeting.PartNone || r.Part == meeting.PartSelf && list[0] != s.Subject {
		return w.Criticism.NextSelf.of(nameOf(s, list[0]))
	}
	return w.Criticism.NextHeard.of(nameOf(s, list[0]))
}

// myTurn says when a person's own turn comes, "" for others.
func (w *Words) myTurn(s *meeting.State, who meeting.MemberID) string {
	if !at(s, preset.Criticism) || s.Subject == who {
		return ""
	}
	list := s.ToCome()
	switch i := slices.Index(list, who); i {
	case -1:
		return ""
	case 0:
		return w.Criticism.YoursNext
	default:
		return w.Criticism.YoursAfter.of(nameOf(s, list[0]), i)
	}
}

// turn says whose round it is in 批评与自我批评 and how far it has come.
func (w *Words) turn(s *meeting.State) string {
	name := nameOf(s, s.Subject)
	round, _ := s.Round(s.Subject)
	absent := ""
	switch a := s.Attendance.Of(s.Subject); {
	case s.Subject == "", a.Present:
	case a.Came():
		absent = w.Happening.HasLeft
	default:
		absent = w.Happening.InWriting
	}
	switch {
	case s.Subject == "" && s.NextSubject() == "":
		return w.Happening.AllHeard
	case s.Subject == "":
		return w.Happening.NextPerson.of(nameOf(s, s.NextSubject()))
	case round.Part == meeting.PartSelf:
		return w.Happening.SelfCriticism.of(name, absent)
	case round.Part == meeting.PartCriticism:
		return w.Happening.Criticism.of(name, absent, len(round.Criticisms))
	case round.Part == meeting.PartResponse:
		return w.Happening.Response.of(name)
	}
	return w.Happening.PersonDone.of(name)
}

// criticismChoices are what a member does in 批评与自我批评: write a
// self-criticism, a criticism of others, a response; read what was said about
// them.
func criticismChoices(a *App) []choice {
	if !at(a.s, preset.Criticism) {
		return nil
	}
	round, _ := a.s.Round(a.s.Subject)
	own, _ := a.s.Round(a.Who)
	var list []choice
	if a.s.Subject != "" && a.s.Subject != a.Who && round.Part == meeting.PartCriticism && a.s.Apart(a.Who, a.s.Subject) == nil {
		list = append(list, criticise(a, a.s.Subject))
	}
	self := choice{label: a.words.Criticism.WriteSelf, key: "s", why: a.words.why(a.s, a.Who, meeting.ActSelfCriticise), draft: selfDraft, do: writeSelfCriticism}
	respond := choice{label: a.words.Criticism.WriteResponse, key: "r", why: a.words.why(a.s, a.Who, meeting.ActRespond), draft: responseDraft, do: writeResponse}
	read := choice{label: a.words.Criticism.ReadOwn, note: a.words.Criticism.Count.of(len(own.Criticisms)), key: "i", do: readOwnRound}
	if len(own.Criticisms) == 0 {
		read.why = a.words.Criticism.NoneYet
	}
	other := choice{label: a.words.Criticism.WriteOther, note: a.words.draftsOn(a), key: "c", why: a.words.why(a.s, a.Who, meeting.ActCriticise), do: pickCriticised}
	if a.s.Subject == a.Who && round.Part != meeting.PartSelf {
		return append(list, respond, read, self, other, ownWords(a), readOut(a))
	}
	if len(own.Criticisms) == 0 && respond.why == "" {
		respond.why = a.words.Criticism.RespondLater
	}
	return append(list, self, other, ownWords(a), readOut(a), read, respond)
}

// readOut is for who can't speak: what they have written is read out for them.
func readOut(a *App) choice {
	off := slices.Contains(a.s.ReadFor, a.Who)
	label, done := a.words.Criticism.AskReading, a.words.Criticism.ReadingAsked
	if off {
		label, done = a.words.Criticism.NoReading, a.words.Criticism.ReadingOff
	}
	return choice{label: label, key: "a", states: true, why: a.words.why(a.s, a.Who, meeting.ActReadOut), do: func(a *App) tea.Cmd {
		return a.act(meeting.AskReading{Off: off}, done)
	}}
}

// readBy says who speaks for the speaker, "" if nobody does.
func (w *Words) readBy(s *meeting.State) string {
	if !s.ReadsOut() {
		return ""
	}
	return w.Criticism.ReadBy.of(nameOf(s, s.Host()))
}

func criticise(a *App, of meeting.MemberID) choice {
	return choice{label: a.words.Criticism.Write.of(a.name(of)), why: a.words.why(a.s, a.Who, meeting.ActCriticise), draft: criticismDraft + string(of), do: func(a *App) tea.Cmd {
		return writeCriticism(a, of)
	}}
}

// What the drafts of 批评与自我批评 are called; that of a criticism goes on with
// whom it is about.
const (
	selfDraft      = "self-criticism"
	criticismDraft = "criticism "
	responseDraft  = "response"
)

// draftsOn says on whom else than the person of this round somebody has begun a
// criticism, "" if there is none.
func (w *Words) draftsOn(a *App) string {
	var on []meeting.MemberID
	for _, id := range a.Drafts.begun(a.Who, criticismDraft) {
		if id := meeting.MemberID(id); id != a.s.Subject {
			on = append(on, id)
		}
	}
	if len(on) == 0 {
		return ""
	}
	return w.Criticism.DraftsOn.of(w.names(a.s, on))
}

// writeSelfCriticism opens the text of the self-criticism. If nothing is
// written yet, it begins with the outline.
func writeSelfCriticism(a *App) tea.Cmd {
	cmd := a.compose(a.words.Criticism.SelfTitle, a.words.Criticism.Hint, selfDraft, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.CriticiseSelf{Text: text}, selfDraft, 1, a.words.Criticism.Minuted)
	})
	if round, _ := a.s.Round(a.Who); len(round.Own) == 0 {
		notes, _ := a.s.OutlineOf(a.Who)
		a.startFrom(outlineText(a, notes), a.words.Record.StartsFrom)
	}
	return cmd
}

func writeCriticism(a *App, of meeting.MemberID) tea.Cmd {
	what := criticismDraft + string(of)
	return a.compose(a.words.Common.CriticismOf.of(a.name(of)), a.words.Criticism.HintOf.of(a.name(of)), what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.Criticise{Of: of, Text: text}, what, 1, a.words.Criticism.Submitted.of(a.name(of)))
	})
}

func writeResponse(a *App) tea.Cmd {
	return a.compose(a.words.Criticism.ResponseTitle, a.words.Criticism.ResponseHint, responseDraft, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.Respond{Text: text}, responseDraft, 1, a.words.Criticism.Minuted)
	})
}

// pickCriticised chooses the person to criticise.
func pickCriticised(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Criticism.AskWhom, opened: true, people: true, choices: func(a *App) []choice {
		var list []choice
		for _, id := range a.s.Participants() {
			if id == a.Who || a.s.Apart(a.Who, id) != nil {
				continue
			}
			round, _ := a.s.Round(id)
			note := ""
			if slices.Contains(round.Critics(), a.Who) {
				note = a.words.Criticism.GivenOnce
			}
			if n := given(a.s, a.Who, id); n > 0 {
				note = a.words.Criticism.Given.of(n)
			}
			one := a.person(id, note, func(a *App) tea.Cmd {
				a.pop(1)
				return writeCriticism(a, id)
			})
			one.draft = criticismDraft + string(id)
			list = append(list, one)
		}
		return list
	}})
}

// given returns how many criticisms of somebody a person has in writing.
func given(s *meeting.State, who, of meeting.MemberID) int {
	n := 0
	for _, w := range s.OwnSpeeches(who) {
		if w.ID.Kind == meeting.CriticismSpeech && w.ID.Of == of {
			n++
		}
	}
	return n
}

// ownWords leads to what a member has handed in, to read, change or withdraw.
func ownWords(a *App) choice {
	n := len(a.s.OwnSpeeches(a.Who))
	return choice{label: a.words.Criticism.OwnWords, note: a.words.Criticism.Count.of(n), key: "w", why: a.words.why(a.s, a.Who, meeting.ActMend), do: listOwnWords}
}

func listOwnWords(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Criticism.OwnWords, opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, w := range a.s.OwnSpeeches(a.Who) {
			begin, _, _ := strings.Cut(w.Text, "\n")
			list = append(list, choice{
				label: a.words.wordsTitle(a.s, w.ID), note: draw.Clean(begin), id: fmt.Sprint(w.ID), draft: mendDraft(w.ID),
				do: func(a *App) tea.Cmd { return readOwnWords(a, w.ID) },
			})
		}
		return list
	}})
}

// wordsTitle says what somebody's words are.
func (w *Words) wordsTitle(s *meeting.State, id meeting.SpeechID) string {
	switch id.Kind {
	case meeting.SelfSpeech:
		return w.Criticism.SelfTitle
	case meeting.ResponseSpeech:
		return w.Criticism.ResponseTitle
	case meeting.CriticismSpeech:
	}
	return w.Common.CriticismOf.of(nameOf(s, id.Of))
}

// ownSpeech returns words of a person's own as they are now.
func ownSpeech(s *meeting.State, who meeting.MemberID, id meeting.SpeechID) (text string) {
	for _, w := range s.OwnSpeeches(who) {
		if w.ID == id {
			text = w.Text
		}
	}
	return text
}

// readOwnWords shows what a member has handed in. Until the round ends they can
// change it or take it back.
func readOwnWords(a *App, id meeting.SpeechID) tea.Cmd {
	return a.push(&menu{
		title: a.words.wordsTitle(a.s, id), opened: true, reads: true,
		say: func(a *App, f *flow) {
			for _, l := range draw.CleanLines(ownSpeech(a.s, a.Who, id)) {
				f.say(draw.Plain, l)
			}
			if no := meeting.MayMend(a.s, a.Who, id); no != nil {
				f.gap()
				f.say(draw.Muted, a.words.Say(no))
			}
		},
		choices: func(a *App) []choice {
			why := a.words.Say(meeting.MayMend(a.s, a.Who, id))
			return []choice{
				{label: a.words.Criticism.Mend, why: why, draft: mendDraft(id), do: func(a *App) tea.Cmd { return mendWords(a, id) }},
				{label: a.words.Criticism.Withdraw, why: why, do: func(a *App) tea.Cmd { return withdrawWords(a, id) }},
			}
		},
	})
}

// mendDraft names the draft of what is to stand in somebody's words' place.
func mendDraft(id meeting.SpeechID) string { return fmt.Sprint("mend ", id) }

func mendWords(a *App, id meeting.SpeechID) tea.Cmd {
	what := mendDraft(id)
	cmd := a.compose(a.words.wordsTitle(a.s, id), a.words.Criticism.MendHint, what, func(a *App, text string) tea.Cmd {
		return a.hand(meeting.MendSpeech{ID: id, Text: text}, what, 1, a.words.Criticism.Mended)
	})
	a.startFrom(ownSpeech(a.s, a.Who, id), "")
	return cmd
}

func withdrawWords(a *App, id meeting.SpeechID) tea.Cmd {
	return a.weigh(a.words.Criticism.AskWithdraw, a.words.Criticism.WithdrawEffect, a.words.Criticism.YesWithdraw, func(a *App) tea.Cmd {
		return a.actThen(meeting.WithdrawSpeech{ID: id}, func(a *App) {
			a.pop(2)
			a.tell(draw.Accent, a.words.Criticism.Withdrawn)
		})
	})
}

// readOwnRound shows a member what was said about them, and what they said.
func readOwnRound(a *App) tea.Cmd {
	return a.read(a.words.Criticism.OwnTitle, func(a *App, f *flow) {
		round, _ := a.s.Round(a.Who)
		speeches(f, a.s, round.Criticisms)
	})
}

func speeches(f *flow, s *meeting.State, list []meeting.Speech) {
	for i, sp := range list {
		f.say(draw.Strong, fmt.Sprintf("%d  %s", i+1, nameOf(s, sp.From)))
		if sp.Text == "" {
			f.say(draw.Muted, f.words.Criticism.Spoken)
		}
		for _, l := range draw.CleanLines(sp.Text) {
			f.say(draw.Plain, l)
		}
		f.gap()
	}
}
