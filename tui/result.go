package tui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
)

// receipt tells a voter about their ballot, "" for who has none.
func receipt(s *meeting.State, who meeting.MemberID) string {
	v := s.Vote()
	if v == nil || v.State == meeting.BoxVoid {
		return ""
	}
	slip, ok := slipOf(s, who)
	if !ok {
		return ""
	}
	text := "你的回执：" + grouped(slip.Receipt)
	if v.Checked[who] {
		text += "  已在公示中找到。"
	}
	return text
}

// grouped is a receipt in groups of four, so that it can be compared by eye.
func grouped(code string) string {
	out := ""
	for i, r := range Clean(code) {
		if i > 0 && i%4 == 0 {
			out += " "
		}
		out += string(r)
	}
	return out
}

// resultChoices are what remains to be looked at after a vote.
func resultChoices(a *App) []choice {
	v := a.s.Vote()
	if v == nil || v.State != meeting.BoxClosed && v.State != meeting.BoxCounted {
		return nil
	}
	list := []choice{
		{label: "看测评结果", key: "l", why: why(a.s, a.Who, meeting.ActResult), do: readResult},
		{label: "看回执公示", key: "o", why: why(a.s, a.Who, meeting.ActBoard), do: readBoard},
	}
	if slip, ok := slipOf(a.s, a.Who); ok && !v.Checked[a.Who] {
		list = append(list, choice{label: "核对我的回执", key: "e", do: func(a *App) tea.Cmd { return checkReceipt(a, slip.Receipt) }})
	}
	return append(list, remarkChoices(a)...)
}

// checkReceipt looks for a receipt on the board and records that it is there.
func checkReceipt(a *App, code string) tea.Cmd {
	if !slices.Contains(a.s.Vote().Board(), code) {
		a.tell(warn, "公示里没有你的回执：请马上告诉监票人。")
		return nil
	}
	work := func(ctx context.Context) error { return a.Room.Act(ctx, a.Who, meeting.CheckReceipt{Receipt: code}) }
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		a.tell(accent, "你的回执在公示里，票已计入。")
		return nil
	})
}

// readBoard shows the receipts of all ballots that count, sorted.
func readBoard(a *App) tea.Cmd {
	return a.read("回执公示", func(a *App, f *flow) {
		v := a.s.Vote()
		mine, _ := slipOf(a.s, a.Who)
		f.say(plain, fmt.Sprintf("收回 %d 张测评票。回执只证明票在箱里，不说明票上写了什么。", len(v.Board())))
		f.say(plain, checked(a.s)+"。")
		f.gap()
		for _, code := range v.Board() {
			if code == mine.Receipt {
				f.say(accent, grouped(code)+"  这是你的")
				continue
			}
			f.say(plain, grouped(code))
		}
	})
}

// readResult shows every subject's counts, best first, to who may see them.
func readResult(a *App) tea.Cmd {
	return a.read("测评结果", func(a *App, f *flow) {
		f.say(muted, "结果由党组织掌握，请不要投影、不要拍照。票数供评定参考，不自动定等次。")
		all := insider(a.s, a.Who)
		if all {
			channelNotes(f, a.s)
		}
		f.gap()
		for i, id := range a.s.ByVotes() {
			h, no := a.s.Histogram(id)
			if no != nil {
				f.say(plain, Say(no))
				return
			}
			f.say(strong, fmt.Sprintf("%d  %s", i+1, a.name(id)))
			f.say(plain, histogram(a.s.Rules.Grades, h))
			if all {
				channels(f, a.s, id)
			}
		}
		f.gap()
		committee(f, a.s)
		if h, no := a.s.MassBranchHistogram(); all && no == nil {
			f.hang(span{"  群众票：", muted}, span{histogram(a.s.Rules.Vote.BranchScale, h), plain})
		}
	})
}

// insider reports whether who grades by the counts and so sees them by channel.
func insider(s *meeting.State, who meeting.MemberID) bool {
	return slices.ContainsFunc(s.Seats(who), func(seat meeting.Seat) bool {
		return seat == meeting.SeatConsole || seat == meeting.SeatCommittee
	})
}

// channels are how 群众 graded somebody, who are counted apart, and what of the
// counts came from paper slips, each where there are enough of them.
func channels(f *flow, s *meeting.State, id meeting.MemberID) {
	if h, no := s.MassHistogram(id); no == nil {
		f.hang(span{"  群众票：", muted}, span{histogram(s.Rules.Grades, h), plain})
	}
	if _, agreed := s.Vote().PaperSums(); !agreed {
		return
	}
	if h, no := s.PaperHistogram(id); no == nil {
		f.hang(span{"  其中纸质票：", muted}, span{histogram(s.Rules.Grades, h), plain})
	}
}

// channelNotes say which channels are not shown by themselves, and why.
func channelNotes(f *flow, s *meeting.State) {
	v := s.Vote()
	if v == nil || len(v.Subjects) == 0 {
		return
	}
	if _, no := s.MassHistogram(v.Subjects[0]); codeOf(no) == meeting.TooFewBallots {
		f.say(muted, fmt.Sprintf("群众票收回 %s 张，不到 %s 张，不显示分布。", no.Args[0], no.Args[1]))
	}
	if len(v.OnPaper) == 0 {
		return
	}
	sums, _ := v.PaperSums()
	if _, no := s.PaperHistogram(v.Subjects[0]); no != nil {
		f.say(muted, fmt.Sprintf("纸质票 %d 张太少，只计入合计，不单独显示。", sums.Returned))
	}
}
