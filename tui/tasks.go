package tui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pingyi/meeting"
	"pingyi/meeting/preset"
	"pingyi/tui/draw"
)

// waiting is what waits for somebody in one state, on one day, by the dates that the
// organisation has set.
type waiting struct {
	state *meeting.State
	who   meeting.MemberID
	today string
	dates Dates
	tasks []meeting.Task
	on    taskPage
	said  []block // the first of them, as they stand on that page
}

// taskPage is a page that says what waits first.
type taskPage struct {
	words *Words
	width int
	low   bool
}

// tasks are what waits for who sits here. They are computed again only when the
// meeting or a date has moved: a page asks several times.
func tasks(a *App) []meeting.Task {
	today, dates := a.today(), a.dates()
	switch same := a.waits.who == a.Who && a.waits.today == today && a.waits.dates == dates; {
	case same && a.waits.state == a.s:
	case same && a.s.OnlyCame(a.waits.state, ""):
		a.waits.state = a.s
	default:
		a.waits = waiting{state: a.s, who: a.Who, today: today, dates: dates, tasks: a.s.Tasks(a.Who, today, due(dates))}
	}
	return slices.Clone(a.waits.tasks)
}

// today is the day in the branch's zone.
func (a *App) today() string {
	now := a.Room.Now()
	if d := &a.day; d.text == "" || now.Before(d.from) || !now.Before(d.to) || now.Location() != d.from.Location() {
		y, m, n := now.Date()
		*d = day{now.Format(time.DateOnly), time.Date(y, m, n, 0, 0, 0, 0, now.Location()), time.Date(y, m, n+1, 0, 0, 0, 0, now.Location())}
	}
	return a.day.text
}

// day is a day, and when it begins and ends.
type day struct {
	text     string
	from, to time.Time
}

// Dates are those that the organisation has set. Equal ones say the same of every step.
type Dates interface {
	// Due returns until when a step is to be done, "" for no day.
	Due(step meeting.StepName) string
}

// dates are those of the branch that is seen; nil: there are none.
func (a *App) dates() Dates {
	switch {
	case a.Above != nil:
		return a.Above.Dates(a.s)
	case a.Dates != nil:
		return a.Dates()
	}
	return nil
}

// due is until when each step is to be done; nil: there are no dates.
func due(d Dates) func(meeting.StepName) string {
	if d == nil {
		return nil
	}
	return d.Due
}

// mostSaid is how many tasks stand on a page that is about something else.
const mostSaid = 3

// consoleTasks is how wide a task is on the console, beside the agenda.
const consoleTasks = 52

// tasksSay puts what waits first on a page before and after the meeting: the most
// urgent first, and how much more there is. One's own answer to the feedback is not
// among it, since the page asks for that.
func tasksSay(a *App, f *flow) {
	if a.s.Phase == meeting.Live {
		return
	}
	width := a.Width
	if a.place == placeConsole && width >= normalWidth { // the agenda stands beside it
		width -= agendaWidth + 6
		if a.Width >= wideWidth { // and notes may stand at the other side
			width -= asideWidth + 2
		}
		width = min(width, consoleTasks)
	}
	list := tasks(a)
	on := taskPage{a.words, width, a.Height < lowHeight}
	if a.waits.on != on {
		a.waits.on, a.waits.said = on, a.words.firstTasks(on, list)
	}
	f.blocks = append(f.blocks, a.waits.said...)
}

// firstTasks is the most urgent of what waits, in a low window one thing.
func (w *Words) firstTasks(on taskPage, list []meeting.Task) []block {
	list = slices.DeleteFunc(list, func(t meeting.Task) bool { return t.Code == meeting.AnswerFeedback })
	f := flow{words: w}
	switch {
	case len(list) == 0:
	case on.low:
		f.add(w.taskRow(w.Tasks.First, list[0], len(list)-1, on.width))
	default:
		f.say(draw.Strong, w.Tasks.Title)
		n := min(mostSaid, len(list))
		for i, t := range list[:n] {
			more := 0
			if i == n-1 {
				more = len(list) - n
			}
			f.add(w.taskRow(taskMark(t), t, more, on.width))
		}
		f.gap()
	}
	return f.blocks
}

// pinnedTasks keeps the most urgent task in sight in a low window, where the head
// of the page may be scrolled away.
func pinnedTasks(a *App, f *flow) {
	if a.Height < lowHeight {
		tasksSay(a, f)
	}
}

// headTasks is tasksSay where there is room.
func headTasks(a *App, f *flow) {
	if a.Height >= lowHeight {
		tasksSay(a, f)
	}
}

// taskRow is a task in one line, with its day, and how much more there is. In a
// narrow window the day gives way to that.
func (w *Words) taskRow(mark string, t meeting.Task, more, width int) row {
	tail := w.taskDay(t)
	if more > 0 {
		tail = strings.TrimSpace(w.Tasks.More.of(more))
	}
	if more > 0 && width >= consoleTasks {
		tail = strings.TrimSpace(w.taskDay(t) + "  " + tail)
	}
	left, _ := margins(width, false)
	room := func() int { return max(10, width-2*left-draw.Cells(mark)-draw.Cells(tail)-2) }
	text := w.SayTask(t)
	wide := draw.Cells(text)
	if more == 0 && wide > room() {
		tail = t.Until // that it is past stands before it
	}
	if wide > room() {
		text = w.taskWithin(t, room())
	}
	return row{{text: mark + text, tone: taskTone(t)}, {text: "  " + tail, tone: draw.Muted}}
}

// taskWithin says a task in so many cells: with fewer people, or with none, but never
// with a part of a name.
func (w *Words) taskWithin(t meeting.Task, room int) string {
	text := w.SayTask(t)
	if draw.Cells(text) <= room {
		return text
	}
	switch t.Code {
	case meeting.TalkWith:
		names, _ := listed(t.Args[1])
		fewer := t
		fewer.Args = slices.Clone(t.Args)
		for n := len(names) - 1; n > 0; n-- {
			fewer.Args[1] = strings.Join(names[:n], happeningChinese.NameSep) + commonChinese.AndMore.of("")
			if some := w.SayTask(fewer); draw.Cells(some) <= room {
				return some
			}
		}
		fewer.Args[1] = ""
		text = strings.TrimRight(w.SayTask(fewer), "：: ")
	case meeting.WriteDisposal:
		nobody := t
		nobody.Args = []string{""}
		text = strings.TrimRight(w.SayTask(nobody), "：: ")
	}
	return ansi.Truncate(text, room, "...")
}

// taskTone is how loud a task is.
func taskTone(t meeting.Task) draw.Tone {
	if t.Level == meeting.Green {
		return draw.Plain
	}
	return levelTone(t.Level)
}

// taskMark stands before a task: ! before what is overdue.
func taskMark(t meeting.Task) string {
	if t.Level == preset.Red {
		return "! "
	}
	return "- "
}

// levelTone is how loud a level is.
func levelTone(level string) draw.Tone {
	switch level {
	case preset.Red:
		return draw.Warn
	case preset.Amber:
		return draw.Accent
	}
	return draw.Muted
}

// taskChoices lead to the page of all tasks, where there are any.
func taskChoices(a *App) []choice {
	list := tasks(a)
	if len(list) == 0 {
		return nil
	}
	return []choice{{label: a.words.Tasks.Title, id: "tasks", note: a.words.Tasks.Count.of(len(list)), do: openTasks}}
}

// openTasks lists everything that waits. Enter leads to the record.
func openTasks(a *App) tea.Cmd {
	return a.push(&menu{
		title: a.words.Tasks.Title, opened: true,
		say: func(a *App, f *flow) {
			if len(tasks(a)) == 0 {
				f.say(draw.Plain, a.words.Tasks.None)
			}
		},
		choices: func(a *App) []choice {
			var list []choice
			for _, t := range tasks(a) {
				list = append(list, taskChoice(a, t))
			}
			return append(list, calendarChoice(a))
		},
	})
}

func taskChoice(a *App, t meeting.Task) choice {
	text, day := a.words.SayTask(t), a.words.taskDay(t)
	if t.Code == meeting.TalkWith {
		names, _ := listed(draw.Clean(t.Args[1]))
		for _, name := range names {
			text = strings.ReplaceAll(text, name, draw.Whole(name))
		}
	}
	return choice{
		label: text, id: strings.Join(append([]string{t.What, string(t.Code), t.Until}, t.Args...), " "), note: draw.Whole(day),
		do: func(a *App) tea.Cmd { return toTask(a, t) },
	}
}

// toTask leads to the record of a task, or to where it is done; elsewhere it says
// so.
func toTask(a *App, t meeting.Task) tea.Cmd {
	switch t.What {
	case meeting.BundleWait, string(meeting.ActSubmit):
		return openBundle(a)
	case string(meeting.ActGuide):
		return pickGuide(a)
	case string(meeting.ActFeedback):
		return toFeedback(a, t)
	}
	f := formNamed(meeting.FormName(t.What))
	if f.Name == "" {
		a.tell(draw.Muted, a.words.SayTask(t))
		return nil
	}
	if _, gone := a.s.Record(a.Who, f.Name, t.No); t.No > 0 && gone == nil {
		return openRecord(a, f, t.No)
	}
	if f.Name == "outline" {
		return openOutline(a)
	}
	for _, c := range slices.Concat(ownRecords(a, f), allRecords(a, f)) {
		if c.why == "" && (f.One == meeting.PerPerson || strings.HasPrefix(c.id, "kind:")) {
			return c.do(a)
		}
	}
	a.tell(draw.Muted, a.words.SayTask(t))
	return nil
}

// toFeedback leads to those who wait for their result, or to one's own answer.
func toFeedback(a *App, t meeting.Task) tea.Cmd {
	if t.Code == meeting.TellMembers {
		return pickTold(a)
	}
	for _, c := range answerChoices(a) {
		if c.why == "" {
			a.pop(1)
			a.tell(draw.Muted, a.words.SayTask(t))
			break
		}
	}
	return nil
}

// calendarChoice leads to the stages of the rules.
func calendarChoice(a *App) choice {
	return choice{label: a.words.Tasks.Calendar, id: "calendar", do: openCalendar}
}

// openCalendar shows the stages of the rules: from when to when, what of each is
// done, and what is late.
func openCalendar(a *App) tea.Cmd {
	return a.read(a.words.Tasks.Calendar, func(a *App, f *flow) {
		list := a.s.Calendar(a.today(), due(a.dates()))
		if len(list) == 0 {
			f.say(draw.Plain, a.words.Tasks.NoStages)
		}
		for _, stage := range list {
			a.words.stageSays(f, stage)
		}
	})
}

func (w *Words) stageSays(f *flow, stage meeting.StageState) {
	days := w.Tasks.NoDays
	switch {
	case stage.From != "" && stage.From == stage.To:
		days = stage.From
	case stage.From != "":
		days = w.Tasks.Days.of(stage.From, stage.To)
	}
	tone := draw.Plain
	if stage.State == meeting.StepLate {
		tone = draw.Warn
	}
	spans := []draw.Span{{Text: w.term(stage.Name), Tone: draw.Strong}, {Text: "  " + days, Tone: draw.Plain}}
	if stage.State != meeting.StepDue {
		spans = append(spans, draw.Span{Text: "  " + w.stepLevel(meeting.StepState{State: stage.State}), Tone: tone})
	}
	f.put(spans...)
	w.kindsSay(f, w.Tasks.Done, stage.Done, draw.Muted)
	w.kindsSay(f, w.Tasks.Undone, stage.Undone, tone)
}

func (w *Words) kindsSay(f *flow, what string, kinds []meeting.FormName, tone draw.Tone) {
	var names []string
	for _, k := range kinds {
		names = append(names, draw.Whole(w.RecordTitle(formNamed(k))))
	}
	if len(names) > 0 {
		f.hang(draw.Span{Text: "  " + what, Tone: draw.Muted}, draw.Span{Text: strings.Join(names, w.Happening.NameSep), Tone: tone})
	}
}

// SayTask says what waits.
func (w *Words) SayTask(t meeting.Task) string {
	args := slices.Clone(t.Args)
	switch t.Code {
	case meeting.TaskWrite, meeting.TaskSubmit, meeting.TaskMend, meeting.TaskAwait, meeting.TaskDecide, meeting.TaskConfirm, meeting.TaskFinish, meeting.TaskLate:
		args[0] = w.whatTitle(args[0])
	case meeting.PostIt, meeting.EndPosting:
		args[0] = w.term(args[0])
	case meeting.TalkWith:
		args[1] = w.list(args[1])
	}
	return fill(w.Tasks.Says[t.Code], cleaned(args))
}

// SayTasks is what waits as a list to print.
func (w *Words) SayTasks(list []meeting.Task) string {
	if len(list) == 0 {
		return w.Tasks.None + "\n"
	}
	var b strings.Builder
	for _, t := range list {
		b.WriteString(strings.TrimRight(w.GateLevel(t.Level)+"　"+w.SayTask(t)+"　"+w.taskDay(t), "　") + "\n")
	}
	return b.String()
}

// taskDay says until when, "" for no day.
func (w *Words) taskDay(t meeting.Task) string {
	switch {
	case t.Until == "":
		return ""
	case t.Level == preset.Red:
		return w.Tasks.Overdue.of(t.Until)
	}
	return w.Tasks.Until.of(t.Until)
}

// whatTitle is what a kind of record, or an action, is called.
func (w *Words) whatTitle(what string) string {
	if f := formNamed(meeting.FormName(what)); f.Name != "" {
		return w.RecordTitle(f)
	}
	return w.ActionName(meeting.Action(what))
}
