package meeting

// ActProblem keeps the list of problems.
const ActProblem Action = "problem"

var problemActions = []action{{ActProblem, forMembers, (*State).mayKeep}}

// problemForm is the 问题清单 (DOMAIN.md §4.10): what was found before and in the
// meeting, until it stands in the ledger or is dropped with a reason.
func problemForm() *Form {
	return &Form{
		Name: "problem", Title: "问题清单", Paper: "problems", Main: "text",
		Fields: []Field{
			{Name: "level", Label: "层面", Type: WordField, Words: words(Levels()), Must: true},
			{Name: "member", Label: "姓名", Type: PersonField},
			{Name: "category", Label: "类别", Type: LineField},
			{Name: "text", Label: "问题", Type: TextField, Must: true},
			{Name: "source", Label: "来源", Type: WordField, Words: words(Sources())},
		},
		Moves: []Move{{Word: "drop", From: []RecordState{OpenState}, To: Dropped, Text: true, May: (*State).keepsIt}},
		Phase: (*State).mayKeep,
		Fill:  fillLevel,
		Write: (*State).checkProblem,
		Read:  (*State).readsBranch,
		Show:  singly((*State).backFromLedger),
		Status: func(Record, RecordState) RecordState {
			return OpenState
		},
	}
}

// fillLevel puts in the level where nobody has: somebody's own, or the
// committee's.
func fillLevel(values map[string]string) {
	if values["level"] != "" {
		return
	}
	values["level"] = string(LevelCommittee)
	if values["member"] != "" {
		values["level"] = string(LevelMember)
	}
}

// checkProblem refuses a problem that can't stand in the list, and to change one
// that has left it.
func (s *State) checkProblem(_ MemberID, old, next Record) *Refusal {
	of := MemberID(next.Value("member"))
	m, _ := s.Member(of)
	return first(
		need(old.No == 0 || old.State == OpenState, RecordStands, old.State),
		need(next.Value("text") != "", FieldMissing, "问题"),
		need(next.Value("level") == string(LevelMember) || of == "", CommitteeLine),
		need(of == "" || m.InParty(), NotInParty, s.Called(m.ID)))
}

// backFromLedger opens a problem again whose line was struck from the ledger.
func (s *State) backFromLedger(r *Record) {
	if _, stands := s.taken("ledger", Origin{FromProblem, r.No}); r.State == InLedger && !stands {
		r.State = OpenState
	}
}
