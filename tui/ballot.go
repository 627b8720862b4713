package tui

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

var ballotView = itemView{
	goesOn:   boxSays,
	details:  ballotDetails,
	longings: unvoted,
	onWall:   (*scenery).vote,
	wanted: func(w *Words, s *meeting.State, who meeting.MemberID) string {
		switch v := s.Vote(); {
		case unconfirmed(s, who):
			return w.Follow.CheckReceipt
		case !votes(s):
			return ""
		case slices.Contains(v.OnPaper, who):
			return w.Follow.FillSlip
		case codeOf(meeting.May(s, who, meeting.ActVote)) == meeting.CameAfterOpening:
			return w.Follow.AskPaper
		}
		return ""
	},
	next: func(w *Words, s *meeting.State) string {
		switch v := s.Vote(); {
		case v == nil, v.State == meeting.BoxSealing, v.State == meeting.BoxSealed:
			return w.ActionName(meeting.ActVote)
		case v.State == meeting.BoxVoid:
			return w.Follow.VoteAgain
		case s.Rehearsal && v.State == meeting.BoxClosed && !s.NeverOpened():
			return w.ActionName(meeting.ActUnseal)
		case s.Rehearsal:
			return w.Rehearsal.End
		}
		return ""
	},
	spared: func(w *Words, s *meeting.State, who meeting.MemberID) string {
		_, voted := ballotOf(s, who)
		switch v := s.Vote(); {
		case votes(s):
			return w.why(s, who, meeting.ActVote)
		case v != nil && v.State == meeting.BoxVoid && voted:
			return w.Follow.Revote
		}
		return ""
	},
}

func ballotDetails(a *App, f *flow) {
	checkedDetails(a, f)
	if !votes(a.s) {
		return
	}
	v := a.s.Vote()
	spent := clock(a.Room.Now().Sub(v.Opened))
	text := a.words.Console.VotesIn.of(spent)
	if n := len(v.Missing()); n > 0 {
		text = a.words.Console.VotesMissing.of(n, spent)
	}
	f.say(draw.Strong, text)
	f.say(draw.Muted, a.words.Common.BoxFingerprint.of(draw.Clean(v.Members().Election.Short())))
}

// unvoted lists who has not voted yet and, once the box is closed, who has not
// looked for their receipt. How anybody voted is nowhere.
func unvoted(a *App) []longing {
	switch v := a.s.Vote(); {
	case votes(a.s):
		return []longing{{a.words.Script.NotVoted, v.Missing()}}
	case v != nil && v.State == meeting.BoxClosed && v.Confirmed == nil:
		return []longing{{a.words.Script.NotChecked, v.Unconfirmed()}}
	}
	return nil
}

// shown is how long masked choices are visible at most when their voter asks:
// the next key masks them again.
const shown = 15 * time.Second

// receiptHead is how many characters of a receipt are copied.
const receiptHead = 8

// bounce is how soon the same key again is no second press: a key that is held
// down repeats faster, and a worn one too.
const bounce = 80 * time.Millisecond

// unset and abstain are choices beside the grades 0, 1 …, and noPage is no page.
const (
	unset   = -2
	abstain = -1
	noPage  = -1
)

// sheet is a ballot being filled in. It lives in the voter's session only, and
// is wiped when it is cast or the vote ends.
type sheet struct {
	vote     int  // the vote's number
	trial    bool // a rehearsal's
	subjects []meeting.MemberID
	branch   bool // one more page, for the committee
	picks    []int
	kept     []bool                      // the choice was made in a session before, and is not shown again
	touched  bool                        // the choice was made on this visit to the page, so it may be seen
	last     int                         // the page whose choice the last key made, which may be seen; or noPage
	passing  int                         // the page without a choice that the next Enter passes; or noPage
	until    time.Time                   // the overview is unmasked until this time
	comments map[meeting.MemberID]remark // anonymous
	halves   map[meeting.MemberID]remark // comments that are being written, and are not on the ballot yet
}

func newSheet(s *meeting.State, who meeting.MemberID) *sheet {
	v := s.Vote()
	sh := &sheet{vote: v.No, trial: s.Rehearsal, branch: v.Branch, last: noPage, passing: noPage, comments: map[meeting.MemberID]remark{}, halves: map[meeting.MemberID]remark{}}
	for _, id := range v.Subjects {
		if id != who || s.Rules.Vote.SelfVote {
			sh.subjects = append(sh.subjects, id)
		}
	}
	sh.picks, sh.kept = slices.Repeat([]int{unset}, sh.pages()), make([]bool, sh.pages())
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
		sh.picks[i], sh.kept[i] = unset, false
	}
	sh.until, sh.last, sh.passing = time.Time{}, noPage, noPage
	clear(sh.comments)
	clear(sh.halves)
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
	c := meeting.Choices{Grades: map[meeting.MemberID]meeting.Grade{}, Comments: map[meeting.MemberID]string{}}
	for id, r := range sh.comments {
		c.Comments[id] = r.text
	}
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
	review    bool // this page was opened from the overview, and leads back to it
}

func (v *voting) typing() bool { return false }

// handedIn reports whether the page is the receipt: a ballot is in the box, and
// no other one is being filled in.
func (v *voting) handedIn(a *App) bool {
	_, voted := ballotOf(a.s, a.Who)
	return voted && !v.again
}

func (v *voting) page(a *App) page {
	slip, voted := ballotOf(a.s, a.Who)
	var p page
	switch {
	case voted && !v.again:
		p = v.returned(a, slip)
	case !v.begun:
		p = v.invitation(a)
	case v.leaf < 0:
		p = v.overview(a)
	case tabled(a):
		p = v.table(a)
	default:
		p = v.subject(a)
	}
	if v.begun {
		sh := a.sheetOf()
		p.brief, p.side = a.words.Ballot.Filling, a.words.Ballot.Progress.of(min(max(v.leaf, 0)+1, sh.pages()), sh.pages(), sh.pages()-sh.open())
		if v.leaf < 0 {
			p.side = a.words.Sheet.Filled.of(sh.pages()-sh.open(), sh.pages())
		}
	}
	p.name = fmt.Sprint(voted, v.again, v.begun, v.leaf)
	if !voted && !v.begun || v.again && v.begun && v.leaf == 0 {
		p.secret = secretTyped
	}
	if sh := a.sheet; sh != nil && !sh.until.IsZero() {
		p.mask = func() { sh.until = time.Time{} }
		if left := a.left(sh.until, shown); left > 0 {
			p.beat = left
		}
	}
	return p
}

func (v *voting) invitation(a *App) page {
	top, f := a.flow(), a.flow()
	box, _ := a.s.Vote().BoxOf(a.Who)
	top.title(a.words.Ballot.Title)
	top.gap()
	invite := a.words.Ballot.Invite
	if tabled(a) {
		invite = a.words.Sheet.Invite
	}
	sh := a.sheetOf()
	top.say(draw.Strong, invite.of(len(sh.subjects)))
	if n := sh.pages() - sh.open(); n > 0 {
		top.say(draw.Accent, a.words.Ballot.GoOn.of(n, sh.pages()))
	}
	secrecy := a.words.Ballot.Secrecy
	if a.Encrypts {
		secrecy = a.words.Ballot.OwnSecrecy
	}
	f.add(airy{paragraph{spans: []draw.Span{{Text: secrecy, Tone: draw.Plain}}}})
	if a.own && !a.visiting {
		f.gap()
		f.say(draw.Warn, a.words.Ballot.Projecting)
	}
	f.gap()
	f.say(draw.Muted, a.words.Common.BoxFingerprint.of(draw.Clean(box.Election.Short())))
	f.gap()
	f.add(options{rows: v.invited(a.words), seen: true})
	p := a.page(f)
	p.top = top.blocks
	return p
}

func (v *voting) invited(w *Words) []choice {
	return []choice{{label: w.Ballot.Begin, do: func(a *App) tea.Cmd {
		v.begun, v.review, v.leaf, v.List = true, false, 0, draw.List{}
		a.sheetOf().touched = false
		return nil
	}}}
}

// subject is the page of one subject. The choice is hidden unless it was made
// on this visit. All rows have the same cells and the same bytes, so that
// lengths tell nothing. The question and all choices are always in sight.
func (v *voting) subject(a *App) page {
	sh, i := a.sheetOf(), v.leaf
	top, f := a.flow(), a.flow()
	top.add(airy{title{v.title(a.words), []draw.Span{{Text: a.words.Ballot.Page.of(i+1, sh.pages()), Tone: draw.Plain}}}})
	top.gap()
	top.put(sh.question(a.words, a.s, i)...)
	top.gap()
	grades := options{at: sh.row(a.s, i), mark: graded, whole: true}
	for _, g := range append(slices.Clone(sh.scale(a.s, i)), a.words.Common.Abstain) {
		label := a.words.term(g)
		grades.rows = append(grades.rows, choice{label: label, cells: []cell{{text: even(label, sh.labels(a.words, a.s, i), choiceCells)}}})
	}
	if grades.at >= 0 {
		grades.rows[grades.at].cells[0].tone = draw.Accent
	}
	f.add(grades)
	f.gap()
	sh.sayLast(a, &f)
	switch {
	case sh.touched:
		f.hint(a.words.Ballot.Chosen)
	case sh.picks[i] != unset:
		f.say(draw.Muted, a.words.Ballot.FilledBefore)
	default:
		f.hint(a.words.Ballot.HowTo)
	}
	sh.sayComment(a, &f, i)
	p := a.page(f)
	p.top = top.blocks
	p.input = input{kind: gradeInput, most: len(sh.scale(a.s, i))}
	return p
}

// question says who is graded on page i.
func (sh *sheet) question(w *Words, s *meeting.State, i int) []draw.Span {
	if i == len(sh.subjects) {
		return []draw.Span{{Text: w.Ballot.Committee.of(sh.title(w, s, i)), Tone: draw.Strong}}
	}
	m, _ := s.Member(sh.subjects[i])
	spans := []draw.Span{{Text: w.Ballot.Member.of(sh.title(w, s, i)), Tone: draw.Strong}}
	if r, ok := s.SelfRatings.Get(m.ID); ok {
		spans = append(spans, draw.Span{Text: "  " + w.Common.SelfRating.of(w.term(string(r.Grade))), Tone: draw.Plain})
	}
	if m.PartyPost != "" {
		spans = append(spans, draw.Span{Text: "  " + w.term(m.PartyPost), Tone: draw.Muted})
	}
	return spans
}

// row returns the row of the choice of page i that may be seen, from 0; -1 for
// none.
func (sh *sheet) row(s *meeting.State, i int) int {
	switch {
	case !sh.touched || sh.picks[i] == unset:
		return -1
	case sh.picks[i] == abstain:
		return len(sh.scale(s, i))
	}
	return sh.picks[i]
}

// sayLast shows the choice that the last key made on another page, until the
// next key. It is only for the eye: what is printed stays.
func (sh *sheet) sayLast(a *App, f *flow) {
	if sh.last == noPage {
		return
	}
	f.add(unspoken{paragraph{spans: []draw.Span{
		{Text: a.words.Ballot.Last.of(sh.title(a.words, a.s, sh.last)), Tone: draw.Muted},
		{Text: sh.cell(a.words, a.s, sh.last, true), Tone: draw.Accent},
	}}})
}

// overview lists all pages. What is still open and how to hand in are always in
// sight.
func (v *voting) overview(a *App) page {
	sh, n := a.sheetOf(), a.sheetOf().pages()
	top, f, foot := a.flow(), a.flow(), a.flow()
	top.title(v.title(a.words), draw.Span{Text: a.words.Ballot.Check, Tone: draw.Plain})
	if open := sh.open(); open > 0 {
		top.say(draw.Warn, a.words.Ballot.Unfilled.of(open))
	} else {
		top.say(draw.Plain, a.words.Ballot.AllFilled)
	}
	top.gap()
	seen := a.left(sh.until, shown) > 0
	rows := options{at: v.List.At, seen: true, all: n + 1}
	if v.List.At == n {
		rows.seen = false
	}
	for i := range n {
		t := draw.Plain
		if i == v.List.At {
			t = draw.Strong
		}
		name := sh.title(a.words, a.s, i)
		rows.rows = append(rows.rows, choice{label: name, cells: []cell{{name, t, overviewCells, false}, {text: sh.cell(a.words, a.s, i, seen), tone: t}, {text: sh.commentCell(a.words, a.s, i), tone: t}}})
	}
	f.add(rows)
	sh.sayLast(a, &foot)
	foot.add(options{rows: []choice{{label: a.words.Ballot.Submit}}, at: v.List.At - n, after: n, all: n + 1})
	p := a.page(f)
	p.top, p.foot = top.blocks, foot.blocks
	return p
}

// cell returns what the overview and the table show of a choice: masked unless
// seen, and always of one width, in cells and in bytes.
func (sh *sheet) cell(w *Words, s *meeting.State, i int, seen bool) string {
	p := sh.picks[i]
	text := w.Ballot.Filled
	switch {
	case p == unset:
		text = w.Ballot.Empty
	case !seen || sh.kept[i]:
	case p == abstain:
		text = w.Common.Abstain
	default:
		text = w.term(sh.scale(s, i)[p])
	}
	return even(text, sh.labels(w, s, i), choiceCells)
}

// returned is the page of somebody whose ballot is in the box.
func (v *voting) returned(a *App, slip meeting.ReturnedBallot) page {
	f, w := a.flow(), a.words.Ballot
	box, _ := a.s.Vote().BoxOf(a.Who)
	f.title(w.InBox)
	f.gap()
	f.say(draw.Strong, w.NothingToDo)
	f.add(unspoken{paragraph{spans: []draw.Span{{Text: a.words.Common.Issued.of(len(box.Voters), box.Returned.Len()), Tone: draw.Plain}}}})
	f.say(draw.Plain, w.Times.of(slip.Times))
	f.gap()
	receiptSays(&f, slip.Receipt)
	f.gap()
	f.say(draw.Muted, w.AgainNote)
	p := a.page(f)
	p.reads = true
	return p
}

// receiptSays shows the part of a receipt that is worth copying apart from the
// rest.
func receiptSays(f *flow, receipt string) {
	w, code := f.words.Ballot, []rune(draw.Clean(receipt))
	n := min(len(code), receiptHead)
	f.put(draw.Span{Text: w.CopyThese.of(n), Tone: draw.Plain}, draw.Span{Text: "  " + draw.Whole(grouped(string(code[:n]))), Tone: draw.Strong})
	f.say(draw.Muted, w.KeepReceipt)
	f.add(airy{paragraph{spans: []draw.Span{{Text: w.Receipt, Tone: draw.Muted}, {Text: grouped(string(code)), Tone: draw.Muted}}}})
}

// sheetOf returns the session's ballot for the open vote.
func (a *App) sheetOf() *sheet {
	if a.sheet == nil || a.sheet.vote != a.s.Vote().No {
		a.sheet = newSheet(a.s, a.Who)
		a.Drafts.takeUp(a.Who, a.sheet)
	}
	return a.sheet
}

func (v *voting) binds(a *App) []bind {
	_, voted := ballotOf(a.s, a.Who)
	floor := floorChoices(a)
	binds := []bind{}
	switch {
	case voted && !v.again:
		binds = append(binds, on("c", a.words.Ballot.Again, v.askAgain), on("m", a.words.Mine.Open, openMine))
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
		binds = append(binds, on("1", a.words.Ballot.Digits, nothing), on("b left esc", a.words.Ballot.Previous, v.back))
		if a.sheetOf().takesComment(a.s, v.leaf) {
			binds = append(binds, on("r", a.words.Common.Comment, v.comment))
		}
		binds = append(binds, v.toOverview(a), on("enter right", a.words.Ballot.Next, nothing))
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

// toOverview opens the overview.
func (v *voting) toOverview(a *App) bind {
	return on("o", a.words.Ballot.Overview, func(a *App) tea.Cmd {
		v.survey(a.sheetOf())
		return v.workAhead(a)
	})
}

// askAgain begins another ballot. The one in the box counts until it is handed
// in.
func (v *voting) askAgain(a *App) tea.Cmd {
	return a.weigh(a.words.Ballot.Again, a.words.Ballot.AgainEffect, a.words.Ballot.YesAgain, func(a *App) tea.Cmd {
		v.again, v.begun, v.review, v.leaf, v.List = true, true, false, 0, draw.List{}
		a.Drafts.dropBallot(a.Who)
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
	case v.review:
		v.survey(sh)
		return nil
	case v.leaf < 0:
		v.leaf = sh.pages() - 1
	case v.leaf == 0 && v.again: // back to the ballot that counts
		v.begun, v.again = false, false
		a.Drafts.dropBallot(a.Who)
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
	switch {
	case v.handedIn(a):
		return nil, k.Name == "enter" && (!a.own || a.visiting) // which was meant for the ballot before
	case !v.begun:
		taken, used := v.List.Press(k, 1, 1)
		if taken {
			return v.invited(a.words)[0].do(a), true
		}
		return nil, used
	}
	sh := a.sheetOf()
	passing := sh.passing
	sh.last, sh.passing = noPage, noPage
	if k.Name != "v" {
		sh.until = time.Time{}
	}
	switch {
	case v.leaf < 0:
		return v.pressOverview(a, k)
	case k.Name == "enter" || k.Name == "right":
		if sh.picks[v.leaf] == unset && passing != v.leaf {
			sh.passing = v.leaf
			a.tell(draw.Warn, a.words.Ballot.NotChosen)
			return nil, true
		}
		v.next(sh)
		return v.workAhead(a), true
	case sh.choose(v.leaf, len(sh.scale(a.s, v.leaf)), k.Digit()):
		sh.last = v.leaf
		v.next(sh)
		return v.workAhead(a), true
	case tabled(a):
		return v.pressTable(a, k)
	}
	return nil, v.pressSubject(a.s, sh, k)
}

// bounces reports whether a key is none of its own because the same one came
// right before it, where a key is a choice or passes one over.
func (v *voting) bounces(k draw.Stroke, since time.Duration) bool {
	return v.begun && since < bounce && (k.Name == "enter" || k.Digit() >= 0)
}

// workAhead keeps what was chosen so far for the case that the line breaks, and
// encrypts what was chosen so far while the voter reads on, and on the
// overview also what was left open. So handing in is quick, and takes as long
// for every choice.
func (v *voting) workAhead(a *App) tea.Cmd {
	a.Drafts.keepBallot(a.Who, a.sheetOf())
	room, who, choices := a.Room, a.Who, a.sheetOf().choices(a.s)
	choices.Comments = nil
	whole := v.leaf < 0
	return func() tea.Msg {
		room.Prepare(who, choices, whole)
		return nil
	}
}

// pressSubject selects a row of a subject's page, for who does not type numbers.
func (v *voting) pressSubject(s *meeting.State, sh *sheet, k draw.Stroke) bool {
	rows := len(sh.scale(s, v.leaf)) + 1 // from the top: the grades, then 弃权
	row := sh.row(s, v.leaf)
	switch k.Name {
	case "down":
		row++
	case "up":
		row = max(row, 0) + rows - 1
	default:
		return false
	}
	if row %= rows; row == rows-1 {
		row = abstain
	}
	sh.picks[v.leaf], sh.kept[v.leaf], sh.touched = row, false, true
	return true
}

// next goes to the page after this one; after the last, and from a page that
// was opened from the overview, to the overview.
func (v *voting) next(sh *sheet) {
	sh.touched = false
	passed := v.review && sh.picks[v.leaf] == unset
	if v.leaf++; v.review || v.leaf == sh.pages() {
		v.survey(sh)
	}
	if passed { // a second time: Enter does not lead to it again
		v.List.At = sh.pages()
	}
}

// survey opens the overview. The first page that is not filled in is selected,
// or handing in.
func (v *voting) survey(sh *sheet) {
	sh.touched = false
	v.review, v.leaf, v.List = false, -1, draw.List{At: sh.nextOpen()}
}

func (v *voting) pressOverview(a *App, k draw.Stroke) (tea.Cmd, bool) {
	sh := a.sheetOf()
	taken, used := v.List.Press(k, sh.pages()+1, a.leap())
	if !taken {
		return nil, used
	}
	if v.List.At < sh.pages() {
		v.leaf, v.review, sh.touched = v.List.At, true, false
		return nil, true
	}
	text := a.words.Ballot.Final
	if n := sh.open(); n > 0 {
		text = a.words.Ballot.UnfilledFinal.of(n, text)
	}
	if half := sh.unfinished(); len(half) > 0 {
		text = a.words.Comment.HalfFinal.of(a.words.names(a.s, half), text)
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
		a.Drafts.dropBallot(a.Who)
		clear(choices.Grades)
		clear(choices.Comments)
		sh.wipe()
		v.again, v.begun, v.review, v.leaf, v.List = false, false, false, 0, draw.List{}
		if a.visiting {
			return a.votedHere()
		}
		a.tell(draw.Accent, a.words.Ballot.Cast)
		return nil
	})
}
