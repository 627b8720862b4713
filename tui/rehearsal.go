package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Rehearsal is how a [Room] holds a rehearsal (预演) before the meeting. While
// one is on, the room's other methods belong to it: State says so
// ([meeting.State.Rehearsal]), Cast fills its box, and [meeting.Confirm]
// counts and announces in one step. [meeting.Next] begins the meeting,
// which ends the rehearsal. Watchers get a token when one begins and when it
// ends.
type Rehearsal interface {
	// Rehearse begins a rehearsal (on) or ends it; who may is
	// [meeting.May] with ActRehearse. Nothing of an ended one is left.
	Rehearse(ctx context.Context, who meeting.MemberID, on bool) error
	// Rehearsing reports whether one is on.
	Rehearsing() bool
	// Peek returns everything that is kept of a person's trial ballots; who
	// may is [meeting.May] with ActPeek.
	Peek(ctx context.Context, who meeting.MemberID) (meeting.Peek, error)
}

// peekBytes is how many bytes of a record are shown to a person who tries to
// peek.
const peekBytes = 48

// askRehearse begins a rehearsal before the meeting.
func askRehearse(a *App) tea.Cmd {
	w := &a.words.Rehearsal
	return a.ask(w.Begin, w.AskBegin, w.Begin, func(a *App) tea.Cmd { return rehearse(a, true, w.Begun) })
}

func rehearse(a *App, on bool, done string) tea.Cmd {
	work := func(ctx context.Context) error { return a.Room.Rehearse(ctx, a.Who, on) }
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		a.tell(draw.Accent, done)
		return nil
	})
}

// rehearsalStep returns what Enter does at the console in a rehearsal: it ends
// the trial vote, then the rehearsal.
func rehearsalStep(a *App) choice {
	w := &a.words.Rehearsal
	switch step := meeting.NextStep(a.s); step.Act {
	case meeting.ActConfirmed:
		label, question := a.words.stepWords(a.s, step)
		return choice{label: label, key: "enter", do: func(a *App) tea.Cmd {
			if step.Do == nil {
				return askUnobjected(a, label, question)
			}
			return take(a, step)
		}}
	case "":
		return wait(w.WaitBallots, w.WaitBallots)
	case meeting.ActClose:
		if step.Do == nil {
			return wait(w.WaitBallots, w.WaitOrEnd)
		}
		return choice{label: w.Close, key: "enter", do: func(a *App) tea.Cmd { return askEndTrial(a, (*App).ask) }}
	}
	return choice{label: w.End, key: "enter", do: askEndRehearsal}
}

// askEndTrial ends the trial vote.
func askEndTrial(a *App, ask func(a *App, title, text, yes string, do func(*App) tea.Cmd) tea.Cmd) tea.Cmd {
	w, v := &a.words.Rehearsal, a.s.Vote()
	text := a.words.Common.Sentence.of(a.words.SayIssued(v))
	if n := len(v.Missing()); n > 0 {
		text += a.words.Step.NotVoted.of(n)
	}
	if v.Members().Returned.Len() < a.s.LeastBallots() {
		text += "\n" + w.TooFew
	}
	return ask(a, w.Close, text+"\n"+w.AskClose, w.Close, func(a *App) tea.Cmd { return a.actThen(meeting.CloseBox{}, func(*App) {}) })
}

func askEndRehearsal(a *App) tea.Cmd {
	w := &a.words.Rehearsal
	return a.ask(w.End, w.AskEnd, w.End, func(a *App) tea.Cmd { return rehearse(a, false, w.Ended) })
}

// rehearsalChoices lists everything that the console can do in a rehearsal.
func rehearsalChoices(a *App) []choice {
	return []choice{
		{label: a.words.Rehearsal.Close, key: "k", why: a.words.why(a.s, a.Who, meeting.ActClose), do: func(a *App) tea.Cmd { return askEndTrial(a, (*App).weigh) }},
		{label: a.words.Rehearsal.End, key: "o", do: askEndRehearsal},
		scriptChoice(a),
		{label: a.words.Console.Own, key: "v", do: toOwn},
	}
}

// peekBind returns the key with which everybody may try to peek in a rehearsal.
func (a *App) peekBind() bind {
	return on("p", a.words.Rehearsal.Peek, tryToPeek).unless(a.words.why(a.s, a.Who, meeting.ActPeek))
}

// tryToPeek shows what is kept of one's own trial ballot: in the file, in a
// backup, at the console. There is nothing to see, and that is the point.
func tryToPeek(a *App) tea.Cmd {
	var p meeting.Peek
	work := func(ctx context.Context) (err error) {
		p, err = a.Room.Peek(ctx, a.Who)
		return err
	}
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		return a.read(a.words.Rehearsal.PeekTitle, func(a *App, f *flow) { peeked(f, a, p) })
	})
}

func peeked(f *flow, a *App, p meeting.Peek) {
	w := &a.words.Rehearsal
	f.say(draw.Accent, w.Nothing)
	size := 0
	for _, rec := range p.Records {
		size += len(rec)
	}
	f.gap()
	f.say(draw.Strong, w.InFile)
	f.say(draw.Plain, w.FileSize.of(len(p.Records), size))
	if n := len(p.Records); n > 0 {
		last := p.Records[n-1]
		f.add(dump(last[max(0, len(last)-peekBytes):])) // its head names the voter, since that somebody voted is no secret
	}
	f.gap()
	f.say(draw.Strong, w.InBackup)
	f.say(draw.Plain, w.Same)
	f.gap()
	f.say(draw.Strong, w.OnConsole)
	f.say(draw.Plain, w.Returned.of(p.Issued, a.words.names(a.s, p.Returned)))
	f.put(draw.Span{Text: a.words.Ballot.Receipt, Tone: draw.Plain}, draw.Span{Text: grouped(p.Receipt), Tone: draw.Plain})
}
