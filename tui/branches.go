package tui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pingyi/meeting"
	"pingyi/tui/draw"
)

// Above is what somebody of the organisation above needs beside the room: every
// branch, and which of them they have opened. While none is open the room's state
// is that of no branch, with the organisation's name. Methods may be called from
// any goroutine.
//
// Its room's state of no branch has one's own devices; to have one remembered or
// forgotten is its to do, whichever branch is open.
type Above interface {
	// Branches returns the newest states of all branches, by their ids.
	Branches() []*meeting.State
	// Dates returns those that the organisation has set for a branch.
	Dates(of *meeting.State) Dates
	// People are those of the organisation.
	People() []meeting.Superior
	// Enter opens a branch, whose room this one is then; "" leaves it.
	Enter(id string)
}

// SayYearStep says how a step stands, "" for one that the branch does not have.
func (w *Words) SayYearStep(step meeting.StepName, state meeting.StepState) string {
	level := w.stepLevel(state)
	if level == "" {
		return ""
	}
	return strings.TrimSpace(w.Branches.Group.of(w.StepTitle[step], strings.TrimSpace(level+" "+state.Day)))
}

// stepLevel is how a step stands, in the words before its day.
func (w *Words) stepLevel(s meeting.StepState) string {
	switch s.State {
	case meeting.StepDone:
		return w.Branches.Done
	case meeting.StepDue:
		if s.Day == "" {
			return w.Branches.Undated
		}
		return w.Branches.Due
	case meeting.StepLate:
		return w.Branches.Late
	case meeting.StepNone:
	}
	return ""
}

// WaitName is what waits for the superior: a kind of record, or the grades.
func (w *Words) WaitName(what string) string {
	if what == meeting.BundleWait {
		return w.Bundle.Title
	}
	return w.RecordTitle(formNamed(meeting.FormName(what)))
}

// branchTable is the superior's first page: all branches, a row each.
type branchTable struct {
	*menu
	seen map[string]seenBranch // how each branch stood when it was looked at last
}

// seenBranch is a branch's row for one state and one day, by the dates that are set.
type seenBranch struct {
	state *meeting.State
	today string
	dates Dates
	meeting.Overview
}

func newBranchTable(a *App) layer {
	t := &branchTable{seen: map[string]seenBranch{}}
	t.menu = &menu{wide: true, say: t.says, choices: t.rows, below: t.below}
	t.chosen = a.branch
	return t
}

// overviews are the rows, made again only where a branch or a date has moved.
func (t *branchTable) overviews(a *App) []meeting.Overview {
	today := a.today()
	var list []meeting.Overview
	branches := a.Above.Branches()
	names := meeting.BranchesCalled(branches)
	for i, s := range branches {
		one, dates := t.seen[s.Branch.ID], a.Above.Dates(s)
		if one.state != s || one.today != today || one.dates != dates {
			one = seenBranch{s, today, dates, s.Overview(today, due(dates))}
			t.seen[s.Branch.ID] = one
		}
		one.Name = names[i]
		list = append(list, one.Overview)
	}
	return list
}

func (t *branchTable) says(a *App, f *flow) {
	waits := 0
	list := t.overviews(a)
	for _, b := range list {
		waits += len(b.Waits)
	}
	f.title(a.words.Branches.Title)
	switch {
	case len(list) == 0:
		f.say(draw.Plain, a.words.Branches.None)
	case waits > 0:
		f.say(draw.Accent, a.words.Branches.Waiting.of(waits))
	default:
		f.say(draw.Plain, a.words.Branches.NoWaits)
	}
}

// below explains the table: the branch of the selected row in full, and the
// signs.
func (t *branchTable) below(a *App, f *flow) {
	list := t.overviews(a)
	if _, _, ok := t.columns(a.Width); !ok || len(list) == 0 {
		return
	}
	if t.At < len(list) {
		f.hang(draw.Span{Text: draw.Clean(list[t.At].Name) + "  ", Tone: draw.Strong}, draw.Span{Text: a.words.branchNote(list[t.At], false), Tone: draw.Plain})
	}
	f.hint(a.words.Branches.Legend)
}

// The columns of the table, in cells. In a tight one a day has no zeros.
const (
	branchColumn      = 14
	dayColumn         = 7
	tightBranchColumn = 9
	tightDayColumn    = 5
)

// columns are the widths of a name and of a step in the window; ok is false where
// there is no room for a table.
func (t *branchTable) columns(width int) (name, day int, ok bool) {
	steps := len(meeting.StepNames())
	switch {
	case width >= 10+branchColumn+steps*dayColumn:
		return width - 10 - steps*dayColumn, dayColumn, true
	case width >= 6+tightBranchColumn+steps*tightDayColumn:
		return width - 6 - steps*tightDayColumn, tightDayColumn, true
	}
	return 0, 0, false
}

func (t *branchTable) page(a *App) page {
	p := t.menu.page(a)
	name, day, ok := t.columns(a.Width)
	for i, b := range p.body {
		if rows, is := b.(options); is && ok && len(rows.rows) > 0 {
			rows.head = []cell{{text: a.words.Branches.Branch, tone: draw.Muted, width: name}}
			for _, step := range meeting.StepNames() {
				rows.head = append(rows.head, cell{text: a.words.Steps[step], tone: draw.Muted, width: day})
			}
			p.body[i] = rows
		}
	}
	return p
}

func (t *branchTable) rows(a *App) []choice {
	var list []choice
	name, day, ok := t.columns(a.Width)
	for _, b := range t.overviews(a) {
		c := choice{label: draw.Clean(b.Name), id: b.ID, do: func(a *App) tea.Cmd { return enterBranch(a, b.ID) }}
		if ok {
			c.cells = a.words.branchCells(b, name, day)
		} else {
			c.note = a.words.branchNote(b, a.Height < lowHeight)
		}
		list = append(list, c)
	}
	var more []choice
	if len(list) > 0 {
		more = append(more, choice{label: a.words.Branches.Rollup, key: "r", do: readRollup})
	}
	for _, c := range append(more, deviceChoice(a)) {
		if ok {
			c.cells = []cell{{text: c.label}}
		}
		list = append(list, c)
	}
	return list
}

// branchCells are a branch as a row of the table. A star stands before the name of
// one in which something waits.
func (w *Words) branchCells(b meeting.Overview, name, day int) []cell {
	label, tone := draw.Clean(b.Name), draw.Plain
	if day == tightDayColumn {
		label = strings.TrimSuffix(label, w.Branches.Suffix)
	}
	star := ""
	if len(b.Waits) > 0 {
		star, tone = "*", draw.Accent
	}
	cells := []cell{{text: star + ends(label, name-1), tone: tone, width: name}}
	for _, step := range meeting.StepNames() {
		text, tone := stepCell(b.Steps[step], day == tightDayColumn)
		cells = append(cells, cell{text: draw.Pad(text, day), tone: tone}) // the sign parts it from the day before
	}
	return cells
}

// ends is a name, of which the middle is left out where it is too wide: branches are
// told apart by the numbers near their ends.
func ends(name string, width int) string {
	letters := []rune(name)
	if draw.Cells(name) <= width || len(letters) == 0 {
		return name
	}
	begin, from := string(letters[:1])+"..", len(letters)
	for from > 1 && draw.Cells(begin+string(letters[from-1:])) <= width {
		from--
	}
	return begin + string(letters[from:])
}

// stepCell is a step in the table: a sign for how it stands, and its day.
func stepCell(s meeting.StepState, tight bool) (string, draw.Tone) {
	day := "?"
	if at, err := time.Parse(time.DateOnly, s.Day); err == nil {
		day = at.Format("01-02")
		if tight {
			day = fmt.Sprintf("%d.%d", at.Month(), at.Day())
		}
	}
	if len(day) >= tightDayColumn && tight {
		day = strings.Replace(day, ".", "", 1)
	}
	switch s.State {
	case meeting.StepDone:
		return "+" + strings.TrimPrefix(day, "?"), draw.Muted
	case meeting.StepLate:
		return "!" + day, draw.Warn
	case meeting.StepDue:
		return " " + day, draw.Plain
	case meeting.StepNone:
	}
	return " -", draw.Muted
}

// branchNote is a branch in words, for a narrow window and for reading aloud: what
// waits, what is overdue, what is still to come, what is done; in brief only what
// waits and is overdue.
func (w *Words) branchNote(b meeting.Overview, brief bool) string {
	var parts []string
	if len(b.Waits) > 0 {
		names := make([]string, len(b.Waits))
		for i, what := range b.Waits {
			names[i] = w.WaitName(what)
		}
		parts = append(parts, w.Branches.WaitsFor.of(strings.Join(names, w.Branches.ListSep)))
	}
	levels := []string{w.Branches.Late, w.Branches.Due, w.Branches.Undated, w.Branches.Done}
	if brief {
		levels = levels[:1]
	}
	for _, level := range levels {
		var steps []string
		for _, step := range meeting.StepNames() {
			s := b.Steps[step]
			if w.stepLevel(s) != level {
				continue
			}
			day := s.Day
			if at, err := time.Parse(time.DateOnly, s.Day); err == nil {
				day = at.Format("01-02")
			}
			steps = append(steps, draw.Whole(strings.TrimSpace(w.Branches.Step.of(w.StepTitle[step], day))))
		}
		if len(steps) > 0 {
			parts = append(parts, w.Branches.Group.of(level, strings.Join(steps, w.Branches.ListSep)))
		}
	}
	return strings.Join(parts, w.Branches.GroupSep)
}

// enterBranch opens a branch.
func enterBranch(a *App, id string) tea.Cmd {
	a.branch = id
	a.Above.Enter(id)
	a.pull()
	a.calm = a.Room.Now()
	return nil
}

// leaveBranch goes back to all branches.
func leaveBranch(a *App) tea.Cmd { return enterBranch(a, "") }

// branchPage is a branch as the superior has opened it: what waits for a decision
// first.
type branchPage struct{ *menu }

func newBranchPage() layer {
	return branchPage{&menu{say: branchSays, choices: branchChoices}}
}

func (p branchPage) binds(a *App) []bind {
	return append(p.menu.binds(a), on("esc tab b", a.words.Branches.Back, leaveBranch))
}

func branchSays(a *App, f *flow) {
	f.title(draw.Clean(a.s.Branch.Name))
	f.put(draw.Span{Text: a.words.Branches.Phase, Tone: draw.Muted}, draw.Span{Text: a.words.itemNo(a.s) + "  " + a.words.itemTitle(a.s), Tone: draw.Plain})
	if len(a.s.Waits()) == 0 {
		f.say(draw.Muted, a.words.Branches.NoWaits)
	}
	for _, t := range tasks(a) {
		if t.Code == meeting.TaskLate || t.Code == meeting.AssignAGuide {
			f.add(a.words.taskRow(taskMark(t), t, 0, a.Width))
		}
	}
}

func branchChoices(a *App) []choice {
	list := guideChoices(a)
	waits := a.s.Waits()
	for _, f := range meeting.Forms() {
		for _, r := range a.s.Records(a.Who, f.Name) {
			if a.s.Awaits(f, r) {
				list = append(list, choice{
					label: a.words.Branches.WaitsFor.of(recordName(a, f, r)), id: fmt.Sprint("waits ", f.Name, r.No), note: a.words.RecordState(r.State),
					do: func(a *App) tea.Cmd { return openRecord(a, f, r.No) },
				})
			}
		}
	}
	for _, c := range bundleChoices(a) {
		if len(waits) > 0 && waits[len(waits)-1] == meeting.BundleWait {
			c.label = a.words.Branches.WaitsFor.of(c.label)
		}
		list = append(list, c)
	}
	list = append(list, taskChoices(a)...)
	list = append(list, recordChoices(a)...)
	guide := a.words.Branches.NoGuide
	if g := a.s.Guide; g != nil {
		guide = a.words.Branches.Guides.of(draw.Clean(g.Name))
	}
	return append(list,
		choice{label: a.words.Branches.Guide, note: guide, why: a.words.why(a.s, a.Who, meeting.ActGuide), do: pickGuide},
		calendarChoice(a),
		readinessChoice(a),
		auditChoice(a),
		choice{label: a.words.Branches.Back, key: "b", do: leaveBranch})
}

// guideChoices lead the branch's guide to its meeting, which they follow, sign in
// to and speak at.
func guideChoices(a *App) []choice {
	if a.s.AssignedGuide() != a.Who {
		return nil
	}
	title := a.words.Branches.Follow
	return []choice{{label: title, note: a.words.wanted(a.s, a.Who), id: "follow", do: func(a *App) tea.Cmd {
		return a.push(&menu{
			title: title, opened: true, hidden: true, say: followingSays, beat: func(a *App) bool { return running(a.s) },
			choices: func(a *App) []choice { return append(signInChoices(a), floorChoices(a)...) },
		})
	}}}
}

// pickGuide assigns somebody of the organisation.
func pickGuide(a *App) tea.Cmd {
	w := a.words.Branches
	return a.push(&menu{title: w.GuideWhom, opened: true, choices: func(a *App) []choice {
		var list []choice
		for _, p := range a.Above.People() {
			name := draw.Whole(draw.Clean(p.Name))
			list = append(list, choice{label: name, id: string(p.ID), note: draw.Clean(p.Post), do: func(a *App) tea.Cmd {
				return a.weigh(w.AskGuide.of(name), w.GuideEffect, w.YesGuide.of(name), func(a *App) tea.Cmd {
					return a.hand(meeting.AssignGuide{Guide: p}, "", 1, a.words.Bundle.Decided)
				})
			}})
		}
		return list
	}})
}

// readRollup shows the figures of all branches, and all together.
func readRollup(a *App) tea.Cmd {
	return a.push(&menu{title: a.words.Branches.Rollup, opened: true, say: func(a *App, f *flow) {
		var all []meeting.Rollup
		branches := a.Above.Branches()
		for i, name := range meeting.BranchesAddedUp(branches) {
			one := branches[i].Rollup()
			all = append(all, one)
			a.words.sayRollup(f, draw.Clean(name), one, meeting.GradesOf(branches[i:i+1]))
		}
		a.words.sayRollup(f, a.words.Branches.Total, meeting.Total(all), meeting.GradesOf(branches))
	}})
}

func (w *Words) sayRollup(f *flow, name string, r meeting.Rollup, grades []string) {
	f.gap()
	f.say(draw.Strong, name)
	f.say(draw.Plain, w.Branches.Count.of(r.Formal, r.Probationary, r.Expected, r.TookPart))
	var parts []string
	for _, g := range grades {
		parts = append(parts, draw.Whole(w.Branches.Grade.of(w.term(g), r.Grades[meeting.Grade(g)])))
	}
	f.say(draw.Plain, strings.Join(append(parts, w.Branches.Part.of(r.Cap, r.Ungraded)), w.Common.Comma))
	if r.Over {
		f.say(draw.Warn, w.Branches.Over)
	}
}
