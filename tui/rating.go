package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

var ratingView = itemView{
	goesOn: func(f *flow, s *meeting.State) {
		f.say(draw.Plain, f.words.rated(s))
	},
	onWall: func(sc *scenery, w *Words, s *meeting.State, _ time.Time) {
		text := w.Wall.Calm[preset.Rating]
		switch {
		case s.Submitted:
			text = w.Chronicle.TableSubmitted
		case !s.HasCommittee():
			text = w.Wall.CalmAssembly
		}
		sc.above = []draw.Span{{Text: text, Tone: draw.Strong}}
	},
	details:  func(a *App, f *flow) { f.say(draw.Plain, a.words.capMeter(a.s)) },
	longings: func(a *App) []longing { return []longing{{a.words.Script.Ungraded, a.s.Ungraded()}} },
}

// rated says how far the committee has come.
func (w *Words) rated(s *meeting.State) string {
	all := len(s.ToGrade())
	if s.Submitted {
		return w.Happening.RatingDone.of(all)
	}
	return w.Happening.Rating.of(all-len(s.Ungraded()), all)
}

// ratingTable is where the committee gives grades, beside self-ratings and
// counts. A digit proposes a grade, Enter records it; the last row hands the
// table in. Nothing is graded by itself.
type ratingTable struct {
	draw.List
	picked int // proposed grade of the selected row, from 1; 0: none
	opened bool
}

func (t *ratingTable) typing() bool { return false }

func (t *ratingTable) page(a *App) page {
	ids := ratingRows(a.s)
	t.At = min(t.At, len(ids))
	f := a.flow()
	f.title(a.words.Rating.Title)
	f.say(meterTone(a.s), a.words.capMeter(a.s))
	f.gap()
	if t.At < len(ids) {
		t.detail(a, &f, ids[t.At])
	} else {
		f.say(draw.Strong, a.words.handIn(a.s))
	}
	f.gap()
	rows := options{at: t.At, seen: true}
	if t.columns(a) {
		rows.head = a.words.ratingHead(a.s.Rules.Grades)
	}
	for i, id := range ids {
		rows.rows = append(rows.rows, choice{label: a.name(id), cells: t.row(a, i, id)})
	}
	rows.rows = append(rows.rows, choice{label: a.words.Common.SubmitTable, why: a.submittable()})
	f.add(rows)
	p := a.page(f)
	p.name, p.wide = fmt.Sprint(t.At), a.Width >= wideWidth
	p.input = input{kind: tableInput, rows: len(ids), most: len(a.s.Rules.Grades), pick: func(i int) { t.At, t.picked = i, 0 }}
	return p
}

// meterTone marks a cap that is exceeded.
func meterTone(s *meeting.State) draw.Tone {
	if s.Cap().Left() < 0 {
		return draw.Warn
	}
	return draw.Plain
}

// columns reports whether the vote's counts stand in columns: there is room,
// and the person may know them.
func (t *ratingTable) columns(a *App) bool {
	return a.Width >= wideWidth && meeting.May(a.s, a.Who, meeting.ActResult) == nil
}

// The columns of the table, in cells.
const (
	ratedColumn = 12 // a name
	selfColumn  = 10
	countColumn = 4
)

// ratingHead returns the headings: name, self-rating, the counts under the first
// character of each grade, the grade given.
func (w *Words) ratingHead(grades []string) []cell {
	head := []cell{{w.Table.Name, draw.Muted, ratedColumn, false}, {w.Table.Self, draw.Muted, selfColumn, false}}
	for _, g := range append(slices.Clone(grades), w.Common.Abstain) {
		head = append(head, cell{string([]rune(w.term(g))[:1]), draw.Muted, countColumn, true})
	}
	return append(head, cell{text: "  " + w.Table.Grade, tone: draw.Muted})
}

// countCells returns the columns of somebody's counts, empty where the person
// may not see them.
func countCells(s *meeting.State, id meeting.MemberID, t draw.Tone) []cell {
	h, no := s.Histogram(id)
	list := make([]cell, len(s.Rules.Grades)+1)
	for i := range list {
		list[i] = cell{"", t, countColumn, true}
	}
	if no == nil {
		for i, n := range append(slices.Clone(h.Counts), h.Abstain) {
			list[i].text = fmt.Sprint(n)
		}
	}
	return list
}

// marked says what is special about somebody's grade: it is over the cap, or
// the votes at the cap line are equal.
func (w *Words) marked(a *App, id meeting.MemberID) string {
	r, done := a.s.Ratings.Get(id)
	switch {
	case done && r.Over && a.s.Cap().Left() < 0:
		return w.Table.Over
	case meeting.May(a.s, a.Who, meeting.ActResult) == nil && slices.Contains(a.s.Tied(), id):
		return w.Table.Tied.of(w.decides(a.s))
	}
	return ""
}

// decides names who decides on grades.
func (w *Words) decides(s *meeting.State) string {
	if s.HasCommittee() {
		return w.Rating.Committee
	}
	return w.Rating.Assembly
}

// capMeter returns 优秀 还可 k 名 with the base of the ratio (DOMAIN.md §3.2).
func (w *Words) capMeter(s *meeting.State) string {
	c := s.Cap()
	text := w.Rating.Cap.of(c.Cap, w.capBase(s.Rules.Cap.Base), c.Base, c.Used)
	if left := c.Left(); left < 0 {
		return w.Rating.CapOver.of(text, -left)
	}
	return w.Rating.CapLeft.of(text, c.Left())
}

// capBase names the members of whom the cap is a part.
func (w *Words) capBase(base string) string {
	switch base {
	case preset.BaseFormal:
		return w.Rating.BaseFormal
	case preset.BaseFormalAttending:
		return w.Rating.BaseFormalAttending
	case preset.BaseParticipating:
		return w.Rating.BaseParticipating
	}
	return w.Rating.BaseBranchTotal
}

// handIn says what handing the table in would settle.
func (w *Words) handIn(s *meeting.State) string {
	n := map[meeting.Grade]int{}
	for _, r := range s.Ratings.All() {
		n[r.Grade]++
	}
	return w.Rating.Totals.of(w.gradeCounts(s, n, 0))
}

func (t *ratingTable) detail(a *App, f *flow, id meeting.MemberID) {
	m, _ := a.s.Member(id)
	f.put(draw.Span{Text: subjectOf(a.s, id), Tone: draw.Strong}, draw.Span{Text: "  " + a.words.term(m.PartyPost), Tone: draw.Muted})
	f.say(draw.Plain, a.words.Common.SelfRating.of(a.words.orNone(string(a.s.SelfRatings.Of(id).Grade))))
	if text := a.words.pastGrades(a.s, a.Who, id); text != "" {
		f.say(draw.Plain, text)
	}
	conductSays(a, f, id)
	if no := meeting.May(a.s, a.Who, meeting.ActResult); a.s.Vote() == nil {
		f.say(draw.Muted, a.words.Happening.NeverVoted)
	} else if no != nil {
		f.say(draw.Muted, a.words.Say(no))
	} else if h, no := a.s.Histogram(id); no == nil {
		f.say(draw.Plain, a.words.Rating.Ballots.of(a.words.histogram(a.s.Rules.Grades, h)))
		channels(f, a.s, id)
		if tied := a.s.Tied(); slices.Contains(tied, id) {
			f.say(draw.Warn, a.words.Table.TiedNote.of(a.words.subjects(a.s, tied), a.words.decides(a.s)))
		}
	} else {
		f.say(draw.Muted, a.words.Say(no))
	}
	r, done := a.s.Ratings.Get(id)
	switch {
	case t.picked > 0:
		f.say(draw.Accent, a.words.Rating.PickedNote.of(a.words.term(a.s.Rules.Grades[t.picked-1])))
	case done && r.Reason != "":
		f.say(draw.Plain, a.words.Rating.RatedReason.of(a.words.term(string(r.Grade)), a.words.term(r.Reason)))
	case done:
		f.say(draw.Plain, a.words.Rating.Rated.of(a.words.term(string(r.Grade))))
	default:
		var parts []string
		for i, g := range a.s.Rules.Grades {
			parts = append(parts, fmt.Sprintf("%d %s", i+1, a.words.term(g)))
		}
		f.say(draw.Plain, a.words.Rating.PressNumber.of(strings.Join(parts, a.words.Common.Comma)))
	}
}

// pastGrades says what somebody was graded in earlier years, as far as who may
// know it; "" for nothing.
func (w *Words) pastGrades(s *meeting.State, who, of meeting.MemberID) string {
	var list []string
	for _, g := range s.PastGrades(who, of) {
		list = append(list, w.Rating.EarlierGrade.of(g.Year, w.term(string(g.Grade))))
	}
	if len(list) == 0 {
		return ""
	}
	return w.Rating.Earlier.of(strings.Join(list, w.Common.Comma))
}

func (w *Words) orNone(text string) string {
	if text == "" {
		return w.Rating.NotGiven
	}
	return w.term(text)
}

func (t *ratingTable) row(a *App, i int, id meeting.MemberID) []cell {
	grade, tone := "", draw.Plain
	if !a.s.Graded(id) {
		grade = a.words.term(a.s.Rules.Ungraded)
	}
	if r, done := a.s.Ratings.Get(id); done {
		grade = a.words.term(string(r.Grade))
		if r.Reason != "" {
			grade += a.words.Rating.HasReason
		}
	}
	if i == t.At {
		tone = draw.Strong
		if t.picked > 0 {
			grade = a.words.Rating.PickedCell.of(a.words.term(a.s.Rules.Grades[t.picked-1]))
		}
	}
	self := a.words.orNone(string(a.s.SelfRatings.Of(id).Grade))
	if !a.s.Graded(id) { // they do not rate themselves
		self = ""
	}
	row := []cell{{subjectOf(a.s, id), tone, ratedColumn, false}}
	switch {
	case t.columns(a):
		row = append(append(row, cell{self, draw.Muted, selfColumn, false}), countCells(a.s, id, tone)...)
		row = append(row, cell{text: "  "})
	case a.Width >= normalWidth-4:
		text := a.words.Rating.SelfCell.of(draw.Pad(self, selfColumn))
		if self == "" {
			text = draw.Pad("", draw.Cells(text))
		}
		row = append(row, cell{text: text, tone: draw.Muted})
	}
	row = append(row, cell{text: grade, tone: tone})
	if mark := a.words.marked(a, id); mark != "" {
		row = append(row, cell{text: strings.Repeat(" ", min(2, draw.Cells(grade))) + mark, tone: draw.Warn})
	}
	return row
}

// submittable returns why the table cannot be handed in, "" if it can.
func (a *App) submittable() string {
	switch no := meeting.May(a.s, a.Who, meeting.ActSubmit); {
	case no != nil:
		return a.words.Say(no)
	case len(a.s.Ungraded()) > 0:
		return a.words.Say(&meeting.Refusal{Code: meeting.SomeUngraded, Args: []string{fmt.Sprint(len(a.s.Ungraded()))}})
	case a.s.Submitted:
		return a.words.Rating.SubmittedAlready
	}
	return ""
}

func (t *ratingTable) binds(a *App) []bind {
	no := a.words.why(a.s, a.Who, meeting.ActRate)
	binds := []bind{
		on("up", a.words.Rating.KeyPerson, nothing),
		on("1", a.words.Rating.KeyGrade, nothing).unless(no),
		on("enter", a.words.Rating.KeyRecord, nothing).unless(no),
		on("n", a.words.Table.KeyReason, t.explain).unless(no),
	}
	if t.opened {
		binds = append(binds, on("esc tab b", a.words.Common.Back, shut))
	}
	if ids := ratingRows(a.s); t.At < len(ids) {
		binds = append(binds, conductBinds(a, ids[t.At])...)
	}
	return append(binds, on("l", a.words.Common.SeeResult, readResult).unless(a.words.why(a.s, a.Who, meeting.ActResult)).aside(true))
}

func (t *ratingTable) press(a *App, k draw.Stroke) (tea.Cmd, bool) {
	ids := ratingRows(a.s)
	if d := k.Digit(); d >= 1 && d <= len(a.s.Rules.Grades) && t.At < len(ids) {
		t.picked = d
		return nil, true
	}
	if k.Digit() >= 0 {
		a.tell(draw.Muted, a.words.Rating.KeysHelp)
		return nil, true
	}
	at := t.At
	taken, used := t.List.Press(k, len(ids)+1, a.leap())
	if t.At != at {
		t.picked = 0
	}
	if !taken {
		return nil, used
	}
	switch {
	case t.At == len(ids):
		return t.submit(a), true
	case t.picked == 0 && (rated(a.s, ids[t.At]) || !a.s.Graded(ids[t.At])):
		t.At = t.onward(a.s, ids)
		return nil, true
	case t.picked == 0:
		a.tell(draw.Muted, a.words.Rating.PickFirst)
		return nil, true
	}
	return t.rate(a, ids[t.At]), true
}

func rated(s *meeting.State, id meeting.MemberID) bool {
	done := s.Ratings.Has(id)
	return done
}

// ratingRows are those who get a grade, then the 预备党员 to whom the rules give
// none: they may be given one for a reason.
func ratingRows(s *meeting.State) []meeting.MemberID {
	ids := s.ToGrade()
	for _, m := range s.Roster {
		if s.Evaluated(m) && !s.Graded(m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

// onward returns the row to go to from a graded one: the next that waits for a
// grade, or handing in.
func (t *ratingTable) onward(s *meeting.State, ids []meeting.MemberID) int {
	for i := range ids {
		if at := (t.At + i) % len(ids); s.Graded(ids[at]) && !rated(s, ids[at]) {
			return at
		}
	}
	return len(ids)
}

func (t *ratingTable) rate(a *App, id meeting.MemberID) tea.Cmd {
	grade := meeting.Grade(a.s.Rules.Grades[t.picked-1])
	build := func(reason string) meeting.Command { return meeting.Rate{ID: id, Grade: grade, Reason: reason} }
	return a.reopens(meeting.Rate{ID: id, Grade: grade}, func(a *App) tea.Cmd {
		return a.actOrReason(build, a.offeredReason(id, grade), func(a *App) { t.recorded(a, id, grade) })
	})
}

// reopens records a grade; one that changes a table that was handed in takes the table
// back, which it asks about first.
func (a *App) reopens(c meeting.Rate, do func(*App) tea.Cmd) tea.Cmd {
	events, err := meeting.Decide(a.s, meeting.Request{By: a.Who, At: a.Room.Now(), Do: c})
	if !a.s.Submitted || a.s.Phase == meeting.After || err == nil && len(events) == 0 {
		return do(a)
	}
	return a.weigh(a.words.Rating.AskReopen.of(a.name(c.ID), a.words.term(string(c.Grade))), a.words.Rating.ReopenNote, a.words.Rating.YesReopen, do)
}

// offeredReason is the reason that the facts give for a grade other than that of
// most ballots: the cap has no room for all whom they call 优秀. "" where there is
// none, or the person may not know how many they are.
func (a *App) offeredReason(id meeting.MemberID, grade meeting.Grade) string {
	second := a.s.GradeIndex(grade) == a.s.GradeIndex(a.s.Excellent())+1
	if !second || meeting.May(a.s, a.Who, meeting.ActResult) != nil || !a.s.Crowded(id) {
		return ""
	}
	return a.words.Rating.CapReason.of(string(a.s.Excellent()), a.s.Cap().Cap, a.words.decides(a.s), string(grade))
}

// explain records the proposed grade, or the one given, with a reason that
// nobody asked for.
func (t *ratingTable) explain(a *App) tea.Cmd {
	ids := ratingRows(a.s)
	if t.At >= len(ids) {
		a.tell(draw.Muted, a.words.Rating.PickFirst)
		return nil
	}
	id := ids[t.At]
	grade := a.s.Ratings.Of(id).Grade
	if t.picked > 0 {
		grade = meeting.Grade(a.s.Rules.Grades[t.picked-1])
	}
	if grade == "" {
		a.tell(draw.Muted, a.words.Rating.PickFirst)
		return nil
	}
	hint := a.words.Table.ReasonHint.of(a.name(id), a.words.term(string(grade)))
	return a.reason(hint, a.offeredReason(id, grade), func(a *App, text string) tea.Cmd {
		c := meeting.Rate{ID: id, Grade: grade, Reason: text}
		return a.reopens(c, func(a *App) tea.Cmd {
			return a.actThen(c, func(a *App) {
				a.pop(1)
				t.recorded(a, id, grade)
			})
		})
	})
}

// recorded goes on to the next person after a grade was recorded.
func (t *ratingTable) recorded(a *App, id meeting.MemberID, grade meeting.Grade) {
	t.picked, t.At = 0, t.At+1
	if ids := ratingRows(a.s); t.At < len(ids) && !a.s.Graded(ids[t.At]) {
		t.At = t.onward(a.s, ids)
	}
	a.tell(draw.Accent, a.words.Rating.Recorded.of(a.name(id), a.words.term(string(grade))))
}

func (t *ratingTable) submit(a *App) tea.Cmd {
	if t.opened && a.s.Submitted {
		a.pop(1) // the table was handed in, perhaps by somebody else: back to the console
		return nil
	}
	if no := a.submittable(); no != "" {
		a.tell(draw.Warn, no)
		return nil
	}
	handed := func(a *App) {
		if t.opened {
			a.pop(1)
		}
		a.tell(draw.Accent, a.words.Rating.SubmitDone)
	}
	if a.s.RatingHands() != nil {
		return handsForTable(a, handed)
	}
	if a.barred(meeting.Submit{}) {
		return nil
	}
	ask := a.weigh
	if t.opened {
		ask = a.ask // a step of the console
	}
	return ask(a.words.Rating.SubmitTitle, a.words.Rating.SubmitNote.of(a.words.handIn(a.s), a.words.capMeter(a.s)), a.words.Common.YesSubmit, func(a *App) tea.Cmd {
		return a.actThen(meeting.Submit{}, handed)
	})
}

// handsForTable hands the rating table in with a show of hands of the members'
// assembly.
func handsForTable(a *App, handed func(*App)) tea.Cmd {
	if a.barred(meeting.Submit{Hands: a.s.RatingHands()}) {
		return nil
	}
	text := a.words.Rating.HandsNote.of(a.words.handIn(a.s))
	return a.push(a.words.newHands(a.s, text, func(a *App, h meeting.Hands) tea.Cmd {
		return a.actThen(meeting.Submit{Hands: &h}, func(a *App) {
			a.pop(1)
			handed(a)
		})
	}))
}
