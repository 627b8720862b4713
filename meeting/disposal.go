package meeting

// ActDisposal writes what is done about a member who is 基本合格 or 不合格.
const ActDisposal Action = "disposal"

var disposalActions = []action{{ActDisposal, forMembers, (*State).gradersOnly}}

// Why a disposal is not written.
const (
	GradersOnly      Code = "graders-only"
	NotToDispose     Code = "not-to-dispose"    // name
	MeansUnqualified Code = "means-unqualified" // name, their grade
)

// disposalForm is the 处置 of a member whose grade is 基本合格 or 不合格
// (DOMAIN.md §3.5). The program suggests none and counts none. The console and
// the committee write and read it, the superior decides.
func disposalForm() *Form {
	moves := approvalMoves()
	moves[0].May = func(s *State, who MemberID, r Record) *Refusal {
		return first(need(s.GivesFeedback(who), GradersOnly), s.stillToDispose(who, r, Draft))
	}
	moves[1].May = func(s *State, who MemberID, r Record) *Refusal { return s.stillToDispose(who, r, Submitted) }
	return &Form{
		Name: "disposal", Title: "处置", Paper: "disposals",
		Fields: []Field{
			{Name: "member", Label: "党员", Type: PersonField, Must: true},
			{Name: "facts", Label: "事实", Type: TextField, Must: true, Private: true},
			{Name: "means", Label: "处置方式", Type: WordField, Words: []string{"限期改正", "劝其退党", "除名"}},
			{Name: "until", Label: "改正期限", Type: DayField},
			{Name: "helper", Label: "帮助人", Type: LineField, Most: 60},
			{Name: "plan", Label: "帮助教育计划", Type: RowsField, Columns: measureColumns(), Must: true},
			{Name: "basis", Label: "依据", Type: TextField, Must: true},
			{Name: "relation_checked", Label: "党员组织关系已排查", Type: YesField, Must: true},
			{Name: "relation_note", Label: "排查情况", Type: TextField},
		},
		Moves:  moves,
		Phase:  (*State).gradersOnly,
		Write:  (*State).checkDisposal,
		Strike: func(*State, MemberID, Record) *Refusal { return nil }, // above all of who has been given a better grade since
		Others: func(s *State, who MemberID) bool { return s.GivesFeedback(who) || s.above(who) },
		Read: func(s *State, who MemberID, r Record) bool {
			return s.GivesFeedback(who) || s.above(who) && r.State != Draft
		},
	}
}

// gradersOnly: the console and the committee, who know the grades.
func (s *State) gradersOnly(m Member) *Refusal { return need(s.GivesFeedback(m.ID), GradersOnly) }

// checkDisposal: a member with one of the two lower grades, and one of the three
// means only for 不合格.
func (s *State) checkDisposal(_ MemberID, _, next Record) *Refusal {
	id := MemberID(next.Value("member"))
	if id == "" {
		return nil
	}
	rated, _ := s.GradeOf(id)
	i := s.GradeIndex(rated.Grade)
	last := len(s.Rules.Grades) - 1
	return first(
		need(i >= last-1, NotToDispose, s.Called(id)),
		need(i == last || next.Value("means") == "", MeansUnqualified, s.Called(id), string(rated.Grade)))
}

// stillToDispose is checkDisposal of one that is moved on from a state: the superior may
// have given the member another grade since it was written.
func (s *State) stillToDispose(who MemberID, r Record, from RecordState) *Refusal {
	if r.State != from {
		return nil // why it is not moved, its state says
	}
	return s.checkDisposal(who, r, r)
}
