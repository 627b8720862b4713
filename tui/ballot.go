package tui

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

var ballotView = itemView{
	goesOn:  boxSays,
	details: ballotDetails,
	onWall:  (*scenery).vote,
	wanted: func(w *Words, s *meeting.State, who meeting.MemberID) string {
		switch v := s.Vote(); {
		case unconfirmed(s, who):
			return w.Follow.CheckReceipt
		case !votes(s):
			return ""
		case slices.Contains(v.OnPaper, who):
			return w.Follow.FillSlip
		}
		return w.Follow.WaitWhy.of(w.why(s, who, meeting.ActVote))
	},
}

func ballotDetails(a *App, f *flow) {
	checkedDetails(a, f)
	if !votes(a.s) {
		return
	}
	v := a.s.Vote()
	f.say(draw.Strong, a.words.Console.VotesMissing.of(len(v.Missing()), clock(a.Room.Now().Sub(v.Opened))))
	f.say(draw.Muted, a.words.Common.BoxFingerprint.of(draw.Clean(v.Members().Election.Short())))
}

// shown is how long masked choices are visible when their voter asks.
const shown = 3 * time.Second

// unset and abstain are choices beside the grades 0, 1 ….
const (
	unset   = -2
	abstain = -1
)

// sheet is a ballot being filled in. It lives in the voter's session only, and
// is wiped when it is cast or the vote ends.
type sheet struct {
	vote     int  // the vote's number
	trial    bool // a rehearsal's
	subjects []meeting.MemberID
	branch   bool // one more page, for the committee
	picks    []int
	touched  bool                        // the choice was made on this visit to the page, so it may be seen
	until    time.Time                   // the overview is unmasked until this time
	comments map[meeting.MemberID]string // anonymous
}

func newSheet(s *meeting.State, who meeting.MemberID) *sheet {
	v := s.Vote()
	sh := &sheet{vote: v.No, trial: s.Rehearsal, branch: v.Branch, comments: map[meeting.MemberID]string{}}
	for _, id := range v.Subjects {
		if id != who || s.Rules.Vote.SelfVote {
			sh.subjects = append(sh.subjects, id)
		}
	}
	sh.picks = slices.Repeat([]int{unset}, sh.pages())
	return sh
}

// pages returns the number of choices that are asked for.
func (sh *sheet) pages() int {
	if sh.branch {
		return len(sh.subjects) + 1
	}
	return len(sh.subjects)
}

// open returns the number of choices that are not made.
func (sh *sheet) open() int {
	n := 0
	for _, p := range sh.picks {
		if p == unset {
			n++
		}
	}
	return n
}

func (sh *sheet) wipe() {
	for i := range sh.picks {
		sh.picks[i] = unset
	}
	sh.until = time.Time{}
	clear(sh.comments)
}

// scale returns what can be chosen on page i, best first.
func (sh *sheet) scale(s *meeting.State, i int) []string {
	if i == len(sh.subjects) {
		return s.Rules.Vote.BranchScale
	}
	return s.Rules.Grades
}

// title names who is graded on page i.
func (sh *sheet) title(w *Words, s *meeting.State, i int) string {
	if i == len(sh.subjects) {
		return w.term(s.Rules.Vote.BranchTitle)
	}
	return subjectOf(s, sh.subjects[i])
}

func (sh *sheet) choices(s *meeting.State) meeting.Choices {
	c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}, Comments: maps.Clone(sh.comments)}
	for i, p := range sh.picks {
		switch {
		case p == abstain && i < len(sh.subjects):
			c.Grades[sh.subjects[i]] = "" // chosen, unlike what is still open
		case p < 0:
		case i == len(sh.subjects):
			c.Branch = meeting.Grade(sh.scale(s, i)[p])
		default:
			c.Grades[sh.subjects[i]] = meeting.Grade(sh.scale(s, i)[p])
		}
	}
	return c
}

// voting is a voter's base while the box is open: an invitation, then the pages
// of the sheet and the overview, and after casting the receipt.
type voting struct {
	draw.List     // the rows of the invitation and the overview
	leaf      int // number of the page; -1: the overview
	begun     bool
	again     bool // a ballot was cast before, and a new one is being filled in
}

func (v *voting) typing() bool { return false }

func (v *voting) page(a *App) page {
	slip, voted := ballotOf(a.s, a.Who)
	f := a.flow()
	var p page
	switch {
	case voted && !v.again:
		v.returned(&f, slip)
		p = a.page(f)
	case !v.begun:
		v.invitation(a, &f)
		p = a.page(f)
	case v.leaf < 0:
		p = v.overview(a)
	case tabled(a):
		p = v.table(a)
	default:
		v.subject(a, &f)
		p = a.page(f)
		p.input = input{kind: gradeInput, most: len(a.sheetOf().scale(a.s, v.leaf))}
	}
	p.name = fmt.Sprint(voted, v.again, v.begun, v.leaf)
	if !voted && !v.begun || v.again && v.begun && v.leaf == 0 {
		p.secret = secretTyped
	}
	if sh := a.sheet; sh != nil && !sh.until.IsZero() {
		p.mask = func() { sh.until = time.Time{} }
		if left := sh.until.Sub(a.Room.Now()); left > 0 {
			p.beat = left
		}
	}
	return p
}

func (v *voting) invitation(a *App, f *flow) {
	box, _ := a.s.Vote().BoxOf(a.Who)
	f.title(a.words.Ballot.Title)
	f.gap()
	invite := a.words.Ballot.Invite
	if tabled(a) {
		invite = a.words.Sheet.Invite
	}
	f.say(draw.Strong, invite.of(len(a.sheetOf().subjects)))
	secrecy := a.words.Ballot.Secrecy
	if a.Encrypts {
		secrecy = a.words.Ballot.OwnSecrecy
	}
	f.say(draw.Plain, secrecy)
	if a.own && !a.visiting {
		f.gap()
		f.say(draw.Warn, a.words.Ballot.Projecting)
	}
	f.gap()
	f.say(draw.Muted, a.words.Common.BoxFingerprint.of(draw.Clean(box.Election.Short())))
	f.gap()
	f.add(options{rows: v.invited(a.words), seen: true})
}

func (v *voting) invited(w *Words) []choice {
	return []choice{{label: w.Ballot.Begin, do: func(a *App) tea.Cmd {
		v.begun, v.leaf, v.List = true, 0, draw.List{}
		a.sheetOf().touched = false
		return nil
	}}}
}

// subject draws the page of one subject. The choice is hidden unless it was
// made on this visit. All rows have the same cells and the same bytes, so that
// lengths tell nothing.
func (v *voting) subject(a *App, f *flow) {
	sh := a.sheetOf()
	i := v.leaf
	f.title(v.title(a.words), draw.Span{Text: a.words.Ballot.Page.of(i+1, sh.pages()), Tone: draw.Plain})
	f.gap()
	if i == len(sh.subjects) {
		f.say(draw.Strong, a.words.Ballot.Committee.of(sh.title(a.words, a.s, i)))
	} else {
		m, _ := a.s.Member(sh.subjects[i])
		f.put(draw.Span{Text: a.words.Ballot.Member.of(sh.title(a.words, a.s, i)), Tone: draw.Strong}, draw.Span{Text: "  " + a.words.term(m.PartyPost), Tone: draw.Muted})
		if r, ok := a.s.SelfRatings[m.ID]; ok {
			f.say(draw.Plain, a.words.Common.SelfRating.of(a.words.term(string(r.Grade))))
		}
	}
	f.gap()
	pick := sh.picks[i]
	if !sh.touched {
		pick = unset
	}
	grades := options{at: pick, mark: graded}
	for _, g := range append(slices.Clone(sh.scale(a.s, i)), a.words.Common.Abstain) {
		label := a.words.term(g)
		grades.rows = append(grades.rows, choice{label: label, cells: []cell{{text: even(label, sh.labels(a.words, a.s, i), choiceCells)}}})
	}
	switch pick {
	case unset:
		grades.at = -1
	case abstain:
		grades.at = len(grades.rows) - 1
	}
	if grades.at >= 0 {
		grades.rows[grades.at].cells[0].tone = draw.Accent
	}
	f.add(grades)
	f.gap()
	switch {
	case sh.touched:
		f.hint(a.words.Ballot.Chosen)
	case sh.picks[i] != unset:
		f.say(draw.Muted, a.words.Ballot.FilledBefore)
	default:
		f.hint(a.words.Ballot.HowTo)
	}
	if sh.takesComment(a.s, i) && sh.comments[sh.subjects[i]] != "" {
		f.say(draw.Muted, a.words.Ballot.HasComment)
	}
}

func (v *voting) overview(a *App) page {
	sh, f := a.sheetOf(), a.flow()
	f.title(v.title(a.words), draw.Span{Text: a.words.Ballot.Check, Tone: draw.Plain})
	if n := sh.open(); n > 0 {
		f.say(draw.Warn, a.words.Ballot.Unfilled.of(n))
	} else {
		f.say(draw.Plain, a.words.Ballot.AllFilled)
	}
	f.gap()
	seen := a.Room.Now().Before(sh.until)
	rows := options{at: v.List.At, seen: true}
	for i := range sh.pages() {
		t := draw.Plain
		if i == v.List.At {
			t = draw.Strong
		}
		name := sh.title(a.words, a.s, i)
		rows.rows = append(rows.rows, choice{label: name, cells: []cell{{name, t, overviewCells, false}, {text: sh.cell(a.words, a.s, i, seen), tone: t}, {text: sh.commentCell(a.words, a.s, i), tone: t}}})
	}
	rows.rows = append(rows.rows, choice{label: a.words.Ballot.Submit})
	f.add(rows)
	return a.page(f)
}

// cell returns what the overview and the table show of a choice: masked unless
// seen, and always of one width, in cells and in bytes.
func (sh *sheet) cell(w *Words, s *meeting.State, i int, seen bool) string {
	p := sh.picks[i]
	text := w.Ballot.Filled
	switch {
	case p == unset:
		text = w.Ballot.Empty
	case !seen:
	case p == abstain:
		text = w.Common.Abstain
	default:
		text = w.term(sh.scale(s, i)[p])
	}
	return even(text, sh.labels(w, s, i), choiceCells)
}

func (v *voting) returned(f *flow, slip meeting.ReturnedBallot) {
	f.title(f.words.Ballot.InBox)
	f.gap()
	f.say(draw.Plain, f.words.Ballot.Times.of(slip.Times))
	f.gap()
	f.put(draw.Span{Text: f.words.Ballot.Receipt, Tone: draw.Plain}, draw.Span{Text: grouped(slip.Receipt), Tone: draw.Strong})
	f.say(draw.Muted, f.words.Ballot.KeepReceipt)
	f.say(draw.Muted, f.words.Ballot.AgainNote)
}

// sheetOf returns the session's ballot for the open vote.
func (a *App) sheetOf() *sheet {
	if a.sheet == nil || a.sheet.vote != a.s.Vote().No {
		a.sheet = newSheet(a.s, a.Who)
	}
	return a.sheet
}

func (v *voting) binds(a *App) []bind {
	_, voted := ballotOf(a.s, a.Who)
	floor := floorChoices(a)
	binds := []bind{}
	switch {
	case voted && !v.again:
		binds = append(binds, on("c", a.words.Ballot.Again, v.askAgain))
	case !v.begun:
		binds = append(binds, on("enter", a.words.Ballot.Start, nothing))
	case v.leaf < 0:
		binds = append(binds,
			on("up", a.words.Common.OrNumber, nothing),
			on("enter", a.words.Common.OK, nothing),
			v.show(a),
			on("b left esc", a.words.Ballot.Previous, v.back))
	case tabled(a):
		binds = append(binds, v.tableBinds(a)...)
	default:
		binds = append(binds,
			on("1", a.words.Ballot.Digits, nothing),
			on("enter right", a.words.Common.NextPage, nothing),
			on("b left esc", a.words.Ballot.Previous, v.back))
		if a.sheetOf().takesComment(a.s, v.leaf) {
			binds = append(binds, on("r", a.words.Common.Comment, v.comment))
		}
	}
	for _, c := range slipChoices(a) {
		binds = append(binds, on(c.key, c.label, c.do).unless(c.why))
	}
	if a.own {
		return binds
	}
	for _, c := range floor {
		binds = append(binds, on(c.key, c.label, c.do).unless(c.why).aside(true))
	}
	return binds
}

// show unmasks the choices for a moment.
func (v *voting) show(a *App) bind {
	b := on("v", a.words.Ballot.Show, func(a *App) tea.Cmd {
		a.sheetOf().until = a.Room.Now().Add(shown)
		return nil
	})
	b.aloud = a.words.Plain.Show
	return b
}

// askAgain begins another ballot. The one in the box counts until it is handed
// in.
func (v *voting) askAgain(a *App) tea.Cmd {
	return a.weigh(a.words.Ballot.Again, a.words.Ballot.AgainEffect, a.words.Ballot.YesAgain, func(a *App) tea.Cmd {
		v.again, v.begun, v.leaf, v.List = true, true, 0, draw.List{}
		a.sheetOf().wipe()
		return nil
	})
}

// title says whether this ballot is the first or would replace one.
func (v *voting) title(w *Words) string {
	if v.again {
		return w.Ballot.AgainTitle
	}
	return w.Ballot.Title
}

func (v *voting) back(a *App) tea.Cmd {
	sh := a.sheetOf()
	switch {
	case v.leaf < 0:
		v.leaf = sh.pages() - 1
	case v.leaf == 0 && v.again: // back to the ballot that counts
		v.begun, v.again = false, false
		sh.wipe()
		return nil
	case v.leaf == 0:
		v.begun = false
		return nil
	default:
		v.leaf--
	}
	sh.touched = false
	return nil
}

func (v *voting) press(a *App, k draw.Stroke) (tea.Cmd, bool) {
	_, voted := ballotOf(a.s, a.Who)
	switch {
	case voted && !v.again:
		return nil, k.Name == "enter" // which was meant for the ballot before
	case !v.begun:
		taken, used := v.List.Press(k, 1)
		if taken {
			return v.invited(a.words)[0].do(a), true
		}
		return nil, used
	case v.leaf < 0:
		return v.pressOverview(a, k)
	case tabled(a):
		return v.pressTable(a, k)
	}
	if !v.pressSubject(a.s, a.sheetOf(), k) {
		return nil, false
	}
	if k.Name == "enter" || k.Name == "right" {
		return v.workAhead(a), true
	}
	return nil, true
}

// workAhead encrypts what was chosen so far while the voter reads on, and on the
// overview also what was left open. So handing in is quick, and takes as long
// for every choice.
func (v *voting) workAhead(a *App) tea.Cmd {
	room, who, choices := a.Room, a.Who, a.sheetOf().choices(a.s)
	choices.Comments = nil
	whole := v.leaf < 0
	return func() tea.Msg {
		room.Prepare(who, choices, whole)
		return nil
	}
}

// pressSubject handles keys on a subject's page: choose, or go on.
func (v *voting) pressSubject(s *meeting.State, sh *sheet, k draw.Stroke) bool {
	scale := len(sh.scale(s, v.leaf))
	order := scale + 1 // the rows from the top: the grades, then 弃权
	row := sh.picks[v.leaf]
	if row == abstain {
		row = scale
	}
	switch {
	case k.Name == "enter" || k.Name == "right":
		v.next(sh)
		return true
	case k.Name == "down" && (row == unset || !sh.touched):
		row = 0
	case k.Name == "up" && (row == unset || !sh.touched):
		row = order - 1
	case k.Name == "down":
		row = (row + 1) % order
	case k.Name == "up":
		row = (row + order - 1) % order
	default:
		return sh.choose(v.leaf, scale, k.Digit())
	}
	if row == scale {
		row = abstain
	}
	sh.picks[v.leaf], sh.touched = row, true
	return true
}

// next goes to the page after this one, and after the last to the overview.
// There the first page that is not filled in is selected, or handing in.
func (v *voting) next(sh *sheet) {
	sh.touched = false
	if v.leaf++; v.leaf < sh.pages() {
		return
	}
	v.leaf, v.List = -1, draw.List{At: sh.nextOpen()}
}

func (v *voting) pressOverview(a *App, k draw.Stroke) (tea.Cmd, bool) {
	sh := a.sheetOf()
	taken, used := v.List.Press(k, sh.pages()+1)
	if !taken {
		return nil, used
	}
	if v.List.At < sh.pages() {
		v.leaf, sh.touched = v.List.At, false
		return nil, true
	}
	text := a.words.Ballot.Final
	if n := sh.open(); n > 0 {
		text = a.words.Ballot.UnfilledFinal.of(n, text)
	}
	return a.weigh(a.words.Ballot.AskSubmit, text, a.words.Common.YesSubmit, v.cast), true
}

func (v *voting) cast(a *App) tea.Cmd {
	sh := a.sheetOf()
	choices := sh.choices(a.s)
	work := func(ctx context.Context) error {
		_, err := a.Room.Cast(ctx, a.Who, choices)
		return err
	}
	return a.run(work, func(a *App, err error) tea.Cmd {
		if err != nil {
			a.refuse(err)
			return nil
		}
		clear(choices.Grades)
		clear(choices.Comments)
		sh.wipe()
		v.again, v.begun, v.leaf, v.List = false, false, 0, draw.List{}
		if a.visiting {
			return a.votedHere()
		}
		a.tell(draw.Accent, a.words.Ballot.Cast)
		return nil
	})
}
