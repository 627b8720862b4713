package meeting

// ActSelfcheck writes the 班子's self-check.
const ActSelfcheck Action = "selfcheck"

var selfcheckActions = []action{{ActSelfcheck, forMembers, (*State).mayKeep}}

// selfcheckForm is the 班子对照检查 (DOMAIN.md §4.8). The superior approves it
// where the rules want that; elsewhere it is good once it is handed in.
func selfcheckForm() *Form {
	moves := approvalMoves()
	moves[0].ToBy = func(s *State) RecordState {
		if s.Rules.SelfCheckApproval {
			return Submitted
		}
		return Approved
	}
	return &Form{
		Name: "selfcheck", Title: "班子对照检查", Paper: "selfcheck", Main: "problems", One: PerBranch,
		Fields: []Field{
			{Name: "basics", Label: "基本情况", Type: TextField},
			{Name: "last_year", Label: "上年度整改落实情况", Type: TextField},
			{Name: "problems", Label: "存在的主要问题", Type: RowsField, Columns: problemColumns(), Must: true},
			{Name: "causes", Label: "原因剖析", Type: TextField, Must: true},
			{Name: "direction", Label: "努力方向", Type: TextField, Must: true},
			{Name: "measures", Label: "整改措施", Type: RowsField, Columns: measureColumns(), Must: true},
		},
		Moves: moves,
		Phase: (*State).mayKeep,
		Read:  (*State).readsBranch,
		Fresh: func(s *State, _ MemberID) map[string]string {
			return map[string]string{"basics": s.Filled("{branch}现有党员{members}名，其中正式党员{formal}名、预备党员{probationary}名。")}
		},
	}
}
