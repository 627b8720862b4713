package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// whyNoPaper says why no paper slip can be given out now.
func whyNoPaper(a *App) string {
	if no := why(a.s, a.Who, meeting.ActPaper); no != "" {
		return no
	}
	if v := a.s.Vote(); v == nil || v.State == meeting.BoxVoid {
		return Say(&meeting.Refusal{Code: meeting.NoScrutineers})
	}
	return ""
}

// pickPaper chooses who gets a paper slip instead of a ballot.
func pickPaper(a *App) tea.Cmd {
	return a.push(&menu{
		title: "给谁发纸质票？", opened: true,
		say: func(a *App, f *flow) {
			f.say(plain, "领纸质票的人不再用电子票，由两位监票人清点录入。")
			if v := a.s.Vote(); len(v.OnPaper) > 0 {
				f.say(plain, "已经领了："+names(a.s, v.OnPaper))
			}
		},
		choices: func(a *App) []choice {
			var list []choice
			for _, id := range a.s.Electorate() {
				list = append(list, a.person(id, "", func(a *App) tea.Cmd { return givePaper(a, id) }))
			}
			return list
		},
	})
}

func givePaper(a *App, id meeting.MemberID) tea.Cmd {
	return a.ask("给 "+a.name(id)+" 发纸质票？", "发了就不能改回电子票。", "是，发纸质票", func(a *App) tea.Cmd {
		return a.hand(meeting.GivePaper{ID: id}, "", 0, a.name(id)+" 领了纸质票。")
	})
}

// slipSums are the sums of the paper slips that a scrutineer is typing. They
// live in the session until they are recorded or the vote is counted.
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

// filledTo is a copy of counts with n numbers.
func filledTo(counts []int, n int) []int {
	list := make([]int, n)
	copy(list, counts)
	return list
}

// scale is what question i can be answered with.
func (m *slipSums) scale(s *meeting.State, i int) []string {
	if i == len(m.subjects) {
		return s.Rules.Vote.BranchScale
	}
	return s.Rules.Grades
}

// title is whom question i is about.
func (m *slipSums) title(s *meeting.State, i int) string {
	if i == len(m.subjects) {
		return Clean(s.Rules.Vote.BranchTitle)
	}
	return nameOf(s, m.subjects[i])
}

func (m *slipSums) slips() meeting.Slips {
	list := meeting.Slips{Returned: m.returned[0], Grades: map[meeting.MemberID][]int{}}
	for i, id := range m.subjects {
		list.Grades[id] = slices.Clone(m.rows[i])
	}
	if m.branch {
		list.Branch = slices.Clone(m.rows[len(m.subjects)])
	}
	return list
}

// slipChoices let a scrutineer enter the sums of the paper slips.
func slipChoices(a *App) []choice {
	no := meeting.May(a.s, a.Who, meeting.ActSlips)
	switch codeOf(no) {
	case meeting.ScrutineerOnly, meeting.NoPaper, meeting.NoVote, meeting.MeetingOver, meeting.NotBegun:
		return nil
	}
	v := a.s.Vote()
	note := ""
	if _, agreed := v.PaperSums(); agreed {
		note = "两人录入的一致"
	} else if _, done := v.Paper[a.Who]; done {
		note = "等另一位监票人录入"
	}
	return []choice{{label: "录入纸质票", note: note, key: "p", why: Say(no), do: enterSlips}}
}

// paperOpen reports whether paper slips are out that are not counted yet.
func paperOpen(v *meeting.Vote) bool {
	_, agreed := v.PaperSums()
	return len(v.OnPaper) > 0 && !agreed
}

func enterSlips(a *App) tea.Cmd {
	if a.sums == nil || a.sums.vote != a.s.Vote().No {
		a.sums = newSlipSums(a.s, a.Who)
	}
	m := a.sums
	return a.push(&figures{
		title: "录入纸质票", labels: []string{"收回纸质票"}, n: m.returned, last: "下一页", fresh: true,
		say: func(a *App, f *flow) {
			f.say(plain, fmt.Sprintf("发出纸质票 %d 张。请清点收回的张数，再逐人录入各等次的票数。另一位监票人也要录一遍，两人一致才计入。", len(a.s.Vote().OnPaper)))
		},
		submit: func(a *App) tea.Cmd {
			if most := len(a.s.Vote().OnPaper); m.returned[0] > most {
				a.refuse(&meeting.Refusal{Code: meeting.BadNumber, Args: []string{fmt.Sprint(m.returned[0]), "0", fmt.Sprint(most)}})
				return nil
			}
			return a.push(m.question(a.s, 0, m.next(0)))
		},
	})
}

// next goes on from question i: to the one after it, at last to the overview.
func (m *slipSums) next(i int) func(*App) tea.Cmd {
	return func(a *App) tea.Cmd {
		if i+1 < len(m.rows) {
			return a.push(m.question(a.s, i+1, m.next(i+1)))
		}
		return a.push(m.overview())
	}
}

// question is the page of one question; done is what follows when its numbers
// can be right.
func (m *slipSums) question(s *meeting.State, i int, done func(*App) tea.Cmd) *figures {
	labels := make([]string, len(m.rows[i]))
	for k, g := range m.scale(s, i) {
		labels[k] = Clean(g)
	}
	return &figures{
		title: "录入纸质票", labels: labels, n: m.rows[i], last: "填好了", fresh: true,
		say: func(a *App, f *flow) {
			f.put(span{fmt.Sprintf("第 %d / %d 页  ", i+1, len(m.rows)), plain}, span{m.title(a.s, i), strong})
			f.say(plain, fmt.Sprintf("收回 %d 张，没有打钩的算弃权：%d 张。", m.returned[0], max(0, m.abstain(i))))
		},
		submit: func(a *App) tea.Cmd {
			if m.abstain(i) < 0 {
				a.refuse(&meeting.Refusal{Code: meeting.PaperSums, Args: []string{m.title(a.s, i), fmt.Sprint(m.returned[0])}})
				return nil
			}
			return done(a)
		},
	}
}

// abstain is how many slips have no mark on question i; below zero there are
// more marks than slips.
func (m *slipSums) abstain(i int) int {
	n := m.returned[0]
	for _, k := range m.rows[i] {
		n -= k
	}
	return n
}

func (m *slipSums) overview() *menu {
	return &menu{
		title: "录入纸质票", opened: true,
		say: func(_ *App, f *flow) {
			f.say(plain, fmt.Sprintf("收回 %d 张。请再对一遍，选一行可以改。", m.returned[0]))
		},
		choices: func(a *App) []choice {
			list := []choice{{label: "录入这些数", do: m.submit}}
			for i := range m.rows {
				text := ""
				for _, n := range m.rows[i] {
					text += fmt.Sprintf("%d  ", n)
				}
				list = append(list, choice{label: pad(m.title(a.s, i), 14), note: text + fmt.Sprintf("弃权 %d", m.abstain(i)), do: func(a *App) tea.Cmd {
					return a.push(m.question(a.s, i, shut))
				}})
			}
			return list
		},
	}
}

func (m *slipSums) submit(a *App) tea.Cmd {
	text := fmt.Sprintf("收回纸质票 %d 张，共 %d 项。录入后在开箱以前还可以改。", m.returned[0], len(m.rows))
	return a.ask("录入纸质票？", text, "是，录入", func(a *App) tea.Cmd {
		return a.actThen(meeting.EnterSlips{Slips: m.slips()}, func(a *App) {
			a.pop(len(m.rows) + 2)
			a.sums = nil
			if _, agreed := a.s.Vote().PaperSums(); agreed {
				a.tell(accent, "已录入，与另一位监票人的一致。")
				return
			}
			a.tell(accent, "已录入，等另一位监票人录入同样的数。")
		})
	})
}
