package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

const opinionDraft = "opinion"

// closingChoices are what remains after the meeting: to answer the feedback, to
// read what belongs to it, to give others theirs.
func closingChoices(a *App) []choice {
	list := append(answerChoices(a), taskChoices(a)...)
	if a.s.GivesFeedback(a.Who) {
		list = append(list, giveChoice(a))
	}
	list = append(list, bundleChoices(a)...)
	list = append(list, resultChoices(a)...)
	return append(list, mineChoices(a)...)
}

// feedbackSays draws a member's own result.
func feedbackSays(f *flow, s *meeting.State, fb meeting.Feedback) {
	w := f.words.Feedback
	f.say(draw.Strong, w.Told)
	if fb.Approval != "" {
		f.say(draw.Muted, w.OnApproval.of(draw.Clean(fb.Approval)))
	}
	f.gap()
	grade := string(fb.Grade)
	if grade == "" {
		grade = s.Rules.Ungraded
	}
	f.put(draw.Span{Text: w.Grade, Tone: draw.Plain}, draw.Span{Text: f.words.term(grade), Tone: draw.Strong})
	if fb.Reason != "" {
		f.say(draw.Plain, w.Reason.of(f.words.term(fb.Reason)))
	}
	if fb.Ballots != nil {
		f.say(draw.Plain, f.words.Rating.Ballots.of(f.words.histogram(s.Rules.Grades, *fb.Ballots)))
	}
	f.say(draw.Plain, w.Received.of(len(fb.Criticisms), len(fb.Lines)))
	f.gap()
	switch {
	case fb.Acknowledged.IsZero():
		f.put(draw.Span{Text: f.words.Follow.ForYou, Tone: draw.Accent}, draw.Span{Text: w.Answer, Tone: draw.Strong})
	case fb.Opinion == "":
		f.say(draw.Plain, w.NoOpinionGiven)
	default:
		f.say(draw.Plain, w.OpinionGiven)
		for _, l := range draw.CleanLines(fb.Opinion) {
			f.say(draw.Plain, l)
		}
	}
}

// answerChoices are to acknowledge the feedback, with words or without, and to
// read the criticisms that belong to it.
func answerChoices(a *App) []choice {
	fb, told := a.s.FeedbackOf(a.Who)
	if !told {
		return nil
	}
	no := a.words.why(a.s, a.Who, meeting.ActAck)
	list := []choice{
		{label: a.words.Feedback.WriteOpinion, why: no, draft: opinionDraft, do: writeOpinion},
		{label: a.words.Feedback.NoOpinion, why: no, do: func(a *App) tea.Cmd { return acknowledge(a, "", 0) }},
	}
	if n := len(fb.Criticisms); n > 0 {
		list = append(list, choice{label: a.words.Criticism.ReadOwn, note: a.words.Criticism.Count.of(n), key: "i", do: readOwnRound})
	}
	return list
}

func writeOpinion(a *App) tea.Cmd {
	return a.compose(a.words.Feedback.WriteOpinion, a.words.Feedback.OpinionHint, opinionDraft, func(a *App, text string) tea.Cmd {
		return acknowledge(a, text, 1)
	})
}

// acknowledge asks, and then records for good what a member has to say. It
// closes depth layers.
func acknowledge(a *App, opinion string, depth int) tea.Cmd {
	text := opinion
	if text == "" {
		text = a.words.Feedback.None
	}
	return a.weighDoing(meeting.Acknowledge{Text: opinion}, a.words.Feedback.AskAnswer, a.words.Feedback.AnswerNote.of(draw.Clean(text)), a.words.Common.YesSubmit, func(a *App) tea.Cmd {
		return a.hand(meeting.Acknowledge{Text: opinion}, opinionDraft, depth, a.words.Feedback.Answered)
	})
}

// giveChoice opens the page for telling members their results.
func giveChoice(a *App) choice {
	return choice{
		label: a.words.Feedback.Give, note: a.words.untold(a.s),
		why: a.words.why(a.s, a.Who, meeting.ActFeedback), do: pickTold,
	}
}

// untold says how many members wait for feedback, "" before anybody could get
// it.
func (w *Words) untold(s *meeting.State) string {
	n := len(s.Untold())
	if n == 0 || !s.Submitted {
		return ""
	}
	return w.Feedback.Untold.of(n)
}

// pickTold chooses who is told, those who were not told first.
func pickTold(a *App) tea.Cmd {
	m := &menu{title: a.words.Feedback.AskWhom, opened: true, say: func(a *App, f *flow) { f.say(draw.Plain, a.words.Feedback.GiveNote) }}
	m.choices = func(a *App) []choice {
		told := func(m meeting.Member) int {
			if a.s.Hearings.Has(m.ID) {
				return 1
			}
			return 0
		}
		people := slices.DeleteFunc(slices.Clone(a.s.Roster), func(m meeting.Member) bool { return !a.s.Evaluated(m) })
		slices.SortStableFunc(people, func(x, y meeting.Member) int { return told(x) - told(y) })
		var list []choice
		for _, p := range people {
			do := func(a *App) tea.Cmd { return readAnswer(a, p.ID) }
			if told(p) == 0 {
				do = func(a *App) tea.Cmd {
					m.chosen = "" // once told, the next row is chosen
					return giveFeedback(a, p.ID)
				}
			}
			list = append(list, a.person(p.ID, a.words.answered(a.s, p.ID), do))
		}
		return list
	}
	return a.push(m)
}

// answered says how far somebody's feedback has come.
func (w *Words) answered(s *meeting.State, id meeting.MemberID) string {
	switch heard, told := s.Hearings.Get(id); {
	case !told:
		return w.term(string(s.Ratings.Of(id).Grade))
	case heard.Acknowledged.IsZero():
		return w.Feedback.ToldOnly
	case heard.Opinion == "":
		return w.Feedback.ToldAnswered
	}
	return w.Feedback.ToldOpinion
}

// readAnswer shows what somebody said to the feedback.
func readAnswer(a *App, id meeting.MemberID) tea.Cmd {
	return a.read(a.name(id), func(a *App, f *flow) {
		f.say(draw.Plain, a.words.answered(a.s, id))
		for _, l := range draw.CleanLines(a.s.Hearings.Of(id).Opinion) {
			f.say(draw.Plain, l)
		}
	})
}

// giveFeedback tells somebody their result. Where the superior decides first,
// it asks for the decision.
func giveFeedback(a *App, id meeting.MemberID) tea.Cmd {
	if !a.s.NeedsApproval() {
		return askFeedback(a, id, "", 0)
	}
	return a.prompt(a.words.Feedback.Approval, a.words.Feedback.ApprovalHint, shortText, func(a *App, text string) tea.Cmd {
		if text == "" {
			a.refuse(&meeting.Refusal{Code: meeting.ApprovalMissing})
			return nil
		}
		return askFeedback(a, id, text, 1)
	})
}

func askFeedback(a *App, id meeting.MemberID, approval string, depth int) tea.Cmd {
	cmd := meeting.GiveFeedback{ID: id, Approval: approval}
	return a.weighDoing(cmd, a.words.Feedback.AskGive.of(a.name(id)), a.words.Feedback.GiveEffect, a.words.Feedback.YesGive, func(a *App) tea.Cmd {
		return a.hand(cmd, "", depth, a.words.Common.Sentence.of(a.words.Feedback.Given.of(a.name(id))))
	})
}
