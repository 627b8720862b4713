package tui

import "pingyi/meeting"

// taskWords are for 等你办 and the calendar of the stages.
type taskWords struct {
	Title, First, None, Calendar, NoStages, NoDays, Done, Undone string
	Count, More, Until, Overdue, Days                            phrase

	Says map[meeting.TaskCode]string
}

var tasksChinese = taskWords{
	Title:    "等你办",
	First:    "等你办：",
	None:     "没有等你办的。",
	Calendar: "日程：各阶段",
	NoStages: "规则里没有分阶段。",
	NoDays:   "会议日期还没有定",
	Done:     "已办：",
	Undone:   "未办：",
	Count:    "{1} 件",
	More:     "还有 {1} 件",
	Until:    "{1} 前",
	Overdue:  "{1} 已到期",
	Days:     "{1} 到 {2}",
	Says:     gather(inChinese, taskTexts),
}

var tasksEnglish = taskWords{
	Title:    "Waiting for you",
	First:    "Waiting: ",
	None:     "Nothing waits for you.",
	Calendar: "Calendar of the stages",
	NoStages: "The rules have no stages.",
	NoDays:   "the day of the meeting is not known yet",
	Done:     "Done: ",
	Undone:   "To do: ",
	Count:    "{1}",
	More:     "{1} more",
	Until:    "by {1}",
	Overdue:  "overdue since {1}",
	Days:     "{1} to {2}",
	Says:     gather(inEnglish, taskTexts),
}

// taskTexts say what waits.
var taskTexts = map[meeting.TaskCode]twin{
	meeting.TaskWrite:          {"写{1}", "Write: {1}"},
	meeting.TaskSubmit:         {"写完并提交或发出：{1}", "Finish and hand in: {1}"},
	meeting.TaskMend:           {"上级退回，改好再提交：{1}", "Returned, mend and hand in again: {1}"},
	meeting.TaskAwait:          {"等上级审定：{1}，书面批复的请记文号", "The superior decides: {1}; record the number of a decision on paper"},
	meeting.TaskDecide:         {"审定：{1}", "Decide: {1}"},
	meeting.TaskConfirm:        {"确认：{1}", "Confirm: {1}"},
	meeting.TaskFinish:         {"补全：{1}", "Fill in what is missing: {1}"},
	meeting.TaskLate:           {"支部逾期：{1}，{2} 件", "Overdue in the branch: {1} ({2})"},
	meeting.StudyTogetherFirst: {"组织一次集中学习", "Study together"},
	meeting.MakeUpStudy:        {"补学「{1}」", "Make up the study of '{1}'"},
	meeting.CollectOpinions:    {"征求意见", "Collect opinions"},
	meeting.MergeThem:          {"归并 {1} 条意见", "Merge opinions: {1}"},
	meeting.TalkWithMore:       {"再与 {1} 位党员谈心谈话", "Talks with members, still to come: {1}"},
	meeting.TalkWith:           {"与 {1} 人谈心谈话：{2}", "Talk with {1}: {2}"},
	meeting.WriteOutline:       {"写发言提纲", "Write your outline"},
	meeting.SubmitOutline:      {"提交发言提纲", "Hand in your outline"},
	meeting.SubmitRegister:     {"写登记表的个人小结并提交", "Write your part of the register form and hand it in"},
	meeting.CheckYourself:      {"书记考核：自查", "The secretary's assessment: check yourself"},
	meeting.TellTheBranch:      {"书记考核：向支部通报", "The secretary's assessment: tell the branch"},
	meeting.FileAssessment:     {"书记考核：存档", "The secretary's assessment: file it"},
	meeting.ListProblems:       {"列出问题清单", "List the problems"},
	meeting.SortProblems:       {"给第 {1} 条问题填上类别", "Fill in the categories of problems {1}"},
	meeting.SettleProblems:     {"{1} 条问题：列入台账，或写明不列入的理由", "Problems to put into the ledger or to drop with a reason: {1}"},
	meeting.MendLine:           {"整改「{1}」", "Mend '{1}'"},
	meeting.MendCommitteeLines: {"班子的整改 {1} 条", "The committee's lines of the ledger: {1}"},
	meeting.CloseLines:         {"验收销号 {1} 条", "Lines to accept and close: {1}"},
	meeting.WriteDisposal:      {"写处置和帮助措施：{1}", "Write the disposal and the plan of help: {1}"},
	meeting.PostIt:             {"公示：{1}", "Post: {1}"},
	meeting.EndPosting:         {"结束公示：{1}", "End the posting: {1}"},
	meeting.SendBundle:         {"把等次和登记表送上级审定", "Send grades and register forms to the superior"},
	meeting.SendBundleAgain:    {"送审以后有改动，再送一次", "Something has changed since it was sent: send it again"},
	meeting.MendBundle:         {"上级退回等次，改好再送", "The superior has returned grades: mend and send them again"},
	meeting.DecideGrades:       {"审定等次", "Decide on the grades"},
	meeting.TellMembers:        {"反馈结果：还有 {1} 人", "Members to be told their result: {1}"},
	meeting.AnswerFeedback:     {"看反馈，写本人意见", "Read your feedback and answer"},
	meeting.AssignAGuide:       {"支部请派指导领导", "The branch asks for a guide"},
	meeting.SealTheBox:         {"封票箱", "Seal the ballot box"},
	meeting.UnsealTheBox:       {"开票箱", "Unseal the ballot box"},
}
