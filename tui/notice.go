package tui

import (
	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// newNotice is the notice of the meeting that was sent and that a person has not
// confirmed yet; ok is false if there is none, or the meeting has begun.
func newNotice(s *meeting.State, who meeting.MemberID) (r meeting.Record, ok bool) {
	if s.Phase != meeting.Before || s.Rehearsal {
		return r, false
	}
	return s.Notice(who)
}

// noticeSays is the notice that a person has not confirmed yet: it stands before
// everything else.
func noticeSays(a *App, f *flow) {
	r, unread := newNotice(a.s, a.Who)
	if !unread {
		return
	}
	form := formNamed("notice")
	f.title(a.words.RecordTitle(form))
	fieldsSay(a, f, form, r.Values)
	f.gap()
}

// noticeChoices confirm it.
func noticeChoices(a *App) []choice {
	r, unread := newNotice(a.s, a.Who)
	if !unread {
		return nil
	}
	w, read := a.words.move("notice", "confirm"), meeting.MoveRecord{Form: "notice", No: r.No, Rev: r.Rev, Word: "confirm"}
	return []choice{{label: w.Name, key: "w", id: "notice", states: true, do: func(a *App) tea.Cmd { return a.act(read, w.Done) }}}
}

// noticeWaits tells the facilitator who has not confirmed the notice.
func noticeWaits(a *App, f *flow) {
	if list, sent := a.s.Unconfirmed(); sent && len(list) > 0 {
		f.say(draw.Plain, a.words.Record.NotReceived.of(len(list), a.words.names(a.s, list)))
	}
}
