package meeting

// ActPlan writes the branch's plan.
const ActPlan Action = "plan"

var planActions = []action{{ActPlan, forMembers, (*State).mayKeep}}

// DaysReversed means that a day stands before the one that it should follow: the
// labels of both fields.
const DaysReversed Code = "days-reversed"

// planForm is the branch's 方案 (DOMAIN.md §4.14). The console and the committee
// write it, the superior approves a version of it or returns it.
func planForm() *Form {
	return &Form{
		Name: "plan", Title: "方案", Paper: "plan", Main: "during", One: PerBranch,
		Fields: []Field{
			{Name: "title", Label: "标题", Type: LineField, Must: true},
			{Name: "guidance", Label: "指导思想", Type: TextField},
			{Name: "attendees", Label: "参加对象", Type: TextField},
			{Name: "from", Label: "会议最早日期", Type: DayField, Must: true},
			{Name: "to", Label: "会议最晚日期", Type: DayField, Must: true},
			{Name: "deadline", Label: "完成期限", Type: DayField},
			{Name: "before", Label: "会前", Type: TextField, Must: true},
			{Name: "during", Label: "会上", Type: TextField, Must: true},
			{Name: "after", Label: "会后", Type: TextField, Must: true},
			{Name: "assessment", Label: "书记考核", Type: TextField},
			{Name: "demands", Label: "工作要求", Type: TextField},
			{Name: "guide_wanted", Label: "请上级派人指导", Type: YesField},
		},
		Moves: approvalMoves(),
		Phase: (*State).mayKeep,
		Write: func(_ *State, _ MemberID, _, next Record) *Refusal {
			return first(next.ordered("from", "to"), next.ordered("from", "deadline"))
		},
		Read: (*State).readsBranch,
	}
}

// approvalMoves are those of a text that the superior approves or returns.
func approvalMoves() []Move {
	return []Move{
		{Word: "submit", From: []RecordState{Draft}, To: Submitted, Whole: true, May: (*State).keepsIt},
		{Word: "approve", From: []RecordState{Submitted}, To: Approved, Decides: true},
		{Word: "return", From: []RecordState{Submitted}, To: Returned, Text: true, Decides: true},
	}
}

// ordered refuses two days of a record that stand in the wrong order.
func (r Record) ordered(from, to string) *Refusal {
	a, b := r.Value(from), r.Value(to)
	f, _ := r.Form.form()
	x, _ := f.Field(from)
	y, _ := f.Field(to)
	return need(a == "" || b == "" || a <= b, DaysReversed, x.Label, y.Label)
}
