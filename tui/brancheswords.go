package tui

import "pingyi/meeting"

// stepNames are what the steps of a branch's year are called: 2 汉字 each, or as
// much, where they head a column.
var stepNames = map[meeting.StepName]twin{
	meeting.StepPlan:      {"方案", "Plan"},
	meeting.StepStudy:     {"学习", "Stdy"},
	meeting.StepOpinion:   {"征求", "Opin"},
	meeting.StepTalk:      {"谈话", "Talk"},
	meeting.StepSelfCheck: {"材料", "Self"},
	meeting.StepMeeting:   {"会议", "Meet"},
	meeting.StepBallot:    {"测评", "Vote"},
	meeting.StepRating:    {"评定", "Rate"},
	meeting.StepApproval:  {"审定", "Appr"},
	meeting.StepFeedback:  {"反馈", "Feed"},
	meeting.StepLedger:    {"台账", "Ledg"},
	meeting.StepReport:    {"报告", "Rept"},
	meeting.StepAssess:    {"考核", "Asse"},
}

// stepTitles are their full names.
var stepTitles = map[meeting.StepName]twin{
	meeting.StepPlan:      {"方案", "plan"},
	meeting.StepStudy:     {"学习", "study"},
	meeting.StepOpinion:   {"征求意见", "opinions"},
	meeting.StepTalk:      {"谈话", "talks"},
	meeting.StepSelfCheck: {"材料", "self-check"},
	meeting.StepMeeting:   {"会议", "meeting"},
	meeting.StepBallot:    {"测评", "ballot"},
	meeting.StepRating:    {"评定", "rating"},
	meeting.StepApproval:  {"审定", "approval"},
	meeting.StepFeedback:  {"反馈", "feedback"},
	meeting.StepLedger:    {"台账", "ledger"},
	meeting.StepReport:    {"报告", "report"},
	meeting.StepAssess:    {"考核", "assessment"},
}

// branchesWords are for the superior's pages: all branches, and one of them.
type branchesWords struct {
	Title, None, Legend, Done, Due, Undated, Late, Branch, Waits, NoWaits, Back, Guide, NoGuide, GuideWhom, GuideEffect,
	Follow, Rollup, Total, Over, Phase, ListSep, GroupSep, Suffix string
	Waiting, WaitsFor, Step, Group, AskGuide, Guides, YesGuide, Count, Grade, Part phrase
}

var branchesChinese = branchesWords{
	Title:       "各支部",
	None:        "还没有支部：请在服务器上用 pingyi branch add 建立。",
	Legend:      "+ 完成的日期；没有记号的，到那天截止；! 逾期；? 没有定日期；- 不做这一步。",
	Done:        "完成",
	Due:         "截止",
	Undated:     "没有定日期",
	Late:        "逾期",
	Branch:      "支部",
	Waits:       "等你决定",
	NoWaits:     "没有等你决定的。",
	Back:        "回到各支部",
	Guide:       "指派指导领导",
	NoGuide:     "还没有指派",
	GuideWhom:   "请谁指导？",
	GuideEffect: "列席支部的会，作点评，不计入应到。",
	Follow:      "看会议",
	Rollup:      "汇总",
	Total:       "合计",
	Over:        "超过优秀名额",
	Phase:       "现在：",
	ListSep:     "、",
	GroupSep:    "；",
	Suffix:      "党支部",
	Waiting:     "等你决定 {1} 项",
	WaitsFor:    "等你决定：{1}",
	Step:        "{1} {2}",
	Group:       "{1}：{2}",
	AskGuide:    "请 {1} 指导这个支部？",
	Guides:      "{1} 指导",
	YesGuide:    "是，请 {1}",
	Count:       "正式 {1}，预备 {2}，应参评 {3}，实参评 {4}",
	Grade:       "{1} {2}",
	Part:        "优秀上限 {1}，未评定 {2}",
}

var branchesEnglish = branchesWords{
	Title:       "All branches",
	None:        "There is no branch yet: add one on the server with pingyi branch add.",
	Legend:      "+ done on that day; a day without a mark: until then; ! overdue; ? no day is set; - no such step.",
	Done:        "done",
	Due:         "until",
	Undated:     "no day is set",
	Late:        "overdue",
	Branch:      "Branch",
	Waits:       "Waits for you",
	NoWaits:     "Nothing waits for you.",
	Back:        "All branches",
	Guide:       "Assign a guide",
	NoGuide:     "nobody yet",
	GuideWhom:   "Who is the guide?",
	GuideEffect: "They sit in on the branch's meeting and comment, and count nowhere.",
	Follow:      "Follow the meeting",
	Rollup:      "Roll-up",
	Total:       "Total",
	Over:        "over the cap",
	Phase:       "Now: ",
	ListSep:     ", ",
	GroupSep:    "; ",
	Suffix:      "党支部", // names of branches are not translated
	Waiting:     "Waiting for you: {1}",
	WaitsFor:    "Waits for you: {1}",
	Step:        "{1} {2}",
	Group:       "{1}: {2}",
	AskGuide:    "Make {1} the guide of this branch?",
	Guides:      "{1} guides",
	YesGuide:    "Yes: {1}",
	Count:       "full {1}, probationary {2}, expected {3}, took part {4}",
	Grade:       "{1} {2}",
	Part:        "cap {1}, not graded {2}",
}
