package meeting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ActStudy writes the records of studying.
const ActStudy Action = "study"

var studyActions = []action{{ActStudy, forMembers, (*State).mayKeep}}

// StudyTogether is the form of a collective study, as the field form has it.
const StudyTogether = "集中"

// studyForm is a 学习记录 (DOMAIN.md §4.7): what was studied, for how long, who
// was there, and who made it up on which day. What was said there is read by who
// keeps the records and who attended.
func studyForm() *Form {
	return &Form{
		Name: "study", Title: "学习记录", Paper: "study",
		Fields: []Field{
			{Name: "day", Label: "日期", Type: DayField, Must: true},
			{Name: "form", Label: "形式", Type: WordField, Words: []string{StudyTogether, "自学", "党课", "研讨"}, Must: true},
			{Name: "topic", Label: "主题", Type: LineField, Must: true},
			{Name: "content", Label: "内容和篇目", Type: TextField},
			{Name: "leader", Label: "主持或领学", Type: LineField, Most: 60},
			{Name: "hours", Label: "学时", Type: NumberField, Must: true},
			{Name: "attended", Label: "到会", Type: PeopleField},
			{Name: "made_up", Label: "补课", Type: RowsField, Columns: []Column{{Name: "who", Label: "补课人", Type: PersonField}, {Name: "day", Label: "补课日期", Type: DayField}}},
			{Name: "files", Label: "照片和签名", Type: FilesField},
			{Name: "points", Label: "发言要点", Type: TextField, Private: true},
			{Name: "recorder", Label: "记录人", Type: LineField, Most: 60},
		},
		Phase: (*State).mayKeep,
		Write: func(_ *State, _ MemberID, _, next Record) *Refusal {
			return first(next.hoursOfStudy(), next.madeUpLater())
		},
		Read: (*State).readsBranch,
		ReadPrivate: func(s *State, who MemberID, r Record) bool {
			return s.readsWithKeepers(who, r) || slices.Contains(r.People("attended"), who)
		},
		Fresh: func(s *State, who MemberID) map[string]string {
			return map[string]string{"recorder": s.NameOf(who)}
		},
		Status: whole(studyForm),
	}
}

// mostHours is the longest that one study may have taken, in hours: more is a slip of
// the hand, and members' sums would be wrong for it.
const mostHours = 1000

// hoursOfStudy refuses a study that took too long to be true.
func (r Record) hoursOfStudy() *Refusal {
	return need(hundredths(r.Value("hours")) <= 100*mostHours, BadNumber, r.Value("hours"), 0, mostHours)
}

// madeUpLater refuses what was made up before it was studied. A day in words, such as
// 12月1日, can't be compared.
func (r Record) madeUpLater() *Refusal {
	rows, _ := Rows(r.Value("made_up")) // checked before
	for _, row := range rows {
		if day := row["day"]; isDay(day) && isDay(r.Value("day")) && day < r.Value("day") {
			return refuse(DaysReversed, "日期", "补课日期")
		}
	}
	return nil
}

// whole is the state of a record that is kept as soon as every field that has to
// be filled in is.
func whole(form func() *Form) func(Record, RecordState) RecordState {
	return func(r Record, _ RecordState) RecordState {
		if len(form().Missing(r.Values)) > 0 {
			return Draft
		}
		return Kept
	}
}

// Hours are study hours, in hundredths.
type Hours int

// String is a number of hours without needless zeros: 1.5.
func (h Hours) String() string { return decimal(int(h)) }

// decimal is a number of hundredths as people write it: 1.5.
func decimal(n int) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%02d", n/100, n%100), "0"), ".")
}

// hundredths reads the value of a [NumberField].
func hundredths(value string) int {
	n, _ := strconv.ParseFloat(value, 64) // checked when it was written; "" is none
	return int(n*100 + 0.5)
}

// Study is a record of the form study, as it counts.
type Study struct {
	No       int
	Day      string // yyyy-mm-dd
	Form     string
	Topic    string
	Hours    Hours
	Attended []MemberID
	MadeUp   []MemberID // who did not attend, and made it up

	by map[MemberID]bool // who has studied it: whether they made it up
}

// Studies are what was studied, as far as it is written down whole.
func (s *State) Studies() []Study {
	return once(s, func(a *answers) *answer[[]Study] { return &a.studies }, func(s *State) []Study {
		var list []Study
		for _, r := range s.all("study") {
			if r.State == Kept {
				list = append(list, studyOf(r))
			}
		}
		return slices.Clip(list)
	})
}

func studyOf(r Record) Study {
	one := Study{
		No: r.No, Day: r.Value("day"), Form: r.Value("form"), Topic: r.Value("topic"),
		Hours: Hours(hundredths(r.Value("hours"))), Attended: r.People("attended"), by: map[MemberID]bool{},
	}
	for _, id := range one.Attended {
		one.by[id] = false
	}
	rows, _ := Rows(r.Value("made_up")) // checked when it was written
	for _, row := range rows {
		who := MemberID(row["who"])
		if _, has := one.by[who]; who != "" && !has {
			one.by[who] = true
			one.MadeUp = append(one.MadeUp, who)
		}
	}
	return one
}

// studiedBeforehand is how often, and how long, the branch has studied for the meeting.
func (s *State) studiedBeforehand() (sessions int, hours Hours) {
	for _, one := range s.Studies() {
		if s.beforehand(one.Day) {
			sessions, hours = sessions+1, hours+one.Hours
		}
	}
	return sessions, hours
}

// StudyTime is how much a member has studied.
type StudyTime struct {
	Sessions int // of those that they attended or made up
	MadeUp   int // of Sessions
	Hours    Hours
}

// StudyTimeOf counts what a member has studied; what was made up counts like what
// was attended.
func (s *State) StudyTimeOf(who MemberID) StudyTime { return s.studyTimes()[who] }

// studyTimes counts what each member has studied.
func (s *State) studyTimes() map[MemberID]StudyTime {
	return once(s, func(a *answers) *answer[map[MemberID]StudyTime] { return &a.studied }, func(s *State) map[MemberID]StudyTime {
		times := map[MemberID]StudyTime{}
		for _, one := range s.Studies() {
			for id, later := range one.by {
				sum := times[id]
				sum.Sessions++
				sum.Hours += one.Hours
				if later {
					sum.MadeUp++
				}
				times[id] = sum
			}
		}
		return times
	})
}
