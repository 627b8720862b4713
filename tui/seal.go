package tui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/tyler-smith/go-bip39/wordlists"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// A recovery code is longer than 12 characters when it is typed as Latin words.
const codeText = 200

// sealing is a scrutineer's screen until the box is sealed with their key: the
// code is shown once, written down, and typed again (BALLOT.md §3).
func (w *Words) sealing() *menu {
	return &menu{
		say: func(a *App, f *flow) {
			f.title(a.words.Seal.Title)
			f.gap()
			if n := a.s.Threshold(); n > 0 {
				all := len(a.s.Vote().Scrutineers)
				f.say(draw.Strong, a.words.Seal.WithOthers.of(all, all, n))
			} else {
				f.say(draw.Strong, a.words.Seal.Alone)
			}
			f.say(draw.Plain, a.words.Seal.CodeAhead)
		},
		choices: func(*App) []choice { return []choice{{label: w.Seal.ShowCode, do: showCode}} },
	}
}

func showCode(a *App) tea.Cmd {
	var code string
	work := func(context.Context) (err error) {
		code, err = a.Room.Code(a.Who)
		return err
	}
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		return a.push(a.words.codePage(code))
	})
}

// codePage shows a recovery code to copy, and on request as English words, which
// mean the same, for who does not write 汉字 or hears them read aloud.
func (w *Words) codePage(code string) *menu {
	latin := false
	return &menu{
		title: w.Seal.CopyTitle, secret: true, reads: true,
		say: func(_ *App, f *flow) {
			words, columns := strings.Split(draw.Clean(code), ""), 6
			if latin {
				words, columns = strings.Fields(LatinCode(code)), 3
			}
			for _, row := range numberedWords(words, columns) {
				f.row(draw.Accent, row)
			}
			f.say(draw.Plain, f.words.Seal.CopyNote)
		},
		choices: func(a *App) []choice {
			other := a.words.Seal.Latin
			if latin {
				other = a.words.Seal.Characters
			}
			return []choice{
				{label: a.words.Seal.Copied, do: func(a *App) tea.Cmd { a.pop(1); return retype(a) }},
				{label: other, key: "l", do: func(*App) tea.Cmd { latin = !latin; return nil }},
			}
		},
	}
}

// numberedWords sets words in rows, each behind its number.
func numberedWords(words []string, columns int) []string {
	width := 0
	for _, w := range words {
		width = max(width, draw.Cells(w))
	}
	var rows []string
	for i, w := range words {
		if i%columns == 0 {
			rows = append(rows, "")
		}
		rows[len(rows)-1] += fmt.Sprintf("%2d %s ", i+1, draw.Pad(w, width))
	}
	return rows
}

// LatinCode returns a recovery code of 汉字 as English words: the words at the
// same places of BIP-39's lists, which mean the same.
func LatinCode(code string) string {
	var words []string
	for _, r := range code {
		if place := slices.Index(wordlists.ChineseSimplified, string(r)); place >= 0 {
			words = append(words, wordlists.English[place])
		}
	}
	return strings.Join(words, " ")
}

// typesCode opens the line of a recovery code.
func (a *App) typesCode(hint string, submit func(a *App, text string) tea.Cmd) tea.Cmd {
	return a.push(&write{title: a.words.Seal.TypeTitle, hint: hint, private: true, submit: submit, Editor: draw.Editor{Most: codeText, Single: true}})
}

func retype(a *App) tea.Cmd {
	return a.typesCode(a.words.Seal.RetypeHint,
		func(a *App, text string) tea.Cmd {
			work := func(ctx context.Context) error { return a.Room.Seal(ctx, a.Who, text) }
			return a.run(work, func(a *App, err error) tea.Cmd {
				if err != nil {
					a.refuse(err)
					return nil
				}
				a.tell(draw.Accent, a.words.Seal.Done)
				return nil
			})
		})
}

// troubles says what stands in the way of opening the box later, for the
// console: scrutineers who are away, and keys that the server has lost.
func troubles(a *App) []string {
	if a.s.Phase != meeting.Live || a.s.Rehearsal || len(a.s.Keyholders()) == 0 {
		return nil
	}
	var list []string
	say := func(who []meeting.MemberID, sealed, later phrase) {
		v := a.s.Vote()
		if n := a.s.Threshold(); len(who) == 0 || n > 0 && len(v.Scrutineers)-len(who) >= n {
			return // the others are enough
		}
		if v.State == meeting.BoxSealing || v.State == meeting.BoxSealed {
			later = sealed
		}
		list = append(list, later.of(a.words.names(a.s, who)))
	}
	w := &a.words.Seal
	say(slices.DeleteFunc(a.s.Keyholders(), a.isHere), w.Away, w.AwayLater)
	if a.s.Vote().State != meeting.BoxSealing {
		say(slices.DeleteFunc(a.s.Keyholders(), a.keyIsKept), w.Lost, w.LostLater)
	}
	return list
}

// isHere reports whether somebody is in the room and, as far as is known,
// connected.
func (a *App) isHere(who meeting.MemberID) bool {
	return a.s.Attendance.Of(who).Present && (who == a.Who || a.Online == nil || a.Online(who))
}

// keyIsKept reports whether a scrutineer's key is in the server's memory or on
// their own machine. After a restart of the server it is in neither.
func (a *App) keyIsKept(who meeting.MemberID) bool { return a.s.Vote().Own[who] || a.Room.Holds(who) }

// keyIsGone says why the server has not got a scrutineer's key, and what to do without
// the recovery code: a vote is voided only in the meeting.
func keyIsGone(a *App) string {
	if a.s.Phase == meeting.After {
		return a.words.Seal.KeyGoneLater
	}
	return a.words.Seal.KeyGone
}

// codeHint says how to type the recovery code, and what to do without it.
func codeHint(a *App) string {
	if a.s.Phase == meeting.After {
		return a.words.Seal.CodeHintLater
	}
	return a.words.Seal.CodeHint
}

// opening is a scrutineer's screen while the closed box waits for their key.
func opening() *menu {
	return &menu{
		say: func(a *App, f *flow) {
			f.title(a.words.Seal.OpenTitle)
			f.gap()
			boxSays(f, a.s)
			if paperOpen(a.s.Vote()) {
				f.gap()
				f.say(draw.Warn, a.words.Seal.SlipsFirst)
				f.gap()
			}
			f.say(draw.Plain, a.words.Seal.OpenNote)
			if !a.Room.Holds(a.Who) {
				f.gap()
				f.say(draw.Warn, keyIsGone(a))
			}
		},
		choices: func(a *App) []choice {
			unseal := choice{label: a.words.Seal.Open, do: func(a *App) tea.Cmd {
				return a.weigh(a.words.Seal.ConfirmTitle, a.words.Seal.ConfirmNote, a.words.Seal.ConfirmYes, func(a *App) tea.Cmd { return unsealWith(a, "") })
			}}
			if !a.Room.Holds(a.Who) {
				unseal = choice{label: a.words.Seal.OpenWithCode, do: func(a *App) tea.Cmd {
					return a.typesCode(codeHint(a), unsealWith)
				}}
			}
			if no := meeting.May(a.s, a.Who, meeting.ActUnseal); no != nil {
				unseal.why = a.words.Say(no)
				return append(slipChoices(a), unseal)
			}
			return append([]choice{unseal}, slipChoices(a)...)
		},
	}
}

func unsealWith(a *App, code string) tea.Cmd {
	work := func(ctx context.Context) error { return a.Room.Unseal(ctx, a.Who, code) }
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		a.tell(draw.Accent, a.words.Seal.OpenDone)
		return nil
	})
}
