package meeting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"pingyi/meeting/preset"
)

// 会前体检: what has to be ready before the meeting, and again before the vote.
// The rules say of each gate whether it holds the meeting up ([preset.Rules.Gate]).
// A red one is passed with a written reason only, which is a fact of its own.

// Green is the level of a gate where everything is ready, beside those of the
// rules.
const Green = "green"

// What a gate finds. The argument of those that begin with Gate is the kind of
// record.
const (
	GateReady     Code = "gate-ready"
	GateMissing   Code = "gate-missing"
	GateUnsent    Code = "gate-unsent"
	GateAwaits    Code = "gate-awaits"
	GateSentBack  Code = "gate-sent-back"
	GateUncertain Code = "gate-uncertain" // it shows only during the meeting
	GateRehearsed Code = "gate-rehearsed" // the day, how many took part
	GateAhead     Code = "gate-ahead"     // its day has not come
	GateLongAgo   Code = "gate-long-ago"  // its day, the first that it may have
	GateDayPast   Code = "gate-day-past"  // its day, on which nobody has met
	GateOffPlan   Code = "gate-off-plan"  // its day, the plan's first and last

	NoticeUnconfirmed   Code = "notice-unconfirmed" // how many, who
	NoStudyTogether     Code = "no-study-together"
	StudyLacking        Code = "study-lacking" // how many, who
	NoOpinions          Code = "no-opinions"
	OpinionsUnmerged    Code = "opinions-unmerged" // how many, of how many
	TalksLacking        Code = "talks-lacking"     // how many pairs, of how many, who
	TalksShort          Code = "talks-short"       // how many people, who
	OutlinesLacking     Code = "outlines-lacking"  // how many, who
	WrittenLacking      Code = "written-lacking"   // how many, who
	NoProblems          Code = "no-problems"
	ProblemsUnsorted    Code = "problems-unsorted" // their numbers
	LastYearOpen        Code = "last-year-open"    // how many lines
	NoGuide             Code = "no-guide"
	GuideAwaited        Code = "guide-awaited"       // the plan asks for one
	ScrutineersLacking  Code = "scrutineers-lacking" // how many there are, how many are wanted
	NotRehearsed        Code = "not-rehearsed"
	ReadyForKeepersOnly Code = "ready-for-keepers" // who may not read the page
)

// GateCheck is a line of the page: how a gate stands.
type GateCheck struct {
	Gate   string // its name in the rules
	Level  string // preset.Red, preset.Amber or Green
	Code   Code   // what was found
	Args   []string
	Form   FormName // where it is mended; "" elsewhere
	Reason string   // with which it was passed; "": it was not
}

// finding is what a gate finds amiss. A mild one is never more than amber.
type finding struct {
	code Code
	args []any
	mild bool
}

// gateRule is how a gate is judged: nil if everything is ready. Then its days are
// looked at, where it has any: what is on a day on which it can't have been is never
// more than amber.
type gateRule struct {
	name  string
	form  FormName
	judge func(*State) *finding
	days  func(s *State, today string) *finding
}

// gateRules has a row for every gate, in the order of [preset.GateNames].
var gateRules = []gateRule{
	{"plan", "plan", func(s *State) *finding { return s.approvedOnce("plan") }, nil},
	{"notice", "notice", (*State).judgeNotice, (*State).noticeDay},
	{"study", "study", (*State).judgeStudy, (*State).studyDays},
	{"hours", "study", (*State).judgeHours, nil},
	{"opinions", "opinion", (*State).judgeOpinions, nil},
	{"talks", "talk", (*State).judgeTalks, (*State).talkDays},
	{"selfcheck", "selfcheck", func(s *State) *finding { return s.approvedOnce("selfcheck") }, nil},
	{"outlines", "outline", (*State).judgeOutlines, nil},
	{"written", "outline", (*State).judgeWritten, nil},
	{"problems", "problem", (*State).judgeProblems, nil},
	{"ledger", "ledger", (*State).judgeLastYear, nil},
	{"guide", "", (*State).judgeGuide, nil},
	{"quorum", "", (*State).judgeQuorum, nil},
	{"scrutineers", "", (*State).judgeScrutineers, nil},
	{"rehearsal", "", (*State).judgeRehearsal, nil},
}

// ReadsReady refuses whoever may not see how ready the branch is: the console,
// the committee and the superior may.
func (s *State) ReadsReady(who MemberID) *Refusal {
	if s.Rules == nil {
		return refuse(NotFounded)
	}
	return need(s.GivesFeedback(who) || s.above(who), ReadyForKeepersOnly)
}

// Readiness says of each gate that the rules have how it stands on a day.
func (s *State) Readiness(today string) []GateCheck {
	if s.Rules == nil {
		return nil
	}
	var list []GateCheck
	for _, g := range gateRules {
		if level := s.Rules.Gate(g.name); level != preset.Off && s.hasGate(g) {
			list = append(list, s.gateCheck(g, level, today))
		}
	}
	return list
}

// hasGate reports whether a gate means anything: one about the ballot does where
// there is one.
func (s *State) hasGate(g gateRule) bool {
	return g.name != "scrutineers" && g.name != "rehearsal" || s.Rules.OnAgenda(preset.Ballot)
}

// gateCheck says how a gate stands on a day; "": whatever the day is.
func (s *State) gateCheck(g gateRule, level, today string) GateCheck {
	check := GateCheck{Gate: g.name, Level: Green, Code: GateReady, Form: g.form}
	f := g.judge(s)
	if f == nil && g.days != nil && today != "" {
		f = g.days(s, today)
	}
	if f == nil {
		return check
	}
	check.Level, check.Code, check.Args = level, f.code, refuse(f.code, f.args...).Args
	if f.mild {
		check.Level = preset.Amber
	}
	if f.code == GateUncertain || f.code == GateRehearsed {
		check.Level = Green
	}
	for _, p := range s.GatesPassed {
		if slices.ContainsFunc(p.Gates, func(one PassedGate) bool { return one.Gate == g.name }) {
			check.Reason = p.Reason
		}
	}
	return check
}

// redGates are the red gates that nobody has passed with a reason yet.
func (s *State) redGates() []PassedGate {
	var list []PassedGate
	for _, g := range gateRules {
		if s.Rules.Gate(g.name) != preset.Red || !s.hasGate(g) {
			continue
		}
		if c := s.gateCheck(g, preset.Red, ""); c.Level == preset.Red && c.Reason == "" {
			list = append(list, PassedGate{Gate: c.Gate, Code: c.Code, Args: c.Args})
		}
	}
	return list
}

// pass lets somebody through the red gates: none is shut, or there is a reason,
// which is recorded. Otherwise it names the first one.
func (s *State) pass(reason string) ([]Fact, *Refusal) {
	shut := s.redGates()
	switch {
	case len(shut) == 0:
		return nil, nil
	case reason == "":
		return nil, &Refusal{Code: NeedsReason, Args: append([]string{string(shut[0].Code)}, shut[0].Args...)}
	}
	if bad := badReason(reason, 200); bad != nil {
		return nil, bad
	}
	return []Fact{GatesPassed{Gates: shut, Reason: reason}}, nil
}

// passVote is pass before the vote. A rehearsal has no gates.
func (s *State) passVote(reason string) ([]Fact, *Refusal) {
	if s.Rehearsal {
		return nil, nil
	}
	return s.pass(reason)
}

// MayOpenWith refuses to open the box while a gate is shut and no reason is given.
func (s *State) MayOpenWith(who MemberID, reason string) *Refusal {
	if no := May(s, who, ActOpen); no != nil {
		return no
	}
	_, no := s.passVote(reason)
	return no
}

// PassedGate is a red gate that was passed, and what it had found.
type PassedGate struct {
	Gate string   `json:"gate"`
	Code Code     `json:"code"`
	Args []string `json:"args,omitempty"`
}

// Words says in the words of papers what a gate had found.
func (g PassedGate) Words() string {
	words := gateWords[g.Code]
	for i, arg := range g.Args {
		if f, ok := FormName(arg).form(); ok {
			arg = f.Title
		}
		words = strings.ReplaceAll(words, fmt.Sprintf("{%d}", i+1), arg)
	}
	return words
}

// gateWords are for papers, which are written in Chinese.
var gateWords = map[Code]string{ //nolint:exhaustive // the others are found by no gate
	GateMissing: "没有{1}", GateUnsent: "{1}没有提交或发出", GateAwaits: "{1}未经上级审定", GateSentBack: "{1}被上级退回",
	NoticeUnconfirmed: "{1} 人没有确认会议通知", NoStudyTogether: "会前没有集中学习", StudyLacking: "{1} 名党员没有学时",
	NoOpinions: "没有征求意见", OpinionsUnmerged: "{1} 条意见没有归并", TalksLacking: "应谈 {2} 对，{1} 对没有谈心谈话", TalksShort: "{1} 名党员谈心谈话的人数不够",
	OutlinesLacking: "{1} 名党员没有提交发言提纲", WrittenLacking: "缺席的 {1} 名党员没有书面材料",
	NoProblems: "没有列出问题清单", ProblemsUnsorted: "问题清单第 {1} 条没有归类", LastYearOpen: "上年度整改有 {1} 条没有销号",
	NoGuide: "没有指导领导", GuideAwaited: "请求指派的指导领导没有确定", NoQuorum: "到会正式党员 {1} 名，应到 {2} 名，到会人数不足",
	ScrutineersLacking: "监票人 {1} 名，不足 {2} 名", NotRehearsed: "没有预演投票",
}

// GatesPassed says that the meeting, or its vote, began although something was
// not ready, and for what reason.
type GatesPassed struct {
	Gates  []PassedGate `json:"gates"`
	Reason string       `json:"reason"`
}

func (f GatesPassed) apply(s *State, _ Event) { s.GatesPassed = added(s.GatesPassed, f) }

// approvedOnce judges a text that a branch has once and the superior approves.
func (s *State) approvedOnce(form FormName) *finding {
	r, ok := s.only(form)
	switch {
	case !ok:
		return &finding{code: GateMissing, args: []any{form}}
	case r.State == Approved:
		return nil
	case r.State == Submitted:
		return &finding{code: GateAwaits, args: []any{form}}
	case r.State == Returned:
		return &finding{code: GateSentBack, args: []any{form}}
	}
	return &finding{code: GateUnsent, args: []any{form}}
}

func (s *State) judgeNotice() *finding {
	list, sent := s.Unconfirmed()
	switch _, ok := s.only("notice"); {
	case !ok:
		return &finding{code: GateMissing, args: []any{"notice"}}
	case !sent:
		return &finding{code: GateUnsent, args: []any{"notice"}}
	}
	return s.lacking(NoticeUnconfirmed, list, true)
}

// lacking is a finding about people, nil if there are none.
func (s *State) lacking(code Code, list []MemberID, mild bool) *finding {
	if len(list) == 0 {
		return nil
	}
	return &finding{code: code, args: []any{len(list), s.someNames(list)}, mild: mild}
}

// mostNames is how many people a line names.
const mostNames = 5

// someNames are the names of the first few people.
func (s *State) someNames(list []MemberID) string {
	var names []string
	for _, id := range list[:min(len(list), mostNames)] {
		names = append(names, s.Called(id))
	}
	if len(list) > mostNames {
		return joinWords(names) + "等"
	}
	return joinWords(names)
}

// noticeDay finds a meeting that is called for a day that has gone by, or that the plan
// does not have.
func (s *State) noticeDay(today string) *finding {
	plan, _ := s.only("plan")
	r, _ := s.only("notice")
	from, to, day := plan.Value("from"), plan.Value("to"), dayOf(r.Value("time"))
	switch {
	case s.Phase != Before || day == "":
	case day < today:
		return &finding{code: GateDayPast, args: []any{r.Form, day}, mild: true}
	case from != "" && to != "" && (day < from || day > to):
		return &finding{code: GateOffPlan, args: []any{r.Form, day, from, to}, mild: true}
	}
	return nil
}

// dayOf is the day of a [DayField] or a [MomentField], "" of one in words.
func dayOf(value string) string {
	if day, _, _ := strings.Cut(value, "T"); isDay(day) {
		return day
	}
	return ""
}

// dayAmiss finds the day of something that has to have been before the meeting, if it
// was not on a day or before it, or longer ago than in the year that is evaluated,
// which ends in that of the meeting or the one before.
func (s *State) dayAmiss(form FormName, day, today string) *finding {
	if day == "" {
		return nil
	}
	meets := cmp.Or(dayOf(s.MeetingDay()), today)
	at, _ := time.Parse(time.DateOnly, meets) // a day
	earliest := time.Date(at.Year()-1, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	switch {
	case s.Phase != Before && day > meets:
		return &finding{code: DayTooLate, args: []any{day, form, meets}, mild: true}
	case day > today:
		return &finding{code: GateAhead, args: []any{form, day}, mild: true}
	case day < earliest:
		return &finding{code: GateLongAgo, args: []any{form, day, earliest}, mild: true}
	}
	return nil
}

func (s *State) studyDays(today string) *finding {
	for _, one := range s.Studies() {
		if f := s.dayAmiss("study", dayOf(one.Day), today); f != nil {
			return f
		}
	}
	return nil
}

// talkDays leaves out the talks in which results are told: they come after the meeting.
func (s *State) talkDays(today string) *finding {
	for _, r := range s.all("talk") {
		if !r.tookPlace() {
			continue
		}
		if f := s.dayAmiss("talk", dayOf(r.Value("at")), today); f != nil {
			return f
		}
	}
	return nil
}

func (s *State) judgeStudy() *finding {
	if slices.ContainsFunc(s.Studies(), func(one Study) bool { return one.Form == StudyTogether }) {
		return nil
	}
	return &finding{code: NoStudyTogether}
}

// judgeHours finds the party members who have not studied at all.
func (s *State) judgeHours() *finding {
	times := s.studyTimes()
	return s.lacking(StudyLacking, having(s.party(), func(id MemberID) bool { return times[id].Sessions == 0 }), false)
}

func (s *State) judgeOpinions() *finding {
	raw, merged := s.RawOpinions(), s.mergedOpinions()
	switch {
	case raw == 0:
		return &finding{code: NoOpinions}
	case merged < raw:
		return &finding{code: OpinionsUnmerged, args: []any{raw - merged, raw}, mild: merged > 0}
	}
	return nil
}

// mergedOpinions is how many opinions stand in the summary.
func (s *State) mergedOpinions() int {
	n := 0
	for _, l := range s.Opinions.Lines {
		n += len(l.Of)
	}
	return n
}

func (s *State) judgeTalks() *finding {
	owed, lacking := 0, []string{}
	for _, p := range s.TalkPairs() {
		if !p.Owed {
			continue
		}
		owed++
		if p.Done == 0 {
			lacking = append(lacking, string(p.By), string(p.With))
		}
	}
	if short := s.talksShort(); len(lacking) == 0 && len(short) > 0 {
		return &finding{code: TalksShort, args: []any{len(short), s.someNames(short)}}
	}
	if len(lacking) == 0 {
		return nil
	}
	var names []string
	for i := 0; i < min(len(lacking), 2*3); i += 2 {
		names = append(names, s.Called(MemberID(lacking[i]))+"-"+s.Called(MemberID(lacking[i+1])))
	}
	text := joinWords(names)
	if len(lacking) > 2*3 {
		text += "等"
	}
	return &finding{code: TalksLacking, args: []any{len(lacking) / 2, owed, text}}
}

// handedInOutline are those whose outline is handed in.
func (s *State) handedInOutlines() map[MemberID]bool {
	in := map[MemberID]bool{}
	for r := range s.kept["outline"].All() {
		if !r.Struck && r.State == Submitted {
			in[r.Owner] = true
		}
	}
	return in
}

func (s *State) judgeOutlines() *finding {
	in := s.handedInOutlines()
	return s.lacking(OutlinesLacking, having(s.party(), func(id MemberID) bool { return !in[id] && !s.Attendance.Of(id).Written }), false)
}

// judgeWritten finds those who are known to be absent, and whose words nobody has.
func (s *State) judgeWritten() *finding {
	in := s.handedInOutlines()
	return s.lacking(WrittenLacking, having(s.party(), func(id MemberID) bool {
		a := s.Attendance.Of(id)
		return a.Reason != "" && !a.Came() && !a.Written && !in[id]
	}), false)
}

func (s *State) judgeProblems() *finding {
	var unsorted []int
	list := s.all("problem")
	for _, r := range list {
		if r.State == OpenState && r.Value("category") == "" {
			unsorted = append(unsorted, r.No)
		}
	}
	switch {
	case len(list) == 0:
		return &finding{code: NoProblems}
	case len(unsorted) > 0:
		return &finding{code: ProblemsUnsorted, args: []any{numbersIn(unsorted)}, mild: true}
	}
	return nil
}

// numbersIn are numbers in one line.
func numbersIn(list []int) string {
	var words []string
	for _, n := range list {
		words = append(words, fmt.Sprint(n))
	}
	return joinWords(words)
}

// judgeLastYear counts the lines that came over from the year before and are open
// still.
func (s *State) judgeLastYear() *finding {
	n := 0
	for _, l := range s.Carried() {
		if !l.Closed {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return &finding{code: LastYearOpen, args: []any{n}, mild: true}
}

func (s *State) judgeGuide() *finding {
	guided := s.Guide != nil || slices.ContainsFunc(s.Roster, func(m Member) bool { return m.Kind == Guest && m.guides() })
	r, _ := s.only("plan")
	switch {
	case guided:
		return nil
	case r.Value("guide_wanted") == "true":
		return &finding{code: GuideAwaited}
	}
	return &finding{code: NoGuide, mild: true}
}

// judgeQuorum counts those who have signed in. Before the meeting nobody has to
// have.
func (s *State) judgeQuorum() *finding {
	roll := s.Roll()
	if roll.Quorum {
		return nil
	}
	return &finding{code: NoQuorum, args: []any{roll.PresentFormal, roll.ExpectedFormal}, mild: s.Phase == Before}
}

// judgeScrutineers counts those who are named, once the ballot's item is open.
func (s *State) judgeScrutineers() *finding {
	n := 0
	if v := s.Vote(); v != nil && v.State != BoxVoid {
		n = len(v.Scrutineers)
	}
	switch {
	case n >= s.Rules.Vote.Scrutineers:
		return nil
	case !s.reached(preset.Ballot):
		return &finding{code: GateUncertain}
	}
	return &finding{code: ScrutineersLacking, args: []any{n, s.Rules.Vote.Scrutineers}}
}

// judgeRehearsal says when the ballot was rehearsed, or that it never was.
func (s *State) judgeRehearsal() *finding {
	if s.Rehearsed == nil {
		return &finding{code: NotRehearsed}
	}
	return &finding{code: GateRehearsed, args: []any{s.day(s.Rehearsed.At), s.Rehearsed.Ballots}}
}
