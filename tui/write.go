package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// The longest texts, in characters, that the meeting takes.
const (
	longText   = 5000
	shortText  = 200
	reasonText = 60
	momentText = 16 // as 2017-06-30 14:30
)

// write is a page on which somebody writes a text: several lines, ended by Tab
// and a choice, or one line, ended by Enter. Whose keyboard has no Tab types a
// line with only a dot.
type write struct {
	title  string
	hint   string
	what   string // names the draft; "" keeps none
	next   string // what handing the text in is called; "" is to submit it
	offer  string // a text that Enter puts in while there is none, to be changed and handed in; "" for none
	submit func(a *App, text string) tea.Cmd
	keeps  func(a *App, text string) bool // keeps what is written so far elsewhere than in a draft, while it can; nil: nothing does
	draw.Editor
	secret  bool // the text is drawn as stars
	private bool // it may be read here, and is put away nowhere
	done    bool // the text is finished, and keys go to the choices
	draw.List
}

// compose opens a text of several lines, beginning with its draft.
func (a *App) compose(title, hint, what string, submit func(a *App, text string) tea.Cmd) tea.Cmd {
	w := &write{title: title, hint: hint, what: what, submit: submit, Editor: draw.Editor{Most: longText}}
	w.Set(a.Drafts.text(a.Who, what))
	if len(w.Text) > 0 {
		a.tell(draw.Muted, a.words.Page.Draft)
	}
	return a.push(w)
}

// prompt opens a text of one line.
func (a *App) prompt(title, hint string, most int, submit func(a *App, text string) tea.Cmd) tea.Cmd {
	return a.push(&write{title: title, hint: hint, submit: submit, Editor: draw.Editor{Most: most, Single: true}})
}

func (w *write) typing() bool { return !w.done }

func (w *write) insert(a *App, text string) {
	if w.Editor.Insert(text) {
		a.tell(draw.Warn, a.words.Page.TooLong.of(w.Most))
	}
	w.keep(a)
}

func (w *write) keep(a *App) {
	switch {
	case w.keeps != nil:
		w.keeps(a, w.Value())
	case w.what != "":
		a.Drafts.keep(a.Who, w.what, string(w.Text))
	}
}

func (w *write) page(a *App) page {
	f := a.flow()
	f.title(w.title)
	if w.hint != "" {
		for line := range strings.SplitSeq(w.hint, "\n") {
			f.say(draw.Plain, line)
		}
	}
	if w.offer != "" {
		f.say(draw.Muted, a.words.Page.Offered.of(w.offer))
	}
	f.gap()
	if w.done {
		f.add(options{rows: w.endings(a.words), at: w.List.At})
		f.gap()
		f.say(draw.Muted, a.words.Page.Written.of(len([]rune(w.Value()))))
		f.add(writing{Editor: &w.Editor, ended: true})
		p := a.page(f)
		p.name = "ended"
		return p
	}
	f.add(writing{Editor: &w.Editor, masked: w.secret})
	if w.Single {
		f.add(rule(40))
	}
	p := a.page(f)
	p.input = input{kind: textInput, text: w}
	return p
}

// putsDown reports whether Tab puts the text down, as its writer is called. The
// draft is kept.
func (w *write) putsDown(a *App) bool {
	return !w.done && !w.Single && w.what != "" && a.called() != ""
}

func (w *write) endings(ws *Words) []choice {
	submit := ws.Page.Submit
	if w.next != "" {
		submit = w.next
	}
	return []choice{
		{label: submit, do: func(a *App) tea.Cmd { return w.submit(a, w.Value()) }},
		{label: ws.Page.KeepWriting, do: func(*App) tea.Cmd { w.done = false; return nil }},
		{label: ws.Page.KeepDraft, do: shut},
	}
}

func (w *write) binds(a *App) []bind {
	switch {
	case w.done:
		return []bind{
			on("up", a.words.Common.OrNumber, nothing),
			on("enter", a.words.Common.OK, nothing),
			on("tab esc", a.words.Page.KeepWriting, func(*App) tea.Cmd { w.done = false; return nil }),
		}
	case len(a.layers) == 1: // a base stays
		return []bind{on("enter", a.words.Common.OK, nothing)}
	case w.Single:
		ok := a.words.Common.OK
		if w.offers() {
			ok = a.words.Page.TakeOffer
		}
		return []bind{on("enter", ok, nothing), on("tab esc", a.words.Page.BackByDot, shut).tapped(a.words.Stream.Back)}
	}
	finish, tapped := a.words.Page.Finish, a.words.Stream.Finish
	if w.putsDown(a) {
		finish, tapped = a.words.Call.PutDown, a.words.Stream.PutDown
	}
	return []bind{on("enter", a.words.Page.NewLine, nothing), on("tab esc", finish, nothing).tapped(tapped)}
}

// offers reports whether Enter puts in the text that is offered.
func (w *write) offers() bool { return w.offer != "" && len(w.Text) == 0 }

// dotted reports whether the last line is only a dot, behind which the cursor is.
func (w *write) dotted() bool {
	text := string(w.Text)
	line := strings.TrimSpace(text[strings.LastIndex(text, "\n")+1:])
	return w.Editor.At == len(w.Text) && strings.Join(typedKeys(line), "") == "."
}

func (w *write) press(a *App, k draw.Stroke) (tea.Cmd, bool) {
	if w.done {
		taken, used := w.List.Press(k, len(w.endings(a.words)), a.leap())
		if taken {
			return w.endings(a.words)[w.List.At].do(a), true
		}
		return nil, used
	}
	switch {
	case k.Name == "enter" && w.dotted() && !a.quick: // pasted keys end nothing
		w.DropLine()
		w.keep(a)
		return w.press(a, draw.Stroke{Name: "esc"})
	case k.Name == "enter" && w.offers():
		w.Set(w.offer)
		a.tell(draw.Muted, a.words.Page.OfferTaken)
	case k.Name == "enter" && w.Single:
		return w.submit(a, w.Value()), true
	case k.Name == "enter":
		w.insert(a, "\n")
	case k.Name == "esc" && strings.TrimSpace(w.Value()) == "":
		a.pop(1) // there is nothing to hand in, and nothing to keep
	case (k.Name == "tab" || k.Name == "esc") && w.Single:
		a.pop(1)
	case (k.Name == "tab" || k.Name == "esc") && w.putsDown(a):
		a.pop(len(a.layers)) // to the page on which one is called; the draft is kept
	case k.Name == "tab" || k.Name == "esc":
		w.done, w.List = true, draw.List{}
	case k.Text != "":
		w.insert(a, k.Text)
	default:
		if used := w.Editor.Press(k); !used {
			return nil, false
		}
		w.keep(a)
	}
	return nil, true
}

// hand submits a text as a command. When it is recorded n layers close and the
// draft is dropped; if it is refused the text stays. If it is handed in again
// because the answer was lost, it is still recorded once.
func (a *App) hand(c meeting.Command, what string, n int, done string) tea.Cmd {
	return a.onceThen(a.Drafts.id(a.Who, what), c, func(a *App) {
		a.Drafts.keep(a.Who, what, "")
		a.pop(n)
		a.tell(draw.Accent, done)
	})
}

// actOrReason submits a command and calls then when it is recorded. If a
// written reason is needed it asks for the reason, offers one if there is one, and
// tries again.
func (a *App) actOrReason(build func(reason string) meeting.Command, offer string, then func(*App)) tea.Cmd {
	return a.workOrReason(func(reason string) func(context.Context) error { return a.doing("", build(reason)) }, offer, then)
}

// workOrReason is [App.actOrReason] for work that is more than a command.
func (a *App) workOrReason(build func(reason string) func(context.Context) error, offer string, then func(*App)) tea.Cmd {
	return a.run(build(""), func(a *App, err error) tea.Cmd {
		switch codeOf(err) {
		case "":
		case meeting.NeedsReason, meeting.VotersMissing, meeting.OverCap, meeting.AwayFromVotes, meeting.GradedAnyway, meeting.AgainByResolution:
			return a.reason(a.words.Page.ReasonMinuted.of(a.words.Say(err)), offer, func(a *App, text string) tea.Cmd {
				return a.run(build(text), func(a *App, err error) tea.Cmd {
					if err != nil {
						a.refuse(err)
						return nil
					}
					a.pop(1)
					then(a)
					return nil
				})
			})
		}
		if err != nil {
			a.refuse(err)
			return nil
		}
		then(a)
		return nil
	})
}

// reason asks for a written reason, offers one unless that is "", and refuses an
// empty one.
func (a *App) reason(hint, offer string, do func(a *App, text string) tea.Cmd) tea.Cmd {
	submit := func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
			return nil
		}
		return do(a, text)
	}
	return a.push(&write{title: a.words.Page.GiveReason, hint: hint, offer: offer, submit: submit, Editor: draw.Editor{Most: shortText, Single: true}})
}
