package meeting

import (
	"cmp"
	"slices"
	"strconv"

	"pingyi/meeting/preset"
)

// ActAssess writes the assessment of the secretary.
const ActAssess Action = "assess"

var assessActions = []action{{ActAssess, forMembers, (*State).mayAssess}}

// Why an assessment is not written, or does not go on. Indicators are named by
// their text, of several the first.
const (
	AssessOnly       Code = "assess-only"
	NoIndicators     Code = "no-indicators"
	UnknownIndicator Code = "unknown-indicator" // id
	PointsOver       Code = "points-over"       // indicator, its points
	SelfMissing      Code = "self-missing"      // indicator, how many
	ScoreMissing     Code = "score-missing"     // indicator, how many
	WhyMissing       Code = "why-missing"       // indicator, how many
)

// assessForm is the 书记考核 (DOMAIN.md §4.15): the secretary checks each indicator
// themself, the superior inspects and scores them, chooses what follows, and the
// branch is told. Nothing is computed but sums. Before that only the console, the
// committee and the superior read it.
func assessForm() *Form {
	nobody := func(*State, MemberID, Record) bool { return false }
	self := func(s *State, who MemberID, r Record) bool { return r.State == Draft && s.GivesFeedback(who) }
	score := func(s *State, who MemberID, r Record) bool { return r.State == Checked && s.inspects(who) }
	return &Form{
		Name: "assess", Title: "书记考核", Paper: "assessment", One: PerBranch,
		Fields: []Field{
			{Name: "indicators", Label: "考核指标", Type: RowsField, Key: "id", Columns: []Column{
				{Name: "id", Label: "指标编号", By: nobody},
				{Name: "group", Label: "一级指标", By: nobody},
				{Name: "text", Label: "指标", By: nobody},
				{Name: "points", Label: "分值", Type: NumberField, By: nobody},
				{Name: "self", Label: "自查得分", Type: NumberField, By: self},
				{Name: "self_note", Label: "自查说明", By: self},
				{Name: "score", Label: "督查得分", Type: NumberField, By: score},
				{Name: "why", Label: "扣分原因", By: score},
				{Name: "evidence", Label: "佐证", By: self},
			}},
			{Name: "self_total", Label: "自查总分", Type: NumberField, By: nobody},
			{Name: "score_total", Label: "督查总分", Type: NumberField, By: nobody},
			{Name: "files", Label: "佐证文件", Type: FilesField, By: self},
			{Name: "outcome", Label: "考核结果", Type: WordField, WordsOf: (*State).outcomes, Must: true, By: score},
			{Name: "reason", Label: "结果的理由", Type: TextField, Must: true, By: score},
		},
		Moves: []Move{
			{Word: "submit", From: []RecordState{Draft}, To: Checked, May: (*State).maySubmitAssess},
			{Word: "inspect", From: []RecordState{Checked}, To: Inspected, Whole: true, Decides: true, May: (*State).mayInspect},
			{Word: "publish", From: []RecordState{Inspected}, To: Published, May: (*State).mayPublish},
			{Word: "file", From: []RecordState{Published}, To: Filed, May: (*State).mayPublish},
		},
		Each:   (*State).assessed,
		Phase:  (*State).mayAssess,
		Write:  (*State).checkAssess,
		Show:   singly((*State).showIndicators),
		Fill:   fillAssess,
		Read:   (*State).readsAssess,
		Status: func(_ Record, was RecordState) RecordState { return cmp.Or(was, Draft) },
	}
}

// outcomes are those of which the superior chooses one.
func (s *State) outcomes() []string {
	if assess, _ := s.assessing(); len(assess.Outcomes) > 0 {
		return assess.Outcomes
	}
	return []string{"表扬", "教育", "撤换"}
}

// indicators are those of the year.
func (s *State) indicators() []preset.Indicator {
	if s.Rules == nil || !s.Rules.Has("assess") {
		return nil
	}
	_, list := s.assessing()
	return list
}

// inspects reports whether who scores the secretary: the superior, and the console
// for one who decides on paper.
func (s *State) inspects(who MemberID) bool { return s.above(who) || s.runs(who) }

// assessed is the secretary, of whom there is an assessment before anybody has
// begun it.
func (s *State) assessed() []MemberID {
	begun := s.kept["assess"].find(func(r *Record) bool { return !r.Struck }) != nil
	if begun || len(s.indicators()) == 0 {
		return nil
	}
	return []MemberID{s.Chair()}
}

// mayAssess: the console, the committee and the superior, where there is
// something to assess by.
func (s *State) mayAssess(m Member) *Refusal {
	return first(need(s.GivesFeedback(m.ID) || m.Kind == Above, AssessOnly), need(len(s.indicators()) > 0, NoIndicators))
}

// readsAssess: until it is published the console and the committee, and the
// superior what was handed in; then the branch.
func (s *State) readsAssess(who MemberID, r Record) bool {
	if r.State == Published || r.State == Filed {
		return s.readsBranch(who, r)
	}
	return s.GivesFeedback(who) || s.above(who) && r.State != Draft
}

// checkAssess: the branch writes while it checks itself, the superior while they
// inspect, and nobody gives more points than there are.
func (s *State) checkAssess(who MemberID, old, next Record) *Refusal {
	if !(old.State == Draft && s.GivesFeedback(who) || old.State == Checked && s.inspects(who)) {
		return refuse(RecordStands, old.State)
	}
	rows, _ := Rows(next.Value("indicators")) // checked before
	for _, row := range rows {
		i := slices.IndexFunc(s.indicators(), func(one preset.Indicator) bool { return one.ID == row["id"] })
		if i < 0 {
			return refuse(UnknownIndicator, row["id"])
		}
		one := s.indicators()[i]
		if max(hundredths(row["self"]), hundredths(row["score"])) > one.Points*100 {
			return refuse(PointsOver, one.Text, one.Points)
		}
	}
	return nil
}

// showIndicators puts in what the indicators are, and the sums.
func (s *State) showIndicators(r *Record) {
	written, _ := Rows(r.Value("indicators")) // checked when they were written
	var rows []map[string]string
	for _, one := range s.indicators() {
		row := map[string]string{}
		if i := slices.IndexFunc(written, func(row map[string]string) bool { return row["id"] == one.ID }); i >= 0 {
			row = copied(written[i])
		}
		row["id"], row["group"], row["text"], row["points"] = one.ID, one.Group, one.Text, strconv.Itoa(one.Points)
		rows = append(rows, row)
	}
	r.Values["indicators"] = RowsValue(rows)
	for total, column := range map[string]string{"self_total": "self", "score_total": "score"} {
		delete(r.Values, total)
		sum, some := 0, false
		for _, row := range rows {
			sum += hundredths(row[column])
			some = some || row[column] != ""
		}
		if some {
			r.Values[total] = decimal(sum)
		}
	}
}

// fillAssess takes out what showIndicators puts in.
func fillAssess(values map[string]string) {
	rows, _ := Rows(values["indicators"]) // checked before
	var written []map[string]string
	for _, row := range rows {
		for _, name := range []string{"group", "text", "points"} {
			delete(row, name)
		}
		if len(row) > 1 {
			written = append(written, row)
		}
	}
	for _, name := range []string{"indicators", "self_total", "score_total"} {
		delete(values, name)
	}
	if len(written) > 0 {
		values["indicators"] = RowsValue(written)
	}
}

// lacking refuses an assessment in which some indicators lack something.
func lacking(r Record, code Code, lacks func(row map[string]string) bool) *Refusal {
	rows, _ := Rows(r.Value("indicators")) // checked when they were written
	var texts []string
	for _, row := range rows {
		if lacks(row) {
			texts = append(texts, row["text"])
		}
	}
	if len(texts) == 0 {
		return nil
	}
	return refuse(code, texts[0], len(texts))
}

// maySubmitAssess: the console, when every indicator was checked.
func (s *State) maySubmitAssess(who MemberID, r Record) *Refusal {
	if r.State != Draft {
		return nil // it stands, which is said in one way
	}
	return first(need(s.runs(who), ConsoleOnly), lacking(r, SelfMissing, func(row map[string]string) bool { return row["self"] == "" }))
}

// mayInspect: the superior, when every indicator has a score, and a reason where
// it is not the branch's own.
func (s *State) mayInspect(who MemberID, r Record) *Refusal {
	if r.State != Checked {
		return nil
	}
	return first(
		need(s.inspects(who), SuperiorOnly),
		lacking(r, ScoreMissing, func(row map[string]string) bool { return row["score"] == "" }),
		lacking(r, WhyMissing, func(row map[string]string) bool {
			return row["why"] == "" && hundredths(row["score"]) != hundredths(row["self"])
		}))
}

// mayPublish: the superior, and the console in the branch.
func (s *State) mayPublish(who MemberID, _ Record) *Refusal {
	return need(s.inspects(who), ConsoleOnly)
}

// assessment waits, once the meeting is over, for the secretary's self-check, and
// after the inspection for whoever tells the branch and files it.
func (d *desk) assessment() {
	if d.before() || d.who != "" && !d.s.runs(d.who) || len(d.s.indicators()) == 0 {
		return
	}
	state := Draft
	if r, begun := d.s.only("assess"); begun {
		state = r.State
	}
	until := d.until("assess")
	switch state { // in the others it waits for the superior, or for nobody
	case Draft:
		d.put(0, until, CheckYourself)
	case Inspected:
		d.put(0, until, TellTheBranch)
	case Published:
		d.put(0, until, FileAssessment)
	}
}
