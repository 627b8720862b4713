package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/ballot"
	"pingyi/tui/draw"
)

// takesComment reports whether page i of a ballot takes an anonymous comment.
func (sh *sheet) takesComment(s *meeting.State, i int) bool {
	return s.Rules.Vote.Comments && i >= 0 && i < len(sh.subjects)
}

// remark is an anonymous comment. One that was written in a session before is
// covered: it is kept, and not shown again.
type remark struct {
	text    string
	covered bool
}

// unfinished lists on whom a comment was begun and not finished.
func (sh *sheet) unfinished() []meeting.MemberID {
	return slices.DeleteFunc(slices.Clone(sh.subjects), func(id meeting.MemberID) bool { return sh.halves[id].text == "" })
}

// commentCell returns what the overview shows of the comment of page i.
func (sh *sheet) commentCell(w *Words, s *meeting.State, i int) string {
	switch {
	case !sh.takesComment(s, i):
		return ""
	case sh.halves[sh.subjects[i]].text != "":
		return w.Comment.Half
	case sh.comments[sh.subjects[i]].text != "":
		return w.Comment.Some
	}
	return draw.Pad(w.Comment.None, 6)
}

// sayComment says what page i has of a comment.
func (sh *sheet) sayComment(a *App, f *flow, i int) {
	switch {
	case !sh.takesComment(a.s, i):
	case sh.halves[sh.subjects[i]].covered:
		f.say(draw.Warn, a.words.Comment.HalfOfBefore)
	case sh.halves[sh.subjects[i]].text != "":
		f.say(draw.Warn, a.words.Comment.HalfHere)
	case sh.comments[sh.subjects[i]].text != "":
		f.say(draw.Muted, a.words.Ballot.HasComment)
	}
}

// commentHead is the heading of a table's column of comments.
func (sh *sheet) commentHead(w *Words, s *meeting.State) string {
	if !s.Rules.Vote.Comments {
		return ""
	}
	return " " + w.Common.Comment
}

// comment opens the comment of this page: what was begun, or what is on the
// ballot. A covered one stays, is written anew or is deleted.
func (v *voting) comment(a *App) tea.Cmd {
	sh := a.sheetOf()
	id := sh.subjects[v.leaf]
	half, begun := sh.halves[id]
	is := sh.comments[id]
	if n := len(sh.comments); is.text == "" && n >= meeting.MaxComments {
		a.refuse(&meeting.Refusal{Code: meeting.TooManyComments, Args: []string{fmt.Sprint(n + 1), fmt.Sprint(meeting.MaxComments)}})
		return nil
	}
	switch {
	case begun && !half.covered:
		return v.writeComment(a, id, half.text)
	case !begun && !is.covered:
		return v.writeComment(a, id, is.text)
	}
	said, done := a.words.Comment.Covered, choice{label: a.words.Comment.Stays, do: shut}
	if begun {
		said, done = a.words.Comment.HalfCovered, choice{label: a.words.Comment.PutHalf, do: func(a *App) tea.Cmd { a.pop(1); return v.setComment(a, id, half.text) }}
	}
	return a.push(&menu{
		title: a.words.Comment.WriteTitle.of(a.name(id)), opened: true,
		say: func(a *App, f *flow) { f.say(draw.Plain, said) },
		choices: func(a *App) []choice {
			return []choice{
				done,
				{label: a.words.Comment.Anew, do: func(a *App) tea.Cmd { a.pop(1); return v.writeComment(a, id, "") }},
				{label: a.words.Comment.Delete, do: func(a *App) tea.Cmd { a.pop(1); return v.setComment(a, id, "") }},
			}
		},
	})
}

// writeComment opens the text of a comment. What is written is kept with every
// key, apart from the ballot until Enter.
func (v *voting) writeComment(a *App, id meeting.MemberID, text string) tea.Cmd {
	sh := a.sheetOf()
	hint := a.words.Comment.Hint.of(ballot.MaxComment, meeting.MaxComments)
	w := &write{title: a.words.Comment.WriteTitle.of(a.name(id)), hint: hint, private: true, Editor: draw.Editor{Most: ballot.MaxComment, Single: true}}
	w.Set(text)
	w.keeps = func(a *App, text string) bool {
		if a.sheet != sh { // the vote is over
			return false
		}
		sh.halves[id] = remark{text: text}
		if is := sh.comments[id]; text == "" || text == is.text && !is.covered {
			delete(sh.halves, id)
		}
		a.Drafts.keepBallot(a.Who, sh)
		return true
	}
	w.submit = func(a *App, text string) tea.Cmd { a.pop(1); return v.setComment(a, id, text) }
	return a.push(w)
}

// setComment puts a comment on the ballot, where it is kept as choices are; ""
// deletes it.
func (v *voting) setComment(a *App, id meeting.MemberID, text string) tea.Cmd {
	sh := a.sheetOf()
	delete(sh.halves, id)
	sh.comments[id] = remark{text: text}
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
