package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
)

// takesRemark reports whether page i of a ballot takes an anonymous remark.
func (sh *sheet) takesRemark(s *meeting.State, i int) bool {
	return s.Rules.Vote.Remarks && i >= 0 && i < len(sh.subjects)
}

// remarkCell is what the overview says about the remark of page i.
func (sh *sheet) remarkCell(w *Words, s *meeting.State, i int) string {
	switch {
	case !sh.takesRemark(s, i):
		return ""
	case sh.remarks[sh.subjects[i]] != "":
		return w.Remark.Some
	}
	return pad(w.Remark.None, 6)
}

// remarkHead stands above the remarks of a table.
func (sh *sheet) remarkHead(w *Words, s *meeting.State) string {
	if !s.Rules.Vote.Remarks {
		return ""
	}
	return " " + w.Common.Remark
}

// remark opens the remark of this page. It stays in the session, as the choices do.
func (v *voting) remark(a *App) tea.Cmd {
	sh := a.sheetOf()
	id := sh.subjects[v.leaf]
	if n := len(sh.remarks); sh.remarks[id] == "" && n >= meeting.MaxRemarks {
		a.refuse(&meeting.Refusal{Code: meeting.TooManyRemarks, Args: []string{fmt.Sprint(n + 1), fmt.Sprint(meeting.MaxRemarks)}})
		return nil
	}
	hint := a.words.Remark.Hint.of(ballot.MaxRemark, meeting.MaxRemarks)
	w := &write{title: a.words.Remark.WriteTitle.of(a.name(id)), hint: hint, editor: editor{most: ballot.MaxRemark, single: true}}
	w.set(sh.remarks[id])
	w.submit = func(a *App, text string) tea.Cmd {
		a.pop(1)
		if text == "" {
			delete(sh.remarks, id)
			a.tell(muted, a.words.Remark.Cleared)
			return nil
		}
		sh.remarks[id] = text
		a.tell(accent, a.words.Remark.Written)
		return nil
	}
	return a.push(w)
}

// whyNoRemarks says why there are no remarks to be read now.
func whyNoRemarks(a *App) string {
	if !a.s.Rules.Vote.Remarks {
		return a.words.Say(&meeting.Refusal{Code: meeting.NoRemarks})
	}
	return a.words.why(a.s, a.Who, meeting.ActRemarks)
}

// remarkChoices lead to the anonymous remarks once the vote is counted.
func remarkChoices(a *App) []choice {
	v := a.s.Vote()
	if v == nil || v.State != meeting.BoxCounted || !a.s.Rules.Vote.Remarks {
		return nil
	}
	return []choice{{label: a.words.Common.ReadRemarks, key: "z", why: whyNoRemarks(a), do: readRemarks}}
}

// readRemarks shows the anonymous remarks: the committee and the console
// everybody's, a member their own.
func readRemarks(a *App) tea.Cmd {
	return a.read(a.words.Common.Remark, func(a *App, f *flow) {
		f.say(muted, a.words.Remark.ReadNote)
		f.gap()
		v := a.s.Vote()
		if v.Remarks == nil {
			f.say(plain, a.words.Remark.Locked)
			return
		}
		none := true
		for _, id := range v.Subjects {
			list, no := a.s.RemarksOn(a.Who, id)
			if no != nil || len(list) == 0 {
				continue
			}
			none = false
			f.say(strong, a.name(id))
			for i, text := range list {
				f.hang(span{fmt.Sprintf("  %d  ", i+1), plain}, span{Clean(text), plain})
			}
			f.gap()
		}
		if none {
			f.say(plain, a.words.Remark.NoneAtAll)
		}
	})
}
