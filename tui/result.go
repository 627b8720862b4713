package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

var tallyView = itemView{
	goesOn: func(f *flow, s *meeting.State) {
		boxSays(f, s)
		announced(f, s)
	},
	details:  checkedDetails,
	longings: unvoted,
	onWall:   (*scenery).vote,
	wanted: func(w *Words, s *meeting.State, who meeting.MemberID) string {
		if unconfirmed(s, who) {
			return w.Follow.CheckReceipt
		}
		return ""
	},
}

// checkedDetails draws how many voters found their receipt, once the box no
// longer waits for it; before, [boxSays] says so.
func checkedDetails(a *App, f *flow) {
	if text := a.words.checked(a.s); text != "" && meeting.NextStep(a.s).Act != meeting.ActConfirmed {
		f.say(draw.Plain, a.words.Common.Sentence.of(text))
	}
}

// unconfirmed reports whether the meeting waits for a voter to confirm their
// receipt.
func unconfirmed(s *meeting.State, who meeting.MemberID) bool {
	step := meeting.NextStep(s)
	return step.Act == meeting.ActConfirmed && step.Waits(who)
}

// receipt says what a voter should know about their ballot, "" for somebody
// without one.
func (w *Words) receipt(s *meeting.State, who meeting.MemberID) string {
	v := s.Vote()
	if v == nil || v.State == meeting.BoxVoid {
		return ""
	}
	slip, ok := ballotOf(s, who)
	if !ok {
		return ""
	}
	text := w.Result.Receipt.of(grouped(slip.Receipt))
	if v.Checked.Of(who) {
		text += w.Result.ReceiptFound
	}
	return text
}

// grouped returns a receipt in groups of four, so that it can be compared by
// eye.
func grouped(code string) string {
	out := ""
	for i, r := range draw.Clean(code) {
		if i > 0 && i%4 == 0 {
			out += " "
		}
		out += string(r)
	}
	return out
}

// resultChoices are what can still be looked at after a vote.
func resultChoices(a *App) []choice {
	v := a.s.Vote()
	if v == nil || v.State != meeting.BoxClosed && v.State != meeting.BoxCounted {
		return nil
	}
	var list []choice
	mine, voted := ballotOf(a.s, a.Who)
	check := choice{label: a.words.Result.CheckMine, key: "e", states: true, do: func(a *App) tea.Cmd { return checkReceipt(a, mine.Receipt) }}
	if unconfirmed(a.s, a.Who) {
		list = append(list, check)
	}
	list = append(list,
		choice{label: a.words.Common.SeeResult, key: "l", why: a.words.why(a.s, a.Who, meeting.ActResult), do: readResult},
		choice{label: a.words.Result.SeeBoard, key: "o", why: a.words.why(a.s, a.Who, meeting.ActBoard), do: readBoard})
	if voted && !v.Checked.Of(a.Who) && !unconfirmed(a.s, a.Who) {
		list = append(list, check)
	}
	return append(list, commentChoices(a)...)
}

// checkReceipt looks for a receipt on the board and records that it is there.
func checkReceipt(a *App, code string) tea.Cmd {
	if !slices.Contains(a.s.Vote().Board(), code) {
		a.tell(draw.Warn, a.words.Result.ReceiptMissing)
		return nil
	}
	return a.run(a.doing("", meeting.CheckReceipt{Receipt: code}), func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		if a.s.NeverOpened() {
			a.tell(draw.Accent, a.words.Result.ReceiptUnopened)
			return nil
		}
		a.tell(draw.Accent, a.words.Result.ReceiptThere)
		return nil
	})
}

// readBoard shows the receipts of all ballots that count, sorted.
func readBoard(a *App) tea.Cmd {
	return a.read(a.words.Result.BoardTitle, func(a *App, f *flow) {
		v := a.s.Vote()
		mine, _ := ballotOf(a.s, a.Who)
		f.say(draw.Plain, a.words.Result.BoardNote.of(len(v.Board())))
		f.say(draw.Plain, a.words.Common.Sentence.of(a.words.checked(a.s)))
		if text := a.words.closingHead(a.s); text != "" {
			f.say(draw.Plain, text)
		}
		f.gap()
		for _, code := range v.Board() {
			if code == mine.Receipt {
				f.say(draw.Accent, a.words.Result.Yours.of(grouped(code)))
				continue
			}
			f.say(draw.Plain, grouped(code))
		}
	})
}

// readResult shows every subject's counts, best first, to who may see them: a
// line each. The heads of the columns stay in sight.
func readResult(a *App) tea.Cmd {
	table := counts{a.words, a.s.Rules.Grades}
	return a.push(&menu{
		title: a.words.Result.Title, opened: true, wide: true,
		pinned: func(a *App, f *flow) {
			f.add(airy{paragraph{spans: []draw.Span{{Text: a.words.Result.Held, Tone: draw.Muted}}}})
			f.gap()
			f.add(countsHead{table})
		},
		say: func(a *App, f *flow) {
			if no := tallied(f, a.s, "", table, a.s.Histogram); no != nil {
				f.say(draw.Plain, a.words.Say(no))
				return
			}
			f.gap()
			read(f, f.words.committee(a.s))
			if a.s.KnowsVotes(a.Who) {
				channelTables(f, a.s, table)
			}
			f.gap()
			renamed(f, a.s)
		},
	})
}

// tallied draws the lines of all subjects, best first, under a head. It draws
// nothing from the first on that is refused.
func tallied(f *flow, s *meeting.State, head string, table counts, of func(meeting.MemberID) (meeting.Histogram, *meeting.Refusal)) *meeting.Refusal {
	for i, id := range s.ByVotes() {
		h, no := of(id)
		if no != nil {
			return no
		}
		if i == 0 && head != "" {
			f.gap()
			f.say(draw.Strong, head)
		}
		f.add(countsRow{table, i + 1, subjectOf(s, id), h})
	}
	return nil
}

// channels draws how 群众, who are counted apart, graded the committee and
// everybody, and the part of the counts that came from paper slips, each if
// there are enough.
func channelTables(f *flow, s *meeting.State, table counts) {
	w := f.words.Result
	if h, no := s.BranchHistogramApart(meeting.MassBox); no == nil {
		f.hang(draw.Span{Text: "  " + w.Masses, Tone: draw.Muted}, draw.Span{Text: f.words.histogram(s.Rules.Vote.BranchScale, h), Tone: draw.Plain})
	}
	_ = tallied(f, s, w.Masses, table, func(id meeting.MemberID) (meeting.Histogram, *meeting.Refusal) {
		return s.HistogramApart(meeting.MassBox, id)
	})
	if _, agreed := s.Vote().AgreedPaper(); agreed {
		_ = tallied(f, s, w.Paper, table, s.PaperHistogram)
	}
	f.gap()
	channelNotes(f, s)
}

// channels draws how 群众, who are counted apart, graded somebody, and the part
// of the counts that came from paper slips, each if there are enough.
func channels(f *flow, s *meeting.State, id meeting.MemberID) {
	if h, no := s.HistogramApart(meeting.MassBox, id); no == nil {
		f.hang(draw.Span{Text: "  " + f.words.Result.Masses, Tone: draw.Muted}, draw.Span{Text: f.words.histogram(s.Rules.Grades, h), Tone: draw.Plain})
	}
	if _, agreed := s.Vote().AgreedPaper(); !agreed {
		return
	}
	if h, no := s.PaperHistogram(id); no == nil {
		f.hang(draw.Span{Text: "  " + f.words.Result.Paper, Tone: draw.Muted}, draw.Span{Text: f.words.histogram(s.Rules.Grades, h), Tone: draw.Plain})
	}
}

// channelNotes says which channels are not shown apart, and why.
func channelNotes(f *flow, s *meeting.State) {
	v := s.Vote()
	if v == nil || len(v.Subjects) == 0 {
		return
	}
	if _, no := s.HistogramApart(meeting.MassBox, v.Subjects[0]); codeOf(no) == meeting.TooFewBallots {
		f.say(draw.Muted, f.words.Result.MassesTooFew.of(no.Args[0], no.Args[1]))
	}
	if len(v.OnPaper) == 0 {
		return
	}
	sums, _ := v.AgreedPaper()
	if _, no := s.PaperHistogram(v.Subjects[0]); no != nil {
		f.say(draw.Muted, f.words.Result.PaperTooFew.of(sums.Returned))
	}
}
