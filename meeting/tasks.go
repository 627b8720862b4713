package meeting

import (
	"cmp"
	"slices"
	"time"

	"pingyi/meeting/preset"
)

// 等你办: what waits for somebody before and after the meeting, with the day until
// which. It is computed from what there is, and nobody writes it.

// TaskCode says what waits. The first argument of those that begin with Task is the
// kind of record.
type TaskCode string

// What may wait.
const (
	TaskWrite   TaskCode = "task-write"   // the branch's own record of a kind
	TaskSubmit  TaskCode = "task-submit"  // a draft
	TaskMend    TaskCode = "task-mend"    // what the superior has returned
	TaskAwait   TaskCode = "task-await"   // the superior decides; on paper the console records it
	TaskDecide  TaskCode = "task-decide"  // for the superior
	TaskConfirm TaskCode = "task-confirm" // with one's signature
	TaskFinish  TaskCode = "task-finish"  // a field that has to be filled in is not
	TaskLate    TaskCode = "task-late"    // for the superior: how many things of a branch are overdue

	StudyTogetherFirst TaskCode = "study-together-first"
	MakeUpStudy        TaskCode = "make-up-study" // topic
	CollectOpinions    TaskCode = "collect-opinions"
	MergeThem          TaskCode = "merge-them"     // how many opinions
	TalkWith           TaskCode = "talk-with"      // how many people, who
	TalkWithMore       TaskCode = "talk-with-more" // how many
	WriteOutline       TaskCode = "write-outline"
	SubmitOutline      TaskCode = "submit-outline"
	SubmitRegister     TaskCode = "submit-register"
	CheckYourself      TaskCode = "check-yourself"
	TellTheBranch      TaskCode = "tell-the-branch"
	FileAssessment     TaskCode = "file-assessment"
	ListProblems       TaskCode = "list-problems"
	SortProblems       TaskCode = "sort-problems"        // their numbers
	SettleProblems     TaskCode = "settle-problems"      // how many
	MendLine           TaskCode = "mend-line"            // the problem
	MendCommitteeLines TaskCode = "mend-committee-lines" // how many
	CloseLines         TaskCode = "close-lines"          // how many
	WriteDisposal      TaskCode = "write-disposal"       // who
	PostIt             TaskCode = "post-it"              // what
	EndPosting         TaskCode = "end-posting"          // what
	SendBundle         TaskCode = "send-bundle"
	MendBundle         TaskCode = "mend-bundle"
	SendBundleAgain    TaskCode = "send-bundle-again"
	DecideGrades       TaskCode = "decide-grades"
	TellMembers        TaskCode = "tell-members" // how many
	AnswerFeedback     TaskCode = "answer-feedback"
	AssignAGuide       TaskCode = "assign-a-guide"
	SealTheBox         TaskCode = "seal-the-box"
	UnsealTheBox       TaskCode = "unseal-the-box"
)

// Days before a deadline from which a task is amber.
const amberDays = 10

// Task is something that waits for somebody.
type Task struct {
	What  string // the kind of record, or the action
	No    int    // of the record; 0: none, or more than one
	Until string // yyyy-mm-dd; "" for no day
	Level string // Green, then preset.Amber, and preset.Red when it is overdue
	Code  TaskCode
	Args  []string
}

// taskRow is what may wait of one kind of record, or of one action. A row of a
// kind counts only where the rules have the kind.
type taskRow struct {
	what string
	list func(*desk)
}

// taskRows has a row for every kind that makes work for somebody. What waits for
// the superior's decision needs none: [desk.decisions].
var taskRows = []taskRow{
	{"plan", func(d *desk) { d.approved("plan") }},
	{"notice", (*desk).notice},
	{"study", (*desk).studies},
	{"opinion", (*desk).opinions},
	{"talk", (*desk).talks},
	{"selfcheck", func(d *desk) { d.approved("selfcheck") }},
	{"outline", (*desk).outlines},
	{"problem", (*desk).problems},
	{"disposal", (*desk).disposals},
	{"publicity", (*desk).postings},
	{"ledger", (*desk).ledger},
	{"report", (*desk).report},
	{"register", (*desk).registers},
	{"assess", (*desk).assessment},
	{string(ActSeal), (*desk).box},
	{string(ActSubmit), (*desk).bundle},
	{string(ActFeedback), (*desk).feedback},
}

// desk collects what waits for one person, or for everybody of the branch.
type desk struct {
	s     *State
	today string
	soon  string // the last day that is amber
	due   func(StepName) string
	who   MemberID // "": everybody
	what  string   // of the row
	list  []Task
}

// Tasks lists what waits for somebody on a day, the most urgent first. due is until
// when the organisation wants each step, "" where it sets no day; nil: nowhere.
func (s *State) Tasks(who MemberID, today string, due func(StepName) string) []Task {
	if _, known := s.Member(who); s.Rules == nil || s.Rehearsal || s.Next != 0 || !known {
		return nil
	}
	d := s.desk(who, today, due)
	if s.above(who) {
		d.decisions()
		d.late()
	} else {
		d.rows()
	}
	slices.SortStableFunc(d.list, func(a, b Task) int {
		return cmp.Or(urgency(a)-urgency(b), cmp.Compare(cmp.Or(a.Until, "9"), cmp.Or(b.Until, "9")))
	})
	return d.list
}

// desk is the empty desk of somebody.
func (s *State) desk(who MemberID, today string, due func(StepName) string) *desk {
	d := &desk{s: s, today: today, due: due, who: who}
	if d.due == nil {
		d.due = func(StepName) string { return "" }
	}
	if at, err := time.Parse(time.DateOnly, today); err == nil {
		d.soon = at.AddDate(0, 0, amberDays).Format(time.DateOnly)
	}
	return d
}

func urgency(t Task) int { return slices.Index([]string{preset.Red, preset.Amber, Green}, t.Level) }

func (d *desk) rows() {
	for _, row := range d.s.taskRows() {
		d.what = row.what
		row.list(d)
	}
}

// taskRows are those of what the rules have.
func (s *State) taskRows() []taskRow {
	return once(s, func(a *answers) *answer[[]taskRow] { return &a.tasks }, func(s *State) []taskRow {
		return slices.DeleteFunc(slices.Clone(taskRows), func(row taskRow) bool {
			_, kind := FormName(row.what).form()
			return kind && !s.Rules.Has(row.what)
		})
	})
}

// late adds for the superior what is overdue in the branch, one line for each
// kind.
func (d *desk) late() {
	all := *d
	all.who, all.list = "", nil
	all.rows()
	for _, row := range taskRows {
		n, until := 0, ""
		for _, t := range all.list {
			if t.What == row.what && t.Level == preset.Red {
				n++
				until = min(cmp.Or(until, t.Until), t.Until)
			}
		}
		if n > 0 {
			d.what = row.what
			d.put(0, until, TaskLate, row.what, n)
		}
	}
}

// put adds a task of the row, whoever it is for.
func (d *desk) put(no int, until string, code TaskCode, args ...any) {
	t := Task{What: d.what, No: no, Until: until, Level: Green, Code: code, Args: texts(args)}
	switch {
	case until == "":
	case until < d.today:
		t.Level = preset.Red
	case until <= d.soon:
		t.Level = preset.Amber
	}
	d.list = append(d.list, t)
}

// wants reports whether somebody's tasks are collected.
func (d *desk) wants(who MemberID) bool { return d.who == "" || d.who == who }

// people are the party members whose tasks are collected.
func (d *desk) people() []MemberID {
	if d.who == "" {
		return d.s.party()
	}
	if m, _ := d.s.Member(d.who); m.InParty() && !m.Gone() {
		return []MemberID{d.who}
	}
	return nil
}

// keeps reports whether the branch's own tasks are collected: those of whoever
// keeps its records.
func (d *desk) keeps() bool { return d.who == "" || d.s.keepsRecords(d.who) }

// tells reports whether the tasks of those who tell members their results are
// collected.
func (d *desk) tells() bool { return d.who == "" || d.s.GivesFeedback(d.who) }

// before reports whether the meeting is still to come, or goes on.
func (d *desk) before() bool { return d.s.Phase != After }

// until is the day until which a kind's records are due.
func (d *desk) until(kind string) string {
	if day := firstDay(d.due(StepName(kind)), d.s.stageEnd(StepName(kind))); day != "" {
		return day
	}
	if d.before() {
		return d.s.MeetingDay()
	}
	return ""
}

// approved is a text that the branch writes before the meeting and the superior
// decides on.
func (d *desk) approved(form FormName) { d.once(form, d.before()) }

// report is written after the meeting.
func (d *desk) report() { d.once("report", !d.before()) }

// once is a text that the branch has once; wanted: it is time to write it.
func (d *desk) once(form FormName, wanted bool) {
	if !d.keeps() {
		return
	}
	r, begun := d.s.only(form)
	until := d.until(string(form))
	switch {
	case r.State == Returned:
		d.put(r.No, until, TaskMend, form)
	case r.State == Submitted && d.s.runs(d.who):
		d.put(r.No, until, TaskAwait, form)
	case wanted && !begun:
		d.put(0, until, TaskWrite, form)
	case wanted && r.State == Draft:
		d.put(r.No, until, TaskSubmit, form)
	}
}

func (d *desk) notice() {
	r, begun := d.s.only("notice")
	switch {
	case !d.before():
	case r.State != Sent && d.keeps() && !begun:
		d.put(0, d.until("notice"), TaskWrite, "notice")
	case r.State != Sent && d.keeps():
		d.put(r.No, d.until("notice"), TaskSubmit, "notice")
	case r.State == Sent:
		for _, id := range d.people() {
			if r.Signed[id].IsZero() {
				d.put(r.No, d.s.MeetingDay(), TaskConfirm, "notice")
			}
		}
	}
}

func (d *desk) studies() {
	d.drafts("study")
	if !d.before() {
		return
	}
	together := false
	for _, one := range d.s.Studies() {
		if one.Form != StudyTogether {
			continue
		}
		together = true
		if len(one.Attended) == 0 {
			continue // who was there is not written down
		}
		for _, id := range d.people() {
			if _, studied := one.by[id]; !studied {
				d.put(one.No, d.until("study"), MakeUpStudy, one.Topic)
			}
		}
	}
	if !together && d.keeps() {
		d.put(0, d.until("study"), StudyTogetherFirst)
	}
}

// drafts are records of a kind that somebody began and that lack a field.
func (d *desk) drafts(form FormName) {
	for r := range d.s.kept[form].naming(d.who) {
		if r.State == Draft && d.wants(r.Owner) {
			d.put(r.No, d.until(string(form)), TaskFinish, form)
		}
	}
}

func (d *desk) opinions() {
	d.drafts("opinion")
	if !d.before() || !d.keeps() {
		return
	}
	raw, merged := d.s.RawOpinions(), d.s.mergedOpinions()
	switch {
	case raw == 0:
		d.put(0, d.until("opinion"), CollectOpinions)
	case merged < raw && (d.who == "" || d.s.runs(d.who)):
		d.put(0, d.until("opinion"), MergeThem, raw-merged)
	}
}

func (d *desk) talks() {
	d.drafts("talk")
	for r := range d.s.kept["talk"].naming(d.who) {
		if r.State != Kept {
			continue
		}
		for _, id := range r.People("with") {
			if d.wants(id) && r.Signed[id].IsZero() {
				d.put(r.No, d.until("talk"), TaskConfirm, "talk")
			}
		}
	}
	if !d.before() {
		return
	}
	for _, id := range d.people() {
		talked := d.s.talkedWith(id)
		if n := d.s.talksShortOf(id, talked); n > 0 {
			d.put(0, d.until("talk"), TalkWithMore, n)
		}
		if n, first := d.s.talksOwedBy(id, talked); n > 0 {
			d.put(0, d.until("talk"), TalkWith, n, d.s.someNames(first))
		}
	}
}

func (d *desk) outlines() {
	if !d.before() {
		return
	}
	for _, id := range d.people() {
		switch r := d.s.outlineBy(id); {
		case r == nil:
			d.put(0, d.until("outline"), WriteOutline)
		case r.State == Draft:
			d.put(r.No, d.until("outline"), SubmitOutline)
		}
	}
}

func (d *desk) problems() {
	if !d.keeps() {
		return
	}
	list, open, unsorted := d.s.all("problem"), 0, []int{}
	for _, r := range list {
		if r.State != OpenState {
			continue
		}
		open++
		if r.Value("category") == "" {
			unsorted = append(unsorted, r.No)
		}
	}
	switch {
	case d.before() && len(list) == 0:
		d.put(0, d.until("problem"), ListProblems)
	case d.before() && len(unsorted) > 0:
		d.put(single(unsorted), d.until("problem"), SortProblems, numbersIn(unsorted))
	case !d.before() && open > 0:
		d.put(0, d.until("ledger"), SettleProblems, open)
	}
}

func (d *desk) disposals() {
	if !d.tells() {
		return
	}
	written := map[MemberID]bool{}
	for r := range d.s.kept["disposal"].All() {
		if r.Struck {
			continue
		}
		written[MemberID(r.Value("member"))] = true
		switch r.State {
		case Draft:
			d.put(r.No, d.until("disposal"), TaskSubmit, "disposal")
		case Returned:
			d.put(r.No, d.until("disposal"), TaskMend, "disposal")
		}
	}
	if d.before() || !d.s.Submitted {
		return
	}
	for _, id := range d.s.lowGrades() {
		if !written[id] {
			d.put(0, d.until("disposal"), WriteDisposal, d.s.Called(id))
		}
	}
}

// lowGrades are the members whose grade is one of the two lowest.
func (s *State) lowGrades() []MemberID {
	rated, lowest := s.rated(), len(s.Rules.Grades)-2
	b, _ := s.Bundle()
	var list []MemberID
	for _, m := range s.Roster {
		if b.Verdicts.Of(m.ID).Decision != LineAmended && s.GradeIndex(rated.Of(m.ID).Grade) < lowest {
			continue
		}
		if r, ok := s.GradeOf(m.ID); ok && s.GradeIndex(r.Grade) >= lowest {
			list = append(list, m.ID)
		}
	}
	return list
}

func (d *desk) postings() {
	if !d.keeps() {
		return
	}
	for r := range d.s.kept["publicity"].All() {
		switch {
		case r.Struck:
		case r.State == Draft:
			d.put(r.No, r.Value("from"), PostIt, r.Value("what"))
		case r.State == Posted && r.Value("to") < d.today:
			d.put(r.No, r.Value("to"), EndPosting, r.Value("what"))
		}
	}
}

// ledger: everybody has their own lines; those of the committee, and those that
// can be struck off, are a line for all of them.
func (d *desk) ledger() {
	committee, done, until := 0, 0, ""
	whose := d.who // lines of others are for who keeps the ledger
	if d.keeps() {
		whose = ""
	}
	for r := range d.s.kept["ledger"].naming(whose) {
		if r.State != OpenState {
			continue
		}
		due := r.Values["due"]
		if due == DueNow || due == DueAlways {
			due = ""
		}
		of := MemberID(r.Values["member"])
		switch {
		case r.Values["progress"] == string(ProgressDone):
			if of != d.who || of == "" {
				done++
			}
		case of != "" && d.wants(of):
			d.put(r.No, due, MendLine, firstLine(r.Values["problem"]))
		case of == "":
			committee++
			if due != "" {
				until = min(cmp.Or(until, due), due)
			}
		}
	}
	if committee > 0 && d.keeps() {
		d.put(0, until, MendCommitteeLines, committee)
	}
	if done > 0 && d.keeps() {
		d.put(0, "", CloseLines, done)
	}
}

// box is the scrutineers' work.
func (d *desk) box() {
	v := d.s.Vote()
	if v == nil || d.s.Phase != Live {
		return
	}
	for _, id := range v.Scrutineers {
		m, _ := d.s.Member(id)
		switch {
		case !d.wants(id):
		case May(d.s, id, ActUnseal) == nil:
			d.put(0, "", UnsealTheBox)
		case d.s.maySeal(m, v) == nil:
			d.put(0, "", SealTheBox)
		}
	}
}

// bundle goes to the superior after the meeting.
func (d *desk) bundle() {
	if d.before() || !d.tells() || !d.s.rates() || !d.s.Submitted || d.s.Rules.Approval == preset.ApprovalNone {
		return
	}
	switch b, sent := d.s.Bundle(); {
	case !sent && d.s.Approval() == "":
		d.put(0, d.until(string(StepApproval)), SendBundle)
	case sent && b.State() == Returned && slices.ContainsFunc(b.Returned(), d.untold): // what a member was told stands
		d.put(0, d.until(string(StepApproval)), MendBundle)
	case sent && b.State() == Submitted && len(d.s.behind(b)) > 0:
		d.put(0, d.until(string(StepApproval)), SendBundleAgain)
	}
}

func (d *desk) untold(id MemberID) bool { return !d.s.Hearings.Has(id) }

func (d *desk) feedback() {
	if d.before() {
		return
	}
	until := d.until(string(StepFeedback))
	for _, id := range d.people() {
		if h, told := d.s.Hearings.Get(id); told && h.Acknowledged.IsZero() {
			d.put(0, until, AnswerFeedback)
		}
	}
	if !d.tells() || !d.s.Submitted {
		return
	}
	n := 0
	for _, id := range d.s.Untold() {
		if d.s.Cleared(id, "") == nil {
			n++
		}
	}
	if n > 0 {
		d.put(0, until, TellMembers, n)
	}
}

// decisions are what waits for the superior.
func (d *desk) decisions() {
	for _, form := range Forms() {
		d.what = string(form.Name)
		if !slices.ContainsFunc(form.Moves, func(m Move) bool { return m.Decides }) {
			continue
		}
		for _, r := range d.s.all(form.Name) {
			if d.s.Awaits(form, r) {
				d.put(r.No, d.until(d.what), TaskDecide, form.Name)
			}
		}
	}
	if b, sent := d.s.Bundle(); sent && b.State() == Submitted {
		d.what = BundleWait
		d.put(b.Version, d.until(string(StepApproval)), DecideGrades)
	}
	if r, _ := d.s.only("plan"); r.Value("guide_wanted") == "true" && r.State != Draft && d.s.Guide == nil && d.before() {
		d.what = string(ActGuide)
		d.put(0, d.s.MeetingDay(), AssignAGuide)
	}
}

// firstLine is the beginning of a text.
func firstLine(text string) string {
	for i, r := range text {
		if r == '\n' {
			return text[:i]
		}
	}
	return text
}

// single is the only number of a list, 0 where there are more.
func single(list []int) int {
	if len(list) == 1 {
		return list[0]
	}
	return 0
}
