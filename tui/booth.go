package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// visitTime is how long a visit to a booth lasts in which nothing is done, also once
// a ballot is cast.
const visitTime = time.Minute

// codeLength is longer than any join code with its dashes.
const codeLength = 40

// door is the base of a booth, the terminal that members without a device
// share. It asks for a join code and then shows that member's own screen until
// they leave, have voted, or have not pressed a key for a while. Nothing of
// them is left in it then.
func (a *App) door() layer {
	return &write{
		title: a.words.Booth.Title, hint: a.words.Booth.Hint, secret: true,
		Editor: draw.Editor{Most: codeLength, Single: true},
		submit: func(a *App, code string) tea.Cmd {
			a.layers = []layer{a.base()} // the code is gone from the screen at once
			if a.Admit == nil || code == "" {
				a.refuse(&meeting.Refusal{Code: meeting.TextMissing})
				return nil
			}
			var who meeting.MemberID
			work := func(context.Context) (err error) {
				who, err = a.Admit(code)
				return err
			}
			return a.run(work, func(a *App, err error) tea.Cmd {
				if err != nil {
					a.tell(draw.Warn, draw.Clean(err.Error()))
					return nil
				}
				a.visit(who)
				return nil
			})
		},
	}
}

// visit shows the screen of somebody who came to the booth: the member's own,
// even if they have a console elsewhere.
func (a *App) visit(who meeting.MemberID) {
	a.Who, a.own, a.visiting, a.Drafts = who, true, true, &Drafts{}
	a.stay()
	a.reseat()
}

// away ends a visit and wipes what was typed in it.
func (a *App) away() {
	if a.sheet != nil {
		a.sheet.wipe()
	}
	a.sheet, a.sums, a.said, a.leaving = nil, nil, draw.Span{}, ""
	a.Who, a.own, a.visiting, a.Drafts = meeting.Booth, false, false, &Drafts{}
	a.reseat()
}

// reseat begins anew with the screen of whoever sits here now.
func (a *App) reseat() {
	a.s = a.Room.State()
	a.place = placeFor(a.s, a.Who, a.own)
	a.scene = sceneOf(a.s, a.Who, a.place)
	a.layers, a.scroll = []layer{a.base()}, 0
	a.calm = a.Room.Now().Add(grace)
}

// stay lets a visit last on.
func (a *App) stay() { a.until = a.Room.Now().Add(visitTime) }

// expire ends a visit whose time is over.
func (a *App) expire() {
	if a.visiting && a.left(a.until, visitTime) == 0 && !a.busy {
		a.away()
		a.tell(draw.Muted, a.words.Booth.Expired)
	}
}

// dismiss ends the visit of somebody who may not stay.
func (a *App) dismiss() {
	if !a.visiting || a.busy || a.Stays == nil {
		return
	}
	if no := a.Stays(); no != nil {
		a.away()
		a.refuse(no)
	}
}

// votedHere shows the receipt of a ballot that was cast at a booth. After that
// the visit ends.
func (a *App) votedHere() tea.Cmd {
	slip, _ := ballotOf(a.s, a.Who)
	a.push(&menu{
		title: a.words.Booth.Voted,
		say: func(a *App, f *flow) {
			receiptSays(f, slip.Receipt)
			f.gap()
			f.say(draw.Plain, a.words.Booth.NoteReceipt)
		},
		choices: func(a *App) []choice {
			return []choice{{label: a.words.Booth.Leave, states: true, do: func(a *App) tea.Cmd { a.away(); return nil }}}
		},
	})
	a.stay()
	return nil
}
