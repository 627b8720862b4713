package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// whyNoPaper returns why no paper slip can be given out now.
func whyNoPaper(a *App) string {
	if no := a.words.why(a.s, a.Who, meeting.ActPaper); no != "" {
		return no
	}
	if v := a.s.Vote(); v == nil || v.State == meeting.BoxVoid {
		return a.words.Say(&meeting.Refusal{Code: meeting.NoScrutineers})
	}
	return ""
}

// pickPaper chooses who gets a paper slip instead of a ballot.
func pickPaper(a *App) tea.Cmd {
	return a.push(&menu{
		title: a.words.Slips.PickTitle, opened: true, people: true,
		say: func(a *App, f *flow) {
			f.say(draw.Plain, a.words.Slips.PickNote)
			if a.s.Vote().State == meeting.BoxOpened {
				f.say(draw.Plain, a.words.Slips.PickOpen)
			}
			if v := a.s.Vote(); len(v.OnPaper) > 0 {
				f.say(draw.Plain, a.words.Slips.Given.of(a.words.names(a.s, v.OnPaper)))
			}
		},
		choices: func(a *App) []choice {
			var list []choice
			for _, id := range a.s.Electorate(meeting.MemberBox) {
				if _, voted := ballotOf(a.s, id); voted {
					continue
				}
				list = append(list, a.person(id, "", func(a *App) tea.Cmd { return givePaper(a, id) }))
			}
			for _, id := range a.s.Vote().OnPaper {
				list = append(list, a.person(id, a.words.Slips.TakeBack, func(a *App) tea.Cmd {
					return a.hand(meeting.GivePaper{ID: id, Back: true}, "", 0, a.words.SayTakenBack(a.s, id))
				}))
			}
			return list
		},
	})
}

// SayTakenBack says that a person's slip is taken back, and that there is no ballot
// for whoever had it when the box was opened.
func (w *Words) SayTakenBack(s *meeting.State, id meeting.MemberID) string {
	if _, listed := s.Vote().BoxOf(id); !listed && s.Vote().State == meeting.BoxOpened {
		return w.Slips.TakenLate.of(nameOf(s, id))
	}
	return w.Slips.TakenBack.of(nameOf(s, id))
}

func givePaper(a *App, id meeting.MemberID) tea.Cmd {
	return a.weighDoing(meeting.GivePaper{ID: id}, a.words.Slips.GiveTitle.of(a.name(id)), a.words.Slips.GiveNote.of(a.s.Rules.Vote.MinBallots), a.words.Slips.GiveYes, func(a *App) tea.Cmd {
		return a.hand(meeting.GivePaper{ID: id}, "", 0, a.words.Slips.GiveDone.of(a.name(id)))
	})
}

// slipSums are the sums of the paper slips that a scrutineer is typing. They
// stay in the session until they are recorded or the vote is counted.
type slipSums struct {
	vote     int
	subjects []meeting.MemberID
	branch   bool
	returned []int   // one number
	rows     [][]int // [question][grade]
}

func newSlipSums(s *meeting.State, who meeting.MemberID) *slipSums {
	v := s.Vote()
	before := v.Paper[who]
	sums := &slipSums{vote: v.No, subjects: v.Subjects, branch: v.Branch, returned: []int{before.Returned}}
	for _, id := range v.Subjects {
		sums.rows = append(sums.rows, filledTo(before.Grades[id], len(s.Rules.Grades)))
	}
	if v.Branch {
		sums.rows = append(sums.rows, filledTo(before.Branch, len(s.Rules.Vote.BranchScale)))
	}
	return sums
}

// filledTo returns a copy of counts with n numbers.
func filledTo(counts []int, n int) []int {
	list := make([]int, n)
	copy(list, counts)
	return list
}

// scale returns what question i can be answered with.
func (m *slipSums) scale(s *meeting.State, i int) []string {
	if i == len(m.subjects) {
		return s.Rules.Vote.BranchScale
	}
	return s.Rules.Grades
}

// title names whom question i is about.
func (m *slipSums) title(w *Words, s *meeting.State, i int) string {
	if i == len(m.subjects) {
		return w.term(s.Rules.Vote.BranchTitle)
	}
	return subjectOf(s, m.subjects[i])
}

func (m *slipSums) slips() meeting.PaperCount {
	list := meeting.PaperCount{Returned: m.returned[0], Grades: map[meeting.MemberID][]int{}}
	for i, id := range m.subjects {
		list.Grades[id] = slices.Clone(m.rows[i])
	}
	if m.branch {
		list.Branch = slices.Clone(m.rows[len(m.subjects)])
	}
	return list
}

// slipChoices open the page on which a scrutineer enters the sums of the paper
// slips.
func slipChoices(a *App) []choice {
	no := meeting.May(a.s, a.Who, meeting.ActSlips)
	switch codeOf(no) {
	case meeting.ScrutineerOnly, meeting.NoPaper, meeting.RehearsalIsOn, meeting.NoVote, meeting.MeetingOver, meeting.NotBegun:
		return nil
	}
	v := a.s.Vote()
	note := ""
	if _, agreed := v.AgreedPaper(); agreed {
		note = a.words.Slips.Agreed
	} else if _, done := v.Paper[a.Who]; done {
		note = a.words.Slips.AwaitOther
	}
	return []choice{{label: a.words.Slips.Title, note: note, key: "p", why: a.words.Say(no), do: enterSlips}}
}

// paperOpen reports whether paper slips went out that are not counted yet.
func paperOpen(v *meeting.Vote) bool {
	_, agreed := v.AgreedPaper()
	return len(v.OnPaper) > 0 && !agreed
}

func enterSlips(a *App) tea.Cmd {
	if a.sums == nil || a.sums.vote != a.s.Vote().No {
		a.sums = newSlipSums(a.s, a.Who)
	}
	m := a.sums
	return a.push(&figures{
		title: a.words.Slips.Title, labels: []string{a.words.Slips.Returned}, n: m.returned, last: a.words.Common.NextPage, fresh: true,
		say: func(a *App, f *flow) {
			f.say(draw.Plain, a.words.Slips.CountNote.of(len(a.s.Vote().OnPaper)))
		},
		submit: func(a *App) tea.Cmd {
			if most := len(a.s.Vote().OnPaper); m.returned[0] > most {
				a.refuse(&meeting.Refusal{Code: meeting.BadNumber, Args: []string{fmt.Sprint(m.returned[0]), "0", fmt.Sprint(most)}})
				return nil
			}
			return a.push(m.question(a.words, a.s, 0, m.next(0)))
		},
	})
}

// next goes from question i to the one after it, and after the last to the
// overview.
func (m *slipSums) next(i int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if i+1 < len(m.rows) {
			return a.push(m.question(a.words, a.s, i+1, m.next(i+1)))
		}
		return a.push(m.overview(a.words))
	}
}

// question returns the page of one question. done follows when its numbers are
// possible.
func (m *slipSums) question(w *Words, s *meeting.State, i int, done func(*App) tea.Cmd) *figures {
	labels := make([]string, len(m.rows[i]))
	for k, g := range m.scale(s, i) {
		labels[k] = w.term(g)
	}
	return &figures{
		title: w.Slips.Title, labels: labels, n: m.rows[i], last: w.Slips.Done, fresh: true,
		say: func(a *App, f *flow) {
			f.put(draw.Span{Text: a.words.Slips.Page.of(i+1, len(m.rows)), Tone: draw.Plain}, draw.Span{Text: m.title(a.words, a.s, i), Tone: draw.Strong})
			f.say(draw.Plain, a.words.Slips.AbstainNote.of(m.returned[0], max(0, m.abstain(i))))
		},
		submit: func(a *App) tea.Cmd {
			if m.abstain(i) < 0 {
				a.refuse(&meeting.Refusal{Code: meeting.PaperSums, Args: []string{m.title(a.words, a.s, i), fmt.Sprint(m.returned[0])}})
				return nil
			}
			return done(a)
		},
	}
}

// abstain returns how many slips have no mark on question i. Below zero there
// are more marks than slips.
func (m *slipSums) abstain(i int) int {
	n := m.returned[0]
	for _, k := range m.rows[i] {
		n -= k
	}
	return n
}

func (m *slipSums) overview(w *Words) *menu {
	return &menu{
		title: w.Slips.Title, opened: true,
		say: func(_ *App, f *flow) {
			f.say(draw.Plain, f.words.Slips.Review.of(m.returned[0]))
		},
		choices: func(a *App) []choice {
			list := []choice{{label: a.words.Slips.Submit, do: m.submit}}
			for i := range m.rows {
				text := ""
				for _, n := range m.rows[i] {
					text += fmt.Sprintf("%d  ", n)
				}
				list = append(list, choice{label: draw.Pad(m.title(a.words, a.s, i), 14), note: a.words.Slips.RowAbstain.of(text, m.abstain(i)), do: func(a *App) tea.Cmd {
					return a.push(m.question(a.words, a.s, i, shut))
				}})
			}
			return list
		},
	}
}

func (m *slipSums) submit(a *App) tea.Cmd {
	text := a.words.Slips.ConfirmNote.of(m.returned[0], len(m.rows))
	return a.weigh(a.words.Slips.ConfirmTitle, text, a.words.Slips.ConfirmYes, func(a *App) tea.Cmd {
		return a.actThen(meeting.EnterPaper{PaperCount: m.slips()}, func(a *App) {
			a.pop(len(m.rows) + 2)
			a.sums = nil
			if _, agreed := a.s.Vote().AgreedPaper(); agreed {
				a.tell(draw.Accent, a.words.Slips.SavedAgreed)
				return
			}
			a.tell(draw.Accent, a.words.Slips.SavedAwait)
		})
	})
}
