package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/tui/draw"
)

// takesComment reports whether page i of a ballot takes an anonymous comment.
func (sh *sheet) takesComment(s *meeting.State, i int) bool {
	return s.Rules.Vote.Comments && i >= 0 && i < len(sh.subjects)
}

// commentCell returns what the overview shows of the comment of page i.
func (sh *sheet) commentCell(w *Words, s *meeting.State, i int) string {
	switch {
	case !sh.takesComment(s, i):
		return ""
	case sh.comments[sh.subjects[i]] != "":
		return w.Comment.Some
	}
	return draw.Pad(w.Comment.None, 6)
}

// commentHead is the heading of a table's column of comments.
func (sh *sheet) commentHead(w *Words, s *meeting.State) string {
	if !s.Rules.Vote.Comments {
		return ""
	}
	return " " + w.Common.Comment
}

// comment opens the comment of this page. One that was written in a session
// before is not shown again: it stays, is written anew or is deleted.
func (v *voting) comment(a *App) tea.Cmd {
	sh := a.sheetOf()
	id := sh.subjects[v.leaf]
	if n := len(sh.comments); sh.comments[id] == "" && n >= meeting.MaxComments {
		a.refuse(&meeting.Refusal{Code: meeting.TooManyComments, Args: []string{fmt.Sprint(n + 1), fmt.Sprint(meeting.MaxComments)}})
		return nil
	}
	if !sh.covered[id] {
		return v.writeComment(a, id)
	}
	return a.push(&menu{
		title: a.words.Comment.WriteTitle.of(a.name(id)), opened: true,
		say: func(a *App, f *flow) { f.say(draw.Plain, a.words.Comment.Covered) },
		choices: func(a *App) []choice {
			return []choice{
				{label: a.words.Comment.Stays, do: shut},
				{label: a.words.Comment.Anew, do: func(a *App) tea.Cmd { a.pop(1); return v.writeComment(a, id) }},
				{label: a.words.Comment.Delete, do: func(a *App) tea.Cmd { a.pop(1); return v.setComment(a, id, "") }},
			}
		},
	})
}

// writeComment opens the text of a comment.
func (v *voting) writeComment(a *App, id meeting.MemberID) tea.Cmd {
	sh := a.sheetOf()
	hint := a.words.Comment.Hint.of(ballot.MaxComment, meeting.MaxComments)
	w := &write{title: a.words.Comment.WriteTitle.of(a.name(id)), hint: hint, Editor: draw.Editor{Most: ballot.MaxComment, Single: true}}
	if !sh.covered[id] {
		w.Set(sh.comments[id])
	}
	w.submit = func(a *App, text string) tea.Cmd { a.pop(1); return v.setComment(a, id, text) }
	return a.push(w)
}

// setComment puts a comment on the ballot, where it is kept as choices are; ""
// deletes it.
func (v *voting) setComment(a *App, id meeting.MemberID, text string) tea.Cmd {
	sh := a.sheetOf()
	delete(sh.covered, id)
	sh.comments[id] = text
	said := a.words.Comment.Written
	if text == "" {
		delete(sh.comments, id)
		said = a.words.Comment.Cleared
	}
	a.Drafts.keepBallot(a.Who, sh)
	a.tell(draw.Accent, said)
	return nil
}

// whyNoComments says why there are no comments to be read now.
func whyNoComments(a *App) string {
	if !a.s.Rules.Vote.Comments {
		return a.words.Say(&meeting.Refusal{Code: meeting.NoComments})
	}
	return a.words.why(a.s, a.Who, meeting.ActComments)
}

// commentChoices are the choices that open the anonymous comments once the vote
// is counted.
func commentChoices(a *App) []choice {
	v := a.s.Vote()
	if v == nil || v.State != meeting.BoxCounted || !a.s.Rules.Vote.Comments {
		return nil
	}
	return []choice{{label: a.words.Common.ReadComments, key: "z", why: whyNoComments(a), do: readComments}}
}

// readComments shows the anonymous comments: everybody's to the committee, to a
// member their own.
func readComments(a *App) tea.Cmd {
	return a.read(a.words.Common.Comment, func(a *App, f *flow) {
		f.say(draw.Muted, a.words.Comment.ReadNote)
		f.gap()
		v := a.s.Vote()
		if v.Comments == nil {
			f.say(draw.Plain, a.words.Comment.Locked)
			return
		}
		none := true
		for _, id := range v.Subjects {
			list, no := a.s.CommentsOn(a.Who, id)
			if no != nil || len(list) == 0 {
				continue
			}
			none = false
			f.say(draw.Strong, subjectOf(a.s, id))
			for i, text := range list {
				f.hang(draw.Span{Text: fmt.Sprintf("  %d  ", i+1), Tone: draw.Plain}, draw.Span{Text: draw.Clean(text), Tone: draw.Plain})
			}
			f.gap()
		}
		if none {
			f.say(draw.Plain, a.words.Comment.NoneAtAll)
		}
	})
}
